"""From readings to the lines and words of a page, in the order in which a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from docpipe_assets.ocr.detection import Quad
from docpipe_assets.ocr.normalise import normalise_text
from docpipe_assets.ocr.recognition import Reading, sides
from docpipe_assets.page_text import Box, TextBlock, Word

# In line heights: a space is a third of one, and cells of a table stand further apart.
_CELL_GAP = 1.6
_SAME_ROW = 0.5
# A scan lies a little askew; what turns further is lettered so.
_ASKEW_DEG = 5.0

_Span = tuple[str, float, float]
"""A word, and where it starts and ends along its line, 0 to 1."""


def as_blocks(readings: Iterable[Reading]) -> tuple[TextBlock, ...]:
    """The lines that `readings` hold, from the top down and, where they stand side by side, left to right."""
    return in_reading_order(block for reading in readings for block in _blocks(reading))


def in_reading_order(blocks: Iterable[TextBlock]) -> tuple[TextBlock, ...]:
    """Lines from the top down and, where they stand side by side, left to right."""
    rows: list[list[TextBlock]] = []
    for block in sorted(blocks, key=lambda block: block.box.center[1]):
        if rows and _side_by_side(rows[-1][0], block):
            rows[-1].append(block)
        else:
            rows.append([block])
    return tuple(block for row in rows for block in sorted(row, key=lambda block: block.box.x))


def _side_by_side(block: TextBlock, other: TextBlock) -> bool:
    apart = abs(block.box.center[1] - other.box.center[1])
    return apart < _SAME_ROW * min(block.type_size, other.type_size)


def _blocks(reading: Reading) -> Iterator[TextBlock]:
    """One block, or several where the reading runs over the gap between two cells."""
    length, height = sides(reading.quad)
    piece: list[_Span] = []
    for word in _words(reading):
        if piece and (word[1] - piece[-1][2]) * length > _CELL_GAP * height:
            yield _block(reading, piece)
            piece = []
        piece.append(word)
    if piece:
        yield _block(reading, piece)


def _words(reading: Reading) -> Iterator[_Span]:
    """The words, each reaching half a letter beyond the middles of its first and last one."""
    places = reading.places
    letter = median(after - before for before, after in pairwise(places)) if len(places) > 1 else 1.0
    first = 0
    for word in re.findall(r"\S+", reading.text):
        last = first + len(word) - 1
        yield word, max(places[first] - letter / 2, 0.0), min(places[last] + letter / 2, 1.0)
        first = last + 1


def _block(reading: Reading, piece: Sequence[_Span]) -> TextBlock:
    words = [
        Word(part, _box(reading, start, end), reading.confidence)
        for text, start, end in piece
        for part in normalise_text(text).split()
    ]
    return TextBlock(
        normalise_text(" ".join(text for text, _, _ in piece)),
        _box(reading, piece[0][1], piece[-1][2]),
        tuple(words),
        _direction(reading.angle)[0],
        reading.confidence,
    )


def _direction(angle: float) -> tuple[float, bool]:
    """The direction to report, and whether it is one of the four that paper has."""
    quarter = round(angle / 90) * 90
    return (quarter % 360, True) if abs(angle - quarter) <= _ASKEW_DEG else (round(angle, 1), False)


def _box(reading: Reading, start: float, end: float) -> Box:
    """The upright box of a piece of the line. Where paper lies askew it stays as thin as the line is."""
    quad = _part(reading.quad, start, end)
    (left, top), (right, bottom) = (corner.tolist() for corner in (quad.min(axis=0), quad.max(axis=0)))
    direction, level = _direction(reading.angle)
    if level:
        (x, y), half = quad.mean(axis=0).tolist(), sides(quad)[1] / 2
        if direction % 180:
            left, right = x - half, x + half
        else:
            top, bottom = y - half, y + half
    return Box(left, top, right - left, bottom - top)


def _part(quad: Quad, start: float, end: float) -> Quad:
    """The piece of a line's box between two places along it."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.stack(
        [quad[0] + start * top, quad[0] + end * top, quad[3] + end * bottom, quad[3] + start * bottom]
    )
