"""What a stage's beginning and end mean for the document."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from docpipe_assets.errors import DocumentError, PageError, RunEndedError, TransientError
from docpipe_assets.stages.checkpoint import StageOutcome
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.lifecycle import run_ended_badly, run_stage
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.storage import documents
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import DocumentStatus, ErrorCode, Stage
from docpipe_tests.stages.conftest import StartRun


def document(run: DocumentRun) -> Document:
    with run.sessions() as session:
        return run.document(session)


def nothing(stage: Stage) -> Callable[[DocumentRun], StageOutcome]:
    return lambda run: StageOutcome(stage, (), (), {}, 0.0, "")


def raising(error: Exception) -> Callable[[DocumentRun], StageOutcome]:
    def work(run: DocumentRun) -> StageOutcome:
        raise error

    return work


def test_a_document_is_processing_from_its_first_stage_on(start_run: StartRun) -> None:
    run = start_run()
    run_stage(run, Stage.PAGES, make_pages, last_try=False)
    row = document(run)
    assert (row.status, row.run_id, row.page_count) == (DocumentStatus.PROCESSING, run.run_id, 2)
    assert row.started_at is not None


def test_a_document_that_cannot_be_processed_is_in_error_with_a_sentence(start_run: StartRun) -> None:
    run = start_run()
    error = DocumentError(ErrorCode.ENCRYPTED, "It needs a password.")
    with pytest.raises(DocumentError):
        run_stage(run, Stage.PAGES, raising(error), last_try=False)
    row = document(run)
    assert (row.status, row.error_code, row.error_message) == (
        DocumentStatus.ERROR,
        ErrorCode.ENCRYPTED,
        "It needs a password.",
    )


@pytest.mark.parametrize("error", [TransientError("too many requests"), ZeroDivisionError("a bug")])
def test_what_may_work_next_time_is_an_error_only_on_the_last_try(
    start_run: StartRun, error: Exception
) -> None:
    run = start_run()
    with pytest.raises(type(error)):
        run_stage(run, Stage.PAGES, raising(error), last_try=False)
    assert document(run).status is DocumentStatus.PROCESSING
    with pytest.raises(type(error)):
        run_stage(run, Stage.PAGES, raising(error), last_try=True)
    row = document(run)
    assert (row.status, row.error_code) == (DocumentStatus.ERROR, ErrorCode.RUN_FAILED)
    assert str(error) in (row.error_message or "")


def test_a_stage_that_succeeds_clears_the_failure_of_the_whole_document(start_run: StartRun) -> None:
    run = start_run()
    with pytest.raises(DocumentError):
        run_stage(run, Stage.PAGES, raising(DocumentError(ErrorCode.CORRUPT, "Torn.")), last_try=False)
    run_stage(again := start_run(), Stage.PAGES, make_pages, last_try=False)
    with again.sessions() as session:
        assert documents.failures(session, again.document(session).id) == []


def test_failed_pages_fail_the_run_at_its_last_stage_only(start_run: StartRun) -> None:
    run = start_run()
    run_stage(run, Stage.PAGES, make_pages, last_try=False)
    with run.sessions.begin() as session:
        fail_page(session, run, 2)
    run_stage(run, Stage.OCR_RESULTS, nothing(Stage.OCR_RESULTS), last_try=False)
    assert document(run).status is DocumentStatus.PROCESSING
    with pytest.raises(DocumentError, match=r"1 of 2 pages failed \(page 2\)"):
        run_stage(run, Stage.PLAN_SET, nothing(Stage.PLAN_SET), last_try=False)
    assert document(run).error_code is ErrorCode.PAGES_FAILED


def test_a_rerun_of_one_stage_does_not_answer_for_another_runs_failure(start_run: StartRun) -> None:
    first = start_run()
    run_stage(first, Stage.PAGES, make_pages, last_try=False)
    with first.sessions.begin() as session:
        fail_page(session, first, 2)
    second = start_run(stages=frozenset({Stage.OCR_RESULTS}))
    run_stage(second, Stage.OCR_RESULTS, nothing(Stage.OCR_RESULTS), last_try=False)
    assert document(second).error_code is ErrorCode.PAGES_FAILED


def fail_page(session: Session, run: DocumentRun, number: int) -> None:
    error = PageError(ErrorCode.RENDER_TIMEOUT, f"Page {number} took too long.")
    documents.record_failure(session, run.document(session).id, Stage.PAGES, number, error, run.run_id)


def test_a_run_of_only_some_stages_says_what_is_missing(start_run: StartRun) -> None:
    run = start_run(stages=frozenset({Stage.PAGES}))
    run_stage(run, Stage.PAGES, make_pages, last_try=False)
    row = document(run)
    assert (row.status, row.error_code) == (DocumentStatus.ERROR, ErrorCode.INCOMPLETE)
    assert f"docpipe rerun ocr_results --document {run.partition_key} --downstream" in (
        row.error_message or ""
    )


def test_a_ready_document_stays_ready_while_a_stage_is_rerun(start_run: StartRun) -> None:
    run = start_run()
    with run.sessions.begin() as session:
        documents.finish(run.document(session))
    before = document(run)
    run_stage(run, Stage.OCR_RESULTS, nothing(Stage.OCR_RESULTS), last_try=False)
    after = document(run)
    assert (after.status, after.ready_at) == (DocumentStatus.READY, before.ready_at)


def test_an_ended_run_leaves_the_word_to_whoever_ended_it(start_run: StartRun) -> None:
    run = start_run()
    with pytest.raises(RunEndedError):
        run_stage(run, Stage.PAGES, raising(RunEndedError("ended")), last_try=True)
    assert document(run).status is DocumentStatus.PROCESSING


@pytest.mark.parametrize(
    ("status", "of_this_run", "expected"),
    [
        (DocumentStatus.PROCESSING, True, DocumentStatus.ERROR),
        (DocumentStatus.UPLOADED, True, DocumentStatus.ERROR),
        (DocumentStatus.READY, True, DocumentStatus.READY),
        (DocumentStatus.PROCESSING, False, DocumentStatus.PROCESSING),
    ],
)
def test_a_run_that_died_puts_its_document_into_error_unless_it_was_overtaken(
    start_run: StartRun, status: DocumentStatus, of_this_run: bool, expected: DocumentStatus
) -> None:
    run = start_run()
    with run.sessions.begin() as session:
        row = run.document(session)
        row.status, row.run_id = status, "the run"
        died = ["the run", "its retry"] if of_this_run else ["an older run"]
        run_ended_badly(session, row.partition_key, died, ErrorCode.RUN_FAILED, "The worker is gone.")
    assert document(run).status is expected
