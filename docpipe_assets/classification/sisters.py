"""The same place on the other sheets of a set.

A title block repeats. What reads the same in the same place on most sheets is the project's; the number
and the title are what changes in one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docpipe_assets.classification.evidence import BlockLine, PageEvidence
from docpipe_assets.classification.number_candidates import NumberCandidate
from docpipe_assets.classification.reading import Line, Sheet, in_frame, squeeze
from docpipe_assets.page_text import Box

_GRID_PX = 60
_SAME_SIZE = 1.3
_SAME_TEXT = 88.0
_FORMAT_IN = 0.3


@dataclass(frozen=True, slots=True)
class Repetition:
    """How sister sheets look in one place: shares of them, 0 to 1, and how many sisters there are."""

    same: float
    other: float
    sisters: int


@dataclass(frozen=True, slots=True)
class _Spot:
    page: int
    start: float
    end: float
    top: float
    bottom: float
    text: str

    @property
    def size(self) -> float:
        return self.bottom - self.top


class SisterSheets:
    """Looks up, for the texts of one page, what sheets of the same format have in the same place."""

    def __init__(self, pages: Sequence[PageEvidence]) -> None:
        self._formats = [_format(page) for page in pages]
        self._count: defaultdict[tuple[int, int, int], int] = defaultdict(int)
        self._numbers: defaultdict[tuple[object, ...], list[_Spot]] = defaultdict(list)
        self._lines: defaultdict[tuple[object, ...], list[_Spot]] = defaultdict(list)
        for at, (page, form) in enumerate(zip(pages, self._formats, strict=True)):
            self._count[form] += 1
            for candidate in page.numbers:
                spot = _spot(at, candidate.box, candidate.turn, page.sheet, candidate.shape.key)
                self._numbers[form, candidate.turn, int(spot.bottom // _GRID_PX)].append(spot)
            for item in page.lines:
                spot = _line_spot(at, item.line)
                self._lines[form, item.line.turn, int(spot.bottom // _GRID_PX)].append(spot)

    def sisters(self, page: int) -> int:
        """The number of other sheets of the same format."""
        return self._count[self._formats[page]] - 1

    def of_number(self, page: int, candidate: NumberCandidate, sheet: Sheet) -> Repetition:
        """What sister sheets have where `candidate` is: the same text, or another number."""
        spot = _spot(page, candidate.box, candidate.turn, sheet, candidate.shape.key)
        same, other = set(), set()
        for sister in self._near(self._numbers, page, candidate.turn, spot):
            (same if sister.text == spot.text else other).add(sister.page)
        return self._repetition(page, same, other)

    def of_line(self, page: int, item: BlockLine) -> Repetition:
        """What sister sheets have where `item` is: the same text, or another in the same type."""
        from rapidfuzz import fuzz

        spot = _line_spot(page, item.line)
        same, other = set(), set()
        for sister in self._near(self._lines, page, item.line.turn, spot):
            alike = sister.text == spot.text or fuzz.ratio(sister.text, spot.text) >= _SAME_TEXT
            (same if alike else other).add(sister.page)
        return self._repetition(page, same, other)

    def _near(
        self, spots: dict[tuple[object, ...], list[_Spot]], page: int, turn: int, spot: _Spot
    ) -> Iterator[_Spot]:
        form, row = self._formats[page], int(spot.bottom // _GRID_PX)
        for step in (-1, 0, 1):
            for sister in spots.get((form, turn, row + step), ()):
                if sister.page != page and _same_place(spot, sister):
                    yield sister

    def _repetition(self, page: int, same: set[int], other: set[int]) -> Repetition:
        sisters = self.sisters(page)
        if not sisters:
            return Repetition(0.0, 0.0, 0)
        return Repetition(len(same) / sisters, len(other - same) / sisters, sisters)


def _format(page: PageEvidence) -> tuple[int, int, int]:
    return round(page.width_in / _FORMAT_IN), round(page.height_in / _FORMAT_IN), page.sheet.turn


def _spot(page: int, box: Box, turn: int, sheet: Sheet, text: str) -> _Spot:
    return _Spot(page, *in_frame(box, turn, sheet.width, sheet.height), text)


def _line_spot(page: int, line: Line) -> _Spot:
    return _Spot(page, line.start, line.end, line.top, line.bottom, squeeze(line.text))


def _same_place(one: _Spot, other: _Spot) -> bool:
    size = max(min(one.size, other.size), 1.0)
    if max(one.size, other.size) > _SAME_SIZE * size or abs(one.bottom - other.bottom) > 0.6 * size:
        return False
    reach = 0.8 * size
    return (
        abs(one.start - other.start) < reach
        or abs(one.end - other.end) < reach
        or abs(one.start + one.end - other.start - other.end) < 2 * reach
    )
