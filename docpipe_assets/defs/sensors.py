"""The upload bucket's sensor, and those that bring a run's bad end back to its document."""

from collections.abc import Iterator

import dagster as dg
from dagster._core.definitions.data_version import DATA_VERSION_TAG
from dagster._core.events import JobFailureData
from dagster._core.execution.retries import auto_reexecution_should_retry_run
from dagster._core.storage.tags import PARTITION_NAME_TAG, RUN_KEY_TAG, WILL_RETRY_TAG

from docpipe_assets.defs.jobs import ingest
from docpipe_assets.defs.partitions import documents, run_keys
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.stages import intake, lifecycle
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import ErrorCode


@dg.sensor(
    job=ingest,
    minimum_interval_seconds=1,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Sees new, changed and removed objects in the upload bucket and asks for one run of each upload.",
)
def upload_bucket_sensor(
    context: dg.SensorEvaluationContext, docpipe: Docpipe
) -> dg.SensorResult | dg.SkipReason:
    """One look at the upload bucket, which lasts until something happens there or a few seconds are over."""
    seen = intake.watch(docpipe.uploads, docpipe.sessions, docpipe.settings)
    for name in seen.unreadable_names:
        context.log.warning(f"The file name {name!r} cannot be an object's key. Rename it.")
    for key in seen.refused:
        context.log.warning(f"{key} is neither a PDF nor a TIFF.")
    for key in seen.removed:
        context.log.info(f"{key} was removed; its results stay.")
    requests = list(_requests(context.instance, docpipe))
    if not requests and not seen.uploads:
        return dg.SkipReason(_nothing_new(seen))
    return dg.SensorResult(
        run_requests=requests,
        dynamic_partitions_requests=[documents.build_add_request(_missing(context.instance, requests))],
        asset_events=[_observation(document) for document in seen.uploads],
    )


def _requests(instance: dg.DagsterInstance, docpipe: Docpipe) -> Iterator[dg.RunRequest]:
    # A run that is known is noted; one that is not is asked for, also when an earlier tick's request was lost.
    with docpipe.sessions.begin() as session:
        for document in intake.waiting_for_a_run(session, docpipe.settings.max_runs_per_tick):
            first, again = run_keys(document)
            records = instance.get_run_records(dg.RunsFilter(tags={RUN_KEY_TAG: [first, again]}), limit=1)
            # Dagster's SQLite tables keep whole seconds.
            asked_since = document.uploaded_at.replace(microsecond=0)
            if records and records[0].create_timestamp >= asked_since:
                document.run_id = records[0].dagster_run.run_id
            else:
                yield dg.RunRequest(run_key=again if records else first, partition_key=document.partition_key)


def _missing(instance: dg.DagsterInstance, requests: list[dg.RunRequest]) -> list[str]:
    keys = [request.partition_key for request in requests if request.partition_key]
    return [key for key in keys if not instance.has_dynamic_partition(documents.name or "", key)]


def _observation(document: Document) -> dg.AssetObservation:
    return dg.AssetObservation(
        "upload",
        partition=document.partition_key,
        metadata={"object": document.bucket_key, "size_mb": round(document.size_bytes / 1e6, 2)},
        tags={DATA_VERSION_TAG: document.etag},
    )


def _nothing_new(seen: intake.Intake) -> str:
    if seen.suspicious:
        return (
            "The upload bucket is empty although it held documents. Nothing is done in case it is only out of "
            "reach: check the bucket."
        )
    if seen.settling:
        return f"Waiting until written: {', '.join(seen.settling)}"
    return "No new uploads."


@dg.run_failure_sensor(
    name="failed_run_sensor",
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=1,
    description="Puts a document into error when its run died without a stage being able to say so.",
)
def failed_run_sensor(context: dg.RunFailureSensorContext, docpipe: Docpipe) -> None:
    run = context.instance.get_run_by_id(context.dagster_run.run_id)
    if run is None or PARTITION_NAME_TAG not in run.tags or _will_retry(context, run):
        return
    message = (context.failure_event.message or "the run failed").strip()
    with docpipe.sessions.begin() as session:
        lifecycle.run_ended_badly(
            session,
            run.tags[PARTITION_NAME_TAG],
            _tries(context.instance, run),
            ErrorCode.RUN_FAILED,
            message,
        )


def _will_retry(context: dg.RunFailureSensorContext, run: dg.DagsterRun) -> bool:
    # Dagster sets the tag a moment after the failure that this sensor sees.
    if WILL_RETRY_TAG in run.tags:
        return run.tags[WILL_RETRY_TAG] == "true"
    # A run that was marked as failed from outside, since it could not be handed out, carries no such data.
    data = context.failure_event.event_specific_data
    reason = data.failure_reason if isinstance(data, JobFailureData) else None
    return bool(auto_reexecution_should_retry_run(context.instance, run, reason))


def _tries(instance: dg.DagsterInstance, run: dg.DagsterRun) -> frozenset[str]:
    """The run and all others that are tries of the same: a document may still hold an earlier one for its run."""
    group = instance.get_run_group(run.run_id)
    return frozenset(tried.run_id for tried in group[1]) if group else frozenset([run.run_id])


@dg.run_status_sensor(
    name="ended_run_sensor",
    run_status=dg.DagsterRunStatus.CANCELED,
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=1,
    description="Says of a document that is not ready that its run was ended by a person.",
)
def ended_run_sensor(context: dg.RunStatusSensorContext, docpipe: Docpipe) -> None:
    run = context.dagster_run
    if PARTITION_NAME_TAG not in run.tags:
        return
    with docpipe.sessions.begin() as session:
        lifecycle.run_ended_badly(
            session,
            run.tags[PARTITION_NAME_TAG],
            _tries(context.instance, run),
            ErrorCode.TERMINATED,
            "The run was ended.",
        )
