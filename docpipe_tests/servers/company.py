"""Every service that a company runs docpipe with, on this machine and on free ports of 127.0.0.1."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml  # type: ignore[import-untyped]

from docpipe_assets.settings import CHECKOUT
from docpipe_tests.servers.postgres import PostgresServer, postgres_server
from docpipe_tests.servers.process import free_port, server
from docpipe_tests.servers.redis import redis_server
from docpipe_tests.servers.s3 import S3Server, s3_server

DOCPIPE_DATABASE = "docpipe"
DAGSTER_DATABASE = "dagster"
UPLOADS, ARTIFACTS, LOGS = "uploads", "artifacts", "logs"

_STARTS_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True)
class PaidService:
    """A local server that answers as a paid service does. `address` is what its client is told."""

    address: str
    stats_url: str

    def stats(self) -> dict[str, int]:
        """What was asked and answered so far."""
        counted: dict[str, int] = httpx.get(self.stats_url, trust_env=False).raise_for_status().json()
        return counted


@dataclass(frozen=True, slots=True)
class Company:
    """The services while they run: two databases, three buckets, a broker, and two that cost money elsewhere."""

    redis_url: str
    postgres: PostgresServer
    s3: S3Server
    google_vision: PaidService
    vision_model: PaidService

    @property
    def environment(self) -> dict[str, str]:
        """What the deployment's `dagster.yaml` and the AWS clients take from the environment."""
        return {
            "DAGSTER_PG_HOST": "127.0.0.1",
            "DAGSTER_PG_USERNAME": "postgres",
            "DAGSTER_PG_PASSWORD": "nobody-is-asked-for-it",
            "DAGSTER_LOGS_BUCKET": LOGS,
            **self.s3.environment,
        }

    def write_instance(self, path: Path) -> Path:
        """The deployment's own `dagster.yaml` for PostgreSQL at its port here."""
        instance: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker" / "dagster.yaml").read_text("utf-8"))
        instance["storage"]["postgres"]["postgres_db"]["port"] = self.postgres.port
        path.write_text(yaml.safe_dump(instance), "utf-8")
        return path


@contextmanager
def company(say: Callable[[str], None]) -> Iterator[Company]:
    """All services from the time they answer until the end of the block; `say` hears which one is started next.

    Raises `ServerMissingError` naming what is not installed, and `ServerDiedError`.
    """
    with ExitStack() as running:
        say("Redis")
        redis_url = running.enter_context(redis_server())
        say("PostgreSQL")
        postgres = running.enter_context(postgres_server())
        for name in (DOCPIPE_DATABASE, DAGSTER_DATABASE):
            postgres.create_database(name=name)
        say("S3")
        s3 = running.enter_context(s3_server())
        for name in (UPLOADS, ARTIFACTS, LOGS):
            s3.create_bucket(name)
        say("Google Vision")
        grpc_port = free_port()
        google_vision = running.enter_context(
            _paid_service("google_vision", f"http://127.0.0.1:{grpc_port}", "--grpc-port", str(grpc_port))
        )
        say("the vision model")
        vision_model = running.enter_context(_paid_service("openai"))
        yield Company(redis_url, postgres, s3, google_vision, vision_model)


@contextmanager
def _paid_service(module: str, address: str = "", *options: str) -> Iterator[PaidService]:
    """One of the servers beside this module in a process of its own, which reads what it is shown."""
    port = free_port()
    service = PaidService(address or f"http://127.0.0.1:{port}/v1", f"http://127.0.0.1:{port}/stats")
    command = [sys.executable, "-m", f"{__package__}.{module}", "--port", str(port), *options]

    def answers() -> bool:
        try:
            return service.stats() is not None
        except httpx.TransportError:
            return False

    with tempfile.TemporaryDirectory(prefix="docpipe-paid-") as folder:
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        log = Path(folder, "log")
        with server(command, answers, log=log, environment=environment, timeout_s=_STARTS_WITHIN_S):
            yield service
