"""Published sheets with labels made by looking at them; what they are is told in the README beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docpipe_assets.page_text import PageText
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.scale import ScaleCalibration, Standing, calibrate
from docpipe_assets.vocabulary import PageType, ScaleStatus

DPI = 200


def page_text(plans: Path, file: str, page: int, size_in: list[float]) -> PageText:
    width, height = (round(side * DPI) for side in size_in)
    return read_text_layer(plans / file, page, DPI, width, height).text


@pytest.fixture(scope="module")
def calibrated(plans: Path) -> dict[tuple[str, int], tuple[dict[str, Any], ScaleCalibration]]:
    """Every labelled page, read as the type that its label gives it."""
    rows = [json.loads(line) for line in (plans / "labels.jsonl").read_text("utf-8").splitlines()]
    found = {}
    for row in rows:
        text = page_text(plans, row["file"], row["page"], row["page_in"])
        key = Path(row["file"]).name, row["page"]
        found[key] = row, calibrate(text, PageType(row["page_type"]))
    return found


Pages = dict[tuple[str, int], tuple[dict[str, Any], ScaleCalibration]]


def test_no_page_claims_a_wrong_scale(calibrated: Pages) -> None:
    wrong = [
        (key, str(found.ratio))
        for key, (row, found) in calibrated.items()
        if found.ratio is not None and found.ratio != row["primary_scale_ratio"]
    ]
    assert wrong == []


def test_nearly_every_written_scale_is_found(calibrated: Pages) -> None:
    written = [(row, found) for row, found in calibrated.values() if row["primary_scale_ratio"]]
    right = [row for row, found in written if found.ratio == row["primary_scale_ratio"]]
    assert len(right) >= len(written) - 1
    assert all(found.needs_review for row, found in written if found.ratio is None)


def test_pages_without_a_number_get_none(calibrated: Pages) -> None:
    unscaled = [found for row, found in calibrated.values() if row["primary_scale_ratio"] is None]
    assert unscaled
    assert {found.status for found in unscaled} <= {ScaleStatus.NOT_FOUND, ScaleStatus.NOT_A_DRAWING}


def test_a_view_has_its_title_and_number(calibrated: Pages) -> None:
    _, found = calibrated["va_finish_plan_AF101.pdf", 1]
    (view,) = found.views
    assert (view.title, view.number, view.scale_text) == ("FIRST FLOOR FINISH PLAN", "1", '1/8" = 1\'-0"')
    _, details = calibrated["farmhouse_open_source_blueprints.pdf", 21]
    titles = {view.title for view in details.views}
    assert titles == set(calibrated["farmhouse_open_source_blueprints.pdf", 21][0]["view_titles"])


def test_bars_in_the_margin_are_not_the_scale(calibrated: Pages) -> None:
    _, plan = calibrated["va_finish_plan_AF101.pdf", 1]
    _, schedule = calibrated["va_finish_plan_AF101.pdf", 2]
    bars = [c for c in plan.candidates if c.standing is Standing.GENERIC_BAR]
    assert len(bars) == 8
    assert (plan.ratio, schedule.status) == (96, ScaleStatus.NOT_A_DRAWING)


@pytest.mark.parametrize(
    ("file", "page"),
    [
        ("farmhouse_open_source_blueprints.pdf", 7),
        ("kegonsa_30x42_set.pdf", 3),
        ("kegonsa_11x17_A103.pdf", 1),
    ],
)
def test_roof_slopes_are_not_scales(calibrated: Pages, file: str, page: int) -> None:
    row, found = calibrated[file, page]
    assert row["distractor_scales"]
    assert {candidate.ratio for candidate in found.candidates} == {48}
