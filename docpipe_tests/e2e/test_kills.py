"""Workers killed in every stage: nothing is lost, and nothing is paid twice beyond the calls in flight.

Where a worker is killed is no matter of luck: the database holds back the one row that it is about to write, or the
paid service the one answer that it waits for, until it is dead.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import psutil
import pytest
from dagster._core.launcher import LaunchRunContext

from docpipe_assets import identity
from docpipe_assets.storage.database import connect
from docpipe_assets.vocabulary import Stage
from docpipe_tests.e2e.far_ends import PAGES, PAID, Call, FarEnds, scanned
from docpipe_tests.e2e.fleet import Fleet, fleet
from docpipe_tests.e2e.held_rows import TABLES, HeldRows
from docpipe_tests.e2e.running import wait_for
from docpipe_tests.servers.fixtures import postgres, redis_url, s3  # noqa: F401
from docpipe_tests.servers.google_vision import GoogleVisionServer
from docpipe_tests.servers.openai import OpenAIServer
from docpipe_tests.servers.postgres import PostgresServer
from docpipe_tests.servers.s3 import S3Server

IN_FLIGHT = 2
SOON_S = 120

SETTINGS = {
    "DOCPIPE_OCR_ENGINE": "google_vision",
    "DOCPIPE_GOOGLE_VISION_IN_FLIGHT": str(IN_FLIGHT),
    "DOCPIPE_VISION_API_KEY": "not-a-secret",
    "DOCPIPE_VISION_MODEL": "draftsman-1",
    "DOCPIPE_VISION_PRICES": json.dumps({"draftsman-1": [1, 4]}),
    "DOCPIPE_VISION_CLASSIFY": "when_unsure",
    "DOCPIPE_VISION_SCALE": "when_unsure",
    "DOCPIPE_VISION_IN_FLIGHT": str(IN_FLIGHT),
    "DOCPIPE_RENDER_DPI": "100",
    "DOCPIPE_PAGE_WORKERS": "1",
    "DAGSTER_EVENT_LOG_CONSUMER_DAEMON_INTERVAL_SECONDS": "1",
}
INSTANCE = {
    "run_monitoring": {
        "poll_interval_seconds": 1,
        "free_slots_after_run_end_seconds": 1,
    }
}

OF_ONE_RUN = {"id", "page_id", "document_id", "run_id", "made_at", "duration_s", "provenance"}
OF_ONE_DOCUMENT = {"image_key", "thumbnail_key", "content_hash", "fingerprint"}


@dataclass(frozen=True)
class Kill:
    """Where the worker that has document `number` in hand is killed.

    It is about to write its row of `page` (0: of the document) into `table`; or without a table, it waits for what
    a paid service says of that page.
    """

    number: int
    stage: Stage
    page: int = 0
    table: str = ""

    @property
    def key(self) -> str:
        return f"killed/{self.number}.pdf"

    @property
    def call(self) -> Call:
        return self.stage, self.number, self.page

    @property
    def row(self) -> str:
        """The row as the trigger names it."""
        document = identity.document_id(self.key)
        return f"{self.table}:{identity.page_id(document, self.page) if self.page else document}"


KILLS = [
    Kill(1, Stage.PAGES, 1, "pages"),
    Kill(2, Stage.PAGES, PAGES, "pages"),
    Kill(3, Stage.OCR_RESULTS, 2, "ocr_results"),
    Kill(4, Stage.OCR_RESULTS, 2),
    Kill(5, Stage.CLASSIFICATIONS, 2, "classifications"),
    Kill(6, Stage.CLASSIFICATIONS, 2),
    Kill(7, Stage.SCALE_CALIBRATIONS, PAGES, "scale_calibrations"),
    Kill(8, Stage.SCALE_CALIBRATIONS, PAGES),
    Kill(9, Stage.PLAN_SET, table="plan_sets"),
    Kill(10, Stage.PLAN_SET, table="documents"),
]
UNDISTURBED = "undisturbed.pdf"


@pytest.fixture(scope="module")
def far_ends() -> FarEnds:
    return FarEnds()


@pytest.fixture(scope="module")
def deployment(
    tmp_path_factory: pytest.TempPathFactory,
    far_ends: FarEnds,
    postgres: PostgresServer,  # noqa: F811
    redis_url: str,  # noqa: F811
    s3: S3Server,  # noqa: F811
) -> Iterator[Fleet]:
    with (
        closing(GoogleVisionServer(far_ends.read)) as vision,
        closing(OpenAIServer(far_ends.look)) as model,
        fleet(
            tmp_path_factory.mktemp("fleet"),
            postgres,
            redis_url,
            s3,
            instance=INSTANCE,
            settings={
                **SETTINGS,
                "DOCPIPE_GOOGLE_VISION_ENDPOINT": vision.grpc_endpoint,
                "DOCPIPE_VISION_BASE_URL": model.base_url,
            },
        ) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def held_rows(deployment: Fleet) -> Iterator[HeldRows]:
    engine = connect(deployment.environment["DOCPIPE_DATABASE_URL"])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield HeldRows(connection)


def worker_of(running: Fleet, key: str) -> int | None:
    """The process of the worker that has the document in hand."""
    rows = running.rows(
        "SELECT h.pid FROM run_heartbeats h JOIN documents d ON d.run_id = h.run_id WHERE d.bucket_key = :key",
        key=key,
    )
    return rows[0]["pid"] if rows else None


def results(running: Fleet, key: str) -> dict[str, list[dict[str, Any]]]:
    """What the stages have written of a document's pages, in their order."""
    found = {}
    for table in TABLES:
        column = "id" if table == "pages" else "page_id"
        found[table] = running.rows(
            f"SELECT p.page_number, t.* FROM {table} t JOIN pages p ON p.id = t.{column} "
            "JOIN documents d ON d.id = p.document_id WHERE d.bucket_key = :key ORDER BY p.page_number",
            key=key,
        )
    return found


