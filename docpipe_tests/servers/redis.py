"""A real Redis on this machine, from the system's package: keeps nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from docpipe_tests.servers.process import ServerMissingError, free_port, server


@contextmanager
def redis_server(port: int | None = None) -> Iterator[str]:
    """Redis on 127.0.0.1; its URL. Raises `ServerMissingError` where it is not installed."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServerMissingError(
            "redis-server is not installed: `apt-get install redis-server`, or on macOS `brew install redis`"
        )
    url = f"redis://127.0.0.1:{port or (port := free_port())}/0"

    def answers() -> bool:
        with redis.Redis.from_url(url) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False

    with tempfile.TemporaryDirectory(prefix="docpipe-redis-") as folder:
        command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", folder]
        with server([*command, "--save", "", "--appendonly", "no"], answers, log=Path(folder, "log")):
            yield url
