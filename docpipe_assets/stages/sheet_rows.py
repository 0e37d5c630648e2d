"""The sheet index of a document out of the tables: what the exports, the report and the command line show."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.page_text import Box
from docpipe_assets.report.rows import (
    Confidences,
    Evidence,
    ManualCalibration,
    MeasuredLength,
    SheetMeasurement,
    SheetRow,
    SheetView,
)
from docpipe_assets.scale import Review
from docpipe_assets.storage import documents, tables
from docpipe_assets.storage.tables import (
    Document,
    OcrResult,
    Page,
    PageClassification,
    ScaleCalibrationRow,
    StageFailure,
)
from docpipe_assets.vocabulary import MANUAL, Stage

_ROWS_AT_ONCE = 50
_SAME = 1e-4
"""Stored ratios that differ by less are one: they are rounded."""

SCALE_REVIEWS: dict[str, str] = {
    Review.VIEWS_DIFFER: "The views are drawn at different scales.",
    Review.TITLE_BLOCK_DIFFERS: "The title block and the views disagree about the scale.",
    Review.OTHER_NOTES_DIFFER: "Another note on the page gives another scale.",
    Review.LOOSE_NOTE_ONLY: "The only scale note belongs to no view and not to the title block.",
    Review.DOUBTFUL_NOTE: "The scale note may be something else.",
    Review.DOUBTFUL_READING: "The scale note was hard to read.",
    Review.OTHER_PAPER: "The scale is given for another paper size than the page has.",
    Review.REDUCED_PRINT: "The page says that it is a reduced print.",
    Review.UNUSUAL_FOR_TYPE: "The scale is unusual for what the page shows.",
    Review.MOSTLY_NOT_TO_SCALE: "Most views are not to scale.",
    Review.NO_DRAWING_EXPECTED: "The page has a scale, but is not of a type that is drawn to scale.",
    Review.AXES_DIFFER: "Heights are drawn at another scale than lengths.",
    Review.SUBSIDIARY_VIEW_ONLY: "Only a side view, such as a key plan, has a scale.",
    Review.AS_NOTED_WITHOUT_VIEWS: "The title block refers to the views, and none has a scale.",
    Review.NO_SCALE_WRITTEN: "No scale is written on the page.",
    Review.PAPER_SIZE_ASSUMED: "The scan does not state its resolution, so the paper size is a guess.",
    Review.MODEL_DIFFERS: "The vision model reads another scale.",
    Review.MODEL_ALONE: "Only the vision model takes this for the scale of the page.",
    Review.MEASURES_OTHERWISE: "The drawing measures otherwise than its written scale says.",
    Review.VIEW_MEASURES_OTHERWISE: "A view measures otherwise than its written scale says.",
    Review.SMALL_LETTERING: "The lettering is too small for a full-size print.",
    Review.LENGTHS_DO_NOT_FIT: "The page gives many lengths, and none could be matched with this scale: measure one.",
    Review.SISTERS_REDUCED: "Other sheets of the set measure otherwise than their written scales say.",
    Review.SCALE_PROPOSED: "No scale is written; the one that the drawing measures is proposed.",
}
"""What a person reads where a scale waits for a look."""

_CAUSED = frozenset({Review.MEASURES_OTHERWISE, Review.SMALL_LETTERING, Review.SISTERS_REDUCED})
"""What measuring a page says of it more exactly in words of its own."""

_STAGES = list(Stage)


def sheet_rows(session: Session, document_id: uuid.UUID) -> Iterator[SheetRow]:
    """One row for every page of the document, in order, read as they are asked for.

    A person's calibration wins over the automatic one. A page that a stage failed on, or that has not been
    through all stages, has None for what is missing and needs review; a failed stage's older result, and
    what was made out of it, is not shown.
    """
    document = session.get_one(Document, document_id)
    failures = _first_failures(session, document_id)
    query = (
        select(
            Page,
            OcrResult.engine,
            PageClassification,
            ScaleCalibrationRow,
            tables.ManualCalibration,
        )
        .outerjoin(OcrResult, OcrResult.page_id == Page.id)
        .outerjoin(PageClassification, PageClassification.page_id == Page.id)
        .outerjoin(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
        .outerjoin(tables.ManualCalibration, tables.ManualCalibration.page_id == Page.id)
        .where(Page.document_id == document_id)
        .order_by(Page.page_number)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    following = 1
    for page, engine, classified, calibrated, manual in session.execute(query):
        for missing in range(following, page.page_number):
            yield _blank(document, missing, failures.get(missing))
        following = page.page_number + 1
        failure = failures.get(page.page_number)
        reached = _STAGES.index(failure.stage) if failure else len(_STAGES)
        if reached == _STAGES.index(Stage.PAGES):
            yield _blank(document, page.page_number, failure)
            continue
        yield _row(
            document,
            page,
            engine=engine if reached > _STAGES.index(Stage.OCR_RESULTS) else None,
            classified=classified if reached > _STAGES.index(Stage.CLASSIFICATIONS) else None,
            calibrated=calibrated if reached > _STAGES.index(Stage.SCALE_CALIBRATIONS) else None,
            manual=manual,
            failure=failure,
        )
    for missing in range(following, (document.page_count or 0) + 1):
        yield _blank(document, missing, failures.get(missing))


def _first_failures(session: Session, document_id: uuid.UUID) -> dict[int, StageFailure]:
    """By page, the failure of its earliest stage: the later ones follow from it."""
    found: dict[int, StageFailure] = {}
    for failure in documents.failures(session, document_id):
        found.setdefault(failure.page_number, failure)
    return found


def _blank(document: Document, page_number: int, failure: StageFailure | None) -> SheetRow:
    return SheetRow(
        file=document.bucket_key,
        page=page_number,
        classification_needs_review=True,
        scale_needs_review=True,
        failure=failure.message if failure else None,
    )


def _row(
    document: Document,
    page: Page,
    *,
    engine: Any,
    classified: PageClassification | None,
    calibrated: ScaleCalibrationRow | None,
    manual: tables.ManualCalibration | None,
    failure: StageFailure | None,
) -> SheetRow:
    reasons = [*(classified.review_reasons if classified else ())]
    measurement = _measurement(calibrated)
    if manual is None and calibrated is not None:
        cause = measurement.cause if measurement else None
        for word in calibrated.review_reasons:
            reasons.append(cause if cause and word in _CAUSED else SCALE_REVIEWS.get(word, word))
    scale: dict[str, Any] = {"scale_needs_review": True}
    if manual is not None:
        scale = {
            "scale_needs_review": False,
            "scale_status": MANUAL,
            "scale_ratio": page.dpi * 12 / manual.pixels_per_foot,
            "pixels_per_foot": manual.pixels_per_foot,
            "manual": ManualCalibration(manual.calibrated_by, manual.calibrated_at, manual.note),
        }
    elif calibrated is not None:
        scale = {
            "scale_needs_review": calibrated.needs_review,
            "scale_status": calibrated.status,
            "scale_text": calibrated.scale_text,
            "scale_ratio": float(Fraction(calibrated.ratio)) if calibrated.ratio else None,
            "pixels_per_foot": calibrated.pixels_per_foot,
        }
    return SheetRow(
        file=document.bucket_key,
        page=page.page_number,
        classification_needs_review=classified.needs_review if classified else True,
        sheet_number=classified.sheet_number if classified else None,
        sheet_title=classified.sheet_title if classified else None,
        page_type=classified.page_type if classified else None,
        discipline=classified.discipline if classified else None,
        dpi=page.dpi,
        review_reasons=tuple(reasons),
        confidences=_confidences(classified, calibrated if manual is None else None),
        engine=engine,
        width_in=page.width_in,
        height_in=page.height_in,
        width_px=page.width_px,
        height_px=page.height_px,
        failure=failure.message if failure else None,
        views=_views(calibrated),
        measurement=measurement,
        evidence=Evidence(
            number=_box(classified.sheet_number_box) if classified else None,
            title=_box(classified.sheet_title_box) if classified else None,
            scale=_box(calibrated.bounding_box) if calibrated and manual is None else None,
            measured=_most_telling(measurement),
        ),
        **scale,
    )


def _confidences(
    classified: PageClassification | None, calibrated: ScaleCalibrationRow | None
) -> Confidences:
    return Confidences(
        number=classified.sheet_number_confidence if classified else None,
        title=classified.sheet_title_confidence if classified else None,
        type=classified.page_type_confidence if classified else None,
        discipline=classified.discipline_confidence if classified else None,
        scale=calibrated.confidence if calibrated else None,
    )


def _views(calibrated: ScaleCalibrationRow | None) -> tuple[SheetView, ...]:
    if calibrated is None:
        return ()
    return tuple(
        SheetView(view["title"], view["scale_text"], _value(view["ratio"]), view.get("measured_ratio"))
        for view in calibrated.scale_calibration_data.get("views", ())
    )


def _measurement(calibrated: ScaleCalibrationRow | None) -> SheetMeasurement | None:
    found = calibrated.scale_calibration_data.get("verification") if calibrated else None
    if calibrated is None or not found:
        return None
    ratio = calibrated.scale_calibration_data["measured_ratio"]
    scales = found["measurement"]["scales"]
    spoken = next((scale for scale in scales if ratio and abs(scale["ratio"] / ratio - 1) < _SAME), None)
    return SheetMeasurement(
        ratio=ratio,
        spread=spoken["spread"] if spoken else None,
        lengths=tuple(_length(evidence) for evidence in spoken["evidence"]) if spoken else (),
        print_factor=found["print_factor"],
        cause=found["cause"],
        proposed_ratio=_value(found["proposed_ratio"]),
    )


def _length(evidence: dict[str, Any]) -> MeasuredLength:
    text_box, line_box = Box.from_json(evidence["text_box"]), Box.from_json(evidence["line_box"])
    return MeasuredLength(evidence["text"], text_box, line_box, evidence["ratio"])


def _most_telling(measurement: SheetMeasurement | None) -> Box | None:
    """Around the longest measured line and its text: what a person checks a scale by."""
    if measurement is None or not measurement.lengths:
        return None
    return max((length.box for length in measurement.lengths), key=lambda box: max(box.width, box.height))


def _value(ratio: dict[str, Any] | None) -> float | None:
    return ratio["value"] if ratio else None


def _box(box: dict[str, float] | None) -> Box | None:
    return Box.from_json(box) if box else None
