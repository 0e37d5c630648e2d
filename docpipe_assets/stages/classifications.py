"""Stage `classifications`: sheet number, title, discipline and type of every page.

The sheets of a set explain each other, so the evidence of all pages is gathered even when one is re-run.
"""

from __future__ import annotations

import time
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.classification import Classification, PageEvidence, classify_set, gather_evidence
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, select_pages, share_out
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import combine, fingerprint
from docpipe_assets.stages.stored_text import page_text, read_pages_of
from docpipe_assets.storage import documents
from docpipe_assets.storage.tables import Page, PageClassification
from docpipe_assets.vocabulary import Stage


def classify_pages(run: DocumentRun) -> StageOutcome:
    """Classify every page whose text has been read, with its sister sheets as evidence."""
    started = time.monotonic()
    with run.sessions() as session:
        document = run.document(session)
        read = read_pages_of(session, document.id)
        current = {
            row.page_id: row.fingerprint
            for row in session.execute(
                select(PageClassification.page_id, PageClassification.fingerprint).where(
                    PageClassification.page_id.in_(select(Page.id).where(Page.document_id == document.id))
                )
            )
        }
    whole_set = combine(page.ocr_fingerprint for page in read)
    tasks = [
        PageTask(
            page.page_id,
            page.page_number,
            fingerprint(Stage.CLASSIFICATIONS, page.ocr_fingerprint, whole_set),
        )
        for page in read
    ]
    todo, skipped = select_pages(run, tasks, current)
    done, failed = _classify(run, document.id, tasks, todo) if todo else ([], {})
    return StageOutcome(
        stage=Stage.CLASSIFICATIONS,
        done=tuple(done),
        skipped=tuple(task.page_number for task in skipped),
        failed=failed,
        duration_s=time.monotonic() - started,
        data_version=combine(task.fingerprint for task in tasks),
    )


def _classify(
    run: DocumentRun, document_id: uuid.UUID, tasks: list[PageTask], todo: list[PageTask]
) -> tuple[list[int], dict[int, str]]:
    evidence: dict[uuid.UUID, tuple[PageEvidence, float]] = {}

    def arguments(task: PageTask) -> tuple[PageText]:
        with run.sessions() as session:
            return (page_text(session, task.page_id),)

    def keep(_session: Session, task: PageTask, gathered: PageEvidence, duration_s: float) -> None:
        evidence[task.page_id] = gathered, duration_s

    work = PageWork(
        stage=Stage.CLASSIFICATIONS,
        function=gather_evidence,
        arguments=arguments,
        store=keep,
        timeout_s=run.settings.render_timeout_s,
    )
    _, failed = share_out(run, document_id, work, tasks)
    gathered = [task for task in tasks if task.page_id in evidence]
    answers = classify_set([evidence[task.page_id][0] for task in gathered])
    wanted = {task.page_id for task in todo}
    with run.sessions.begin() as session:
        for task, answer in zip(gathered, answers, strict=True):
            if task.page_id in wanted:
                session.merge(_row(run, task, answer, evidence[task.page_id][1]))
    chosen_failures = {number: message for number, message in failed.items() if run.chosen(number)}
    return [task.page_number for task in gathered if task.page_id in wanted], chosen_failures


def _row(run: DocumentRun, task: PageTask, answer: Classification, duration_s: float) -> PageClassification:
    number, title = answer.sheet_number, answer.sheet_title
    return PageClassification(
        page_id=task.page_id,
        sheet_number=number.value if number else None,
        sheet_number_confidence=number.confidence if number else None,
        sheet_number_box=_box(number.box) if number else None,
        sheet_title=title.value if title else None,
        sheet_title_confidence=title.confidence if title else None,
        sheet_title_box=_box(title.box) if title else None,
        discipline=answer.discipline.value,
        discipline_confidence=answer.discipline.confidence,
        page_type=answer.page_type.value,
        page_type_confidence=answer.page_type.confidence,
        page_type_box=_box(answer.page_type.box),
        method=answer.method,
        needs_review=answer.needs_review,
        review_reasons=list(answer.review_reasons),
        alternatives=answer.to_json()["alternatives"],
        provenance={},
        fingerprint=task.fingerprint,
        run_id=run.run_id,
        duration_s=duration_s,
        made_at=documents.now(),
    )


def _box(box: Box | None) -> dict[str, float] | None:
    return box.to_json() if box else None
