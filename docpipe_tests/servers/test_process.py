"""Servers end with whoever started them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from docpipe_tests.servers.process import ServerDiedError, free_port, listens, server

SERVE = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1"]


def test_a_server_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    port = free_port()
    code = f"""
import sys
from pathlib import Path
from docpipe_tests.servers.process import listens, server
with server({[*SERVE, str(port)]!r}, lambda: listens({port}), log=Path({str(tmp_path / "log")!r})):
    print("answers", flush=True)
    sys.stdin.read()
"""
    starter = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "answers\n"
    started = psutil.Process(starter.pid).children(recursive=True)
    starter.kill()
    starter.wait()
    _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []
    assert not listens(port)


def test_a_server_that_ends_at_once_says_why(tmp_path: Path) -> None:
    before = time.monotonic()
    command = ["/bin/sh", "-c", "echo no room left; exit 3"]
    with (
        pytest.raises(ServerDiedError, match="no room left"),
        server(command, lambda: False, log=tmp_path / "log"),
    ):
        pass
    assert time.monotonic() - before < 10
