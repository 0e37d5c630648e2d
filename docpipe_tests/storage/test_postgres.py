"""docpipe's tables on both databases: migrations, values that come back as they went in, concurrent migration."""

from __future__ import annotations

import subprocess
import sys
import uuid
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Text, cast, inspect, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from docpipe_assets.errors import PageError
from docpipe_assets.storage import documents, overview
from docpipe_assets.storage.bucket import StoredObject
from docpipe_assets.storage.database import MIGRATIONS, connect, migrate, sessions
from docpipe_assets.storage.tables import (
    Base,
    Document,
    ManualCalibration,
    OcrResult,
    Page,
    ScaleCalibrationRow,
)
from docpipe_assets.vocabulary import DocumentStatus, Engine, ErrorCode, ScaleStatus, Stage

AT = datetime(2024, 7, 1, 12, 30, 15, 123456, tzinfo=UTC)
KIND = ["sqlite", "postgresql"]


@pytest.fixture(params=KIND)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture(params=KIND)
def url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind."""
    return str(request.getfixturevalue("database_url" if request.param == "sqlite" else "postgres_url"))


def upgrade(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, revision)


def page_of(document: Document, number: int) -> Page:
    return Page(
        id=uuid.uuid4(),
        document_id=document.id,
        page_number=number,
        width_px=7200,
        height_px=4800,
        dpi=200.0,
        dpi_assumed=False,
        width_in=36.0,
        height_in=24.0,
        rotation=0,
        has_text_layer=True,
        image_key="i",
        thumbnail_key="t",
        content_hash="c" * 64,
        fingerprint="f" * 64,
        run_id=str(uuid.uuid4()),
        duration_s=0.1,
        made_at=AT,
    )


def scale_of(page: Page) -> ScaleCalibrationRow:
    return ScaleCalibrationRow(
        page_id=page.id,
        status=ScaleStatus.CALIBRATED,
        scale_text='1/4" = 1\'-0"',
        ratio="48",
        pixels_per_foot=50.0,
        confidence=0.9,
        needs_review=True,
        review_reasons=["two scales"],
        scale_calibration_data={"Maßstab": [1, 2.5, None, {"ölçek": "½″"}]},
        provenance={},
        fingerprint="f" * 64,
        run_id=str(uuid.uuid4()),
        duration_s=0.1,
        made_at=AT,
    )


def upload(session: Session, key: str = "bids/Grundriß #1.pdf") -> Document:
    found = StoredObject(key, '"etag"', 3_000_000_000, AT)
    return documents.record_upload(session, found, "application/pdf")


def test_models_and_migrations_agree_on_postgresql(empty_postgres_url: str) -> None:
    migrate(empty_postgres_url)
    engine = connect(empty_postgres_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []
    json_columns = {
        (table.name, column["name"])
        for table in Base.metadata.sorted_tables
        for column in inspect(engine).get_columns(table.name)
        if isinstance(column["type"], JSONB)
    }
    assert {("ocr_results", "ocr_blocks"), ("scale_calibrations", "scale_calibration_data")} <= json_columns


def test_rows_of_the_previous_revision_survive_the_newest(empty_url: str) -> None:
    previous = ScriptDirectory(str(MIGRATIONS)).get_revision("head").down_revision
    if previous is None:
        pytest.skip("there is one revision only")
    assert isinstance(previous, str)
    upgrade(empty_url, previous)
    with connect(empty_url).begin() as connection:
        connection.execute(
            text(
                "INSERT INTO manual_calibrations (page_id, pixels_per_foot, calibrated_by, calibrated_at) "
                "VALUES ('0123456789abcdef0123456789abcdef', 50.0, 'Ana', '2024-07-01 12:30:15.123456+00:00')"
            )
        )
    migrate(empty_url)
    with sessions(empty_url)() as session:
        row = session.scalars(select(ManualCalibration)).one()
        assert (row.pixels_per_foot, row.calibrated_by) == (50.0, "Ana")


def test_a_migration_that_fails_leaves_the_tables_as_they_were(empty_url: str) -> None:
    upgrade(empty_url, "0001")
    with connect(empty_url).begin() as connection:
        connection.execute(text("DROP TABLE workers"))
        # The next revision makes its table, and then an index of a name that is taken.
        connection.execute(text("CREATE INDEX ix_paid_calls_document_id ON pages (document_id)"))
    with pytest.raises(SQLAlchemyError):
        upgrade(empty_url, "0002")
    with connect(empty_url).connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "0001"
    assert "paid_calls" not in inspect(connect(empty_url)).get_table_names()


MIGRATE = """
import sys
import alembic.command, alembic.config, docpipe_assets.storage.tables
from docpipe_assets.storage.database import connect, migrate
connect(sys.argv[1]).connect().close()
print("ready", flush=True)
sys.stdin.readline()
migrate(sys.argv[1])
"""


def test_processes_that_migrate_at_once_do_not_disturb_each_other(empty_url: str) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, empty_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n", child.communicate()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    errors = [child.communicate(timeout=60)[1] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0], errors
    assert "documents" in inspect(connect(empty_url)).get_table_names()


def test_moments_words_and_json_come_back_as_they_went_in(url: str) -> None:
    lisbon_summer = AT.astimezone(timezone(timedelta(hours=1)))
    with sessions(url).begin() as session:
        document = upload(session)
        document.started_at = lisbon_summer
        documents.fail(document, ErrorCode.PAGES_FAILED, "Ölçek ½″")
        page = page_of(document, 1)
        session.add(page)
        session.flush()
        session.add(scale_of(page))
    with sessions(url)() as session:
        document = session.scalars(select(Document)).one()
        assert document.started_at == AT
        assert document.started_at.tzinfo is UTC
        assert (document.size_bytes, document.error_message) == (3_000_000_000, "Ölçek ½″")
        assert document.status is DocumentStatus.ERROR
        assert document.error_code is ErrorCode.PAGES_FAILED
        row = session.scalars(select(ScaleCalibrationRow)).one()
        assert row.scale_calibration_data == {"Maßstab": [1, 2.5, None, {"ölçek": "½″"}]}
        assert row.scale_text == '1/4" = 1\'-0"'
        assert session.scalar(select(cast(Document.status, Text))) == "error"


def test_a_person_s_calibration_wins_in_the_view(url: str) -> None:
    with sessions(url).begin() as session:
        document = upload(session)
        pages = [page_of(document, number) for number in (1, 2, 3)]
        session.add_all(pages)
        session.flush()
        session.add_all(
            [
                scale_of(pages[0]),
                scale_of(pages[1]),
                ManualCalibration(
                    page_id=pages[1].id, pixels_per_foot=25.0, calibrated_by="Ana", calibrated_at=AT
                ),
            ]
        )
    view = (
        "SELECT page_number, status, pixels_per_foot, needs_review FROM effective_scale ORDER BY page_number"
    )
    with connect(url).connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(view))]
    assert rows == [(1, ScaleStatus.CALIBRATED.value, 50.0, True), (2, "manual", 25.0, False)]


def test_a_document_s_story_is_told_alike(url: str) -> None:
    run_id = str(uuid.uuid4())
    error = PageError(ErrorCode.RENDER_TIMEOUT, "Page 2 took too long.")
    with sessions(url).begin() as session:
        document = upload(session)
        session.flush()
        documents.start(document, run_id)
        page = page_of(document, 1)
        page.made_at = documents.now()
        session.add(page)
        session.flush()
        session.add(scale_of(page))
        session.add(
            OcrResult(
                page_id=page.id,
                engine=Engine.RAPIDOCR,
                engine_reason="no text layer",
                ocr_text="A-101",
                ocr_blocks=[],
                mean_confidence=0.9,
                attempts=1,
                cost_usd=0.0,
                fingerprint="f" * 64,
                run_id=run_id,
                duration_s=0.1,
                made_at=documents.now(),
            )
        )
        for _ in range(2):
            documents.record_failure(session, document.id, Stage.PAGES, 2, error, run_id)
            session.flush()
    with sessions(url)() as session:
        document = documents.by_partition_key(session, document.partition_key)
        (failure,) = documents.failures(session, document.id)
        assert (failure.stage, failure.page_number, failure.attempts) == (Stage.PAGES, 2, 2)
        assert overview.find(session, "bids/Grund").id == document.id
        (seen,) = overview.all_documents(session)
        assert seen.pages_done[Stage.OCR_RESULTS] == 1
        assert (seen.pages_failed, seen.pages_to_review) == ({Stage.PAGES: 1}, 1)
        assert seen.scales == {ScaleStatus.CALIBRATED: 1}
        documents.clear_failures(session, document.id, Stage.PAGES, [2])
        assert documents.failures(session, document.id) == []
