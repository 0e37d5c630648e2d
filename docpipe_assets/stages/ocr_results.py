"""Stage `ocr_results`: the text of every page with positions, and which engine read it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.ocr.read import PageReading, read_page
from docpipe_assets.settings import Settings
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, select_pages, share_out
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import combine, fingerprint
from docpipe_assets.storage import documents
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.tables import OcrResult, Page
from docpipe_assets.vocabulary import Engine, ErrorCode, Stage


@dataclass(frozen=True)
class PagesToRead:
    """A document's pages as the engines take them, and where their text goes."""

    run: DocumentRun
    document_id: uuid.UUID
    upload: Path
    pages: Mapping[uuid.UUID, Page]
    attempts: Mapping[uuid.UUID, int]

    def arguments(self, task: PageTask) -> tuple[Path, int, str, str, float, int, int]:
        """What `read_stored_page` and its like take of a page."""
        page = self.pages[task.page_id]
        bucket = self.run.settings.artifacts_url
        return self.upload, page.page_number, bucket, page.image_key, page.dpi, page.width_px, page.height_px

    def store(
        self, session: Session, task: PageTask, reading: PageReading, duration_s: float, cost_usd: float = 0.0
    ) -> None:
        session.merge(
            OcrResult(
                page_id=task.page_id,
                engine=reading.engine,
                engine_reason=reading.reason,
                ocr_text=reading.text.text,
                ocr_blocks=[block.to_json() for block in reading.text.blocks],
                mean_confidence=reading.mean_confidence,
                attempts=self.attempts.get(task.page_id, 0) + 1,
                cost_usd=cost_usd,
                fingerprint=task.fingerprint,
                run_id=self.run.run_id,
                duration_s=duration_s,
                made_at=documents.now(),
            )
        )


def read_pages(run: DocumentRun) -> StageOutcome:
    """Read every page that has an image: its text layer where that can be trusted, else by the OCR engine."""
    started = time.monotonic()
    with run.sessions() as session:
        document = run.document(session)
        pages = {page.id: page for page in run.page_rows(session, document.id)}
        earlier = {
            row.page_id: row
            for row in session.execute(
                select(OcrResult.page_id, OcrResult.fingerprint, OcrResult.attempts).where(
                    OcrResult.page_id.in_(select(Page.id).where(Page.document_id == document.id))
                )
            )
        }
    shaped_by = _what_shapes_a_reading(run.settings)
    tasks = [
        PageTask(page.id, page.page_number, fingerprint(Stage.OCR_RESULTS, page.fingerprint, *shaped_by))
        for page in pages.values()
    ]
    todo, skipped = select_pages(run, tasks, {page_id: row.fingerprint for page_id, row in earlier.items()})
    done: list[int] = []
    failed: dict[int, str] = {}
    if todo:
        with run.same_upload_copy(document) as upload:
            attempts = {page_id: row.attempts for page_id, row in earlier.items()}
            to_read = PagesToRead(run, document.id, upload, pages, attempts)
            done, failed = _read(to_read, todo)
    return StageOutcome(
        stage=Stage.OCR_RESULTS,
        done=tuple(sorted(done)),
        skipped=tuple(task.page_number for task in skipped),
        failed=failed,
        duration_s=time.monotonic() - started,
        data_version=combine(task.fingerprint for task in tasks),
    )


def _read(to_read: PagesToRead, todo: list[PageTask]) -> tuple[list[int], dict[int, str]]:
    if to_read.run.settings.ocr_engine is Engine.GOOGLE_VISION:
        from docpipe_assets.stages.cloud_ocr import read_in_the_cloud

        return read_in_the_cloud(to_read, todo)
    work = PageWork(
        stage=Stage.OCR_RESULTS,
        function=_read_stored_page,
        arguments=to_read.arguments,
        store=to_read.store,
        timeout_s=to_read.run.settings.ocr_timeout_s,
        timed_out=ErrorCode.OCR_TIMEOUT,
        crashed=ErrorCode.OCR_CRASHED,
    )
    return share_out(to_read.run, to_read.document_id, work, todo)


def _read_stored_page(
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


def _what_shapes_a_reading(settings: Settings) -> tuple[str, ...]:
    if settings.ocr_engine is Engine.GOOGLE_VISION:
        return settings.ocr_engine, settings.ocr_pages, *settings.google_vision_languages
    return (settings.ocr_engine,)
