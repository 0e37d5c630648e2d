"""The local engine: reads a page image without any service.

Lines are found by a network that looks at the page in tiles, and by the shape of letters where short lettering
stands alone; a second network reads them from the full resolution. Sideways boxes are read in both quarter
turns, and an upside-down page is noticed by how badly it reads.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean, median

import numpy as np

from docpipe_assets.errors import PageError
from docpipe_assets.ocr.bubbles import find_bubbles
from docpipe_assets.ocr.detection import Quad, find_lines
from docpipe_assets.ocr.lettering import find_lettering
from docpipe_assets.ocr.networks import Networks, Pixels, networks
from docpipe_assets.ocr.places import one_for_each_place, unexplained
from docpipe_assets.ocr.recognition import SURE, Reading, glance_at_lines, read_lines, sides, turned
from docpipe_assets.ocr.text_lines import as_blocks
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.vocabulary import ErrorCode

# Small sheets are mostly reduced prints with small lettering: the smaller the paper, the closer the look.
_LOOKED_AT_MEGAPIXELS = 8.6
_LOOK_DPI = (100.0, 160.0)
_SCAN_CLOSER = 1.2

_SIDEWAYS = 1.5
_LEAST_CONFIDENCE = ((1, 0.9), (3, 0.7), (math.inf, 0.5))
_PATTERNS = ((1, 3), (2, 9))
_IDEOGRAPHS = "\u2e80"
_LEAST_LETTERING_CONFIDENCE = 0.8

_SURELY_UPRIGHT = 0.93
_LEAST_TELLING = 2
_ALSO_UPSIDE_DOWN = "01689HILMNOSUWXZ"

_HOPELESS = 0.5
_MAY_BE_SCALE = re.compile(r"[0-9].*=|1 ?[:/] ?[0-9]{2}")

_BAD_PAGE = 0.88
_PROBES = 12
_CLEARLY_BETTER = 0.1


def read_image(
    image_path: Path, dpi: float, scan: bool, within: Sequence[Box] = (), threads: int = 1
) -> PageText:
    """The text on the page image at `image_path`, drawn or scanned at `dpi`, in its pixels.

    `scan` says that it was paper once: small noisy print is looked at more closely. `within` are the boxes
    to look at, where that is not the whole. `threads` are those of the networks. Words are placed by the
    columns in which the network read their characters.
    Raises `PageError` (`page_unreadable`) if there is no such image.
    """
    import cv2

    image: Pixels | None = cv2.imread(str(image_path), cv2.IMREAD_ANYCOLOR)
    if image is None:
        raise PageError(
            ErrorCode.PAGE_UNREADABLE,
            f"The page image {image_path.name} cannot be read; process the document's pages again.",
        )
    if within:
        image = _only(image, within)
    height, width = image.shape[:2]
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    models = networks(threads)
    lines = find_lines(models, image, dpi, min(look_dpi(width, height, dpi, scan) / dpi, 1.0))
    readings = _read(models, image, lines, upside_down=False)
    upside_down = _is_upside_down(models, image, readings)
    if upside_down:
        readings = _read(models, image, lines, upside_down)
    marks = unexplained(find_bubbles(grey, dpi), readings)
    marks = [turned(quad, 2) if upside_down else quad for quad in marks]
    readings += _sure(read_lines(models, image, marks), least_letters=1)
    lettering = unexplained(find_lettering(grey, dpi, lines), readings)
    readings += _sure(_read(models, image, lettering, upside_down, tight=True), least_letters=2)
    readings = [reading for reading in one_for_each_place(readings) if is_text(reading)]
    return PageText(as_blocks(readings), width, height, dpi)


def look_dpi(width_px: int, height_px: int, dpi: float, scan: bool) -> float:
    """The resolution at which lines are looked for on a page image of that size."""
    square_inches = width_px * height_px / dpi**2
    wanted = math.sqrt(_LOOKED_AT_MEGAPIXELS * 1e6 / square_inches)
    least, most = _LOOK_DPI
    return min(max(wanted, least) * (_SCAN_CLOSER if scan else 1.0), most)


def is_text(reading: Reading) -> bool:
    """Whether a reading is believed: the shorter, the surer it must be.

    Hatches and symbols read as lone strokes, as one or two characters again and again, and as characters that
    are built of strokes alike.
    """
    least = next(least for length, least in _LEAST_CONFIDENCE if len(reading.places) <= length)
    signs = [character for character in reading.text if character.isalnum() and character < _IDEOGRAPHS]
    repeated = any(len(signs) >= length and len(set(signs)) <= kinds for kinds, length in _PATTERNS)
    return reading.confidence >= least and bool(signs) and not repeated


def _only(image: Pixels, boxes: Iterable[Box]) -> Pixels:
    """The image with blank paper outside of `boxes`."""
    paper = np.full_like(image, 255)
    for box in boxes:
        part = slice(max(int(box.y), 0), int(box.bottom)), slice(max(int(box.x), 0), int(box.right))
        paper[part] = image[part]
    return paper


def _read(
    models: Networks, image: Pixels, quads: Iterable[Quad], upside_down: bool, tight: bool = False
) -> list[Reading]:
    """What each box says, read level and upright or upside down, or in the better of two quarter turns.

    A glance will do for most. What it is unsure of is looked at again, unless there seems to be nothing to read;
    so is what may be a scale, on which every length depends.
    """
    level: list[Quad] = []
    sideways: list[Quad] = []
    for quad in quads:
        length, height = sides(quad)
        (sideways if height > _SIDEWAYS * length else level).append(quad)
    ahead = [
        *(turned(quad, 2) if upside_down else quad for quad in level),
        *(turned(quad, 3) for quad in sideways),
    ]
    readings = glance_at_lines(models, image, ahead, tight)
    doubtful = [n for n in range(len(level), len(readings)) if not _reads_one_way(readings[n])]
    downwards = glance_at_lines(models, image, [turned(ahead[number], 2) for number in doubtful], tight)
    for number, reading in zip(doubtful, downwards, strict=True):
        readings[number] = max(readings[number], reading, key=lambda reading: reading.confidence)
    unsure = [number for number, reading in enumerate(readings) if _deserves_a_closer_look(reading)]
    closer = read_lines(models, image, [readings[number].quad for number in unsure])
    for number, reading in zip(unsure, closer, strict=True):
        readings[number] = reading
    return [reading for reading in readings if reading.places]


def _deserves_a_closer_look(reading: Reading) -> bool:
    if reading.confidence >= SURE:
        return _MAY_BE_SCALE.search(reading.text) is not None
    return reading.confidence >= _HOPELESS


def _sure(readings: Iterable[Reading], least_letters: int) -> list[Reading]:
    """What was found by shape alone and reads well, and so is lettering."""
    return [
        reading
        for reading in readings
        if reading.confidence >= _LEAST_LETTERING_CONFIDENCE and len(reading.places) >= least_letters
    ]


def _reads_one_way(reading: Reading) -> bool:
    """Whether a line reads so well that it cannot be upside down."""
    telling = sum(character.isalnum() and character not in _ALSO_UPSIDE_DOWN for character in reading.text)
    return reading.confidence >= _SURELY_UPRIGHT and telling >= _LEAST_TELLING


def _is_upside_down(models: Networks, image: Pixels, readings: Iterable[Reading]) -> bool:
    """Whether the page as a whole reads badly, and its longest lines clearly better upside down."""
    words = sorted((r for r in readings if len(r.places) > 3), key=lambda r: -len(r.places))
    if not words or median(reading.confidence for reading in words) > _BAD_PAGE:
        return False
    probes = words[:_PROBES]
    over = read_lines(models, image, [turned(reading.quad, 2) for reading in probes])
    return mean(r.confidence for r in over) > mean(r.confidence for r in probes) + _CLEARLY_BETTER
