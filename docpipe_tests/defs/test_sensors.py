"""The upload bucket's sensor, evaluated by Dagster on an instance of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events import JobFailureData, RunFailureReason
from dagster._core.storage.tags import (
    PARENT_RUN_ID_TAG,
    RETRY_NUMBER_TAG,
    ROOT_RUN_ID_TAG,
    RUN_KEY_TAG,
)
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.definitions import defs
from docpipe_assets.defs.partitions import documents
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.defs.sensors import failed_run_sensor, upload_bucket_sensor
from docpipe_assets.errors import TransientError
from docpipe_assets.settings import settings
from docpipe_assets.storage.database import migrate, sessions
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode

PDF = b"%PDF-1.7\n...\n%%EOF\n"
Tick = Callable[[], dg.SensorResult | dg.SkipReason]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An embedded installation of its own, where files settle and ticks end at once."""
    for name, value in {"HOME": str(tmp_path), "SETTLE_S": "0", "BUCKET_WATCH_S": "0"}.items():
        monkeypatch.setenv(f"DOCPIPE_{name}", value)
    settings.cache_clear()
    migrate(settings().database_url)
    (tmp_path / "uploads").mkdir()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def make_session(home: Path) -> sessionmaker[Session]:
    return sessions(settings().database_url)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def tick(home: Path, instance: dg.DagsterInstance) -> Tick:
    """One evaluation of the sensor, after which the instance holds the partitions and runs it asked for."""
    repository = defs().get_repository_def() if callable(defs) else defs.get_repository_def()

    def evaluate() -> dg.SensorResult | dg.SkipReason:
        context = dg.build_sensor_context(instance=instance, repository_def=repository)
        result = upload_bucket_sensor(context, docpipe=Docpipe())
        if isinstance(result, dg.SensorResult):
            for request in result.dynamic_partitions_requests or []:
                instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
            for run in result.run_requests or []:
                instance.create_run_for_job(
                    repository.get_job("ingest"),
                    tags={RUN_KEY_TAG: run.run_key or "", "dagster/partition": run.partition_key or ""},
                )
        assert isinstance(result, dg.SensorResult | dg.SkipReason)
        return result

    return evaluate


def requested(result: dg.SensorResult | dg.SkipReason) -> list[str]:
    return (
        [run.run_key or "" for run in (result.run_requests or [])]
        if isinstance(result, dg.SensorResult)
        else []
    )


def test_an_upload_gets_a_partition_an_observation_and_one_run(
    home: Path, tick: Tick, instance: dg.DagsterInstance, make_session: sessionmaker[Session]
) -> None:
    (home / "uploads" / "Plan set, rev 2.pdf").write_bytes(PDF)
    first = tick()
    with make_session() as session:
        document = session.scalars(select(Document)).one()
    assert requested(first) == [f"{document.partition_key}:{document.etag}"]
    assert instance.get_dynamic_partitions(documents.name or "") == [document.partition_key]
    assert isinstance(first, dg.SensorResult)
    assert [event.partition for event in first.asset_events] == [document.partition_key]
    second = tick()
    assert isinstance(second, dg.SkipReason)
    with make_session() as session:
        assert session.scalars(select(Document.run_id)).one() == instance.get_runs()[0].run_id


def test_a_run_request_that_was_lost_is_made_again(
    home: Path, tick: Tick, instance: dg.DagsterInstance
) -> None:
    (home / "uploads" / "a.pdf").write_bytes(PDF)
    first = requested(tick())
    for run in instance.get_runs():
        instance.delete_run(run.run_id)
    assert requested(tick()) == first


def test_a_changed_upload_gets_another_run(home: Path, tick: Tick) -> None:
    (home / "uploads" / "a.pdf").write_bytes(PDF)
    first = requested(tick())
    tick()
    (home / "uploads" / "a.pdf").write_bytes(PDF + PDF)
    second = requested(tick())
    assert len(second) == 1
    assert second != first


def test_two_keys_with_one_file_name_are_two_documents(home: Path, tick: Tick) -> None:
    for folder in ("north", "south"):
        (home / "uploads" / folder).mkdir()
        (home / "uploads" / folder / "plans.pdf").write_bytes(PDF)
    assert len(set(requested(tick()))) == 2


def test_what_is_no_document_gets_no_run(home: Path, tick: Tick) -> None:
    (home / "uploads" / "letter.docx").write_bytes(b"PK\x03\x04")
    assert isinstance(tick(), dg.SkipReason)


