"""The texts of a page that may be its sheet number, each with what speaks for and against it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docpipe_assets.classification.discipline_words import DESIGNATORS
from docpipe_assets.classification.labels import Label, LabelKind, Labelled, label_of
from docpipe_assets.classification.numbers import NumberShape, parse_number
from docpipe_assets.classification.phrases import names_drawing
from docpipe_assets.classification.prose_words import POINTING_WORDS
from docpipe_assets.classification.reading import Line, Sheet, fold, in_frame
from docpipe_assets.page_text import Box

_MOST_CANDIDATES = 30
_LONGEST_LINE = 70
_ABOUT_AS_NEAR = 0.1
_WIDEST_CELL, _FEWEST_CELLS = 6.0, 5
_PARTED = re.compile(r"\S+(?: [-|\u2013\u2014]|:) \S")
_LARGE, _STOREY = 1.8, 1.3

# Weights of a number's evidence, in units in which 1 makes it 2 to 3 times as likely.
_LABEL = 3.4
_WEAK_LABEL = 2.0
_OTHER_LABEL, _RIGHT_BESIDE, _CLOSE = -4.2, -1.0, 0.75
_TITLE_LABEL = -1.5
_CORNER = 2.2
_EDGE = 0.6
_OFF_EDGE = -1.6
_NOWHERE = -0.8
_TYPE_SIZE = 0.8
_LARGEST = 0.6
_BUBBLE = -2.5
_PEER = -0.5
_PART_OF_LINE = -1.2
_BEFORE_TITLE = 2.0
_BEFORE_NAME = -2.6
_IN_CELLS = 3.0


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """A text that may be the sheet's number, with its place and its evidence on the page."""

    shape: NumberShape
    box: Box
    turn: int
    size: float
    size_ratio: float
    """Height of its type over that of the page's common lettering."""
    corner: float
    edge: float
    labelled: Labelled | None = None
    bubble: bool = False
    """Stands under another mark, as the sheet in a section or detail bubble does."""
    peers: int = 0
    """Texts of the same form and size elsewhere on the page."""
    whole: bool = True
    names_drawing: bool = False
    """What else its line says names a kind of drawing."""
    names_other: bool = False
    """Its line goes on with words that name anything but a drawing."""
    in_cells: bool = False
    """Each of its parts stands in a cell of its own."""
    largest: bool = False
    read: float = 1.0
    """How surely its letters were read, 0 to 1."""
    score: float = 0.0

    @property
    def pattern(self) -> str:
        return re.sub(r"\d", "9", re.sub(r"[A-Z]", "A", fold(self.shape.value)))


def find_numbers(
    lines: Sequence[Line],
    labels: Sequence[Label],
    sheet: Sheet,
    edges: Mapping[int, float],
    body_size: float,
) -> tuple[NumberCandidate, ...]:
    """The best-placed number-like texts of a page, best first, scored by the page alone."""
    number_labels = [label for label in labels if label.kind in (LabelKind.NUMBER, LabelKind.WEAK_NUMBER)]
    written = set(map(id, lines))
    found = [
        NumberCandidate(
            shape, line.box, line.turn, line.size, line.size / body_size, sheet.corner(line.box, line.turn),
            sheet.edge(line.box, line.turn), labelled, whole=whole,
            names_drawing=not whole and names_drawing(line.text, shape.value),
            names_other=not whole and _names_other(line.text, shape.value),
            in_cells=line.text.count("-") >= _FEWEST_CELLS - 1 and id(line) not in written,
            read=line.confidence,
        )
        for line, shape, labelled, whole in _readings(lines, labels, edges, body_size)
    ]  # fmt: skip
    if not found:
        return ()
    patterns: Counter[tuple[str, int]] = Counter((c.pattern, _size_class(c.size)) for c in found)
    found.sort(key=_rough, reverse=True)
    near = _by_place(lines)
    best = []
    for candidate in found[: 2 * _MOST_CANDIDATES]:
        value = _as_line(candidate, sheet)
        labelled = candidate.labelled
        if labelled is None and not candidate.in_cells:
            labelled = label_of(value, _nearby(value, labels, number_labels), LabelKind.NUMBER)
        best.append(
            replace(
                candidate,
                labelled=labelled,
                bubble=not (labelled and labelled.kind is LabelKind.NUMBER) and _in_bubble(value, near),
                peers=sum(
                    patterns[candidate.pattern, _size_class(candidate.size) + step] for step in (-1, 0, 1)
                )
                - 1,
            )
        )
    best = _one_for_each_label(best)
    tallest = max((c.size for c in best if c.corner > 0.2 and c.shape.kind != "digits"), default=math.inf)
    scored = [replace(c, largest=c.size >= 0.95 * tallest) for c in best]
    scored = [replace(c, score=own_score(c)) for c in scored]
    return tuple(sorted(scored, key=lambda c: c.score, reverse=True)[:_MOST_CANDIDATES])


