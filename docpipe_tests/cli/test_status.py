"""What `docpipe status` tells."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from docpipe_assets.settings import Settings, settings
from docpipe_assets.storage import documents, overview
from docpipe_assets.storage.database import connect
from docpipe_assets.storage.tables import Document, Worker
from docpipe_assets.vocabulary import DocumentStatus, Stage
from docpipe_tests.cli.conftest import NOW, Run, document, failure, page


def test_before_anything_it_says_what_to_do(run: Run, session: Session, configuration: Settings) -> None:
    result = run("status")
    assert result.exit_code == 0
    assert f"No documents yet. Put plan sets into {configuration.home / 'uploads'}" in result.stdout


def test_without_tables_it_says_what_makes_them(run: Run, configuration: Settings) -> None:
    result = run("status")
    assert result.exit_code == 1
    assert "`docpipe migrate`" in result.stderr
    assert run("migrate").exit_code == 0
    assert run("status").exit_code == 0


def test_the_list_tells_stages_scales_and_errors(run: Run, clinic: Document, locked: Document) -> None:
    shown = run("status").stdout
    assert clinic.partition_key in shown
    assert "riverside/clinic.pdf" in shown
    assert "ocr_results 3/4 (1 failed)" in shown
    assert "1 of 4 pages failed (page 4)" in shown
    assert "locked.pdf asks for a password." in shown
    assert "3 h" in shown


def test_a_ready_document_is_summed_up_by_its_scales(run: Run, session: Session) -> None:
    row = document(session, "a.pdf", page_count=3)
    page(session, row, 1)
    page(session, row, 2)
    page(session, row, 3, scale={"status": "not_found", "pixels_per_foot": None, "needs_review": True})
    session.commit()
    shown = run("status").stdout
    assert "3/3" in shown
    assert "2 calibrated, 1 not found, 1 to review" in shown


def test_a_document_is_told_page_by_page(run: Run, clinic: Document) -> None:
    shown = run("status", clinic.partition_key).stdout
    assert "A-101" in shown
    assert '1/4" = 1\'-0"' in shown
    assert "Set by hand 1:96" in shown
    assert "The views are drawn at different scales." in shown
    assert "ocr_results, page 4 (2 tries): Page 4 was not done after 180 seconds" in shown
    assert f"{clinic.id}/report.html" in shown


@pytest.mark.parametrize("name", ["riverside/clinic.pdf", "riverside", "clinic-", "clinic"])
def test_a_document_goes_by_its_keys_and_their_beginnings(run: Run, clinic: Document, name: str) -> None:
    assert clinic.partition_key in run("status", name).stdout


@pytest.mark.parametrize("name", ["nothing", "%", "_linic", ""])
def test_an_unknown_document_is_refused_in_a_sentence(run: Run, clinic: Document, name: str) -> None:
    result = run("status", name)
    assert result.exit_code == 2
    assert f"No document is called {name!r}." in result.stderr


def test_a_beginning_that_fits_several_is_refused_naming_them(run: Run, session: Session) -> None:
    rows = [document(session, f"plan {letter}.pdf") for letter in "ab"]
    session.commit()
    result = run("status", "plan")
    assert result.exit_code == 2
    assert all(row.partition_key in result.stderr for row in rows)
    assert "plan a.pdf" in run("status", "plan a.pdf").stdout


def test_json_of_the_list(run: Run, clinic: Document, locked: Document) -> None:
    told = json.loads(run("status", "--json").stdout)["documents"]
    assert [one["file"] for one in told] == ["locked.pdf", "riverside/clinic.pdf"]
    assert told[0]["error_code"] == "encrypted"
    assert told[1]["stages"]["ocr_results"] == {"done": 3, "failed": 1}
    assert told[1]["scales"] == {"manual": 1, "calibrated": 1, "multiple": 1}
    assert told[1]["outputs"]["report"].endswith("report.html")


def test_json_of_one_document(run: Run, clinic: Document) -> None:
    told = json.loads(run("status", "clinic", "--json").stdout)
    assert [page["sheet_number"] for page in told["pages"]] == ["A-101", "A-102", "A-103", None]
    assert told["pages"][1]["manual_calibration"]["by"] == "Ana"
    assert told["failures"][0]["page"] == 4
    assert told["key"] == clinic.partition_key


def test_pages_of_an_older_upload_are_no_progress(run: Run, session: Session) -> None:
    row = document(session, "a.pdf", page_count=2, status=DocumentStatus.PROCESSING, uploaded_at=NOW)
    page(session, row, 1, made_at=NOW - timedelta(days=1))
    page(session, row, 2, made_at=NOW + timedelta(seconds=1), up_to=Stage.PAGES)
    session.commit()
    (told,) = json.loads(run("status", "--json").stdout)["documents"]
    assert {stage: count["done"] for stage, count in told["stages"].items()} == {
        "pages": 1,
        "ocr_results": 0,
        "classifications": 0,
        "scale_calibrations": 0,
    }


def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    monkeypatch.setenv("DOCPIPE_UI_PORT", "many")
    result = run("status")
    assert result.exit_code == 1
    assert "DOCPIPE_UI_PORT is 'many'" in result.stderr


def test_a_failed_stage_of_the_whole_document_is_told(run: Run, session: Session) -> None:
    row = document(session, "a.pdf", page_count=1)
    page(session, row, 1)
    failure(session, row, Stage.PLAN_SET, 0, "The report could not be written.")
    session.commit()
    assert (
        "plan_set, the document (2 tries): The report could not be written." in run("status", "a.pdf").stdout
    )


def test_the_number_of_queries_does_not_grow_with_the_documents(
    session: Session, configuration: Settings
) -> None:
    statements: list[str] = []
    engine = connect(configuration.database_url)

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    def asked() -> int:
        statements.clear()
        event.listen(engine, "before_cursor_execute", note)
        told = overview.all_documents(session)
        event.remove(engine, "before_cursor_execute", note)
        assert told
        return len(statements)

    page(session, document(session, "one.pdf"), 1)
    session.commit()
    for_one = asked()
    for number in range(20):
        row = document(session, f"more {number}.pdf", page_count=3)
        for page_number in (1, 2, 3):
            page(session, row, page_number)
        failure(session, row, Stage.PLAN_SET, 2, "no")
    session.commit()
    assert asked() == for_one <= 6


def test_work_that_nobody_does_is_told(run: Run, session: Session) -> None:
    document(session, "new.pdf", status=DocumentStatus.UPLOADED, ready_at=None, run_id=None)
    session.commit()
    assert "No worker is running" in run("status").stderr
    session.add(Worker(host="far away", pid=1, beat_at=documents.now()))
    session.commit()
    result = run("status")
    assert "waits for its turn" in result.stdout
    assert result.stderr == ""
