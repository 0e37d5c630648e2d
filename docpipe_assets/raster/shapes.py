"""Filled shapes: solid areas, and the heads of arrows and dots that sit on thin lines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from docpipe_assets.raster.ink import STRIP_PX, Pixels
from docpipe_assets.raster.runs import Floats, connected, measure, runs_of
from docpipe_assets.raster.strokes import Strokes

Boxes = npt.NDArray[np.float64]
"""Rows `x, y, width, height`."""

_HEAD_CORE_PX = 5
_BROADEST_LINE_PX = 6.5
_REACH_PX = 3.0
_AROUND_PX = 7
_THICKER_PX = 2.0
_THINNER_PX = 0.8
_CROSSING_PX = 5.0
_LONGEST_TAPER_PX = 14
_LOST_TIP_PX = 7
"""A tip is as thin as its line for so long."""
_OBLONG = 0.85
_SHORTEST_BLOCK = 3.0
_LONGEST_BLOCK = 40.0


def solid_areas(ink: Pixels, narrowest: int) -> Pixels:
    """1 where ink is solid for `narrowest` pixels in both directions, else 0. The size of `ink`."""
    import cv2

    solid = np.empty_like(ink)
    # An even kernel would move what it opens, since OpenCV anchors both of its passes alike.
    kernel = np.ones((narrowest | 1, narrowest | 1), np.uint8)
    for top in range(0, ink.shape[0], STRIP_PX):
        above = min(top, 2 * narrowest)
        part = ink[top - above : top + STRIP_PX + 2 * narrowest]
        opened = cv2.morphologyEx(part, cv2.MORPH_OPEN, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        solid[top : top + STRIP_PX] = opened[above : above + STRIP_PX]
    return solid


def boxes_around(mask: Pixels) -> tuple[Boxes, Floats]:
    """The upright boxes around the connected pieces of `mask`, and how much of its box each fills, 0 to 1."""
    runs = runs_of(mask, 1)
    pieces = measure(runs, connected(runs, 0))
    sides = pieces.left, pieces.top, pieces.right - pieces.left, pieces.bottom - pieces.top
    boxes: Boxes = np.stack(sides, axis=1).astype(np.float64)
    return boxes, pieces.area / np.maximum(boxes[:, 2] * boxes[:, 3], 1)


def erase_small(solid: Pixels, largest: float) -> None:
    """Clear what is no larger than the head of an arrow: lines go on through it."""
    runs = runs_of(solid, 1)
    piece = connected(runs, 0)
    pieces = measure(runs, piece)
    small = np.maximum(pieces.right - pieces.left, pieces.bottom - pieces.top) <= largest
    runs[small[piece]].erase(solid)


def cores_and_blocks(
    ink: Pixels, line_width: float, largest_head: float, broadest_line: float
) -> tuple[Boxes, Boxes]:
    """Boxes around what is solid and small enough for the head of an arrow or a dot, without its tips; and
    around solid oblongs that are small or as slender as a line, such as the blocks of a slender scale bar.

    `line_width` is that of the page's usual lines, which are to be neither.
    """
    narrowest = max(round(line_width) + 2, _HEAD_CORE_PX)
    boxes, filled = boxes_around(solid_areas(ink, narrowest))
    shorter, longer = boxes[:, 2:].min(axis=1), boxes[:, 2:].max(axis=1)
    slender = (shorter < broadest_line) & (longer >= _SHORTEST_BLOCK * shorter)
    block = (slender & (longer <= _LONGEST_BLOCK * shorter)) | (
        (longer <= largest_head) & (shorter >= broadest_line)
    )
    oblong = block & (filled >= _OBLONG)
    return boxes[longer <= largest_head], boxes[oblong]


def heads(ink: Pixels, cores: Boxes, strokes: Strokes, largest: float, longest_line: float) -> Boxes:
    """The shapes around `cores` that sit on those of the level `strokes` that are thin and long enough.

    A head counts from where the ink is thicker than the line to where it is no more, or where a line
    crosses: an arrow's tip ends in its extension line.
    """
    lines = strokes[(strokes.x2 - strokes.x1 >= longest_line) & (strokes.width < _BROADEST_LINE_PX)]
    boxes = cores[np.argsort(cores[:, 1])]
    found = []
    for x1, y1, x2, y2, width in zip(lines.x1, lines.y1, lines.x2, lines.y2, lines.width, strict=True):
        low, high = np.searchsorted(boxes[:, 1], (min(y1, y2) - largest, max(y1, y2) + _REACH_PX))
        near = boxes[low:high]
        left, right = near[:, 0], near[:, 0] + near[:, 2]
        near = near[(right >= x1 - _REACH_PX) & (left <= x2 + _REACH_PX)]
        for x, y, across, down in near.tolist():
            at = y1 + (y2 - y1) / (x2 - x1) * (min(max(x + across / 2, x1), x2) - x1)
            if abs(y + down / 2 - at) <= 0.25 * down + 1:
                found.append(_grown(ink, x, y, across, down, at, width, largest))
    return np.array(found).reshape(-1, 4)


def _grown(
    ink: Pixels, x: float, y: float, across: float, down: float, at: float, width: float, largest: float
) -> tuple[float, float, float, float]:
    """The box of a head around its core, along the line at height `at`."""
    top, bottom = max(round(at) - _AROUND_PX, 0), round(at) + _AROUND_PX
    left, right = max(int(x - largest), 0), int(x + across + largest)
    columns = ink[top:bottom, left:right].sum(axis=0, dtype=np.int64)
    head = (columns >= width + _THICKER_PX) & (columns < 2 * _AROUND_PX - 1)
    first, last = int(x) - left, int(x + across) - left
    while first > 0 and head[first - 1]:
        first -= 1
    while last < len(head) and head[last]:
        last += 1
    leftward = int(columns[last - 1]) - int(columns[first]) if last > first else 0
    begin = first - _taper(columns[:first][::-1], width, pointed=leftward > 0)
    end = last + _taper(columns[last:], width, pointed=leftward < 0)
    return left + begin, y, end - begin, down


def _taper(columns: npt.NDArray[np.int64], width: float, *, pointed: bool) -> float:
    """How far a head goes on beyond where it is hardly thicker than the line, to where it meets a crossing line.

    `columns` has how much ink lies along the line from there on. `pointed`: this is the thinner end of the head. Zero
    where the head ends at once, as at its base.
    """
    reach = columns[:_LONGEST_TAPER_PX]
    crossing = np.flatnonzero(reach >= width + _CROSSING_PX)
    tapered = np.flatnonzero(reach < width + _THINNER_PX)
    ends = int(tapered[0]) if len(tapered) else len(reach)
    if not len(crossing) or crossing[0] > ends + (_LOST_TIP_PX if pointed else 0):
        return float(ends) if ends < len(reach) else 0.0
    line = crossing[: int(np.argmax(np.append(np.diff(crossing), 2) > 1)) + 1]
    return float(line[0] + line[-1] + 1) / 2
