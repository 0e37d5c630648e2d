"""The strokes of a page stand where its image shows them."""

from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest
from PIL import Image

from docpipe_assets.pdf.linework import VectorPage, read_linework
from docpipe_tests.pdf.drawn import make_pdf, make_tiff

DPI = 144
SIZE = (400, 300)


def linework(path: Path, width: int = 800, height: int = 600) -> VectorPage:
    return read_linework(path, 1, DPI, width, height)


def drawn(tmp_path: Path, draw: Any) -> VectorPage:
    return linework(make_pdf(tmp_path / "drawn.pdf", draw, SIZE))


def ends(page: VectorPage) -> set[frozenset[tuple[float, float]]]:
    return {
        frozenset({(round(float(a)), round(float(b))), (round(float(c)), round(float(d)))})
        for a, b, c, d in page.linework.segments
    }


def test_strokes_are_in_pixels_of_the_page_image(tmp_path: Path) -> None:
    page = drawn(tmp_path, lambda p: p.draw_line((50, 60), (150, 60), width=2))
    assert ends(page) == {frozenset({(100, 120), (300, 120)})}
    assert page.linework.widths.tolist() == pytest.approx([4.0])
    assert (page.linework.width_px, page.linework.height_px, page.scan) == (800, 600, False)


@pytest.mark.parametrize(
    ("rotation", "first", "second"),
    [
        (0, (100, 120), (300, 120)),
        (90, (480, 100), (480, 300)),
        (180, (700, 480), (500, 480)),
        (270, (120, 700), (120, 500)),
    ],
)
def test_strokes_turn_with_the_page(
    tmp_path: Path, rotation: int, first: tuple[int, int], second: tuple[int, int]
) -> None:
    def draw(page: Any) -> None:
        page.draw_line((50, 60), (150, 60))
        page.set_rotation(rotation)

    path = make_pdf(tmp_path / "turned.pdf", draw, SIZE)
    size = (800, 600) if rotation % 180 == 0 else (600, 800)
    assert ends(linework(path, *size)) == {frozenset({first, second})}


def test_strokes_keep_to_the_crop_box_and_the_user_unit(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        page.draw_line((50, 60), (150, 60))
        page.draw_line((5, 5), (15, 5))
        page.set_cropbox(pymupdf.Rect(20, 20, 380, 280))
        page.parent.xref_set_key(page.xref, "UserUnit", "2")

    path = make_pdf(tmp_path / "cropped.pdf", draw, SIZE)
    assert ends(linework(path, 1440, 1040)) == {frozenset({(120, 160), (520, 160)})}


def test_white_hides_and_is_no_stroke(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        page.draw_line((50, 60), (150, 60), color=(1, 1, 1))
        page.draw_rect(pymupdf.Rect(10, 10, 60, 60), color=None, fill=(1, 1, 1))

    page = drawn(tmp_path, draw)
    assert (len(page.linework.segments), len(page.linework.fills)) == (0, 0)


def test_a_thin_filled_bar_is_the_stroke_it_shows(tmp_path: Path) -> None:
    page = drawn(tmp_path, lambda p: p.draw_rect(pymupdf.Rect(50, 60, 150, 61), color=None, fill=(0, 0, 0)))
    assert ends(page) == {frozenset({(100, 121), (300, 121)})}
    assert page.linework.widths.tolist() == pytest.approx([2.0])


def test_heads_and_blocks_and_small_circles_are_shapes(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        page.draw_polyline([(50, 50), (60, 47), (60, 53)], color=None, fill=(0, 0, 0), closePath=True)
        page.draw_rect(pymupdf.Rect(100, 100, 140, 110), color=None, fill=(0, 0, 0))
        page.draw_circle((200, 200), 5)
        page.draw_circle((200, 200), 60)

    page = drawn(tmp_path, draw)
    boxes = sorted(np.round(page.linework.fills).astype(int).tolist())
    assert boxes == [[100, 94, 20, 12], [200, 200, 80, 20], [390, 390, 20, 20]]


def test_a_picture_of_paper_is_a_scan(tmp_path: Path) -> None:
    picture = tmp_path / "paper.png"
    Image.new("L", (200, 150), 255).save(picture)
    page = drawn(tmp_path, lambda p: p.insert_image(p.rect, filename=str(picture)))
    assert page.scan
    tiff = make_tiff(tmp_path / "paper.tif", Image.new("L", (80, 60), 255))
    assert linework(tiff, 80, 60).scan
