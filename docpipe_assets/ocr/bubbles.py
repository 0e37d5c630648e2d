"""Marks in bubbles: the numbers of views and grid lines, often one character alone in a circle.

A network that looks for lines of text overlooks a lone character, and by its shape it may be anything; within a
round outline of a bubble's size it is a mark.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from docpipe_assets.ocr.detection import Quad
from docpipe_assets.ocr.networks import Pixels

# Inches on paper, reduced prints included.
_BUBBLE_IN = (0.12, 0.9)
_INK_BELOW = 0.78
_STEP = 2

# A circle fills 0.79 of the square around it, a hexagon 0.75, a diamond 0.5. The holes of letters are missing.
_ROUND = 1.12
_FILLED = (0.62, 0.84)
_LEAST_PAPER = 0.4

# In bubble widths: where a mark is looked for, and how tall it is.
_INSIDE = 0.68
_MARK_HEIGHT = (0.2, 0.66)

# In mark heights.
_ROOM_ALONG = 0.6
_ROOM_ACROSS = 0.12


def find_bubbles(grey: Pixels, dpi: float) -> list[Quad]:
    """Boxes around what stands in the round bubbles of a grey page image, read level."""
    import cv2

    # The darkest pixel of each square, lest thin outlines get gaps.
    height, width = (side - side % _STEP for side in grey.shape)
    rows = np.minimum(grey[0:height:_STEP], grey[1:height:_STEP])
    darkest = np.minimum(rows[:, 0:width:_STEP], rows[:, 1:width:_STEP])
    paper = (darkest > int(grey.max()) * _INK_BELOW).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    width, height, area = stats[1:, cv2.CC_STAT_WIDTH :].T
    least, most = (inches * dpi / _STEP for inches in _BUBBLE_IN)
    share = area / (width * height)
    is_round = np.maximum(width, height) <= _ROUND * np.minimum(width, height)
    of_size = (width >= least) & (width <= most)
    bubbles = stats[1:][is_round & of_size & (share >= _LEAST_PAPER) & (share <= _FILLED[1])]
    return [quad for bubble in bubbles.tolist() for quad in _marks(paper, *bubble)]


def _marks(paper: Pixels, left: int, top: int, width: int, height: int, area: int) -> Iterator[Quad]:
    """The box around the ink inside of one bubble, if it is of the size of a mark."""
    inset_x, inset_y = (round(side * (1 - _INSIDE) / 2) for side in (width, height))
    y, x = np.nonzero(
        paper[top + inset_y : top + height - inset_y, left + inset_x : left + width - inset_x] == 0
    )
    if not len(x) or not _FILLED[0] <= (area + len(x)) / (width * height) <= _FILLED[1]:
        return
    tall = int(np.ptp(y)) + 1
    if not _MARK_HEIGHT[0] * height <= tall <= _MARK_HEIGHT[1] * height:
        return
    along, across = _ROOM_ALONG * tall, _ROOM_ACROSS * tall
    a, b = left + inset_x + int(x.min()) - along, left + inset_x + int(x.max()) + 1 + along
    c, d = top + inset_y + int(y.min()) - across, top + inset_y + int(y.max()) + 1 + across
    yield np.array([(a, c), (b, c), (b, d), (a, d)], np.float32) * _STEP
