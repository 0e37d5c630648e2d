"""Page images: their size, resolution, colour, thumbnails, and the pages that cannot be drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from docpipe_assets.errors import PageError
from docpipe_assets.pdf.render import THUMBNAIL_PX, PageImage, render_page
from docpipe_assets.stages.pool import ChildTimedOut, PagePool
from docpipe_assets.vocabulary import ErrorCode
from docpipe_tests.pdf.drawn import make_pdf, make_tiff, write

Rendered = tuple[PageImage, Image.Image, Image.Image]


def render(path: Path, page_number: int = 1, dpi: int = 200, max_megapixels: float = 60.0) -> Rendered:
    image, thumbnail = path.parent / "page.png", path.parent / "thumbnail.png"
    made = render_page(path, page_number, image, thumbnail, dpi, max_megapixels)
    return made, Image.open(image), Image.open(thumbnail)


def refusal(path: Path, page_number: int = 1) -> PageError:
    with pytest.raises(PageError) as caught:
        render(path, page_number)
    return caught.value


def blank(page: object) -> None:
    """Draw nothing."""


def scan(width: int, height: int) -> Image.Image:
    """A bilevel page with a black bar in its upper left eighth."""
    page = Image.new("1", (width, height), 1)
    page.paste(0, (0, 0, width // 8, height // 8))
    return page


def test_a_sheet_has_its_real_size_at_200_dpi(tmp_path: Path) -> None:
    made, image, thumbnail = render(make_pdf(tmp_path / "d.pdf", blank, size=(36 * 72, 24 * 72)))
    assert (made.width_px, made.height_px, made.dpi) == (7200, 4800, 200.0)
    assert (made.width_in, made.height_in) == (36.0, 24.0)
    assert image.size == (7200, 4800)
    assert thumbnail.size == (THUMBNAIL_PX, 171)


def test_rotation_and_user_unit_count_for_the_size(tmp_path: Path) -> None:
    def turn(page: object) -> None:
        page.set_rotation(90)
        page.parent.xref_set_key(page.xref, "UserUnit", "2")

    made, image, _ = render(make_pdf(tmp_path / "d.pdf", turn, size=(720, 360)))
    assert (made.width_in, made.height_in, made.rotation) == (10.0, 20.0, 90)
    assert image.size == (2000, 4000)


def test_a_page_without_colour_is_grey_and_one_with_a_red_line_is_not(tmp_path: Path) -> None:
    grey = make_pdf(tmp_path / "grey.pdf", lambda page: page.draw_rect((50, 50, 300, 300), fill=(0.5,) * 3))
    made, image, _ = render(grey)
    assert (made.in_colour, image.mode) == (False, "L")
    assert image.getpixel((400, 400)) == pytest.approx(127, abs=2)

    red = make_pdf(
        tmp_path / "red.pdf", lambda page: page.draw_line((50, 50), (90, 50), color=(1, 0, 0), width=0.3)
    )
    made, image, _ = render(red)
    assert (made.in_colour, image.mode) == (True, "RGB")


def test_a_large_page_is_drawn_at_a_lower_resolution(tmp_path: Path) -> None:
    made, image, _ = render(make_pdf(tmp_path / "d.pdf", blank, size=(60 * 72, 40 * 72)), max_megapixels=15)
    assert made.dpi == 79.0
    assert image.size == (60 * 79, 40 * 79)
    assert (made.width_in, made.height_in) == (60.0, 40.0)


def test_a_page_too_large_at_any_resolution(tmp_path: Path) -> None:
    error = refusal(make_pdf(tmp_path / "d.pdf", blank, size=(14_400, 14_400)))
    assert error.code is ErrorCode.PAGE_TOO_LARGE
    assert "200 x 200 inches" in error.message


def test_a_tiny_page_has_pixels(tmp_path: Path) -> None:
    made, image, thumbnail = render(make_pdf(tmp_path / "d.pdf", blank, size=(3, 3)), dpi=10)
    assert image.size == thumbnail.size == (made.width_px, made.height_px) == (1, 1)


def test_equal_pages_have_equal_hashes(tmp_path: Path) -> None:
    first, _, _ = render(make_pdf(tmp_path / "1.pdf", lambda page: write(page, 50, 50, "A-101")))
    again, _, _ = render(make_pdf(tmp_path / "2.pdf", lambda page: write(page, 50, 50, "A-101")))
    other, _, _ = render(make_pdf(tmp_path / "3.pdf", lambda page: write(page, 50, 50, "A-102")))
    assert first.content_hash == again.content_hash != other.content_hash


def test_a_text_layer_is_noticed(tmp_path: Path) -> None:
    assert render(make_pdf(tmp_path / "1.pdf", lambda page: write(page, 50, 50, "A-101")))[0].has_text_layer
    assert not render(make_pdf(tmp_path / "2.pdf", lambda page: write(page, 50, 50, "  ")))[0].has_text_layer


def test_markup_is_drawn(tmp_path: Path) -> None:
    marked = make_pdf(
        tmp_path / "d.pdf",
        lambda page: page.add_freetext_annot((50, 50, 300, 100), "SEE RFI 12", fontsize=20),
    )
    made, image, _ = render(marked)
    assert made.has_text_layer
    assert image.convert("L").getextrema()[0] < 100


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(make_pdf(tmp_path / "d.pdf", blank), 2).code is ErrorCode.PAGE_UNREADABLE


def test_a_damaged_page_beside_a_good_one(plans: Path, tmp_path: Path) -> None:
    document = tmp_path / "d.pdf"
    document.write_bytes((plans / "odd" / "page_tree_cycle.pdf").read_bytes())
    assert render(document, 1)[0].width_px == 1653
    assert refusal(document, 2).code is ErrorCode.PAGE_UNREADABLE


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw", "packbits", "raw"])
def test_a_bilevel_scan_keeps_its_resolution(tmp_path: Path, compression: str) -> None:
    path = make_tiff(
        tmp_path / "s.tif", scan(1200, 800), scan(800, 1200), dpi=(400, 400), compression=compression
    )
    made, image, _ = render(path)
    assert (made.width_px, made.height_px, made.dpi, made.dpi_assumed) == (1200, 800, 400.0, False)
    assert (made.width_in, made.height_in) == (3.0, 2.0)
    assert image.mode == "L"
    assert (image.getpixel((75, 50)), image.getpixel((300, 300))) == (0, 255)
    assert render(path, 2)[0].height_in == 3.0


def test_a_scan_in_colour(tmp_path: Path) -> None:
    path = make_tiff(tmp_path / "s.tif", Image.new("RGB", (400, 300), (200, 30, 30)), compression="jpeg")
    made, image, _ = render(path)
    assert made.in_colour
    assert image.getpixel((200, 150)) == pytest.approx((200, 30, 30), abs=6)


def test_a_grey_scan_stored_in_colour_is_grey(tmp_path: Path) -> None:
    page = Image.effect_noise((600, 400), 60).convert("RGB")
    made, image, _ = render(make_tiff(tmp_path / "s.tif", page, compression="jpeg"))
    assert (made.in_colour, image.mode) == (False, "L")


@pytest.mark.parametrize(
    "page",
    [
        Image.new("I;16", (40, 30), 65535),
        Image.new("CMYK", (40, 30), (0, 0, 0, 0)),
        Image.new("L", (40, 30), 255).convert("P"),
        Image.new("LA", (40, 30), (0, 0)),
        Image.new("RGBA", (40, 30), (0, 0, 0, 0)),
    ],
    ids=lambda page: page.mode,
)
def test_other_kinds_of_pixels_come_out_white(tmp_path: Path, page: Image.Image) -> None:
    _, image, _ = render(make_tiff(tmp_path / "s.tif", page))
    assert image.convert("L").getextrema() == (255, 255)


def test_centimetres(tmp_path: Path) -> None:
    path = make_tiff(tmp_path / "s.tif", scan(600, 600), resolution=100, resolution_unit=3)
    assert render(path)[0].dpi == pytest.approx(254)


@pytest.mark.parametrize("dpi", [None, (1, 1), (0, 0), (50_000, 50_000)])
def test_a_scan_without_a_sensible_resolution_is_taken_for_a_sheet_of_paper(
    tmp_path: Path, dpi: tuple[int, int] | None
) -> None:
    options = {} if dpi is None else {"dpi": dpi}
    made, _, _ = render(make_tiff(tmp_path / "s.tif", scan(3300, 2550), **options))
    assert (made.dpi, made.dpi_assumed) == (300.0, True)
    assert (made.width_in, made.height_in) == (11.0, 8.5)


def test_a_scan_of_screen_resolution_as_large_as_a_wall_says_nothing(tmp_path: Path) -> None:
    made, _, _ = render(make_tiff(tmp_path / "s.tif", scan(6800, 4400), dpi=(72, 72)))
    assert (made.width_in, made.height_in, made.dpi_assumed) == (34.0, 22.0, True)


def test_a_fax_with_oblong_pixels_is_made_square(tmp_path: Path) -> None:
    made, image, _ = render(make_tiff(tmp_path / "s.tif", scan(816, 490), dpi=(204, 98)))
    assert made.dpi == 204.0
    assert image.size == (816, 1020)


def test_a_scan_over_the_limit_is_reduced(tmp_path: Path) -> None:
    path = make_tiff(tmp_path / "s.tif", scan(4000, 2000), dpi=(400, 400), compression="group4")
    made, image, _ = render(path, max_megapixels=2)
    assert made.dpi == 200.0
    assert image.size == (2000, 1000)
    assert (made.width_in, made.height_in) == (10.0, 5.0)
    assert image.getpixel((100, 50)) == 0


def test_small_copies_in_a_tiff_are_not_pages(tmp_path: Path) -> None:
    path = tmp_path / "s.tif"
    copy = scan(100, 80)
    copy.encoderinfo = {"tiffinfo": {254: 1}}
    scan(1000, 800).save(path, "TIFF", save_all=True, append_images=[copy, scan(900, 700)], dpi=(100, 100))
    assert render(path, 2)[0].width_px == 900


def test_a_turned_scan_is_set_upright(tmp_path: Path) -> None:
    path = make_tiff(tmp_path / "s.tif", scan(800, 400), dpi=(200, 200), tiffinfo={274: 6})
    made, image, _ = render(path)
    assert image.size == (400, 800)
    assert (made.width_in, made.height_in) == (2.0, 4.0)
    assert image.getpixel((390, 10)) == 0


def test_a_damaged_scan(tmp_path: Path) -> None:
    path = make_tiff(tmp_path / "s.tif", Image.effect_noise((300, 300), 50), compression="tiff_lzw")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8000] = b"\xff" * 8000
    path.write_bytes(content)
    assert refusal(path).code is ErrorCode.PAGE_UNREADABLE


@pytest.fixture(scope="module")
def pool() -> Iterator[PagePool]:
    with PagePool(workers=2, memory_limit_mb=1000) as pool:
        yield pool


def test_a_page_without_end_times_out_and_nothing_else_suffers(
    plans: Path, tmp_path: Path, pool: PagePool
) -> None:
    odd = plans / "odd"
    calls = [
        (name, (odd / f"{name}.pdf", 1, tmp_path / f"{name}.png", tmp_path / f"{name}-t.png", 200, 60.0))
        for name in ("synthetic_form_laughs_1e9", "no_contents", "tiny_3x3pt", "enc_r6_owner_only")
    ]
    outcomes = {outcome.key: outcome for outcome in pool.map(render_page, calls, timeout_s=15)}
    assert isinstance(outcomes.pop("synthetic_form_laughs_1e9").error, ChildTimedOut)
    assert all(outcome.result().width_px > 0 for outcome in outcomes.values())


def test_an_image_that_inflates_to_400_mb_stays_within_memory(
    plans: Path, tmp_path: Path, pool: PagePool
) -> None:
    made = pool.run(
        render_page,
        plans / "odd" / "synthetic_flate_bomb_400MB.pdf",
        1,
        tmp_path / "page.png",
        tmp_path / "thumbnail.png",
        200,
        60.0,
        timeout_s=60,
    )
    assert (made.width_px, made.height_px) == (1700, 2200)


@pytest.mark.parametrize(
    ("page_number", "size_in", "rotation"),
    [(1, (8.5, 11), 0), (2, (17, 22), 0), (4, (8.5, 11), 0)],
)
def test_user_units_of_a_real_document(
    plans: Path, tmp_path: Path, page_number: int, size_in: tuple[float, float], rotation: int
) -> None:
    made = render_page(
        plans / "odd" / "userunit_mixed_rot.pdf", page_number, tmp_path / "p.png", tmp_path / "t.png", 50, 60
    )
    assert (made.width_in, made.height_in) == size_in
    assert made.rotation == rotation
