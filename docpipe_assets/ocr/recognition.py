"""What lines of text say, given where they stand."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from docpipe_assets.ocr.detection import Quad
from docpipe_assets.ocr.networks import Networks, Pixels

LINE_HEIGHT = 48
# Few widths, so that the engine prepares few shapes and keeps little memory for each.
_WIDTHS = (64, 96, 128, 160, 208, 256, 320, 400, 512, 640, 800, 1024, 1280, 1600, 2048, 2560)
_BATCH = 6
_BATCHED_WIDTH = 256
_SHARP_SHRINK = 0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as it was read.

    `places` says where along the line, 0 to 1, each character of `text` that is not a space has its middle.
    """

    quad: Quad
    text: str
    confidence: float
    places: tuple[float, ...]

    @property
    def angle(self) -> float:
        """Reading direction in degrees, clockwise on the page, 0 to 360."""
        x, y = self.quad[1] - self.quad[0] + self.quad[2] - self.quad[3]
        return math.degrees(math.atan2(y, x)) % 360


def read_lines(networks: Networks, image: Pixels, quads: Iterable[Quad]) -> list[Reading]:
    """What stands in each box, read along its first edge, in the order of `quads`."""
    quads = list(quads)
    crops = [_crop(image, quad) for quad in quads]
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for number, crop in enumerate(crops):
        alike[next(width for width in _WIDTHS if crop.shape[1] <= width)].append(number)
    readings: dict[int, Reading] = {}
    for width, numbers in alike.items():
        for batch in _batches(numbers, width):
            filled = np.zeros((len(batch), LINE_HEIGHT, width, 3), np.uint8)
            widths = [crops[number].shape[1] for number in batch]
            for place, number in enumerate(batch):
                filled[place, :, : widths[place]] = crops[number]
            for number, own_width, (text, confidence, places) in zip(
                batch, widths, networks.read(filled, widths), strict=True
            ):
                along = tuple(min(place / own_width, 1.0) for place in places)
                readings[number] = Reading(quads[number], text, confidence, along)
    return [readings[number] for number in range(len(quads))]


def _batches(numbers: list[int], width: int) -> Iterator[list[int]]:
    """Short lines several at a time, long ones and the rest one by one, so that few shapes occur."""
    full = len(numbers) - len(numbers) % _BATCH if width <= _BATCHED_WIDTH else 0
    for start in range(0, full, _BATCH):
        yield numbers[start : start + _BATCH]
    for number in numbers[full:]:
        yield [number]


def turned(quad: Quad, quarters: int) -> Quad:
    """The same box, read in a direction `quarters` quarter turns clockwise from its first edge."""
    return np.roll(quad, -quarters, axis=0)


def sides(quad: Quad) -> tuple[float, float]:
    """Length along the reading direction and height of the line, in pixels."""
    length = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    height = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    return float(length), float(height)


def _crop(image: Pixels, quad: Quad) -> Pixels:
    """The line made straight: 48 pixels high, in three channels."""
    import cv2

    length, height = sides(quad)
    width = min(max(round(length * LINE_HEIGHT / max(height, 1.0)), 8), _WIDTHS[-1])
    left, top = (max(int(low) - 2, 0) for low in quad.min(axis=0))
    right, bottom = (int(high) + 3 for high in quad.max(axis=0))
    window = image[top:bottom, left:right]
    corners = quad - np.array([left, top], np.float32)
    shrink = LINE_HEIGHT / max(height, 1.0)
    if shrink < _SHARP_SHRINK and min(window.shape[:2]) * shrink >= 1:
        window = cv2.resize(window, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        corners = corners * shrink
    target = np.array([(0, 0), (width, 0), (width, LINE_HEIGHT), (0, LINE_HEIGHT)], np.float32)
    straight: Pixels = cv2.warpPerspective(
        window,
        cv2.getPerspectiveTransform(corners.astype(np.float32), target),
        (width, LINE_HEIGHT),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return straight if straight.ndim == 3 else np.repeat(straight[:, :, np.newaxis], 3, axis=2)
