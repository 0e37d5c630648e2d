"""How high a page is lettered, by the ink of its letters rather than by the boxes around its lines."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import numpy as np

from docpipe_assets.errors import PageError
from docpipe_assets.page_text import PageText, TextBlock
from docpipe_assets.raster.ink import Pixels
from docpipe_assets.vocabulary import ErrorCode

_MOST_LINES = 200
_ENOUGH_LINES = 12
_LEAST_LETTERS = 2
_LEAST_OF_LINE = 0.25
_CAPITAL = 80
"""Of the heights of a line's letters this percentile is a capital's, whether or not there are small letters."""
_CONTRAST = 40
_INK = 0.4
"""Of the way from the paper to the darkest ink: thin strokes are grey, ..."""
_SPREAD_PX = 1.0
"""... and so letters are higher by their blurred edges."""


def lettering_height_in(image_path: Path, text: PageText) -> float | None:
    """The height of the capitals and digits of half of the lines on a page image, in inches on paper.

    `text` says where the lines are; boxes that engines draw around them differ, their ink does not. None where
    there are too few lines to tell. Raises `PageError` (`page_unreadable`) if there is no such image.
    """
    import cv2

    image: Pixels | None = cv2.imread(str(image_path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise PageError(
            ErrorCode.PAGE_UNREADABLE,
            f"The page image {image_path.name} cannot be read; process the document's pages again.",
        )
    lines = [
        b for b in text.blocks if sum(c.isalnum() for c in b.text) >= _LEAST_LETTERS and b.angle % 90 == 0
    ]
    step = max(len(lines) // _MOST_LINES, 1)
    heights = [height for block in lines[::step] if (height := _capital_px(image, block)) is not None]
    return median(heights) / text.dpi if len(heights) >= _ENOUGH_LINES else None


def _capital_px(image: Pixels, block: TextBlock) -> float | None:
    import cv2

    box = block.box
    crop = image[max(int(box.y), 0) : int(box.bottom) + 1, max(int(box.x), 0) : int(box.right) + 1]
    if crop.size == 0:
        return None
    if block.sideways:
        crop = cv2.transpose(crop)
    paper, dark = np.percentile(crop, (90, 2))
    if paper - dark < _CONTRAST:
        return None
    ink = cv2.compare(crop, float(paper - _INK * (paper - dark)), cv2.CMP_LT)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    letters = stats[1:]
    height, width = letters[:, cv2.CC_STAT_HEIGHT], letters[:, cv2.CC_STAT_WIDTH]
    letter = (height >= _LEAST_OF_LINE * crop.shape[0]) & (height < crop.shape[0]) & (width < 3 * height)
    return float(np.percentile(height[letter], _CAPITAL)) - _SPREAD_PX if letter.any() else None
