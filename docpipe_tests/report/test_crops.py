import random
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from docpipe_assets.page_text import Box
from docpipe_assets.report import contact_sheet, cut_evidence
from docpipe_assets.report.crops import OUTLINE, SHEET, miniature
from docpipe_tests.report.samples import picture

PAGE = (3000, 2000)
INK = (0, 90, 200)


@pytest.fixture
def page_png(tmp_path: Path) -> Path:
    """A white page with a blue bar at (2500, 1700), 160 x 40 px."""
    image = Image.new("RGB", PAGE, "white")
    ImageDraw.Draw(image).rectangle((2500, 1700, 2659, 1739), fill=INK)
    image.save(tmp_path / "page.png")
    return tmp_path / "page.png"


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"), dtype=int)


def near(image: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(image - np.array(colour)).sum(axis=2) < 110


def extent(mask: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.where(mask)
    return columns.min(), rows.min(), columns.max(), rows.max()


def test_the_crop_shows_the_box_outlined_with_its_surroundings(page_png: Path) -> None:
    crop = pixels(cut_evidence(page_png, {"number": Box(2500, 1700, 160, 40)})["number"])
    bar, outline = extent(near(crop, INK)), extent(near(crop, OUTLINE))
    assert bar[2] - bar[0] == pytest.approx(160, abs=3)
    assert bar[3] - bar[1] == pytest.approx(40, abs=3)
    gaps = [bar[0] - outline[0], bar[1] - outline[1], outline[2] - bar[2], outline[3] - bar[3]]
    assert all(2 <= gap <= 8 for gap in gaps)
    height, width = crop.shape[:2]
    margins = [outline[0], outline[1], width - outline[2], height - outline[3]]
    assert all(margin >= 25 for margin in margins)
    assert near(crop, OUTLINE).sum() < 0.1 * width * height


@pytest.mark.parametrize(
    ("box", "limit"),
    [
        (Box(100, 900, 2800, 100), (640, 200)),
        (Box(100, 100, 2800, 1800), (640, 200)),
        (Box(2900, 100, 60, 1800), (200, 640)),
        (Box(0, 0, 1, 1), (640, 200)),
    ],
)
def test_crops_stay_within_their_limits(page_png: Path, box: Box, limit: tuple[int, int]) -> None:
    crop = Image.open(BytesIO(cut_evidence(page_png, {"title": box})["title"]))
    assert crop.width <= limit[0]
    assert crop.height <= limit[1]


@pytest.mark.parametrize(
    "box",
    [
        Box(0, 0, 120, 40),
        Box(2880, 0, 120, 40),
        Box(0, 1960, 120, 40),
        Box(2880, 1960, 120, 40),
        Box(-50, -20, 100, 40),
        Box(2950, 1980, 300, 100),
    ],
)
def test_a_box_at_the_border_is_cut_without_anything_beyond_the_page(page_png: Path, box: Box) -> None:
    crop = pixels(cut_evidence(page_png, {"scale": box})["scale"])
    assert not near(crop, (0, 0, 0)).any(), "beyond the border Pillow would paint black"
    assert near(crop, OUTLINE).any()


def test_boxes_off_the_page_have_no_crop(page_png: Path) -> None:
    off = {"a": Box(3000, 10, 50, 20), "b": Box(10, 2100, 50, 20), "c": Box(-80, 10, 50, 20)}
    assert set(cut_evidence(page_png, off)) == {SHEET}


def test_the_whole_page_comes_along(page_png: Path) -> None:
    pictures = cut_evidence(page_png, {"number": Box(2500, 1700, 160, 40)})
    assert set(pictures) == {"number", SHEET}
    sheet = pixels(pictures[SHEET])
    assert sheet.shape[:2] == (667, 1000)
    assert extent(near(sheet, INK)) == pytest.approx((833, 567, 886, 579), abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA"])
def test_page_images_of_any_kind_are_cut_on_white_paper(mode: str, tmp_path: Path) -> None:
    image = Image.new("RGBA", (800, 600), (255, 255, 255, 0))
    ImageDraw.Draw(image).rectangle((400, 300, 499, 329), fill=(0, 0, 0, 255))
    if mode in ("LA", "RGBA"):
        image.convert(mode).save(tmp_path / "page.png")
    else:
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.split()[3])
        paper.convert(mode).save(tmp_path / "page.png")
    crop = pixels(cut_evidence(tmp_path / "page.png", {"number": Box(400, 300, 100, 30)})["number"])
    assert crop[2, 2].min() > 245
    assert crop[crop.shape[0] // 2, crop.shape[1] // 2].max() < 30


def test_a_page_of_a_few_pixels_is_cut(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), "white").save(tmp_path / "page.png")
    pictures = cut_evidence(tmp_path / "page.png", {"number": Box(1, 1, 3, 3)})
    assert Image.open(BytesIO(pictures["number"])).size == (8, 8)


def test_a_miniature_is_bounded_webp_and_small_ones_are_kept() -> None:
    small = miniature(picture(3000, 1000, "navy"), 144)
    image = Image.open(BytesIO(small))
    assert (image.format, image.size) == ("WEBP", (144, 48))
    assert miniature(small, 144) is small


def noise(seed: int) -> bytes:
    """The hardest thumbnail to compress."""
    buffer = BytesIO()
    Image.frombytes("RGB", (256, 171), random.Random(seed).randbytes(256 * 171 * 3)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("count", [1, 7, 200])
def test_a_contact_sheet_stays_under_60_kb_in_markdown(count: int) -> None:
    sheet = contact_sheet(noise(seed) for seed in range(count))
    image = Image.open(BytesIO(sheet))
    assert image.format == "JPEG"
    assert image.width <= 960
    assert len(sheet) * 4 / 3 < 60_000


def test_a_contact_sheet_shows_every_page_in_order() -> None:
    colours = ["red", "green", "blue", "black", "orange", "purple", "teal"]
    sheet = pixels(contact_sheet(picture(160, 160, colour) for colour in colours))
    centres = [sheet[82 + 164 * (n // 5), 82 + 164 * (n % 5)] for n in range(len(colours))]
    wanted = [Image.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in colours]
    assert np.abs(np.array(centres) - np.array(wanted)).max() < 40


def test_a_contact_sheet_reads_no_more_than_it_shows() -> None:
    thumbnails = iter([picture(32, 32)] * 500)
    contact_sheet(thumbnails)
    assert len(list(thumbnails)) == 300


def test_a_contact_sheet_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        contact_sheet([])
