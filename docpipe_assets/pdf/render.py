"""The image of a page: PNG, grey where the page has no colour, with a thumbnail and the page's real size."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from docpipe_assets.errors import PageError
from docpipe_assets.pdf.document import Format, format_of
from docpipe_assets.pdf.mupdf import open_page, open_pdf, structured_text
from docpipe_assets.pdf.tiff import open_tiff, resolution
from docpipe_assets.vocabulary import ErrorCode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels: TypeAlias = NDArray[np.uint8]
    """Rows of pixels: grey, or blue, green and red as OpenCV has them."""

POINTS_PER_INCH = 72
THUMBNAIL_PX = 256

_LOWEST_DPI = 72
_PNG_LEVEL = 1
_COLOUR_CHECK_PIXELS = 1_000_000
_COLOUR_SPREAD = 4
_DECODED_BYTES_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class PageImage:
    """What was made of a page. Paper size and pixels are those of the page as seen, turned by /Rotate.

    `dpi` is the exact relation of image and paper; the last pixel of a row or column may reach beyond it.
    """

    width_px: int
    height_px: int
    dpi: float
    dpi_assumed: bool
    """Whether the resolution is a guess: a scan that does not say its own."""
    width_in: float
    height_in: float
    rotation: int
    """The page's /Rotate, already applied: 0, 90, 180 or 270 degrees clockwise."""
    has_text_layer: bool
    in_colour: bool
    content_hash: str
    """SHA-256 of the pixels: equal for pages that look the same."""


def render_page(
    path: Path, page_number: int, image_path: Path, thumbnail_path: Path, dpi: int, max_megapixels: float
) -> PageImage:
    """Write the page's image at `dpi`, or as much less as `max_megapixels` asks, and its thumbnail, as PNG.

    A TIFF page keeps its own resolution. Raises `DocumentError` if the file does not open, `PageError`
    (`page_too_large`, `page_unreadable`) and `MemoryError`.
    """
    if format_of(path) is Format.TIFF:
        return _render_scan(path, page_number, image_path, thumbnail_path, max_megapixels)
    with open_pdf(path) as document, open_page(document, page_number) as page:
        return _render_pdf(page, page_number, image_path, thumbnail_path, dpi, max_megapixels)


def _render_pdf(
    page: Any, page_number: int, image_path: Path, thumbnail_path: Path, dpi: int, max_megapixels: float
) -> PageImage:
    import pymupdf

    frame = pymupdf.mupdf.fz_bound_page(page.this)
    width_in = (frame.x1 - frame.x0) / POINTS_PER_INCH
    height_in = (frame.y1 - frame.y0) / POINTS_PER_INCH
    used_dpi = _affordable_dpi(width_in, height_in, dpi, max_megapixels, page_number)
    small_dpi = min(math.sqrt(_COLOUR_CHECK_PIXELS / (width_in * height_in)), used_dpi)
    with _drawn(page, small_dpi, in_colour=True) as small:
        in_colour = _is_coloured(small)
    with _drawn(page, used_dpi, in_colour) as pixels:
        _save(pixels, image_path, thumbnail_path)
        return PageImage(
            width_px=pixels.shape[1],
            height_px=pixels.shape[0],
            dpi=used_dpi,
            dpi_assumed=False,
            width_in=width_in,
            height_in=height_in,
            rotation=page.rotation,
            has_text_layer=bool(structured_text(page, 0).extractText().strip()),
            in_colour=in_colour,
            content_hash=_hash(pixels),
        )


def _render_scan(
    path: Path, page_number: int, image_path: Path, thumbnail_path: Path, max_megapixels: float
) -> PageImage:
    import cv2

    with open_tiff(path) as scan:
        page = scan.page(page_number)
        across, down, assumed = resolution(page)
        if page.width * page.height * len(page.getbands()) > _DECODED_BYTES_LIMIT:
            raise PageError(
                ErrorCode.PAGE_TOO_LARGE,
                f"Page {page_number} is a scan of {page.width:,} x {page.height:,} pixels, too many to open: "
                "please scan it at a lower resolution.",
            )
        pixels, turned = _decoded(page, page_number)
    if turned:
        across, down = down, across
    width_in, height_in = pixels.shape[1] / across, pixels.shape[0] / down
    own_dpi = max(across, down)
    dpi = _affordable_dpi(width_in, height_in, own_dpi, max_megapixels, page_number)
    if dpi < own_dpi or across != down:
        size = _pixels(width_in, dpi), _pixels(height_in, dpi)
        shrinks = size[0] * size[1] < pixels.shape[0] * pixels.shape[1]
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    _save(pixels, image_path, thumbnail_path)
    return PageImage(
        width_px=pixels.shape[1],
        height_px=pixels.shape[0],
        dpi=dpi,
        dpi_assumed=assumed,
        width_in=width_in,
        height_in=height_in,
        rotation=0,
        has_text_layer=False,
        in_colour=pixels.ndim == 3,
        content_hash=_hash(pixels),
    )


