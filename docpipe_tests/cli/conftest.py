"""A home of its own for every test, with tables, and documents in them as the stages would leave them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from docpipe_assets import identity
from docpipe_assets.cli import app
from docpipe_assets.settings import Settings, settings
from docpipe_assets.storage.database import migrate, sessions
from docpipe_assets.storage.tables import (
    Document,
    ManualCalibration,
    OcrResult,
    Page,
    PageClassification,
    PlanSet,
    ScaleCalibrationRow,
    StageFailure,
)
from docpipe_assets.vocabulary import (
    ClassificationMethod,
    Discipline,
    DocumentStatus,
    Engine,
    ErrorCode,
    PageType,
    ScaleStatus,
    Stage,
)

NOW = datetime.now(UTC)
RUN_ID = "3f0c7a52-5a3b-4a5e-9f0e-3d8f7f6f1a11"

Run = Callable[..., Result]

LAUNCHED = {"data": {"launchRun": {"__typename": "LaunchRunSuccess", "run": {"runId": "run-1"}}}}


@pytest.fixture
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings whose home is a fresh folder, for this process and those it starts."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DOCPIPE_{name.upper()}", raising=False)
    monkeypatch.setenv("DOCPIPE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    yield settings()
    settings.cache_clear()


@pytest.fixture
def run(configuration: Settings) -> Run:
    """Runs `docpipe` with these words."""

    def run(*words: str | Path) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def session(configuration: Settings) -> Iterator[Session]:
    """A session on fresh tables."""
    migrate(configuration.database_url)
    with sessions(configuration.database_url)() as session:
        yield session


def document(session: Session, bucket_key: str, **facts: Any) -> Document:
    """A document that is ready, unless `facts` say otherwise."""
    values: dict[str, Any] = {
        "content_type": "application/pdf",
        "etag": "1",
        "size_bytes": 2_300_000,
        "status": DocumentStatus.READY,
        "run_id": RUN_ID,
        "page_count": 1,
        "uploaded_at": NOW - timedelta(minutes=5),
        "started_at": NOW - timedelta(minutes=5),
        "ready_at": NOW - timedelta(minutes=4),
    }
    row = Document(
        id=identity.document_id(bucket_key),
        partition_key=identity.partition_key(bucket_key),
        bucket_key=bucket_key,
        file_name=Path(bucket_key).name,
        **(values | facts),
    )
    session.add(row)
    session.flush()
    return row


def _made(made_at: datetime) -> dict[str, Any]:
    return {"fingerprint": "f", "run_id": RUN_ID, "duration_s": 0.5, "made_at": made_at}


def page(
    session: Session,
    document: Document,
    number: int,
    *,
    up_to: Stage = Stage.SCALE_CALIBRATIONS,
    made_at: datetime = NOW - timedelta(minutes=4),
    classification: dict[str, Any] | None = None,
    scale: dict[str, Any] | None = None,
) -> Page:
    """A page that has been through the stages up to `up_to`: a floor plan at 1/4" = 1'-0" unless said otherwise."""
    reached = list(Stage).index(up_to)
    row = Page(
        id=identity.page_id(document.id, number),
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
        image_key=f"pages/{number}.png",
        thumbnail_key=f"pages/{number}-thumbnail.png",
        content_hash="c",
        **_made(made_at),
    )
    session.add(row)
    session.flush()
    if reached >= 1:
        session.add(
            OcrResult(
                page_id=row.id,
                engine=Engine.TEXT_LAYER,
                engine_reason="it can be trusted",
                ocr_text="FLOOR PLAN",
                ocr_blocks=[],
                mean_confidence=1.0,
                attempts=1,
                cost_usd=0.0,
                **_made(made_at),
            )
        )
    if reached >= 2:
        values: dict[str, Any] = {
            "sheet_number": f"A-10{number}",
            "sheet_number_confidence": 0.98,
            "sheet_number_box": {"x": 6900.0, "y": 4600.0, "width": 200.0, "height": 80.0},
            "sheet_title": "FIRST FLOOR PLAN",
            "sheet_title_confidence": 0.9,
            "discipline": Discipline.ARCHITECTURAL,
            "discipline_confidence": 0.95,
            "page_type": PageType.FLOOR_PLAN,
            "page_type_confidence": 0.9,
            "method": ClassificationMethod.RULES,
            "needs_review": False,
            "review_reasons": [],
            "alternatives": [],
            "provenance": {},
        }
        session.add(PageClassification(page_id=row.id, **(values | (classification or {})), **_made(made_at)))
    if reached >= 3:
        values = {
            "status": ScaleStatus.CALIBRATED,
            "scale_text": '1/4" = 1\'-0"',
            "ratio": "48",
            "pixels_per_foot": 50.0,
            "bounding_box": {"x": 3000.0, "y": 4500.0, "width": 400.0, "height": 50.0},
            "method": "written",
            "confidence": 0.97,
            "needs_review": False,
            "review_reasons": [],
            "scale_calibration_data": {},
            "provenance": {},
        }
        session.add(ScaleCalibrationRow(page_id=row.id, **(values | (scale or {})), **_made(made_at)))
    session.flush()
    return row


def failure(session: Session, document: Document, stage: Stage, number: int, message: str) -> None:
    """A stage has no result for a page (0: for the document)."""
    session.add(
        StageFailure(
            document_id=document.id,
            stage=stage,
            page_number=number,
            error_code=ErrorCode.OCR_TIMEOUT,
            message=message,
            attempts=2,
            run_id=RUN_ID,
            failed_at=NOW,
        )
    )
    session.flush()


def by_hand(session: Session, page: Page, pixels_per_foot: float) -> None:
    """A person calibrates a page."""
    session.add(
        ManualCalibration(
            page_id=page.id, pixels_per_foot=pixels_per_foot, calibrated_by="Ana", calibrated_at=NOW
        )
    )
    session.flush()


def outputs(session: Session, document: Document) -> None:
    """The document's plan set is made."""
    folder = f"documents/{document.id}"
    session.add(
        PlanSet(
            document_id=document.id,
            csv_key=f"{folder}/sheet-index.csv",
            xlsx_key=f"{folder}/sheet-index.xlsx",
            json_key=f"{folder}/sheet-index.json",
            report_key=f"{folder}/report.html",
            **_made(NOW),
        )
    )
    session.flush()


