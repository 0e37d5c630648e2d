"""A document in a real database and buckets, and a run on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.settings import Settings
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.pool import PagePool
from docpipe_assets.storage.bucket import Bucket
from docpipe_assets.vocabulary import Stage

PDF_NAME = "bids/Clinic, set 1.pdf"


class StartRun(Protocol):
    """Begins a run on the document; each call is a new run."""

    def __call__(
        self,
        *,
        pages: frozenset[int] = frozenset(),
        force: bool = False,
        run_id: str | None = None,
        stages: frozenset[Stage] = frozenset(Stage),
    ) -> DocumentRun: ...


@pytest.fixture(scope="session")
def pool() -> Iterator[PagePool]:
    with PagePool(workers=2, memory_limit_mb=2000) as pool:
        yield pool


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(home=tmp_path / "home", database_url=database_url, settle_s=0, render_dpi=72)


@pytest.fixture
def uploads(settings: Settings) -> Bucket:
    return Bucket(settings.uploads_url)


@pytest.fixture
def two_pages(uploads: Bucket, settings: Settings, make_session: sessionmaker[Session]) -> str:
    """A two-page vector document in the bucket, seen by the sensor's look; its partition key."""
    uploads.write(PDF_NAME, sheets("A-101", "A-102"))
    (document,) = take_in(uploads, make_session, settings).uploads
    return document.partition_key


@pytest.fixture
def start_run(
    two_pages: str, settings: Settings, make_session: sessionmaker[Session], uploads: Bucket, pool: PagePool
) -> StartRun:
    runs = 0

    def start(
        *,
        pages: frozenset[int] = frozenset(),
        force: bool = False,
        run_id: str | None = None,
        stages: frozenset[Stage] = frozenset(Stage),
    ) -> DocumentRun:
        nonlocal runs
        runs += 1
        return DocumentRun(
            partition_key=two_pages,
            run_id=run_id or f"run-{runs}",
            stages=stages,
            settings=settings,
            sessions=make_session,
            uploads=uploads,
            artifacts=Bucket(settings.artifacts_url),
            pool=pool,
            check_wanted=lambda: None,
            pages=pages,
            force=force,
        )

    return start


def sheets(*numbers: str) -> bytes:
    """A small vector PDF with one sheet for each number."""
    import pymupdf

    with pymupdf.open() as pdf:
        for number in numbers:
            page = pdf.new_page(width=17 * 72, height=11 * 72)
            page.draw_rect(pymupdf.Rect(100, 100, 900, 600), width=2)
            page.insert_text((300, 650), "FIRST FLOOR PLAN", fontsize=16)
            page.insert_text((300, 670), 'SCALE: 1/4" = 1\'-0"', fontsize=9)
            page.insert_text((1060, 770), "SHEET NO.", fontsize=6)
            page.insert_text((1110, 772), number, fontsize=22)
        return bytes(pdf.tobytes())
