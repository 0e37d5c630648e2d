"""Skipping, sharing out, keeping and failing, page by page, with real child processes."""

from __future__ import annotations

import os
import signal
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.errors import PageError, RunEndedError, TransientError
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, process_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.storage.tables import StageFailure
from docpipe_assets.vocabulary import ErrorCode, Stage
from docpipe_tests.stages.conftest import StartRun

TASKS = [PageTask(uuid.uuid5(uuid.NAMESPACE_OID, str(n)), n, f"fingerprint of {n}") for n in range(1, 5)]


def square(number: int, trouble: dict[int, str]) -> int:
    """The work on a page; `trouble` says which pages misbehave and how."""
    match trouble.get(number):
        case "permanent":
            raise PageError(ErrorCode.PAGE_UNREADABLE, f"Page {number} is torn.")
        case "throttled":
            raise TransientError("too many requests")
        case "bug":
            raise ZeroDivisionError("a bug")
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            while True:
                pass
    return number * number


class Book:
    """Where the pages' results are kept."""

    def __init__(
        self, run: DocumentRun, trouble: dict[int, str] | None = None, timeout_s: float = 60
    ) -> None:
        with run.sessions() as session:
            self.document_id = run.document(session).id
        self.results: dict[int, int] = {}
        self.work: PageWork[int] = PageWork(
            stage=Stage.OCR_RESULTS,
            function=square,
            arguments=lambda task: (task.page_number, trouble or {}),
            store=self.store,
            timeout_s=timeout_s,
            timed_out=ErrorCode.OCR_TIMEOUT,
            crashed=ErrorCode.OCR_CRASHED,
        )

    def store(self, _session: Session, task: PageTask, value: int, _duration_s: float) -> None:
        self.results[task.page_number] = value

    def process(self, run: DocumentRun, done: dict[uuid.UUID, str] | None = None) -> StageOutcome:
        return process_pages(run, self.document_id, self.work, TASKS, done or {})


def failures(run: DocumentRun) -> dict[int, tuple[ErrorCode, str, int]]:
    with run.sessions() as session:
        rows = session.scalars(select(StageFailure))
        return {row.page_number: (row.error_code, row.message, row.attempts) for row in rows}


def test_every_page_is_done_once(start_run: StartRun) -> None:
    run = start_run()
    book = Book(run)
    outcome = book.process(run)
    assert (outcome.done, outcome.skipped, outcome.failed) == ((1, 2, 3, 4), (), {})
    assert book.results == {1: 1, 2: 4, 3: 9, 4: 16}


def test_pages_whose_fingerprint_is_current_are_skipped(start_run: StartRun) -> None:
    run = start_run()
    book = Book(run)
    outcome = book.process(run, {TASKS[0].page_id: TASKS[0].fingerprint, TASKS[1].page_id: "an older one"})
    assert (outcome.done, outcome.skipped) == ((2, 3, 4), (1,))
    assert 1 not in book.results


def test_force_redoes_what_is_current(start_run: StartRun) -> None:
    run = start_run(force=True)
    outcome = Book(run).process(run, {task.page_id: task.fingerprint for task in TASKS})
    assert (outcome.done, outcome.skipped) == ((1, 2, 3, 4), ())


def test_only_the_chosen_pages_are_touched(start_run: StartRun) -> None:
    run = start_run(pages=frozenset({2, 3}))
    book = Book(run)
    outcome = book.process(run, {TASKS[1].page_id: TASKS[1].fingerprint})
    assert (outcome.done, outcome.skipped) == ((3,), (2,))


def test_the_data_version_speaks_of_all_pages_and_nothing_else(start_run: StartRun) -> None:
    all_pages = Book(run := start_run()).process(run)
    some_pages = Book(run := start_run(pages=frozenset({1}))).process(run)
    assert all_pages.data_version == some_pages.data_version


@pytest.mark.parametrize(
    ("trouble", "code", "said"),
    [
        ("permanent", ErrorCode.PAGE_UNREADABLE, "Page 2 is torn."),
        ("crash", ErrorCode.OCR_CRASHED, "Page 2 crashed"),
    ],
)
def test_a_page_that_fails_for_good_is_recorded_and_the_others_go_on(
    start_run: StartRun, trouble: str, code: ErrorCode, said: str
) -> None:
    run = start_run()
    outcome = (book := Book(run, {2: trouble})).process(run)
    assert outcome.done == (1, 3, 4)
    assert set(book.results) == {1, 3, 4}
    assert list(outcome.failed) == [2]
    assert failures(run)[2][0] is code
    assert said in failures(run)[2][1]


def test_a_page_that_hangs_is_stopped(start_run: StartRun) -> None:
    run = start_run()
    outcome = Book(run, {3: "hang"}, timeout_s=2).process(run)
    assert outcome.done == (1, 2, 4)
    assert failures(run)[3][0] is ErrorCode.OCR_TIMEOUT


def test_a_retry_of_the_step_leaves_permanent_failures_alone_and_a_new_run_tries_them(
    start_run: StartRun,
) -> None:
    first = start_run()
    Book(first, {2: "permanent"}).process(first)
    retry = Book(first)
    assert list(retry.process(first).failed) == [2]
    assert 2 not in retry.results
    again = start_run()
    assert Book(again).process(again).failed == {}
    assert failures(again) == {}


def test_attempts_are_counted_over_runs(start_run: StartRun) -> None:
    for _ in range(3):
        run = start_run()
        Book(run, {2: "permanent"}).process(run)
    assert failures(run)[2][2] == 3


def test_a_throttled_page_is_raised_for_a_retry_after_the_others_are_kept(start_run: StartRun) -> None:
    run = start_run()
    book = Book(run, {1: "throttled"})
    with pytest.raises(TransientError, match=r"Pages 1 are still to do: too many requests"):
        book.process(run)
    assert set(book.results) == {2, 3, 4}
    assert failures(run) == {}


def test_an_unknown_error_is_raised_and_recorded_after_the_others_are_kept(start_run: StartRun) -> None:
    run = start_run()
    book = Book(run, {4: "bug"})
    with pytest.raises(ZeroDivisionError):
        book.process(run)
    assert set(book.results) == {1, 2, 3}
    assert failures(run)[4][0] is ErrorCode.UNEXPECTED


def test_a_run_that_is_ended_keeps_the_page_in_hand_and_stops(start_run: StartRun) -> None:
    begun = 0

    def ended_after_the_first() -> None:
        nonlocal begun
        begun += 1
        if begun > 1:
            raise RunEndedError("ended")

    run = replace(start_run(), check_wanted=ended_after_the_first)
    book = Book(run)
    with pytest.raises(RunEndedError):
        book.process(run)
    assert book.results == {1: 1}


def test_an_upload_replaced_meanwhile_is_noticed(start_run: StartRun, tmp_path: Path) -> None:
    run = start_run()
    with run.sessions.begin() as session:
        document = run.document(session)
        document.sha256 = "the hash of what the pages were made from"
    with pytest.raises(TransientError, match="replaced"), run.same_upload_copy(document):
        pass
