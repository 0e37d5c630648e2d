"""The run launcher: what run monitoring and the UI ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.launcher import WorkerStatus

from docpipe_assets.definitions import defs
from docpipe_assets.fleet.heartbeats import beating
from docpipe_assets.fleet.launcher import DocpipeRunLauncher
from docpipe_assets.settings import settings
from docpipe_assets.storage.database import migrate, sessions
from docpipe_tests.conftest import CHECKOUT


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """An instance as the checkout's dagster.yaml describes it."""
    monkeypatch.setenv("DOCPIPE_HOME", str(tmp_path))
    monkeypatch.setenv("DOCPIPE_CELERY_BROKER_URL", "filesystem://")
    settings.cache_clear()
    migrate(settings().database_url)
    (tmp_path / "dagster").mkdir()
    overrides = yaml.safe_load((CHECKOUT / "dagster.yaml").read_text("utf-8"))
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster"), overrides=overrides) as instance:
        yield instance
    settings.cache_clear()


@pytest.fixture
def launcher(instance: dg.DagsterInstance) -> DocpipeRunLauncher:
    assert isinstance(instance.run_launcher, DocpipeRunLauncher)
    return instance.run_launcher


@pytest.fixture
def run(instance: dg.DagsterInstance) -> dg.DagsterRun:
    definitions: dg.Definitions = defs() if callable(defs) else defs
    job = definitions.resolve_job_def("ingest")
    return instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)


def test_a_started_run_is_healthy_while_its_worker_beats(
    launcher: DocpipeRunLauncher, run: dg.DagsterRun
) -> None:
    with beating(sessions(settings().database_url)) as heart:
        heart.take(run.run_id)
        assert launcher.check_run_worker_health(run).status is WorkerStatus.RUNNING
        heart.put_down(run.run_id)
    health = launcher.check_run_worker_health(run)
    assert health.status is WorkerStatus.FAILED
    assert "no worker" in (health.msg or "")


def test_terminating_a_run_marks_it_so_that_its_stage_stops(
    launcher: DocpipeRunLauncher, run: dg.DagsterRun, instance: dg.DagsterInstance
) -> None:
    assert launcher.terminate(run.run_id)
    marked = instance.get_run_by_id(run.run_id)
    assert marked is not None
    assert marked.status is dg.DagsterRunStatus.CANCELING


def test_a_run_that_is_over_cannot_be_terminated(
    launcher: DocpipeRunLauncher, run: dg.DagsterRun, instance: dg.DagsterInstance
) -> None:
    instance.report_run_failed(run)
    assert not launcher.terminate(run.run_id)
    assert not launcher.terminate("00000000-0000-0000-0000-000000000000")


def test_a_run_that_nobody_takes_is_explained_in_plain_words(
    launcher: DocpipeRunLauncher, run: dg.DagsterRun
) -> None:
    said = launcher.get_run_worker_debug_info(run) or ""
    assert "No worker took this run" in said
    assert "`docpipe up` or `docpipe worker`" in said
    with beating(sessions(settings().database_url)):
        assert "1 alive" in (launcher.get_run_worker_debug_info(run) or "")


def test_runs_are_never_resumed(launcher: DocpipeRunLauncher, instance: dg.DagsterInstance) -> None:
    assert not launcher.supports_resume_run
    assert instance.run_monitoring_max_resume_run_attempts == 0