def _one_for_each_label(candidates: Sequence[NumberCandidate]) -> list[NumberCandidate]:
    """The candidates, a label counting only for the one nearest to it, or for those about as near."""
    nearest: defaultdict[Box, float] = defaultdict(float)
    for candidate in candidates:
        if candidate.labelled is not None:
            box = candidate.labelled.box
            nearest[box] = max(nearest[box], candidate.labelled.nearness)
    return [
        replace(c, labelled=None)
        if c.labelled is not None
        and c.labelled.kind is not LabelKind.OTHER
        and c.labelled.nearness < nearest[c.labelled.box] - _ABOUT_AS_NEAR
        else c
        for c in candidates
    ]


def own_score(candidate: NumberCandidate) -> float:
    """What the page itself says for the candidate; about 2.5 is even odds."""
    score = candidate.shape.plausibility + _CORNER * candidate.corner + label_score(candidate)
    score += _EDGE * candidate.edge if candidate.edge > 0.1 else _OFF_EDGE
    score += _NOWHERE if candidate.corner < 0.15 and candidate.labelled is None else 0.0
    score += _TYPE_SIZE * min(max(math.log2(max(candidate.size_ratio, 0.1)), -1.5), 2.2)
    score += _LARGEST if candidate.largest and candidate.corner > 0.2 else 0.0
    score += _BUBBLE if candidate.bubble else 0.0
    score += _PEER * min(max(candidate.peers - 1, 0), 4)
    score += _IN_CELLS if candidate.in_cells else 0.0
    if not candidate.whole:
        # "A-201 | ELEVATIONS" is number and title; "B-12 WAREHOUSE" is anything.
        score += _PART_OF_LINE + (_BEFORE_TITLE if candidate.names_drawing else 0.0)
        score += _BEFORE_NAME if candidate.names_other else 0.0
    return score


def label_score(candidate: NumberCandidate) -> float:
    """What the label beside the candidate says for or against it."""
    labelled = candidate.labelled
    if labelled is None:
        return 0.0
    weight = {
        LabelKind.NUMBER: _LABEL,
        LabelKind.WEAK_NUMBER: _WEAK_LABEL,
        LabelKind.TITLE: _TITLE_LABEL,
        LabelKind.WEAK_TITLE: _TITLE_LABEL,
        LabelKind.OTHER: _OTHER_LABEL,
    }[labelled.kind]
    close = labelled.kind is LabelKind.OTHER and labelled.nearness > _CLOSE
    return weight * (0.4 + 0.6 * labelled.nearness) + (_RIGHT_BESIDE if close else 0.0)


def _rough(candidate: NumberCandidate) -> float:
    named = candidate.labelled is not None
    size = math.log2(max(candidate.size_ratio, 0.1))
    return candidate.shape.plausibility + 2 * candidate.corner + candidate.edge + size + 3 * named


