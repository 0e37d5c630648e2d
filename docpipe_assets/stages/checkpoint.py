"""Working through the pages of a document: skip, share out to the pool, keep each result at once.

A page's result is committed as soon as it exists, so a retry, a killed worker or a terminated run costs
at most the pages in hand.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.errors import PageError, PermanentError, RunEndedError, TransientError
from docpipe_assets.stages.call_pool import CallPool
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import combine
from docpipe_assets.stages.pool import ChildCrashed, ChildOutOfMemory, ChildTimedOut, Outcome
from docpipe_assets.storage import documents
from docpipe_assets.storage.tables import StageFailure
from docpipe_assets.vocabulary import ErrorCode, Stage

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page that a stage may have to do, and the fingerprint its result will carry."""

    page_id: uuid.UUID
    page_number: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PageWork(Generic[Result]):
    """What a stage does to each page.

    `function` runs in a child process on `arguments(task)`, which is called only when a child is about to
    be free. `store` keeps the result in the stage's table; its last argument is the seconds it took.
    """

    stage: Stage
    function: Callable[..., Result]
    arguments: Callable[[PageTask], tuple[Any, ...]]
    store: Callable[[Session, PageTask, Result, float], None]
    timeout_s: float
    timed_out: ErrorCode = ErrorCode.PAGE_UNREADABLE
    crashed: ErrorCode = ErrorCode.PAGE_UNREADABLE
    pool: CallPool | None = None
    """Where the function runs instead of a child process: for calls of a service."""


@dataclass(frozen=True, slots=True)
class StageOutcome:
    """What a stage did: page numbers done now, skipped because they were done, and failed with the reason."""

    stage: Stage
    done: tuple[int, ...]
    skipped: tuple[int, ...]
    failed: Mapping[int, str]
    duration_s: float
    data_version: str


def process_pages(
    run: DocumentRun,
    document_id: uuid.UUID,
    work: PageWork[Result],
    tasks: Sequence[PageTask],
    current: Mapping[uuid.UUID, str],
) -> StageOutcome:
    """Do the chosen pages of `tasks` whose fingerprint differs from the `current` one.

    Raises what `share_out` raises.
    """
    started = time.monotonic()
    todo, skipped = select_pages(run, tasks, current)
    done, failed = share_out(run, document_id, work, todo)
    return StageOutcome(
        stage=work.stage,
        done=tuple(sorted(done)),
        skipped=tuple(task.page_number for task in skipped),
        failed=failed,
        duration_s=time.monotonic() - started,
        data_version=combine(task.fingerprint for task in tasks),
    )


def select_pages(
    run: DocumentRun, tasks: Sequence[PageTask], current: Mapping[uuid.UUID, str]
) -> tuple[list[PageTask], list[PageTask]]:
    """The run's pages that are to be done, and those that are done already."""
    chosen = [task for task in tasks if run.chosen(task.page_number)]
    todo = [task for task in chosen if run.force or current.get(task.page_id) != task.fingerprint]
    skipped = [task for task in chosen if task not in todo]
    return todo, skipped


def share_out(
    run: DocumentRun, document_id: uuid.UUID, work: PageWork[Result], tasks: Sequence[PageTask]
) -> tuple[list[int], dict[int, str]]:
    """Work on pages in child processes and keep each result; page numbers done, and failed with the reason.

    A permanent failure of a page is recorded and the other pages go on. Raises, after every other page was
    tried, `TransientError` where a page may work next time, or the first unexpected exception.
    """
    with run.sessions() as session:
        tally = _Tally(failed=_failed_in_this_run(session, run, document_id, work.stage))
    todo = [task for task in tasks if task.page_number not in tally.failed]
    ended: RunEndedError | None = None

    def calls() -> Iterator[tuple[PageTask, tuple[Any, ...]]]:
        nonlocal ended
        for task in todo:
            try:
                run.check_wanted()
            except RunEndedError as error:
                ended = error
                return
            yield task, (work.function, *work.arguments(task))

    # What is under way is finished and kept when the run is ended: it may have been paid.
    pool = work.pool or run.pool
    with closing(pool.map(_timed, calls(), timeout_s=work.timeout_s)) as outcomes:
        for outcome in outcomes:
            _settle(run, document_id, work, outcome, tally)
    if ended is not None:
        raise ended
    if tally.unexpected:
        raise tally.unexpected[0]
    if tally.transient:
        pages = ", ".join(str(number) for number in sorted(tally.transient))
        raise TransientError(f"Pages {pages} are still to do: {next(iter(tally.transient.values()))}")
    return tally.done, tally.failed


