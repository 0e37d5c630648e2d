"""Where lines of text stand on a page image, as a neural network sees it.

A sheet is too large for the network at once, and shrunk to its usual size half of the lines are lost. So the
page goes through it in tiles that overlap, and the tiles' maps are put together before lines are drawn
around: no line is cut by a tile's border, and none is found twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from docpipe_assets.ocr.networks import Networks, Pixels

TILE = 960
OVERLAP = 96
# The networks take multiples of 32; fewer sizes of tiles keep fewer buffers.
_MULTIPLE = 64
_BLANK_CONTRAST = 32

# Lower than for photographs: short dimensions stand alone and answer weakly; the reader drops what is none.
_PIXEL_THRESHOLD = 0.3
_LINE_THRESHOLD = 0.3
_GROWTH = 1.7
_SPECK_PX = 8
_MOST_LINES = 50_000

Quad = npt.NDArray[np.float32]
"""Four corners, 4 x 2, in pixels of the page image: the first edge is the top of the line as it is read."""


@dataclass(frozen=True, slots=True)
class _Tile:
    """A window of `size` from `start`, of which `keep_from` to `keep_to` counts, along one side."""

    start: int
    size: int
    keep_from: int
    keep_to: int


def find_lines(networks: Networks, image: Pixels, scale: float) -> list[Quad]:
    """Boxes around lines of text, tilted as the lines are, of a page image looked at in `scale` (up to 1)."""
    import cv2
    from rapidocr.ch_ppocr_det.utils import DBPostProcess

    height, width = image.shape[:2]
    small = image
    if scale < 1:
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    text_map = _text_map(networks, small)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        (text_map > _PIXEL_THRESHOLD * 255).astype(np.uint8)
    )
    text_map[(stats[:, cv2.CC_STAT_AREA] < _SPECK_PX)[labels]] = 0
    outline = DBPostProcess(
        _PIXEL_THRESHOLD * 255, _LINE_THRESHOLD * 255, _MOST_LINES, _GROWTH, "fast", use_dilation=True
    )
    boxes, _ = outline(text_map[np.newaxis, np.newaxis], (height, width))
    return [np.asarray(box, dtype=np.float32) for box in boxes]


def _text_map(networks: Networks, image: Pixels) -> Pixels:
    """How likely each pixel is text, 0 to 255, tile by tile; blank tiles are not looked at."""
    height, width = image.shape[:2]
    text_map = np.zeros((height, width), np.uint8)
    for row in _tiles(height):
        for column in _tiles(width):
            part = image[row.start : row.start + row.size, column.start : column.start + column.size]
            if int(part.max()) - int(part.min()) < _BLANK_CONTRAST:
                continue
            tile = np.full((row.size, column.size, 3), 255, np.uint8)
            tile[: part.shape[0], : part.shape[1]] = part if part.ndim == 3 else part[:, :, np.newaxis]
            found = networks.text_map(tile)[row.keep_from : row.keep_to, column.keep_from : column.keep_to]
            target = text_map[row.start + row.keep_from :, column.start + column.keep_from :]
            target = target[: found.shape[0], : found.shape[1]]
            target[:] = found[: target.shape[0], : target.shape[1]] * 255
    return text_map


def _tiles(length: int) -> Iterator[_Tile]:
    """Windows of one size that cover `length` with overlaps; each pixel counts in one of them."""
    count = max(1, math.ceil((length - OVERLAP) / (TILE - OVERLAP)))
    size = math.ceil((length + (count - 1) * OVERLAP) / count / _MULTIPLE) * _MULTIPLE
    starts = [round(number * (length - size) / max(count - 1, 1)) for number in range(count)]
    seams = [(before + size + after) // 2 for before, after in pairwise(starts)]
    for start, keep_from, keep_to in zip(
        starts, [starts[0], *seams], [*seams, starts[-1] + size], strict=True
    ):
        yield _Tile(start, size, keep_from - start, keep_to - start)
