"""Taking lettering and specks off a page's ink before strokes are looked for in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from docpipe_assets.page_text import Box, PageText
from docpipe_assets.raster.ink import Pixels
from docpipe_assets.raster.runs import Pieces, connected, measure, runs_of

Numbers: TypeAlias = npt.NDArray[np.int64] | npt.NDArray[np.float64]

_LETTER_IN = 0.2
_SPECK_PX = 4
_STROKE_BREADTH_PX = 1.6
_STROKE_PX = 12
_LOOSE_PX = 3
_ASKEW = 0.02
_MASK_STEP = 4


def erase_lettering(ink: Pixels, text: PageText | None, dpi: float) -> None:
    """Clear specks, marks no larger than a letter that are no stroke, and what stands inside of a text's box.

    What touches a line stays: it cannot be told from the line here.
    """
    runs = runs_of(ink, 1)
    piece = connected(runs, 0)
    pieces = measure(runs, piece)
    small = np.maximum(pieces.right - pieces.left, pieces.bottom - pieces.top) <= _LETTER_IN * dpi
    erased = pieces.area <= _SPECK_PX
    erased |= small & ~_is_stroke(pieces)
    if text is not None:
        boxes = [block.box for block in text.blocks]
        erased |= box_around(boxes, pieces.left, pieces.top, pieces.right, pieces.bottom, ink.shape) >= 0
    runs[erased[piece]].erase(ink)


def _is_stroke(pieces: Pieces) -> npt.NDArray[np.bool_]:
    """Whether pieces are straight and thin: a dash, or a part of a broken line."""
    half, off = (pieces.xx + pieces.yy) / 2, (pieces.xx - pieces.yy) / 2
    spread = np.sqrt(off**2 + pieces.xy**2)
    breadth, length = np.sqrt(np.maximum(half - spread, 0)), np.sqrt(np.maximum(half + spread, 0))
    straight: npt.NDArray[np.bool_] = (breadth <= _STROKE_BREADTH_PX) & (length * np.sqrt(12) >= _STROKE_PX)
    return straight


def box_around(
    boxes: Sequence[Box], left: Numbers, top: Numbers, right: Numbers, bottom: Numbers, shape: tuple[int, ...]
) -> npt.NDArray[np.int32]:
    """For each of some rectangles on a page of `shape` pixels, which of `boxes` holds it; -1 for none.

    Boxes are loose by a few pixels, and as far as lines of text lean on a scan. Of boxes that overlap, the
    last counts.
    """
    import cv2

    if not boxes:
        return np.full(len(left), -1, np.int32)
    bounds = np.array([(box.x, box.y, box.right, box.bottom) for box in boxes], np.float64)
    loose = _LOOSE_PX + _ASKEW * (bounds[:, 2:] - bounds[:, :2]).max(axis=1, keepdims=True)
    bounds += loose * (-1, -1, 1, 1)
    height, width = shape[0] // _MASK_STEP + 1, shape[1] // _MASK_STEP + 1
    which = np.full((height, width), -1, np.int32)
    for number, (x1, y1, x2, y2) in enumerate((bounds / _MASK_STEP).astype(int).tolist()):
        cv2.rectangle(which, (x1, y1), (x2, y2), number, -1)
    column = np.clip((left + right) // (2 * _MASK_STEP), 0, width - 1).astype(np.int64)
    row = np.clip((top + bottom) // (2 * _MASK_STEP), 0, height - 1).astype(np.int64)
    number = which[row, column]
    x1, y1, x2, y2 = bounds[number].T
    holds = (left >= x1) & (top >= y1) & (right <= x2) & (bottom <= y2)
    found: npt.NDArray[np.int32] = np.where(holds, number, -1)
    return found