@dataclass(slots=True)
class _Tally:
    """What has become of the pages so far."""

    failed: dict[int, str]
    done: list[int] = field(default_factory=list)
    transient: dict[int, str] = field(default_factory=dict)
    unexpected: list[Exception] = field(default_factory=list)


def _settle(
    run: DocumentRun,
    document_id: uuid.UUID,
    work: PageWork[Result],
    outcome: Outcome[PageTask, tuple[Result, float]],
    tally: _Tally,
) -> None:
    """Keep the page's result, or why there is none."""
    task, number = outcome.key, outcome.key.page_number
    log = run.log.bind(stage=work.stage, page=number, page_id=str(task.page_id))
    if outcome.error is None:
        value, duration_s = outcome.result()
        with run.sessions.begin() as session:
            work.store(session, task, value, duration_s)
            documents.clear_failures(session, document_id, work.stage, [number])
        tally.done.append(number)
        log.info("page done", seconds=round(duration_s, 2))
        return
    if isinstance(outcome.error, TransientError):
        tally.transient[number] = str(outcome.error)
        log.warning("page will be tried again", error=str(outcome.error))
        return
    failure = _permanent(work, number, outcome.error, run.settings.page_memory_mb)
    if failure is None:
        tally.unexpected.append(outcome.error)
        failure = PageError(
            ErrorCode.UNEXPECTED,
            f"Page {number} met an error that docpipe does not know ({outcome.error!r}). "
            "Re-run the stage, and report it if it happens again.",
        )
    log.error("page failed", code=failure.code, error=failure.message, exc_info=outcome.error)
    tally.failed[number] = failure.message
    with run.sessions.begin() as session:
        documents.record_failure(session, document_id, work.stage, number, failure, run.run_id)


def _timed(function: Callable[..., Result], *arguments: Any) -> tuple[Result, float]:
    started = time.monotonic()
    return function(*arguments), time.monotonic() - started


def _failed_in_this_run(
    session: Session, run: DocumentRun, document_id: uuid.UUID, stage: Stage
) -> dict[int, str]:
    # A retry of the step does the missing pages only: what is permanent stays as it is until a new run.
    rows = session.scalars(
        select(StageFailure).where(
            StageFailure.document_id == document_id,
            StageFailure.stage == stage,
            StageFailure.run_id == run.run_id,
            StageFailure.page_number != documents.WHOLE_DOCUMENT,
            StageFailure.error_code != ErrorCode.UNEXPECTED,
        )
    )
    return {row.page_number: row.message for row in rows}


def _permanent(
    work: PageWork[Result], page_number: int, error: Exception, memory_mb: int
) -> PermanentError | None:
    """The page's permanent failure in words, or None for an error that docpipe does not know."""
    match error:
        case PermanentError():
            return error
        case ChildTimedOut():
            return PageError(
                work.timed_out,
                f"Page {page_number} was not done after {work.timeout_s:.0f} seconds and was stopped. "
                "Simplify the page or raise the time limit, then re-run it.",
            )
        case ChildOutOfMemory():
            return PageError(
                ErrorCode.PAGE_TOO_LARGE,
                f"Page {page_number} needs more than the {memory_mb} MB of memory that a page may take. "
                "Simplify the page or raise DOCPIPE_PAGE_MEMORY_MB, then re-run it.",
            )
        case ChildCrashed():
            return PageError(
                work.crashed,
                f"Page {page_number} crashed the program that reads it. "
                "The page is probably damaged: export it again from where it was drawn.",
            )
        case _:
            return None
