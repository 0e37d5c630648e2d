"""The slanted ticks that end dimensions, where they cross a level line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from docpipe_assets.raster.ink import Pixels
from docpipe_assets.raster.strokes import Strokes

_LEAST_OFF_PX = 4
_CLEAR_PX = 1.5
_SLOPES = (0.7, 1.0, 1.3)
"""Pixels along the line for each pixel off it."""
_BROADEST_LINE_PX = 6.5
_LONGEST_ARM_PX = 22
_EVEN_ARMS = 0.5
_BROADEST_TICK_PX = 12


def find_ticks(ink: Pixels, strokes: Strokes, longest_line: float) -> npt.NDArray[np.float64]:
    """Ticks on those of the level `strokes` that are thin and at least `longest_line` long: `x1, y1, x2, y2`.

    A tick has ink on one side of the line ahead of where it crosses, on the other side behind it, none in
    the mirrored places, and ends after arms of about the same length.
    """
    lines = strokes[(strokes.x2 - strokes.x1 >= longest_line) & (strokes.width <= _BROADEST_LINE_PX)]
    x, y, line = _places(lines, _LONGEST_ARM_PX + 1, ink.shape)
    clear = np.ceil(lines.width / 2 + _CLEAR_PX).astype(np.int64)
    off = np.maximum(clear, _LEAST_OFF_PX)[line]
    found = [np.zeros((0, 4))]
    for rising in (1, -1):
        candidate = np.zeros(len(x), bool)
        for slope in _SLOPES:
            along = rising * np.rint(slope * off).astype(np.int64)
            tick = ink[y - off, x + along] & ink[y + off, x - along]
            mirrored = ink[y - off, x - along] | ink[y + off, x + along]
            candidate |= (tick == 1) & (mirrored == 0)
        middle = _middles(x[candidate], line[candidate])
        places = x[candidate][middle], y[candidate][middle], off[candidate][middle]
        found.append(_measured(ink, *places, rising))
    return np.concatenate(found)


def _places(
    lines: Strokes, margin: int, shape: tuple[int, ...]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every pixel along the lines, a little beyond their ends, and which line it is on; none at the margin."""
    beyond = 2
    first = np.floor(lines.x1).astype(np.int64) - beyond
    count = np.ceil(lines.x2).astype(np.int64) + beyond - first
    line = np.repeat(np.arange(len(lines)), count)
    x = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    slope = (lines.y2 - lines.y1) / np.maximum(lines.x2 - lines.x1, 1)
    y = np.floor(lines.y1[line] + slope[line] * (x + 0.5 - lines.x1[line])).astype(np.int64)
    kept = (x >= 2 * margin) & (y >= margin) & (x < shape[1] - 2 * margin) & (y < shape[0] - margin)
    return x[kept], y[kept], line[kept]


def _middles(x: npt.NDArray[np.int64], line: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Which pixels are the middles of the stretches that they make up; a tick is no broader than a few."""
    if not len(x):
        return x
    starts = np.flatnonzero(np.append(True, (np.diff(x) > 2) | (np.diff(line) != 0)))
    ends = np.append(starts[1:], len(x)) - 1
    narrow = x[ends] - x[starts] < _BROADEST_TICK_PX
    middles: npt.NDArray[np.int64] = (starts + ends)[narrow] // 2
    return middles


def _measured(
    ink: Pixels,
    x: npt.NDArray[np.int64],
    y: npt.NDArray[np.int64],
    off: npt.NDArray[np.int64],
    rising: int,
) -> npt.NDArray[np.float64]:
    """The ticks through some places, each at the slope at which it is longest."""
    steps = np.arange(_LONGEST_ARM_PX + 1)
    best = np.zeros((len(x), 4))
    longest = np.zeros(len(x), np.int64)
    for slope in _SLOPES:
        along = np.rint(slope * steps).astype(np.int64)
        arms = []
        for side in (1, -1):
            inked = ink[y[:, None] - side * steps, x[:, None] + side * rising * along] == 1
            arms.append(np.logical_and.accumulate(inked, axis=1).sum(axis=1) - 1)
        shorter, longer = np.minimum(*arms), np.maximum(*arms)
        tick = (shorter >= off) & (longer < _LONGEST_ARM_PX) & (shorter >= _EVEN_ARMS * longer)
        better = tick & (shorter + longer > longest)
        ends = np.stack(
            [
                x + 0.5 - rising * slope * arms[1],
                y + 0.5 + arms[1],
                x + 0.5 + rising * slope * arms[0],
                y + 0.5 - arms[0],
            ],
            axis=1,
        )
        best[better] = ends[better]
        longest[better] = (shorter + longer)[better]
    return best[longest > 0]
