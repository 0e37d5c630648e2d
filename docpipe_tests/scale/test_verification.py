"""A written scale held against the drawing: confirmed, contradicted with its likely cause, or proposed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docpipe_assets.measuring import measure
from docpipe_assets.pdf.linework import read_linework
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.scale import (
    Outcome,
    Review,
    ScaleCalibration,
    calibrate,
    verify,
)
from docpipe_assets.vocabulary import PageType, ScaleStatus
from docpipe_tests.measuring.drawn_plan import DPI, Plan, centimetres, millimetres, read

LENGTHS = [42.0, 150.0, 96.0, 243.5, 88.0, 160.0, 374.0, 58.0]
QUARTER = 'SCALE: 1/4" = 1\'-0"'


def floor_plan(
    ratio: float = 48, note: str | None = QUARTER, lengths: list[float] | None = None, **manner: Any
) -> Plan:
    plan = Plan(ratio, **manner)
    lengths = lengths or LENGTHS
    plan.chain(4, 4, lengths[:3])
    plan.chain(4, 6, lengths[3:5])
    plan.chain(3, 20, lengths[5:], upright=True)
    if note:
        plan.view(4, 21, "FIRST FLOOR PLAN", note)
    return plan


def verified(
    plan: Plan,
    path: Path,
    page_type: PageType = PageType.FLOOR_PLAN,
    *,
    paper_assumed: bool = False,
    **print_: Any,
) -> ScaleCalibration:
    text, measurement = read(plan.save(path, **print_))
    return verify(calibrate(text, page_type, paper_assumed), measurement, text, page_type)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sheet.pdf"


def test_a_scale_that_the_drawing_measures_is_confirmed(path: Path) -> None:
    text, measurement = read(floor_plan().save(path))
    written = calibrate(text, PageType.FLOOR_PLAN)
    found = verify(written, measurement, text, PageType.FLOOR_PLAN)
    assert (found.status, found.ratio, found.needs_review) == (ScaleStatus.CALIBRATED, 48, False)
    assert found.pixels_per_foot == pytest.approx(50)
    assert found.measured_ratio == pytest.approx(48, rel=0.003)
    assert found.confidence > written.confidence
    assert found.verification is not None
    assert found.verification.outcome is Outcome.CONFIRMED


@pytest.mark.parametrize("factor", [0.37, 0.458, 0.5, 0.647, 2.0])
def test_a_print_of_another_size_is_a_mismatch_with_both_numbers(path: Path, factor: float) -> None:
    found = verified(floor_plan(), path, factor=factor)
    assert (found.status, found.ratio, found.pixels_per_foot) == (ScaleStatus.MISMATCH, 48, None)
    assert found.measured_ratio == pytest.approx(48 / factor, rel=0.01)
    assert Review.MEASURES_OTHERWISE in found.review
    assert found.verification is not None
    assert found.verification.print_factor == pytest.approx(factor, rel=0.01)
    assert found.verification.cause is not None
    assert f"{factor:.0%} of its full size" in found.verification.cause


def test_the_full_sheet_of_a_reduced_print_is_named(path: Path) -> None:
    found = verified(floor_plan(width_in=34, height_in=22), path, factor=0.5)
    assert found.verification is not None
    assert "ANSI D" in str(found.verification.cause) or "22x34" in str(found.verification.cause)


def test_a_wrong_note_is_told_from_a_reduced_print(path: Path) -> None:
    found = verified(floor_plan(96, 'SCALE: 3/32" = 1\'-0"'), path)
    assert found.status is ScaleStatus.MISMATCH
    assert found.verification is not None
    assert '1/8" = 1\'-0"' in str(found.verification.cause)


def test_another_note_that_gives_the_measured_scale_is_named(path: Path) -> None:
    plan = floor_plan(96)
    plan.write_at(30, 3, 'SCALE: 1/8" = 1\'-0"', 6)
    found = verified(plan, path)
    assert found.pixels_per_foot is None
    assert found.status in (ScaleStatus.MISMATCH, ScaleStatus.MULTIPLE)
    assert found.measured_ratio is None or found.measured_ratio == pytest.approx(96, rel=0.003)


def test_a_page_without_a_scale_gets_a_proposal_only(path: Path) -> None:
    found = verified(floor_plan(note=None), path)
    assert (found.status, found.ratio, found.pixels_per_foot) == (ScaleStatus.NOT_FOUND, 48, None)
    assert found.scale_text is None
    assert {Review.NO_SCALE_WRITTEN, Review.SCALE_PROPOSED} <= set(found.review)
    assert found.verification is not None
    assert (found.verification.outcome, found.verification.proposed_ratio) == (Outcome.PROPOSED, 48)


def test_a_proposal_off_every_customary_scale_is_what_was_measured(path: Path) -> None:
    found = verified(floor_plan(note=None), path, factor=0.37)
    assert found.verification is not None
    assert found.verification.proposed_ratio is not None
    assert float(found.verification.proposed_ratio) == pytest.approx(129.7, rel=0.01)


def test_nothing_to_measure_lowers_the_confidence_and_asks_nobody(path: Path) -> None:
    plan = Plan(48)
    plan.view(4, 21, "FIRST FLOOR PLAN", QUARTER)
    text, measurement = read(plan.save(path))
    written = calibrate(text, PageType.FLOOR_PLAN)
    found = verify(written, measurement, text, PageType.FLOOR_PLAN)
    assert (found.status, found.ratio, found.needs_review) == (ScaleStatus.CALIBRATED, 48, False)
    assert found.confidence < written.confidence
    assert found.measured_ratio is None


def noted(plan: Plan, rows: int = 20) -> Plan:
    """The plan with notes in the usual type."""
    for row in range(rows):
        plan.write_at(12, 8 + row / 2, f"{row + 1}. SEE STRUCTURAL DRAWINGS", 8)
    return plan


def test_a_few_dimensions_and_small_lettering_tell_the_size_of_a_print(path: Path) -> None:
    """Three dimensions of about one length would prove nothing by themselves."""
    few = Plan(48, marks="none")
    few.chain(4, 4, [150.0, 163.0, 171.0])
    few.view(4, 21, "FIRST FLOOR PLAN", QUARTER)
    text, measurement = read(noted(few).save(path, factor=0.41))
    assert measurement.best is None
    found = verify(calibrate(text, PageType.FLOOR_PLAN), measurement, text, PageType.FLOOR_PLAN)
    assert (found.status, found.pixels_per_foot) == (ScaleStatus.MISMATCH, None)
    assert found.measured_ratio == pytest.approx(48 / 0.41, rel=0.01)


def test_the_height_of_lettering_may_be_known_better(path: Path) -> None:
    """Readers draw loose boxes around lines: what the ink measures counts."""
    plan = Plan(48)
    plan.view(4, 21, "FIRST FLOOR PLAN", QUARTER)
    text, measurement = read(noted(plan).save(path))
    written = calibrate(text, PageType.FLOOR_PLAN)
    large, small = (
        verify(written, measurement, text, PageType.FLOOR_PLAN, lettering_in=height)
        for height in (0.09, 0.045)
    )
    assert large.status is ScaleStatus.CALIBRATED
    assert (small.status, small.pixels_per_foot) == (ScaleStatus.MISMATCH, None)


@pytest.mark.parametrize("dimensioned", [False, True])
def test_a_stamp_that_says_reduced_holds_unless_the_drawing_measures(path: Path, dimensioned: bool) -> None:
    plan = floor_plan() if dimensioned else Plan(48)
    if not dimensioned:
        plan.view(4, 21, "FIRST FLOOR PLAN", QUARTER)
    plan.write_at(30, 22, "HALF SIZE PRINT", 12)
    found = verified(plan, path)
    assert found.status is (ScaleStatus.CALIBRATED if dimensioned else ScaleStatus.MISMATCH)
    assert (found.pixels_per_foot is None) is not dimensioned


def test_lettering_too_small_to_be_full_size_is_a_mismatch(path: Path) -> None:
    plan = Plan(48)
    plan.view(4, 21, "FIRST FLOOR PLAN", QUARTER)
    for row in range(20):
        plan.write_at(8, 2 + row / 2, f"{row + 1}. SEE STRUCTURAL DRAWINGS", 8)
    assert verified(plan, path).status is ScaleStatus.CALIBRATED
    reduced = verified(plan, path, factor=0.37)
    assert (reduced.status, reduced.pixels_per_foot) == (ScaleStatus.MISMATCH, None)
    assert Review.SMALL_LETTERING in reduced.review


@pytest.mark.parametrize(("lengths", "fit"), [(3, True), (12, False)])
def test_a_person_looks_at_a_page_full_of_lengths_of_which_none_fits(
    path: Path, lengths: int, fit: bool
) -> None:
    plan = Plan(48)
    plan.view(4, 21, "FIRST FLOOR PLAN", QUARTER)
    for row in range(lengths):
        plan.write_at(8, 2 + row, f"{row + 3}'-{row % 12}\"", 8)
    found = verified(plan, path)
    assert (found.status, found.measured_ratio) == (ScaleStatus.CALIBRATED, None)
    assert (Review.LENGTHS_DO_NOT_FIT not in found.review) is fit


def test_a_measurement_answers_doubts_about_the_paper(path: Path) -> None:
    plan = floor_plan(note='SCALE: 1/4" = 1\'-0" (ORIGINAL SHEET SIZE 36x48)')
    text, measurement = read(plan.save(path))
    written = calibrate(text, PageType.FLOOR_PLAN, paper_assumed=True)
    assert written.needs_review
    found = verify(written, measurement, text, PageType.FLOOR_PLAN)
    assert (found.status, found.needs_review) == (ScaleStatus.CALIBRATED, False)
    assert found.pixels_per_foot == pytest.approx(50)


def test_an_assumed_resolution_that_is_wrong_is_named(path: Path) -> None:
    found = verified(floor_plan(), path, paper_assumed=True, factor=0.5)
    assert found.status is ScaleStatus.MISMATCH
    assert found.verification is not None
    assert "resolution" in str(found.verification.cause)


def two_views() -> Plan:
    """A floor plan at 1/4" on the left and an enlarged stair at 1/2" on the right, each under its title."""
    plan = Plan(48)
    plan.chain(3, 4, LENGTHS[:4])
    plan.chain(3, 6, LENGTHS[4:7])
    plan.view(3, 20, "FIRST FLOOR PLAN", QUARTER)
    plan.ratio = 24
    plan.chain(22, 10, [36.0, 52.5, 71.0, 44.0])
    plan.chain(22, 14, [120.0, 64.0, 29.0])
    plan.view(22, 20, "ENLARGED STAIR PLAN", 'SCALE: 1/2" = 1\'-0"')
    return plan


def test_each_view_is_held_against_its_own_dimensions(path: Path) -> None:
    found = verified(two_views(), path)
    assert found.status in (ScaleStatus.CALIBRATED, ScaleStatus.MULTIPLE)
    assert {round(view.measured_ratio or 0) for view in found.views} == {24, 48}


def test_half_size_is_found_though_one_view_then_measures_anothers_scale(path: Path) -> None:
    found = verified(two_views(), path, factor=0.5)
    assert found.status is ScaleStatus.MISMATCH
    assert found.pixels_per_foot is None
    assert found.verification is not None
    assert found.verification.print_factor == pytest.approx(0.5, rel=0.01)


@pytest.mark.parametrize(("factor", "measured"), [(1.0, 50), (0.5, 100)])
def test_bare_numbers_count_what_fits_the_written_scale(path: Path, factor: float, measured: float) -> None:
    lengths = [round(length * 2.54) / 2.54 for length in LENGTHS]
    found = verified(floor_plan(50, "1:50", lengths, write=centimetres), path, factor=factor)
    assert found.measured_ratio == pytest.approx(measured, rel=0.005)


def test_metric_half_size(path: Path) -> None:
    lengths = [round(length * 25.4 / 50) * 50 / 25.4 for length in LENGTHS]
    found = verified(floor_plan(100, "SCALE 1:100", lengths, write=millimetres), path, factor=0.5)
    assert found.status is ScaleStatus.MISMATCH
    assert found.measured_ratio == pytest.approx(200, rel=0.005)


def test_what_was_measured_is_in_the_data_with_its_places(path: Path) -> None:
    data = json.loads(json.dumps(verified(floor_plan(), path, factor=0.5).to_json()))
    assert data["measured_ratio"] == pytest.approx(96, rel=0.01)
    assert data["verification"]["outcome"] == "contradicted"
    evidence = data["verification"]["measurement"]["scales"][0]["evidence"]
    assert len(evidence) == len(LENGTHS)
    assert all(piece["text_box"]["width"] > 0 and "line_box" in piece for piece in evidence)


@pytest.fixture(scope="module")
def real(plans: Path) -> list[tuple[dict[str, Any], ScaleCalibration]]:
    """Every labelled drawing, verified as the type that its label gives it."""
    found = []
    for line in (plans / "labels.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] != "drawing":
            continue
        width, height = (round(side * DPI) for side in row["page_in"])
        text = read_text_layer(plans / row["file"], row["page"], DPI, width, height).text
        strokes = read_linework(plans / row["file"], row["page"], DPI, width, height).linework
        page_type = PageType(row["page_type"])
        found.append((row, verify(calibrate(text, page_type), measure(text, strokes), text, page_type)))
        assert json.dumps(found[-1][1].to_json()), "all of it can be stored"
    return found


Real = list[tuple[dict[str, Any], ScaleCalibration]]


def test_no_real_sheet_with_a_wrong_note_looks_right(real: Real) -> None:
    traps = [
        found
        for row, found in real
        if row["primary_scale_ratio"]
        and row.get("measured_ratio")
        and abs(row.get("measured_ratio") / row["primary_scale_ratio"] - 1) > 0.03
    ]
    assert len(traps) >= 8
    assert {found.status for found in traps} == {ScaleStatus.MISMATCH}


def test_no_real_sheet_whose_note_holds_is_called_wrong(real: Real) -> None:
    holds = [
        (row["file"], row["page"], found.status)
        for row, found in real
        if row["primary_scale_ratio"]
        and abs((row.get("measured_ratio") or row["primary_scale_ratio"]) / row["primary_scale_ratio"] - 1)
        <= 0.03
        and found.status is ScaleStatus.MISMATCH
    ]
    assert holds == []


def test_what_real_sheets_measure_is_right(real: Real) -> None:
    measured = [
        (row.get("measured_ratio") or row["primary_scale_ratio"], found.measured_ratio)
        for row, found in real
        if found.measured_ratio and (row.get("measured_ratio") or row["primary_scale_ratio"])
    ]
    assert len(measured) >= 30
    assert [pair for pair in measured if abs(pair[1] / pair[0] - 1) > 0.03] == []
