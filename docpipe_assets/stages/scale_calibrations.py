"""Stage `scale_calibrations`: the drawing scale of every page, with every candidate and why it was chosen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.page_text import PageText
from docpipe_assets.scale import ScaleCalibration, calibrate
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, process_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import fingerprint
from docpipe_assets.stages.stored_text import page_text
from docpipe_assets.storage import documents
from docpipe_assets.storage.tables import OcrResult, Page, PageClassification, ScaleCalibrationRow
from docpipe_assets.vocabulary import PageType, Stage


def calibrate_pages(run: DocumentRun) -> StageOutcome:
    """Find the scale of every page that has been read and classified."""
    with run.sessions() as session:
        document = run.document(session)
        rows = session.execute(
            select(
                Page.id,
                Page.page_number,
                Page.dpi_assumed,
                OcrResult.fingerprint,
                PageClassification.fingerprint,
                PageClassification.page_type,
                ScaleCalibrationRow.fingerprint,
            )
            .join(OcrResult, OcrResult.page_id == Page.id)
            .join(PageClassification, PageClassification.page_id == Page.id)
            .outerjoin(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
            .where(Page.document_id == document.id)
            .order_by(Page.page_number)
        ).all()
    tasks, known, current = [], {}, {}
    for page_id, page_number, dpi_assumed, read, classified, page_type, calibrated in rows:
        tasks.append(PageTask(page_id, page_number, fingerprint(Stage.SCALE_CALIBRATIONS, read, classified)))
        known[page_id] = page_type, dpi_assumed
        if calibrated is not None:
            current[page_id] = calibrated

    def arguments(task: PageTask) -> tuple[PageText, PageType, bool]:
        with run.sessions() as session:
            return page_text(session, task.page_id), *known[task.page_id]

    def store(session: Session, task: PageTask, found: ScaleCalibration, duration_s: float) -> None:
        session.merge(
            ScaleCalibrationRow(
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
                provenance={},
                fingerprint=task.fingerprint,
                run_id=run.run_id,
                duration_s=duration_s,
                made_at=documents.now(),
            )
        )

    work = PageWork(
        stage=Stage.SCALE_CALIBRATIONS,
        function=calibrate,
        arguments=arguments,
        store=store,
        timeout_s=run.settings.render_timeout_s,
    )
    return process_pages(run, document.id, work, tasks, current)
