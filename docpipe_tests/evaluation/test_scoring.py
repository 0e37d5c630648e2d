"""The verdict on each answer, by what the label says."""

from __future__ import annotations

from typing import Any

import pytest

from docpipe_assets.evaluation.scoring import Mark, Question, Verdict, judge
from docpipe_assets.report import SheetMeasurement, SheetRow
from docpipe_assets.vocabulary import Discipline, PageType, ScaleStatus
from docpipe_tests.evaluation.samples import label
from docpipe_tests.report.samples import failed, sheet_row

QUARTER = {"primary_scale": '1/4" = 1\'-0"', "primary_scale_ratio": 48}
NONE = {"primary_scale": None, "primary_scale_ratio": None}
RIGHT, NEAR, WRONG, ASKED, UNANSWERED = Verdict


def marks(row: SheetRow | None, **facts: Any) -> dict[Question, Mark]:
    return {mark.question: mark for mark in judge(label(**facts), row)}


def verdict(question: Question, row: SheetRow | None, **facts: Any) -> Verdict:
    return marks(row, **facts)[question].verdict


def scaled(
    status: ScaleStatus | None, ratio: float | None = None, pixels_per_foot: float | None = None
) -> SheetRow:
    """A page of 200 DPI with that scale, and the pixels per foot that follow."""
    if pixels_per_foot is None and ratio is not None:
        pixels_per_foot = 200 * 12 / ratio
    return sheet_row(scale_status=status, scale_ratio=ratio, pixels_per_foot=pixels_per_foot)


def test_a_page_is_asked_only_what_its_label_says() -> None:
    assert set(marks(sheet_row())) == set()
    assert set(marks(sheet_row(), sheet_title=None, page_type="floor_plan")) == {Question.PAGE_TYPE}
    assert set(marks(sheet_row(), sheet_number=None)) == {Question.NO_SHEET_NUMBER}
    assert set(marks(sheet_row(), sheet_number="A1", **QUARTER, measured_ratio=48)) == {
        Question.SHEET_NUMBER,
        Question.SCALE,
        Question.TRUE_PRINT,
        Question.MEASURED_RATIO,
    }
    assert set(marks(sheet_row(), **QUARTER, measured_ratio=96)) == {
        Question.SCALE,
        Question.RESIZED_PRINT,
        Question.MEASURED_RATIO,
    }
    assert set(marks(sheet_row(), **NONE, measured_ratio=96)) == {
        Question.NO_SCALE,
        Question.UNWRITTEN_SCALE,
        Question.MEASURED_RATIO,
    }


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("A-101", "A101", RIGHT),
        ("A-101", "sheet a–1.01", RIGHT),
        ("ASK - 002b", "ASK-002B", RIGHT),
        ("3 OF 9", "3", RIGHT),
        ("3/9", "3", RIGHT),
        ("3 OF 9", "9", WRONG),
        ("3", "3 OF 9", WRONG),
        ("A-101", "A-102", WRONG),
        ("SHEET", "SHEET", RIGHT),
        ("A-101", None, UNANSWERED),
    ],
)
def test_sheet_numbers(wanted: str, found: str | None, expected: Verdict) -> None:
    assert verdict(Question.SHEET_NUMBER, sheet_row(sheet_number=found), sheet_number=wanted) is expected


@pytest.mark.parametrize(("found", "expected"), [(None, RIGHT), ("A-101", WRONG)])
def test_a_number_where_there_is_none_is_made_up(found: str | None, expected: Verdict) -> None:
    assert verdict(Question.NO_SHEET_NUMBER, sheet_row(sheet_number=found), sheet_number=None) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("First floor plan", RIGHT),
        ("PLAN - FIRST FLOOR", RIGHT),
        ("F1RST FLOOR PLAN", RIGHT),
        ("FIRST FLOOR PLAN AND WALL SECTIONS", NEAR),
        ("FLOOR", NEAR),
        ("ROOF FRAMING", WRONG),
        (None, UNANSWERED),
    ],
)
def test_titles(found: str | None, expected: Verdict) -> None:
    row = sheet_row(sheet_title=found)
    assert verdict(Question.SHEET_TITLE, row, sheet_title="FIRST FLOOR PLAN") is expected


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("floor_plan", PageType.FLOOR_PLAN, RIGHT),
        ("floor_plan", PageType.ROOF_PLAN, NEAR),
        ("floor_plan", PageType.SECTION, WRONG),
        ("section", PageType.DETAIL, WRONG),
        ("section", None, UNANSWERED),
    ],
)
def test_page_types(wanted: str, found: PageType | None, expected: Verdict) -> None:
    assert verdict(Question.PAGE_TYPE, sheet_row(page_type=found), page_type=wanted) is expected


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("civil", Discipline.CIVIL, RIGHT),
        ("civil", Discipline.LANDSCAPE, WRONG),
        ("other", Discipline.NONE, RIGHT),
        ("none", None, RIGHT),
        ("civil", None, UNANSWERED),
    ],
)
def test_disciplines(wanted: str, found: Discipline | None, expected: Verdict) -> None:
    assert verdict(Question.DISCIPLINE, sheet_row(discipline=found), discipline=wanted) is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (scaled(ScaleStatus.CALIBRATED, 48), RIGHT),
        (scaled(ScaleStatus.CALIBRATED, 48.4), RIGHT),
        (scaled(ScaleStatus.CALIBRATED, 49), WRONG),
        (scaled(ScaleStatus.MISMATCH, 48), RIGHT),
        (scaled(ScaleStatus.MISMATCH, 96), ASKED),
        (scaled(ScaleStatus.MULTIPLE), ASKED),
        (scaled(ScaleStatus.NOT_FOUND), UNANSWERED),
        (scaled(None), UNANSWERED),
        (None, UNANSWERED),
    ],
)
def test_written_scales(row: SheetRow | None, expected: Verdict) -> None:
    assert verdict(Question.SCALE, row, **QUARTER) is expected


