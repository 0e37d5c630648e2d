"""Small pictures: the evidence cut out of a page image, and a contact sheet of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docpipe_assets.page_text import Box

if TYPE_CHECKING:
    from PIL.Image import Image

SHEET: Final = "sheet"
"""Name of the picture of the whole page among the crops."""

CROP_LONG_PX: Final = 640
CROP_SHORT_PX: Final = 200
SHEET_PX: Final = 1000

OUTLINE: Final = (214, 31, 105)
_OUTLINE_WIDTH = 2
_OUTLINE_GAP = 3

CONTACT_SHEET_BYTES: Final = 44_000
"""Written into Markdown as base64, a third longer, the picture then stays under 60 kB."""
CONTACT_SHEET_PAGES: Final = 200
_CONTACT_WIDTH = 960
_CONTACT_GAP = 4
_CONTACT_CELLS = (160, 128, 96, 80, 64, 48, 36, 24, 16)
_CONTACT_QUALITIES = (70, 50, 35)
_CONTACT_PAPER = (226, 230, 236)


def cut_evidence(image_path: Path, boxes: Mapping[str, Box]) -> dict[str, bytes]:
    """The evidence of one page as small WebP pictures, and under `SHEET` the whole page.

    Each of `boxes` (pixels of the page image) is cut with some of its surroundings and outlined. A crop is
    at most 640 x 200 px, or 200 x 640 px where the box is upright; the page is at most 1000 px long. A box
    that lies off the page has no crop. The image is decoded once.

    Raises PIL.UnidentifiedImageError when the file is no image, OSError when it is cut short.
    """
    from PIL import Image

    with Image.open(image_path) as image:
        pictures = {SHEET: _webp(_within(image, SHEET_PX, SHEET_PX), quality=55)}
        for name, box in boxes.items():
            if crop := _cut(image, box):
                pictures[name] = _webp(crop, quality=80)
        return pictures


def miniature(picture: bytes, long_px: int) -> bytes:
    """An encoded picture as WebP, at most `long_px` long; returned as it is when it is that already.

    Raises PIL.UnidentifiedImageError when `picture` is no image.
    """
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        if image.format == "WEBP" and max(image.size) <= long_px:
            return picture
        return _webp(_within(image, long_px, long_px), quality=60)


def contact_sheet(thumbnails: Iterable[bytes]) -> bytes:
    """The first 200 thumbnails (encoded pictures) side by side, as one JPEG of at most 44 kB.

    Raises ValueError when there is no thumbnail.
    """
    from PIL import Image, ImageOps

    pictures = []
    for data in islice(thumbnails, CONTACT_SHEET_PAGES):
        with Image.open(BytesIO(data)) as image:
            pictures.append(_within(image, _CONTACT_CELLS[0], _CONTACT_CELLS[0]))
    if not pictures:
        raise ValueError("a contact sheet needs at least one thumbnail")
    for cell in _CONTACT_CELLS:
        pitch = cell + _CONTACT_GAP
        columns = min(len(pictures), _CONTACT_WIDTH // pitch)
        lines = ceil(len(pictures) / columns)
        sheet = Image.new("RGB", (columns * pitch, lines * pitch), _CONTACT_PAPER)
        for number, picture in enumerate(pictures):
            small = ImageOps.contain(picture, (cell, cell)) if max(picture.size) > cell else picture
            line, column = divmod(number, columns)
            left = column * pitch + (pitch - small.width) // 2
            sheet.paste(small, (left, line * pitch + (pitch - small.height) // 2))
        for quality in _CONTACT_QUALITIES:
            buffer = BytesIO()
            sheet.save(buffer, "JPEG", quality=quality, optimize=True)
            if buffer.tell() <= CONTACT_SHEET_BYTES:
                return buffer.getvalue()
    raise AssertionError("200 thumbnails of 16 px fit into 44 kB whatever they show")


def _cut(image: Image, box: Box) -> Image | None:
    from PIL import ImageDraw

    margin = min(max(1.2 * min(box.width, box.height), 30.0), 110.0)
    left, top = max(int(box.x - margin), 0), max(int(box.y - margin), 0)
    right, bottom = min(ceil(box.right + margin), image.width), min(ceil(box.bottom + margin), image.height)
    on_page = box.x < image.width and box.y < image.height and box.right > 0 and box.bottom > 0
    if not on_page:
        return None
    upright = bottom - top > right - left
    limits = (CROP_SHORT_PX, CROP_LONG_PX) if upright else (CROP_LONG_PX, CROP_SHORT_PX)
    crop = _within(image.crop((left, top, right, bottom)), *limits)
    zoom = crop.width / (right - left)
    reach = _OUTLINE_GAP + _OUTLINE_WIDTH
    outline = (
        max((box.x - left) * zoom - reach, 0),
        max((box.y - top) * zoom - reach, 0),
        min((box.right - left) * zoom + reach, crop.width - 1),
        min((box.bottom - top) * zoom + reach, crop.height - 1),
    )
    ImageDraw.Draw(crop).rectangle(outline, outline=OUTLINE, width=_OUTLINE_WIDTH)
    return crop


def _within(image: Image, width: int, height: int) -> Image:
    """A copy in RGB on white paper, made smaller where it is wider or higher than allowed."""
    from PIL import Image as Images

    zoom = min(width / image.width, height / image.height, 1.0)
    size = max(round(image.width * zoom), 1), max(round(image.height * zoom), 1)
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    if size != image.size:
        image = image.resize(size, Images.Resampling.LANCZOS, reducing_gap=1.5)
    if image.mode in ("RGBA", "LA"):
        paper = Images.new("RGBA", image.size, "white")
        return Images.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _webp(image: Image, quality: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=quality, method=2)
    return buffer.getvalue()
