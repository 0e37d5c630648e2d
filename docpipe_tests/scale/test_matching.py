"""A model's scale note and the page's own text: what confirms it and what does not."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.page_text import Box
from docpipe_assets.scale.matching import match_note
from docpipe_tests.scale.drawn_sheet import Sheet

QUARTER = '1/4" = 1\'-0"'


def around(sheet: Sheet, block: int) -> Box:
    return sheet.blocks[block].box


def moved(box: Box, x: float, y: float = 0.0) -> Box:
    return Box(box.x + x, box.y + y, box.width, box.height)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        (QUARTER, QUARTER),
        ("1/4”=1’–0”", QUARTER),
        (QUARTER, 'SCALE: 1/4" = 1\'-0"'),
        ('SCALE: 1/4" = 1\'-0"', QUARTER),
        (QUARTER, '1/4" = 1-0"'),
        ("1\" = 20'", "1\" = 20'"),
        ("1:100", "SCALE 1:100"),
        ("NTS", "N.T.S."),
        ("SCALE: AS NOTED", "SCALE: AS NOTED"),
    ],
)
def test_the_same_note_in_the_same_place(asked: str, written: str) -> None:
    sheet = Sheet().put(written, 5, 5)
    match = match_note(asked, moved(around(sheet, 0), 60, -40), sheet.text)
    assert match is not None
    assert match.text in written
    assert match.box.overlap(around(sheet, 0)) == pytest.approx(match.box.area)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("1\" = 20'", "120"),
        ("1\" = 20'", "1 20"),
        ("1\" = 20'", "1\" = 200'"),
        (QUARTER, '1/8" = 1\'-0"'),
        (QUARTER, "1:48"),
        ("1:48", QUARTER),
        (QUARTER, "14 10"),
        ("1:100", "1:10"),
        ("1:100", "100"),
        ("NTS", QUARTER),
        ("AS NOTED", "SCALE: N.T.S."),
        ("120", "1\" = 20'"),
        ("", QUARTER),
        ("1:50 1:100", "1:50"),
        ("1:100 @ A1", "1:100 @ A3"),
    ],
)
def test_what_only_looks_alike(asked: str, written: str) -> None:
    sheet = Sheet().put(written, 5, 5)
    assert match_note(asked, around(sheet, 0), sheet.text) is None


def test_the_same_note_elsewhere() -> None:
    sheet = Sheet().put(QUARTER, 5, 5)
    assert match_note(QUARTER, moved(around(sheet, 0), 2000), sheet.text) is None


def test_a_note_without_a_place_or_with_one_as_large_as_the_sheet() -> None:
    sheet = Sheet().put(QUARTER, 17, 11.5)
    page = sheet.text
    assert match_note(QUARTER, None, page) is None
    assert match_note(QUARTER, Box(0, 0, page.width_px, page.height_px), page) is None


def test_a_box_on_another_note_is_not_pulled_to_a_like_one_near_by() -> None:
    sheet = Sheet().put('1/8" = 1\'-0"', 5, 5).put(QUARTER, 5, 5.4)
    assert match_note(QUARTER, around(sheet, 0), sheet.text) is None
    match = match_note(QUARTER, around(sheet, 1), sheet.text)
    assert match is not None
    assert match.notation.ratio == Fraction(48)


def test_a_note_under_its_label_that_reads_upwards() -> None:
    sheet = Sheet().put("SCALE", 34, 20, turn=270, type_in=0.07).put("1:50", 34.12, 20, turn=270)
    match = match_note("1:50", around(sheet, 1), sheet.text)
    assert match is not None
    assert match.notation.labelled


def test_a_view_number_glued_to_the_page_s_note_is_told_by_the_model() -> None:
    sheet = Sheet().put('SECTION 1 1/2" = 1\'-0"', 5, 5)
    half = match_note('1/2" = 1\'-0"', around(sheet, 0), sheet.text)
    assert half is not None
    assert (half.text, half.notation.ratio) == ('1/2" = 1\'-0"', Fraction(24))


def test_how_surely_the_page_was_read_is_kept() -> None:
    sheet = Sheet().put(QUARTER, 5, 5, confidence=0.6)
    match = match_note(QUARTER, around(sheet, 0), sheet.text)
    assert match is not None
    assert (match.confidence, match.likeness) == (0.6, 1.0)


MEANING = {QUARTER: 48, "1\" = 20'": 240, "1:100": 100, '3/16" = 1\'-0"': 64}


@given(
    st.sampled_from(list(MEANING)),
    st.sampled_from([*MEANING, "120", "1/4"]) | st.text(st.sampled_from("01248/\"'=-:S"), min_size=1),
    st.floats(-300, 300),
    st.floats(-300, 300),
)
def test_a_match_means_what_was_asked_and_stands_near_by(
    asked: str, written: str, x: float, y: float
) -> None:
    sheet = Sheet().put(written, 5, 5).put(QUARTER, 5, 5.5)
    box = moved(around(sheet, 0), x, y)
    match = match_note(asked, box, sheet.text)
    if match is not None:
        assert match.notation.ratio == MEANING[asked]
        assert math.dist(match.box.center, box.center) < 600
    elif asked == written and max(abs(x), abs(y)) < 40:
        pytest.fail("a note in its place was not found")
