"""Pages read by Google Vision: the real client against a local server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pymupdf
import pytest
from google.cloud.vision_v1 import types as vision
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_assets.settings import Settings
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.ocr_results import read_pages
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.storage.tables import OcrResult, Page, PaidCall
from docpipe_assets.vocabulary import Engine, OcrPages, Stage
from docpipe_tests.servers.google_vision import Fault, GoogleVisionServer, annotation
from docpipe_tests.stages.conftest import PDF_NAME, StartRun, sheets

PICTURES = 6


def pictures(count: int) -> bytes:
    """Image-only sheets."""
    with pymupdf.open() as pdf, pymupdf.open("pdf", sheets(*[f"A-{n}" for n in range(count)])) as drawn:
        for page in drawn:
            image = page.get_pixmap(dpi=72)
            pdf.new_page(width=page.rect.width, height=page.rect.height).insert_image(page.rect, pixmap=image)
        return bytes(pdf.tobytes())


def answer(_image: bytes) -> vision.TextAnnotation:
    return annotation([TextBlock("A-101", Box(10, 10, 80, 20), (Word("A-101", Box(10, 10, 80, 20)),))])


@pytest.fixture
def server() -> Iterator[GoogleVisionServer]:
    with closing(GoogleVisionServer(answer)) as server:
        yield server


@pytest.fixture
def cloud(
    start_run: StartRun, settings: Settings, make_session: sessionmaker[Session], server: GoogleVisionServer
) -> Iterator[DocumentRun]:
    """A run on a document of image-only pages that has its images and is to be read by Google Vision."""
    first = start_run()
    first.uploads.write(PDF_NAME, pictures(PICTURES))
    assert take_in(first.uploads, make_session, settings).uploads
    run_stage(first, Stage.PAGES, make_pages, last_try=False)
    yield with_settings(
        start_run(),
        ocr_engine=Engine.GOOGLE_VISION,
        google_vision_endpoint=server.rest_endpoint,
        google_vision_transport="rest",
    )


def with_settings(run: DocumentRun, **changed: object) -> DocumentRun:
    return replace(run, settings=run.settings.model_copy(update=changed))


def paid(run: DocumentRun) -> list[int]:
    with run.sessions() as session:
        return sorted(session.scalars(select(PaidCall.page_number)))


def engines(run: DocumentRun) -> list[Engine]:
    with run.sessions() as session:
        return list(
            session.scalars(
                select(OcrResult.engine).join(Page, Page.id == OcrResult.page_id).order_by(Page.page_number)
            )
        )


def read(run: DocumentRun) -> None:
    run_stage(run, Stage.OCR_RESULTS, read_pages, last_try=False)


def test_every_page_is_read_and_paid_once_and_never_again(
    cloud: DocumentRun, server: GoogleVisionServer
) -> None:
    read(cloud)
    assert engines(cloud) == [Engine.GOOGLE_VISION] * PICTURES
    assert paid(cloud) == list(range(1, PICTURES + 1))
    read(replace(cloud, run_id="a later run"))
    assert server.stats.images == PICTURES


def test_never_more_pages_in_flight_than_the_limit(cloud: DocumentRun, server: GoogleVisionServer) -> None:
    server.latency_s = 0.2
    read(with_settings(cloud, google_vision_in_flight=3))
    assert server.stats.peak_in_flight == 3


def test_throttling_and_lost_connections_change_nothing(
    cloud: DocumentRun, server: GoogleVisionServer
) -> None:
    server.rates = {Fault.THROTTLED: 0.3, Fault.DROPPED: 0.2}
    read(cloud)
    assert paid(cloud) == list(range(1, PICTURES + 1))
    assert server.stats.images == PICTURES


def test_pages_whose_own_text_is_believed_are_not_sent(
    cloud: DocumentRun, settings: Settings, make_session: sessionmaker[Session], server: GoogleVisionServer
) -> None:
    cloud.uploads.write(PDF_NAME, sheets("A-101", "A-102"))
    take_in(cloud.uploads, make_session, settings)
    run_stage(cloud, Stage.PAGES, make_pages, last_try=False)
    read(cloud)
    assert (engines(cloud), server.stats.images) == ([Engine.TEXT_LAYER] * 2, 0)
    read(with_settings(replace(cloud, run_id="another"), ocr_pages=OcrPages.ALWAYS))
    assert (engines(cloud), server.stats.images) == ([Engine.GOOGLE_VISION] * 2, 2)


def test_what_is_over_the_budget_is_read_here(cloud: DocumentRun, server: GoogleVisionServer) -> None:
    read(with_settings(cloud, document_budget_usd=0.004, google_vision_usd_per_image=0.0015))
    assert server.stats.images == 2
    assert sorted(engines(cloud)) == [Engine.GOOGLE_VISION] * 2 + [Engine.RAPIDOCR] * (PICTURES - 2)
    with cloud.sessions() as session:
        local = session.scalars(
            select(OcrResult.engine_reason).where(OcrResult.engine == Engine.RAPIDOCR)
        ).all()
    assert set(local) == {"the document's budget for paid calls is spent"}


def test_a_refused_page_fails_alone_and_is_not_paid(cloud: DocumentRun, server: GoogleVisionServer) -> None:
    server.fail_next(Fault.INVALID)
    run = with_settings(cloud, google_vision_in_flight=1)
    read(run)
    assert len(paid(run)) == PICTURES - 1
