"""What is known of the scales on a page: notes in text, candidates, views, and the calibration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import prod
from typing import Any, Final, Self

from docpipe_assets.measuring import Measurement
from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import ScaleStatus


class NotationKind(StrEnum):
    """What a note says."""

    NUMERIC = "numeric"
    AS_NOTED = "as_noted"
    NOT_TO_SCALE = "not_to_scale"


class System(StrEnum):
    """The units that a ratio is written in."""

    IMPERIAL = "imperial"
    METRIC = "metric"


class Axis(StrEnum):
    """The direction that a scale holds in, where a note says so: profiles have two."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class Doubt(StrEnum):
    """Why a note may not be what it seems."""

    UNCUSTOMARY = "uncustomary"
    MISSING_MARK = "missing_mark"
    MISREAD_DIGIT = "misread_digit"
    GLUED_NUMBER = "glued_number"
    AMBIGUOUS_WHOLE = "ambiguous_whole"
    BARE_FRACTION = "bare_fraction"
    LENGTH_ALONE = "length_alone"
    SIZE_WORDS = "size_words"
    LOST_SIGNS = "lost_signs"


TRUST: Final = {
    Doubt.UNCUSTOMARY: 0.5,
    Doubt.MISSING_MARK: 0.85,
    Doubt.MISREAD_DIGIT: 0.85,
    Doubt.GLUED_NUMBER: 0.9,
    Doubt.AMBIGUOUS_WHOLE: 0.5,
    Doubt.BARE_FRACTION: 0.5,
    Doubt.LENGTH_ALONE: 0.5,
    Doubt.SIZE_WORDS: 0.6,
    Doubt.LOST_SIGNS: 0.6,
}
"""What each doubt leaves of the confidence in a note."""


@dataclass(frozen=True, slots=True)
class Notation:
    """One scale note, at `start` to `end` of the text it was found in.

    `ratio` is N of 1:N for a numeric note. `paper` is the sheet that the note says it holds on (`A1`,
    `24x36`). `labelled`: a word such as SCALE stands beside it. `weak`: a word such as VARIES, which is a
    note only beside a label. `in_words`: no digit was written (`one inch = one foot`).
    `without_whole` is the ratio if the whole number before the fraction belongs to a neighbour (`1 1/2" = 1'-0"`
    may be view 1 and `1/2" = 1'-0"`), and `gap` is the blank between the two.
    """

    start: int
    end: int
    text: str
    kind: NotationKind
    ratio: Fraction | None = None
    system: System | None = None
    paper: str | None = None
    axis: Axis | None = None
    labelled: bool = False
    weak: bool = False
    in_words: bool = False
    doubts: frozenset[Doubt] = frozenset()
    without_whole: Fraction | None = None
    gap: tuple[int, int] | None = None

    @property
    def confidence(self) -> float:
        """0 to 1: the product of what the doubts leave."""
        return prod(TRUST[doubt] for doubt in self.doubts)

    def settled(self, *, whole_is_ours: bool) -> Notation:
        """The note once geometry has told whether the whole number before its fraction belongs to it."""
        if self.gap is None:
            return self
        certain = replace(self, doubts=self.doubts - {Doubt.AMBIGUOUS_WHOLE}, without_whole=None, gap=None)
        if whole_is_ours:
            return certain
        cut = self.gap[1] - self.start
        return replace(certain, start=self.gap[1], text=self.text[cut:], ratio=self.without_whole)


class Where(StrEnum):
    """Where a note stands on its sheet."""

    VIEW_TITLE = "view_title"
    TITLE_BLOCK = "title_block"
    LABELLED = "labelled"
    LOOSE = "loose"


class Standing(StrEnum):
    """What became of a candidate, and why."""

    CHOSEN = "chosen"
    AGREES = "agrees"
    OTHER_SCALE = "other_scale"
    SUBSIDIARY_VIEW = "subsidiary_view"
    PICTORIAL_VIEW = "pictorial_view"
    VERTICAL = "vertical"
    OTHER_PAPER = "other_paper"
    GENERIC_BAR = "generic_bar"
    LISTED = "listed"
    NOT_A_NUMBER = "not_a_number"
    WEAK = "weak"