@pytest.mark.parametrize(
    ("facts", "row", "expected"),
    [
        (NONE, scaled(ScaleStatus.NOT_FOUND), RIGHT),
        (NONE, scaled(ScaleStatus.NOT_A_DRAWING), RIGHT),
        (NONE, scaled(ScaleStatus.AS_NOTED), NEAR),
        (NONE, scaled(ScaleStatus.CALIBRATED, 48), WRONG),
        (NONE, None, UNANSWERED),
        (NONE | {"measured_ratio": 64}, scaled(ScaleStatus.CALIBRATED, 64), RIGHT),
        (NONE | {"primary_scale": "N.T.S."}, scaled(ScaleStatus.NOT_TO_SCALE), RIGHT),
        (NONE | {"primary_scale": "SCALE: AS NOTED"}, scaled(ScaleStatus.NOT_TO_SCALE), NEAR),
        (NONE | {"scales": ["1:50", "1:10"]}, scaled(ScaleStatus.MULTIPLE), RIGHT),
        (NONE | {"scales": ["1:50", "1:50"]}, scaled(ScaleStatus.MULTIPLE), NEAR),
    ],
)
def test_pages_without_a_numeric_scale(
    facts: dict[str, Any], row: SheetRow | None, expected: Verdict
) -> None:
    assert verdict(Question.NO_SCALE, row, **facts) is expected


@pytest.mark.parametrize(
    ("row", "true_print", "resized_print"),
    [
        (scaled(ScaleStatus.CALIBRATED, 48), RIGHT, WRONG),
        (scaled(ScaleStatus.CALIBRATED, 48, pixels_per_foot=25), WRONG, NEAR),
        (scaled(ScaleStatus.MISMATCH, 48), ASKED, RIGHT),
        (scaled(ScaleStatus.MULTIPLE), UNANSWERED, ASKED),
        (scaled(ScaleStatus.NOT_FOUND), UNANSWERED, UNANSWERED),
        (None, UNANSWERED, UNANSWERED),
    ],
)
def test_prints_that_were_measured(row: SheetRow | None, true_print: Verdict, resized_print: Verdict) -> None:
    assert verdict(Question.TRUE_PRINT, row, **QUARTER, measured_ratio=49) is true_print
    assert verdict(Question.RESIZED_PRINT, row, **QUARTER, measured_ratio=96) is resized_print


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (scaled(ScaleStatus.CALIBRATED, 65), RIGHT),
        (scaled(ScaleStatus.CALIBRATED, 48), WRONG),
        (scaled(ScaleStatus.NOT_FOUND), UNANSWERED),
    ],
)
def test_scales_that_can_only_be_measured(row: SheetRow, expected: Verdict) -> None:
    assert verdict(Question.UNWRITTEN_SCALE, row, **NONE, measured_ratio=64) is expected


@pytest.mark.parametrize(
    ("measured", "expected"), [(49.4, RIGHT), (46.6, RIGHT), (49.5, WRONG), (96, WRONG), (None, UNANSWERED)]
)
def test_what_the_drawing_measures(measured: float | None, expected: Verdict) -> None:
    row = sheet_row(measurement=SheetMeasurement(measured))
    mark = marks(row, measured_ratio=48)[Question.MEASURED_RATIO]
    assert (mark.verdict, mark.confidence) == (expected, None)


def test_a_wrong_answer_that_nobody_is_asked_to_check_is_unmarked() -> None:
    facts: dict[str, Any] = {"sheet_number": "A-999", "primary_scale": "1:100", "primary_scale_ratio": 100}
    quiet = marks(sheet_row(), **facts)
    assert [quiet[q].is_unmarked for q in (Question.SHEET_NUMBER, Question.SCALE)] == [True, True]
    scale_only = marks(sheet_row(scale_needs_review=True), **facts)
    assert [scale_only[q].is_unmarked for q in (Question.SHEET_NUMBER, Question.SCALE)] == [True, False]
    assert not marks(sheet_row(), sheet_number="A-101")[Question.SHEET_NUMBER].is_unmarked


def test_a_page_that_failed_answers_nothing() -> None:
    found = marks(failed(), sheet_number="A1", sheet_title="PLAN", page_type="section", **QUARTER)
    assert {mark.verdict for mark in found.values()} == {UNANSWERED}
    assert {mark.engine for mark in found.values()} == {None}
