"""A deployment on this machine: PostgreSQL, Redis, S3, a code server, the daemon and workers.

The Dagster instance is that of `docker/dagster.yaml`. Every worker has a home of its own, as on a host of its own.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psutil
import yaml  # type: ignore[import-untyped]
from sqlalchemy import text

from docpipe_assets import identity
from docpipe_assets.settings import CHECKOUT
from docpipe_assets.storage.database import connect
from docpipe_tests.e2e.running import DOCPIPE, wait_for
from docpipe_tests.servers.postgres import PostgresServer
from docpipe_tests.servers.process import free_port, listens, server
from docpipe_tests.servers.s3 import S3Server

_DAGSTER = DOCPIPE.with_name("dagster")
_JOIN = (DOCPIPE, "worker")
_DAEMON = DOCPIPE.with_name("dagster-daemon")


@dataclass
class Fleet:
    """The running deployment, with as many workers as were started. Everything ends with it."""

    folder: Path
    environment: Mapping[str, str]
    dagster_url: str
    s3: S3Server
    _parts: ExitStack
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def upload(self, source: Path, key: str) -> None:
        """Put a file into the upload bucket as any S3 client does."""
        bucket = self.environment["DOCPIPE_UPLOADS_URL"].removeprefix("s3://")
        self.s3.client().upload_file(str(source), bucket, key)

    def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of docpipe's own tables."""
        return _rows(self.environment["DOCPIPE_DATABASE_URL"], query, values)

    def dagster_rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of Dagster's tables."""
        return _rows(self.dagster_url, query, values)

    def runs(self, key: str) -> list[str]:
        """How a document's runs stand, the oldest first."""
        runs = self.dagster_rows(
            "SELECT status FROM runs WHERE partition = :partition ORDER BY id",
            partition=identity.partition_key(key),
        )
        return [run["status"] for run in runs]

    def ready(self, keys: Sequence[str], timeout_s: float) -> None:
        """Wait until the documents are ready; one in error fails at once."""

        def look() -> bool:
            documents = {row["bucket_key"]: row for row in self.rows("SELECT * FROM documents")}
            wrong = [row["error_message"] for row in documents.values() if row["status"] == "error"]
            assert not wrong, f"{wrong}\n{self.log_tail()}"
            return all(key in documents and documents[key]["status"] == "ready" for key in keys)

        wait_for(look, timeout_s, f"{', '.join(keys)} to be ready")

    def start_worker(self) -> None:
        """One more worker as the compose file starts it, which is ready some seconds later."""
        self._start_worker([sys.executable, "-m", "docpipe_assets.fleet.worker"])

    def join(self) -> None:
        """One more worker as a person starts it on another host."""
        self._start_worker(_JOIN)

    def lose_worker(self, pid: int) -> list[psutil.Process]:
        """Kill a worker, and its supervisor if it has one: its host is lost. The processes that must go with it."""
        worker = psutil.Process(pid)
        lost = [worker, *worker.children(recursive=True)]
        parent, supervisor = worker.parents()[:2]
        worker.kill()
        if any("guardian.py" in word for word in parent.cmdline()):
            supervisor.kill()
            lost += [parent, supervisor]
        return lost

    def log_tail(self) -> str:
        """The last lines of what each part logged."""
        tails = []
        for path in sorted(self.folder.rglob("*.log")):
            tails += [f"== {path.name}", *path.read_text("utf-8", "replace").splitlines()[-15:]]
        return "\n".join(tails)

    def _start_worker(self, command: Sequence[str | Path]) -> None:
        name = f"worker-{next(self._numbers)}"
        home = self.folder / name
        home.mkdir()
        self._start(name, command, {**self.environment, "DOCPIPE_HOME": str(home)})

    def _start(
        self,
        name: str,
        command: Sequence[str | Path],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        log = self.folder / f"{name}.log"
        # A supervisor ends its worker before itself; the others have nothing to lose.
        end_with = signal.SIGTERM if command == _JOIN else signal.SIGKILL
        part = server(
            command, lambda: True, log=log, environment=environment or self.environment, end_with=end_with
        )
        self._parts.enter_context(part)


@contextmanager
def fleet(
    folder: Path,
    postgres: PostgresServer,
    redis_url: str,
    s3: S3Server,
    *,
    workers: int = 2,
    instance: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Fleet]:
    """Start a deployment and wait until its workers and its daemon are alive.

    `instance` overrides values in sections of `docker/dagster.yaml`; `settings` are environment variables.
    """
    dagster_home = folder / "dagster"
    dagster_home.mkdir(parents=True)
    database = postgres.create_database()
    _write_instance(dagster_home, postgres, database, instance)
    port = free_port()
    location = {"host": "127.0.0.1", "port": port, "location_name": "docpipe"}
    (dagster_home / "workspace.yaml").write_text(yaml.safe_dump({"load_from": [{"grpc_server": location}]}))
    environment = {
        **{
            name: value for name, value in os.environ.items() if not name.startswith(("DOCPIPE_", "DAGSTER_"))
        },
        "DAGSTER_HOME": str(dagster_home),
        "DAGSTER_PG_HOST": "127.0.0.1",
        "DAGSTER_PG_USERNAME": "postgres",
        "DAGSTER_PG_PASSWORD": "not-asked-for",
        "DAGSTER_LOGS_BUCKET": s3.create_bucket().removeprefix("s3://"),
        "DOCPIPE_HOME": str(folder / "home"),
        "DOCPIPE_DATABASE_URL": postgres.url(postgres.create_database()),
        "DOCPIPE_CELERY_BROKER_URL": redis_url,
        "DOCPIPE_UPLOADS_URL": s3.create_bucket(),
        "DOCPIPE_ARTIFACTS_URL": s3.create_bucket(),
        "PYTHONUNBUFFERED": "1",
        **s3.environment,
        **settings,
    }
    migrations: list[list[str | Path]] = [[DOCPIPE, "migrate"], [_DAGSTER, "instance", "migrate"]]
    for command in migrations:
        subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True)
    with ExitStack() as parts:
        running = Fleet(folder, environment, postgres.url(database), s3, parts)
        serve = ["api", "grpc", "--host=127.0.0.1", f"--port={port}", "--location-name=docpipe"]
        serve += ["--module-name=docpipe_assets.definitions"]
        running._start("code-server", [_DAGSTER, *serve])
        running.join()
        for _ in range(1, workers):
            running.start_worker()
        wait_for(lambda: listens(port), 120, "the code server")
        running._start("daemon", [_DAEMON, "run", "-w", dagster_home / "workspace.yaml"])
        wait_for(
            lambda: (
                len(running.rows("SELECT pid FROM workers")) == workers
                and running.dagster_rows("SELECT * FROM daemon_heartbeats WHERE daemon_type = 'SENSOR'")
            ),
            120,
            f"workers and daemon; the logs are in {folder}",
        )
        yield running
    connect(environment["DOCPIPE_DATABASE_URL"]).dispose()
    connect(running.dagster_url).dispose()


def _write_instance(
    dagster_home: Path,
    postgres: PostgresServer,
    database: str,
    overrides: Mapping[str, Mapping[str, Any]],
) -> None:
    instance = yaml.safe_load((CHECKOUT / "docker" / "dagster.yaml").read_text("utf-8"))
    instance["storage"]["postgres"]["postgres_db"] |= {"port": postgres.port, "db_name": database}
    for section, values in overrides.items():
        instance[section] |= values
    (dagster_home / "dagster.yaml").write_text(yaml.safe_dump(instance))


def _rows(url: str, query: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    with connect(url).begin() as connection:
        return [dict(row) for row in connection.execute(text(query), values).mappings()]
