"""One page of the sheet index, as the exports and the report take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import MANUAL, Discipline, Engine, PageType, ScaleStatus

EffectiveScaleStatus = ScaleStatus | Literal["manual"]


@dataclass(frozen=True, slots=True)
class SheetView:
    """One view on the page: its title and scale as written, N of 1:N, and what its dimensions measure."""

    title: str | None
    scale_text: str | None
    scale_ratio: float | None
    measured_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class MeasuredLength:
    """A dimension or a scale bar that the page was measured by: its text and line, in pixels, and N of 1:N."""

    text: str
    text_box: Box
    line_box: Box
    ratio: float

    @property
    def box(self) -> Box:
        return self.text_box.union(self.line_box)


@dataclass(frozen=True, slots=True)
class SheetMeasurement:
    """What the drawing itself measures.

    `ratio` is N of 1:N, None where nothing could be measured well enough; `spread` the relative spread of the
    `lengths` around it. `print_factor` is the size of this print over that which the written scale is for, where
    they differ, and `cause` says in a sentence what may have happened. `proposed_ratio` is the customary scale that a
    page without a written one measures.
    """

    ratio: float | None
    spread: float | None = None
    lengths: tuple[MeasuredLength, ...] = ()
    print_factor: float | None = None
    cause: str | None = None
    proposed_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Confidences:
    """How sure each answer is, 0 to 1; None where there is no answer."""

    number: float | None = None
    title: float | None = None
    type: float | None = None
    discipline: float | None = None
    scale: float | None = None

    def known(self) -> dict[str, float]:
        """The confidences there are, by the name of the answer."""
        every = {
            "number": self.number,
            "title": self.title,
            "type": self.type,
            "discipline": self.discipline,
            "scale": self.scale,
        }
        return {name: value for name, value in every.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where on the page image each answer was read, in pixels; None where it was not read off the page."""

    number: Box | None = None
    title: Box | None = None
    scale: Box | None = None
    measured: Box | None = None

    def boxes(self) -> dict[str, Box]:
        """The boxes there are, by the name of the answer."""
        every = {
            "number": self.number,
            "title": self.title,
            "scale": self.scale,
            "measured": self.measured,
        }
        return {name: box for name, box in every.items() if box is not None}


@dataclass(frozen=True, slots=True)
class ManualCalibration:
    """A person's calibration of the page, which wins over what docpipe found."""

    by: str
    at: datetime
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """What is known of one page of a document.

    None means not known. The scale is the one in effect: where a person calibrated the page, `manual` says
    who and when, `scale_status` is `MANUAL`, and ratio and pixels per foot are the person's.

    file: bucket key of the document. page: counted from 1. scale_ratio: N of 1:N.
    pixels_per_foot: pixels of the page image for a foot of the building. width_in, height_in: paper size.
    review_reasons: plain sentences. failure: a plain sentence when the page failed in a stage.

    Raises ValueError when a scale is claimed without its pixels per foot, or when `manual` and the status
    disagree: such a row would show a scale that nobody can measure with.
    """

    file: str
    page: int
    classification_needs_review: bool
    scale_needs_review: bool
    sheet_number: str | None = None
    sheet_title: str | None = None
    page_type: PageType | None = None
    discipline: Discipline | None = None
    scale_status: EffectiveScaleStatus | None = None
    scale_text: str | None = None
    scale_ratio: float | None = None
    pixels_per_foot: float | None = None
    dpi: float | None = None
    review_reasons: tuple[str, ...] = ()
    confidences: Confidences = field(default_factory=Confidences)
    engine: Engine | None = None
    width_in: float | None = None
    height_in: float | None = None
    width_px: int | None = None
    height_px: int | None = None
    failure: str | None = None
    views: tuple[SheetView, ...] = ()
    measurement: SheetMeasurement | None = None
    manual: ManualCalibration | None = None
    evidence: Evidence = field(default_factory=Evidence)

    def __post_init__(self) -> None:
        if self.scale_is_claimed and not self.pixels_per_foot:
            raise ValueError(
                f"page {self.page} of {self.file} is {self.scale_status} but has no pixels per foot"
            )
        if (self.scale_status == MANUAL) != (self.manual is not None):
            raise ValueError(
                f"page {self.page} of {self.file} is {self.scale_status}, against its manual calibration"
            )

    @property
    def measured_ratio(self) -> float | None:
        """N of 1:N as the drawing measures it; None where nothing could be measured."""
        return self.measurement.ratio if self.measurement else None

    @property
    def needs_review(self) -> bool:
        """Whether a person should look at the page: an answer is unsure, or a stage failed on it."""
        return self.classification_needs_review or self.scale_needs_review or self.failure is not None

    @property
    def scale_is_claimed(self) -> bool:
        """Whether the page has a scale to measure with, sure or not."""
        return self.scale_status in (ScaleStatus.CALIBRATED, MANUAL)

    @property
    def scale_is_sure(self) -> bool:
        """Whether the page may be measured with unseen: calibrated, and its scale asks for no review."""
        return self.scale_status == ScaleStatus.CALIBRATED and not self.scale_needs_review


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as the document's own index lists it."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class SheetList:
    """The document's own sheet index, of so many sheets `listed`, against the sheets that are there.

    `missing` are listed and no page has their number; `unlisted` are page and sheet number the other way round;
    `retitled` are page, title on the sheet, and the sheet as the index has it.
    """

    listed: int
    missing: tuple[ListedSheet, ...] = ()
    unlisted: tuple[tuple[int, str], ...] = ()
    retitled: tuple[tuple[int, str, ListedSheet], ...] = ()

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.unlisted or self.retitled)


