"""All five stages of a document, one after the other, on real files, database, buckets and child processes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.errors import DocumentError
from docpipe_assets.settings import Settings
from docpipe_assets.stages.checkpoint import StageOutcome
from docpipe_assets.stages.classifications import classify_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.ocr_results import read_pages
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.stages.plan_set import index_metadata, make_plan_set
from docpipe_assets.stages.scale_calibrations import calibrate_pages
from docpipe_assets.storage.bucket import Bucket
from docpipe_assets.storage.documents import now
from docpipe_assets.storage.tables import ManualCalibration, Page, PageClassification, PlanSet
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode, Stage
from docpipe_tests.stages.conftest import PDF_NAME, StartRun, sheets

WORK = {
    Stage.PAGES: make_pages,
    Stage.OCR_RESULTS: read_pages,
    Stage.CLASSIFICATIONS: classify_pages,
    Stage.SCALE_CALIBRATIONS: calibrate_pages,
    Stage.PLAN_SET: make_plan_set,
}


def ingest(run: DocumentRun) -> dict[Stage, StageOutcome]:
    return {stage: run_stage(run, stage, work, last_try=False) for stage, work in WORK.items()}


def upload_again(
    run: DocumentRun, content: bytes, settings: Settings, make_session: sessionmaker[Session]
) -> None:
    run.uploads.write(PDF_NAME, content)
    assert take_in(run.uploads, make_session, settings).uploads


def index_of(run: DocumentRun) -> list[dict[str, object]]:
    """The sheet index as it lies in the artifacts bucket."""
    with run.sessions() as session:
        key = session.get_one(PlanSet, run.document(session).id).json_key
    rows: list[dict[str, object]] = json.loads(run.artifacts.read(key))
    return rows


def test_a_document_goes_from_upload_to_sheet_index(start_run: StartRun) -> None:
    run = start_run()
    outcomes = ingest(run)
    assert all(outcome.done == (1, 2) for outcome in outcomes.values())
    with run.sessions() as session:
        assert run.document(session).status is DocumentStatus.READY
    rows = index_of(run)
    assert [row["sheet_number"] for row in rows] == ["A-101", "A-102"]
    assert {row["scale_ratio"] for row in rows} == {48}


def test_a_second_run_does_nothing_at_all(start_run: StartRun) -> None:
    ingest(start_run())
    again = ingest(start_run())
    assert all((outcome.done, outcome.skipped) == ((), (1, 2)) for outcome in again.values())


def test_the_data_versions_stay_while_nothing_changes(start_run: StartRun) -> None:
    first = ingest(start_run())
    second = ingest(start_run(force=True))
    assert {s: o.data_version for s, o in first.items()} == {s: o.data_version for s, o in second.items()}


def test_a_changed_setting_redoes_the_stage_that_it_shapes_and_what_follows(start_run: StartRun) -> None:
    run = start_run()
    ingest(run)
    sharper = replace(start_run(), settings=run.settings.model_copy(update={"render_dpi": 100}))
    assert all(outcome.done == (1, 2) for outcome in ingest(sharper).values())


def test_an_upload_with_fewer_pages_leaves_nothing_of_the_longer_one(
    start_run: StartRun, settings: Settings, make_session: sessionmaker[Session]
) -> None:
    run = start_run()
    ingest(run)
    upload_again(run, sheets("A-900"), settings, make_session)
    ingest(shorter := start_run())
    with run.sessions() as session:
        pages = session.scalars(select(Page)).all()
    assert [page.page_number for page in pages] == [1]
    kept = {found.key for found in run.artifacts.list().objects if found.key.endswith(".png")}
    assert kept == {pages[0].image_key, pages[0].thumbnail_key}
    assert [row["sheet_number"] for row in index_of(shorter)] == ["A-900"]


def test_a_page_that_cannot_be_drawn_fails_alone(
    start_run: StartRun, settings: Settings, make_session: sessionmaker[Session], plans: Path, tmp_path: Path
) -> None:
    with (
        pymupdf.open("pdf", sheets("A-101", "A-102")) as pdf,
        pymupdf.open(plans / "odd" / "synthetic_form_laughs_1e9.pdf") as hostile,
    ):
        pdf.insert_pdf(hostile, start_at=1)
        content = pdf.tobytes()
    upload_again(start_run(), content, settings, make_session)
    run = replace(start_run(), settings=settings.model_copy(update={"render_timeout_s": 4.0}))
    outcomes = {}
    with pytest.raises(DocumentError, match=r"1 of 3 pages failed \(page 2\)"):
        for stage, work in WORK.items():
            outcomes[stage] = run_stage(run, stage, work, last_try=False)
    assert outcomes[Stage.PAGES].done == (1, 3)
    assert list(outcomes[Stage.PAGES].failed) == [2]
    rows = index_of(run)
    assert [row["sheet_number"] for row in rows] == ["A-101", None, "A-102"]
    assert "Page 2 was not done after 4 seconds" in str(rows[1]["failure"])
    with run.sessions() as session:
        document = run.document(session)
        assert (document.status, document.error_code) == (DocumentStatus.ERROR, ErrorCode.PAGES_FAILED)


def test_chosen_pages_of_classification_are_judged_with_their_sister_sheets(start_run: StartRun) -> None:
    ingest(start_run())
    run = start_run(pages=frozenset({2}), force=True, stages=frozenset({Stage.CLASSIFICATIONS}))
    outcome = run_stage(run, Stage.CLASSIFICATIONS, classify_pages, last_try=False)
    assert outcome.done == (2,)
    with run.sessions() as session:
        rows = session.execute(
            select(Page.page_number, PageClassification.run_id, PageClassification.sheet_number)
            .join(PageClassification, PageClassification.page_id == Page.id)
            .order_by(Page.page_number)
        ).all()
    assert [(number, sheet) for number, _, sheet in rows] == [(1, "A-101"), (2, "A-102")]
    assert [run_id == run.run_id for _, run_id, _ in rows] == [False, True]


def test_a_persons_calibration_wins_and_stays(start_run: StartRun) -> None:
    run = start_run()
    ingest(run)
    with run.sessions.begin() as session:
        page = session.scalars(select(Page).where(Page.page_number == 1)).one()
        session.add(
            ManualCalibration(
                page_id=page.id,
                pixels_per_foot=9.0,
                calibrated_by="Ada",
                calibrated_at=now(),
                note="by the bar",
            )
        )
    ingest(again := start_run(force=True))
    first, second = index_of(again)
    assert (first["scale_status"], first["pixels_per_foot"]) == ("manual", 9.0)
    assert second["scale_status"] == "calibrated"


@pytest.mark.parametrize(
    ("limit", "code"),
    [({"max_pages": 1}, ErrorCode.TOO_MANY_PAGES), ({"max_document_mb": 0}, ErrorCode.TOO_LARGE)],
)
def test_what_is_too_much_is_refused_with_a_sentence(
    start_run: StartRun, limit: dict[str, int], code: ErrorCode
) -> None:
    run = start_run()
    run = replace(run, settings=run.settings.model_copy(update=limit))
    with pytest.raises(DocumentError) as refused:
        run_stage(run, Stage.PAGES, make_pages, last_try=False)
    assert refused.value.code is code


def test_an_upload_that_is_gone_is_said_to_be_gone(start_run: StartRun, uploads: Bucket) -> None:
    run = start_run()
    uploads.delete([PDF_NAME])
    with pytest.raises(DocumentError) as gone:
        run_stage(run, Stage.PAGES, make_pages, last_try=False)
    assert gone.value.code is ErrorCode.REMOVED


def test_sheets_that_the_cover_lists_and_the_document_lacks_are_named(
    start_run: StartRun, settings: Settings, make_session: sessionmaker[Session]
) -> None:
    run = start_run()
    with pymupdf.open("pdf", sheets("A-101", "A-102")) as pdf:
        cover = pdf.new_page(0, width=17 * 72, height=11 * 72)
        cover.insert_text((100, 100), "SHEET INDEX", fontsize=18)
        listed = [("G-001", "COVER SHEET"), ("A-101", "FIRST FLOOR PLAN"), ("A-103", "ROOF PLAN")]
        for line, (number, title) in enumerate(listed):
            cover.insert_text((100, 140 + 20 * line), number, fontsize=10)
            cover.insert_text((180, 140 + 20 * line), title, fontsize=10)
        cover.insert_text((1060, 770), "SHEET NO.", fontsize=6)
        cover.insert_text((1110, 772), "G-001", fontsize=22)
        upload_again(run, bytes(pdf.tobytes()), settings, make_session)
    ingest(run)
    assert index_metadata(run) == {
        "missing_sheets": ["A-103 ROOF PLAN"],
        "unlisted_sheets": ["page 3: A-102"],
    }
    with run.sessions() as session:
        report = session.get_one(PlanSet, run.document(session).id).report_key
    assert "ROOF PLAN is listed and not here" in run.artifacts.read(report).decode()
