"""Rows and pictures for the tests of the report."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from docpipe_assets.page_text import Box
from docpipe_assets.report import (
    MANUAL,
    Confidences,
    Evidence,
    ManualCalibration,
    MeasuredLength,
    ReportDocument,
    SheetMeasurement,
    SheetRow,
    SheetView,
)
from docpipe_assets.vocabulary import Discipline, Engine, PageType, ScaleStatus

QUARTER = '1/4" = 1\'-0"'
DOCUMENT = ReportDocument("Clinic, bid set.pdf", datetime(2026, 3, 3, 14, 5, tzinfo=UTC))


def sheet_row(**changes: Any) -> SheetRow:
    """A floor plan at 1:48 about which nothing is unsure, but for `changes`."""
    values: dict[str, Any] = {
        "file": "bids/Clinic, bid set.pdf",
        "page": 1,
        "classification_needs_review": False,
        "scale_needs_review": False,
        "sheet_number": "A-101",
        "sheet_title": "FIRST FLOOR PLAN",
        "page_type": PageType.FLOOR_PLAN,
        "discipline": Discipline.ARCHITECTURAL,
        "scale_status": ScaleStatus.CALIBRATED,
        "scale_text": QUARTER,
        "scale_ratio": 48.0,
        "pixels_per_foot": 50.0,
        "dpi": 200.0,
        "confidences": Confidences(number=0.98, title=0.97, type=0.95, discipline=0.99, scale=0.9),
        "engine": Engine.TEXT_LAYER,
        "width_in": 36.0,
        "height_in": 24.0,
        "width_px": 7200,
        "height_px": 4800,
        "views": (SheetView("FIRST FLOOR PLAN", QUARTER, 48.0),),
        "evidence": Evidence(number=Box(6700, 4500, 300, 120)),
    }
    return SheetRow(**(values | changes))


def mismatch(**changes: Any) -> SheetRow:
    reason = "The sheet says 1:48, but its dimensions measure 1:96."
    values = {
        "scale_status": ScaleStatus.MISMATCH,
        "scale_needs_review": True,
        "review_reasons": (reason,),
    }
    return sheet_row(**(values | changes))


def reduced(**changes: Any) -> SheetRow:
    """A half-size print whose two dimensions say so."""
    lengths = (
        MeasuredLength("40'-0\"", Box(2000, 900, 90, 24), Box(1500, 930, 998, 2), 96.2),
        MeasuredLength("20'-0\"", Box(4000, 900, 90, 24), Box(3800, 930, 499, 2), 96.2),
    )
    cause = "The drawing measures 1:96.2 where 1:48 is written: the print is at 50 % of the full size."
    found = SheetMeasurement(96.2, 0.002, lengths, print_factor=0.499, cause=cause)
    return mismatch(**({"measurement": found} | changes))


def calibrated_by_hand(**changes: Any) -> SheetRow:
    mark = ManualCalibration("m.ortiz", datetime(2026, 3, 4, 9, 0, tzinfo=UTC), "measured the grid")
    return sheet_row(**({"scale_status": MANUAL, "manual": mark} | changes))


def failed(**changes: Any) -> SheetRow:
    values = {
        "page": 1,
        "file": "bids/Clinic, bid set.pdf",
        "classification_needs_review": False,
        "scale_needs_review": False,
        "failure": "Page 4 could not be drawn in 60 seconds. Print it to PDF again and upload it.",
    }
    return SheetRow(**(values | changes))


def picture(width: int, height: int, colour: str = "white", kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, kind)
    return buffer.getvalue()
