"""Stage `scale_calibrations`: the drawing scale of every page, written and measured, with all that tells it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.page_text import PageText
from docpipe_assets.scale import ClaimedNote, ScaleCalibration
from docpipe_assets.scale.second_opinion import is_unsure, reconcile
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, select_pages, share_out
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import combine, fingerprint
from docpipe_assets.stages.measured_scale import calibrate_page
from docpipe_assets.stages.sister_sheets import hold_against_sisters
from docpipe_assets.stages.stored_text import page_text
from docpipe_assets.stages.vision_model import Asked, ask_pages, open_model, provenance
from docpipe_assets.storage import documents
from docpipe_assets.storage.tables import OcrResult, Page, PageClassification, ScaleCalibrationRow
from docpipe_assets.vision import READ_SCALE, VisionModel, read_scale
from docpipe_assets.vocabulary import AskModel, PageType, Stage


@dataclass(frozen=True, slots=True)
class _Known:
    """What earlier stages know of a page, and the fingerprint of its calibration, if it has one.

    `claims` are the scale notes that the vision model read when it was asked who the sheet is, and None if it
    was not, or gave no answer; `asked` is where that answer came from.
    """

    image_key: str
    page_type: PageType
    paper_assumed: bool
    claims: tuple[ClaimedNote, ...] | None
    asked: dict[str, Any]
    calibrated: str | None


Timed = tuple[ScaleCalibration, float]


def calibrate_pages(run: DocumentRun) -> StageOutcome:
    """Find the scale of every page that has been read and classified, and hold it against what the page measures.

    Where what is written leaves doubts, or always, as the settings say, what the vision model reads decides
    too. It is asked about pages of which it has not told the scale notes already.
    """
    started = time.monotonic()
    model = open_model(run.settings, run.settings.vision_scale)
    with run.sessions() as session:
        document = run.document(session)
        known = _known_pages(session, document.id, run, model)
    todo, skipped = select_pages(
        run,
        list(known),
        {task.page_id: page.calibrated for task, page in known.items() if page.calibrated is not None},
    )
    done: list[int] = []
    failed: dict[int, str] = {}
    if todo:
        with run.same_upload_copy(document) as upload:
            done, failed, unsure = _by_rules(run, document.id, upload, todo, known, model)
        if model is not None and unsure:
            asked_done, asked_failed = _ask(run, document.id, model, unsure)
            done, failed = done + asked_done, failed | asked_failed
        with run.sessions.begin() as session:
            hold_against_sisters(session, document.id)
    return StageOutcome(
        stage=Stage.SCALE_CALIBRATIONS,
        done=tuple(sorted(done)),
        skipped=tuple(task.page_number for task in skipped),
        failed=failed,
        duration_s=time.monotonic() - started,
        data_version=combine(task.fingerprint for task in known),
    )


def _known_pages(
    session: Session, document_id: uuid.UUID, run: DocumentRun, model: VisionModel | None
) -> dict[PageTask, _Known]:
    settings = run.settings
    asked = [settings.vision_scale, settings.vision_model, READ_SCALE.version] if model else []
    rows = session.execute(
        select(
            Page.id,
            Page.page_number,
            Page.image_key,
            Page.dpi_assumed,
            OcrResult.fingerprint.label("read"),
            PageClassification.fingerprint.label("classified"),
            PageClassification.page_type,
            PageClassification.claimed_notes,
            PageClassification.provenance,
            ScaleCalibrationRow.fingerprint.label("calibrated"),
        )
        .join(OcrResult, OcrResult.page_id == Page.id)
        .join(PageClassification, PageClassification.page_id == Page.id)
        .outerjoin(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
        .where(Page.document_id == document_id)
        .order_by(Page.page_number)
    )
    return {
        PageTask(
            row.id, row.page_number, fingerprint(Stage.SCALE_CALIBRATIONS, row.read, row.classified, *asked)
        ): _Known(
            row.image_key,
            row.page_type,
            row.dpi_assumed,
            _claims(row.claimed_notes),
            row.provenance,
            row.calibrated,
        )
        for row in rows
    }


def _claims(stored: list[Any] | None) -> tuple[ClaimedNote, ...] | None:
    return None if stored is None else tuple(ClaimedNote.from_json(note) for note in stored)


def _by_rules(
    run: DocumentRun,
    document_id: uuid.UUID,
    upload: Path,
    todo: list[PageTask],
    known: Mapping[PageTask, _Known],
    model: VisionModel | None,
) -> tuple[list[int], dict[int, str], dict[PageTask, Timed]]:
    """Store what needs no second opinion; page numbers stored, failures, and the pages to ask the model about."""
    always = run.settings.vision_scale is AskModel.ALWAYS
    unsure: dict[PageTask, Timed] = {}

    def arguments(task: PageTask) -> tuple[Path, int, str, str, PageText, PageType, bool]:
        page = known[task]
        bucket = run.settings.artifacts_url
        with run.sessions() as session:
            text = page_text(session, task.page_id)
        return upload, task.page_number, bucket, page.image_key, text, page.page_type, page.paper_assumed

    def store(session: Session, task: PageTask, found: ScaleCalibration, duration_s: float) -> None:
        page = known[task]
        if model is None or not (always or is_unsure(found)):
            session.merge(_row(run, task, found, duration_s, {}))
        elif page.claims is not None:
            both = reconcile(found, page.claims, page_text(session, task.page_id))
            session.merge(_row(run, task, both, duration_s, page.asked))
        else:
            unsure[task] = found, duration_s

    work = PageWork(
        stage=Stage.SCALE_CALIBRATIONS,
        function=calibrate_page,
        arguments=arguments,
        store=store,
        timeout_s=run.settings.render_timeout_s,
    )
    done, failed = share_out(run, document_id, work, todo)
    asked = {task.page_number for task in unsure}
    return [number for number in done if number not in asked], failed, unsure


def _ask(
    run: DocumentRun, document_id: uuid.UUID, model: VisionModel, unsure: dict[PageTask, Timed]
) -> tuple[list[int], dict[int, str]]:
    """Put pages to the model, and keep what comes of the written scale and the model's notes together."""

    def keep(
        session: Session, task: PageTask, asked: Asked[tuple[ClaimedNote, ...]], duration_s: float
    ) -> None:
        written, seconds = unsure[task]
        if asked.answer is not None:
            written = reconcile(written, asked.answer, page_text(session, task.page_id))
        row = _row(run, task, written, seconds + duration_s, provenance(asked))
        if asked.answer is None:
            row.needs_review = True
            row.review_reasons = [*row.review_reasons, asked.why_not]
        session.merge(row)

    in_order = sorted(unsure, key=lambda task: task.page_number)
    return ask_pages(run, document_id, Stage.SCALE_CALIBRATIONS, model, read_scale, in_order, keep)


def _row(
    run: DocumentRun, task: PageTask, found: ScaleCalibration, duration_s: float, provenance: dict[str, Any]
) -> ScaleCalibrationRow:
    return ScaleCalibrationRow(
        page_id=task.page_id,
        status=found.status,
        scale_text=found.scale_text,
        ratio=str(found.ratio) if found.ratio is not None else None,
        pixels_per_foot=found.pixels_per_foot,
        bounding_box=found.box.to_json() if found.box else None,
        method=found.method,
        confidence=found.confidence,
        needs_review=found.needs_review,
        review_reasons=[reason.value for reason in found.review],
        scale_calibration_data=found.to_json(),
        provenance=provenance,
        fingerprint=task.fingerprint,
        run_id=run.run_id,
        duration_s=duration_s,
        made_at=documents.now(),
    )
