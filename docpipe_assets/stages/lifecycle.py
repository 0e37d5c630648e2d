"""What a stage's beginning and end mean for its document: processing, ready or in error."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docpipe_assets.errors import DocpipeError, DocumentError, RunEndedError
from docpipe_assets.stages.checkpoint import StageOutcome
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.storage import documents
from docpipe_assets.storage.tables import (
    Document,
    OcrResult,
    Page,
    PageClassification,
    PlanSet,
    ScaleCalibrationRow,
    StageFailure,
)
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode, Stage


def run_stage(
    run: DocumentRun, stage: Stage, work: Callable[[DocumentRun], StageOutcome], *, last_try: bool
) -> StageOutcome:
    """Run one stage of a document and write what it means for the document's status.

    Raises `DocumentError` when the document, or some of its pages, cannot be processed: at once if nothing
    is left to go on with, else at the run's last stage, when the good pages are done. Raises what may work
    next time as it is; on the last try the document goes into error with that reason. Raises `RunEndedError`
    when the run is not wanted any more.
    """
    run.check_wanted()
    with run.sessions.begin() as session:
        documents.start(run.document(session), run.run_id)
    try:
        outcome = work(run)
    except DocumentError as error:
        with run.sessions.begin() as session:
            document = run.document(session)
            documents.record_failure(session, document.id, stage, documents.WHOLE_DOCUMENT, error, run.run_id)
            documents.fail(document, error.code, error.message)
        raise
    except RunEndedError:
        raise
    except Exception as error:
        if last_try:
            _give_up(run, stage, error)
        raise
    with run.sessions.begin() as session:
        document = run.document(session)
        documents.clear_failures(session, document.id, stage, [documents.WHOLE_DOCUMENT])
        if run.is_last(stage) or _nothing_left(session, document, outcome):
            failure = _conclude(session, document, run)
        else:
            failure = None
    if failure is not None:
        raise failure
    return outcome


def run_ended_badly(
    session: Session, partition_key: str, tries: Collection[str], code: ErrorCode, message: str
) -> None:
    """The last try of a run of the document failed or was ended. Says so unless a stage did, or another run has begun.

    `tries` are the ids of the run and of what was tried before it.
    """
    document = documents.by_partition_key(session, partition_key)
    overtaken = document.run_id is not None and document.run_id not in tries
    if overtaken or document.status not in (DocumentStatus.UPLOADED, DocumentStatus.PROCESSING):
        return
    again = f"Start it again with `docpipe rerun pages --document {partition_key} --downstream`."
    documents.fail(document, code, f"{document.file_name} is not done. {message} {again}")


def _give_up(run: DocumentRun, stage: Stage, error: Exception) -> None:
    if isinstance(error, DocpipeError):
        message = (
            f"The stage {stage} did not succeed after several tries. {error} Re-run it when that is mended."
        )
    else:
        message = f"The stage {stage} met an error that docpipe does not know ({error!r}). See the run's log."
    with run.sessions.begin() as session:
        documents.fail(run.document(session), ErrorCode.RUN_FAILED, message)


def _nothing_left(session: Session, document: Document, outcome: StageOutcome) -> bool:
    pages = session.scalar(select(func.count()).select_from(Page).where(Page.document_id == document.id))
    return outcome.stage is Stage.PAGES and not pages


def _conclude(session: Session, document: Document, run: DocumentRun) -> DocumentError | None:
    failures = documents.failures(session, document.id)
    if failures:
        message = _failed_pages(document, failures)
        documents.fail(document, ErrorCode.PAGES_FAILED, message)
        if any(failure.run_id == run.run_id for failure in failures):
            return DocumentError(ErrorCode.PAGES_FAILED, message)
    elif document.status != DocumentStatus.READY:
        if missing := _missing_stage(session, document):
            documents.fail(
                document,
                ErrorCode.INCOMPLETE,
                f"{document.file_name} is not done: the stage {missing} is missing or out of date. Run it with "
                f"`docpipe rerun {missing} --document {document.partition_key} --downstream`.",
            )
        else:
            documents.finish(document)
    return None


def _failed_pages(document: Document, failures: list[StageFailure]) -> str:
    numbers = sorted({failure.page_number for failure in failures if failure.page_number})
    if not numbers:
        return failures[0].message
    named = ", ".join(str(number) for number in numbers[:10]) + (" and more" if len(numbers) > 10 else "")
    pages = "page" if len(numbers) == 1 else "pages"
    return (
        f"{len(numbers)} of {document.page_count} pages failed ({pages} {named}); the others are in the sheet "
        f"index. {failures[0].message}"
    )


def _missing_stage(session: Session, document: Document) -> Stage | None:
    """The first stage that has not given every page of the document a result."""
    from docpipe_assets.stages.plan_set import plan_set_fingerprint

    counts = session.execute(
        select(
            func.count(Page.id),
            func.count(OcrResult.page_id),
            func.count(PageClassification.page_id),
            func.count(ScaleCalibrationRow.page_id),
        )
        .select_from(Page)
        .outerjoin(OcrResult, OcrResult.page_id == Page.id)
        .outerjoin(PageClassification, PageClassification.page_id == Page.id)
        .outerjoin(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
        .where(Page.document_id == document.id)
    ).one()
    for stage, count in zip(Stage, counts, strict=False):
        if count != document.page_count:
            return stage
    plan_set = session.get(PlanSet, document.id)
    if plan_set is None or plan_set.fingerprint != plan_set_fingerprint(session, document.id):
        return Stage.PLAN_SET
    return None
