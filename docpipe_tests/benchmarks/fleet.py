"""What the fleet costs beside the work itself: twenty small documents, two workers.

    python -m docpipe_tests.benchmarks.fleet [DOCUMENTS]

Starts a deployment of PostgreSQL, Redis, S3, code server, daemon and two workers on this machine, uploads one-page
vector sheets all at once, and prints the seconds until the last one is ready. The same documents then go through
the same stages, called one after the other in this process, on the same database server and S3. Two workers could
do that in half the time at best; what is left of the fleet's time is orchestration. Nothing is asserted.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from pathlib import Path

import psutil
import pymupdf
import structlog
from rich.console import Console
from rich.table import Table

from docpipe_assets.settings import Settings
from docpipe_assets.stages.classifications import classify_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.ocr_results import read_pages
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.stages.plan_set import make_plan_set
from docpipe_assets.stages.pool import PagePool, shared_pool
from docpipe_assets.stages.scale_calibrations import calibrate_pages
from docpipe_assets.storage.bucket import Bucket
from docpipe_assets.storage.database import migrate, sessions
from docpipe_assets.vocabulary import Stage
from docpipe_tests.e2e.fleet import Fleet, fleet
from docpipe_tests.servers.postgres import postgres_server
from docpipe_tests.servers.redis import redis_server
from docpipe_tests.servers.s3 import s3_server

WORKERS = 2
_WORK = {
    Stage.PAGES: make_pages,
    Stage.OCR_RESULTS: read_pages,
    Stage.CLASSIFICATIONS: classify_pages,
    Stage.SCALE_CALIBRATIONS: calibrate_pages,
    Stage.PLAN_SET: make_plan_set,
}


_PARTS = {
    "docpipe_assets.fleet.worker": "workers",
    "multiprocessing": "workers' page processes",
    "dagster-daemon": "daemon",
    "api grpc": "code server",
    "postgres": "PostgreSQL",
    "redis-server": "Redis",
    "weed": "S3",
}


def sheet(path: Path, number: int) -> Path:
    """A one-page vector sheet, with a plan's lines, a title block and a scale."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=17 * 72, height=11 * 72)
        page.draw_rect(pymupdf.Rect(100, 100, 900, 600), width=2)
        for step in range(20):
            page.draw_line((100 + 40 * step, 100), (100 + 40 * step, 600))
            page.insert_text((110 + 40 * step, 90), f"{step}", fontsize=8)
        page.insert_text((300, 650), "FIRST FLOOR PLAN", fontsize=16)
        page.insert_text((300, 670), 'SCALE: 1/4" = 1\'-0"', fontsize=9)
        page.insert_text((1080, 740), "FIRST FLOOR PLAN", fontsize=9)
        page.insert_text((1060, 770), "SHEET NO.", fontsize=6)
        page.insert_text((1120, 772), f"A-{100 + number}", fontsize=22)
        pdf.save(path)
    return path


def through_the_fleet(running: Fleet, paths: list[Path], folder: str) -> float:
    """Seconds from the first upload until every document is ready."""
    keys = [f"{folder}/{path.name}" for path in paths]
    started = time.monotonic()
    for path, key in zip(paths, keys, strict=True):
        running.upload(path, key)
    running.ready(keys, timeout_s=600)
    return time.monotonic() - started


def called_directly(settings: Settings, paths: list[Path], pool: PagePool) -> dict[Stage, float]:
    """Seconds that each stage took for all documents, one after the other in this process."""
    uploads, make_session = Bucket(settings.uploads_url), sessions(settings.database_url)
    for path in paths:
        uploads.write(path.name, path)
    spent = dict.fromkeys(Stage, 0.0)
    for document in take_in(uploads, make_session, settings).uploads:
        run = DocumentRun(
            partition_key=document.partition_key,
            run_id=str(uuid.uuid4()),
            stages=frozenset(Stage),
            settings=settings,
            sessions=make_session,
            uploads=uploads,
            artifacts=Bucket(settings.artifacts_url),
            pool=pool,
            check_wanted=lambda: None,
        )
        for stage, work in _WORK.items():
            started = time.monotonic()
            run_stage(run, stage, work, last_try=True)
            spent[stage] += time.monotonic() - started
    return spent


def processor_time() -> dict[str, float]:
    """Seconds of processor time that every part of the fleet has taken until now."""
    spent: dict[str, float] = {}
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            name, times = part_of(process), process.cpu_times()
            spent[name] = spent.get(name, 0.0) + times.user + times.system
    return spent


def part_of(process: psutil.Process) -> str:
    """What a process of the fleet is to a person."""
    command = " ".join(process.cmdline())
    for words, name in _PARTS.items():
        if words in command:
            return name
    return "supervisors"


def main(count: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(postgres_server())
        s3 = stack.enter_context(s3_server())
        redis_url = stack.enter_context(redis_server())
        os.environ |= s3.environment
        paths = [sheet(folder / f"sheet-{number:02}.pdf", number) for number in range(count)]
        running = stack.enter_context(fleet(folder / "fleet", postgres, redis_url, s3, workers=WORKERS))
        through_the_fleet(running, paths[:WORKERS], "first")  # every worker has been warm for days
        load = os.getloadavg()[0]
        before = processor_time()
        wall = through_the_fleet(running, paths, "measured")
        after = processor_time()
        alone = through_the_fleet(running, paths[:1], "alone")
        settings = Settings(
            home=folder / "direct",
            database_url=postgres.url(postgres.create_database()),
            uploads_url=s3.create_bucket(),
            artifacts_url=s3.create_bucket(),
        )
        migrate(settings.database_url)
        pool = stack.enter_context(shared_pool(settings))
        called_directly(settings, [sheet(folder / "warm.pdf", 99)], pool)
        spent = called_directly(settings, paths, pool)
        runs = running.dagster_rows(
            "SELECT avg(end_time - start_time) AS run, avg(start_time - extract(epoch FROM create_timestamp)) AS wait"
            " FROM runs"
        )[0]
    direct = sum(spent.values())
    table = Table("", "seconds", "seconds a document", title=f"{count} documents, {WORKERS} workers")
    table.add_row("through the fleet, first upload to last ready", f"{wall:.1f}", f"{wall / count:.2f}")
    table.add_row("the same stages called directly, one process", f"{direct:.1f}", f"{direct / count:.2f}")
    for stage, seconds in spent.items():
        table.add_row(f"  {stage}", f"{seconds:.1f}", f"{seconds / count:.2f}")
    console = Console()
    console.print(table)
    for name, seconds in sorted(after.items(), key=lambda item: -item[1]):
        console.print(
            f"{(seconds - before.get(name, 0.0)) / count:6.2f} s of processor time a document: {name}"
        )
    rest = (wall - direct / WORKERS) / count
    console.print(
        f"orchestration: {rest:.2f} s a document ({wall / direct:.2f} times the direct calls' time)"
    )
    console.print(
        f"one document alone: {alone:.1f} s; a run takes {runs['run']:.2f} s; load before: {load:.1f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
