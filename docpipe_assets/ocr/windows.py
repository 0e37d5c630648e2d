"""Which parts of a page image are worth the look of a network: those where ink of a letter's size stands.

Most of a sheet is paper, lines and hatches. The rest is cut into windows along the emptiest rows and columns
(a recursive X-Y cut: Nagy and Seth, 1984), in such a way that the windows are as little ground as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docpipe_assets.ocr.networks import CANVAS, Pixels

CELL = 32
MARGIN = 24
_MOST_CELLS = (CANVAS - 2 * MARGIN) // CELL
# One more window must spare as many pixels as it costs beside its own.
_LEAST_SPARED = 150 * 150

# Inches on paper.
_LETTER_IN = (0.03, 1.0)
_LEAST_INK_PX = 4
_CONTRAST = 32
_DARK = 0.5

Cells = npt.NDArray[np.bool_]
"""For each square of CELL x CELL pixels of an image, from the top left, whether there is something to see."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of an image in cells: `bottom` and `right` are the first ones outside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def ground(self) -> int:
        """The pixels that a look at it takes, with a margin all around each piece that fits a network."""
        rows, columns = self.bottom - self.top, self.right - self.left
        return _with_margins(rows) * _with_margins(columns)

    @property
    def height(self) -> int:
        """In pixels, with the margin."""
        return (self.bottom - self.top) * CELL + 2 * MARGIN

    @property
    def width(self) -> int:
        """In pixels, with the margin."""
        return (self.right - self.left) * CELL + 2 * MARGIN

    @property
    def fits(self) -> bool:
        return max(self.bottom - self.top, self.right - self.left) <= _MOST_CELLS


def lettered(image: Pixels, dpi: float) -> Cells:
    """Where marks of a letter's size are, or light lettering on dark ground may be, and one cell around."""
    import cv2

    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    paper = int(grey.max())
    ink = _without_rules((grey < paper - _CONTRAST).astype(np.uint8), round(_LETTER_IN[1] * dpi))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = stats[1:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_AREA].max(axis=1)
    least, most = (inches * dpi for inches in _LETTER_IN)
    marks = stats[1:][(size >= least) & (size <= most) & (stats[1:, cv2.CC_STAT_AREA] >= _LEAST_INK_PX)]
    x, y = (marks[:, :2] + marks[:, 2:4] // 2).T // CELL
    height, width = (-(-side // CELL) for side in grey.shape)
    cells = np.zeros((height, width), np.uint8)
    cells[y, x] = 1
    rows, columns = (side // CELL for side in grey.shape)
    if rows and columns:
        whole = grey[: rows * CELL, : columns * CELL]
        cells[:rows, :columns] |= (
            cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA) < _DARK * paper
        )
    around: Cells = cv2.dilate(cells, np.ones((3, 3), np.uint8)).astype(bool)
    return around


def _without_rules(ink: Pixels, length: int) -> Pixels:
    """The ink without level and upright lines of `length` pixels and more, which tie letters together."""
    import cv2

    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    rest: Pixels = ink & ~(level | upright)
    return rest


def windows(cells: Cells) -> Iterator[Window]:
    """Windows over all `cells` that are set, none of more than 21 x 21 cells; they do not overlap."""
    height, width = cells.shape
    window = _trimmed(cells, Window(0, 0, height, width))
    if window:
        yield from _cut(cells, window)


def packed(windows: Iterable[Window]) -> list[list[tuple[Window, int, int]]]:
    """Windows side by side on as few canvases as may be, each with its place: the top and left pixel of its margin.

    They stand in rows, the tallest first, each in the first row with room (first fit by decreasing height:
    Coffman et al., 1980).
    """
    canvases: list[list[tuple[Window, int, int]]] = []
    rows: list[_Row] = []
    for window in sorted(windows, key=lambda window: (-window.height, -window.width)):
        row = next((row for row in rows if row.takes(window)), None)
        if row is None:
            row = _new_row(canvases, rows, window)
            rows.append(row)
        canvases[row.canvas].append((window, row.top, row.used))
        row.used += window.width
    return canvases


@dataclass(slots=True)
class _Row:
    """A row of windows on a canvas, in pixels."""

    canvas: int
    top: int
    height: int
    used: int = 0

    def takes(self, window: Window) -> bool:
        return window.height <= self.height and self.used + window.width <= CANVAS


def _new_row(canvases: list[list[tuple[Window, int, int]]], rows: Sequence[_Row], window: Window) -> _Row:
    """A row as high as `window` below the others of the first canvas with room, or on a new one."""
    for canvas in range(len(canvases)):
        below = max(row.top + row.height for row in rows if row.canvas == canvas)
        if below + window.height <= CANVAS:
            return _Row(canvas, below, window.height)
    canvases.append([])
    return _Row(len(canvases) - 1, 0, window.height)


def _cut(cells: Cells, window: Window) -> Iterator[Window]:
    best: list[Window] = []
    least = 0
    for pieces in _halves(window):
        parts = [part for piece in pieces if (part := _trimmed(cells, piece))]
        ground = sum(part.ground for part in parts)
        if not best or ground < least:
            best, least = parts, ground
    if window.fits and (not best or window.ground - least < _LEAST_SPARED):
        yield window
        return
    for part in best:
        yield from _cut(cells, part)


def _halves(window: Window) -> Iterator[tuple[Window, Window]]:
    """Every way of cutting a window in two."""
    top, left, bottom, right = window.top, window.left, window.bottom, window.right
    for row in range(top + 1, bottom):
        yield Window(top, left, row, right), Window(row, left, bottom, right)
    for column in range(left + 1, right):
        yield Window(top, left, bottom, column), Window(top, column, bottom, right)


def _trimmed(cells: Cells, window: Window) -> Window | None:
    """The smallest window around the cells that are set in this one."""
    part = cells[window.top : window.bottom, window.left : window.right]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return None
    return Window(
        window.top + int(rows[0]),
        window.left + int(columns[0]),
        window.top + int(rows[-1]) + 1,
        window.left + int(columns[-1]) + 1,
    )


def _with_margins(cells: int) -> int:
    return cells * CELL + -(-cells // _MOST_CELLS) * 2 * MARGIN
