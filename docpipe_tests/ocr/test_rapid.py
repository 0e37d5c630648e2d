"""What the local engine reads off drawn page images."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from docpipe_assets.errors import PageError
from docpipe_assets.ocr.rapid import read_image
from docpipe_assets.page_text import Box, PageText, TextBlock
from docpipe_assets.vocabulary import ErrorCode
from docpipe_tests.ocr.conftest import DPI, Sheet

NewSheet = Callable[[float, float], Sheet]


def plain(text: str) -> str:
    return "".join(text.split())


def line(text: PageText, wanted: str) -> TextBlock:
    """The one line that says `wanted`."""
    (found,) = [block for block in text.blocks if plain(block.text) == plain(wanted)]
    return found


def test_reads_scales_dimensions_and_fractions(sheet: NewSheet) -> None:
    drawn = sheet(6, 5)
    lettering = [
        '1/4" = 1\'-0"',
        'SCALE: 3/32" = 1\'-0"',
        "1\" = 20'",
        "12'-6 1/2\"",
        "SCALE 1:100 @ A1",
        "FIRST FLOOR FINISH PLAN",
        "ESCALA 1:50",
        "A-101",
    ]
    for number, text in enumerate(lettering):
        drawn.write(0.5, 0.5 + 0.5 * number, text)
    seen = drawn.read()
    assert [plain(block.text) for block in seen.blocks] == [plain(text) for text in lettering]
    assert all(block.confidence > 0.9 and block.angle == 0 for block in seen.blocks)


def test_words_stand_where_they_are_drawn(sheet: NewSheet) -> None:
    drawn = sheet(6, 2)
    drawn.write(1, 1, "SECOND FLOOR PLAN", size=14)
    found = line(drawn.read(), "SECOND FLOOR PLAN")
    truth = [[value / 72 * DPI for value in word[:4]] for word in drawn.page.get_text("words")]
    assert [word.text for word in found.words] == ["SECOND", "FLOOR", "PLAN"]
    for word, (left, top, right, bottom) in zip(found.words, truth, strict=True):
        assert word.box.x == pytest.approx(left, abs=10)
        assert word.box.right == pytest.approx(right, abs=10)
        assert top - 10 < word.box.y < word.box.center[1] < word.box.bottom < bottom + 10


def test_reads_upwards_and_downwards(sheet: NewSheet) -> None:
    drawn = sheet(5, 5)
    drawn.write(1, 4, "STORAGE ROOM 104", rotate=90)
    drawn.write(3, 1, "PROPERTY LINE 66.00'", rotate=270)
    drawn.write(4, 4, "9' - 1\"", size=8, rotate=90)
    seen = drawn.read()
    upwards, downwards = line(seen, "STORAGE ROOM 104"), line(seen, "PROPERTY LINE 66.00'")
    assert (upwards.angle, downwards.angle, line(seen, "9' - 1\"").angle) == (270, 90, 270)
    assert [word.text for word in upwards.words] == ["STORAGE", "ROOM", "104"]
    assert upwards.words[0].box.y > upwards.words[-1].box.bottom
    assert downwards.words[0].box.bottom < downwards.words[-1].box.y


def test_finds_short_dimensions_that_stand_alone(sheet: NewSheet) -> None:
    drawn = sheet(11, 8)
    dimensions = ["4' - 0\"", "2' - 4\"", "9' - 11\"", "0' - 10\"", "3' - 2\"", "7' - 6\""]
    for number, text in enumerate(dimensions):
        x = 1 + 1.6 * number
        drawn.page.draw_line((72 * x, 100), (72 * x, 500), width=0.5)
        drawn.write(x - 0.05, 3 + 0.3 * number, text, size=8, rotate=90)
        drawn.write(x + 0.2, 7, text, size=8)
    seen = [(plain(block.text), block.sideways) for block in drawn.read().blocks]
    assert sorted(seen) == sorted(
        (plain(text), sideways) for text in dimensions for sideways in (True, False)
    )


def test_a_line_across_tiles_is_one_line(sheet: NewSheet) -> None:
    drawn = sheet(36, 12)
    text = "ALL WORK SHALL COMPLY WITH THE CODE AND WITH THE SPECIFICATIONS OF THE PROJECT"
    for number in range(6):
        drawn.write(1 + 5 * number, 1.0 + 1.9 * number, text, size=12)
    seen = drawn.read()
    assert [plain(block.text) for block in seen.blocks] == [plain(text)] * 6


def test_scattered_labels_are_read_where_they_stand(sheet: NewSheet) -> None:
    drawn = sheet(24, 18)
    places = {
        f"ROOM {100 + 7 * number}": (1 + 5.3 * (number % 4) + 0.4 * (number // 4), 1 + 3.9 * (number // 4))
        for number in range(16)
    }
    for text, (x, y) in places.items():
        drawn.write(x, y, text, size=9)
    seen = drawn.read()
    assert len(seen.blocks) == len(places)
    for text, (x, y) in places.items():
        box = line(seen, text).box
        assert (box.x, box.bottom) == pytest.approx((x * DPI, y * DPI), abs=12)


def test_neighbouring_cells_are_lines_of_their_own(sheet: NewSheet) -> None:
    drawn = sheet(6, 2)
    for x, text in ((0.5, "DOOR 101"), (1.5, "3'-0\""), (2.3, "HOLLOW METAL")):
        drawn.write(x, 1, text)
    seen = drawn.read()
    assert [plain(block.text) for block in seen.blocks] == ["DOOR101", "3'-0\"", "HOLLOWMETAL"]


@pytest.mark.parametrize("degrees", [2.0, -3.0])
def test_reads_a_scan_that_lies_askew(sheet: NewSheet, degrees: float) -> None:
    drawn = sheet(8, 5)
    lettering = [
        '1/4" = 1\'-0"',
        "GENERAL NOTES",
        "VERIFY ALL DIMENSIONS ON SITE BEFORE STARTING WORK",
        "A-201",
    ]
    for number, text in enumerate(lettering):
        drawn.write(1.0, 1 + number, text, size=12)
    drawn.save()
    with Image.open(drawn.image) as image:
        image.convert("L").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255).save(drawn.image)
    seen = read_image(drawn.image, DPI, scan=True)
    for text in lettering:
        found = line(seen, text)
        assert found.angle == 0
        assert found.type_size < 1.8 * 12 / 72 * DPI


def test_reads_a_page_that_is_upside_down(sheet: NewSheet) -> None:
    drawn = sheet(8, 5)
    lettering = ["FOUNDATION PLAN", '1/8" = 1\'-0"', "SEE STRUCTURAL DRAWINGS FOR FOOTINGS", "S-100"]
    for number, text in enumerate(lettering):
        drawn.write(1, 1 + number, text, size=12)
    drawn.save()
    with Image.open(drawn.image) as image:
        image.rotate(180).save(drawn.image)
    seen = read_image(drawn.image, DPI, scan=True)
    assert {line(seen, text).angle for text in lettering} == {180}


def test_lettering_at_an_angle_keeps_it(sheet: NewSheet) -> None:
    import pymupdf

    drawn = sheet(5, 5)
    start = pymupdf.Point(100, 100)
    drawn.write(100 / 72, 100 / 72, "UTILITY EASEMENT", size=12, morph=(start, pymupdf.Matrix(-30)))
    assert line(drawn.read(), "UTILITY EASEMENT").angle == pytest.approx(30, abs=3)


def test_a_blank_page_has_no_text(sheet: NewSheet) -> None:
    assert sheet(11, 8.5).read().blocks == ()


def test_hatches_dashes_and_symbols_are_no_text(sheet: NewSheet) -> None:
    drawn = sheet(8, 6)
    page = drawn.page
    for step in range(40):
        page.draw_line((50 + 4 * step, 60), (10 + 4 * step, 120), width=0.4)
        page.draw_rect(
            (250 + 7 * (step % 10), 60 + 7 * (step // 10), 255 + 7 * (step % 10), 64 + 7 * (step // 10))
        )
    page.draw_line((50, 200), (500, 200), dashes="[6 3] 0")
    page.draw_line((50, 220), (50, 400), dashes="[9 3 2 3] 0")
    for step in range(6):
        page.draw_circle((100 + 60 * step, 300), 22)
        page.draw_line((78 + 60 * step, 300), (122 + 60 * step, 300))
    assert drawn.read().blocks == ()


def test_reads_lone_marks_in_bubbles(sheet: NewSheet) -> None:
    drawn = sheet(11, 8)
    marks = ["1", "2", "7", "A", "B", "F", "12", "8"]
    for number, text in enumerate(marks):
        x = 1 + 1.2 * number
        drawn.page.draw_circle((72 * x, 144), 14, width=0.4)
        drawn.page.draw_line((72 * x, 158), (72 * x, 500), width=0.4)
        drawn.write(x - 0.033 * len(text), 2.05, text, size=10)
    assert [plain(block.text) for block in drawn.read().blocks] == marks


def test_crossing_hatches_are_no_marks(sheet: NewSheet) -> None:
    drawn = sheet(8, 6)
    for step in range(30):
        drawn.page.draw_line((60 + 16 * step, 200), (160 + 16 * step, 400), width=0.3)
        drawn.page.draw_line((160 + 16 * step, 200), (60 + 16 * step, 400), width=0.3)
    assert drawn.read().blocks == ()


def test_reads_lettering_that_a_line_runs_through(sheet: NewSheet) -> None:
    drawn = sheet(17, 11)
    drawn.write(2, 8, "WEST ELEVATION", size=20)
    drawn.page.draw_line((72, 8 * 72 - 6), (16 * 72, 8 * 72 - 6), width=0.4)
    assert "ELEVATION" in drawn.read().text


def test_reads_light_lettering_on_dark_ground(sheet: NewSheet) -> None:
    drawn = sheet(17, 11)
    drawn.page.draw_rect((720, 400, 1100, 500), fill=(0, 0, 0))
    drawn.write(11, 6.4, "KEY PLAN", size=24, color=(1, 1, 1))
    assert line(drawn.read(), "KEY PLAN").box.x == pytest.approx(11 * DPI, abs=15)


def test_looks_within_boxes_only(sheet: NewSheet) -> None:
    drawn = sheet(11, 8)
    drawn.write(1, 1, "NOTES ON THE LEFT", size=12)
    drawn.write(7, 7, "TITLE ON THE RIGHT", size=12)
    drawn.save()
    seen = read_image(drawn.image, DPI, scan=False, within=[Box(6 * DPI, 6 * DPI, 5 * DPI, 2 * DPI)])
    assert [plain(block.text) for block in seen.blocks] == ["TITLEONTHERIGHT"]


def test_says_when_there_is_no_image(tmp_path: Path) -> None:
    missing = tmp_path / "missing.png"
    with pytest.raises(PageError, match=r"missing\.png") as raised:
        read_image(missing, DPI, scan=False)
    assert raised.value.code is ErrorCode.PAGE_UNREADABLE


def test_nothing_is_reported_to_anybody(sheet: NewSheet, tmp_path: Path) -> None:
    drawn = sheet(4, 2)
    drawn.write(1, 1, "QUIET", size=14)
    drawn.save()
    watched = f"""
import sys
from pathlib import Path
events = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "os.fork", "subprocess.Popen", "os.mkdir"):
        events.append(event)
sys.addaudithook(watch)
from docpipe_assets.ocr.rapid import read_image
text = read_image(Path({str(drawn.image)!r}), {DPI}, scan=False).text
assert text == "QUIET", text
assert not events, events
"""
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-B", "-c", watched],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not [*home.iterdir()]
