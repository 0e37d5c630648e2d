"""What lines of text say, given where they stand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from docpipe_assets.ocr.detection import Quad
from docpipe_assets.ocr.networks import Networks, Pixels

LINE_HEIGHT = 48
# Few widths, so that the engine prepares few shapes and keeps little memory for each.
_WIDTHS = (
    *(48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 232, 256, 288, 320, 360, 400, 448, 512, 576, 640),
    *(720, 800, 912, 1024, 1152, 1280, 1440, 1600, 1824, 2048, 2304, 2560),
)
_BATCH = 6
_BATCHED_WIDTH = 256
_SHARP_SHRINK = 0.6
# Letters are still told apart in four fifths of their width, if they are not too small and the line not too short.
_NARROWEST = 0.8
_NARROWED_HEIGHT_PX = 22.0
_NARROWED_WIDTH = 160

SURE = 0.95
"""The confidence with which a glance at a line will do."""

_GLIMPSE_HEIGHT = 32
_LETTER_WIDTH = 14
_NARROWEST_GLIMPSE = 0.6
_NARROWED_GLIMPSE = 128


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


def glance_at_lines(networks: Networks, image: Pixels, quads: Iterable[Quad], tight: bool) -> list[Reading]:
    """What stands in each box, in the order of `quads`, looked at with half of the effort of `read_lines`.

    Of a box the middle two thirds are seen, where its letters are; of a `tight` one all, smaller. Letters are as
    narrow as can still be read. What is read with `SURE` confidence is read right.
    """
    quads = list(quads)
    return _read(networks, quads, [_glimpse(image, quad, tight) for quad in quads])


def read_lines(networks: Networks, image: Pixels, quads: Iterable[Quad]) -> list[Reading]:
    """What stands in each box, read along its first edge, in the order of `quads`."""
    quads = list(quads)
    return _read(networks, quads, [_crop(image, quad, _width(quad)) for quad in quads])


def _read(networks: Networks, quads: Sequence[Quad], crops: Sequence[Pixels]) -> list[Reading]:
    """What each box says, given what it shows: crops of one height."""
    readings: dict[int, Reading] = {}
    for batch in _batches([crop.shape[1] for crop in crops]):
        own_widths = [crops[number].shape[1] for number in batch]
        filled = np.zeros((len(batch), crops[0].shape[0], _filled_up(max(own_widths)), 3), np.uint8)
        for place, number in enumerate(batch):
            filled[place, :, : own_widths[place]] = crops[number]
        for number, width, (text, confidence, places) in zip(
            batch, own_widths, networks.read(filled, own_widths), strict=True
        ):
            along = tuple(min(place / width, 1.0) for place in places)
            readings[number] = Reading(quads[number], text, confidence, along)
    return [readings[number] for number in range(len(quads))]


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Short lines of about one width several at a time, long ones and the rest one by one."""
    in_order = sorted(range(len(widths)), key=lambda number: widths[number])
    short = sum(width <= _BATCHED_WIDTH for width in widths)
    full = short - short % _BATCH
    for start in range(0, full, _BATCH):
        yield in_order[start : start + _BATCH]
    for number in in_order[full:]:
        yield [number]


def _filled_up(width: int) -> int:
    return next(standard for standard in _WIDTHS if width <= standard)


def turned(quad: Quad, quarters: int) -> Quad:
    """The same box, read in a direction `quarters` quarter turns clockwise from its first edge."""
    return np.roll(quad, -quarters, axis=0)


def sides(quad: Quad) -> tuple[float, float]:
    """Length along the reading direction and height of the line, in pixels."""
    length = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    height = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    return float(length), float(height)


def _own_width(quad: Quad) -> int:
    """How wide a line is at 48 pixels of height."""
    length, height = sides(quad)
    return min(max(round(length * LINE_HEIGHT / max(height, 1.0)), 8), _WIDTHS[-1])


def _width(quad: Quad) -> int:
    """How wide the network sees a line: narrowed to the next width that it is used to, where that does no harm."""
    own = _own_width(quad)
    if sides(quad)[1] < _NARROWED_HEIGHT_PX:
        return own
    return min(own, _filled_up(max(math.ceil(_NARROWEST * own), min(own, _NARROWED_WIDTH))))


def _glimpse(image: Pixels, quad: Quad, tight: bool) -> Pixels:
    """The line made straight, small and narrow: 32 pixels high, in three channels."""
    import cv2

    own_width = _own_width(quad)
    straight = _crop(image, quad, own_width)
    if tight:
        size = max(round(own_width * _GLIMPSE_HEIGHT / LINE_HEIGHT), 8), _GLIMPSE_HEIGHT
        small: Pixels = cv2.resize(straight, size, interpolation=cv2.INTER_AREA)
        return small
    width = own_width
    if sides(quad)[1] >= _NARROWED_HEIGHT_PX:
        wanted = max(
            math.ceil(_LETTER_WIDTH * (_letters(straight) + 1)),
            math.ceil(_NARROWEST_GLIMPSE * own_width),
            min(own_width, _NARROWED_GLIMPSE),
        )
        width = min(_width(quad), _filled_up(wanted))
    if width < own_width:
        straight = cv2.resize(straight, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
    margin = (LINE_HEIGHT - _GLIMPSE_HEIGHT) // 2
    return straight[margin : margin + _GLIMPSE_HEIGHT]


def _letters(straight: Pixels) -> int:
    """How many letters a line seems to have: runs of columns with ink in its middle."""
    middle = straight[LINE_HEIGHT // 4 : -LINE_HEIGHT // 4, :, 0]
    darkest, paper = int(middle.min()), float(np.percentile(middle, 90))
    inked = (middle < (darkest + paper) / 2).any(axis=0).astype(np.int8)
    return int((np.diff(inked, prepend=0) == 1).sum())


def _crop(image: Pixels, quad: Quad, width: int) -> Pixels:
    """The line made straight, and narrower if so wanted: 48 pixels high, in three channels."""
    import cv2

    own_width = _own_width(quad)
    height = sides(quad)[1]
    left, top = (max(int(low) - 2, 0) for low in quad.min(axis=0))
    right, bottom = (int(high) + 3 for high in quad.max(axis=0))
    window = image[top:bottom, left:right]
    corners = quad - np.array([left, top], np.float32)
    shrink = LINE_HEIGHT / max(height, 1.0)
    if shrink < _SHARP_SHRINK and min(window.shape[:2]) * shrink >= 1:
        window = cv2.resize(window, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        corners = corners * shrink
    target = np.array([(0, 0), (own_width, 0), (own_width, LINE_HEIGHT), (0, LINE_HEIGHT)], np.float32)
    straight: Pixels = cv2.warpPerspective(
        window,
        cv2.getPerspectiveTransform(corners.astype(np.float32), target),
        (own_width, LINE_HEIGHT),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if width < own_width:
        straight = cv2.resize(straight, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
    return straight if straight.ndim == 3 else np.repeat(straight[:, :, np.newaxis], 3, axis=2)
