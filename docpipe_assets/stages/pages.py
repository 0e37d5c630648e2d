"""Stage `pages`: every page of the upload as an image, a thumbnail and a row."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from docpipe_assets import identity
from docpipe_assets.errors import DocumentError
from docpipe_assets.pdf.document import DocumentInfo, inspect
from docpipe_assets.pdf.render import PageImage, render_page
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, process_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import fingerprint
from docpipe_assets.stages.pool import ChildCrashed, ChildOutOfMemory, ChildTimedOut
from docpipe_assets.storage import documents
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.tables import Document, Page, StageFailure
from docpipe_assets.vocabulary import ErrorCode, Stage


def make_pages(run: DocumentRun) -> StageOutcome:
    """Draw the pages of the document as it is in the bucket now, and drop what an older upload had beyond.

    Raises `DocumentError` when nothing of it can be opened.
    """
    with run.sessions() as session:
        document = run.document(session)
    _refuse_oversize(document, run.settings.max_document_mb)
    with run.upload_copy(document) as (upload, sha256):
        info = _inspect(run, document, upload)
        with run.sessions.begin() as session:
            document = run.document(session)
            document.sha256 = sha256
            document.page_count = info.page_count
            orphans = _drop_pages_beyond(session, document.id, info.page_count)
            current = {page.id: page.fingerprint for page in run.page_rows(session, document.id)}
        run.artifacts.delete(orphans)
        settings = run.settings
        tasks = [
            PageTask(
                identity.page_id(document.id, number),
                number,
                fingerprint(Stage.PAGES, sha256, number, settings.render_dpi, settings.render_max_megapixels),
            )
            for number in range(1, info.page_count + 1)
        ]

        def arguments(task: PageTask) -> tuple[Path, int, str, str, str, int, float]:
            image_key, thumbnail_key = _keys(document.id, task.page_number)
            return (
                upload,
                task.page_number,
                settings.artifacts_url,
                image_key,
                thumbnail_key,
                settings.render_dpi,
                settings.render_max_megapixels,
            )

        def store(session: Session, task: PageTask, image: PageImage, duration_s: float) -> None:
            image_key, thumbnail_key = _keys(document.id, task.page_number)
            session.merge(
                Page(
                    id=task.page_id,
                    document_id=document.id,
                    page_number=task.page_number,
                    width_px=image.width_px,
                    height_px=image.height_px,
                    dpi=image.dpi,
                    dpi_assumed=image.dpi_assumed,
                    width_in=image.width_in,
                    height_in=image.height_in,
                    rotation=image.rotation,
                    has_text_layer=image.has_text_layer,
                    image_key=image_key,
                    thumbnail_key=thumbnail_key,
                    content_hash=image.content_hash,
                    fingerprint=task.fingerprint,
                    run_id=run.run_id,
                    duration_s=duration_s,
                    made_at=documents.now(),
                )
            )

        work = PageWork(
            stage=Stage.PAGES,
            function=_render,
            arguments=arguments,
            store=store,
            timeout_s=settings.render_timeout_s,
            timed_out=ErrorCode.RENDER_TIMEOUT,
            crashed=ErrorCode.RENDER_CRASHED,
        )
        return process_pages(run, document.id, work, tasks, current)


def _keys(document_id: uuid.UUID, page_number: int) -> tuple[str, str]:
    stem = f"documents/{document_id}/pages/{page_number:04d}"
    return f"{stem}.png", f"{stem}-thumbnail.png"


def _render(
    upload: Path,
    page_number: int,
    artifacts_url: str,
    image_key: str,
    thumbnail_key: str,
    dpi: int,
    max_megapixels: float,
) -> PageImage:
    with tempfile.TemporaryDirectory(dir=upload.parent) as folder:
        image, thumbnail = Path(folder, "page.png"), Path(folder, "thumbnail.png")
        made = render_page(upload, page_number, image, thumbnail, dpi, max_megapixels)
        bucket = open_bucket(artifacts_url)
        bucket.write(image_key, image)
        bucket.write(thumbnail_key, thumbnail)
    return made


def _refuse_oversize(document: Document, max_document_mb: int) -> None:
    if document.size_bytes > max_document_mb * 1_000_000:
        raise DocumentError(
            ErrorCode.TOO_LARGE,
            f"{document.file_name} has {document.size_bytes / 1e6:,.0f} MB; at most {max_document_mb:,} MB are "
            "accepted. Split it, or raise DOCPIPE_MAX_DOCUMENT_MB.",
        )


def _inspect(run: DocumentRun, document: Document, upload: Path) -> DocumentInfo:
    name = document.file_name
    try:
        return run.pool.run(inspect, upload, run.settings.max_pages, timeout_s=run.settings.render_timeout_s)
    except ChildTimedOut as error:
        sentence = f"{name} could not be opened within {run.settings.render_timeout_s:.0f} seconds."
        raise DocumentError(ErrorCode.CORRUPT, f"{sentence} Export it again and upload it.") from error
    except ChildOutOfMemory as error:
        raise DocumentError(
            ErrorCode.TOO_LARGE, f"{name} needs more memory to open than a document may take. Split it."
        ) from error
    except ChildCrashed as error:
        raise DocumentError(
            ErrorCode.CORRUPT,
            f"{name} is so damaged that it crashes the PDF reader. Export it again and upload it.",
        ) from error


def _drop_pages_beyond(session: Session, document_id: uuid.UUID, page_count: int) -> list[str]:
    """Forget the pages that only an older upload had; the keys of their images, which are to be deleted."""
    beyond = session.scalars(
        select(Page).where(Page.document_id == document_id, Page.page_number > page_count)
    ).all()
    for page in beyond:
        session.delete(page)
    session.execute(
        delete(StageFailure).where(
            StageFailure.document_id == document_id, StageFailure.page_number > page_count
        )
    )
    return [key for page in beyond for key in (page.image_key, page.thumbnail_key)]
