"""A page image as the service takes it: whole where it may be, else in tiles that overlap.

What two tiles both show is kept once, and a line that runs from one into the other is put together again.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from docpipe_assets.errors import PageError
from docpipe_assets.ocr.google_text import CELL_GAP, gap, text_line
from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_assets.vocabulary import ErrorCode

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_QUALITY = 92

# Longer than a word, so that one which a tile's edge cuts is whole in the next tile.
_OVERLAP_IN = 3.0
_MOST_OVERLAP = 0.25
_MOST_TILES_ALONG = 32

_SAME_PLACE = 0.5
_SAME_ROW = 0.5

_Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of the page image, `box` in its pixels, encoded as PNG or JPEG."""

    box: Box
    content: bytes


@dataclass(frozen=True, slots=True)
class PageTiles:
    """A page image of `width` x `height` pixels, as one tile or several."""

    width: int
    height: int
    tiles: list[Tile]


def cut(image_path: Path, dpi: float, most_pixels: float, most_bytes: int) -> PageTiles:
    """The page image in as few tiles as possible, none of more than `most_pixels` or `most_bytes` encoded.

    A PNG within both limits is passed on as it is. Raises `PageError` if the image cannot be read
    (`page_unreadable`) or brought within the limits (`page_too_large`).
    """
    import cv2

    try:
        content = image_path.read_bytes()
    except OSError as error:
        raise _unreadable(image_path) from error
    if content.startswith(_PNG) and len(content) <= most_bytes and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        if width * height <= most_pixels:
            return PageTiles(width, height, [Tile(Box(0, 0, width, height), content)])
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_ANYCOLOR) if content else None
    if image is None:
        raise _unreadable(image_path)
    height, width = image.shape[:2]
    for boxes in _grids(width, height, dpi):
        if all(box.area <= most_pixels for box in boxes) and (tiles := _tiles(image, boxes, most_bytes)):
            return PageTiles(width, height, tiles)
    raise PageError(
        ErrorCode.PAGE_TOO_LARGE,
        f"The page image {image_path.name} is too large for Google Vision even in tiles; "
        "draw pages at a lower resolution.",
    )


def merge(tiles: Sequence[Box], readings: Sequence[Sequence[TextBlock]]) -> list[TextBlock]:
    """The lines of a page from those of each of its tiles, all in pixels of the page image."""
    if len(tiles) == 1:
        return list(readings[0])
    fragments: list[tuple[int, bool, TextBlock]] = []
    for number, line, words in _kept(tiles, readings):
        if words:
            fragments.append((number, len(words) < len(line.words), text_line(words, line.angle)))
    merged: list[tuple[int, bool, TextBlock]] = []
    for number, torn, line in fragments:
        for place, (other, other_torn, before) in enumerate(merged):
            if other != number and (torn or other_torn) and _is_continued(before, line):
                words = sorted((*before.words, *line.words), key=lambda word: _along(word.box, line.angle))
                merged[place] = (number, True, text_line(words, line.angle))
                break
        else:
            merged.append((number, torn, line))
    return [line for _, _, line in merged]


def _unreadable(image_path: Path) -> PageError:
    return PageError(
        ErrorCode.PAGE_UNREADABLE,
        f"The page image {image_path.name} cannot be read; process the document's pages again.",
    )


def _grids(width: int, height: int, dpi: float) -> Iterator[list[Box]]:
    """Ever more tiles that cover the page, each time one more along the longer side of a tile."""
    columns = rows = 1
    while max(columns, rows) <= _MOST_TILES_ALONG:
        across, down = _spans(width, columns, dpi), _spans(height, rows, dpi)
        yield [
            Box(left, top, right - left, bottom - top)
            for (top, bottom), (left, right) in product(down, across)
        ]
        if width / columns >= height / rows:
            columns += 1
        else:
            rows += 1


