"""The straight strokes and the filled shapes of a page image."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from docpipe_assets.errors import PageError
from docpipe_assets.linework import Linework
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.raster.ink import Pixels, find_ink
from docpipe_assets.raster.lettering import box_around, erase_lettering
from docpipe_assets.raster.runs import Runs, runs_of
from docpipe_assets.raster.shapes import boxes_around, cores_and_blocks, erase_small, heads, solid_areas
from docpipe_assets.raster.slanted import slanted_strokes
from docpipe_assets.raster.strokes import Strokes, ended, level_strokes
from docpipe_assets.raster.ticks import find_ticks
from docpipe_assets.vocabulary import ErrorCode

_WORKING_DPI = 200.0
"""What strokes are looked for at: the pixels that this package counts are pixels of such an image ..."""
_FINE_ENOUGH = (180.0, 230.0)
"""... or of one about as fine. Others are brought to it."""

# Inches on paper.
_BROADEST_LINE_IN = 0.045
_SHORTEST_STROKE_IN = 0.08
_SHORTEST_RUN_IN = 0.04
_BRIDGED_IN = 0.04
_CARRYING_LINE_IN = 0.15
_LARGEST_HEAD_IN = 0.2

_LONGEST_LETTER_STROKE = 1.2
_TICK_WIDTH_PX = 3.0
_ERROR_PX = 0.5
_SIDEWAYS = [1, 0, 3, 2]


def find_linework(image_path: Path, text: PageText | None) -> Linework:
    """The strokes and filled shapes on the page image at `image_path`, in its pixels, to about a pixel.

    Strokes run level, upright or aslant, and what crosses them does not part them; a stroke that meets
    another ends in its middle. Ticks across dimension lines are strokes, heads of arrows, dots and all that is
    solid are fills, broad strokes too. `text` says what is lettering there, and the page's dpi; marks of a
    letter's size that touch nothing count as lettering anyway.
    Raises `PageError` (`page_unreadable`) if there is no such image.
    """
    import cv2

    image: Pixels | None = cv2.imread(str(image_path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise PageError(
            ErrorCode.PAGE_UNREADABLE,
            f"The page image {image_path.name} cannot be read; process the document's pages again.",
        )
    return linework_of(image, text)


def linework_of(image: Pixels, text: PageText | None) -> Linework:
    """The strokes and filled shapes of a grey page image: see `find_linework`."""
    import cv2

    if text is None or _FINE_ENOUGH[0] <= text.dpi <= _FINE_ENOUGH[1]:
        return _linework(image, text)
    factor = _WORKING_DPI / text.dpi
    size = round(image.shape[1] * factor), round(image.shape[0] * factor)
    resized = cv2.resize(image, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    scales = size[0] / image.shape[1], size[1] / image.shape[0]
    found = _linework(resized, _resized(text, size, scales))
    back = np.tile(1 / np.array(scales, np.float32), 2)
    return Linework(
        image.shape[1],
        image.shape[0],
        np.multiply(found.segments, back, dtype=np.float32),
        np.multiply(found.widths, back[0], dtype=np.float32),
        np.multiply(found.fills, back, dtype=np.float32),
        error_px=found.error_px / factor,
    )


def _resized(text: PageText, size: tuple[int, int], scales: tuple[float, float]) -> PageText:
    """The text as it stands on the page image when that is resized; of words only the lines stay."""
    across, down = scales
    blocks = (
        replace(
            block,
            box=Box(
                block.box.x * across, block.box.y * down, block.box.width * across, block.box.height * down
            ),
            words=(),
        )
        for block in text.blocks
    )
    return PageText(tuple(blocks), size[0], size[1], _WORKING_DPI)


def _linework(image: Pixels, text: PageText | None) -> Linework:
    import cv2

    dpi = text.dpi if text is not None else _WORKING_DPI
    height, width = image.shape
    ink = find_ink(image)
    erase_lettering(ink, text, dpi)
    broadest = round(_BROADEST_LINE_IN * dpi)
    carrying, largest = _CARRYING_LINE_IN * dpi, _LARGEST_HEAD_IN * dpi
    thin = solid_areas(ink, broadest)
    erase_small(thin, largest)
    areas, _ = boxes_around(thin)
    cv2.dilate(thin, np.ones((3, 3), np.uint8), dst=thin)
    cv2.compare(ink, thin, cv2.CMP_GT, dst=thin)
    thin &= 1

    def strokes_in(mask: Pixels) -> tuple[Strokes, Runs]:
        runs = runs_of(mask, round(_SHORTEST_RUN_IN * dpi))
        return level_strokes(runs, _SHORTEST_STROKE_IN * dpi, broadest, _BRIDGED_IN * dpi)

    level, level_runs = strokes_in(thin)
    sideways = cv2.transpose(thin)
    upright, upright_runs = strokes_in(sideways)
    upright_runs.erase(sideways)
    cv2.transpose(sideways, dst=thin)
    del sideways
    level_runs.erase(thin)
    slanted, slanted_widths = slanted_strokes(thin, _SHORTEST_STROKE_IN * dpi, _BRIDGED_IN * dpi)
    del thin

    level, upright = ended(level, upright), ended(upright, level)
    cores, blocks = cores_and_blocks(ink, _usual_width(level, upright), largest, broadest)
    across = find_ticks(ink, level, carrying)
    shapes = heads(ink, cores, level, largest, carrying)
    sideways = cv2.transpose(ink)
    del ink
    along = find_ticks(sideways, upright, carrying)
    shapes_along = heads(sideways, cores[:, _SIDEWAYS], upright, largest, carrying)
    ticks = np.concatenate([across, along[:, _SIDEWAYS]])
    shapes = np.concatenate([shapes, shapes_along[:, _SIDEWAYS]])

    segments = np.concatenate([_ends(level), _ends(upright)[:, _SIDEWAYS], slanted, ticks])
    widths = np.concatenate([level.width, upright.width, slanted_widths, np.full(len(ticks), _TICK_WIDTH_PX)])
    if text is not None:
        drawn = ~_written(segments, text)
        segments, widths = segments[drawn], widths[drawn]
    fills = np.concatenate([areas, blocks, shapes[~_on(shapes, ticks)]])
    return Linework(
        width,
        height,
        segments.astype(np.float32),
        widths.astype(np.float32),
        fills.astype(np.float32),
        error_px=_ERROR_PX,
    )


def _usual_width(*parts: Strokes) -> float:
    """The line width that half of the strokes' length stays below; 0 without strokes."""
    width = np.concatenate([part.width for part in parts])
    length = np.concatenate([part.x2 - part.x1 for part in parts])
    order = np.argsort(width)
    reached = np.cumsum(length[order])
    return float(width[order][np.searchsorted(reached, reached[-1] / 2)]) if len(width) else 0.0