@pytest.fixture
def clinic(session: Session) -> Document:
    """Four pages and two problems: a page scaled by hand, one with several scales, one that failed in OCR."""
    row = document(
        session,
        "riverside/clinic.pdf",
        page_count=4,
        status=DocumentStatus.ERROR,
        error_code=ErrorCode.PAGES_FAILED,
        error_message="1 of 4 pages failed (page 4); the others are in the sheet index.",
        ready_at=None,
    )
    page(session, row, 1)
    by_hand(session, page(session, row, 2), 25.0)
    page(
        session,
        row,
        3,
        classification={"page_type": PageType.DETAIL, "sheet_title": "DETAILS"},
        scale={
            "status": ScaleStatus.MULTIPLE,
            "scale_text": None,
            "ratio": None,
            "pixels_per_foot": None,
            "needs_review": True,
            "review_reasons": ["views_differ"],
        },
    )
    page(session, row, 4, up_to=Stage.PAGES)
    failure(session, row, Stage.OCR_RESULTS, 4, "Page 4 was not done after 180 seconds and was stopped.")
    outputs(session, row)
    session.commit()
    return row


@pytest.fixture
def locked(session: Session) -> Document:
    """A document that cannot be opened."""
    row = document(
        session,
        "locked.pdf",
        status=DocumentStatus.ERROR,
        error_code=ErrorCode.ENCRYPTED,
        error_message="locked.pdf asks for a password. Save it without one and upload it again.",
        page_count=None,
        ready_at=None,
        uploaded_at=NOW - timedelta(hours=3),
    )
    failure(session, row, Stage.PAGES, 0, row.error_message or "")
    session.commit()
    return row


class Ui:
    """A web server in the place of Dagster's: keeps what it was asked, and gives `answer` to everything."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answer: Any = LAUNCHED
        ui = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                ui.asked.append({"path": self.path} | json.loads(body))
                answer = ui.answer if isinstance(ui.answer, bytes) else json.dumps(ui.answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def params(self) -> list[dict[str, Any]]:
        return [asked["variables"]["params"] for asked in self.asked]


@pytest.fixture
def ui(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ui]:
    ui = Ui()
    thread = threading.Thread(target=ui.server.serve_forever)
    thread.start()
    monkeypatch.setenv("DOCPIPE_UI_URL", ui.url)
    settings.cache_clear()
    yield ui
    ui.server.shutdown()
    thread.join()
    ui.server.server_close()
