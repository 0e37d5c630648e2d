"""The sheet index that a cover carries: which sheets the set has, and what they are called."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docpipe_assets.classification.label_words import INDEX_HEADINGS
from docpipe_assets.classification.numbers import NumberShape, number_key, parse_number
from docpipe_assets.classification.phrases import type_words
from docpipe_assets.classification.reading import Line, squeeze
from docpipe_assets.page_text import Box

_HEADING = re.compile("|".join(squeeze(heading) for heading in INDEX_HEADINGS))
_HEADED_ROWS, _UNHEADED_ROWS = 2, 6
_MOST_ROWS = 250
_WIDEST_GAP = 30.0
_LONGEST_TITLE = 70
_ROW_PX = 20
_LONGEST_HEADING = 40
_SENTENCE_WORDS = 5


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One sheet as the index lists it. `box` is where, in pixels."""

    number: str
    title: str
    box: Box

    @property
    def key(self) -> str:
        return number_key(self.number)

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "title": self.title, "bounding_box": self.box.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> IndexRow:
        return cls(data["number"], data["title"], Box.from_json(data["bounding_box"]))


@dataclass(frozen=True, slots=True)
class _Row:
    shape: NumberShape
    title: str
    number: Line
    box: Box


def index_heading(text: str) -> bool:
    """Whether `text` heads a sheet index."""
    key = squeeze(text)
    return len(key) <= _LONGEST_HEADING and _HEADING.search(key) is not None


def read_index(lines: Sequence[Line]) -> tuple[IndexRow, ...]:
    """The rows of the sheet index among a page's lines, in reading order; empty if it has none.

    A column of sheet numbers with texts beside them: two rows do under a heading such as SHEET INDEX,
    without one it takes six, most of them naming kinds of drawings.
    """
    headings = [line for line in lines if len(line.text) <= 60 and index_heading(line.text)]
    rows = [row for row in _rows(lines) if not headings or any(_under(row.number, h) for h in headings)]
    if not headings:
        rows = [row for row in rows if row.shape.kind in ("designator", "parts")]
    columns: defaultdict[tuple[int, int], list[_Row]] = defaultdict(list)
    for row in rows:
        columns[row.number.turn, _column(row.number, columns)].append(row)
    least = _HEADED_ROWS if headings else _UNHEADED_ROWS
    kept = []
    for rows_below in columns.values():
        column = [row for row in rows_below if not _is_prose(row.title)]
        numbers = Counter(row.shape.key for row in column)
        naming = sum(bool(type_words(row.title)) for row in column)
        # A schedule repeats its marks and describes things; an index lists each sheet once.
        if len(numbers) < least or len(numbers) < 0.7 * len(column):
            continue
        if naming < (0.25 if headings else 0.6) * len(column):
            continue
        kept += sorted(column, key=lambda row: row.number.top)
    return tuple(IndexRow(row.shape.value, row.title[:_LONGEST_TITLE], row.box) for row in kept[:_MOST_ROWS])


def _column(number: Line, columns: Iterable[tuple[int, int]]) -> int:
    """The start of a column that `number` stands in: one there is already, or its own."""
    near = 2.5 * number.size
    for turn, start in columns:
        if turn == number.turn and abs(start - number.start) <= near:
            return start
    return round(number.start)


def _under(line: Line, heading: Line) -> bool:
    return line.turn == heading.turn and line.top > heading.top and line.end > heading.start - 20 * line.size


def _rows(lines: Sequence[Line]) -> Iterable[_Row]:
    by_height: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        by_height[line.turn, int(line.middle // _ROW_PX)].append(line)
    for line in lines:
        if not any(c.isdigit() for c in line.text[:24]):
            continue
        if row := _row_in_one(line):
            yield row
            continue
        shape = parse_number(line.text, line.confidence < 1.0) if len(line.text) <= 20 else None
        if shape is None:
            continue
        beside = list(_right_of(line, by_height))
        if beside:
            title = min(beside, key=lambda other: other.start)
            yield _Row(shape, title.text, line, line.box.union(title.box))


def _right_of(line: Line, by_height: dict[tuple[int, int], list[Line]]) -> Iterator[Line]:
    """The texts on the same row that start right of `line`, not too far off, and name something."""
    first, last = line.end - line.size, line.end + _WIDEST_GAP * line.size
    bucket, middle, reach = int(line.middle // _ROW_PX), line.middle, 0.5 * line.size
    for step in (-1, 0, 1):
        for other in by_height.get((line.turn, bucket + step), ()):
            beside = first < other.start < last and abs(other.middle - middle) < reach
            if beside and other is not line and _names_something(other.text):
                yield other


def _row_in_one(line: Line) -> _Row | None:
    pieces = line.text.split(" ")
    for count in range(1, min(4, len(pieces))):
        shape = parse_number(" ".join(pieces[:count]), line.confidence < 1.0)
        rest = " ".join(pieces[count:]).strip(" -:.\u2013\u2026")
        if shape is not None and shape.kind != "digits" and _names_something(rest):
            if count + 1 < len(pieces) and parse_number(" ".join(pieces[: count + 1])):
                continue
            return _Row(shape, rest, line, line.box)
    return None


def _is_prose(title: str) -> bool:
    return title.rstrip().endswith(".") and title.count(" ") >= _SENTENCE_WORDS


def _names_something(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]", text)) >= 4 and parse_number(text) is None and len(text) <= 90
