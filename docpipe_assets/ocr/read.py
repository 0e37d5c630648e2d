"""Reading a page: its own text where that can be believed, else its image."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from docpipe_assets.ocr.trust import judge_layer
from docpipe_assets.page_text import PageText
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.vocabulary import Engine


@dataclass(frozen=True, slots=True)
class PageReading:
    """The text of a page, which engine read it and why that one; `mean_confidence` is 0 to 1."""

    engine: Engine
    reason: str
    text: PageText
    mean_confidence: float


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a PDF says itself: `text` where it can be believed, else None, and why in plain words."""

    text: PageText | None
    reason: str
    scan: bool

    def reading(self) -> PageReading | None:
        """The page as its own text reads, where that can be believed."""
        return PageReading(Engine.TEXT_LAYER, self.reason, self.text, 1.0) if self.text is not None else None


def read_own_text(
    document: Path, page_number: int, image: Path, dpi: float, width_px: int, height_px: int
) -> OwnText:
    """The text layer of page `page_number` (from 1) of `document`, judged beside its page image.

    Raises `PageError` when the page cannot be read.
    """
    from docpipe_assets.ocr.coverage import lettering_coverage

    layer = read_text_layer(document, page_number, dpi, width_px, height_px)
    verdict = judge_layer(layer)
    if verdict.trusted:
        verdict = judge_layer(layer, lettering_coverage(image, layer.text))
    return OwnText(layer.text if verdict.trusted else None, verdict.reason, verdict.scan)


def read_image_here(image: Path, dpi: float, scan: bool, reason: str) -> PageReading:
    """The text on a page image by the local engine. Raises `PageError` when there is no such image."""
    from docpipe_assets.ocr.rapid import read_image

    text = read_image(image, dpi, scan)
    return PageReading(Engine.RAPIDOCR, reason, text, confidence_of(text))


def confidence_of(text: PageText) -> float:
    """The mean confidence of the lines, 0 where there are none."""
    return fmean(block.confidence for block in text.blocks) if text.blocks else 0.0


def read_page(
    document: Path, page_number: int, image: Path, dpi: float, width_px: int, height_px: int
) -> PageReading:
    """Read page `page_number` (from 1) of `document`, whose page image at `dpi` is `image`.

    Raises `PageError` when the page cannot be read.
    """
    own = read_own_text(document, page_number, image, dpi, width_px, height_px)
    return own.reading() or read_image_here(image, dpi, own.scan, own.reason)
