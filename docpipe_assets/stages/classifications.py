"""Stage `classifications`: sheet number, title, discipline and type of every page.

The sheets of a set explain each other, so the evidence of all pages is gathered even when one is re-run.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.classification import (
    Classification,
    IndexRow,
    PageEvidence,
    classify_set,
    gather_evidence,
)
from docpipe_assets.classification.second_opinion import reconcile
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, select_pages, share_out
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import combine, fingerprint
from docpipe_assets.stages.stored_text import page_text, read_pages_of
from docpipe_assets.stages.vision_model import Asked, ask_pages, open_model, provenance
from docpipe_assets.storage import documents
from docpipe_assets.storage.tables import Page, PageClassification
from docpipe_assets.vision import READ_SHEET, ReadSheet, VisionModel, read_sheet
from docpipe_assets.vocabulary import AskModel, Stage


def classify_pages(run: DocumentRun) -> StageOutcome:
    """Classify every page whose text has been read, with its sister sheets as evidence.

    Where the rules are unsure, or always, as the settings say, the vision model is asked too. The scale notes
    that it reads on the way are kept for the next stage.
    """
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
    model = open_model(run.settings, run.settings.vision_classify)
    asked = [run.settings.vision_classify, run.settings.vision_model, READ_SHEET.version] if model else []
    tasks = [
        PageTask(
            page.page_id,
            page.page_number,
            fingerprint(Stage.CLASSIFICATIONS, page.ocr_fingerprint, whole_set, *asked),
        )
        for page in read
    ]
    todo, skipped = select_pages(run, tasks, current)
    done: list[int] = []
    failed: dict[int, str] = {}
    if todo:
        by_rules, failed = _by_rules(run, document.id, tasks)
        done, unsure = _keep_the_sure(run, todo, by_rules, model)
        if model is not None and unsure:
            asked_done, asked_failed = _ask(run, document.id, model, unsure, by_rules)
            done, failed = done + asked_done, failed | asked_failed
    return StageOutcome(
        stage=Stage.CLASSIFICATIONS,
        done=tuple(sorted(done)),
        skipped=tuple(task.page_number for task in skipped),
        failed=failed,
        duration_s=time.monotonic() - started,
        data_version=combine(task.fingerprint for task in tasks),
    )


@dataclass(frozen=True, slots=True)
class _ByRules:
    """A page as the rules have it, the sheets that its index lists, and the seconds that it took."""

    answer: Classification
    listed: tuple[IndexRow, ...]
    duration_s: float


def _by_rules(
    run: DocumentRun, document_id: uuid.UUID, tasks: list[PageTask]
) -> tuple[dict[uuid.UUID, _ByRules], dict[int, str]]:
    """Every page as the rules have it, with the seconds it took; and the chosen pages that failed."""
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
    by_rules = {}
    for task, answer in zip(gathered, answers, strict=True):
        page, duration_s = evidence[task.page_id]
        by_rules[task.page_id] = _ByRules(answer, page.index, duration_s)
    return by_rules, {number: message for number, message in failed.items() if run.chosen(number)}


def _keep_the_sure(
    run: DocumentRun, todo: list[PageTask], by_rules: dict[uuid.UUID, _ByRules], model: VisionModel | None
) -> tuple[list[int], list[PageTask]]:
    """Store what needs no second opinion; the page numbers stored, and the pages to ask the model about."""
    always = run.settings.vision_classify is AskModel.ALWAYS
    done: list[int] = []
    unsure: list[PageTask] = []
    with run.sessions.begin() as session:
        for task in todo:
            if task.page_id not in by_rules:
                continue
            rules = by_rules[task.page_id]
            if model is not None and (always or rules.answer.needs_review):
                unsure.append(task)
            else:
                session.merge(_row(run, task, rules, {}))
                done.append(task.page_number)
    return done, unsure


def _ask(
    run: DocumentRun,
    document_id: uuid.UUID,
    model: VisionModel,
    unsure: list[PageTask],
    by_rules: dict[uuid.UUID, _ByRules],
) -> tuple[list[int], dict[int, str]]:
    """Put pages to the model, and keep what comes of the rules' answer and the model's together."""

    def keep(session: Session, task: PageTask, asked: Asked[ReadSheet], duration_s: float) -> None:
        rules = by_rules[task.page_id]
        if asked.answer is not None:
            answer = reconcile(rules.answer, asked.answer.classification)
        else:
            reasons = (*rules.answer.review_reasons, asked.why_not)
            answer = replace(rules.answer, needs_review=True, review_reasons=reasons)
        both = replace(rules, answer=answer, duration_s=rules.duration_s + duration_s)
        row = _row(run, task, both, provenance(asked))
        if asked.answer is not None:
            row.claimed_notes = [note.to_json() for note in asked.answer.notes]
        session.merge(row)

    return ask_pages(run, document_id, Stage.CLASSIFICATIONS, model, read_sheet, unsure, keep)


def _row(run: DocumentRun, task: PageTask, page: _ByRules, provenance: dict[str, Any]) -> PageClassification:
    answer = page.answer
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
        listed_sheets=[row.to_json() for row in page.listed] or None,
        claimed_notes=None,
        provenance=provenance,
        fingerprint=task.fingerprint,
        run_id=run.run_id,
        duration_s=page.duration_s,
        made_at=documents.now(),
    )


def _box(box: Box | None) -> dict[str, float] | None:
    return box.to_json() if box else None
