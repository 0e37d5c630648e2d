"""Pages of which the text layer holds a part only."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from docpipe_assets.ocr.merging import merged
from docpipe_assets.ocr.read import PageReading, read_own_text, read_page
from docpipe_assets.page_text import Box, PageText, TextBlock, Word
from docpipe_assets.pdf.render import render_page
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.vocabulary import Engine
from docpipe_tests.ocr.conftest import DPI, Sheet
from docpipe_tests.ocr.test_trust import (
    TITLE_BLOCK,
    map_characters,
    notes,
    outlined,
    read,
    scanned,
    tabloid,
    title_block,
)

__all__ = ["tabloid"]

SIZES = [f"{number}'-{number + 1}\"" for number in range(3, 11)]


def view(drawn: Sheet) -> None:
    """A schedule in the middle of the page, far from anything else."""
    for row in range(12):
        for column, size in enumerate(SIZES[:6]):
            drawn.write(4 + 0.8 * column, 6 + 0.25 * row, size, size=9)


def lines(reading: PageReading) -> list[str]:
    return ["".join(block.text.split()) for block in reading.text.blocks]


def layer(drawn: Sheet) -> PageText:
    return read_text_layer(drawn.pdf, 1, DPI, 17 * DPI, 11 * DPI).text


def test_a_title_block_in_outlines_is_added(tabloid: Sheet) -> None:
    title_block(tabloid)
    notes(outlined(tabloid))
    reading = read(tabloid)
    assert reading.engine is Engine.RAPIDOCR
    kept = len(layer(tabloid).blocks)
    assert reading.reason == f"its own text lacks the title block; {kept} lines of it were kept"
    assert {"".join(text.split()) for text in TITLE_BLOCK} <= set(lines(reading))
    assert len(reading.text.blocks) == kept + len(TITLE_BLOCK)


def test_notes_in_outlines_are_added_to_a_title_block(tabloid: Sheet) -> None:
    notes(tabloid)
    title_block(outlined(tabloid))
    reading = read(tabloid)
    assert reading.engine is Engine.RAPIDOCR
    assert "lacks most of the lettering" in reading.reason
    assert "6 lines of it were kept" in reading.reason
    assert lines(reading).count("A-101") == 1
    assert lines(reading).count("GENERALNOTES") == 3


def test_a_view_that_is_a_picture_is_added(tabloid: Sheet) -> None:
    view(tabloid)
    notes(scanned(tabloid))
    title_block(tabloid)
    reading = read(tabloid)
    assert reading.engine is Engine.RAPIDOCR
    assert "lacks" in reading.reason
    assert f"{len(layer(tabloid).blocks)} lines of it were kept" in reading.reason
    assert sum(text in SIZES for text in lines(reading)) >= 66


def test_a_garbled_layer_is_not_merged(tabloid: Sheet) -> None:
    view(tabloid)
    notes(outlined(tabloid))
    map_characters(tabloid, "1 beginbfrange <41> <4f> <0021> endbfrange")
    reading = read(tabloid)
    assert "garbled" in reading.reason
    assert "kept" not in reading.reason
    assert lines(reading).count("GENERALNOTES") == 3


def test_text_that_the_page_does_not_show_is_not_kept(tabloid: Sheet) -> None:
    notes(tabloid)
    title_block(tabloid)
    outlined(tabloid).write(9, 6, "SCALE 1:500", render_mode=3)
    assert "SCALE1:500" not in lines(read(tabloid))


def test_words_beside_known_text_are_kept() -> None:
    known = block(("A-101", 500))
    seen = block(("SHEET", 300), ("A-1O1", 503))
    text, added = merged(page(known), page(seen, block(("PLAN", 100))))
    assert [line.text for line in text.blocks] == ["PLAN", "SHEET", "A-101"]
    assert added == 2


def test_without_known_text_everything_is_kept() -> None:
    seen = page(block(("SHEET", 300), ("A-101", 503)))
    assert merged(page(), seen) == (seen, 1)


@pytest.mark.parametrize("name", ["kegonsa_11x17_S101", "kegonsa_11x17_A301"])
def test_a_real_sheet_whose_corner_is_a_picture(plans: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "sheet.pdf"
    document = pymupdf.open(plans / "drawings" / f"{name}.pdf")
    page = document[0]
    corner = pymupdf.Rect(0.6 * page.rect.width, 0.6 * page.rect.height, page.rect.width, page.rect.height)
    picture = page.get_pixmap(dpi=DPI, clip=corner)
    page.add_redact_annot(corner * page.derotation_matrix, fill=(1, 1, 1))
    page.apply_redactions()
    page.insert_image(corner * page.derotation_matrix, pixmap=picture, rotate=page.rotation)
    document.save(path)
    image = tmp_path / "page.png"
    drawn = render_page(path, 1, image, tmp_path / "thumbnail.png", DPI, 60)
    truth = read_text_layer(plans / "drawings" / f"{name}.pdf", 1, drawn.dpi, drawn.width_px, drawn.height_px)
    own = read_own_text(path, 1, image, drawn.dpi, drawn.width_px, drawn.height_px)
    assert not own.complete
    reading = read_page(path, 1, image, drawn.dpi, drawn.width_px, drawn.height_px)
    assert reading.engine is Engine.RAPIDOCR
    assert "were kept" in reading.reason
    lost = [
        "".join(line.text.split())
        for line in truth.text.blocks
        if line.box.center[0] > 0.62 * drawn.width_px
        and line.box.center[1] > 0.62 * drawn.height_px
        and line.type_size > 14
    ]
    found = "\n".join(lines(reading))
    assert sum(text in found for text in lost) >= 0.8 * len(lost) > 0


def block(*words: tuple[str, float]) -> TextBlock:
    """A line of words, each at so many pixels from the left."""
    placed = tuple(Word(text, Box(x, 100, 20 * len(text), 30)) for text, x in words)
    return TextBlock(" ".join(word.text for word in placed), Box.around(word.box for word in placed), placed)


def page(*blocks: TextBlock) -> PageText:
    return PageText(blocks, 1000, 1000, DPI)
