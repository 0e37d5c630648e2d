"""Straight strokes in any direction, out of what is left of a page's ink without its level and upright ones."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from docpipe_assets.raster.ink import Pixels
from docpipe_assets.raster.runs import Floats, connected, measure, runs_of
from docpipe_assets.raster.strokes import SURELY_LONG, THINNEST_PX, Strokes, bridge

_BROADEST_RMS_PX = 2.3
_EVENNESS = 1.35
_ROUGHNESS_PX = 0.35
_SHEAF_DEG = 10.0


Ends: TypeAlias = npt.NDArray[np.float64]


def slanted_strokes(ink: Pixels, shortest: float, bridged: float) -> tuple[Ends, Floats]:
    """Strokes of at least `shortest` pixels as `x1, y1, x2, y2`, and their widths.

    Pieces of one line that are up to `bridged` apart are one stroke: lines that cross it were taken out.
    """
    runs = runs_of(ink, 1)
    pieces = measure(runs, connected(runs, 1))
    half, off = (pieces.xx + pieces.yy) / 2, (pieces.xx - pieces.yy) / 2
    spread = np.hypot(off, pieces.xy)
    breadth = np.sqrt(np.maximum(half - spread, 0))
    length = np.sqrt(np.maximum(half + spread, 0) * 12)
    width = pieces.area / np.maximum(length, 1)
    straight = (
        (breadth <= width / np.sqrt(12) * _EVENNESS + _ROUGHNESS_PX)
        & (breadth <= _BROADEST_RMS_PX)
        & (length >= shortest / 2)
        & (length > 2.5 * width)
    )
    angle = np.arctan2(pieces.xy, off + spread)[straight]
    along = length[straight, np.newaxis] / 2 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    middle = np.stack([pieces.x[straight], pieces.y[straight]], axis=1)
    ends, widths = np.concatenate([middle - along, middle + along], axis=1), width[straight]
    # Twice, since pieces of one line may fall on both sides of what parts two sheaves.
    for shift in (0.0, 0.5):
        ends, widths = _bridged(ends, widths, bridged, shift)
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    long = (length >= shortest) & ((widths >= THINNEST_PX) | (length >= SURELY_LONG * shortest))
    return ends[long], widths[long]


def _bridged(ends: Ends, widths: Floats, bridged: float, shift: float) -> tuple[Ends, Floats]:
    """Strokes with the pieces of one line put together, sheaf by sheaf of nearly parallel ones."""
    angle = np.degrees(np.arctan2(ends[:, 3] - ends[:, 1], ends[:, 2] - ends[:, 0]))
    sheaf = np.round(angle / _SHEAF_DEG + shift).astype(np.int64)
    all_ends, all_widths = [np.zeros((0, 4))], [np.zeros(0)]
    for number in np.unique(sheaf):
        turn = np.radians((number - shift) * _SHEAF_DEG)
        cos, sin = np.cos(turn), np.sin(turn)
        x1, y1, x2, y2 = ends[sheaf == number].T
        level = Strokes(
            x1 * cos + y1 * sin,
            y1 * cos - x1 * sin,
            x2 * cos + y2 * sin,
            y2 * cos - x2 * sin,
            widths[sheaf == number],
        )
        whole = bridge(level, bridged)
        all_ends.append(
            np.stack(
                [
                    whole.x1 * cos - whole.y1 * sin,
                    whole.x1 * sin + whole.y1 * cos,
                    whole.x2 * cos - whole.y2 * sin,
                    whole.x2 * sin + whole.y2 * cos,
                ],
                axis=1,
            )
        )
        all_widths.append(whole.width)
    return np.concatenate(all_ends), np.concatenate(all_widths)
