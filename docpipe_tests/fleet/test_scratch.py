"""Temporary files of workers that live, and of those that were killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docpipe_assets.fleet.scratch import scratch

_WORKER = """
import pathlib, subprocess, sys, tempfile
from docpipe_assets.fleet.scratch import scratch
with scratch(pathlib.Path(sys.argv[1])) as folder:
    pathlib.Path(tempfile.mkdtemp(), "upload.pdf").touch()
    subprocess.run([sys.executable, "-c", "import tempfile; tempfile.mkstemp('child')"], check=True)
    print(folder, flush=True)
    sys.stdin.read()
"""


@contextmanager
def worker(home: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process with a scratch folder, and temporary files of itself and of a child there."""
    with subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        try:
            yield process, folder
        finally:
            process.kill()


def test_temporary_files_of_a_process_and_its_children_are_gone_with_it(tmp_path: Path) -> None:
    with worker(tmp_path) as (process, folder):
        assert len(list(folder.iterdir())) == 2
        assert len(list(folder.rglob("upload.pdf"))) == 1
        process.communicate(timeout=30)
        assert process.returncode == 0
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_has_stays(tmp_path: Path) -> None:
    with worker(tmp_path) as (killed, left), worker(tmp_path) as (_, kept):
        killed.kill()
        killed.wait(timeout=30)
        assert left.is_dir()
        with scratch(tmp_path) as own:
            assert set((tmp_path / "scratch").iterdir()) == {kept, own}
            assert list(kept.rglob("upload.pdf"))


def test_afterwards_temporary_files_are_where_they_were(tmp_path: Path) -> None:
    before = tempfile.gettempdir(), os.environ.get("TMPDIR")
    with scratch(tmp_path) as folder:
        assert Path(tempfile.gettempdir()) == folder
    assert (tempfile.gettempdir(), os.environ.get("TMPDIR")) == before
