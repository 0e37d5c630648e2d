"""docpipe's tables: one for documents, one for each stage's results, one for what a person measured.

A stage writes only its own table. `manual_calibrations` is never written by the pipeline; the view
`effective_scale` shows it winning over the automatic calibration.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from docpipe_assets.vocabulary import (
    ClassificationMethod,
    Discipline,
    DocumentStatus,
    Engine,
    ErrorCode,
    PageType,
    ScaleStatus,
    Stage,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, with its time zone on every database; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _word(words: type[StrEnum]) -> Enum:
    """A column of one word of a closed set, kept as plain text so that a new word needs no migration."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda e: [w.value for w in e],
    )


Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
        str: Text(),
    }


class Document(Base):
    """One object of the upload bucket and where it stands. Its identity is the bucket key."""

    __tablename__ = "documents"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    partition_key: Mapped[str] = mapped_column(String(64), unique=True)
    bucket_key: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    content_type: Mapped[str | None] = mapped_column(String(100))
    etag: Mapped[str] = mapped_column(String(200))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Hash of the upload that the pages were made from."""
    status: Mapped[DocumentStatus] = mapped_column(_word(DocumentStatus), index=True)
    error_code: Mapped[ErrorCode | None] = mapped_column(_word(ErrorCode))
    error_message: Mapped[str | None]
    page_count: Mapped[int | None]
    run_id: Mapped[str | None] = mapped_column(String(36))
    """The newest run of this upload; empty until the run that the sensor asks for exists."""
    uploaded_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    """When the object was found missing from the bucket. Its results stay."""


class Page(Base):
    """One page and its image, made by the stage `pages`."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("document_id", "page_number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    page_number: Mapped[int]
    """Counted from 1."""
    width_px: Mapped[int]
    height_px: Mapped[int]
    dpi: Mapped[float]
    dpi_assumed: Mapped[bool]
    """A scan that does not state its resolution: the paper size, and any scale, is a guess."""
    width_in: Mapped[float]
    height_in: Mapped[float]
    rotation: Mapped[int]
    has_text_layer: Mapped[bool]
    image_key: Mapped[str]
    thumbnail_key: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[str] = mapped_column(String(36))
    duration_s: Mapped[float]
    made_at: Mapped[datetime]


class _PageResult:
    """What every stage after `pages` keeps beside its result."""

    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[str] = mapped_column(String(36))
    duration_s: Mapped[float]
    made_at: Mapped[datetime]


class OcrResult(_PageResult, Base):
    """The text of a page with positions, and the engine that read it."""

    __tablename__ = "ocr_results"

    engine: Mapped[Engine] = mapped_column(_word(Engine))
    engine_reason: Mapped[str]
    ocr_text: Mapped[str]
    ocr_blocks: Mapped[list[Any]]
    """`TextBlock.to_json()` of every line."""
    mean_confidence: Mapped[float]
    attempts: Mapped[int]
    cost_usd: Mapped[float]


class PageClassification(_PageResult, Base):
    """What a page is: its sheet number, title, discipline and type, each with confidence and evidence."""

    __tablename__ = "classifications"

    sheet_number: Mapped[str | None]
    sheet_number_confidence: Mapped[float | None]
    sheet_number_box: Mapped[dict[str, Any] | None]
    sheet_title: Mapped[str | None]
    sheet_title_confidence: Mapped[float | None]
    sheet_title_box: Mapped[dict[str, Any] | None]
    discipline: Mapped[Discipline] = mapped_column(_word(Discipline))
    discipline_confidence: Mapped[float]
    page_type: Mapped[PageType] = mapped_column(_word(PageType))
    page_type_confidence: Mapped[float]
    page_type_box: Mapped[dict[str, Any] | None]
    method: Mapped[ClassificationMethod] = mapped_column(_word(ClassificationMethod))
    needs_review: Mapped[bool]
    review_reasons: Mapped[list[Any]]
    alternatives: Mapped[list[Any]]
    listed_sheets: Mapped[list[Any] | None]
    """The rows of the sheet index that the page carries: `{number, title, bounding_box}`."""
    claimed_notes: Mapped[list[Any] | None]
    """`ClaimedNote.to_json()` of the scale notes that the vision model read; None where it did not answer."""
    provenance: Mapped[dict[str, Any]]


