"""Which text layers are believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from docpipe_assets.ocr.coverage import lettering_coverage
from docpipe_assets.ocr.read import PageReading, read_page
from docpipe_assets.ocr.trust import judge_layer
from docpipe_assets.pdf.render import render_page
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.vocabulary import Engine
from docpipe_tests.ocr.conftest import DPI, Sheet

NewSheet = Callable[[float, float], Sheet]

NOTES = (
    "GENERAL NOTES",
    "ALL DIMENSIONS ARE TO FACE OF STUD UNLESS NOTED OTHERWISE",
    "CONTRACTOR SHALL VERIFY ALL CONDITIONS IN THE FIELD",
    "PROVIDE BLOCKING FOR ALL WALL MOUNTED EQUIPMENT AND CABINETS",
    "FIRE RATED PARTITIONS EXTEND TO UNDERSIDE OF DECK ABOVE",
    "SEE STRUCTURAL DRAWINGS FOR SIZE AND SPACING OF JOISTS",
    "PATCH AND REPAIR ALL SURFACES DISTURBED BY DEMOLITION WORK",
)
TITLE_BLOCK = (
    "FIRST FLOOR PLAN",
    "PROJECT NO 2104",
    "DRAWN BY JB",
    "DATE 2021-04-30",
    "SCALE 1:100",
    "A-101",
)


def notes(drawn: Sheet, **how: Any) -> None:
    for column in range(3):
        for number, text in enumerate(NOTES):
            drawn.write(0.6 + 4.6 * column, 1 + 0.3 * number, text, **how)


def title_block(drawn: Sheet, **how: Any) -> None:
    for number, text in enumerate(TITLE_BLOCK):
        drawn.write(14, 8.6 + 0.3 * number, text, size=11, **how)


def outlined(drawn: Sheet) -> Sheet:
    """The same page with its lettering as outlines."""
    svg = drawn.page.get_svg_image(text_as_path=True)
    drawn.document = pymupdf.open("pdf", pymupdf.open("svg", svg.encode()).convert_to_pdf())
    drawn.page = drawn.document[0]
    return drawn


def scanned(drawn: Sheet) -> Sheet:
    """The same page as a picture."""
    picture, page = drawn.page.get_pixmap(dpi=DPI), drawn.page.rect
    drawn.document = pymupdf.open()
    drawn.page = drawn.document.new_page(width=page.width, height=page.height)
    drawn.page.insert_image(page, pixmap=picture)
    return drawn


def map_characters(drawn: Sheet, ranges: str) -> None:
    """Say in the font that its codes mean other characters."""
    document = drawn.document
    (font, *_), *_ = drawn.page.get_fonts()
    cmap = document.get_new_xref()
    document.update_object(cmap, "<<>>")
    document.update_stream(
        cmap,
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def "
        f"1 begincodespacerange <00> <ff> endcodespacerange {ranges} endcmap end end".encode(),
    )
    document.xref_set_key(font, "ToUnicode", f"{cmap} 0 R")


def read(drawn: Sheet) -> PageReading:
    drawn.save()
    # What a changed font means shows only in a document that is opened anew.
    image = pymupdf.open(drawn.pdf)[0].get_pixmap(dpi=DPI)
    image.save(drawn.image)
    return read_page(drawn.pdf, 1, drawn.image, DPI, image.width, image.height)


@pytest.fixture
def tabloid(sheet: NewSheet) -> Sheet:
    return sheet(17, 11)


def test_a_sound_layer_is_believed(tabloid: Sheet) -> None:
    notes(tabloid)
    title_block(tabloid)
    reading = read(tabloid)
    assert (reading.engine, reading.mean_confidence) == (Engine.TEXT_LAYER, 1.0)
    assert "believed" in reading.reason
    assert "PROJECT NO 2104" in reading.text.text


def test_an_empty_layer_is_not(tabloid: Sheet) -> None:
    title_block(tabloid)
    reading = read(scanned(tabloid))
    assert reading.engine is Engine.RAPIDOCR
    assert "no text of its own" in reading.reason
    assert "A-101" in reading.text.text
    assert reading.mean_confidence > 0.9


def test_a_font_without_characters_is_not_believed(tabloid: Sheet) -> None:
    title_block(tabloid)
    map_characters(tabloid, "1 beginbfrange <20> <7e> <e020> endbfrange")
    reading = read(tabloid)
    assert "no readable characters" in reading.reason
    assert "PROJECT NO 2104" in reading.text.text


@pytest.mark.parametrize("shift", [1, 3, 7, 13, 20])
def test_shifted_letters_are_not_believed(tabloid: Sheet, shift: int) -> None:
    notes(tabloid)
    ranges = [f"<{65 + n:02x}> <{65 + n:02x}> <{65 + (n + shift) % 26:04x}>" for n in range(26)]
    map_characters(tabloid, f"26 beginbfrange {' '.join(ranges)} endbfrange")
    assert _verdict(tabloid) == (False, "its own text is garbled: a font maps to wrong characters")


def test_letters_that_became_signs_are_not_believed(tabloid: Sheet) -> None:
    notes(tabloid)
    map_characters(tabloid, "1 beginbfrange <41> <4f> <0021> endbfrange")
    assert _verdict(tabloid) == (False, "its own text is garbled: a font maps to wrong characters")


@pytest.mark.parametrize(
    "text",
    [
        "ESCALA DIMENSOES EM METROS SALVO INDICACAO EM CONTRARIO VERIFICAR TODAS AS MEDIDAS NO LOCAL ANTES DA "
        "EXECUCAO DAS OBRAS PAREDES DE ALVENARIA REVESTIDAS COM ARGAMASSA COBERTURA EM TELHA CERAMICA "
        "PAVIMENTO EM MOSAICO CAIXILHARIA DE ALUMINIO LACADO",
        "TUM OLCULER SANTIMETRE CINSINDENDIR UYGULAMADAN ONCE BUTUN OLCULER YERINDE KONTROL EDILECEKTIR "
        "BETONARME DUVAR KALINLIKLARI STATIK PROJEYE GORE YAPILACAKTIR ZEMIN KAT PLANI MUTFAK BANYO YATAK "
        "ODASI SALON GIRIS HOLU BALKON MERDIVEN KESITI",
        "ALLA MATT I MILLIMETER OM INTE ANNAT ANGES KONTROLLERA MATT PA PLATS INNAN ARBETET PABORJAS PLAN OVER "
        "BOTTENVANING SOVRUM KOK VARDAGSRUM BADRUM TRAPPA FORRAD YTTERVAGG AV TEGEL BJALKLAG AV BETONG "
        "FASAD MOT SODER TAKPLAN DETALJ FONSTER",
        'GYP BD TYP CLG HT AFF CONT MTL STUD FRMG @ 16" OC VERT REINF EQ SP BTWN COLS CONC FTG BRG PL W/ ANCH '
        "BLTS EMBED MIN EXTG WD JST HGR SIM OPP HD TRTD SILL PL ALUM STOREFRONT SYS INSUL R-19 BATT VAPOR "
        "BARR EXT PLYWD SHTHG WRB FLASHG SEALANT BKR ROD GWB EA SIDE STL LINTEL BRK VEN CMU GRT CELLS",
    ],
)
def test_other_languages_and_abbreviations_are_believed(tabloid: Sheet, text: str) -> None:
    words = text.split()
    for number in range(0, len(words), 6):
        tabloid.write(1, 1 + number / 20, " ".join(words[number : number + 6]))
    assert _verdict(tabloid)[0]


def test_one_line_over_outlined_lettering_is_not_believed(tabloid: Sheet) -> None:
    notes(tabloid)
    title_block(tabloid)
    outlined(tabloid).write(0.5, 10.7, "COPYRIGHT 2021 BY THE ARCHITECT. ALL RIGHTS RESERVED.", size=6)
    reading = read(tabloid)
    assert reading.engine is Engine.RAPIDOCR
    assert "lacks most of the lettering" in reading.reason
    assert "1 line of it was kept" in reading.reason
    assert "SCALE 1:100" in reading.text.text


def test_a_layer_without_the_title_block_is_not_believed(tabloid: Sheet) -> None:
    title_block(tabloid)
    notes(outlined(tabloid))
    assert _verdict(tabloid) == (False, "its own text lacks the title block")


def test_a_stamp_on_a_picture_is_not_believed(tabloid: Sheet) -> None:
    notes(tabloid)
    scanned(tabloid).write(14, 10, "RECEIVED 2021-05-03 BUILDING DEPARTMENT")
    trusted, reason = _verdict(tabloid)
    assert not trusted
    assert "lacks most of the lettering" in reason


def test_invisible_text_over_a_picture_is_not_believed(tabloid: Sheet) -> None:
    notes(tabloid)
    notes(scanned(tabloid), render_mode=3)
    assert _verdict(tabloid) == (False, "its own text is invisible: somebody else's OCR of a scan")


def test_invisible_text_behind_drawn_lettering_is_believed(tabloid: Sheet) -> None:
    notes(tabloid)
    notes(outlined(tabloid), render_mode=3)
    assert _verdict(tabloid)[0]


def test_visible_text_over_a_picture_is_believed(tabloid: Sheet) -> None:
    tabloid.page.draw_rect(tabloid.page.rect, fill=(0.9, 0.95, 1))
    notes(scanned(tabloid))
    title_block(tabloid)
    assert _verdict(tabloid)[0]


@pytest.mark.parametrize(
    "name",
    ["kegonsa_11x17_S101", "kegonsa_site_plan_zoning", "kegonsa_ask002_mixed", "pypdf_autocad_cable_gland"],
)
def test_real_sheets_are_believed(plans: Path, tmp_path: Path, name: str) -> None:
    for reading in _readings(plans / "drawings" / f"{name}.pdf", tmp_path):
        assert reading.engine is Engine.TEXT_LAYER


def test_a_real_sketch_without_layer_goes_to_ocr(plans: Path, tmp_path: Path) -> None:
    (reading,) = _readings(plans / "drawings" / "kegonsa_asbuilt_sketch.pdf", tmp_path)
    assert reading.engine is Engine.RAPIDOCR
    assert "no text of its own" in reading.reason


def _readings(path: Path, folder: Path) -> Iterator[PageReading]:
    image, thumbnail = folder / "page.png", folder / "thumbnail.png"
    for number in range(1, pymupdf.open(path).page_count + 1):
        drawn = render_page(path, number, image, thumbnail, DPI, 60)
        yield read_page(path, number, image, drawn.dpi, drawn.width_px, drawn.height_px)


def _verdict(drawn: Sheet) -> tuple[bool, str]:
    """Whether the layer is trusted and why, as `read_page` judges it, without the OCR that would follow."""
    drawn.save()
    image = pymupdf.open(drawn.pdf)[0].get_pixmap(dpi=DPI)
    image.save(drawn.image)
    layer = read_text_layer(drawn.pdf, 1, DPI, image.width, image.height)
    verdict = judge_layer(layer, lettering_coverage(drawn.image, layer.text))
    return verdict.trusted, verdict.reason