def _spans(length: int, count: int, dpi: float) -> list[tuple[int, int]]:
    overlap = min(round(_OVERLAP_IN * dpi), int(_MOST_OVERLAP * length / count)) if count > 1 else 0
    size = math.ceil((length + (count - 1) * overlap) / count)
    starts = [round(number * (length - size) / max(count - 1, 1)) for number in range(count)]
    return [(start, start + size) for start in starts]


def _tiles(image: _Pixels, boxes: Sequence[Box], most_bytes: int) -> list[Tile]:
    """The parts of `image` in `boxes`, or nothing if one of them does not fit."""
    tiles = []
    for box in boxes:
        content = _encode(image, box, most_bytes)
        if content is None:
            return []
        tiles.append(Tile(box, content))
    return tiles


def _encode(image: _Pixels, box: Box, most_bytes: int) -> bytes | None:
    """The part of `image` in `box`, without loss where that fits."""
    import cv2

    part = image[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
    for suffix, how in ((".png", []), (".jpg", [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])):
        encoded = bytes(cv2.imencode(suffix, part, how)[1])
        if len(encoded) <= most_bytes:
            return encoded
    return None


def _kept(
    tiles: Sequence[Box], readings: Sequence[Sequence[TextBlock]]
) -> list[tuple[int, TextBlock, list[Word]]]:
    """The lines of every tile with those of their words that no other tile has better.

    A word at an edge inside the page may be cut: it counts less than any that is whole.
    """
    page = Box.around(tiles)
    lines = [(number, line) for number, reading in enumerate(readings) for line in reading]
    seen_twice = [
        (_at_inner_edge(word.box, line.type_size, tiles[number], page), number, word)
        for number, line in lines
        for word in line.words
        if any(word.box.overlap(tile) for other, tile in enumerate(tiles) if other != number)
    ]
    seen_twice.sort(key=lambda entry: (entry[0], -entry[2].box.area if entry[0] else 0, entry[1]))
    boxes = np.array([(w.box.x, w.box.y, w.box.right, w.box.bottom) for *_, w in seen_twice]).reshape(-1, 4)
    owners = np.array([number for _, number, _ in seen_twice])
    taken = np.zeros(len(seen_twice), bool)
    for row, box in enumerate(boxes):
        rivals = boxes[taken & (owners != owners[row])]
        shared = np.clip(np.minimum(rivals[:, 2:], box[2:]) - np.maximum(rivals[:, :2], box[:2]), 0, None)
        smaller = np.minimum((rivals[:, 2:] - rivals[:, :2]).prod(axis=1), (box[2:] - box[:2]).prod())
        taken[row] = not (shared.prod(axis=1) > _SAME_PLACE * smaller).any()
    dropped = {id(word) for (*_, word), stays in zip(seen_twice, taken, strict=True) if not stays}
    return [(number, line, [w for w in line.words if id(w) not in dropped]) for number, line in lines]


def _at_inner_edge(word: Box, type_size: float, tile: Box, page: Box) -> bool:
    """Whether a word ends within a letter of an edge of its tile beyond which the page goes on."""
    return (
        (tile.x > page.x and word.x - tile.x < type_size)
        or (tile.y > page.y and word.y - tile.y < type_size)
        or (tile.right < page.right and tile.right - word.right < type_size)
        or (tile.bottom < page.bottom and tile.bottom - word.bottom < type_size)
    )


def _is_continued(line: TextBlock, other: TextBlock) -> bool:
    """Whether two pieces stand on one line, no further apart than words do."""
    size = min(line.type_size, other.type_size)
    (x, y), (other_x, other_y) = line.box.center, other.box.center
    across = abs(x - other_x) if line.sideways else abs(y - other_y)
    return (
        line.angle == other.angle
        and across < _SAME_ROW * size
        and gap(line.box, other.box, line.sideways) <= CELL_GAP * max(line.type_size, other.type_size)
    )


def _along(box: Box, angle: float) -> float:
    x, y = box.center
    return x * math.cos(math.radians(angle)) + y * math.sin(math.radians(angle))
