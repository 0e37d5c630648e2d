"""The images that a model is shown of a page, and the way back from their pixels to the page's."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docpipe_assets.errors import PageError
from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import ErrorCode

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, np.dtype[np.uint8]]

_STRIP: Final = 1 / 6
"""The share of the sheet that a title block along an edge takes, and a little more."""
_decoding = threading.BoundedSemaphore(os.cpu_count() or 1)
"""Many pages may wait for the model at once; a page image takes tens of megabytes while it is cut up."""


@dataclass(frozen=True, slots=True)
class SentImage:
    """A grey PNG of `width` x `height` pixels that shows `window`, in pixels of the page image."""

    name: str
    content: bytes
    width: int
    height: int
    window: Box

    def on_page(self, box: Box) -> Box | None:
        """A box in pixels of this image as one of the page image; None if it lies outside of this image."""
        across, down = self.window.width / self.width, self.window.height / self.height
        left, right = (min(max(x, 0.0), self.width) for x in (box.x, box.right))
        top, bottom = (min(max(y, 0.0), self.height) for y in (box.y, box.bottom))
        if right <= left or bottom <= top:
            return None
        return Box(
            self.window.x + left * across,
            self.window.y + top * down,
            (right - left) * across,
            (bottom - top) * down,
        )


def sheet_images(image_path: Path, edge_px: int) -> tuple[SentImage, ...]:
    """The whole sheet first, with its longest edge brought down to `edge_px`; then where title blocks stand.

    These are the corner at the bottom right at full resolution, and the strips along the right and the bottom
    edge as large as `edge_px` allows. A sheet that fits as it is needs none of them.
    Raises `PageError` (`page_unreadable`) if there is no such image.
    """
    import cv2

    with _decoding:
        page: Pixels | None = cv2.imread(str(image_path), cv2.IMREAD_GRAYSCALE)
        if page is None:
            raise PageError(
                ErrorCode.PAGE_UNREADABLE,
                f"The page image {image_path.name} cannot be read; process the document's pages again.",
            )
        return _cut_up(page, edge_px)


def _cut_up(page: Pixels, edge_px: int) -> tuple[SentImage, ...]:
    height, width = page.shape
    whole = _sent("the whole sheet", page, (0, 0, width, height), edge_px)
    if max(width, height) <= edge_px:
        return (whole,)
    corner = max(width - edge_px, 0), max(height - edge_px, 0), width, height
    right = width - round(width * _STRIP), 0, width, height
    bottom = 0, height - round(height * _STRIP), width, height
    return (
        whole,
        _sent("its bottom right corner, enlarged", page, corner, edge_px),
        _sent("its right edge, enlarged", page, right, edge_px),
        _sent("its bottom edge, enlarged", page, bottom, edge_px),
    )


def _sent(name: str, page: Pixels, window: tuple[int, int, int, int], edge_px: int) -> SentImage:
    import cv2

    left, top, right, bottom = window
    part = page[top:bottom, left:right]
    factor = min(edge_px / max(right - left, bottom - top), 1.0)
    size = max(round((right - left) * factor), 1), max(round((bottom - top) * factor), 1)
    if factor < 1:
        part = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    _, content = cv2.imencode(".png", part)
    return SentImage(name, content.tobytes(), *size, Box(left, top, right - left, bottom - top))
