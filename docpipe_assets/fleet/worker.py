"""The Celery worker: one process that takes one run at a time and stays warm between them."""

from __future__ import annotations

import importlib
from typing import Any

import psutil
import structlog
from celery import Celery, signals
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

RECYCLE_ABOVE_MB = 1500
"""A worker that has grown past this ends after its run, and the supervisor starts a fresh one."""

_NEEDED_BY_EVERY_RUN = (
    "docpipe_assets.definitions",
    "docpipe_assets.stages.classifications",
    "docpipe_assets.stages.plan_set",
    "docpipe_assets.stages.scale_calibrations",
)

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
        for module in _NEEDED_BY_EVERY_RUN:
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


def _app() -> Celery:
    with DagsterInstance.get() as instance:
        launcher = instance.run_launcher
        if not isinstance(launcher, DocpipeRunLauncher):
            raise TypeError(
                f"dagster.yaml names the launcher {type(launcher).__name__}; a worker needs docpipe's."
            )
        app: Celery = make_app(launcher.app_args())  # type: ignore[no-untyped-call]
    create_execute_job_task(app)
    return app


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
