"""What the upload bucket holds now, against what `documents` knows: new, changed, removed, returned."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.pdf.document import Format, sniff
from docpipe_assets.settings import Settings
from docpipe_assets.storage import documents
from docpipe_assets.storage.bucket import Bucket, ObjectMissingError, StoredObject
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode

_UNFINISHED_FACTOR = 10
"""An empty file, or a PDF whose end mark is not there yet, is given this many times longer to settle."""

_CONTENT_TYPES = {Format.PDF: "application/pdf", Format.TIFF: "image/tiff"}


@dataclass(frozen=True, slots=True)
class KnownUpload:
    """What `documents` knows of a bucket key."""

    etag: str
    removed: bool


@dataclass(frozen=True, slots=True)
class BucketChanges:
    """A listing compared with what is known. `new` holds changed objects too."""

    new: tuple[StoredObject, ...]
    returned: tuple[str, ...]
    removed: tuple[str, ...]
    suspicious: bool
    """Nothing is there although something was: rather a lost mount than a clean sweep."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What one look at the bucket led to."""

    uploads: tuple[Document, ...] = ()
    refused: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreadable_names: tuple[str, ...] = ()
    suspicious: bool = False
    settling: tuple[str, ...] = ()

    @property
    def eventful(self) -> bool:
        return bool(self.uploads or self.refused or self.removed)


def compare(listing: Sequence[StoredObject], known: Mapping[str, KnownUpload]) -> BucketChanges:
    """Compare by key and etag; an empty listing where there were objects changes nothing."""
    present = {found.key for found in listing}
    expected = {key for key, upload in known.items() if not upload.removed}
    if expected and not present:
        return BucketChanges((), (), (), suspicious=True)
    return BucketChanges(
        new=tuple(f for f in listing if f.key not in known or known[f.key].etag != f.etag),
        returned=tuple(
            f.key for f in listing if f.key in known and known[f.key].removed and known[f.key].etag == f.etag
        ),
        removed=tuple(sorted(expected - present)),
        suspicious=False,
    )


def watch(bucket: Bucket, make_session: sessionmaker[Session], settings: Settings) -> Intake:
    """Look at the bucket until something happens there, at most `bucket_watch_s` seconds.

    A sensor is evaluated every five seconds; watching in between lets a document begin at once.
    Raises `TransientError` when the bucket cannot be listed.
    """
    deadline = time.monotonic() + settings.bucket_watch_s
    while True:
        intake = take_in(bucket, make_session, settings)
        if intake.eventful or time.monotonic() + settings.bucket_poll_s > deadline:
            return intake
        time.sleep(settings.bucket_poll_s)


def take_in(bucket: Bucket, make_session: sessionmaker[Session], settings: Settings) -> Intake:
    """One look at the bucket: keep what is new, and say what was refused, removed or is still being written."""
    listing = bucket.list()
    with make_session() as session:
        known = {
            key: KnownUpload(etag, removed_at is not None)
            for key, etag, removed_at in session.execute(
                select(Document.bucket_key, Document.etag, Document.removed_at)
            )
        }
    changes = compare(listing.objects, known)
    intake = Intake(unreadable_names=listing.unreadable_names, suspicious=changes.suspicious)
    uploads: list[Document] = []
    refused: list[Document] = []
    settling: list[str] = []
    for found in changes.new:
        try:
            head = bucket.head(found.key)
            if _still_written(bucket, found, head, settings.settle_s):
                settling.append(found.key)
                continue
        except ObjectMissingError:
            continue  # taken away since the listing; the next look says so
        with make_session.begin() as session:
            document, accepted = _keep(session, found, head)
        (uploads if accepted else refused).append(document)
    if changes.returned or changes.removed:
        with make_session.begin() as session:
            _mark_returned(session, changes.returned)
            _mark_removed(session, changes.removed)
    return replace(
        intake,
        uploads=tuple(uploads),
        refused=tuple(document.bucket_key for document in refused),
        removed=changes.removed,
        settling=tuple(settling),
    )


def _still_written(bucket: Bucket, found: StoredObject, head: bytes, settle_s: float) -> bool:
    # Only a folder shows files that are still being written; objects elsewhere appear whole.
    if not bucket.is_folder:
        return False
    patience = timedelta(seconds=settle_s)
    if not head or (sniff(head) is Format.PDF and not bucket.ends_like_a_pdf(found.key)):
        patience *= _UNFINISHED_FACTOR
    return datetime.now(UTC) - found.modified_at < patience


def _keep(session: Session, found: StoredObject, head: bytes) -> tuple[Document, bool]:
    kind = sniff(head)
    document = documents.record_upload(session, found, _CONTENT_TYPES[kind] if kind else None)
    if kind is None:
        what = "is empty" if not head else "is neither a PDF nor a TIFF"
        documents.fail(
            document,
            ErrorCode.NOT_A_DOCUMENT,
            f"{document.file_name} {what}. Upload the plan set as PDF or TIFF.",
        )
    return document, kind is not None


def _mark_returned(session: Session, keys: Sequence[str]) -> None:
    for document in session.scalars(select(Document).where(Document.bucket_key.in_(keys))):
        document.removed_at = None
        if document.error_code == ErrorCode.REMOVED:
            document.status = DocumentStatus.UPLOADED
            document.error_code = document.error_message = document.run_id = None
            document.uploaded_at = documents.now()


def _mark_removed(session: Session, keys: Sequence[str]) -> None:
    for document in session.scalars(select(Document).where(Document.bucket_key.in_(keys))):
        document.removed_at = documents.now()
        if document.status == DocumentStatus.UPLOADED and document.run_id is None:
            documents.fail(
                document,
                ErrorCode.REMOVED,
                f"{document.file_name} was removed from the upload bucket before it was read. Upload it again.",
            )


def waiting_for_a_run(session: Session, limit: int) -> list[Document]:
    """Uploads that no run is known for, the longest waiting first."""
    return list(
        session.scalars(
            select(Document)
            .where(
                Document.status == DocumentStatus.UPLOADED,
                Document.run_id.is_(None),
                Document.removed_at.is_(None),
            )
            .order_by(Document.uploaded_at)
            .limit(limit)
        )
    )
