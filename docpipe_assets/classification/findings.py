"""What classification says of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import ClassificationMethod, Discipline, PageType

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """A value with the confidence in it (0 to 1), the box of its evidence in pixels, and why, in plain words."""

    value: T
    confidence: float
    box: Box | None
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "confidence": round(self.confidence, 3),
            "box": self.box.to_json() if self.box else None,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Alternative:
    """A runner-up for `field`, which is `sheet_number` or `sheet_title`."""

    field: str
    value: str
    confidence: float
    box: Box | None

    def to_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "value": self.value,
            "confidence": round(self.confidence, 3),
            "box": self.box.to_json() if self.box else None,
        }


@dataclass(frozen=True, slots=True)
class Classification:
    """A page's identity. A sheet number or title that the page does not carry is None."""

    sheet_number: Finding[str] | None
    sheet_title: Finding[str] | None
    discipline: Finding[Discipline]
    page_type: Finding[PageType]
    alternatives: tuple[Alternative, ...] = ()
    needs_review: bool = False
    review_reasons: tuple[str, ...] = ()
    method: ClassificationMethod = ClassificationMethod.RULES

    def to_json(self) -> dict[str, Any]:
        return {
            "sheet_number": self.sheet_number.to_json() if self.sheet_number else None,
            "sheet_title": self.sheet_title.to_json() if self.sheet_title else None,
            "discipline": self.discipline.to_json(),
            "page_type": self.page_type.to_json(),
            "method": self.method,
            "alternatives": [alternative.to_json() for alternative in self.alternatives],
            "needs_review": self.needs_review,
            "review_reasons": list(self.review_reasons),
        }
