"""Reading back what earlier stages stored of a page, as the values that the domain packages take."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.page_text import PageText, TextBlock
from docpipe_assets.storage.tables import OcrResult, Page


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page whose text has been read."""

    page_id: uuid.UUID
    page_number: int
    ocr_fingerprint: str


def read_pages_of(session: Session, document_id: uuid.UUID) -> list[ReadPage]:
    """The pages of a document that have text results, in order; the text itself stays in the database."""
    rows = session.execute(
        select(Page.id, Page.page_number, OcrResult.fingerprint)
        .join(OcrResult, OcrResult.page_id == Page.id)
        .where(Page.document_id == document_id)
        .order_by(Page.page_number)
    )
    return [ReadPage(*row) for row in rows]


def page_text(session: Session, page_id: uuid.UUID) -> PageText:
    """The stored text of one page, in pixels of its page image."""
    blocks, width_px, height_px, dpi = session.execute(
        select(OcrResult.ocr_blocks, Page.width_px, Page.height_px, Page.dpi)
        .join(Page, Page.id == OcrResult.page_id)
        .where(OcrResult.page_id == page_id)
    ).one()
    return PageText(tuple(TextBlock.from_json(block) for block in blocks), width_px, height_px, dpi)
