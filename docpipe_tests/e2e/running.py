"""A whole docpipe, started as a person starts it, and the ways a person looks at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
from sqlalchemy import text

from docpipe_assets.settings import CHECKOUT
from docpipe_assets.storage.database import connect

DOCPIPE = Path(sys.executable).with_name("docpipe")
T = TypeVar("T")


def wait_for(condition: Callable[[], T | None], timeout_s: float, what: str) -> T:
    """The first true value of a condition. Fails with what was waited for."""
    deadline = time.monotonic() + timeout_s
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"after {timeout_s:.0f} s still waiting for {what}"
        threading.Event().wait(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """`docpipe up` on a home of its own."""

    home: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]
    ui_url: str

    @property
    def uploads(self) -> Path:
        return self.home / "uploads"

    def drop(self, source: Path, name: str | None = None) -> str:
        """Put a file in the upload folder as a file manager does, and return its bucket key."""
        key = name or source.name
        (self.uploads / key).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, self.uploads / key)
        return key

    def cli(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the command line against this home."""
        done = subprocess.run(
            [str(DOCPIPE), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done

    def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of docpipe's own tables."""
        engine = connect(
            self.environment.get("DOCPIPE_DATABASE_URL") or f"sqlite:///{self.home / 'docpipe.db'}"
        )
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(query), values).mappings()]

    def document(self, key: str) -> dict[str, Any] | None:
        rows = self.rows("SELECT * FROM documents WHERE bucket_key = :key", key=key)
        return rows[0] if rows else None

    def settled(self, key: str, timeout_s: float = 180) -> dict[str, Any]:
        """The document's row once it is ready or in error."""

        def look() -> dict[str, Any] | None:
            self.assert_alive()
            row = self.document(key)
            return row if row and row["status"] in ("ready", "error") else None

        return wait_for(look, timeout_s, f"{key} to be ready or in error")

    def ready(self, key: str, timeout_s: float = 180) -> dict[str, Any]:
        row = self.settled(key, timeout_s)
        assert row["status"] == "ready", row
        return row

    def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        """What the UI asks the webserver."""
        answer = httpx.post(
            f"{self.ui_url}/graphql", json={"query": query, "variables": variables}, timeout=60
        ).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    def run(self, run_id: str) -> dict[str, Any]:
        query = (
            "query($id: ID!) { runOrError(runId: $id) { ... on Run { runId status tags { key value } } } }"
        )
        run: dict[str, Any] = self.graphql(query, id=run_id)["runOrError"]
        return run

    def run_ended(self, run_id: str, timeout_s: float = 120) -> str:
        def look() -> str | None:
            status = str(self.run(run_id)["status"])
            return status if status in ("SUCCESS", "FAILURE", "CANCELED") else None

        return wait_for(look, timeout_s, f"run {run_id} to end")

    def materialize(
        self, partition_key: str, stages: list[str], config: Mapping[str, Any] | None = None
    ) -> str:
        """What the UI does when a person materializes chosen assets of one partition; the run's id."""
        mutation = """
            mutation($params: ExecutionParams!) {
              launchPipelineExecution(executionParams: $params) {
                __typename
                ... on LaunchRunSuccess { run { runId } }
                ... on PythonError { message }
                ... on RunConfigValidationInvalid { errors { message } }
              }
            }"""
        params = {
            "selector": {
                "repositoryLocationName": "docpipe",
                "repositoryName": "__repository__",
                "pipelineName": "__ASSET_JOB",
                "assetSelection": [{"path": [stage]} for stage in stages],
                "assetCheckSelection": None,
            },
            "mode": "default",
            "runConfigData": {"ops": {stage: {"config": dict(config)} for stage in stages}} if config else {},
            "executionMetadata": {"tags": [{"key": "dagster/partition", "value": partition_key}]},
        }
        answer = self.graphql(mutation, params=params)["launchPipelineExecution"]
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return str(answer["run"]["runId"])

    def processes(self) -> list[psutil.Process]:
        """Every process that belongs to this `docpipe up`, by its home in the environment."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("DOCPIPE_HOME") == str(self.home) and process.pid != os.getpid():
                    found.append(process)
            except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
        return found

    def worker(self) -> psutil.Process:
        """The process that takes the runs."""

        def look() -> psutil.Process | None:
            rows = self.rows("SELECT pid FROM workers ORDER BY beat_at DESC LIMIT 1")
            return psutil.Process(rows[0]["pid"]) if rows and psutil.pid_exists(rows[0]["pid"]) else None

        return wait_for(look, 60, "a worker")

    def assert_alive(self) -> None:
        assert self.process.poll() is None, f"docpipe up ended: {log_tail(self.home)}"


def state_of_checkout() -> str:
    """What git says has changed in the checkout."""
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return status.stdout


def log_tail(home: Path) -> str:
    """The last lines of what each part logged."""
    tails = []
    for path in sorted((home / "logs").glob("*.log")):
        lines = path.read_text("utf-8", "replace").splitlines()[-15:]
        tails.append("\n".join([f"== {path.name}", *lines]))
    return "\n".join(tails)


@contextmanager
def docpipe_up(home: Path, **settings: str) -> Iterator[Running]:
    """Start `docpipe up`, wait until its UI answers, and end it with Ctrl-C."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    environment = {
        **{
            name: value for name, value in os.environ.items() if not name.startswith(("DOCPIPE_", "DAGSTER_"))
        },
        "DOCPIPE_HOME": str(home),
        "DOCPIPE_UI_PORT": str(port),
        **settings,
    }
    with (home / "up.out").open("wb") as output:
        process = subprocess.Popen(
            [str(DOCPIPE), "up"],
            env=environment,
            cwd=home,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Running(home, environment, process, f"http://127.0.0.1:{port}")
    try:

        def answers() -> bool:
            running.assert_alive()
            try:
                return httpx.get(f"{running.ui_url}/server_info", timeout=5).is_success
            except httpx.TransportError:
                return False

        wait_for(answers, 120, "the UI to answer")
        running.worker()
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