def what_is_said(running: Fleet, key: str) -> dict[str, list[dict[str, Any]]]:
    """The results without what tells documents and runs apart."""
    apart = OF_ONE_RUN | OF_ONE_DOCUMENT
    return {
        table: [{name: value for name, value in row.items() if name not in apart} for row in rows]
        for table, rows in results(running, key).items()
    }


def gone(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture(scope="module")
def undisturbed(deployment: Fleet, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is said of a document that nothing happens to."""
    deployment.upload(scanned(tmp_path_factory.mktemp("pdf") / UNDISTURBED, 0), UNDISTURBED)
    deployment.ready([UNDISTURBED], SOON_S)
    return what_is_said(deployment, UNDISTURBED)


def test_ten_workers_killed_in_all_stages_lose_nothing_and_pay_nothing_twice(
    deployment: Fleet,
    undisturbed: dict[str, Any],
    held_rows: HeldRows,
    far_ends: FarEnds,
    tmp_path: Path,
) -> None:
    for kill in KILLS:
        if kill.table:
            held_rows.hold(kill.row)
        else:
            far_ends.held[kill.call] = threading.Event()
        deployment.upload(scanned(tmp_path / f"{kill.number}.pdf", kill.number), kill.key)
    to_do, kept, dying = list(KILLS), {}, []
    while to_do:
        kill, worker = wait_for(
            lambda: stuck(deployment, held_rows, far_ends, to_do), SOON_S, f"one of {to_do}"
        )
        to_do.remove(kill)
        kept[kill] = results(deployment, kill.key)
        dying += deployment.lose_worker(worker)
        if kill.table:
            held_rows.let_go(kill.row)
        else:
            far_ends.held[kill.call].set()
        deployment.start_worker()
    deployment.ready([kill.key for kill in KILLS], 2 * SOON_S)

    wait_for(lambda: all(map(gone, dying)), SOON_S, "the killed workers' processes to be gone")
    for kill in KILLS:
        assert ended(deployment, kill.key) == ["FAILURE", "SUCCESS"], kill
        assert what_is_said(deployment, kill.key) == undisturbed, kill
        after = results(deployment, kill.key)
        for table, rows in kept[kill].items():
            assert [row for row in rows if row not in after[table]] == [], (kill, table)
        check_payments(deployment, far_ends, kill)
    assert deployment.rows("SELECT * FROM stage_failures") == []
    assert deployment.dagster_rows("SELECT * FROM concurrency_slots WHERE run_id IS NOT NULL") == []


def stuck(
    running: Fleet, held_rows: HeldRows, far_ends: FarEnds, kills: list[Kill]
) -> tuple[Kill, int] | None:
    """A kill whose worker has come to its point, and that worker."""
    for kill in kills:
        there = held_rows.awaited(kill.row) if kill.table else far_ends.asked[kill.call] > 0
        if there and (worker := worker_of(running, kill.key)):
            return kill, worker
    return None


def ended(running: Fleet, key: str) -> list[str]:
    """How the document's runs have ended, when the last one has succeeded."""

    def look() -> list[str] | None:
        runs = running.runs(key)
        return runs if runs[-1] == "SUCCESS" else None

    return wait_for(look, SOON_S, f"the run of {key} to succeed")


def check_payments(running: Fleet, far_ends: FarEnds, kill: Kill) -> None:
    """A stage that was not disturbed is paid once a page, and the one that was, beyond that for what was in flight."""
    for stage, pages in PAID.items():
        answered = far_ends.calls(stage, kill.number)
        ledger = running.rows(
            "SELECT page_number, count(*) AS calls FROM paid_calls "
            "WHERE stage = :stage AND document_id = :id GROUP BY 1 ORDER BY 1",
            stage=stage,
            id=identity.document_id(kill.key),
        )
        assert [row["page_number"] for row in ledger] == pages, (kill, stage)
        beyond = range(1, IN_FLIGHT + 1) if kill.stage is stage else range(1)
        assert answered - len(pages) in beyond, (kill, stage)
        assert len(pages) <= sum(row["calls"] for row in ledger) <= answered, (kill, stage)


def test_a_worker_killed_between_taking_a_run_and_starting_it_delays_the_document_only(
    deployment: Fleet, undisturbed: dict[str, Any], held_rows: HeldRows, tmp_path: Path
) -> None:
    first_sign_of_life = f"run_heartbeats:{socket.gethostname()}"
    held_rows.hold(first_sign_of_life)
    deployment.upload(scanned(tmp_path / "taken.pdf", 11), "taken.pdf")
    worker = wait_for(
        lambda: worker_at(deployment, held_rows, first_sign_of_life), SOON_S, "a run to be taken"
    )
    dying = deployment.lose_worker(worker)
    held_rows.let_go(first_sign_of_life)
    deployment.start_worker()
    wait_for(lambda: all(map(gone, dying)), SOON_S, "the killed worker's processes to be gone")
    assert deployment.runs("taken.pdf") == ["STARTING"]
    # Nobody has the run any more, which only its start timeout tells. That time passes here.
    deployment.dagster_rows(
        "UPDATE event_logs SET timestamp = timestamp - interval '1 hour' "
        "WHERE run_id = (SELECT run_id FROM runs WHERE partition = :partition) RETURNING id",
        partition=identity.partition_key("taken.pdf"),
    )
    deployment.ready(["taken.pdf"], SOON_S)
    assert what_is_said(deployment, "taken.pdf") == undisturbed
    assert ended(deployment, "taken.pdf") == ["FAILURE", "SUCCESS"]


def test_a_worker_that_is_told_to_stop_finishes_the_run_in_hand(
    deployment: Fleet, undisturbed: dict[str, Any], held_rows: HeldRows, tmp_path: Path
) -> None:
    stopped = Kill(13, Stage.OCR_RESULTS, 2, "ocr_results")
    held_rows.hold(stopped.row)
    deployment.upload(scanned(tmp_path / "stopped.pdf", stopped.number), stopped.key)
    worker = psutil.Process(
        wait_for(
            lambda: held_rows.awaited(stopped.row) and worker_of(deployment, stopped.key),
            SOON_S,
            "the run to be in hand",
        )
    )
    worker.terminate()
    wait_for(lambda: "Warm shutdown" in deployment.log_tail(), SOON_S, "the worker to have heard of it")
    assert worker_of(deployment, stopped.key) == worker.pid
    held_rows.let_go(stopped.row)
    deployment.start_worker()
    deployment.ready([stopped.key], SOON_S)
    wait_for(lambda: gone(worker), SOON_S, "the stopped worker to end")
    assert what_is_said(deployment, stopped.key) == undisturbed
    assert ended(deployment, stopped.key) == ["SUCCESS"]


def test_a_run_delivered_to_two_workers_is_done_and_paid_once(
    deployment: Fleet,
    undisturbed: dict[str, Any],
    held_rows: HeldRows,
    far_ends: FarEnds,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twice = Kill(12, Stage.OCR_RESULTS, 2, "ocr_results")
    held_rows.hold(twice.row)
    deployment.upload(scanned(tmp_path / "twice.pdf", twice.number), twice.key)
    worker = wait_for(
        lambda: held_rows.awaited(twice.row) and worker_of(deployment, twice.key),
        SOON_S,
        "the run to be in hand",
    )
    (run,) = deployment.dagster_rows(
        "SELECT run_id FROM runs WHERE partition = :partition", partition=identity.partition_key(twice.key)
    )
    for name, value in deployment.environment.items():
        monkeypatch.setenv(name, value)
    with dg.DagsterInstance.get() as instance:
        found = instance.get_run_by_id(run["run_id"])
        assert found is not None
        instance.run_launcher.launch_run(LaunchRunContext(found, workspace=None))
    sent_away = "SELECT 1 FROM event_logs WHERE run_id = :run_id AND event LIKE '%Ignoring a duplicate run%'"
    wait_for(lambda: deployment.dagster_rows(sent_away, **run), SOON_S, "the second worker to be sent away")
    assert worker_of(deployment, twice.key) == worker
    held_rows.let_go(twice.row)
    deployment.ready([twice.key], SOON_S)
    assert what_is_said(deployment, twice.key) == undisturbed
    assert ended(deployment, twice.key) == ["SUCCESS"]
    assert all(far_ends.calls(stage, twice.number) == len(pages) for stage, pages in PAID.items())


def worker_at(running: Fleet, held_rows: HeldRows, row: str) -> int | None:
    """The worker whose connection is about to write the row."""
    ports = held_rows.waiting_ports(row)
    for found in running.rows("SELECT pid FROM workers"):
        with contextlib.suppress(psutil.NoSuchProcess):
            connections = psutil.Process(found["pid"]).net_connections()
            if any(connection.laddr and connection.laddr.port in ports for connection in connections):
                return int(found["pid"])
    return None