class Method(StrEnum):
    """Which notes a calibration rests on."""

    VIEWS_AND_TITLE_BLOCK = "views_and_title_block"
    VIEW_TITLES = "view_titles"
    DOMINANT_VIEWS = "dominant_views"
    TITLE_BLOCK = "title_block"
    LABELLED_NOTE = "labelled_note"
    LOOSE_NOTE = "loose_note"
    VISION_MODEL = "vision_model"
    MEASURED = "measured"
    NONE = "none"


class Review(StrEnum):
    """Why a person should look before anything is measured."""

    VIEWS_DIFFER = "views_differ"
    TITLE_BLOCK_DIFFERS = "title_block_differs"
    OTHER_NOTES_DIFFER = "other_notes_differ"
    LOOSE_NOTE_ONLY = "loose_note_only"
    DOUBTFUL_NOTE = "doubtful_note"
    DOUBTFUL_READING = "doubtful_reading"
    OTHER_PAPER = "other_paper"
    REDUCED_PRINT = "reduced_print"
    UNUSUAL_FOR_TYPE = "unusual_for_type"
    MOSTLY_NOT_TO_SCALE = "mostly_not_to_scale"
    NO_DRAWING_EXPECTED = "no_drawing_expected"
    AXES_DIFFER = "axes_differ"
    SUBSIDIARY_VIEW_ONLY = "subsidiary_view_only"
    AS_NOTED_WITHOUT_VIEWS = "as_noted_without_views"
    NO_SCALE_WRITTEN = "no_scale_written"
    PAPER_SIZE_ASSUMED = "paper_size_assumed"
    MODEL_DIFFERS = "model_differs"
    MODEL_ALONE = "model_alone"
    MEASURES_OTHERWISE = "measures_otherwise"
    VIEW_MEASURES_OTHERWISE = "view_measures_otherwise"
    SMALL_LETTERING = "small_lettering"
    LENGTHS_DO_NOT_FIT = "lengths_do_not_fit"
    SISTERS_REDUCED = "sisters_reduced"
    SCALE_PROPOSED = "scale_proposed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One note of the page, with its place and what became of it. `title` is its view's, if it has one."""

    text: str
    kind: NotationKind
    ratio: Fraction | None
    paper: str | None
    box: Box
    where: Where
    standing: Standing
    confidence: float
    doubts: tuple[Doubt, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "kind": self.kind.value,
            "ratio": _ratio_json(self.ratio),
            "paper": self.paper,
            "bounding_box": self.box.to_json(),
            "where": self.where.value,
            "standing": self.standing.value,
            "confidence": round(self.confidence, 3),
            "doubts": [doubt.value for doubt in self.doubts],
        }


@dataclass(frozen=True, slots=True)
class View:
    """One view of the sheet. `box` is around its title and scale note; `ratio` is `None` for NTS and AS NOTED.

    `measured_ratio` is what its dimensions measure, where enough of them can be told to be its own.
    """

    title: str
    number: str | None
    scale_text: str
    kind: NotationKind
    ratio: Fraction | None
    box: Box
    measured_ratio: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "number": self.number,
            "scale_text": self.scale_text,
            "kind": self.kind.value,
            "ratio": _ratio_json(self.ratio),
            "bounding_box": self.box.to_json(),
            "measured_ratio": None if self.measured_ratio is None else round(self.measured_ratio, 3),
        }


