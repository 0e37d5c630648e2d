"""The sheet index that a document's cover carries, held against the sheets that are there."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.classification import IndexRow, check_index
from docpipe_assets.report.rows import ListedSheet, SheetList
from docpipe_assets.storage.tables import Page, PageClassification


def sheet_list(session: Session, document_id: uuid.UUID) -> SheetList | None:
    """What the document's own sheet index lists and the document lacks, and the other way round.

    None where no page carries an index.
    """
    pages = session.execute(
        select(
            Page.page_number,
            PageClassification.sheet_number,
            PageClassification.sheet_title,
            PageClassification.listed_sheets,
        )
        .join(PageClassification, PageClassification.page_id == Page.id)
        .where(Page.document_id == document_id)
        .order_by(Page.page_number)
    ).all()
    listed = [IndexRow.from_json(row) for page in pages for row in page.listed_sheets or ()]
    check = check_index(listed, [(page.sheet_number, page.sheet_title) for page in pages])
    if check is None:
        return None
    return SheetList(
        listed=len({row.key for row in listed}),
        missing=tuple(ListedSheet(row.number, row.title) for row in check.missing),
        unlisted=tuple((pages[at].page_number, pages[at].sheet_number) for at in check.unlisted),
        retitled=tuple(
            (pages[at].page_number, pages[at].sheet_title, ListedSheet(row.number, row.title))
            for at, row in check.retitled
        ),
    )
