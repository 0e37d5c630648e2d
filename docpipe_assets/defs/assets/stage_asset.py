"""What the five stage assets have in common: their configuration and how a stage's outcome becomes Dagster's."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dagster as dg
from pydantic import Field

from docpipe_assets.defs import checks
from docpipe_assets.defs.partitions import documents
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.errors import DocumentError, RunEndedError
from docpipe_assets.stages.checkpoint import StageOutcome
from docpipe_assets.stages.document_run import DocumentRun, logger
from docpipe_assets.stages.fingerprint import VERSIONS
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.pool import shared_pool
from docpipe_assets.stages.summaries import Summary
from docpipe_assets.vocabulary import Stage

OWNERS = ["team:docpipe"]
GROUP = "plan_sets"
RETRY_POLICY = dg.RetryPolicy(
    max_retries=3, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS
)
_LISTED_PAGES = 200
_LOOK_EVERY_S = 1.0


def stage_asset(
    stage: Stage, *check_specs: dg.AssetCheckSpec, after: str, kinds: set[str], pool: str | None = None
) -> Callable[[Callable[..., dg.MaterializeResult]], dg.AssetsDefinition]:
    """Makes the asset of a stage, which follows the asset `after`, out of the function that materializes it.

    `pool` names the Dagster pool whose limit holds for the stage across a whole deployment.
    """
    return dg.asset(
        deps=[after],
        kinds=kinds,
        pool=pool,
        partitions_def=documents,
        code_version=VERSIONS[stage],
        retry_policy=RETRY_POLICY,
        group_name=GROUP,
        owners=OWNERS,
        check_specs=[checks.every_page_spec(stage), *check_specs],
    )


class StageConfig(dg.Config):
    """What a person may ask of a re-run."""

    pages: list[int] = Field([], description="Only these pages, counted from 1. Empty: all pages.")
    force: bool = Field(False, description="Redo pages even if their results are up to date.")


def materialize(
    context: dg.AssetExecutionContext,
    docpipe: Docpipe,
    config: StageConfig,
    stage: Stage,
    work: Callable[[DocumentRun], StageOutcome],
) -> tuple[DocumentRun, StageOutcome]:
    """Run a stage for the partition's document.

    What is permanent becomes a Dagster failure without retries; everything else is retried by the policy.
    """
    run = DocumentRun(
        partition_key=context.partition_key,
        run_id=context.run.run_id,
        stages=_stages_of(context.run),
        settings=docpipe.settings,
        sessions=docpipe.sessions,
        uploads=docpipe.uploads,
        artifacts=docpipe.artifacts,
        pool=shared_pool(docpipe.settings),
        check_wanted=_wanted(context.instance, context.run.run_id),
        pages=frozenset(config.pages),
        force=config.force,
        log=logger(run_id=context.run.run_id, document=context.partition_key),
    )
    try:
        outcome = run_stage(run, stage, work, last_try=context.retry_number >= RETRY_POLICY.max_retries)
    except DocumentError as error:
        raise dg.Failure(
            description=error.message, metadata={"error_code": error.code.value}, allow_retries=False
        ) from error
    except RunEndedError as error:
        # Dagster's own interruption would be retried by the policy; this leaves the run CANCELED.
        raise dg.Failure(description=str(error), allow_retries=False) from error
    context.log.info(_in_words(outcome))
    return run, outcome


def result(
    outcome: StageOutcome,
    metadata: Mapping[str, Any],
    checks: list[dg.AssetCheckResult] | None = None,
) -> dg.MaterializeResult:
    """The asset's materialization: an explicit data version, what was done, and the stage's own metadata."""
    counts: dict[str, Any] = {
        "pages_done": len(outcome.done),
        "pages_skipped": len(outcome.skipped),
        "pages_failed": len(outcome.failed),
        "duration_s": round(outcome.duration_s, 2),
        "summary": _in_words(outcome),
    }
    return dg.MaterializeResult(
        data_version=dg.DataVersion(outcome.data_version[:16]),
        metadata={**counts, **metadata},
        check_results=checks or [],
    )


def page_table(summary: Summary) -> dg.TableMetadataValue:
    """The pages as a table in the UI; of a long document the first ones, since it lands in the event log."""
    records = [dg.TableRecord(row) for row in summary.rows[:_LISTED_PAGES]]
    columns = summary.rows[0] if summary.rows else {"page": 0}
    schema = dg.TableSchema([dg.TableColumn(name, _column_type(value)) for name, value in columns.items()])
    return dg.MetadataValue.table(records, schema=schema)


def left_for_review(docpipe: Docpipe, unsure: Sequence[int]) -> dict[str, str]:
    """What the UI says of pages that a vision model would have been asked about, had it a key."""
    if not unsure or docpipe.settings.vision_api_key.get_secret_value():
        return {}
    pages = "1 page is" if len(unsure) == 1 else f"{len(unsure)} pages are"
    return {
        "left_for_review": f"{pages} unsure and left for review: no vision model was asked, "
        "since DOCPIPE_VISION_API_KEY is not set."
    }


def _column_type(value: Any) -> str:
    return {bool: "bool", int: "int", float: "float"}.get(type(value), "string")


def _in_words(outcome: StageOutcome) -> str:
    done, skipped, failed = len(outcome.done), len(outcome.skipped), len(outcome.failed)
    if not done and not failed:
        return f"Nothing to do: {skipped} pages are up to date. Set `force` to redo them."
    words = f"{done} pages done in {outcome.duration_s:.1f} s"
    words += f", {skipped} were up to date" if skipped else ""
    return words + (f", {failed} failed" if failed else "")


def _stages_of(run: dg.DagsterRun) -> frozenset[Stage]:
    if not run.asset_selection:
        return frozenset(Stage)
    return frozenset(Stage(key.path[-1]) for key in run.asset_selection)


def _wanted(instance: dg.DagsterInstance, run_id: str) -> Callable[[], None]:
    looked_at = 0.0

    def check() -> None:
        nonlocal looked_at
        if time.monotonic() - looked_at < _LOOK_EVERY_S:
            return
        looked_at = time.monotonic()
        run = instance.get_run_by_id(run_id)
        if run is None or run.is_finished or run.status == dg.DagsterRunStatus.CANCELING:
            raise RunEndedError("The run was ended; what is done so far is kept.")

    return check
