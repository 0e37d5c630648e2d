"""Where documents stand, read for people: a fixed number of queries however many documents there are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, Select, Text, case, column, func, or_, select, table, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from docpipe_assets.errors import DocpipeError
from docpipe_assets.storage import documents
from docpipe_assets.storage.documents import WHOLE_DOCUMENT, UnknownDocumentError
from docpipe_assets.storage.tables import (
    Document,
    OcrResult,
    Page,
    PageClassification,
    PaidCall,
    PlanSet,
    ScaleCalibrationRow,
    StageFailure,
)
from docpipe_assets.vocabulary import MANUAL, DocumentStatus, ErrorCode, ScaleStatus, Stage

effective_scale = table(
    "effective_scale",
    column("page_id", Page.id.type),
    column("status", Text),
    column("needs_review", Boolean),
)
"""The view in which a person's calibration wins over the automatic one."""

PAGE_STAGES = (Stage.PAGES, Stage.OCR_RESULTS, Stage.CLASSIFICATIONS, Stage.SCALE_CALIBRATIONS)
"""The stages that give every page a result."""

_UNDER_WAY = (DocumentStatus.UPLOADED, DocumentStatus.PROCESSING)


class AmbiguousDocumentError(DocpipeError):
    """A shortened name fits more than one document."""


@dataclass(frozen=True, slots=True)
class OutputKeys:
    """Keys of a document's outputs in the artifacts bucket."""

    csv: str
    xlsx: str
    json: str
    report: str