def _readings(
    lines: Sequence[Line], labels: Sequence[Label], edges: Mapping[int, float], body_size: float
) -> Iterator[tuple[Line, NumberShape, Labelled | None, bool]]:
    """Lines and parts of lines that read as numbers: `(line, shape, label on the same line, whole)`."""
    labelled = {id(label.line): label for label in labels}
    for line in lines:
        if len(line.text) > _LONGEST_LINE:
            continue
        scanned = line.confidence < 1.0
        label = labelled.get(id(line))
        if label is not None:
            if label.value is not None and (shape := _first_number(label.value.text, scanned)):
                yield label.value, shape, Labelled(label.kind, label.name, 1.0, label.line.box), True
            continue
        if shape := parse_number(line.text, scanned):
            yield line, shape, None, True
        elif edges[id(line)] > 0.2:
            yield from _part_numbers(line, scanned)
    yield from _joined(lines, edges)
    yield from _in_storeys(lines, edges, body_size)


def _first_number(text: str, scanned: bool) -> NumberShape | None:
    """The longest run of words from the start of a labelled value that reads as a number."""
    pieces = text.split(" ")
    for count in range(min(len(pieces), 6), 0, -1):
        shape = parse_number(" ".join(pieces[:count]), scanned)
        if shape is not None and any(c.isdigit() for c in shape.value):
            return shape
    return None


def _part_numbers(line: Line, scanned: bool) -> Iterator[tuple[Line, NumberShape, Labelled | None, bool]]:
    """A number at either end of a line that says more; not one that the line points to."""
    pieces = line.text.replace("|", " | ").split()
    if not 2 <= len(pieces) <= 8:
        return
    if _PARTED.match(" ".join(pieces)) and names_drawing(line.text, pieces[0]):
        shape = parse_number(pieces[0], scanned)
        if shape is not None:
            yield line, shape, None, False
            return
    if POINTING_WORDS & set(fold(line.text).split()):
        return
    for part in (pieces[0], pieces[-1], " ".join(pieces[-3:]), " ".join(pieces[:3])):
        shape = parse_number(part, scanned)
        if shape is not None and shape.kind == "designator" and shape.plausibility >= 1.3:
            yield line, shape, None, False
            return


def _names_other(text: str, number: str) -> bool:
    rest = text.replace(number, " ", 1)
    return re.search(r"[^\W\d_]{4}", rest) is not None and not names_drawing(text, number)


def _joined(
    lines: Sequence[Line], edges: Mapping[int, float]
) -> Iterator[tuple[Line, NumberShape, Labelled | None, bool]]:
    """Numbers whose pieces stand apart on one line: `A` `-101`, `3` `OF` `9`."""
    for row in _rows([line for line in lines if len(line.text) <= 6 and edges[id(line)] > 0.2]):
        if (cells := _in_cells(row)) and (shape := parse_number(cells.text)):
            yield cells, shape, None, True
        for first in range(len(row) - 1):
            joined = row[first]
            for piece in row[first + 1 : first + 4]:
                if not -0.5 * piece.size < piece.start - joined.end < 1.3 * piece.size:
                    break
                if not 0.7 < piece.size / joined.size < 1.4:
                    break
                joined = replace(
                    joined, text=f"{joined.text} {piece.text}", box=joined.box.union(piece.box), end=piece.end
                )
                shape = parse_number(joined.text, joined.confidence < 1.0)
                lettered = any(c.isalpha() for c in joined.text)
                if shape is not None and lettered and shape.kind in ("designator", "counted"):
                    yield joined, shape, None, True


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in rows, each from left to right; a scan's lines stand a little high or low in theirs."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.turn, line.middle)):
        first = rows[-1][0] if rows else None
        if (
            first is None
            or first.turn != line.turn
            or line.middle - first.middle > 0.35 * max(min(line.size, first.size), 8)
        ):
            rows.append([])
        rows[-1].append(line)
    for row in rows:
        row.sort(key=lambda line: line.start)
    return rows