def test_one_tick_asks_for_a_bounded_number_of_runs_and_the_next_for_the_rest(
    home: Path, tick: Tick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_MAX_RUNS_PER_TICK", "3")
    settings.cache_clear()
    for number in range(7):
        (home / "uploads" / f"{number}.pdf").write_bytes(PDF)
    keys = [key for _ in range(7) for key in requested(tick())]
    assert len(keys) == len(set(keys)) == 7


def test_a_listing_that_fails_fails_the_tick_and_the_next_one_goes_on(home: Path, tick: Tick) -> None:
    tick()
    (home / "uploads" / "a.pdf").write_bytes(PDF)
    (home / "uploads").rename(home / "aside")
    with pytest.raises(TransientError, match="cannot be listed"):
        tick()
    (home / "aside").rename(home / "uploads")
    assert len(requested(tick())) == 1


def test_an_emptied_bucket_is_said_to_be_suspicious(home: Path, tick: Tick) -> None:
    (home / "uploads" / "a.pdf").write_bytes(PDF)
    tick()
    tick()
    (home / "uploads" / "a.pdf").unlink()
    result = tick()
    assert isinstance(result, dg.SkipReason)
    assert "empty although it held documents" in (result.skip_message or "")


def test_an_upload_that_came_back_unchanged_gets_a_run_although_its_key_was_used(
    home: Path, tick: Tick, make_session: sessionmaker[Session]
) -> None:
    (home / "uploads" / "stays.pdf").write_bytes(PDF)
    (home / "uploads" / "a.pdf").write_bytes(PDF)
    before = set(requested(tick()))
    with make_session.begin() as session:
        # As if the run had begun a day ago and found the object gone.
        session.execute(update(Document).values(status="error", error_code="removed", run_id="gone"))
    (home / "uploads" / "a.pdf").rename(home / "a.pdf")
    tick()
    (home / "a.pdf").rename(home / "uploads" / "a.pdf")
    with make_session.begin() as session:
        later = session.scalars(select(Document).where(Document.bucket_key == "a.pdf")).one()
        assert later.removed_at is not None
    again = requested(tick_until_later(tick))
    assert len(again) == 1
    assert again[0] not in before


def tick_until_later(tick: Tick) -> dg.SensorResult | dg.SkipReason:
    """Dagster keeps when a run was made in whole seconds, so look again in a later second."""
    import time

    second = int(time.time())
    while int(time.time()) == second:
        pass
    return tick()


@pytest.fixture
def failing(
    home: Path, tick: Tick, make_session: sessionmaker[Session], retries: int
) -> Iterator[tuple[dg.DagsterInstance, dg.DagsterRun]]:
    """An instance with run retries, and the run of a document in it that has lost its worker."""
    (home / "uploads" / "a.pdf").write_bytes(PDF)
    overrides = {
        "run_retries": {"enabled": True, "max_retries": retries, "retry_on_asset_or_op_failure": False}
    }
    (home / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(home / "dagster"), overrides=overrides) as instance:
        tick()
        with make_session.begin() as session:
            document = session.scalars(select(Document)).one()
            repository = defs().get_repository_def() if callable(defs) else defs.get_repository_def()
            run = instance.create_run_for_job(
                repository.get_job("ingest"), tags={"dagster/partition": document.partition_key}
            )
            document.run_id, document.status = run.run_id, DocumentStatus.PROCESSING
        yield instance, run


@pytest.mark.parametrize(("retries", "status"), [(0, DocumentStatus.ERROR), (3, DocumentStatus.PROCESSING)])
def test_a_run_that_lost_its_worker_is_an_error_only_if_it_is_not_tried_again(
    failing: tuple[dg.DagsterInstance, dg.DagsterRun],
    make_session: sessionmaker[Session],
    status: DocumentStatus,
) -> None:
    instance, run = failing
    fail(instance, run, data=JobFailureData(None, RunFailureReason.RUN_EXCEPTION))
    with make_session() as session:
        assert session.scalars(select(Document.status)).one() is status


@pytest.mark.parametrize("retries", [2])
def test_a_run_that_could_never_be_handed_out_is_an_error_after_its_last_try(
    failing: tuple[dg.DagsterInstance, dg.DagsterRun], make_session: sessionmaker[Session]
) -> None:
    instance, first = failing
    with make_session.begin() as session:
        session.execute(update(Document).values(status=DocumentStatus.UPLOADED))
    last = first
    for _ in range(2):
        fail(instance, last)
        with make_session() as session:
            assert session.scalars(select(Document.status)).one() is DocumentStatus.UPLOADED
        last = retry(instance, first, last)
    fail(instance, last)
    with make_session() as session:
        document = session.scalars(select(Document)).one()
    assert (document.status, document.error_code) == (DocumentStatus.ERROR, ErrorCode.RUN_FAILED)


def fail(instance: dg.DagsterInstance, run: dg.DagsterRun, data: JobFailureData | None = None) -> None:
    """The run has failed, which the sensor sees. Without `data` it was marked as failed from outside."""
    event = instance.report_run_failed(run, "the worker that had this run is gone", data)
    failed = instance.get_run_by_id(run.run_id)
    assert failed is not None
    context = dg.build_run_status_sensor_context(
        sensor_name="failed_run_sensor", dagster_event=event, dagster_instance=instance, dagster_run=failed
    ).for_run_failure()
    failed_run_sensor(context, docpipe=Docpipe())


def retry(instance: dg.DagsterInstance, first: dg.DagsterRun, last: dg.DagsterRun) -> dg.DagsterRun:
    """The next try of a run, as the daemon makes it."""
    repository = defs().get_repository_def() if callable(defs) else defs.get_repository_def()
    return instance.create_run_for_job(
        repository.get_job("ingest"),
        tags={
            **first.tags,
            ROOT_RUN_ID_TAG: first.run_id,
            PARENT_RUN_ID_TAG: last.run_id,
            RETRY_NUMBER_TAG: str(int(last.tags.get(RETRY_NUMBER_TAG, "0")) + 1),
        },
        root_run_id=first.run_id,
        parent_run_id=last.run_id,
    )