def export_record(row: SheetRow) -> dict[str, Any]:
    """The row as a line of `docpipe export --format jsonl`: the closed set of keys for programs."""
    return {
        "file": row.file,
        "page": row.page,
        "sheet_number": row.sheet_number,
        "sheet_title": row.sheet_title,
        "page_type": _plain(row.page_type),
        "discipline": _plain(row.discipline),
        "scale_status": _plain(row.scale_status),
        "scale_text": row.scale_text,
        "scale_ratio": row.scale_ratio,
        "measured_ratio": row.measured_ratio,
        "pixels_per_foot": row.pixels_per_foot,
        "dpi": row.dpi,
        "needs_review": row.needs_review,
    }


def full_record(row: SheetRow) -> dict[str, Any]:
    """`export_record` and everything else that is known of the page, as JSON values."""
    return export_record(row) | {
        "review_reasons": list(row.review_reasons),
        "failure": row.failure,
        "confidences": row.confidences.known(),
        "views": [
            {
                "title": view.title,
                "scale_text": view.scale_text,
                "scale_ratio": view.scale_ratio,
                "measured_ratio": view.measured_ratio,
            }
            for view in row.views
        ],
        "measurement": _measurement(row.measurement),
        "manual_calibration": row.manual
        and {"by": row.manual.by, "at": row.manual.at.isoformat(), "note": row.manual.note},
        "evidence": _boxes(row.evidence.boxes()),
        "engine": _plain(row.engine),
        "width_in": row.width_in,
        "height_in": row.height_in,
        "width_px": row.width_px,
        "height_px": row.height_px,
    }


def _measurement(measured: SheetMeasurement | None) -> dict[str, Any] | None:
    if measured is None:
        return None
    return {
        "ratio": measured.ratio,
        "spread": measured.spread,
        "print_factor": measured.print_factor,
        "cause": measured.cause,
        "proposed_ratio": measured.proposed_ratio,
        "lengths": [
            {"text": length.text, "ratio": length.ratio}
            | _boxes({"text_box": length.text_box, "line_box": length.line_box})
            for length in measured.lengths
        ],
    }


def _plain(word: str | None) -> str | None:
    return None if word is None else str(word)


def _boxes(boxes: Mapping[str, Box]) -> dict[str, dict[str, float]]:
    return {name: box.to_json() for name, box in boxes.items()}
