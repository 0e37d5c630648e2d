"""How far a page lies askew on its image."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from docpipe_assets.linework import Linework
from docpipe_assets.raster.ink import Pixels, find_ink
from docpipe_assets.raster.runs import runs_of
from docpipe_assets.raster.strokes import level_strokes

MOST_DEGREES = 3.0

_LOOKED_AT = 0.5
_SHORTEST_RUN_PX = 8
_SHORTEST_PX = 60
_BROADEST_PX = 6
_BRIDGED_PX = 4
_ENOUGH_PX = 3000.0
_BIN_DEGREES = 0.02
_WINDOW_DEGREES = 0.1
_SHARED = 0.25
_NONE_BELOW = 0.02


def skew_degrees(image: Pixels) -> float:
    """By how many degrees, clockwise as seen, the page on the 200 DPI `image` is turned: up to 3 either way.

    It is the slope that most of the length of level and upright strokes shares; 0.0 where there are too few,
    where they share none, and where they lie straight, as on drawn pages.
    """
    import cv2

    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    grey = cv2.resize(grey, None, fx=_LOOKED_AT, fy=_LOOKED_AT, interpolation=cv2.INTER_AREA)
    ink = find_ink(grey)
    degrees, length = [], []
    for upright in (False, True):
        mask = cv2.transpose(ink) if upright else ink
        strokes, _ = level_strokes(runs_of(mask, _SHORTEST_RUN_PX), _SHORTEST_PX, _BROADEST_PX, _BRIDGED_PX)
        slope = np.degrees(np.arctan2(strokes.y2 - strokes.y1, strokes.x2 - strokes.x1))
        degrees.append(-slope if upright else slope)
        length.append((strokes.x2 - strokes.x1) / _LOOKED_AT)
    return _shared(np.concatenate(degrees), np.concatenate(length))


def skew_of(linework: Linework) -> float:
    """The same for strokes that were found already: by how many degrees most of their length is turned."""
    x, y = (linework.segments[:, 2:] - linework.segments[:, :2]).astype(np.float64).T
    length = np.hypot(x, y)
    angle = np.degrees(np.arctan2(y, x))
    off_axis = angle - 90 * np.round(angle / 90)
    long = length >= _SHORTEST_PX / _LOOKED_AT
    return _shared(off_axis[long], length[long])


def _shared(degrees: npt.NDArray[np.float64], length: npt.NDArray[np.float64]) -> float:
    """The angle that the most of `length` lies within a tenth of a degree of."""
    small = np.abs(degrees) <= MOST_DEGREES + _WINDOW_DEGREES
    degrees, length = degrees[small], length[small]
    if length.sum() < _ENOUGH_PX:
        return 0.0
    # A pixel more or less at an end turns a short stroke further than a long one.
    weight = length**2
    reach = MOST_DEGREES + 2 * _WINDOW_DEGREES
    counts, edges = np.histogram(degrees, round(2 * reach / _BIN_DEGREES), (-reach, reach), weights=weight)
    window = np.bartlett(2 * round(_WINDOW_DEGREES / _BIN_DEGREES) + 1)
    middle = float(edges[int(np.convolve(counts, window, "same").argmax())] + _BIN_DEGREES / 2)
    near = np.abs(degrees - middle) <= _WINDOW_DEGREES
    if length[near].sum() < _SHARED * length.sum():
        return 0.0
    angle = float(np.average(degrees[near], weights=weight[near]))
    return angle if _NONE_BELOW < abs(angle) <= MOST_DEGREES else 0.0
