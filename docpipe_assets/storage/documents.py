"""Rows of `documents` and `stage_failures`: what is known of an upload and where it stands."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from docpipe_assets import identity
from docpipe_assets.errors import DocpipeError, PermanentError
from docpipe_assets.storage.bucket import StoredObject
from docpipe_assets.storage.tables import Document, StageFailure
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode, Stage

WHOLE_DOCUMENT = 0
"""The page number under which a failure of the whole document is kept."""


class UnknownDocumentError(DocpipeError):
    """No document goes by that partition key."""


def now() -> datetime:
    return datetime.now(UTC)


def by_partition_key(session: Session, partition_key: str) -> Document:
    """The document of a partition. Raises `UnknownDocumentError`."""
    document = session.scalar(select(Document).where(Document.partition_key == partition_key))
    if document is None:
        raise UnknownDocumentError(
            f"No document has the key {partition_key}. `docpipe status` lists the documents and their keys."
        )
    return document


def record_upload(session: Session, found: StoredObject, content_type: str | None) -> Document:
    """Keep a new upload: a new document, or a new version of one whose bucket key is known."""
    document = session.scalar(select(Document).where(Document.bucket_key == found.key))
    if document is None:
        document = Document(
            id=identity.document_id(found.key),
            partition_key=identity.partition_key(found.key),
            bucket_key=found.key,
            file_name=PurePosixPath(found.key).name,
        )
        session.add(document)
    document.content_type = content_type
    document.etag = found.etag
    document.size_bytes = found.size
    document.status = DocumentStatus.UPLOADED
    document.error_code = document.error_message = document.run_id = document.removed_at = None
    document.uploaded_at = now()
    return document


def start(document: Document, run_id: str) -> None:
    """A run takes the document in hand; one that is ready stays ready while a stage of it is re-run."""
    document.run_id = run_id
    if document.status != DocumentStatus.READY:
        document.status = DocumentStatus.PROCESSING
        document.error_code = document.error_message = None
        document.started_at = now()


def fail(document: Document, code: ErrorCode, message: str) -> None:
    document.status = DocumentStatus.ERROR
    document.error_code = code
    document.error_message = message


def finish(document: Document) -> None:
    """Every stage of every page is done."""
    document.status = DocumentStatus.READY
    document.error_code = document.error_message = None
    document.ready_at = now()


def record_failure(
    session: Session,
    document_id: uuid.UUID,
    stage: Stage,
    page_number: int,
    error: PermanentError,
    run_id: str,
) -> None:
    """Keep why a stage has no result for a page (or for the document: `WHOLE_DOCUMENT`)."""
    failure = session.get(StageFailure, (document_id, stage, page_number))
    if failure is None:
        failure = StageFailure(document_id=document_id, stage=stage, page_number=page_number, attempts=0)
        session.add(failure)
    failure.attempts += 1
    failure.error_code = error.code
    failure.message = error.message
    failure.run_id = run_id
    failure.failed_at = now()


def clear_failures(
    session: Session, document_id: uuid.UUID, stage: Stage, page_numbers: Sequence[int]
) -> None:
    session.execute(
        delete(StageFailure).where(
            StageFailure.document_id == document_id,
            StageFailure.stage == stage,
            StageFailure.page_number.in_(page_numbers),
        )
    )


def failures(session: Session, document_id: uuid.UUID) -> list[StageFailure]:
    """All failures of a document, by stage and page."""
    rows = session.scalars(select(StageFailure).where(StageFailure.document_id == document_id))
    order = list(Stage)
    return sorted(rows, key=lambda row: (order.index(row.stage), row.page_number))
