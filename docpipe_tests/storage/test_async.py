"""The same models and the same URL through an async engine, as `docs/async.md` shows."""

from __future__ import annotations

import asyncio
import runpy
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from docpipe_assets.storage.database import sessions
from docpipe_assets.storage.tables import Document, Page, ScaleCalibrationRow
from docpipe_tests.storage.test_postgres import page_of, scale_of, upload

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "async.md"


@pytest.fixture
def document_id(postgres_url: str) -> uuid.UUID:
    """A document of three pages, the first of which has a scale."""
    with sessions(postgres_url).begin() as session:
        document = upload(session)
        pages = [page_of(document, number) for number in (1, 2, 3)]
        session.add_all(pages)
        session.flush()
        session.add(scale_of(pages[0]))
        return document.id


def test_pages_are_read_with_an_async_session(postgres_url: str, document_id: uuid.UUID) -> None:
    async def read() -> list[tuple[int, str | None]]:
        engine = create_async_engine(postgres_url)
        async with async_sessionmaker(engine)() as session:
            rows = await session.execute(
                select(Page.page_number, ScaleCalibrationRow.scale_text)
                .join(Document)
                .outerjoin(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
                .where(Document.id == document_id)
                .order_by(Page.page_number)
            )
            pages = [(number, scale) for number, scale in rows]
        await engine.dispose()
        return pages

    assert asyncio.run(read()) == [(1, '1/4" = 1\'-0"'), (2, None), (3, None)]


def test_the_guide_s_example_prints_the_pages(
    postgres_url: str,
    document_id: uuid.UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (example,) = (part.partition("```")[0] for part in GUIDE.read_text("utf-8").split("```python\n")[1:])
    (tmp_path / "example.py").write_text(example, "utf-8")
    with sessions(postgres_url)() as session:
        key = session.scalars(select(Document.partition_key)).one()
    monkeypatch.setenv("DOCPIPE_DATABASE_URL", postgres_url)
    names: dict[str, Any] = runpy.run_path(str(tmp_path / "example.py"))
    asyncio.run(names["print_pages"](key))
    assert capsys.readouterr().out.splitlines() == [
        "1  36 x 24 in  50.0",
        "2  36 x 24 in  None",
        "3  36 x 24 in  None",
    ]
