"""The same graph with the parts that a company runs, switched by settings alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_tests.e2e.running import Running, docpipe_up
from docpipe_tests.servers.fixtures import (  # noqa: F401
    empty_postgres_url,
    postgres,
    redis_url,
    s3,
)
from docpipe_tests.servers.google_vision import GoogleVisionServer, annotation
from docpipe_tests.servers.s3 import S3Server

PAGES = 3


@pytest.fixture
def vision() -> Iterator[GoogleVisionServer]:
    box = Box(10, 10, 80, 20)
    said = annotation([TextBlock("A-101", box, (Word("A-101", box),))])
    with closing(GoogleVisionServer(lambda _image: said)) as server:
        yield server


@pytest.fixture
def company(
    tmp_path: Path,
    empty_postgres_url: str,  # noqa: F811
    redis_url: str,  # noqa: F811
    s3: S3Server,  # noqa: F811
    vision: GoogleVisionServer,
) -> Iterator[Running]:
    settings = {
        "DOCPIPE_DATABASE_URL": empty_postgres_url,
        "DOCPIPE_CELERY_BROKER_URL": redis_url,
        "DOCPIPE_UPLOADS_URL": s3.create_bucket("uploads"),
        "DOCPIPE_ARTIFACTS_URL": s3.create_bucket("artifacts"),
        "DOCPIPE_OCR_ENGINE": "google_vision",
        "DOCPIPE_GOOGLE_VISION_ENDPOINT": vision.grpc_endpoint,
        **s3.environment,
    }
    with docpipe_up(tmp_path / "home", **settings) as running:
        yield running


def pictures(path: Path) -> Path:
    import pymupdf

    with pymupdf.open() as pdf:
        for number in range(PAGES):
            with pymupdf.open() as drawn:
                page = drawn.new_page(width=11 * 72, height=8.5 * 72)
                page.insert_text((100, 100), f"PAGE {number}", fontsize=30)
                picture = page.get_pixmap(dpi=72)
            pdf.new_page(width=11 * 72, height=8.5 * 72).insert_image(
                pymupdf.Rect(0, 0, 792, 612), pixmap=picture
            )
        pdf.save(path)
    return path


def test_a_document_goes_through_redis_postgres_s3_and_google_vision(
    company: Running, vision: GoogleVisionServer, tmp_path: Path
) -> None:
    company.cli("upload", str(pictures(tmp_path / "set.pdf")))
    row = company.ready("set.pdf")
    assert row["page_count"] == PAGES
    assert vision.stats.images == PAGES
    paid = company.rows("SELECT page_number, engine FROM paid_calls ORDER BY page_number")
    assert [(call["page_number"], call["engine"]) for call in paid] == [
        (number, "google_vision") for number in range(1, PAGES + 1)
    ]
    exported = company.cli("export", "--format", "jsonl").stdout
    assert [json.loads(line)["page"] for line in exported.splitlines()] == [1, 2, 3]
    shown = json.loads(company.cli("status", "set.pdf", "--json").stdout)
    assert shown["cost_usd"] == pytest.approx(PAGES * 0.0015)
    assert shown["outputs"]["report"].startswith("s3://artifacts/")
