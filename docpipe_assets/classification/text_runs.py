"""Lines of a title block that read on as one text: a title wraps over two or three lines.

Such lines have one type size, are aligned, and stand closer to each other than to what is around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docpipe_assets.classification.evidence import BlockLine, PageEvidence
from docpipe_assets.classification.numbers import NumberShape, parse_number
from docpipe_assets.classification.prose_words import NOTICE_PHRASES
from docpipe_assets.classification.reading import Line, fold, tidy
from docpipe_assets.classification.sisters import Repetition, SisterSheets
from docpipe_assets.classification.views import scale_in
from docpipe_assets.page_text import Box

_MOST_LINES = 4
_PARAGRAPH_LINES = 6
_WIDEST_PITCH = 1.95
_WIDER = 1.25
_SAME_HEIGHT, _SAME_HEIGHT_READ = 1.3, 1.7
_SAME_WIDTH, _LETTERS_FOR_WIDTH = 1.25, 5

_STREET = re.compile(
    r"^\d+[A-Z]?,? (?:[A-Z0-9.']+ ){1,4}(?:STREET|ST|ROAD|RD|AVENUE|AVE|LANE|LN|DRIVE|DR|BOULEVARD|BLVD|WAY|COURT|CT|"
    r"PLACE|PL|HIGHWAY|HWY|PARKWAY|PKWY|TERRACE|CLOSE|CRESCENT|CIRCLE|CIR)\b"
)
_PLACE = re.compile(
    r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|, ?[A-Z]{2}\.?$|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|\b(?:NSW|VIC|QLD) \d{4}\b"
)
_DATE = re.compile(
    r"\b\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}:\d{2}|"
    r"\b(?:JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|JAN|FEB|MAR|APR|JUN|JUL|"
    r"AUG|SEPT?|OCT|NOV|DEC)\.? (?:\d{1,2},? )?\d{4}\b"
)
_REFERENCE = re.compile(r"\b\d{1,2} ?/ ?[A-Z]{1,2}-?\d|^(?:SEE|REFER|RE:)\b|^(?:OF|/) ?\d")
_PHONE = re.compile(r"\(?\d{3}\)?[-. ]+\d{3}[-. ]+\d{4}|\+\d[\d ]{7,}")


@dataclass(frozen=True, slots=True)
class BlockText:
    """A line with what sister sheets have in its place."""

    item: BlockLine
    repetition: Repetition

    @property
    def line(self) -> Line:
        return self.item.line


@dataclass(frozen=True, slots=True)
class TextRun:
    """Lines that read on as one text. `cuts` counts ends where the lines around would read on as well."""

    blocks: tuple[BlockText, ...]
    cuts: int
    paragraph: bool

    @property
    def text(self) -> str:
        text = self.blocks[0].line.text
        for block in self.blocks[1:]:
            hyphenated = text.endswith("-") and not text.endswith(" -")
            text += block.line.text if hyphenated else f" {block.line.text}"
        return text

    @property
    def box(self) -> Box:
        return Box.around(block.line.box for block in self.blocks)

    @property
    def size(self) -> float:
        return sum(block.line.size for block in self.blocks) / len(self.blocks)


def read_runs(
    page: PageEvidence, sisters: SisterSheets, at: int, number: NumberShape | None
) -> Iterator[TextRun]:
    """The texts of the title block: all runs of up to four lines that read on."""
    blocks = []
    for found in page.lines:
        if found.label is not None:
            continue
        item = _without_number(found, number)
        shape = parse_number(item.line.text, item.line.confidence < 1.0)
        if shape is not None and number is not None and shape.key == number.key:
            continue
        if sum(c.isalpha() for c in item.line.text) < 2:
            continue
        blocks.append(BlockText(item, sisters.of_line(at, item)))
    for chain in _chains(blocks):
        for part in _at_wider_gaps(chain):
            for first in range(len(part)):
                for last in range(first + 1, min(first + _MOST_LINES, len(part)) + 1):
                    run = part[first:last]
                    cuts = _is_cut(part, first) + _is_cut(part, last)
                    yield TextRun(tuple(run), cuts, len(part) >= _PARAGRAPH_LINES)


def _without_number(item: BlockLine, number: NumberShape | None) -> BlockLine:
    """The line without the sheet number that opens or ends it."""
    line = item.line
    if number is None or len(line.text) <= len(number.value) + 3:
        return item
    written = number.value
    if written not in line.text:
        # A scan may have it otherwise than it was read.
        ends = line.text.replace("|", " ").split()
        written = next((e for e in (ends[0], ends[-1]) if _reads_as(e, number)), "") if ends else ""
    if not written:
        return item
    text = tidy(line.text.replace(written, " ", 1)).strip(" -:|\u2013\u2014")
    return BlockLine(
        Line(text, line.box, line.turn, line.start, line.end, line.top, line.bottom, line.confidence),
        item.edge,
        item.labelled,
        item.label,
    )


def _reads_as(text: str, number: NumberShape) -> bool:
    shape = parse_number(text, scanned=True)
    return shape is not None and shape.key == number.key


def _is_cut(part: Sequence[BlockText], at: int) -> bool:
    """Whether parting the lines before `at` cuts a text: not where one side is project data or a notice."""
    if not 0 < at < len(part):
        return False
    above, below = part[at - 1], part[at]
    label, before = below.item.labelled, above.item.labelled
    labelled_apart = (
        label is not None and label.nearness > 0.6 and (before is None or label.box != before.box)
    )
    return not (
        labelled_apart or any(is_project_data(b.line.text) or b.repetition.same > 0.5 for b in (above, below))
    )


def _chains(blocks: Sequence[BlockText]) -> Iterator[list[BlockText]]:
    """Lines of one type size, each closely below and aligned with the one before."""
    followed: dict[int, int] = {}
    for above, block in enumerate(blocks):
        best: tuple[float, int] | None = None
        for below, other in enumerate(blocks):
            pitch = _pitch(block.line, other.line) if below != above else None
            if pitch is not None and below not in followed.values() and (best is None or pitch < best[0]):
                best = (pitch, below)
        if best is not None:
            followed[above] = best[1]
    starts = set(range(len(blocks))) - set(followed.values())
    for start in sorted(starts):
        chain, at = [blocks[start]], start
        while at in followed:
            at = followed[at]
            chain.append(blocks[at])
        yield chain


def _pitch(above: Line, below: Line) -> float | None:
    """Distance from line to line in type sizes, if `below` may continue `above`; else None."""
    size = min(above.size, below.size)
    if above.turn != below.turn or below.middle <= above.middle or not _same_type(above, below):
        return None
    pitch = (below.middle - above.middle) / max(above.size, below.size)
    if not 0.6 < pitch < _WIDEST_PITCH:
        return None
    reach = 0.9 * size
    aligned = (
        abs(above.start - below.start) < reach
        or abs(above.start + above.end - below.start - below.end) < 2 * reach
        or abs(above.end - below.end) < reach
    )
    return pitch if aligned else None


def _same_type(above: Line, below: Line) -> bool:
    """Whether two lines are lettered alike, by their height or, as read off an image, by their letters' width.

    An accent or a tail makes the box of a line that was read off an image higher.
    """
    lower, higher = sorted((above.size, below.size))
    if higher <= _SAME_HEIGHT * lower:
        return True
    read = max(above.confidence, below.confidence) < 1 and higher <= _SAME_HEIGHT_READ * lower
    if not read or min(len(above.text), len(below.text)) < _LETTERS_FOR_WIDTH:
        return False
    narrower, wider = sorted((line.end - line.start) / len(line.text) for line in (above, below))
    return wider <= _SAME_WIDTH * narrower


def _at_wider_gaps(chain: list[BlockText]) -> Iterator[list[BlockText]]:
    """The chain in parts, parted where the gap is clearly wider than the closest in it."""
    gaps = [below.line.middle - above.line.middle for above, below in pairwise(chain)]
    closest = min(gaps, default=0.0)
    part = [chain[0]]
    for block, gap in zip(chain[1:], gaps, strict=True):
        if gap > _WIDER * closest:
            yield part
            part = []
        part.append(block)
    yield part


def is_project_data(text: str) -> bool:
    """Whether a line is an address, a date, a telephone number, a scale, a state of issue."""
    folded = fold(text)
    return (
        any(pattern.search(folded) for pattern in (_STREET, _PLACE, _DATE, _PHONE, _REFERENCE))
        or any(phrase in folded for phrase in NOTICE_PHRASES)
        or scale_in(folded) is not None
    )
