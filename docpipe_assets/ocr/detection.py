"""Where lines of text stand on a page image, as a neural network sees it.

A sheet is too large for the network at once, and shrunk to its usual size half of the lines are lost. So the
page goes through it in windows, each seen with a margin around, and the windows' maps are put together before
lines are drawn around: no line is cut by a window's border, and none is found twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from docpipe_assets.ocr.networks import CANVAS, Networks, Pixels
from docpipe_assets.ocr.windows import CELL, MARGIN, Cells, Window, lettered, packed, windows

# Lower than for photographs: short dimensions stand alone and answer weakly; the reader drops what is none.
_PIXEL_THRESHOLD = 0.3 * 255
_LINE_THRESHOLD = 0.3 * 255
_GROWTH = 1.7
_SPECK_PX = 8
_THINNEST_PX = 3
# In line heights.
_SHORT = 3.0
_UPRIGHT = 1.5
_ROOM_LEVEL = 0.24
_ROOM_UPRIGHT = 0.5

Quad = npt.NDArray[np.float32]
"""Four corners, 4 x 2, in pixels of the page image: the first edge is the top of the line as it is read."""


def find_lines(networks: Networks, image: Pixels, dpi: float, scale: float) -> list[Quad]:
    """Boxes around lines of text, tilted as the lines are, of a page image looked at in `scale` (up to 1)."""
    import cv2

    height, width = image.shape[:2]
    small = image
    if scale < 1:
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    text_map = _text_map(networks, small, lettered(small, dpi * scale))
    _, labels, stats, _ = cv2.connectedComponentsWithStats((text_map > _PIXEL_THRESHOLD).astype(np.uint8))
    text_map[(stats[:, cv2.CC_STAT_AREA] < _SPECK_PX)[labels]] = 0
    grown = np.array([width / small.shape[1], height / small.shape[0]], np.float32)
    last = np.array([width - 1, height - 1], np.float32)
    return [np.clip(np.rint(quad * grown), 0, last) for quad in _outlines(text_map)]


def _outlines(text_map: Pixels) -> Iterator[Quad]:
    """Boxes around the lines of a map of text, in its pixels.

    The network paints the cores of lines (differentiable binarisation: Liao et al., 2020), so boxes grow by
    their area for each length of their edge. Short ones grow a little along the line, for quotes and dots.
    """
    import cv2

    painted = cv2.dilate((text_map > _PIXEL_THRESHOLD).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(painted, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        middle, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < _THINNEST_PX:
            continue
        core = _in_order(cv2.boxPoints((middle, (width, height), angle)))
        if _mean_within(text_map, core) < _LINE_THRESHOLD:
            continue
        growth = 2 * _GROWTH * width * height / (2 * (width + height))
        width, height = width + growth, height + growth
        across, along = sorted((width, height))
        if along < _SHORT * across:
            along += across * _room_along(core, along / across)
        longer = (along, across) if width >= height else (across, along)
        yield _in_order(cv2.boxPoints((middle, longer, angle)))


def _room_along(core: Quad, length: float) -> float:
    """What a short box `length` times as long as high grows by, in line heights. Square ones stay as they are."""
    width, height = np.ptp(core, axis=0)
    if width >= height:
        return _ROOM_LEVEL
    return _ROOM_UPRIGHT if length > _UPRIGHT else 0.0


def _in_order(corners: npt.NDArray[np.floating[Any]]) -> Quad:
    """Four corners from the upper left one, clockwise."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    (left_top, left_bottom), (right_top, right_bottom) = (
        side[np.argsort(side[:, 1], kind="stable")] for side in (by_x[:2], by_x[2:])
    )
    return np.array([left_top, right_top, right_bottom, left_bottom], np.float32)


def _mean_within(text_map: Pixels, quad: Quad) -> float:
    import cv2

    height, width = text_map.shape
    left, top = np.clip(np.floor(quad.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    right, bottom = np.clip(np.ceil(quad.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    mask = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillPoly(mask, [(quad - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(text_map[top : bottom + 1, left : right + 1], mask)[0])


def _text_map(networks: Networks, image: Pixels, cells: Cells) -> Pixels:
    """How likely each pixel is text, 0 to 255, window by window; it is 0 outside of them."""
    text_map = np.zeros(image.shape[:2], np.uint8)
    for canvas in packed(windows(cells)):
        seen = np.full((CANVAS, CANVAS, 3), 255, np.uint8)
        for window, down, across in canvas:
            _put(seen[down : down + window.height, across : across + window.width], image, window)
        found = networks.text_map(seen)
        for window, down, across in canvas:
            target = text_map[
                window.top * CELL : window.bottom * CELL, window.left * CELL : window.right * CELL
            ]
            inside = found[down + MARGIN :, across + MARGIN :][: target.shape[0], : target.shape[1]]
            target[:] = inside * 255
    return text_map


def _put(place: Pixels, image: Pixels, window: Window) -> None:
    """Show the window of the image with its margin in a `place` of its size, white where it reaches over an edge."""
    top, left = window.top * CELL - MARGIN, window.left * CELL - MARGIN
    part = image[max(top, 0) : top + window.height, max(left, 0) : left + window.width]
    inside = place[max(-top, 0) :, max(-left, 0) :][: part.shape[0], : part.shape[1]]
    inside[:] = part if part.ndim == 3 else part[:, :, np.newaxis]