def _ends(strokes: Strokes) -> npt.NDArray[np.float64]:
    ends: npt.NDArray[np.float64] = np.stack([strokes.x1, strokes.y1, strokes.x2, strokes.y2], axis=1)
    return ends


def _on(boxes: npt.NDArray[np.float64], ticks: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which boxes have the middle of a tick inside: the tick's own thickness."""
    x, y = (ticks[:, :2] + ticks[:, 2:]).T / 2
    left, top, width, height = boxes.T[:, :, np.newaxis]
    on: npt.NDArray[np.bool_] = ((x >= left) & (x <= left + width) & (y >= top) & (y <= top + height)).any(
        axis=1
    )
    return on


def _written(segments: npt.NDArray[np.float64], text: PageText) -> npt.NDArray[np.bool_]:
    """Which strokes are parts of letters: within a line of text, and hardly longer than its type is high."""
    low = np.minimum(segments[:, :2], segments[:, 2:])
    high = np.maximum(segments[:, :2], segments[:, 2:])
    shape = text.height_px, text.width_px
    boxes = [block.box for block in text.blocks]
    line = box_around(boxes, low[:, 0], low[:, 1], high[:, 0], high[:, 1], shape)
    type_size = np.array([*(block.type_size for block in text.blocks), 0.0])
    length = np.hypot(*(high - low).T)
    written: npt.NDArray[np.bool_] = length <= _LONGEST_LETTER_STROKE * type_size[line]
    return written
