"""The local engine: reads a page image without any service.

Lines are found by a network that looks at the page in tiles, and by the shape of letters where short lettering
stands alone; a second network reads them from the full resolution. Sideways boxes are read in both quarter
turns, and an upside-down page is noticed by how badly it reads.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean, median

import numpy as np

from docpipe_assets.errors import PageError
from docpipe_assets.ocr.detection import Quad, find_lines
from docpipe_assets.ocr.lettering import find_lettering
from docpipe_assets.ocr.networks import Networks, Pixels, networks
from docpipe_assets.ocr.recognition import Reading, read_lines, sides, turned
from docpipe_assets.ocr.text_lines import as_blocks
from docpipe_assets.page_text import PageText
from docpipe_assets.vocabulary import ErrorCode

# Small sheets are mostly reduced prints with small lettering: the smaller the paper, the closer the look.
_LOOKED_AT_MEGAPIXELS = 8.6
_LOOK_DPI = (100.0, 160.0)
_SCAN_LOOK_DPI = 150.0

_SIDEWAYS = 1.5
_LEAST_CONFIDENCE = ((1, 0.9), (3, 0.7), (math.inf, 0.5))
_IDEOGRAPHS = "\u2e80"
_LEAST_LETTERING_CONFIDENCE = 0.8
_SAME_PLACE = 0.5
_SURE = 0.9
_WITHIN = 0.8
_ACROSS = 0.4

_BAD_PAGE = 0.75
_PROBES = 12
_CLEARLY_BETTER = 0.1


def read_image(image_path: Path, dpi: float, scan: bool, threads: int = 1) -> PageText:
    """The text on the page image at `image_path`, drawn or scanned at `dpi`, in its pixels.

    `scan` says that it was paper once: small noisy print is looked at more closely. `threads` are those of
    the networks. Words are placed by the columns in which the network read their characters.
    Raises `PageError` (`page_unreadable`) if there is no such image.
    """
    import cv2

    image: Pixels | None = cv2.imread(str(image_path), cv2.IMREAD_ANYCOLOR)
    if image is None:
        raise PageError(
            ErrorCode.PAGE_UNREADABLE,
            f"The page image {image_path.name} cannot be read; process the document's pages again.",
        )
    height, width = image.shape[:2]
    models = networks(threads)
    lines = find_lines(models, image, min(look_dpi(width, height, dpi, scan) / dpi, 1.0))
    readings = _read(models, image, lines)
    lettering = _unexplained(find_lettering(image, dpi, lines), readings)
    readings += (
        reading
        for reading in _read(models, image, lettering)
        if reading.confidence >= _LEAST_LETTERING_CONFIDENCE and len(reading.places) > 1
    )
    readings = [reading for reading in _one_for_each_place(readings) if is_text(reading)]
    return PageText(as_blocks(readings), width, height, dpi)


def look_dpi(width_px: int, height_px: int, dpi: float, scan: bool) -> float:
    """The resolution at which lines are looked for on a page image of that size."""
    square_inches = width_px * height_px / dpi**2
    wanted = math.sqrt(_LOOKED_AT_MEGAPIXELS * 1e6 / square_inches)
    least, most = _LOOK_DPI
    return min(max(wanted, _SCAN_LOOK_DPI if scan else least), most)


def is_text(reading: Reading) -> bool:
    """Whether a reading is believed: the shorter, the surer it must be.

    Hatches and symbols read as lone strokes, and as characters that are built of strokes alike.
    """
    least = next(least for length, least in _LEAST_CONFIDENCE if len(reading.places) <= length)
    return reading.confidence >= least and any(
        character.isalnum() and character < _IDEOGRAPHS for character in reading.text
    )


def _read(models: Networks, image: Pixels, quads: Sequence[Quad]) -> list[Reading]:
    """The better reading of each box, where there is one."""
    upright, sideways = [], []
    for quad in quads:
        length, height = sides(quad)
        (sideways if height > _SIDEWAYS * length else upright).append(quad)
    readings = _rightly_turned(models, image, read_lines(models, image, upright))
    downwards = read_lines(models, image, [turned(quad, 1) for quad in sideways])
    upwards = read_lines(models, image, [turned(quad, 3) for quad in sideways])
    readings += (
        max(pair, key=lambda reading: reading.confidence) for pair in zip(upwards, downwards, strict=True)
    )
    return [reading for reading in readings if reading.places]


def _rightly_turned(models: Networks, image: Pixels, readings: list[Reading]) -> list[Reading]:
    """The readings, or those upside down if the page as a whole reads clearly better so."""
    words = sorted((r for r in readings if len(r.places) > 3), key=lambda r: -len(r.places))
    if not words or median(reading.confidence for reading in words) > _BAD_PAGE:
        return readings
    probes = words[:_PROBES]
    over = read_lines(models, image, [turned(reading.quad, 2) for reading in probes])
    if mean(r.confidence for r in over) < mean(r.confidence for r in probes) + _CLEARLY_BETTER:
        return readings
    return read_lines(models, image, [turned(reading.quad, 2) for reading in readings])


def _bounds(quads: Iterable[Quad]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Left, top, right, bottom of each box, one a row."""
    corners = np.array([*quads], np.float32).reshape(-1, 4, 2)
    return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)


def _shared(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """The area that `box` shares with each of `boxes`."""
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    return np.clip(sides, 0, None).prod(axis=1)


def _areas(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)


def _unexplained(lettering: Sequence[Quad], readings: Sequence[Reading]) -> list[Quad]:
    """Boxes of lettering that no sure reading accounts for.

    A sure reading accounts for what lies within it, and sure lines for what runs across them: the first
    letters of lines below each other look like a row.
    """
    sure = [reading for reading in readings if reading.confidence >= _SURE]
    boxes = _bounds(reading.quad for reading in sure)
    words = np.array([len(reading.places) > 1 for reading in sure], bool)
    level = boxes[:, 2] - boxes[:, 0] > boxes[:, 3] - boxes[:, 1]
    left = []
    for quad, box in zip(lettering, _bounds(lettering), strict=True):
        shared = _shared(box, boxes) / (box[2:] - box[:2]).prod()
        across = words & (level != (box[2] - box[0] > box[3] - box[1]))
        if not (shared > _WITHIN).any() and shared[across].sum() < _ACROSS:
            left.append(quad)
    return left


def _one_for_each_place(readings: Sequence[Reading]) -> list[Reading]:
    """Of readings on top of each other, the one that says most with most confidence."""
    boxes = _bounds(reading.quad for reading in readings)
    areas = _areas(boxes)
    worth = np.array([len(reading.places) * reading.confidence**2 for reading in readings])
    kept: list[int] = []
    for number in np.argsort(-worth, kind="stable"):
        shared = _shared(boxes[number], boxes[kept])
        if not (shared > _SAME_PLACE * np.minimum(areas[number], areas[kept])).any():
            kept.append(int(number))
    return [readings[number] for number in sorted(kept)]
