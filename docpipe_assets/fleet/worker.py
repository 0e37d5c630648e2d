"""The Celery worker: one process that takes one run at a time and stays warm between them."""

from __future__ import annotations

import contextvars
import importlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import structlog
from celery import Celery, Task, signals
from celery.worker import state
from dagster import DagsterInstance
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import unpack_value
from dagster_celery.make_app import make_app
from dagster_celery.tasks import create_execute_job_task

from docpipe_assets.fleet.heartbeats import Heart, beating
from docpipe_assets.fleet.launcher import DocpipeRunLauncher
from docpipe_assets.fleet.scratch import scratch
from docpipe_assets.log import configure_logging
from docpipe_assets.settings import settings
from docpipe_assets.stages.pool import shared_pool
from docpipe_assets.storage.database import sessions
from docpipe_assets.vocabulary import Engine

RECYCLE_ABOVE_MB = 1500
"""A worker that has grown past this ends after its run, and the supervisor starts a fresh one."""

_NEEDED_BY_EVERY_RUN = (
    "docpipe_assets.definitions",
    "docpipe_assets.stages.classifications",
    "docpipe_assets.stages.plan_set",
    "docpipe_assets.stages.scale_calibrations",
    "jinja2",
    "openpyxl",
    "pandas",
)
"""What takes seconds to import would otherwise make the first document after a start wait."""

log = structlog.get_logger()


def main() -> None:
    """Take runs from the broker until told to stop; the run in hand is finished first.

    The `solo` pool runs in this very process: Celery's other pools make children that may not have
    children of their own, and a stage needs guarded ones.
    """
    configure_logging()
    app = _app()
    with (
        scratch(settings().home),
        shared_pool(settings()) as pool,
        beating(sessions(settings().database_url)) as heart,
    ):
        pool.start()
        for module in (*_NEEDED_BY_EVERY_RUN, *_cloud_clients()):
            importlib.import_module(module)
        _follow_runs(heart)
        log.info("worker ready")
        app.worker_main(
            [
                "worker",
                "--pool=solo",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                "--loglevel=WARNING",
            ]
        )


def _cloud_clients() -> Iterator[str]:
    if settings().ocr_engine is Engine.GOOGLE_VISION:
        yield "google.cloud.vision"
    if settings().vision_api_key.get_secret_value():
        yield "openai"


def _app() -> Celery:
    with DagsterInstance.get() as instance:
        launcher = instance.run_launcher
        if not isinstance(launcher, DocpipeRunLauncher):
            raise TypeError(
                f"dagster.yaml names the launcher {type(launcher).__name__}; a worker needs docpipe's."
            )
        app: Celery = make_app(launcher.app_args())  # type: ignore[no-untyped-call]
    _run_beside_the_main_thread(create_execute_job_task(app))
    return app


def _run_beside_the_main_thread(task: Task) -> None:
    """Let the task's runs happen in one lasting thread, for which the main thread waits.

    In the main thread Dagster takes SIGTERM and SIGINT for itself while a run goes on: the stage in hand is
    interrupted, and Celery, which would end the worker after the run, never hears of the signal.
    """
    execute = task.run
    # One thread for good: a page's process dies with the thread that started it.
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="run")

    def run(*args: Any, **kwargs: Any) -> Any:
        return thread.submit(contextvars.copy_context().run, execute, *args, **kwargs).result()

    task.run = run


def _follow_runs(heart: Heart) -> None:
    def take(kwargs: dict[str, Any], **_signal: Any) -> None:
        run_id = _run_id(kwargs)
        structlog.contextvars.bind_contextvars(run_id=run_id)
        heart.take(run_id)

    def put_down(kwargs: dict[str, Any], **_signal: Any) -> None:
        heart.put_down(_run_id(kwargs))
        structlog.contextvars.clear_contextvars()
        if psutil.Process().memory_info().rss > RECYCLE_ABOVE_MB * 1_000_000:
            state.should_stop = 0

    signals.task_prerun.connect(take, weak=False)
    signals.task_postrun.connect(put_down, weak=False)


def _run_id(kwargs: dict[str, Any]) -> str:
    return unpack_value(kwargs["execute_job_args_packed"], as_type=ExecuteRunArgs).run_id


if __name__ == "__main__":
    main()
