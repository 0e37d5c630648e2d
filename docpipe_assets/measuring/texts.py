"""The dimension texts of a page, each with its place, reading direction and extents."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docpipe_assets.measuring.lengths import find_lengths
from docpipe_assets.measuring.stacked_fractions import with_stacked_fractions
from docpipe_assets.measuring.values import DimensionText
from docpipe_assets.page_text import Box, PageText, TextBlock, Word

_LETTER_WIDTH = 0.6
"""Of its height, in the lettering of drawings."""
_WORD_GAP = 1.5
"""Type heights between words of one line, which a text layer may give apart."""
_ROW_PX = 20.0
_MOST_TEXTS = 600
"""A page with more lengths than this is a table; those of the largest value are tried."""


def dimension_texts(page: PageText) -> list[DimensionText]:
    """Every text of the page that may be a dimension."""
    blocks = with_stacked_fractions(page.blocks)
    found = [text for block in blocks for text in _of_block(block)]
    found.sort(key=lambda text: -text.value)
    return _with_neighbours(found[:_MOST_TEXTS], page.blocks)


def _of_block(block: TextBlock) -> Iterator[DimensionText]:
    lengths = find_lengths(block.text)
    places = _word_places(block) if len(lengths) > 1 or block.words else []
    for length in lengths:
        written = block.text[length.start : length.end]
        words = [word for start, end, word in places if start < length.end and length.start < end]
        box = Box.around(word.box for word in words) if words else block.box
        # What stands in one line is set in the middle of its dimension as a whole.
        line = block.box if len(lengths) == 1 else box
        characters = len(block.text) if len(lengths) == 1 else len(written)
        along, across = _extents(line, block.angle, characters)
        if across > 0:
            yield DimensionText(
                written,
                length.value,
                length.family,
                length.slack,
                box,
                block.angle,
                along,
                across,
                line.center,
                length.bearing,
            )


def _with_neighbours(texts: Sequence[DimensionText], blocks: Sequence[TextBlock]) -> list[DimensionText]:
    """The texts with the extents of the lines that they stand in, such as one behind its bearing.

    A line's gap is as long, and its middle is the middle of, all that stands in it.
    """
    rows: dict[tuple[int, int], list[TextBlock]] = {}
    for block in blocks:
        if not find_lengths(block.text) and block.text.strip():
            rows.setdefault((_turn(block.angle), int(_across(block) // _ROW_PX)), []).append(block)
    return [_widened(text, rows) for text in texts]


def _widened(text: DimensionText, rows: dict[tuple[int, int], list[TextBlock]]) -> DimensionText:
    if abs(text.angle - round(text.angle / 90) * 90) > 1:
        return text
    upright = _turn(text.angle) == 1
    middle = text.box.center[0] if upright else text.box.center[1]
    row = int(middle // _ROW_PX)
    near = [block for step in (-1, 0, 1) for block in rows.get((_turn(text.angle), row + step), ())]
    box = line = _line_box(text, upright)
    for _ in range(2):
        for block in near:
            other = block.box
            gap = (
                max(other.y - box.bottom, box.y - other.bottom)
                if upright
                else max(other.x - box.right, box.x - other.right)
            )
            level = abs((other.center[0] if upright else other.center[1]) - middle)
            like = 0.6 <= block.type_size / text.height_px <= 1.6
            if like and gap <= _WORD_GAP * text.height_px and level <= 0.4 * text.height_px:
                box = box.union(other)
    if box == line:
        return text
    length = box.height if upright else box.width
    return replace(text, place=box.center, length_px=length)


def _line_box(text: DimensionText, upright: bool) -> Box:
    (x, y), along, across = text.place, text.length_px, text.height_px
    width, height = (across, along) if upright else (along, across)
    return Box(x - width / 2, y - height / 2, width, height)


def _turn(angle: float) -> int:
    return round(angle / 90) % 2


def _across(block: TextBlock) -> float:
    return block.box.center[0] if _turn(block.angle) == 1 else block.box.center[1]


def _word_places(block: TextBlock) -> Sequence[tuple[int, int, Word]]:
    places, at = [], 0
    for word in block.words:
        start = block.text.find(word.text, at)
        if start < 0:
            return []
        at = start + len(word.text)
        places.append((start, at, word))
    return places


def _extents(box: Box, angle_deg: float, characters: int) -> tuple[float, float]:
    """Length along the reading direction and height across it of a text in an upright box."""
    off_axis = min(angle_deg % 90, 90 - angle_deg % 90)
    if off_axis < 5:
        upright = round(angle_deg / 90) % 2 == 1
        return (box.height, box.width) if upright else (box.width, box.height)
    radians = math.radians(angle_deg)
    shape = _LETTER_WIDTH * characters + 1
    height = (box.width + box.height) / ((abs(math.cos(radians)) + abs(math.sin(radians))) * shape)
    return height * _LETTER_WIDTH * characters, height
