"""The upload bucket's folder as people use it: new, changed, removed, returned and half-written files."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.settings import Settings
from docpipe_assets.stages.intake import Intake, KnownUpload, compare, take_in, waiting_for_a_run, watch
from docpipe_assets.storage.bucket import Bucket, StoredObject
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode

PDF = b"%PDF-1.7\n...\n%%EOF\n"


def stored(key: str, etag: str = "1") -> StoredObject:
    return StoredObject(key, etag, 10, datetime(2026, 1, 1, tzinfo=UTC))


class TestCompare:
    def test_new_and_changed_objects_are_new_uploads(self) -> None:
        known = {"same.pdf": KnownUpload("1", removed=False), "changed.pdf": KnownUpload("1", removed=False)}
        changes = compare([stored("same.pdf"), stored("changed.pdf", "2"), stored("new.pdf")], known)
        assert [found.key for found in changes.new] == ["changed.pdf", "new.pdf"]

    def test_a_missing_object_is_removed_once(self) -> None:
        known = {
            "here.pdf": KnownUpload("1", removed=False),
            "gone.pdf": KnownUpload("1", removed=False),
            "gone before.pdf": KnownUpload("1", removed=True),
        }
        assert compare([stored("here.pdf")], known).removed == ("gone.pdf",)

    def test_an_empty_listing_where_there_were_objects_changes_nothing(self) -> None:
        changes = compare([], {"a.pdf": KnownUpload("1", removed=False)})
        assert changes.suspicious
        assert not changes.removed

    def test_an_empty_bucket_that_always_was_is_not_suspicious(self) -> None:
        assert not compare([], {}).suspicious
        assert not compare([], {"a.pdf": KnownUpload("1", removed=True)}).suspicious

    def test_an_object_that_came_back_unchanged_has_returned(self) -> None:
        changes = compare([stored("a.pdf")], {"a.pdf": KnownUpload("1", removed=True)})
        assert changes.returned == ("a.pdf",)
        assert not changes.new


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


@pytest.fixture
def bucket(folder: Path) -> Bucket:
    return Bucket(folder.as_uri())


@pytest.fixture
def prompt(tmp_path: Path) -> Settings:
    """Settings under which files settle at once."""
    return Settings(home=tmp_path, settle_s=0, bucket_poll_s=0.05, bucket_watch_s=0)


@pytest.fixture
def look(bucket: Bucket, make_session: sessionmaker[Session], prompt: Settings) -> Callable[[], Intake]:
    return lambda: take_in(bucket, make_session, prompt)


def document(session: Session, key: str) -> Document:
    session.expire_all()
    return session.scalars(select(Document).where(Document.bucket_key == key)).one()


def test_a_pdf_is_taken_in_by_its_content_whatever_its_name(
    folder: Path, look: Callable[[], Intake], session: Session
) -> None:
    (folder / "scan without ending").write_bytes(b"MM\0*" + b"x" * 20)
    (folder / "junk before.bin").write_bytes(b"junk" * 10 + PDF)
    assert {upload.bucket_key for upload in look().uploads} == {"scan without ending", "junk before.bin"}
    assert document(session, "scan without ending").content_type == "image/tiff"
    assert document(session, "junk before.bin").status is DocumentStatus.UPLOADED
    assert len(waiting_for_a_run(session, 10)) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"), [("notes.pdf", b"hello", "neither"), ("e.pdf", b"", "empty")]
)
def test_what_is_no_document_gets_a_plain_error_once(
    folder: Path, look: Callable[[], Intake], session: Session, name: str, content: bytes, said: str
) -> None:
    (folder / name).write_bytes(content)
    assert look().refused == (name,)
    row = document(session, name)
    assert (row.status, row.error_code) == (DocumentStatus.ERROR, ErrorCode.NOT_A_DOCUMENT)
    assert said in (row.error_message or "")
    assert look().refused == ()
    assert waiting_for_a_run(session, 10) == []


def test_a_good_version_replaces_a_refused_one(
    folder: Path, look: Callable[[], Intake], session: Session
) -> None:
    (folder / "a.pdf").write_bytes(b"not yet")
    look()
    (folder / "a.pdf").write_bytes(PDF)
    assert [upload.bucket_key for upload in look().uploads] == ["a.pdf"]
    row = document(session, "a.pdf")
    assert (row.status, row.error_code, row.error_message) == (DocumentStatus.UPLOADED, None, None)


def test_a_changed_upload_waits_for_a_run_again(
    folder: Path, look: Callable[[], Intake], session: Session
) -> None:
    (folder / "a.pdf").write_bytes(PDF)
    look()
    row = document(session, "a.pdf")
    row.run_id, row.status = "run-1", DocumentStatus.READY
    session.commit()
    assert look().uploads == ()
    (folder / "a.pdf").write_bytes(PDF + PDF)
    look()
    assert [waiting.bucket_key for waiting in waiting_for_a_run(session, 10)] == ["a.pdf"]


def test_a_removed_document_keeps_its_results_and_is_marked(
    folder: Path, look: Callable[[], Intake], session: Session
) -> None:
    for name in ("stays.pdf", "goes.pdf"):
        (folder / name).write_bytes(PDF)
    look()
    row = document(session, "goes.pdf")
    row.run_id, row.status = "run-1", DocumentStatus.READY
    session.commit()
    (folder / "goes.pdf").unlink()
    assert look().removed == ("goes.pdf",)
    row = document(session, "goes.pdf")
    assert row.status is DocumentStatus.READY
    assert row.removed_at is not None


def test_an_unread_upload_that_is_removed_and_returns_is_read_after_all(
    folder: Path, look: Callable[[], Intake], session: Session, tmp_path: Path
) -> None:
    (folder / "stays.pdf").write_bytes(PDF)
    (folder / "a.pdf").write_bytes(PDF)
    look()
    (folder / "a.pdf").rename(tmp_path / "aside.pdf")
    look()
    assert document(session, "a.pdf").error_code is ErrorCode.REMOVED
    (tmp_path / "aside.pdf").rename(folder / "a.pdf")
    look()
    row = document(session, "a.pdf")
    assert (row.status, row.removed_at, row.error_code) == (DocumentStatus.UPLOADED, None, None)
    assert "a.pdf" in {waiting.bucket_key for waiting in waiting_for_a_run(session, 10)}


def test_an_emptied_bucket_changes_nothing(
    folder: Path, look: Callable[[], Intake], session: Session
) -> None:
    (folder / "a.pdf").write_bytes(PDF)
    look()
    (folder / "a.pdf").unlink()
    assert look().suspicious
    assert document(session, "a.pdf").removed_at is None


def test_a_file_that_is_still_being_written_is_left_alone_until_it_is_whole(
    bucket: Bucket, folder: Path, make_session: sessionmaker[Session], tmp_path: Path
) -> None:
    patient = Settings(home=tmp_path, settle_s=0.2)
    path = folder / "big.pdf"
    path.write_bytes(PDF[:-6])
    aged(path, 0.5)
    seen = take_in(bucket, make_session, patient)
    assert (seen.uploads, seen.settling) == ((), ("big.pdf",))
    path.write_bytes(PDF)
    deadline = time.monotonic() + 10
    while not (seen := take_in(bucket, make_session, patient)).uploads:
        assert time.monotonic() < deadline
    assert [upload.size_bytes for upload in seen.uploads] == [len(PDF)]


def aged(path: Path, seconds: float) -> None:
    """Wait until the file has not changed for so long."""
    while time.time() - path.stat().st_mtime < seconds:
        threading.Event().wait(0.01)


def test_watching_ends_as_soon_as_something_arrives(
    bucket: Bucket, folder: Path, make_session: sessionmaker[Session], tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, settle_s=0, bucket_poll_s=0.05, bucket_watch_s=45)
    arrival = threading.Timer(0.3, lambda: (folder / "late.pdf").write_bytes(PDF))
    arrival.start()
    started = time.monotonic()
    seen = watch(bucket, make_session, settings)
    assert [upload.bucket_key for upload in seen.uploads] == ["late.pdf"]
    assert time.monotonic() - started < 20


def test_the_longest_waiting_upload_comes_first_and_the_number_is_capped(
    folder: Path, look: Callable[[], Intake], session: Session
) -> None:
    for name in ("b.pdf", "a.pdf", "c.pdf"):
        (folder / name).write_bytes(PDF)
        os.utime(folder / name)
        look()
    assert [d.bucket_key for d in waiting_for_a_run(session, 2)] == ["b.pdf", "a.pdf"]