def _affordable_dpi(
    width_in: float, height_in: float, dpi: float, max_megapixels: float, page_number: int
) -> float:
    """`dpi`, or the highest whole number below it at which the page keeps within the limit."""
    affordable = math.sqrt(max_megapixels * 1e6 / (width_in * height_in))
    if dpi <= affordable:
        return float(dpi)
    if affordable < min(_LOWEST_DPI, dpi):
        raise PageError(
            ErrorCode.PAGE_TOO_LARGE,
            f"Page {page_number} measures {width_in:,.0f} x {height_in:,.0f} inches, too large to draw: "
            "please export it at the size of its paper.",
        )
    return float(math.floor(affordable))


def _pixels(inches: float, dpi: float) -> int:
    """Pixels that hold all of a length; a sliver of less than a hundredth of a pixel gets none."""
    return max(math.ceil(inches * dpi - 0.01), 1)


@contextmanager
def _drawn(page: Any, dpi: float, in_colour: bool) -> Iterator[Pixels]:
    """The page on white, drawn straight from its content, for as long as the context lasts.

    Not through a display list, as `Page.get_pixmap` does: a hostile page fills memory with it.
    """
    import numpy as np
    import pymupdf

    mupdf = pymupdf.mupdf
    frame = mupdf.fz_bound_page(page.this)
    scale = dpi / POINTS_PER_INCH
    width = _pixels((frame.x1 - frame.x0) / POINTS_PER_INCH, dpi)
    height = _pixels((frame.y1 - frame.y0) / POINTS_PER_INCH, dpi)
    colours = mupdf.fz_device_bgr() if in_colour else mupdf.fz_device_gray()
    canvas = mupdf.fz_new_pixmap_with_bbox(
        colours, mupdf.FzIrect(0, 0, width, height), mupdf.FzSeparations(), 0
    )
    mupdf.fz_clear_pixmap_with_value(canvas, 255)
    to_pixels = mupdf.FzMatrix(scale, 0, 0, scale, -frame.x0 * scale, -frame.y0 * scale)
    device = mupdf.fz_new_draw_device(to_pixels, canvas)
    mupdf.fz_run_page(page.this, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    # A view of the canvas, which must outlive it.
    view = np.frombuffer(mupdf.fz_pixmap_samples_memoryview(canvas), np.uint8)
    yield view.reshape((height, width, 3) if in_colour else (height, width))


def _decoded(page: Any, page_number: int) -> tuple[Pixels, bool]:
    """The scan's pixels, and whether Pillow turned it by a quarter, as its Orientation tag may ask."""
    import cv2
    import numpy as np
    from PIL import Image

    stored_size = page.size
    try:
        page.load()
    except (OSError, ValueError, SyntaxError, EOFError) as failure:
        raise PageError(
            ErrorCode.PAGE_UNREADABLE,
            f"The scan on page {page_number} is damaged and cannot be read: please scan it again.",
        ) from failure
    turned = page.size != stored_size
    if page.mode.startswith("I") or page.mode == "F":
        # Sixteen bits a pixel: Pillow's own conversion would clip rather than scale.
        image = page.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif "A" in page.getbands() or "transparency" in page.info:
        on_white = Image.new("RGBA", page.size, "white")
        on_white.alpha_composite(page.convert("RGBA"))
        image = on_white.convert("RGB")
    else:
        image = page.convert("L" if page.mode in {"1", "L"} else "RGB")
    pixels = np.asarray(image)
    if pixels.ndim == 2:
        return pixels, turned
    factor = math.sqrt(min(_COLOUR_CHECK_PIXELS / (image.width * image.height), 1.0))
    if _is_coloured(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)):
        return cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), turned
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), turned


def _is_coloured(pixels: Pixels) -> bool:
    """Whether any of the pixels is neither black, white nor grey, within what JPEG makes of grey."""
    import numpy as np

    first, second, third = (pixels[..., channel].astype(np.int16) for channel in range(3))
    return bool(
        np.abs(first - second).max() > _COLOUR_SPREAD or np.abs(second - third).max() > _COLOUR_SPREAD
    )


def _save(pixels: Pixels, image_path: Path, thumbnail_path: Path) -> None:
    import cv2

    height, width = pixels.shape[:2]
    factor = min(THUMBNAIL_PX / max(width, height), 1.0)
    size = max(round(width * factor), 1), max(round(height * factor), 1)
    thumbnail = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    # One filter for all rows: choosing one for each row takes three times as long and saves nothing.
    level = [cv2.IMWRITE_PNG_COMPRESSION, _PNG_LEVEL, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP]
    for path, image, options in ((image_path, pixels, level), (thumbnail_path, thumbnail, [])):
        if not cv2.imwrite(str(path), image, options):
            raise OSError(f"{path} could not be written")


def _hash(pixels: Pixels) -> str:
    digest = hashlib.sha256(repr(pixels.shape).encode())
    digest.update(pixels.data)
    return digest.hexdigest()
