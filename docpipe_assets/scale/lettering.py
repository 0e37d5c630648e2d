"""How high a sheet is lettered, which a reduced print cannot hide: offices letter alike at full size.

They letter at 3/32 inch or 2.5 mm (United States National CAD Standard; ISO 3098), at the least at 1/16 inch.
"""

from __future__ import annotations

from statistics import median
from typing import Final

from docpipe_assets.page_text import PageText

_CAPITAL_OF_BOX: Final = 0.72
"""The height of capitals in most faces over that of a line with its descenders."""
_LEAST_IN: Final = 0.053
_FULL_SIZE_IN: Final = (0.058, 0.2)
"""How high half of the lettering of full-size sheets is."""
_ENOUGH_LINES: Final = 12


def capitals_in(text: PageText) -> float | None:
    """The height of the capitals of half of the lines in inches, by their boxes; None for too few lines."""
    sizes = [block.type_size for block in text.blocks if any(c.isalnum() for c in block.text)]
    return _CAPITAL_OF_BOX * median(sizes) / text.dpi if len(sizes) >= _ENOUGH_LINES else None


def is_reduced(capitals: float | None) -> bool:
    """Whether capitals are smaller than any office letters a sheet at full size."""
    return capitals is not None and capitals < _LEAST_IN


def is_print_at(factor: float, capitals: float | None) -> bool:
    """Whether such small capitals come of printing a full-size sheet at `factor`."""
    if capitals is None or not is_reduced(capitals):
        return False
    least, most = _FULL_SIZE_IN
    return least <= capitals / factor <= most
