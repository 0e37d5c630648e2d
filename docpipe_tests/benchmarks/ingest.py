"""How long documents take from the upload folder to ready, and how large the processes grow.

    python -m docpipe_tests.benchmarks.ingest FILE...

Starts `docpipe up` on a home of its own, drops the files one after the other, and prints for each the seconds
from the upload until it is ready, the same work's seconds called directly in one process (pages drawn and
nothing else), their ratio, and the largest process of all. Nothing is asserted: figures depend on the machine.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from docpipe_assets.pdf.document import inspect
from docpipe_assets.pdf.render import render_page
from docpipe_assets.settings import Settings
from docpipe_tests.e2e.running import Running, docpipe_up


@contextmanager
def largest_process(running: Running) -> Iterator[dict[str, int]]:
    """The peak resident size in MB of every command of the installation, sampled inside the block."""
    peaks: dict[str, int] = {}
    stop = threading.Event()

    def sample() -> None:
        while not stop.wait(0.25):
            for process in running.processes():
                try:
                    name = " ".join(process.cmdline()[1:4])[-60:]
                    peaks[name] = max(peaks.get(name, 0), process.memory_info().rss // 1_000_000)
                except psutil.NoSuchProcess:
                    continue

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        yield peaks
    finally:
        stop.set()
        sampler.join()


def drawn_directly(path: Path) -> float:
    """Seconds for the bare drawing of every page in this process."""
    settings = Settings()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        image, thumbnail = Path(folder, "page.png"), Path(folder, "thumbnail.png")
        for number in range(1, inspect(path, settings.max_pages).page_count + 1):
            render_page(path, number, image, thumbnail, settings.render_dpi, settings.render_max_megapixels)
    return time.monotonic() - started


def main(paths: list[Path]) -> None:
    console = Console()
    table = Table(
        "file", "pages", "ready in s", "drawn alone in s", "ratio", "s a page", title="From upload to ready"
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        docpipe_up(Path(folder)) as running,
        largest_process(running) as peaks,
    ):
        for path in paths:
            started = time.monotonic()
            row = running.ready(running.drop(path), timeout_s=1800)
            seconds = time.monotonic() - started
            pages = row["page_count"]
            alone = drawn_directly(path)
            table.add_row(
                path.name,
                str(pages),
                f"{seconds:.1f}",
                f"{alone:.1f}",
                f"{seconds / alone:.2f}",
                f"{seconds / pages:.2f}",
            )
    console.print(table)
    for name, peak in sorted(peaks.items(), key=lambda item: -item[1])[:6]:
        console.print(f"{peak:6} MB  {name}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
