"""Pages whose written scale leaves doubts, put to a vision model: the real client against a local server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pymupdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.settings import Settings
from docpipe_assets.stages.classifications import classify_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.ocr_results import read_pages
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.stages.scale_calibrations import calibrate_pages
from docpipe_assets.stages.sheet_rows import sheet_rows
from docpipe_assets.storage.tables import Page, ScaleCalibrationRow
from docpipe_assets.vocabulary import AskModel, ScaleStatus, Stage
from docpipe_tests.servers.openai import ChatRequest, Fault, OpenAIServer, floor_plan, scale_notes
from docpipe_tests.stages.asking import paid, with_model, with_settings
from docpipe_tests.stages.conftest import PDF_NAME, StartRun

EIGHTH = '1/8" = 1\'-0"'
QUARTER = '1/4" = 1\'-0"'
NOTES = (QUARTER, None, None)
"""What is written beneath the title of each page's plan."""


def answer(request: ChatRequest) -> dict[str, Any]:
    """Every page is the same plan and says 1/8" beneath its title, which none does."""
    said = scale_notes(EIGHTH) if request.schema_name == "ScaleReading" else floor_plan("A-101", EIGHTH)
    said["scales"][0]["place"] = {"image": 1, "x": 300, "y": 660, "width": 100, "height": 12}
    return said


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with closing(OpenAIServer(answer)) as server:
        yield server


@pytest.fixture
def asking(
    start_run: StartRun, settings: Settings, make_session: sessionmaker[Session], server: OpenAIServer
) -> DocumentRun:
    """A run with a model, on a classified document of floor plans of which the first has a scale."""
    first = start_run()
    with pymupdf.open() as pdf:
        for number, note in enumerate(NOTES, 101):
            page = pdf.new_page(width=17 * 72, height=11 * 72)
            page.draw_rect(pymupdf.Rect(100, 100, 900, 600), width=2)
            page.insert_text((300, 650), "FIRST FLOOR PLAN", fontsize=16)
            page.insert_text((300, 670), f"SCALE: {note}" if note else "SOUTH WING", fontsize=9)
            page.insert_text((1060, 770), "SHEET NO.", fontsize=6)
            page.insert_text((1110, 772), f"A-{number}", fontsize=22)
        first.uploads.write(PDF_NAME, bytes(pdf.tobytes()))
    assert take_in(first.uploads, make_session, settings).uploads
    run_stage(first, Stage.PAGES, make_pages, last_try=False)
    run_stage(first, Stage.OCR_RESULTS, read_pages, last_try=False)
    run_stage(first, Stage.CLASSIFICATIONS, classify_pages, last_try=False)
    return with_model(start_run(), server)


def calibrate(run: DocumentRun) -> list[ScaleCalibrationRow]:
    run_stage(run, Stage.SCALE_CALIBRATIONS, calibrate_pages, last_try=False)
    with run.sessions() as session:
        return list(
            session.scalars(
                select(ScaleCalibrationRow)
                .join(Page, Page.id == ScaleCalibrationRow.page_id)
                .order_by(Page.page_number)
            )
        )


def reasons(run: DocumentRun, page_number: int) -> tuple[str, ...]:
    """What the sheet index tells a person to look at."""
    with run.sessions() as session:
        rows = list(sheet_rows(session, run.document(session).id))
    return rows[page_number - 1].review_reasons


def test_a_scale_that_the_model_alone_reads_waits_for_a_person(
    asking: DocumentRun, server: OpenAIServer
) -> None:
    sure, *proposed = calibrate(asking)
    assert server.stats.answered == 2
    assert (sure.status, sure.ratio, sure.provenance) == (ScaleStatus.CALIBRATED, "48", {})
    for row in proposed:
        assert (row.status, row.ratio, row.pixels_per_foot) == (ScaleStatus.NOT_FOUND, "96", None)
        assert row.needs_review
        assert row.provenance["prompt_version"].startswith("read_scale")
        (claim,) = row.scale_calibration_data["claims"]
        assert claim["confirmed"] is False
    assert "Only the vision model takes this for the scale of the page." in reasons(asking, 2)


