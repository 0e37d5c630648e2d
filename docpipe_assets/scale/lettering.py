"""How large a sheet is lettered, whoever read it."""

from __future__ import annotations

import math
from statistics import median
from typing import Final

from docpipe_assets.page_text import PageText, TextBlock

_LETTERING_IN: Final = 0.068
"""Half of the lettering of a full-size sheet is higher than this with its descenders: offices letter at 3/32 inch or
2.5 mm (United States National CAD Standard; ISO 3098), at the least at 1.8 mm."""
_ENOUGH_LINES: Final = 12

_ROOM_IN: Final = 0.045
"""What OCR leaves around a line, above and below together."""
_LETTER_WIDTH: Final = 0.65
"""Advance of wide lettering, in type sizes."""
_LEAST_LETTERS: Final = 5


def lettering_is_reduced(text: PageText) -> bool:
    """Whether half of the lettering is smaller than any office letters a sheet at full size."""
    sizes = [size for block in text.blocks if (size := _type_size_in(block, text.dpi)) is not None]
    return len(sizes) >= _ENOUGH_LINES and median(sizes) < _LETTERING_IN


def _type_size_in(block: TextBlock, dpi: float) -> float | None:
    """Height of the type in inches; None where it cannot be told.

    Lines read off an image are boxed with room around, so their height is uncertain; how wide their letters are is
    not, but there is narrow and wide type. Their mean is a fair guess.
    """
    letters = sum(c.isalnum() for c in block.text)
    if block.confidence == 1:
        return block.type_size / dpi if letters else None
    if letters < _LEAST_LETTERS:
        return None
    length = block.box.height if block.sideways else block.box.width
    width = length / len(block.text) / dpi
    height = max(block.type_size / dpi - _ROOM_IN, 0.0)
    return math.sqrt(height * width / _LETTER_WIDTH)
