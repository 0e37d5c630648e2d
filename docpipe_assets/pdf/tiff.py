"""TIFF scans through Pillow: their pages, whether they are complete, and their resolution."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docpipe_assets.errors import DocumentError, PageError
from docpipe_assets.vocabulary import ErrorCode

# TIFF 6.0 and its supplements, section 8: tags that say what an image in the file is for, and where it is.
_NEW_SUBFILE_TYPE = 254
_STRIPS = (273, 279)
_TILES = (324, 325)
_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT = 282, 283, 296
_REDUCED_OR_MASK = 1 | 4
_CENTIMETRES = 3
_CM_PER_INCH = 2.54

_PLAUSIBLE_DPI = (60.0, 2400.0)
_LONGEST_PAPER_IN = 72.0
_USUAL_SCAN_DPI = (200, 300, 150, 400, 600, 100)
# ANSI A to E, ARCH A to E1, ISO A4 to A0, in inches.
_PAPER_IN = (
    (8.5, 11), (11, 17), (17, 22), (22, 34), (34, 44),
    (9, 12), (12, 18), (18, 24), (24, 36), (36, 48), (30, 42),
    (8.27, 11.69), (11.69, 16.54), (16.54, 23.39), (23.39, 33.11), (33.11, 46.81),
)  # fmt: skip
_PAPER_TOLERANCE = 0.015


class Scan:
    """An open TIFF. Its pages are its full images: the reduced copies and masks in it are not."""

    def __init__(self, image: Any, size_bytes: int) -> None:
        self._image = image
        self._size_bytes = size_bytes
        self._frames = []
        for frame in range(image.n_frames):
            image.seek(frame)
            if not image.tag_v2.get(_NEW_SUBFILE_TYPE, 0) & _REDUCED_OR_MASK:
                self._frames.append(frame)

    @property
    def page_count(self) -> int:
        return len(self._frames)

    def page(self, page_number: int) -> Any:
        """The `PIL.Image` of page `page_number`, from 1, its pixels not decoded yet."""
        if not 1 <= page_number <= self.page_count:
            raise PageError(
                ErrorCode.PAGE_UNREADABLE, f"Page {page_number} is not in the TIFF: please upload it again."
            )
        self._image.seek(self._frames[page_number - 1])
        return self._image

    def whole_pages(self) -> int:
        """How many pages have all their strips or tiles within the file."""
        return sum(self._is_whole(number) for number in range(1, self.page_count + 1))

    def _is_whole(self, page_number: int) -> bool:
        tags = self.page(page_number).tag_v2
        offsets, lengths = _STRIPS if _STRIPS[0] in tags else _TILES
        starts, sizes = tags.get(offsets, ()), tags.get(lengths, ())
        return bool(starts) and all(
            start + size <= self._size_bytes for start, size in zip(starts, sizes, strict=False)
        )


@contextmanager
def open_tiff(path: Path) -> Iterator[Scan]:
    """An open TIFF. Raises `DocumentError` (`corrupt`), and `OSError` if there is no such file."""
    from PIL import Image, UnidentifiedImageError

    # Pillow's guard against bombs is below the size of a large scan; the page's own limit stands in for it.
    Image.MAX_IMAGE_PIXELS = None
    with path.open("rb") as file:
        try:
            image = Image.open(file, formats=["TIFF"])
            scan = Scan(image, path.stat().st_size)
        except (UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError, KeyError, struct.error,
                TypeError) as failure:  # fmt: skip
            raise DocumentError(
                ErrorCode.CORRUPT,
                "The TIFF is damaged or was cut off and cannot be opened: please scan or export it again.",
            ) from failure
        yield scan


def resolution(image: Any) -> tuple[float, float, bool]:
    """Dots per inch across and down a page, and whether they are assumed.

    What the tags say, unless they say nothing or the sheet would be no paper that is printed on. Then the
    resolution at which the page has the size of a standard sheet, or else 200.
    """
    tags = image.tag_v2
    factor = _CM_PER_INCH if tags.get(_RESOLUTION_UNIT, 2) == _CENTIMETRES else 1.0
    across, down = (_number(tags.get(tag)) * factor for tag in (_X_RESOLUTION, _Y_RESOLUTION))
    width, height = image.size
    least, most = _PLAUSIBLE_DPI
    stated = least <= across <= most and least <= down <= most
    if stated and max(width / across, height / down) <= _LONGEST_PAPER_IN:
        return across, down, False
    short, long = sorted((width, height))
    for dpi in _USUAL_SCAN_DPI:
        for paper in _PAPER_IN:
            if (
                abs(short / dpi / paper[0] - 1) < _PAPER_TOLERANCE
                and abs(long / dpi / paper[1] - 1) < _PAPER_TOLERANCE
            ):
                return float(dpi), float(dpi), True
    return 200.0, 200.0, True


def _number(value: Any) -> float:
    """A tag's rational as a number; 0 for what is missing or divided by zero."""
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0
    return number if math.isfinite(number) else 0.0
