"""Where a worker's temporary files are, so that those of a killed one do not stay for ever."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch(home: Path) -> Iterator[Path]:
    """A folder under `home` for all temporary files of this process and its children, gone with the process.

    Folders whose process is gone are removed first: copies of uploads and page images that nobody needs. A lock
    on its folder tells that a process lives; the kernel drops it with the process, however that ends.
    """
    parent = home / "scratch"
    parent.mkdir(parents=True, exist_ok=True)
    # Nobody may take a folder for an abandoned one between its making and its locking.
    with _locked(parent):
        for folder in parent.iterdir():
            if _is_abandoned(folder):
                shutil.rmtree(folder)
        own = Path(tempfile.mkdtemp(dir=parent))
        lock = os.open(own, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
    before = os.environ.get("TMPDIR")
    _use(str(own))
    try:
        yield own
    finally:
        _use(before)
        shutil.rmtree(own)
        os.close(lock)


def _use(folder: str | None) -> None:
    """Children take the folder from the environment; this process has looked there already."""
    if folder is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = folder
    tempfile.tempdir = folder


def _is_abandoned(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
