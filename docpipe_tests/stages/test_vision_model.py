"""Pages that the rules are unsure of, put to a vision model: the real client against a local server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pymupdf
import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.settings import Settings
from docpipe_assets.stages.classifications import classify_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.ocr_results import read_pages
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.storage.tables import Page, PageClassification
from docpipe_assets.vocabulary import AskModel, ClassificationMethod, Stage
from docpipe_tests.servers.openai import ChatRequest, Fault, OpenAIServer, floor_plan
from docpipe_tests.stages.asking import paid, with_model, with_settings
from docpipe_tests.stages.conftest import PDF_NAME, StartRun

BLANK_PAGES = 4


def answer(_request: ChatRequest) -> dict[str, Any]:
    """Every page is the same first floor plan."""
    return floor_plan("A-101")


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with closing(OpenAIServer(answer)) as server:
        yield server


@pytest.fixture
def asking(
    start_run: StartRun, settings: Settings, make_session: sessionmaker[Session], server: OpenAIServer
) -> DocumentRun:
    """A run with a model, on a read document of pages without a word, of which the rules know nothing."""
    first = start_run()
    with pymupdf.open() as pdf:
        for _ in range(BLANK_PAGES):
            pdf.new_page(width=17 * 72, height=11 * 72).draw_rect(pymupdf.Rect(100, 100, 900, 600))
        first.uploads.write(PDF_NAME, bytes(pdf.tobytes()))
    assert take_in(first.uploads, make_session, settings).uploads
    run_stage(first, Stage.PAGES, make_pages, last_try=False)
    run_stage(first, Stage.OCR_RESULTS, read_pages, last_try=False)
    return with_model(start_run(), server)


def classify(run: DocumentRun) -> list[PageClassification]:
    run_stage(run, Stage.CLASSIFICATIONS, classify_pages, last_try=False)
    with run.sessions() as session:
        return list(
            session.scalars(
                select(PageClassification)
                .join(Page, Page.id == PageClassification.page_id)
                .order_by(Page.page_number)
            )
        )


def test_the_model_answers_what_the_rules_cannot_and_a_person_is_told(
    asking: DocumentRun, server: OpenAIServer
) -> None:
    rows = classify(asking)
    assert [row.sheet_number for row in rows] == ["A-101"] * BLANK_PAGES
    assert {row.method for row in rows} == {ClassificationMethod.VISION}
    assert all(row.needs_review for row in rows)
    assert "Only the vision model gives the sheet number A-101." in rows[0].review_reasons
    assert rows[0].provenance["model"] == "a-model"
    assert server.stats.answered == BLANK_PAGES


def test_every_answer_is_in_the_ledger_at_its_price_and_paid_once(
    asking: DocumentRun, server: OpenAIServer
) -> None:
    classify(asking)
    calls = paid(asking)
    assert [call.page_number for call in calls] == list(range(1, BLANK_PAGES + 1))
    for call in calls:
        assert call.cost_usd == pytest.approx((2 * call.input_tokens + 8 * call.output_tokens) / 1e6)
        assert call.cost_usd > 0
    classify(replace(asking, run_id="a later run"))
    assert server.stats.answered == BLANK_PAGES


def test_without_a_key_nothing_is_asked(asking: DocumentRun, server: OpenAIServer) -> None:
    rows = classify(with_settings(asking, vision_api_key=SecretStr("")))
    assert {row.method for row in rows} == {ClassificationMethod.RULES}
    assert server.stats.calls == 0


def test_never_means_never(asking: DocumentRun, server: OpenAIServer) -> None:
    classify(with_settings(asking, vision_classify=AskModel.NEVER))
    assert server.stats.calls == 0


def test_a_refused_page_keeps_the_rules_answer_and_waits_for_a_person(
    asking: DocumentRun, server: OpenAIServer
) -> None:
    server.fail_next(Fault.REFUSED)
    rows = classify(with_settings(asking, vision_in_flight=1))
    assert [row.sheet_number for row in rows] == [None, "A-101", "A-101", "A-101"]
    assert rows[0].needs_review
    assert len(paid(asking)) == BLANK_PAGES, "a refusal is billed"


def test_throttling_changes_nothing(asking: DocumentRun, server: OpenAIServer) -> None:
    server.rates = {Fault.THROTTLED: 0.3, Fault.DROPPED: 0.2}
    assert [row.sheet_number for row in classify(asking)] == ["A-101"] * BLANK_PAGES
    assert len(paid(asking)) == server.stats.answered == BLANK_PAGES


def test_a_model_that_keeps_failing_is_not_asked_any_more(asking: DocumentRun, server: OpenAIServer) -> None:
    server.rates = {Fault.INVALID: 1.0}
    rows = classify(with_settings(asking, vision_in_flight=1, vision_failures_in_a_row=2))
    assert server.stats.calls == 2
    assert "is not asked any more" in rows[-1].review_reasons[-1]
    assert paid(asking) == []


def test_the_budget_ends_the_asking(asking: DocumentRun, server: OpenAIServer) -> None:
    rows = classify(with_settings(asking, vision_in_flight=1, document_budget_usd=0.000001))
    assert server.stats.answered == 1
    assert rows[-1].review_reasons[-1] == "The document's budget for paid calls is spent."


def test_a_model_without_a_price_is_not_asked(asking: DocumentRun, server: OpenAIServer) -> None:
    rows = classify(with_settings(asking, vision_prices={}))
    assert server.stats.calls == 0
    assert "DOCPIPE_VISION_PRICES" in rows[0].review_reasons[-1]