def test_what_is_paid_is_in_the_ledger_and_paid_once(asking: DocumentRun, server: OpenAIServer) -> None:
    calibrate(asking)
    calls = paid(asking)
    assert [(call.page_number, call.stage) for call in calls] == [
        (2, Stage.SCALE_CALIBRATIONS),
        (3, Stage.SCALE_CALIBRATIONS),
    ]
    assert all(call.cost_usd > 0 for call in calls)
    calibrate(replace(asking, run_id="a later run"))
    assert server.stats.answered == 2


def test_a_confident_scale_is_not_overridden_but_flagged(asking: DocumentRun, server: OpenAIServer) -> None:
    sure, *_ = calibrate(with_settings(asking, vision_scale=AskModel.ALWAYS))
    assert server.stats.answered == 3
    assert (sure.status, sure.ratio) == (ScaleStatus.CALIBRATED, "48")
    assert sure.pixels_per_foot == pytest.approx(72 * 12 / 48)
    assert sure.needs_review
    assert "The vision model reads another scale." in reasons(asking, 1)


def test_a_page_that_the_model_has_read_already_is_not_paid_for_again(
    asking: DocumentRun, server: OpenAIServer
) -> None:
    everywhere = with_settings(asking, vision_classify=AskModel.ALWAYS)
    run_stage(everywhere, Stage.CLASSIFICATIONS, classify_pages, last_try=False)
    assert server.stats.answered == len(NOTES)
    sure, *proposed = calibrate(everywhere)
    assert server.stats.answered == len(NOTES)
    assert {call.stage for call in paid(asking)} == {Stage.CLASSIFICATIONS}
    assert (sure.status, sure.ratio, sure.provenance) == (ScaleStatus.CALIBRATED, "48", {})
    for row in proposed:
        assert (row.ratio, row.pixels_per_foot, row.needs_review) == ("96", None, True)
        assert row.provenance["prompt_version"].startswith("read_sheet")


def test_a_page_that_the_model_did_not_answer_for_is_asked_for_its_scale(
    asking: DocumentRun, server: OpenAIServer
) -> None:
    everywhere = with_settings(asking, vision_classify=AskModel.ALWAYS, vision_in_flight=1)
    server.fail_next(Fault.INVALID, len(NOTES))
    run_stage(everywhere, Stage.CLASSIFICATIONS, classify_pages, last_try=False)
    assert server.stats.answered == 0
    assert [row.ratio for row in calibrate(everywhere)] == ["48", "96", "96"]
    assert server.stats.answered == 2


def test_a_model_that_is_switched_on_later_is_asked_then(asking: DocumentRun, server: OpenAIServer) -> None:
    calibrate(with_settings(asking, vision_scale=AskModel.NEVER))
    assert server.stats.calls == 0
    calibrate(asking)
    assert server.stats.answered == 2


def test_a_refused_page_keeps_what_is_written_and_says_why(asking: DocumentRun, server: OpenAIServer) -> None:
    server.fail_next(Fault.REFUSED)
    rows = calibrate(with_settings(asking, vision_in_flight=1))
    assert [row.ratio for row in rows] == ["48", None, "96"]
    assert rows[1].scale_calibration_data["claims"] is None
    assert "refused" in reasons(asking, 2)[-1]
    assert len(paid(asking)) == 2, "a refusal is billed"


def test_the_budget_holds_for_scales_too(asking: DocumentRun, server: OpenAIServer) -> None:
    calibrate(with_settings(asking, vision_in_flight=1, document_budget_usd=0.000001))
    assert server.stats.answered == 1
    assert reasons(asking, 3)[-1] == "The document's budget for paid calls is spent."
