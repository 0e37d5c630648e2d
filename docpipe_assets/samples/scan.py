"""What a scanner makes of a paper set: skewed, uneven, speckled page images without any text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DPI = 200
_PAPER, _INK = 236.0, 52.0
_BED = 172.0
_BILEVEL_CONTRAST = 26.0
_JPEG_QUALITY = 55


@dataclass(frozen=True, slots=True)
class Feed:
    """How one sheet went through the scanner.

    `skew` is in degrees, clockwise. A `sideways` sheet was fed a quarter turn round and the page turns it
    back for the viewer. `bilevel` pages are black and white (CCITT group 4), others grey (JPEG).
    """

    skew: float
    seed: int
    sideways: bool = False
    bilevel: bool = False


def scan(drawn: Any, feeds: Sequence[Feed], path: Path) -> None:
    """Write a PDF at `path` with one image for each page of the PDF document `drawn`."""
    import pymupdf

    scanned = pymupdf.open()
    for page, feed in zip(drawn, feeds, strict=True):
        with pymupdf.open(stream=_as_pdf(_page_image(page, feed), feed), filetype="pdf") as single:
            scanned.insert_pdf(single)
        if feed.sideways:
            scanned[-1].set_rotation(90)
    save(scanned, path)


def _as_pdf(image: Any, feed: Feed) -> bytes:
    """One page with one image: CCITT when the feed is bilevel, else JPEG."""
    from PIL import Image

    buffer = io.BytesIO()
    picture = Image.fromarray(image)
    if feed.bilevel:
        picture.convert("1", dither=Image.Dither.NONE).save(buffer, "PDF", resolution=DPI)
    else:
        picture.save(buffer, "PDF", resolution=DPI, quality=_JPEG_QUALITY)
    return buffer.getvalue()


def save(document: Any, path: Path) -> None:
    """Write a document without dates and random ids: equal drawings give equal bytes."""
    document.set_metadata({})
    document.save(path, garbage=3, deflate=True, no_new_id=True)


def _page_image(page: Any, feed: Feed) -> Any:
    """An array of grey values, rows from the top, of the sheet as it was fed."""
    import numpy as np
    import pymupdf

    pixmap = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, alpha=False)
    clean = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
    chance = np.random.default_rng(feed.seed)
    grey = _skewed(clean, feed.skew)
    grey = _lit_unevenly(grey, chance)
    grey = _dirty(grey, chance, 260 if feed.bilevel else 150)
    if feed.bilevel:
        grey = _black_and_white(grey)
    image = np.clip(grey, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.rot90(image)) if feed.sideways else image


def _skewed(clean: Any, degrees: float) -> Any:
    """Ink on paper, turned on the scanner's bed, a little soft."""
    import cv2
    import numpy as np

    height, width = clean.shape
    printed = _INK + clean.astype(np.float32) / 255 * (_PAPER - _INK)
    printed[:2], printed[-2:], printed[:, :2], printed[:, -2:] = 120, 120, 120, 120
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    turned = cv2.warpAffine(printed, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=_BED)
    return cv2.GaussianBlur(turned, (0, 0), 0.75)


def _black_and_white(grey: Any) -> Any:
    """Black where the sheet is darker than its surroundings, as a scanner's own thresholding does."""
    import cv2
    import numpy as np

    around = cv2.blur(grey, (61, 61))
    return np.where(grey < around - _BILEVEL_CONTRAST, 0, 255)


def _lit_unevenly(grey: Any, chance: Any) -> Any:
    """A lamp that is weaker towards one side, cloudy paper and the grain of the sensor."""
    import cv2
    import numpy as np

    height, width = grey.shape
    clouds = cv2.resize(
        chance.normal(0, 2.2, (7, 10)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    across = np.linspace(3, -9, width, dtype=np.float32)
    down = np.linspace(-3, 3, height, dtype=np.float32)[:, None]
    grain = np.empty((height, width), np.float32)
    cv2.setRNGSeed(int(chance.integers(1, 1 << 30)))
    cv2.randn(grain, 0, 3.2)
    return grey + clouds + across + down + cv2.GaussianBlur(grain, (0, 0), 0.6)


def _dirty(grey: Any, chance: Any, specks: int) -> Any:
    """Specks of dust, a few hairs and the crease of a folded sheet."""
    import cv2

    height, width = grey.shape
    for x, y, radius, tone in zip(
        chance.integers(0, width, specks),
        chance.integers(0, height, specks),
        chance.integers(0, 3, specks),
        chance.integers(40, 150, specks),
        strict=True,
    ):
        cv2.circle(grey, (int(x), int(y)), int(radius), float(tone), -1)
    for _ in range(3):
        x, y = int(chance.integers(0, width)), int(chance.integers(0, height))
        axes = (int(chance.integers(20, 60)), int(chance.integers(10, 30)))
        start = int(chance.integers(0, 360))
        cv2.ellipse(grey, (x, y), axes, 0, start, start + 110, 120.0, 1, cv2.LINE_AA)
    crease = width // 2 + int(chance.integers(-30, 30))
    grey[:, crease : crease + 2] -= 14
    grey[:, crease + 2 : crease + 5] += 7
    return grey
