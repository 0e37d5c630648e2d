"""What a stage has in hand while one run works on one document."""

from __future__ import annotations

import contextlib
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.errors import DocumentError, TransientError
from docpipe_assets.settings import Settings
from docpipe_assets.stages.pool import PagePool
from docpipe_assets.storage import documents
from docpipe_assets.storage.bucket import Bucket, ObjectMissingError
from docpipe_assets.storage.tables import Document, Page
from docpipe_assets.vocabulary import ErrorCode, Stage


def logger(**bound: str) -> Any:
    """A structlog logger that puts `bound` on every line; loaded late, as it brings half of rich along."""
    import structlog

    return structlog.get_logger().bind(**bound)


@dataclass(frozen=True)
class DocumentRun:
    """One run's work on one document: with what, on which pages, and how it learns that it should stop.

    `pages` empty means all pages. `force` redoes what the fingerprints say is done. `stages` are the stages
    of this run. `check_wanted` raises when the run is to end, and is called between pages.
    """

    partition_key: str
    run_id: str
    stages: frozenset[Stage]
    settings: Settings
    sessions: sessionmaker[Session]
    uploads: Bucket
    artifacts: Bucket
    pool: PagePool
    check_wanted: Callable[[], None]
    pages: frozenset[int] = frozenset()
    force: bool = False
    log: Any = field(default_factory=logger)

    def document(self, session: Session) -> Document:
        return documents.by_partition_key(session, self.partition_key)

    def is_last(self, stage: Stage) -> bool:
        """Whether no later stage is part of this run."""
        order = list(Stage)
        return order.index(stage) == max(order.index(s) for s in self.stages)

    def chosen(self, page_number: int) -> bool:
        return not self.pages or page_number in self.pages

    def page_rows(self, session: Session, document_id: uuid.UUID) -> list[Page]:
        """All pages that have an image, in order."""
        return list(
            session.scalars(select(Page).where(Page.document_id == document_id).order_by(Page.page_number))
        )

    @contextlib.contextmanager
    def upload_copy(self, document: Document) -> Iterator[tuple[Path, str]]:
        """A scratch copy of the upload, safe from whoever replaces it meanwhile, and its sha256.

        Raises `DocumentError` (`removed`) when the bucket no longer has it.
        """
        with self.scratch_folder() as folder:
            copy = folder / document.file_name
            with copy.open("wb") as target:
                try:
                    sha256 = self.uploads.download(document.bucket_key, target)
                except ObjectMissingError as error:
                    raise DocumentError(
                        ErrorCode.REMOVED,
                        f"{document.file_name} was removed from the upload bucket before it could be read. "
                        "Upload it again.",
                    ) from error
            yield copy, sha256

    @contextlib.contextmanager
    def same_upload_copy(self, document: Document) -> Iterator[Path]:
        """A scratch copy of the very upload that the page images were made from."""
        with self.upload_copy(document) as (copy, sha256):
            if sha256 != document.sha256:
                raise TransientError(
                    f"{document.file_name} was replaced in the upload bucket after its pages were made. "
                    "The new upload is processed by a run of its own; re-run `pages` if none is under way."
                )
            yield copy

    @contextlib.contextmanager
    def scratch_folder(self) -> Iterator[Path]:
        """A temporary folder that is gone afterwards."""
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
