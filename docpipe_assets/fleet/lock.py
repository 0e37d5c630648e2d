"""One supervisor for one home: a lock that its parts hold on to as well, so that no two sets of them overlap."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from docpipe_assets.errors import DocpipeError

_ASK_AGAIN_S = 0.2


class AlreadyRunningError(DocpipeError):
    """Another supervisor looks after the same parts."""


@contextlib.contextmanager
def only_one(lock_file: Path, wait_s: float = 20.0) -> Iterator[int]:
    """Hold the lock of the one supervisor that may run; the lock file's descriptor, for `keep_open`.

    Waits up to `wait_s` for the parts of a supervisor that was killed to end. Raises
    `AlreadyRunningError`, with its pid, while another one runs.
    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("a+") as file:
        _lock(file, lock_file, time.monotonic() + wait_s)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield file.fileno()


def running_pid(lock_file: Path) -> int | None:
    """The pid of the supervisor that holds the lock, if one does."""
    if not lock_file.is_file():
        return None
    with lock_file.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _holder(file)
    return None


def _lock(file: IO[str], path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            pid = _holder(file)
            if (pid is not None and _alive(pid)) or time.monotonic() > deadline:
                raise AlreadyRunningError(
                    f"docpipe already runs on {path.parent} (process {pid or 'unknown'}). "
                    "End that one first, or set DOCPIPE_HOME to another folder."
                ) from error
            time.sleep(_ASK_AGAIN_S)  # nothing tells when a lock becomes free except asking again


def _holder(file: IO[str]) -> int | None:
    file.seek(0)
    text = file.read().strip()
    return int(text) if text.isdigit() else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
