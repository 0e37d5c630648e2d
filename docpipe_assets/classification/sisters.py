"""The same place on the other sheets of a set.

A title block repeats. What reads the same in the same place on most sheets is the project's; the number
and the title are what changes in one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from docpipe_assets.classification.evidence import BlockLine, PageEvidence
from docpipe_assets.classification.number_candidates import NumberCandidate
from docpipe_assets.classification.reading import Line, Sheet, in_frame, squeeze
from docpipe_assets.page_text import Box

_GRID_PX = 60
_SAME_SIZE = 1.3
_SAME_TEXT = 88.0
_SAME_FORMAT = 0.025
_MOST_SISTERS = 40


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
        self._formats = _formats(pages)
        self._asked: dict[int, set[int]] = {
            form: _spread([at for at, other in enumerate(self._formats) if other == form])
            for form in set(self._formats)
        }
        self._numbers: defaultdict[tuple[int, int, int], list[_Spot]] = defaultdict(list)
        self._lines: defaultdict[tuple[int, int, int], list[_Spot]] = defaultdict(list)
        for at, (page, form) in enumerate(zip(pages, self._formats, strict=True)):
            if at not in self._asked[form]:
                continue
            for candidate in page.numbers:
                spot = _spot(at, candidate.box, candidate.turn, page.sheet, candidate.shape.key)
                self._numbers[form, candidate.turn, int(spot.bottom // _GRID_PX)].append(spot)
            for item in page.lines:
                spot = _line_spot(at, item.line)
                self._lines[form, item.line.turn, int(spot.bottom // _GRID_PX)].append(spot)

    def of_number(self, page: int, candidate: NumberCandidate, sheet: Sheet) -> Repetition:
        """What sister sheets have where `candidate` is: the same text, or another number."""
        spot = _spot(page, candidate.box, candidate.turn, sheet, candidate.shape.key)
        same: set[int] = set()
        other: set[int] = set()
        for sister in self._near(self._numbers, page, candidate.turn, spot):
            (same if sister.text == spot.text else other).add(sister.page)
        return self._repetition(page, same, other)

    def of_line(self, page: int, item: BlockLine) -> Repetition:
        """What sister sheets have where `item` is: the same text, or another in the same type."""
        spot = _line_spot(page, item.line)
        same: set[int] = set()
        other: set[int] = set()
        for sister in self._near(self._lines, page, item.line.turn, spot):
            alike = sister.text == spot.text or fuzz.ratio(sister.text, spot.text) >= _SAME_TEXT
            (same if alike else other).add(sister.page)
        return self._repetition(page, same, other)

    def _near(
        self, spots: dict[tuple[int, int, int], list[_Spot]], page: int, turn: int, spot: _Spot
    ) -> Iterator[_Spot]:
        form, row = self._formats[page], int(spot.bottom // _GRID_PX)
        for step in (-1, 0, 1):
            for sister in spots.get((form, turn, row + step), ()):
                if sister.page != page and _same_place(spot, sister):
                    yield sister

    def _repetition(self, page: int, same: set[int], other: set[int]) -> Repetition:
        sisters = len(self._asked[self._formats[page]] - {page})
        if not sisters:
            return Repetition(0.0, 0.0, 0)
        return Repetition(len(same) / sisters, len(other - same) / sisters, sisters)


def _formats(pages: Sequence[PageEvidence]) -> list[int]:
    """For each page the first page of the same paper and turn, within what scanners vary."""
    formats: list[int] = []
    for page in pages:
        alike = (
            at
            for at in dict.fromkeys(formats)
            if pages[at].sheet.turn == page.sheet.turn
            and abs(pages[at].width_in - page.width_in) < _SAME_FORMAT * page.width_in
            and abs(pages[at].height_in - page.height_in) < _SAME_FORMAT * page.height_in
        )
        formats.append(next(alike, len(formats)))
    return formats


def _spread(pages: Sequence[int]) -> set[int]:
    """All of `pages` or, of many, as many as it takes to know what repeats."""
    step = max(len(pages) / _MOST_SISTERS, 1.0)
    return {pages[int(at * step)] for at in range(min(len(pages), _MOST_SISTERS))}


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
