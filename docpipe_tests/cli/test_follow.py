"""How `docpipe up` follows documents, and what it says of them and of the parts."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from docpipe_assets.cli.board import Board
from docpipe_assets.cli.follow import DocumentWatch, News
from docpipe_assets.fleet.supervisor import Change, Part, PartEvent
from docpipe_assets.settings import Settings
from docpipe_assets.storage import documents
from docpipe_assets.storage.bucket import StoredObject
from docpipe_assets.storage.database import sessions
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode, Stage
from docpipe_tests.cli.conftest import document, page


@pytest.fixture
def watch(session: Session, configuration: Settings) -> DocumentWatch:
    return DocumentWatch(sessions(configuration.database_url), datetime.now(UTC))


def upload(session: Session, key: str = "plan.pdf") -> Document:
    row = documents.record_upload(session, StoredObject(key, "1", 120_000, datetime.now(UTC)), None)
    session.commit()
    return row


def told(watch: DocumentWatch) -> list[tuple[News, str]]:
    return [(step.news, step.sentence) for step in watch.look()]


def test_a_document_is_followed_from_upload_to_ready(session: Session, watch: DocumentWatch) -> None:
    row = upload(session)
    assert told(watch) == [(News.UPLOADED, "uploaded, 120 kB")]
    assert told(watch) == []
    documents.start(row, "run-1")
    session.commit()
    assert told(watch) == [(News.STAGE, "stage pages")]
    row.page_count = 1
    page(session, row, 1, up_to=Stage.PAGES, made_at=documents.now())
    session.commit()
    assert told(watch) == [(News.STAGE, "stage ocr_results, 1 page")]
    assert [one.bucket_key for one in watch.under_way] == ["plan.pdf"]
    documents.finish(row)
    row.ready_at = row.uploaded_at + timedelta(seconds=7)
    session.commit()
    assert told(watch) == [(News.READY, "ready in 7.0 s: 1 page")]
    assert told(watch) == []
    assert watch.under_way == []


def test_an_error_is_told_with_its_sentence(session: Session, watch: DocumentWatch) -> None:
    row = upload(session)
    watch.look()
    documents.fail(row, ErrorCode.ENCRYPTED, "plan.pdf asks for a password.")
    session.commit()
    assert told(watch) == [(News.ERROR, "error: plan.pdf asks for a password.")]


def test_a_new_version_is_an_upload_again(session: Session, watch: DocumentWatch) -> None:
    documents.finish(upload(session))
    session.commit()
    assert [news for news, _ in told(watch)] == [News.UPLOADED, News.READY]
    upload(session)
    assert [news for news, _ in told(watch)] == [News.UPLOADED]


def test_what_was_done_before_is_not_told(session: Session, configuration: Settings) -> None:
    document(session, "old.pdf")
    document(session, "waiting.pdf", status=DocumentStatus.UPLOADED, ready_at=None)
    session.commit()
    watch = DocumentWatch(sessions(configuration.database_url), datetime.now(UTC))
    assert [step.document.bucket_key for step in watch.look()] == ["waiting.pdf"]


def test_the_board_says_what_happens_to_documents(
    session: Session, watch: DocumentWatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = upload(session, "plans/a [draft].pdf")
    with Board(watch) as board:
        board.refresh()
        documents.fail(row, ErrorCode.CORRUPT, "a [draft].pdf is damaged.")
        session.commit()
        while not board.refresh():
            pass
    shown = capsys.readouterr().out
    assert "plans/a [draft].pdf  uploaded, 120 kB" in shown
    assert "plans/a [draft].pdf  error: a [draft].pdf is damaged." in shown


def test_the_board_says_what_crashed_and_why(
    watch: DocumentWatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    part = Part("daemon", ("dagster-daemon",), dict(os.environ), tmp_path)
    crash = PartEvent(
        part,
        Change.CRASHED,
        cause="ended with exit code 1",
        delay_s=2,
        log=tmp_path,
        last_lines=("[no] disk",),
    )
    with Board(watch) as board:
        board.hear(PartEvent(part, Change.STARTED))
        board.hear(crash)
        board.hear(PartEvent(part, Change.STARTED))
        board.hear(crash)
        board.hear(PartEvent(part, Change.STARTED))
        board.hear(PartEvent(part, Change.READY, seconds=1.5))
        board.hear(PartEvent(part, Change.STOPPING))
        board.hear(PartEvent(part, Change.STOPPING))
    shown = capsys.readouterr().out
    assert shown.count("daemon ended with exit code 1; it is started again in 2 s") == 2
    assert shown.count("[no] disk") == 1
    assert "daemon is up again after 1.5 s" in shown
    assert shown.count("Ending all parts") == 1


def test_a_recycled_part_is_not_spoken_of(
    watch: DocumentWatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    part = Part("worker", ("worker",), dict(os.environ), tmp_path, recycles=True)
    with Board(watch) as board:
        board.hear(PartEvent(part, Change.STARTED, recycled=True))
        board.hear(PartEvent(part, Change.READY, recycled=True))
    assert capsys.readouterr().out == ""


def test_a_database_that_is_away_is_told_once(
    session: Session, watch: DocumentWatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sqlalchemy import text

    session.execute(text("ALTER TABLE documents RENAME TO away"))
    session.commit()
    with Board(watch) as board:
        board.refresh()
        board.refresh()
        session.execute(text("ALTER TABLE away RENAME TO documents"))
        upload(session)
        while not board.refresh():
            pass
    shown = capsys.readouterr().out
    assert shown.count("database does not answer") == 1
    assert "plan.pdf  uploaded" in shown
