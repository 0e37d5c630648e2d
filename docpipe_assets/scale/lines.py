"""Lines of text with the geometry that scale notes need: reading frame, word boxes, neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from docpipe_assets.page_text import Box, PageText, TextBlock

_JOIN_GAP: Final = 0.9
"""Blocks of one row less than this many type heights apart are one line that was read in pieces."""
_OVERLAP_BACK: Final = -0.5
_LIKE_SIZE: Final = 1.7
"""Pieces of one line differ in height by less than this factor (a hyphen or a quote aside)."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A box in a line's reading frame: `left` to `right` as it is read, `top` to `bottom` across, in pixels."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def rows_shared(self, other: Extent) -> float:
        """How much of the flatter of the two the other covers across the reading direction: 0 to 1."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(shared, 0.0) / max(min(self.height, other.height), 1e-6)

    def columns_shared(self, other: Extent) -> float:
        """How much of the narrower of the two the other covers along the reading direction: 0 to 1."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return max(shared, 0.0) / max(min(self.width, other.width), 1e-6)


def quarter_turn(angle: float) -> int:
    """The reading direction as the nearest quarter turn: 0, 90 (downwards), 180 or 270 (upwards)."""
    return round(angle / 90) % 4 * 90


def extent_of(box: Box, turn: int) -> Extent:
    """`box` as someone sees it who reads in the direction `turn`."""
    match turn:
        case 0:
            return Extent(box.x, box.right, box.y, box.bottom)
        case 90:
            return Extent(box.y, box.bottom, -box.right, -box.x)
        case 180:
            return Extent(-box.right, -box.x, -box.bottom, -box.y)
        case _:
            return Extent(-box.bottom, -box.y, box.x, box.right)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a block without words, at `start` to `end` of its line's text."""

    start: int
    end: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it is read, put together from one or more blocks."""

    text: str
    box: Box
    turn: int
    extent: Extent
    size: float
    pieces: tuple[Piece, ...]

    def box_of(self, start: int, end: int) -> Box:
        """The box around the words that `text[start:end]` touches."""
        touched = [piece.box for piece in self.pieces if piece.start < end and start < piece.end]
        return Box.around(touched) if touched else self.box

    def confidence_of(self, start: int, end: int) -> float:
        """The confidence of the least sure word that `text[start:end]` touches."""
        return min((p.confidence for p in self.pieces if p.start < end and start < p.end), default=1.0)

    def around_gap(self, start: int, end: int) -> tuple[Extent, Extent] | None:
        """The extents of the words on either side of the blank `text[start:end]`; `None` inside one word."""
        before = [piece for piece in self.pieces if piece.end <= start + 1]
        after = [piece for piece in self.pieces if piece.start >= end - 1]
        if not before or not after or before[-1].end > after[0].start:
            return None
        return extent_of(before[-1].box, self.turn), extent_of(after[0].box, self.turn)


def read_lines(page: PageText) -> list[Line]:
    """The page's lines; what an engine read in pieces of one line is joined again."""
    lines = [line_of(block) for block in page.blocks if block.text.strip()]
    joined: list[Line] = []
    for _, same_turn in groupby(sorted(lines, key=lambda line: line.turn), key=lambda line: line.turn):
        joined += _rejoined(sorted(same_turn, key=lambda line: line.extent.middle))
    return joined


def line_of(block: TextBlock) -> Line:
    """One block as a line."""
    turn = quarter_turn(block.angle)
    pieces: list[Piece] = []
    at = 0
    for word in block.words:
        start = block.text.find(word.text, at)
        if start < 0:
            pieces = []
            break
        at = start + len(word.text)
        pieces.append(Piece(start, at, word.box, min(word.confidence, block.confidence)))
    if not pieces:
        pieces = [Piece(0, len(block.text), block.box, block.confidence)]
    extent = extent_of(block.box, turn)
    return Line(block.text, block.box, turn, extent, extent.height, tuple(pieces))


def _rejoined(rows: Sequence[Line]) -> Iterator[Line]:
    """Lines in the order of their rows, with each run of close pieces made one line."""
    middles = [line.extent.middle for line in rows]
    follower: dict[int, int] = {}
    for index, line in enumerate(rows):
        reach = line.size / 2
        near = range(
            bisect_left(middles, line.extent.middle - reach),
            bisect_right(middles, line.extent.middle + reach),
        )
        right = [i for i in near if i != index and _continues(line, rows[i])]
        if right:
            follower[index] = min(right, key=lambda i: rows[i].extent.left)
    followers = set(follower.values())
    seen: set[int] = set()
    for head in (i for i in range(len(rows)) if i not in followers):
        chain = [head]
        while (after := follower.get(chain[-1])) is not None and after not in seen:
            chain.append(after)
            seen.add(after)
        yield _joined([rows[i] for i in chain])


def _continues(left: Line, right: Line) -> bool:
    gap = (right.extent.left - left.extent.right) / max(left.size, right.size, 1e-6)
    if not _OVERLAP_BACK <= gap <= _JOIN_GAP or right.extent.left <= left.extent.left:
        return False
    if left.extent.rows_shared(right.extent) < 0.5:
        return False
    worded = any(c.isalnum() for c in left.text) and any(c.isalnum() for c in right.text)
    return not worded or 1 / _LIKE_SIZE <= left.size / max(right.size, 1e-6) <= _LIKE_SIZE


def _joined(parts: Sequence[Line]) -> Line:
    if len(parts) == 1:
        return parts[0]
    pieces: list[Piece] = []
    at = 0
    for part in parts:
        pieces += (Piece(p.start + at, p.end + at, p.box, p.confidence) for p in part.pieces)
        at += len(part.text) + 1
    box = Box.around(part.box for part in parts)
    turn = parts[0].turn
    size = max(part.size for part in parts)
    return Line(" ".join(part.text for part in parts), box, turn, extent_of(box, turn), size, tuple(pieces))
