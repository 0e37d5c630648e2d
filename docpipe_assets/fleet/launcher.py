"""How Dagster hands runs to the workers, asks whether they live, and tells them to stop."""

from __future__ import annotations

from dagster import DagsterRun
from dagster._core.launcher import CheckRunHealthResult, WorkerStatus
from dagster_celery.launcher import CeleryRunLauncher

from docpipe_assets.fleet import heartbeats
from docpipe_assets.settings import settings
from docpipe_assets.storage.database import sessions


class DocpipeRunLauncher(CeleryRunLauncher):
    """dagster-celery's launcher, with what holds on every broker, one without redelivery or revoking included.

    A run ends because its stages look, between pages, whether it is still wanted; so terminating one only
    marks it. Whether its worker lives is told by heartbeats, since a broker keeps saying `started`.
    """

    def terminate(self, run_id: str) -> bool:
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return False
        self._instance.report_run_canceling(
            run, message="Ending the run; its stage stops after the page in hand."
        )
        return True

    @property
    def supports_resume_run(self) -> bool:
        return False

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        with sessions(settings().database_url)() as session:
            reason = heartbeats.lost(session, run.run_id)
        if reason is None:
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.FAILED, f"{reason}; the run is tried again")

    def get_run_worker_debug_info(
        self,
        run: DagsterRun,
        include_container_logs: bool | None = True,
    ) -> str | None:
        with sessions(settings().database_url)() as session:
            alive = heartbeats.workers_alive(session)
        if not alive:
            return "No worker took this run: start one with `docpipe up` or `docpipe worker`."
        return f"{len(alive)} alive: the run waits for its turn, or its message was lost."