@dataclass(frozen=True, slots=True)
class DocumentOverview:
    """One document: how far each stage is, and what its pages' scales are.

    `pages_done` counts, for each of `PAGE_STAGES`, the pages that have a result; while an upload is under
    way, those of that upload. `pages_failed` counts pages on which a stage failed. `scales` counts pages by
    effective status, a person's being `manual`. `pages_to_review` counts pages that a person should look at.
    `cost_usd` is what paid calls for it have cost.
    """

    id: uuid.UUID
    partition_key: str
    bucket_key: str
    file_name: str
    size_bytes: int
    status: DocumentStatus
    error_code: ErrorCode | None
    error_message: str | None
    page_count: int | None
    run_id: str | None
    uploaded_at: datetime
    started_at: datetime | None
    ready_at: datetime | None
    removed_at: datetime | None
    pages_done: Mapping[Stage, int]
    pages_failed: Mapping[Stage, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    pages_to_review: int = 0
    cost_usd: float = 0.0
    outputs: OutputKeys | None = None

    @property
    def under_way(self) -> bool:
        return self.status in _UNDER_WAY

    @property
    def stage(self) -> Stage:
        """The stage that is next to give results, or the last one."""
        for stage in PAGE_STAGES:
            settled = self.pages_done[stage] + self.pages_failed.get(stage, 0)
            if self.page_count is None or settled < self.page_count:
                return stage
        return Stage.PLAN_SET


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a stage has no result for a page, or for the whole document (`page_number` is None)."""

    stage: Stage
    page_number: int | None
    error_code: ErrorCode
    message: str
    attempts: int
    failed_at: datetime


def find(session: Session, name: str) -> Document:
    """The document of a partition key or bucket key, or of the beginning of one that fits no other.

    Raises `UnknownDocumentError`, or `AmbiguousDocumentError` naming what fits.
    """
    whole = session.scalars(
        select(Document).where(or_(Document.partition_key == name, Document.bucket_key == name))
    ).all()
    if len(whole) == 1:
        return whole[0]
    fitting = (
        whole
        or session.scalars(
            select(Document)
            .where(
                or_(
                    Document.partition_key.startswith(name, autoescape=True),
                    Document.bucket_key.startswith(name, autoescape=True),
                )
            )
            .order_by(Document.partition_key)
            .limit(6)
        ).all()
    )
    if not name or not fitting:
        raise UnknownDocumentError(
            f"No document is called {name!r}. `docpipe status` lists the documents and their keys."
        )
    if len(fitting) > 1:
        named = ", ".join(document.partition_key for document in fitting[:5])
        more = " and more" if len(fitting) > 5 else ""
        raise AmbiguousDocumentError(f"{name!r} fits several documents: {named}{more}. Give more of the key.")
    return fitting[0]


def all_documents(session: Session) -> list[DocumentOverview]:
    """Every document, the newest upload last."""
    return _overviews(session, None)


def of_documents(session: Session, ids: Sequence[uuid.UUID]) -> list[DocumentOverview]:
    """These documents, the newest upload last."""
    return _overviews(session, Document.id.in_(ids)) if ids else []


def active_since(session: Session, since: datetime, also: Sequence[uuid.UUID] = ()) -> list[DocumentOverview]:
    """The documents under way, those that something happened to since, and those of `also`."""
    failed_lately = select(StageFailure.document_id).where(StageFailure.failed_at >= since)
    return _overviews(
        session,
        or_(
            Document.status.in_(_UNDER_WAY),
            Document.uploaded_at >= since,
            Document.ready_at >= since,
            Document.id.in_(failed_lately),
            Document.id.in_(also),
        ),
    )


def _overviews(session: Session, which: ColumnElement[bool] | None) -> list[DocumentOverview]:
    chosen = select(Document).order_by(Document.uploaded_at, Document.partition_key)
    if which is not None:
        chosen = chosen.where(which)
    rows = session.scalars(chosen.execution_options(populate_existing=True)).all()
    if not rows:
        return []
    narrow = None if which is None else select(Document.id).where(which)
    counts = _count_results(session, narrow)
    scales = _count_scales(session, narrow)
    failed = _count_failures(session, narrow)
    costs = _costs(session, narrow)
    outputs = _outputs(session, narrow)
    nothing = (dict.fromkeys(PAGE_STAGES, 0), 0)
    return [
        DocumentOverview(
            id=row.id,
            partition_key=row.partition_key,
            bucket_key=row.bucket_key,
            file_name=row.file_name,
            size_bytes=row.size_bytes,
            status=row.status,
            error_code=row.error_code,
            error_message=row.error_message,
            page_count=row.page_count,
            run_id=row.run_id,
            uploaded_at=row.uploaded_at,
            started_at=row.started_at,
            ready_at=row.ready_at,
            removed_at=row.removed_at,
            pages_done=counts.get(row.id, nothing)[0],
            pages_failed=failed.get(row.id, {}),
            scales=scales.get(row.id, {}),
            pages_to_review=counts.get(row.id, nothing)[1],
            cost_usd=costs.get(row.id, 0.0),
            outputs=outputs.get(row.id),
        )
        for row in rows
    ]


def failures(session: Session, document_id: uuid.UUID) -> list[Failure]:
    """Everything that failed on a document, by stage and page."""
    return [
        Failure(
            stage=row.stage,
            page_number=row.page_number if row.page_number != WHOLE_DOCUMENT else None,
            error_code=row.error_code,
            message=row.message,
            attempts=row.attempts,
            failed_at=row.failed_at,
        )
        for row in documents.failures(session, document_id)
    ]


Narrow = Select[uuid.UUID] | None
"""The ids of the documents in question; None for all."""


def _within(ids: InstrumentedAttribute[uuid.UUID], narrow: Narrow) -> ColumnElement[bool]:
    return true() if narrow is None else ids.in_(narrow)


def _count_results(session: Session, narrow: Narrow) -> dict[uuid.UUID, tuple[dict[Stage, int], int]]:
    """By document: pages done in each stage, and pages to review."""

    def current(made_at: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
        # An earlier upload's results stay until they are replaced, and are no progress of this one.
        return or_(Document.status.not_in(_UNDER_WAY), made_at >= Document.uploaded_at)

    to_review = or_(PageClassification.needs_review, effective_scale.c.needs_review)
    query = (
        select(
            Page.document_id,
            func.count(case((to_review, Page.id))),
            func.count(case((current(Page.made_at), Page.id))),
            func.count(case((current(OcrResult.made_at), OcrResult.page_id))),
            func.count(case((current(PageClassification.made_at), PageClassification.page_id))),
            func.count(case((current(ScaleCalibrationRow.made_at), ScaleCalibrationRow.page_id))),
        )
        .join(Document, Document.id == Page.document_id)
        .outerjoin(OcrResult, OcrResult.page_id == Page.id)
        .outerjoin(PageClassification, PageClassification.page_id == Page.id)
        .outerjoin(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
        .outerjoin(effective_scale, effective_scale.c.page_id == Page.id)
        .where(_within(Page.document_id, narrow))
        .group_by(Page.document_id)
    )
    return {
        document_id: (dict(zip(PAGE_STAGES, done, strict=True)), review)
        for document_id, review, *done in session.execute(query)
    }


def _count_scales(session: Session, narrow: Narrow) -> dict[uuid.UUID, dict[str, int]]:
    query = (
        select(Page.document_id, effective_scale.c.status, func.count())
        .join(effective_scale, effective_scale.c.page_id == Page.id)
        .where(_within(Page.document_id, narrow))
        .group_by(Page.document_id, effective_scale.c.status)
    )
    found: dict[uuid.UUID, dict[str, int]] = {}
    for document_id, status, count in session.execute(query):
        found.setdefault(document_id, {})[status] = count
    order = [MANUAL, *ScaleStatus]
    return {
        key: dict(sorted(counts.items(), key=lambda c: order.index(c[0]))) for key, counts in found.items()
    }


def _count_failures(session: Session, narrow: Narrow) -> dict[uuid.UUID, dict[Stage, int]]:
    query = (
        select(StageFailure.document_id, StageFailure.stage, func.count())
        .where(StageFailure.page_number != WHOLE_DOCUMENT, _within(StageFailure.document_id, narrow))
        .group_by(StageFailure.document_id, StageFailure.stage)
    )
    found: dict[uuid.UUID, dict[Stage, int]] = {}
    for document_id, stage, count in session.execute(query):
        found.setdefault(document_id, {})[stage] = count
    return found


def _costs(session: Session, narrow: Narrow) -> dict[uuid.UUID, float]:
    query = (
        select(PaidCall.document_id, func.sum(PaidCall.cost_usd))
        .where(_within(PaidCall.document_id, narrow))
        .group_by(PaidCall.document_id)
    )
    return {document_id: float(cost) for document_id, cost in session.execute(query)}


def _outputs(session: Session, narrow: Narrow) -> dict[uuid.UUID, OutputKeys]:
    rows = session.scalars(select(PlanSet).where(_within(PlanSet.document_id, narrow)))
    return {
        row.document_id: OutputKeys(row.csv_key, row.xlsx_key, row.json_key, row.report_key) for row in rows
    }
