"""The scales of a document's sheets held against one another, once each is known by itself."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.scale import Outcome, Review
from docpipe_assets.scale.calibration import INCHES_PER_FOOT
from docpipe_assets.scale.sisters import SISTERS_TRUST, SetSheet, cause_in_sisters, factors_of_sisters
from docpipe_assets.storage.tables import Page, ScaleCalibrationRow
from docpipe_assets.vocabulary import ScaleStatus


def hold_against_sisters(session: Session, document_id: uuid.UUID) -> None:
    """Make a `mismatch` of calibrated pages that could not be measured where their sisters are reduced prints.

    A page that was made one before is `calibrated` again where its sisters no longer say so.
    """
    verification = ScaleCalibrationRow.scale_calibration_data["verification"]
    rows = session.execute(
        select(
            ScaleCalibrationRow.page_id,
            ScaleCalibrationRow.status,
            ScaleCalibrationRow.review_reasons,
            verification["outcome"].as_string(),
            verification["print_factor"].as_float(),
            Page.width_in,
            Page.height_in,
            Page.dpi,
        )
        .join(Page, Page.id == ScaleCalibrationRow.page_id)
        .where(Page.document_id == document_id)
    ).all()
    factors = factors_of_sisters(
        [
            SetSheet(Outcome(outcome) if outcome else None, factor, width_in, height_in)
            for _, _, _, outcome, factor, width_in, height_in, _ in rows
        ]
    )
    for (page_id, status, reasons, *_, dpi), factor in zip(rows, factors, strict=True):
        doubted = Review.SISTERS_REDUCED in reasons
        if factor is not None and status is ScaleStatus.CALIBRATED:
            _doubt(session.get_one(ScaleCalibrationRow, page_id), factor)
        elif factor is None and doubted:
            _believe(session.get_one(ScaleCalibrationRow, page_id), dpi)


def _doubt(row: ScaleCalibrationRow, factor: float) -> None:
    row.status = ScaleStatus.MISMATCH
    row.pixels_per_foot = None
    row.confidence *= SISTERS_TRUST
    row.review_reasons = [*row.review_reasons, Review.SISTERS_REDUCED.value]
    _record(row, {"print_factor": factor, "cause": cause_in_sisters(factor)})


def _believe(row: ScaleCalibrationRow, dpi: float) -> None:
    row.status = ScaleStatus.CALIBRATED
    row.pixels_per_foot = float(Fraction(dpi) * INCHES_PER_FOOT / Fraction(row.ratio or 1))
    row.confidence /= SISTERS_TRUST
    row.review_reasons = [word for word in row.review_reasons if word != Review.SISTERS_REDUCED]
    _record(row, {"print_factor": None, "cause": None})


def _record(row: ScaleCalibrationRow, verification: dict[str, Any]) -> None:
    """Bring the row's data in line with its columns."""
    row.needs_review = bool(row.review_reasons)
    data = row.scale_calibration_data
    row.scale_calibration_data = data | {
        "status": row.status.value,
        "pixels_per_foot": row.pixels_per_foot,
        "confidence": round(row.confidence, 3),
        "needs_review": row.needs_review,
        "review": row.review_reasons,
        "verification": data["verification"] | verification,
    }
