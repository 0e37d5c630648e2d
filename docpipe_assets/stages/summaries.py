"""What a person wants to see of a stage's result at a glance: a table of pages, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.storage import ledger
from docpipe_assets.storage.tables import Document, OcrResult, Page, PageClassification, ScaleCalibrationRow


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows of plain values, one a page, and how often each word occurs in the column that matters."""

    rows: list[dict[str, Any]]
    counts: dict[str, int]


def of_pages(run: DocumentRun) -> Summary:
    query = select(
        Page.page_number.label("page"),
        Page.width_in,
        Page.height_in,
        Page.width_px,
        Page.height_px,
        Page.dpi,
        Page.dpi_assumed,
        Page.rotation,
        Page.has_text_layer,
        Page.duration_s,
    )
    return _summary(run, query, "has_text_layer")


def of_ocr_results(run: DocumentRun) -> Summary:
    query = select(
        Page.page_number.label("page"),
        OcrResult.engine,
        OcrResult.engine_reason.label("because"),
        OcrResult.mean_confidence,
        OcrResult.attempts,
        OcrResult.duration_s,
    ).join(OcrResult, OcrResult.page_id == Page.id)
    return _summary(run, query, "engine")


def paid(run: DocumentRun) -> dict[str, Any]:
    """What the document's paid calls were and cost; empty where nothing was paid."""
    with run.sessions() as session:
        spent = ledger.spent_by_engine(session, run.document(session).id)
    if not spent:
        return {}
    calls = {engine: calls for engine, (calls, _) in spent.items()}
    return {"paid_calls": calls, "cost_usd": round(sum(cost for _, cost in spent.values()), 4)}


def of_classifications(run: DocumentRun) -> Summary:
    query = select(
        Page.page_number.label("page"),
        PageClassification.sheet_number,
        PageClassification.sheet_title,
        PageClassification.discipline,
        PageClassification.page_type,
        PageClassification.needs_review,
    ).join(PageClassification, PageClassification.page_id == Page.id)
    return _summary(run, query, "page_type")


def of_scale_calibrations(run: DocumentRun) -> Summary:
    query = select(
        Page.page_number.label("page"),
        ScaleCalibrationRow.status,
        ScaleCalibrationRow.scale_text,
        ScaleCalibrationRow.ratio,
        ScaleCalibrationRow.pixels_per_foot,
        ScaleCalibrationRow.confidence,
        ScaleCalibrationRow.needs_review,
    ).join(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
    return _summary(run, query, "status")


def _summary(run: DocumentRun, query: Select[*tuple[Any, ...]], counted: str) -> Summary:
    of_document = (
        query.join(Document, Document.id == Page.document_id)
        .where(Document.partition_key == run.partition_key)
        .order_by(Page.page_number)
    )
    with run.sessions() as session:
        found: Sequence[Any] = session.execute(of_document).mappings().all()
    rows = [{name: _plain(value) for name, value in row.items()} for row in found]
    return Summary(rows, dict(Counter(str(row[counted]) for row in rows).most_common()))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    return value if value is None or isinstance(value, int) else str(value)
