"""Runs that end otherwise: by a person, by a killed worker, by Ctrl-C. Nothing is lost or left behind."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest

from docpipe_tests.e2e.running import Running, docpipe_up, state_of_checkout, wait_for

PAGES = 8


@pytest.fixture
def slow_set(tmp_path: Path) -> Path:
    """Small sheets that take a moment each, since they carry no text and are read by OCR."""
    import pymupdf

    path = tmp_path / "slow.pdf"
    with pymupdf.open() as pdf, pymupdf.open() as images:
        for number in range(PAGES):
            page = images.new_page(width=11 * 72, height=8.5 * 72)
            for row in range(20):
                page.insert_text((40, 40 + row * 25), f"NOTE {number}.{row} PROVIDE BLOCKING AT ALL WALLS")
            picture = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
            pdf.new_page(width=11 * 72, height=8.5 * 72).insert_image(page.rect, pixmap=picture)
        pdf.save(path)
    return path


def reading(running: Running, key: str) -> str:
    """Wait until the first page of the document is read and others are not; its run's id."""

    def look() -> str | None:
        rows = running.rows(
            "SELECT d.run_id, d.page_count, count(o.page_id) AS done FROM documents d "
            "JOIN pages p ON p.document_id = d.id LEFT JOIN ocr_results o ON o.page_id = p.id "
            "WHERE d.bucket_key = :key GROUP BY 1, 2",
            key=key,
        )
        return rows[0]["run_id"] if rows and 0 < rows[0]["done"] < rows[0]["page_count"] else None

    return wait_for(look, 120, "the first page to be read")


def test_a_run_terminated_in_the_ui_ends_after_the_page_in_hand(running: Running, slow_set: Path) -> None:
    key = running.drop(slow_set, "terminated.pdf")
    run_id = reading(running, key)
    mutation = "mutation($id: String!) { terminateRun(runId: $id) { __typename } }"
    answer = running.graphql(mutation, id=run_id)["terminateRun"]
    assert answer["__typename"] == "TerminateRunSuccess", answer
    assert running.run_ended(run_id, 120) == "CANCELED"
    row = running.settled(key)
    assert (row["status"], row["error_code"]) == ("error", "terminated")
    done = running.rows(
        "SELECT count(*) AS n FROM ocr_results o JOIN pages p ON p.id = o.page_id WHERE p.document_id = :id",
        id=row["id"],
    )[0]["n"]
    assert done < PAGES
    again = running.materialize(
        row["partition_key"], ["pages", "ocr_results", "classifications", "scale_calibrations", "plan_set"]
    )
    assert running.run_ended(again, 180) == "SUCCESS"
    assert running.ready(key)["status"] == "ready"


def test_a_killed_worker_costs_the_pages_in_hand_only(tmp_path: Path, slow_set: Path) -> None:
    with docpipe_up(tmp_path / "home") as running:
        key = running.drop(slow_set, "killed.pdf")
        reading(running, key)
        kept = running.rows("SELECT page_id, run_id FROM ocr_results")
        worker = running.worker()
        children = worker.children(recursive=True)
        worker.kill()
        row = running.ready(key, 240)
        assert row["page_count"] == PAGES
        after = {r["page_id"]: r for r in running.rows("SELECT page_id, run_id, attempts FROM ocr_results")}
        assert len(after) == PAGES
        assert all(after[r["page_id"]]["run_id"] == r["run_id"] for r in kept)
        assert {r["attempts"] for r in after.values()} == {1}
        assert not [
            child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE
        ]


def test_ctrl_c_ends_everything_and_the_next_start_finishes_the_work(tmp_path: Path, slow_set: Path) -> None:
    home = tmp_path / "home"
    with docpipe_up(home) as running:
        key = running.drop(slow_set, "interrupted.pdf")
        reading(running, key)
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(60) == 0
        assert running.processes() == []
    with docpipe_up(home) as running:
        assert running.ready(key, 240)["page_count"] == PAGES
        (attempts,) = running.rows("SELECT max(attempts) AS most FROM ocr_results")
        assert attempts["most"] == 1


def test_a_second_docpipe_on_the_same_home_is_refused(running: Running) -> None:
    refused = running.cli("up", check=False)
    assert refused.returncode != 0
    assert str(running.process.pid) in refused.stdout + refused.stderr


def test_the_checkout_stays_as_it_is(checkout_state: str, running: Running, one_sheet: Path) -> None:
    """Everything that runs lives in the home."""
    running.ready(running.drop(one_sheet, "checkout.pdf"))
    assert state_of_checkout() == checkout_state
