"""The text layer: where its words stand on the page image, what makes a line, and the facts to judge it by."""

from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest
from PIL import Image

from docpipe_assets.page_text import Box, TextBlock
from docpipe_assets.pdf.render import render_page
from docpipe_assets.pdf.text_layer import TextLayer, read_text_layer
from docpipe_tests.pdf.drawn import make_pdf, make_tiff, write

DPI = 200
INK = 128


def read(path: Path, dpi: int = DPI) -> tuple[TextLayer, np.ndarray]:
    """The text layer of the first page, and the page image as grey levels."""
    image = path.with_suffix(".png")
    made = render_page(path, 1, image, path.with_suffix(".thumbnail.png"), dpi, 60.0)
    layer = read_text_layer(path, 1, made.dpi, made.width_px, made.height_px)
    return layer, np.array(Image.open(image).convert("L"))


def texts(path: Path) -> list[str]:
    return [block.text for block in read(path)[0].text.blocks]


def within(pixels: np.ndarray, box: Box, margin: int = 2) -> np.ndarray:
    top, left = max(int(box.y) - margin, 0), max(int(box.x) - margin, 0)
    return pixels[top : int(box.bottom) + margin + 1, left : int(box.right) + margin + 1]


def assert_words_cover_the_ink(layer: TextLayer, pixels: np.ndarray) -> None:
    """Every word's box holds ink, and there is no ink outside of the words' boxes."""
    rest = pixels.copy()
    words = [word for block in layer.text.blocks for word in block.words]
    assert words
    for word in words:
        assert within(pixels, word.box, margin=0).min() < INK, word
        within(rest, word.box)[:] = 255
    assert rest.min() >= INK


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("user_unit", [1, 2.5])
@pytest.mark.parametrize("cropped", [False, True])
def test_words_stand_on_the_ink(tmp_path: Path, rotation: int, user_unit: float, cropped: bool) -> None:
    def draw(page: Any) -> None:
        write(page, 120, 150, "FIRST FLOOR PLAN")
        write(page, 300, 380, 'SCALE 1/4" = 1\'-0"', 12)
        write(page, 400, 300, "UPWARDS", 14, rotate=90)
        write(page, 200, 300, "DOWNWARDS", 14, rotate=270)
        if cropped:
            page.set_cropbox(pymupdf.Rect(70, 90, 520, 460))
        page.set_rotation(rotation)
        page.parent.xref_set_key(page.xref, "UserUnit", str(user_unit))

    layer, pixels = read(make_pdf(tmp_path / "d.pdf", draw, size=(600, 500)), dpi=120)
    assert_words_cover_the_ink(layer, pixels)
    angles = {block.text: block.angle for block in layer.text.blocks}
    assert angles == {
        "FIRST FLOOR PLAN": rotation,
        'SCALE 1/4" = 1\'-0"': rotation,
        "UPWARDS": (rotation + 270) % 360,
        "DOWNWARDS": (rotation + 90) % 360,
    }


@pytest.mark.parametrize("angle", [10, 45, 100, 210, 315])
def test_slanted_lines(tmp_path: Path, angle: int) -> None:
    def draw(page: Any) -> None:
        middle = pymupdf.Point(300, 300)
        write(page, 300, 300, "PROPERTY LINE", 16, morph=(middle, pymupdf.Matrix(-angle)))

    layer, pixels = read(make_pdf(tmp_path / "d.pdf", draw, size=(600, 600)))
    (line,) = layer.text.blocks
    assert line.text == "PROPERTY LINE"
    assert line.angle == pytest.approx(angle, abs=0.1)
    assert_words_cover_the_ink(layer, pixels)


def test_type_size_is_that_of_the_type(tmp_path: Path) -> None:
    layer, _ = read(make_pdf(tmp_path / "d.pdf", lambda page: write(page, 100, 100, "A-101", 36)))
    assert layer.text.blocks[0].type_size == pytest.approx(36 / 72 * DPI, rel=0.02)


def test_cells_of_a_row_are_blocks_of_their_own(tmp_path: Path) -> None:
    row = "101      LOBBY          CPT-1"
    assert texts(make_pdf(tmp_path / "d.pdf", lambda page: write(page, 50, 100, row, 12))) == [
        "101",
        "LOBBY",
        "CPT-1",
    ]