class Outcome(StrEnum):
    """What measuring a page said of its written scale."""

    CONFIRMED = "confirmed"
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    PROPOSED = "proposed"
    VIEWS_MEASURED = "views_measured"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Verification:
    """What the drawing measures beside what is written on it.

    `outcome`: `confirmed` by enough dimensions, `supported` by a few, `contradicted`, a scale `proposed` where none
    is written, the `views_measured` each for itself, or `unmeasured`. `print_factor` is the size of this print over
    that of the drawing which the written scale is for, where the two differ, and `cause` says in plain words what may
    have happened. `proposed_ratio` is the customary scale that a page without a written one measures.
    """

    outcome: Outcome
    measurement: Measurement
    print_factor: float | None = None
    cause: str | None = None
    proposed_ratio: Fraction | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome.value,
            "print_factor": None if self.print_factor is None else round(self.print_factor, 4),
            "cause": self.cause,
            "proposed_ratio": _ratio_json(self.proposed_ratio),
            "measurement": self.measurement.to_json(),
        }


@dataclass(frozen=True, slots=True)
class ClaimedNote:
    """A scale note as a vision model read it: a claim, until the page's own text confirms it.

    `box` is in pixels of the page image, None where the model did not place it. `ratio` is N of 1:N as docpipe
    reads the text, None where it is no single numeric note. `written` is around the same note in the page's
    text, None where that does not have it there.
    """

    text: str
    kind: NotationKind
    confidence: float
    box: Box | None
    ratio: Fraction | None = None
    written: Box | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "kind": self.kind.value,
            "confidence": round(self.confidence, 3),
            "bounding_box": self.box.to_json() if self.box else None,
            "ratio": _ratio_json(self.ratio),
            "confirmed": self.written is not None,
            "written_box": self.written.to_json() if self.written else None,
        }

    @classmethod
    def from_json(cls, claim: dict[str, Any]) -> Self:
        """The claim as the model made it, from its `to_json`; what docpipe made of it is not read back."""
        box = claim["bounding_box"]
        return cls(
            claim["text"],
            NotationKind(claim["kind"]),
            claim["confidence"],
            Box.from_json(box) if box else None,
        )


@dataclass(frozen=True, slots=True)
class ScaleCalibration:
    """What is written of a page's scale, and what the drawing measures.

    `ratio` is N of 1:N as written, or as proposed where nothing is written (`not_found`), and `pixels_per_foot` what
    follows for the page image; the latter is given only where `status` is `calibrated`. `box` is around the note
    that `scale_text` quotes. `claims` are what a vision model read, None where none was asked or it did not answer.
    `measured_ratio` is what the main drawing measures, and None where nothing could be measured well enough.
    """

    status: ScaleStatus
    scale_text: str | None = None
    ratio: Fraction | None = None
    pixels_per_foot: float | None = None
    box: Box | None = None
    method: Method = Method.NONE
    confidence: float = 0.0
    review: tuple[Review, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    views: tuple[View, ...] = ()
    claims: tuple[ClaimedNote, ...] | None = None
    measured_ratio: float | None = None
    verification: Verification | None = None

    @property
    def needs_review(self) -> bool:
        return bool(self.review)

    def to_json(self) -> dict[str, Any]:
        """Everything, with boxes in pixels and ratios as numbers beside their exact fractions."""
        return {
            "status": self.status.value,
            "scale_text": self.scale_text,
            "ratio": _ratio_json(self.ratio),
            "pixels_per_foot": self.pixels_per_foot,
            "bounding_box": self.box.to_json() if self.box else None,
            "method": self.method.value,
            "confidence": round(self.confidence, 3),
            "needs_review": self.needs_review,
            "review": [reason.value for reason in self.review],
            "candidates": [candidate.to_json() for candidate in self.candidates],
            "views": [view.to_json() for view in self.views],
            "claims": None if self.claims is None else [claim.to_json() for claim in self.claims],
            "measured_ratio": None if self.measured_ratio is None else round(self.measured_ratio, 3),
            "verification": self.verification.to_json() if self.verification else None,
        }


def _ratio_json(ratio: Fraction | None) -> dict[str, Any] | None:
    return None if ratio is None else {"value": float(ratio), "exact": str(ratio)}
