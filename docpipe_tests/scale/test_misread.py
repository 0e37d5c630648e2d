"""Scale notes as an engine reads them off an image: signs lost, letters for digits, digits lost."""

import pytest

from docpipe_assets.scale import Doubt, Review, ScaleCalibration, calibrate, find_notations
from docpipe_assets.vocabulary import PageType, ScaleStatus
from docpipe_tests.scale.drawn_sheet import Sheet

READ = 0.97


@pytest.mark.parametrize(
    ("read", "ratio"),
    [
        ("SCALE: 14° 1 0°", 48), ("SCALE: 34° =1-0°", 16), ('SCALE: 1/4" -1-0°', 48), ("SCALE 1410", 48),
        ("SCALE. 12 & 1'-0\"", 24), ("SCALE.1-12° -10°", 8), ("SCALE: 1'8\" 1·0", 96), ("SCALE: 316° 1 0", 64),
        ("SKALA 1100", 100), ("ESCALA 1400", 400),
    ],
)  # fmt: skip
def test_the_digits_beside_a_label_tell_the_scale(read: str, ratio: int) -> None:
    (found,) = find_notations(read)
    assert (found.ratio, found.doubts) == (ratio, {Doubt.LOST_SIGNS})


@pytest.mark.parametrize(
    "read",
    [
        "SCALE 1250",  # 1:250, or 1:1250 without its beginning
        "ÖLÇEK: 1150",  # 1/50 with the stroke as a digit, or 1:150
        "SCALE: 1-2-10", "SCALE 1/8/2010", "SCALE 2010-14",
        "SCALE: 1 1 0", "1410", "SCALE 9 14 10", "FOR SALE 1100", "DO NOT SCALE 1410",
    ],
)  # fmt: skip
def test_digits_that_may_mean_two_scales_or_none_give_nothing(read: str) -> None:
    assert find_notations(read) == []


@pytest.mark.parametrize(
    ("read", "ratio"),
    [
        ("1/B\" = 1'-0\"", 96), ("3/1G\" = 1'-0\"", 64), ("1/Z\"=1'-0\"", 24), ("1/A\" = 1'-0\"", 48),
        ("FLOOR PLAN 1:10D", 100), ("SCALE 1:1O0", 100), ("SCALE 1:S0", 50), ("ESC. 1/7S", 75), ("ESC. 1/Z5", 25),
        ("SCALE 1:5 0", 50), ("SKALA 1:1 00", 100), ("SCALE 3\" = 1°-0\"", 4),
    ],
)  # fmt: skip
def test_letters_and_blanks_within_a_number_are_digits_of_customary_scales(read: str, ratio: int) -> None:
    (found,) = find_notations(read)
    assert found.ratio == ratio
    assert found.doubts


@pytest.mark.parametrize(
    "label", ["SCLE", "5CALE", "SCA1E", "ÖÇEK", "LÇEK:", "OLCEX", "ESCLA", "SKAL", "ECHLLE"]
)
def test_a_misread_label_is_still_one(label: str) -> None:
    (found,) = find_notations(f"{label} 1/50")
    assert (found.ratio, found.labelled) == (50, True)


@pytest.mark.parametrize("read", ['3/6" = 1\'-0"', '1/3" = 1\'-0"', '1/10" = 1\'-0"', '2/0" = 1\'-0"'])
def test_inches_are_only_parted_into_halves(read: str) -> None:
    assert find_notations(read) == []


def view(note: str, *, read: float = READ, also: str | None = None) -> ScaleCalibration:
    sheet = Sheet().put("1", 9.5, 18.05, confidence=read)
    sheet.put("FIRST FLOOR PLAN", 10, 18, type_in=0.19, confidence=read).put(note, 10, 18.3, confidence=read)
    return calibrate(sheet.title_block(also).text, PageType.FLOOR_PLAN)


@pytest.mark.parametrize("note", ["1:10", "SKALA 1:10", "SCALE 1:5", "ÖLÇEK 1/5"])
def test_a_plan_whose_only_note_lost_a_digit_is_not_calibrated(note: str) -> None:
    found = view(note)
    assert found.status is ScaleStatus.NOT_FOUND and found.pixels_per_foot is None
    assert Review.DOUBTFUL_READING in found.review
    assert [candidate.text for candidate in found.candidates]


def test_a_large_scale_stands_where_the_text_is_the_pages_own_or_another_note_agrees() -> None:
    assert view("1:10", read=1.0).ratio == 10
    assert (view("1:10", also="1:10").status, view("1:10", also="1:10").ratio) == (ScaleStatus.CALIBRATED, 10)


@pytest.mark.parametrize("note", ['1/4" = 7\'-0"', "ESC. 1/7", 'SCALE: 7/8" = 1\'-0"', '1 4" = 1\'-0"'])
def test_a_scale_that_nobody_draws_at_is_a_misreading(note: str) -> None:
    assert view(note).status is ScaleStatus.NOT_FOUND
    assert view(note).needs_review


@pytest.mark.parametrize("value", ["1410", "1100", "1-2-10"])
def test_a_number_or_a_date_beside_an_empty_cell_is_no_scale(value: str) -> None:
    sheet = Sheet().put("SITE WALL", 10, 18, confidence=READ).title_block(value)
    found = calibrate(sheet.text, PageType.FLOOR_PLAN)
    assert (found.status, found.candidates) == (ScaleStatus.NOT_FOUND, ())


def test_a_note_told_by_its_digits_alone_needs_review() -> None:
    found = view("SCALE: 14° 1 0°")
    assert (found.status, found.ratio) == (ScaleStatus.CALIBRATED, 48)
    assert found.review == (Review.DOUBTFUL_NOTE,)