def _in_storeys(
    lines: Sequence[Line], edges: Mapping[int, float], body_size: float
) -> Iterator[tuple[Line, NumberShape, Labelled | None, bool]]:
    """Numbers lettered large in two storeys, the designator over its digits, as in a circle."""
    large = [line for line in lines if line.size > _LARGE * body_size and edges[id(line)] > 0.5]
    for above in large:
        letters = fold(above.text).rstrip("-. ")
        if letters not in DESIGNATORS or len(letters) > 2:
            continue
        for below in large:
            gap = below.top - above.bottom
            if (
                below.turn == above.turn
                and (below.text[:1].isdigit() or (below.confidence < 1.0 and below.text[:1] in "OIl"))
                and -0.6 * above.size < gap < _STOREY * above.size
                and below.middle > above.middle + 0.4 * above.size
                and abs(below.start + below.end - above.start - above.end) < 1.6 * above.size
                and 0.7 < below.size / above.size < 1.4
            ):
                text = f"{letters}-{below.text}"
                joined = replace(
                    below, text=text, box=above.box.union(below.box), start=min(above.start, below.start),
                    end=max(above.end, below.end), top=above.top,
                )  # fmt: skip
                if shape := parse_number(text, below.confidence < 1.0):
                    yield joined, shape, None, True


def _in_cells(row: Sequence[Line]) -> Line | None:
    """A number after ISO 19650 with each of its parts in a cell of its own; its type of a drawing is DR."""
    at = next((at for at, line in enumerate(row) if line.text == "DR"), None)
    if at is None:
        return None
    first = last = at
    reach = _WIDEST_CELL * row[at].size
    while first > 0 and row[first].start - row[first - 1].end < reach:
        first -= 1
    while last + 1 < len(row) and row[last + 1].start - row[last].end < reach:
        last += 1
        if sum(c.isdigit() for c in row[last].text) >= 3:
            break
    cells = row[first : last + 1]
    if len(cells) < _FEWEST_CELLS:
        return None
    return replace(
        cells[0],
        text="-".join(line.text for line in cells),
        box=Box.around(line.box for line in cells),
        end=cells[-1].end,
    )


def _as_line(candidate: NumberCandidate, sheet: Sheet) -> Line:
    extent = in_frame(candidate.box, candidate.turn, sheet.width, sheet.height)
    return Line(candidate.shape.value, candidate.box, candidate.turn, *extent)


def _nearby(value: Line, labels: Sequence[Label], number_labels: Sequence[Label]) -> list[Label]:
    reach = 12 * max(value.size, 20.0)
    near = [
        label
        for label in labels
        if abs(label.line.middle - value.middle) < reach and label.line.start < value.end + reach
    ]
    return near or list(number_labels)


def _by_place(lines: Sequence[Line]) -> dict[tuple[int, int, int], list[Line]]:
    grid: defaultdict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if len(line.text) <= 3:
            grid[line.turn, int((line.start + line.end) / 200), int(line.middle / 100)].append(line)
    return grid


def _in_bubble(value: Line, near: dict[tuple[int, int, int], list[Line]]) -> bool:
    """Whether a short mark of about the same size stands right above, centred."""
    middle = (value.start + value.end) / 2
    column, row = int(middle / 100), int(value.middle / 100)
    for step in (-1, 0, 1):
        for rise in (-1, 0):
            for mark in near.get((value.turn, column + step, row + rise), ()):
                gap = value.top - mark.bottom
                if (
                    -0.6 * value.size < gap < 0.9 * value.size
                    and mark.middle < value.middle - 0.4 * value.size
                    and abs((mark.start + mark.end) / 2 - middle) < 0.6 * value.size
                    and 0.6 < mark.size / value.size < 1.7
                    and mark.text.isalnum()
                ):
                    return True
    return False


def _size_class(size: float) -> int:
    return round(math.log(max(size, 1.0)) / math.log(1.12))
