"""What the sample sets hold, read back from the files."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docpipe_assets.samples.expected import CLINIC, EXPECTED, HOUSE, OFFICES

VECTOR_SETS = [name for name, one in EXPECTED.items() if one.has_text_layer]


def _words(text: str) -> str:
    return " ".join(text.split())


def test_the_script_draws_the_same_bytes_again(sample_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made" / "anew"
    ran = subprocess.run(
        [sys.executable, "-m", "docpipe_assets.samples", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == [str(folder / name) for name in EXPECTED]
    for name in EXPECTED:
        assert (folder / name).read_bytes() == (sample_folder / name).read_bytes(), name


@pytest.mark.parametrize("name", EXPECTED)
def test_every_page_is_there_in_its_paper_size(opened: dict[str, Any], name: str) -> None:
    expected = EXPECTED[name]
    assert len(opened[name]) == len(expected.pages)
    for page in opened[name]:
        size = (page.rect.width / 72, page.rect.height / 72)
        assert size == pytest.approx(expected.page_size_in, abs=0.01)


@pytest.mark.parametrize("name", VECTOR_SETS)
def test_the_text_layer_says_what_is_expected(opened: dict[str, Any], name: str) -> None:
    for page, expected in zip(opened[name], EXPECTED[name].pages, strict=True):
        text = page.get_text()
        assert expected.sheet_number in text.splitlines()
        assert expected.sheet_title in _words(text)
        assert expected.scale_text is None or expected.scale_text in text.splitlines()


@pytest.mark.parametrize("name", VECTOR_SETS)
def test_lettering_is_text_and_stays_on_the_sheet(opened: dict[str, Any], name: str) -> None:
    for page in opened[name]:
        assert not page.get_images()
        for x0, y0, x1, y1, *_ in page.get_text("words"):
            assert x0 >= 0
            assert y0 >= 0
            assert x1 <= page.rect.width
            assert y1 <= page.rect.height


def test_the_cover_lists_every_sheet_with_its_title(opened: dict[str, Any]) -> None:
    lines = opened[CLINIC][0].get_text().splitlines()
    lines = lines[lines.index("SHEET INDEX") :]
    for expected in EXPECTED[CLINIC].pages:
        assert lines[lines.index(expected.sheet_number) + 1] == expected.sheet_title


def test_things_that_look_like_scales_stand_beside_the_scales(opened: dict[str, Any]) -> None:
    clinic = _words(" ".join(page.get_text() for page in opened[CLINIC]))
    offices = _words(" ".join(page.get_text() for page in opened[OFFICES]))
    for distractor in ("SLOPE 4:12", '1/4" PER FOOT', "1:1:6", "1:12"):
        assert distractor in clinic
    for distractor in ("1:80 FALL", "1:20 FALL", "1:20 RAMP", "1:3:6"):
        assert distractor in offices


def test_the_scan_is_images_without_text(opened: dict[str, Any], sample_folder: Path) -> None:
    kinds = set()
    for page in opened[HOUSE]:
        assert not page.get_text().strip()
        (image,) = page.get_images()
        pixels = opened[HOUSE].extract_image(image[0])
        assert sorted((pixels["width"], pixels["height"])) == [2200, 3400]
        kinds.add(image[8])
    assert kinds == {"CCITTFaxDecode", "DCTDecode"}
    assert [page.rotation for page in opened[HOUSE]].count(90) == 1
    assert (sample_folder / HOUSE).stat().st_size < 2_000_000


def test_the_scan_is_skewed_and_upright(opened: dict[str, Any]) -> None:
    import cv2
    import numpy as np
    import pymupdf

    for page in opened[HOUSE]:
        pixmap = page.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY)
        grey = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[
            :, : pixmap.width
        ]
        ink = np.where(grey < 130, 255, 0).astype(np.uint8)
        lines = cv2.HoughLinesP(ink, 1, np.pi / 1800, 200, minLineLength=650, maxLineGap=6)
        assert lines is not None
        slopes = [
            np.degrees(np.arctan2(y1 - y0, x1 - x0))
            for x0, y0, x1, y1 in lines.reshape(-1, 4)
            if abs(x1 - x0) > abs(y1 - y0)
        ]
        assert 0.35 <= abs(float(np.median(slopes))) <= 1.25
        block, opposite = ink[-180:-44, -300:-44], ink[44:180, 44:300]
        assert block.mean() > 2 * opposite.mean(), "the title block is not in the lower right corner"


def test_the_script_asks_for_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    from docpipe_assets.samples.__main__ import main

    assert main([]) == 2
    assert "which folder" in capsys.readouterr().err
