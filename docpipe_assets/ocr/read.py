"""Reading a page: its own text where that can be believed, its image where not, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from docpipe_assets.ocr.trust import Extent, judge_layer
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.vocabulary import Engine

_FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class PageReading:
    """The text of a page, which engine read it and why that one; `mean_confidence` is 0 to 1."""

    engine: Engine
    reason: str
    text: PageText
    mean_confidence: float


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a PDF says itself, and why it is believed or not in plain words.

    `text` holds the lines that can be believed, None where none can. Where they are not `complete`, the image
    must be read too: within `missing`, or all of it where that is empty.
    """

    text: PageText | None
    reason: str
    scan: bool
    complete: bool = True
    missing: tuple[Box, ...] = ()

    def reading(self) -> PageReading | None:
        """The page as its own text reads, where that will do."""
        if self.text is None or not self.complete:
            return None
        return PageReading(Engine.TEXT_LAYER, self.reason, self.text, 1.0)

    def completed(self, seen: PageReading) -> PageReading:
        """What an engine read off the page's image, with the page's own lines where those can be believed."""
        if self.text is None:
            return seen
        from docpipe_assets.ocr.merging import merged

        text, added = merged(self.text, seen.text)
        if added < _FEW_LINES and self.missing:
            reason = "the page's own text can be believed: hardly any lettering stands beside it"
            return PageReading(Engine.TEXT_LAYER, reason, self.text, 1.0)
        kept = len(self.text.blocks)
        lines = "1 line of it was kept" if kept == 1 else f"{kept} lines of it were kept"
        return PageReading(seen.engine, f"{seen.reason}; {lines}", text, confidence_of(text))


def read_own_text(
    document: Path, page_number: int, image: Path, dpi: float, width_px: int, height_px: int
) -> OwnText:
    """The text layer of page `page_number` (from 1) of `document`, judged beside its page image.

    Raises `PageError` when the page cannot be read.
    """
    from docpipe_assets.ocr.coverage import lettering_coverage, title_block_corner
    from docpipe_assets.ocr.merging import visible_lines

    layer = read_text_layer(document, page_number, dpi, width_px, height_px)
    verdict = judge_layer(layer)
    if not verdict.trusted:
        return OwnText(None, verdict.reason, verdict.scan)
    coverage = lettering_coverage(image, layer.text)
    verdict = judge_layer(layer, coverage)
    if verdict.extent is Extent.NONE:
        return OwnText(None, verdict.reason, verdict.scan)
    if verdict.extent is Extent.ALL:
        return OwnText(layer.text, verdict.reason, verdict.scan)
    missing = list(coverage.bare) if verdict.extent is Extent.PART else []
    if verdict.extent is Extent.PART:
        missing.append(title_block_corner(width_px, height_px))
    text = visible_lines(image, layer.text)
    return OwnText(text, verdict.reason, verdict.scan, complete=False, missing=tuple(missing))


def read_image_here(
    image: Path, dpi: float, scan: bool, reason: str, within: Sequence[Box] = ()
) -> PageReading:
    """The text on a page image by the local engine, `within` some boxes or on all of it.

    Raises `PageError` when there is no such image.
    """
    from docpipe_assets.ocr.rapid import read_image

    text = read_image(image, dpi, scan, within)
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
    return own.reading() or own.completed(read_image_here(image, dpi, own.scan, own.reason, own.missing))
