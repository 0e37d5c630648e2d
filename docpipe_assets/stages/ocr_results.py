"""Stage `ocr_results`: the text of every page with positions, and which engine read it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.ocr.read import PageReading, read_page
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, process_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import fingerprint
from docpipe_assets.storage import documents
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.tables import OcrResult, Page
from docpipe_assets.vocabulary import ErrorCode, Stage


def read_pages(run: DocumentRun) -> StageOutcome:
    """Read every page that has an image: its text layer where that can be trusted, else by OCR."""
    with run.sessions() as session:
        document = run.document(session)
        pages = {page.id: page for page in run.page_rows(session, document.id)}
        earlier = {
            row.page_id: (row.fingerprint, row.attempts)
            for row in session.execute(
                select(OcrResult.page_id, OcrResult.fingerprint, OcrResult.attempts).where(
                    OcrResult.page_id.in_(select(Page.id).where(Page.document_id == document.id))
                )
            )
        }
    tasks = [
        PageTask(page.id, page.page_number, fingerprint(Stage.OCR_RESULTS, page.fingerprint))
        for page in pages.values()
    ]
    with run.same_upload_copy(document) as upload:

        def arguments(task: PageTask) -> tuple[Path, int, str, str, float, int, int]:
            page = pages[task.page_id]
            return (
                upload,
                page.page_number,
                run.settings.artifacts_url,
                page.image_key,
                page.dpi,
                page.width_px,
                page.height_px,
            )

        def store(session: Session, task: PageTask, reading: PageReading, duration_s: float) -> None:
            session.merge(
                OcrResult(
                    page_id=task.page_id,
                    engine=reading.engine,
                    engine_reason=reading.reason,
                    ocr_text=reading.text.text,
                    ocr_blocks=[block.to_json() for block in reading.text.blocks],
                    mean_confidence=reading.mean_confidence,
                    attempts=earlier.get(task.page_id, ("", 0))[1] + 1,
                    cost_usd=0.0,
                    fingerprint=task.fingerprint,
                    run_id=run.run_id,
                    duration_s=duration_s,
                    made_at=documents.now(),
                )
            )

        work = PageWork(
            stage=Stage.OCR_RESULTS,
            function=_read,
            arguments=arguments,
            store=store,
            timeout_s=run.settings.ocr_timeout_s,
            timed_out=ErrorCode.OCR_TIMEOUT,
            crashed=ErrorCode.OCR_CRASHED,
        )
        current = {page_id: row[0] for page_id, row in earlier.items()}
        return process_pages(run, document.id, work, tasks, current)


def _read(
    upload: Path,
    page_number: int,
    artifacts_url: str,
    image_key: str,
    dpi: float,
    width_px: int,
    height_px: int,
) -> PageReading:
    with open_bucket(artifacts_url).local_copy(image_key) as image:
        return read_page(upload, page_number, image, dpi, width_px, height_px)
