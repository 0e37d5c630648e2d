"""The text that a PDF carries itself, placed on the page image, and the facts to judge it by.

Text layers lie: drawings with all their lettering in outlines still hold one copyright line, fonts may map
to the wrong characters, and scans carry somebody's invisible OCR. So each layer comes with `LayerFacts`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docpipe_assets.page_text import Box, PageText, TextBlock, Word
from docpipe_assets.pdf.document import Format, format_of
from docpipe_assets.pdf.lines import Glyph, Rules, Run, read_lines
from docpipe_assets.pdf.mupdf import open_page, open_pdf, structured_text

POINTS_PER_INCH = 72

_SHX_AUTHOR = "AutoCAD SHX Text"
_SMALLEST_TYPE_PX = 1.0
_RULE_THICKNESS_IN = 0.03
_LETTERING_IN = (0.03, 0.5)
_COVERAGE_GRID = 64

# FZ_STEXT_FILLED | FZ_STEXT_STROKED, and FZ_STEXT_BLOCK_* of MuPDF's structured text.
_INKED = 16 | 32
_IMAGE_BLOCK = 1
_VECTOR_BLOCK = 3

_REPLACED = {"\u00ad": "-", "\u2010": "-", "\u2011": "-", "\t": " "}
_DROPPED = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f"}


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What there is to judge a text layer by. Shares and coverage run from 0 to 1."""

    characters: int
    """Characters on the page that are not blank."""
    letters_and_digits: int
    unreadable_share: float
    """Share of the characters that are U+FFFD, private use or control characters: a font without a map."""
    invisible_share: float
    """Share of the characters that are drawn in no ink (render mode 3): the OCR of whoever scanned it."""
    off_page: int
    """Characters left out because they stand outside of the page."""
    images: int
    image_coverage: float
    """Share of the page's area under images."""
    paths: int
    """Drawn line segments, curves and fills."""
    lettering_outlines: int
    """Filled outlines of the size of a letter: where they outnumber the characters, lettering is drawn."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A page's own text in pixels of its page image, and the facts to judge it by."""

    text: PageText
    facts: LayerFacts


def read_text_layer(path: Path, page_number: int, dpi: float, width_px: int, height_px: int) -> TextLayer:
    """The text layer of page `page_number` (from 1) on its page image of `width_px` x `height_px` at `dpi`.

    A TIFF has none: an empty layer under an image that covers the page.
    Raises `DocumentError` if the file does not open and `PageError` if the page cannot be read.
    """
    if format_of(path) is Format.TIFF:
        nothing = PageText((), width_px, height_px, dpi)
        return TextLayer(nothing, LayerFacts(0, 0, 0.0, 0.0, 0, 1, 1.0, 0, 0))
    with open_pdf(path) as document, open_page(document, page_number) as page:
        return _read(page, dpi, width_px, height_px)


def _read(page: Any, dpi: float, width_px: int, height_px: int) -> TextLayer:
    import pymupdf

    frame = pymupdf.mupdf.fz_bound_page(page.this)
    placement = _Placement(frame.x0, frame.y0, dpi / POINTS_PER_INCH)
    lettering = structured_text(
        page, pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_CLIP | pymupdf.TEXT_COLLECT_VECTORS
    ).extractRAWDICT()["blocks"]
    pictures = structured_text(page, pymupdf.TEXT_PRESERVE_IMAGES).extractBLOCKS()

    sheet = Box(0, 0, width_px, height_px)
    images = [placement.box(*block[:4]) for block in pictures if block[6] == _IMAGE_BLOCK]
    vectors = [block for block in lettering if block["type"] == _VECTOR_BLOCK]
    paths = [placement.box(*block["bbox"]) for block in vectors]
    counts = _Counts()
    blocks = read_lines(
        _runs(lettering, placement, sheet, counts), Rules(paths, thickness_px=_RULE_THICKNESS_IN * dpi)
    )
    blocks += _shx_comments(page, placement, sheet)

    least, most = (inches * dpi for inches in _LETTERING_IN)
    outlines = sum(
        least <= max(path.width, path.height) <= most
        for path, block in zip(paths, vectors, strict=True)
        if not block["stroked"] and not block["isrect"]
    )
    facts = LayerFacts(
        characters=counts.characters,
        letters_and_digits=sum(c.isalnum() for block in blocks for c in block.text),
        unreadable_share=counts.unreadable / max(counts.characters, 1),
        invisible_share=counts.invisible / max(counts.characters, 1),
        off_page=counts.off_page,
        images=len(images),
        image_coverage=_coverage(images, sheet),
        paths=len(paths),
        lettering_outlines=outlines,
    )
    return TextLayer(PageText(tuple(blocks), width_px, height_px, dpi), facts)


@dataclass(slots=True)
class _Counts:
    characters: int = 0
    unreadable: int = 0
    invisible: int = 0
    off_page: int = 0


@dataclass(frozen=True, slots=True)
class _Placement:
    """How the points of the drawn page become pixels of its image."""

    left: float
    top: float
    scale: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        scale = self.scale
        return Box((x0 - self.left) * scale, (y0 - self.top) * scale, (x1 - x0) * scale, (y1 - y0) * scale)