class ScaleCalibrationRow(_PageResult, Base):
    """The drawing scale of a page as the pipeline reads it."""

    __tablename__ = "scale_calibrations"

    status: Mapped[ScaleStatus] = mapped_column(_word(ScaleStatus))
    scale_text: Mapped[str | None]
    ratio: Mapped[str | None] = mapped_column(String(40))
    """N of 1:N as an exact fraction, such as `48` or `128/3`."""
    pixels_per_foot: Mapped[float | None]
    bounding_box: Mapped[dict[str, Any] | None]
    method: Mapped[str | None] = mapped_column(String(40))
    confidence: Mapped[float]
    needs_review: Mapped[bool]
    review_reasons: Mapped[list[Any]]
    scale_calibration_data: Mapped[dict[str, Any]]
    provenance: Mapped[dict[str, Any]]


class ManualCalibration(Base):
    """The scale that a person measured. No foreign key: it outlives whatever the pipeline does to the page."""

    __tablename__ = "manual_calibrations"

    page_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    pixels_per_foot: Mapped[float]
    calibrated_by: Mapped[str]
    calibrated_at: Mapped[datetime]
    note: Mapped[str | None]


class PlanSet(Base):
    """The outputs that people open: sheet index and report of one document."""

    __tablename__ = "plan_sets"

    document_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    csv_key: Mapped[str]
    xlsx_key: Mapped[str]
    json_key: Mapped[str]
    report_key: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[str] = mapped_column(String(36))
    duration_s: Mapped[float]
    made_at: Mapped[datetime]


class StageFailure(Base):
    """Why a stage has no result for a page, or (page number 0) for the document. Gone once it succeeds."""

    __tablename__ = "stage_failures"

    document_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    stage: Mapped[Stage] = mapped_column(_word(Stage), primary_key=True)
    page_number: Mapped[int] = mapped_column(primary_key=True)
    error_code: Mapped[ErrorCode] = mapped_column(_word(ErrorCode))
    message: Mapped[str]
    attempts: Mapped[int]
    run_id: Mapped[str] = mapped_column(String(36))
    failed_at: Mapped[datetime]


class PaidCall(Base):
    """The ledger: one call of a service that costs money. Rows are added and never changed."""

    __tablename__ = "paid_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[uuid.UUID] = mapped_column(index=True)
    """No foreign keys: what was paid stays in the ledger whatever becomes of the page."""
    page_id: Mapped[uuid.UUID]
    page_number: Mapped[int]
    stage: Mapped[Stage] = mapped_column(_word(Stage))
    engine: Mapped[str] = mapped_column(String(40))
    """`google_vision`, or `vision_model`."""
    model: Mapped[str | None] = mapped_column(String(100))
    prompt_version: Mapped[str | None] = mapped_column(String(40))
    images: Mapped[int]
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cost_usd: Mapped[float]
    latency_s: Mapped[float]
    run_id: Mapped[str] = mapped_column(String(36))
    called_at: Mapped[datetime]


class RunHeartbeat(Base):
    """A run that a worker has in hand. A worker that stops beating, or whose process is gone, has lost it."""

    __tablename__ = "run_heartbeats"

    run_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    host: Mapped[str]
    pid: Mapped[int]
    process_started_at: Mapped[datetime]
    """Tells the worker from a later process that got the same pid."""
    beat_at: Mapped[datetime]


class Worker(Base):
    """A worker that waits for runs or has one in hand."""

    __tablename__ = "workers"

    host: Mapped[str] = mapped_column(primary_key=True)
    pid: Mapped[int] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime]
