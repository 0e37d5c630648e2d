"""Straight strokes that run nearly level, out of the rows of a page's ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docpipe_assets.raster.runs import Floats, Ints, Pieces, Runs, connected, measure

STEEPEST = 0.11
"""The slope up to which a stroke counts as level: a scan's skew and some more."""

_REACH_PX = 2
_ROUNDS = 4
_ROUGHNESS_PX = 0.45
_SHARED_LINE_PX = 1.6
_LEAN_PX = 6.0
THINNEST_PX = 0.95
SURELY_LONG = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Nearly level strokes: from `x1`, `y1` to `x2`, `y2` (`x1` < `x2`) in page coordinates, and line width."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    width: Floats

    def __getitem__(self, chosen: npt.NDArray[np.bool_] | Ints) -> Strokes:
        return Strokes(*(getattr(self, name)[chosen] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.x1)


def level_strokes(runs: Runs, shortest: float, broadest: float, bridged: float) -> tuple[Strokes, Runs]:
    """The strokes at least `shortest` long and at most `broadest` thick that `runs` make up, and their runs.

    Pieces of one line that are no more than `bridged` apart are one stroke. What is no stroke as a whole,
    because something else touches it, is looked at again without its shorter runs.
    """
    found: list[Strokes] = []
    used: list[Runs] = []
    shortest_run = int(runs.length.min()) if len(runs) else 0
    for _ in range(_ROUNDS):
        piece = connected(runs, _REACH_PX)
        pieces = measure(runs, piece)
        strokes, straight = _fitted(pieces, broadest)
        found.append(strokes[straight])
        used.append(runs[(straight & (strokes.x2 - strokes.x1 >= shortest))[piece]])
        shortest_run *= 2
        runs = runs[~straight[piece]]
        runs = runs[runs.length >= shortest_run]
    strokes = bridge(_all(found), bridged)
    length = strokes.x2 - strokes.x1
    # Thinner than a pixel are the dithered edges of broad lines, and fine lines that are broken.
    kept = (length >= shortest) & ((strokes.width >= THINNEST_PX) | (length >= SURELY_LONG * shortest))
    return strokes[kept], Runs.all(used)


def _all(parts: list[Strokes]) -> Strokes:
    return Strokes(*(np.concatenate([getattr(part, name) for part in parts]) for name in Strokes.__slots__))


def _fitted(pieces: Pieces, broadest: float) -> tuple[Strokes, npt.NDArray[np.bool_]]:
    """The line through every piece, and whether the piece is nothing but that line."""
    slope = pieces.xy / np.maximum(pieces.xx, 1e-9)
    length = (pieces.right - pieces.left).astype(np.float64)
    width = pieces.area / np.maximum(length, 1)
    off_line = np.sqrt(np.maximum(pieces.yy - slope * pieces.xy, 0))
    even = off_line <= width / np.sqrt(12) * 1.2 + _ROUGHNESS_PX
    straight = even & (np.abs(slope) <= STEEPEST) & (width <= broadest) & (length > 1.5 * width)
    x1, x2 = pieces.left.astype(np.float64), pieces.right.astype(np.float64)
    strokes = Strokes(x1, pieces.y + slope * (x1 - pieces.x), x2, pieces.y + slope * (x2 - pieces.x), width)
    return strokes, straight


def bridge(strokes: Strokes, bridged: float) -> Strokes:
    """Strokes with the pieces of one line put together that are no more than `bridged` apart."""
    columns = np.stack([strokes.x1, strokes.y1, strokes.x2, strokes.y2, strokes.width], axis=1)
    open_by_row: dict[int, list[list[float]]] = {}
    whole: list[list[float]] = []
    for stroke in columns[np.argsort(strokes.x1, kind="stable")].tolist():
        x1, y1 = stroke[0], stroke[1]
        row = int(y1 // 4)
        best: list[float] | None = None
        for near in (row - 1, row, row + 1):
            kept = [other for other in open_by_row.get(near, ()) if other[2] >= x1 - bridged]
            open_by_row[near] = kept
            for other in kept:
                if _continues(other, stroke) and (best is None or other[2] > best[2]):
                    best = other
        if best is None:
            whole.append(stroke)
            open_by_row.setdefault(int(stroke[3] // 4), []).append(stroke)
        elif stroke[2] > best[2]:
            old_row = int(best[3] // 4)
            _extend(best, stroke)
            if int(best[3] // 4) != old_row:
                open_by_row[old_row].remove(best)
                open_by_row.setdefault(int(best[3] // 4), []).append(best)
    return Strokes(*np.array(whole).reshape(-1, 5).T)


def _continues(stroke: list[float], other: list[float]) -> bool:
    """Whether `other`, which starts later, lies on the line of `stroke`, judged by the longer of both."""
    longer, shorter = (stroke, other) if stroke[2] - stroke[0] >= other[2] - other[0] else (other, stroke)
    if max(stroke[4], other[4]) > 1.8 * min(stroke[4], other[4]) + 0.5:
        return False
    x1, y1, x2, y2, _ = longer
    slope = (y2 - y1) / (x2 - x1)
    middle = (shorter[0] + shorter[2]) / 2
    reach = min(max(middle, x1 - 100), x2 + 100)
    off = abs((shorter[1] + shorter[3]) / 2 - y1 - slope * (reach - x1))
    return off <= _SHARED_LINE_PX


def _extend(stroke: list[float], other: list[float]) -> None:
    """Make `stroke` reach to the end of `other`."""
    length, added = stroke[2] - stroke[0], other[2] - other[0]
    stroke[4] = (stroke[4] * length + other[4] * added) / (length + added)
    stroke[2], stroke[3] = other[2], other[3]


def ended(strokes: Strokes, crossing: Strokes) -> Strokes:
    """The level `strokes` with those ends that lie in a line of `crossing` moved to that line's middle.

    `crossing` has its axes exchanged, as it was found on the page put sideways.
    """
    slope = (crossing.y2 - crossing.y1) / np.maximum(crossing.x2 - crossing.x1, 1e-9)
    askew = float(np.median(slope)) if len(slope) else 0.0
    lean = np.abs(slope - askew) * (crossing.x2 - crossing.x1) / 2
    crossing, slope = crossing[lean <= _LEAN_PX], slope[lean <= _LEAN_PX]
    at = (crossing.y1 + crossing.y2 - askew * (crossing.x1 + crossing.x2)) / 2
    order = np.argsort(at)
    crossing, slope, at = crossing[order], slope[order], at[order]
    reach = _LEAN_PX + float(crossing.width.max(initial=0.0)) / 2 + _SHARED_LINE_PX
    moved = []
    for x, y in ((strokes.x1, strokes.y1), (strokes.x2, strokes.y2)):
        first = np.searchsorted(at, x - askew * y - reach)
        count = np.searchsorted(at, x - askew * y + reach) - first
        stroke = np.repeat(np.arange(len(x)), count)
        line = np.arange(len(stroke)) - np.repeat(np.cumsum(count) - count - first, count)
        middle = crossing.y1[line] + slope[line] * (y[stroke] - crossing.x1[line])
        off = np.abs(middle - x[stroke])
        meets = (
            (off <= crossing.width[line] / 2 + _SHARED_LINE_PX)
            & (crossing.x1[line] - _REACH_PX <= y[stroke])
            & (crossing.x2[line] + _REACH_PX >= y[stroke])
        )
        nearest = np.lexsort((off, stroke))[::-1]
        nearest = nearest[meets[nearest]]
        end = x.copy()
        end[stroke[nearest]] = middle[nearest]
        moved.append(end)
    kept = moved[1] - moved[0] > 1
    x1, x2 = np.where(kept, moved[0], strokes.x1), np.where(kept, moved[1], strokes.x2)
    return Strokes(x1, strokes.y1, x2, strokes.y2, strokes.width)