def _runs(
    blocks: Iterable[dict[str, Any]], placement: _Placement, sheet: Box, counts: _Counts
) -> Iterator[Run]:
    """MuPDF's lines as runs in pixels; what is off the page or has no size is left out."""
    for block in blocks:
        for line in block.get("lines", ()):
            run: Run | None = None
            for span in line["spans"]:
                part = _span_run(span, line["dir"], placement, sheet, counts)
                if part is None:
                    continue
                if run is None:
                    run = part
                elif _on_one_line(run, part):
                    larger = max(run, part, key=lambda run: run.size)
                    glyphs = run.glyphs + part.glyphs
                    run = Run(glyphs, run.cos, run.sin, larger.baseline, larger.ascent, larger.descent)
                else:
                    yield run
                    run = part
            if run is not None:
                yield run


def _on_one_line(run: Run, part: Run) -> bool:
    """Whether a change of type within a line is a raised figure or a bold word, not another text."""
    smaller, larger = sorted((run.size, part.size))
    return larger < 2 * smaller and abs(run.baseline - part.baseline) < larger / 2


def _span_run(
    span: dict[str, Any],
    direction: tuple[float, float],
    placement: _Placement,
    sheet: Box,
    counts: _Counts,
) -> Run | None:
    cos, sin = direction
    size = span["size"] * placement.scale
    if size < _SMALLEST_TYPE_PX:
        return None
    ascender, descender = span["ascender"], -span["descender"]
    # MuPDF makes the boxes of glyphs at least one type size high.
    drawn_height = size * max(ascender + descender, 1.0)
    ascent = size * (ascender / (ascender + descender) if ascender > descender >= 0 else 0.8)
    visible = bool(span["char_flags"] & _INKED)
    glyphs: list[Glyph] = []
    baseline = 0.0
    for char in span["chars"]:
        character = _readable(char["c"])
        box = placement.box(*char["bbox"])
        if not char["c"].isspace():
            if box.overlap(sheet) < box.area / 2:
                counts.off_page += 1
                continue
            counts.characters += 1
            counts.unreadable += _is_unreadable(char["c"])
            counts.invisible += not visible
        if not character:
            continue
        x, y = placement.point(*char["origin"])
        start, baseline = x * cos + y * sin, y * cos - x * sin
        if abs(cos) > abs(sin):
            advance = (box.width - drawn_height * abs(sin)) / abs(cos)
        else:
            advance = (box.height - drawn_height * abs(cos)) / abs(sin)
        end = start + max(advance, 0.0)
        glyphs += (Glyph(letter, start, end) for letter in character)
    return Run(glyphs, cos, sin, baseline, ascent, size - ascent) if glyphs else None


def _readable(character: str) -> str:
    """The character as readers of drawings expect it; empty for what has no shape."""
    if character in _DROPPED:
        return ""
    if character in _REPLACED:
        return _REPLACED[character]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Cs":
        return "\ufffd"  # half a character, which no database takes
    return "" if category == "Cc" else character


def _is_unreadable(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in {"Cc", "Co", "Cn", "Cs"}


def _shx_comments(page: Any, placement: _Placement, sheet: Box) -> list[TextBlock]:
    """Lettering in AutoCAD's stroke fonts, which AutoCAD draws as lines and adds as comments.

    A comment has an upright box and no direction: a tall one reads upwards, as drawings are lettered.
    """
    import pymupdf

    blocks = []
    for annotation in page.annots(types=(pymupdf.PDF_ANNOT_SQUARE, pymupdf.PDF_ANNOT_POLYGON)):
        if annotation.info["title"] != _SHX_AUTHOR:
            continue
        text = " ".join("".join(map(_readable, annotation.info["content"])).split())
        bounds = pymupdf.mupdf.pdf_bound_annot(annotation.this)
        box = placement.box(bounds.x0, bounds.y0, bounds.x1, bounds.y1)
        if not text or box.overlap(sheet) < box.area / 2 or min(box.width, box.height) < _SMALLEST_TYPE_PX:
            continue
        upwards = len(text) > 1 and box.height > 1.5 * box.width
        blocks.append(TextBlock(text, box, tuple(_even_words(text, box, upwards)), 270.0 if upwards else 0.0))
    return blocks


def _even_words(text: str, box: Box, upwards: bool) -> Iterator[Word]:
    """Words placed as in stroke type, whose letters are about equally wide."""
    place = 0
    for word in text.split():
        begin, end = place / len(text), (place + len(word)) / len(text)
        if upwards:
            yield Word(word, Box(box.x, box.bottom - end * box.height, box.width, (end - begin) * box.height))
        else:
            yield Word(word, Box(box.x + begin * box.width, box.y, (end - begin) * box.width, box.height))
        place += len(word) + 1


def _coverage(images: Iterable[Box], sheet: Box) -> float:
    """The share of the sheet under images, which may overlap, on a coarse grid."""
    import numpy as np

    covered = np.zeros((_COVERAGE_GRID, _COVERAGE_GRID), dtype=bool)
    for image in images:
        left, right = (round(x / sheet.width * _COVERAGE_GRID) for x in (image.x, image.right))
        top, bottom = (round(y / sheet.height * _COVERAGE_GRID) for y in (image.y, image.bottom))
        covered[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return float(covered.mean())
