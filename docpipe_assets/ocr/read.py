"""Reading a page: its own text where that can be believed, else its image."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from docpipe_assets.ocr.coverage import lettering_coverage
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


def read_page(
    document: Path, page_number: int, image: Path, dpi: float, width_px: int, height_px: int
) -> PageReading:
    """Read page `page_number` (from 1) of `document`, whose page image at `dpi` is `image`.

    Raises `PageError` when the page cannot be read.
    """
    layer = read_text_layer(document, page_number, dpi, width_px, height_px)
    verdict = judge_layer(layer)
    if verdict.trusted:
        verdict = judge_layer(layer, lettering_coverage(image, layer.text))
    if verdict.trusted:
        return PageReading(Engine.TEXT_LAYER, verdict.reason, layer.text, 1.0)
    from docpipe_assets.ocr.rapid import read_image

    text = read_image(image, dpi, verdict.scan)
    confidence = fmean(block.confidence for block in text.blocks) if text.blocks else 0.0
    return PageReading(Engine.RAPIDOCR, verdict.reason, text, confidence)