def test_pieces_of_a_line_are_joined(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        x = 50.0
        for piece in ("GENERAL", "NOTES", "AND", "SYM", "BOLS"):
            write(page, x, 100, piece, 12)
            space = 0 if piece == "SYM" else 4
            x += pymupdf.get_text_length(piece, fontsize=12) + space

    assert texts(make_pdf(tmp_path / "d.pdf", draw)) == ["GENERAL NOTES AND SYMBOLS"]


def test_pieces_drawn_out_of_order_are_joined(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        width = pymupdf.get_text_length("FLOOR", fontsize=12)
        write(page, 54 + width, 100, "PLAN", 12)
        write(page, 50, 300, "ELSEWHERE", 12)
        write(page, 50, 100, "FLOOR", 12)

    assert texts(make_pdf(tmp_path / "d.pdf", draw)) == ["FLOOR PLAN", "ELSEWHERE"]


def test_labels_at_slightly_different_heights_do_not_break_a_line(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        write(page, 50, 100, "UPPER", 12)
        write(page, 50 + pymupdf.get_text_length("UPPER ", fontsize=12), 100, "ROOF", 12)
        for step in range(1, 14):
            write(page, 20 + 30 * step, 100 + step, f"{step}", 12)

    assert "UPPER ROOF" in texts(make_pdf(tmp_path / "d.pdf", draw))


def test_a_rule_parts_what_would_read_together(tmp_path: Path) -> None:
    width = pymupdf.get_text_length("6'-0\"", fontsize=12)

    def cells(page: Any) -> None:
        write(page, 50, 100, "6'-0\"", 12)
        write(page, 50 + width + 6, 100, "7'-0\"", 12)

    def ruled_cells(page: Any) -> None:
        cells(page)
        page.draw_line((53 + width, 80), (53 + width, 110))

    assert texts(make_pdf(tmp_path / "1.pdf", cells)) == ["6'-0\" 7'-0\""]
    assert texts(make_pdf(tmp_path / "2.pdf", ruled_cells)) == ["6'-0\"", "7'-0\""]


def test_a_number_in_larger_type_is_not_part_of_the_note_beside_it(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        write(page, 50, 100, "2", 24)
        write(page, 68, 100, '1/4" = 1\'-0"', 10)

    assert texts(make_pdf(tmp_path / "d.pdf", draw)) == ["2", '1/4" = 1\'-0"']


def test_lines_below_one_another_stay_apart(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        write(page, 50, 100, "SECOND & THIRD", 12)
        write(page, 50, 113, "FLOOR PLAN", 12)

    assert texts(make_pdf(tmp_path / "d.pdf", draw)) == ["SECOND & THIRD", "FLOOR PLAN"]


def test_type_printed_twice_is_read_once(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        write(page, 50, 100, "ROOF PLAN", 12)
        write(page, 50.4, 100, "ROOF PLAN", 12)
        write(page, 50, 200, "ROOF PLAN", 12)

    assert texts(make_pdf(tmp_path / "d.pdf", draw)) == ["ROOF PLAN", "ROOF PLAN"]


def test_characters_are_what_readers_of_drawings_expect(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        writer = pymupdf.TextWriter(page.rect)
        writer.append((50, 100), "of\ufb01ce\u00a0A\u00ad1 \u201c4\u201d", pymupdf.Font("helv"), 12)
        writer.write_text(page)

    assert texts(make_pdf(tmp_path / "d.pdf", draw)) == ["office A-1 \u201c4\u201d"]


def test_what_is_off_the_page_is_left_out(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        write(page, 50, 100, "ON THE SHEET", 12)
        write(page, 50, 700, "BESIDE IT", 12)
        write(page, 50, 200, "SPECK", 0.1)
        page.set_cropbox(pymupdf.Rect(0, 0, 595, 500))

    assert texts(make_pdf(tmp_path / "d.pdf", draw)) == ["ON THE SHEET"]


def test_markup_is_read(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        page.add_freetext_annot((50, 50, 300, 100), "SEE RFI 12", fontsize=20)

    layer, pixels = read(make_pdf(tmp_path / "d.pdf", draw))
    assert layer.text.text == "SEE RFI 12"
    assert_words_cover_the_ink(layer, pixels)


@pytest.mark.parametrize("rotation", [0, 90])
def test_comments_that_hold_stroke_lettering_are_read(tmp_path: Path, rotation: int) -> None:
    def draw(page: Any) -> None:
        for place, text in (
            ((100, 100, 260, 112), "SITE PLAN"),
            ((300, 200, 312, 330), "N 12 E"),
            ((50, 400, 90, 410), "reviewer"),
        ):
            comment = page.add_rect_annot(place)
            comment.set_info(title="Reviewer" if text == "reviewer" else "AutoCAD SHX Text", content=text)
        page.set_rotation(rotation)

    path = make_pdf(tmp_path / "d.pdf", draw)
    layer, _ = read(path)
    across, upwards = sorted(layer.text.blocks, key=lambda block: block.text, reverse=True)
    assert (across.text, upwards.text) == ("SITE PLAN", "N 12 E")
    if rotation == 0:
        assert (across.angle, upwards.angle) == (0, 270)
        assert across.box.x == pytest.approx(100 / 72 * DPI, abs=4)
        assert [word.text for word in across.words] == ["SITE", "PLAN"]
        assert across.words[1].box.x > across.words[0].box.right
        assert upwards.words[1].box.bottom < upwards.words[0].box.y
    else:
        assert across.box.height == pytest.approx(160 / 72 * DPI, rel=0.05)


def test_facts_of_invisible_text_over_a_scan(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 50, 70), 0)
        picture.clear_with(200)
        page.insert_image(page.rect, pixmap=picture, keep_proportion=False)
        write(page, 50, 100, "SCANNED BY", 12, render_mode=3)
        write(page, 50, 200, "STAMP", 12)

    facts = read(make_pdf(tmp_path / "d.pdf", draw))[0].facts
    assert facts.characters == facts.letters_and_digits == 14
    assert facts.invisible_share == pytest.approx(9 / 14)
    assert (facts.images, facts.image_coverage) == (1, 1.0)
    assert facts.unreadable_share == 0


def test_image_coverage_counts_overlaps_once(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 10, 10), 0)
        for _ in range(2):
            page.insert_image((0, 0, 300, 400), pixmap=picture, keep_proportion=False, overlay=True)

    facts = read(make_pdf(tmp_path / "d.pdf", draw, size=(600, 800)))[0].facts
    assert facts.image_coverage == pytest.approx(0.25, abs=0.02)


def test_facts_of_drawn_lettering(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        for column in range(10):
            x = 50 + 12 * column
            page.draw_polyline([(x, 100), (x + 4, 90), (x + 8, 100), (x + 4, 97)], fill=(0, 0, 0), color=None)
        page.draw_line((50, 200), (500, 200))

    facts = read(make_pdf(tmp_path / "d.pdf", draw))[0].facts
    assert facts.lettering_outlines == 10
    assert facts.paths >= 11
    assert facts.characters == 0


def test_facts_of_a_font_without_a_map(plans: Path) -> None:
    path = plans / "drawings" / "farmhouse_open_source_blueprints.pdf"
    layer = read_text_layer(path, 4, DPI, 3400, 2200)
    assert 0 < layer.facts.unreadable_share < 0.1


def test_a_tiff_has_no_text_layer(tmp_path: Path) -> None:
    path = make_tiff(tmp_path / "s.tif", Image.new("L", (400, 300), 255), dpi=(200, 200))
    layer = read_text_layer(path, 1, 200, 400, 300)
    assert layer.text.blocks == ()
    assert layer.facts.image_coverage == 1


def find(blocks: tuple[TextBlock, ...], text: str) -> list[TextBlock]:
    return [block for block in blocks if block.text == text]


def test_a_real_sheet_turned_by_rotate(plans: Path, tmp_path: Path) -> None:
    path = plans / "drawings" / "kegonsa_30x42_set.pdf"
    made = render_page(path, 2, tmp_path / "p.png", tmp_path / "t.png", 100, 60.0)
    blocks = read_text_layer(path, 2, made.dpi, made.width_px, made.height_px).text.blocks
    assert len(find(blocks, '1/4" = 1\'-0"')) == 3
    (number,) = find(blocks, "A-102")
    assert number.box.x > 0.85 * made.width_px
    assert number.box.y > 0.85 * made.height_px
    (phone,) = [block for block in blocks if "773-425-6456" in block.text]
    assert phone.text == "2042 Barber Dr. | Stoughton, WI 53589 | 773-425-6456"
    pixels = np.array(Image.open(tmp_path / "p.png").convert("L"))
    assert all(within(pixels, word.box).min() < 200 for block in blocks for word in block.words)
