"""What becomes of a classification when somebody else has looked at the page too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, TypeVar

from docpipe_assets.classification.findings import Alternative, Classification, Finding
from docpipe_assets.vocabulary import ClassificationMethod

T = TypeVar("T")

_SURE: Final = 0.7
"""From this confidence on, what the rules read stands, and another reading is only recorded."""
_BOTH: Final = 0.95
"""Confidence in what both have read."""


def reconcile(rules: Classification, model: Classification) -> Classification:
    """The page as rules and model together have it.

    What both read is sure. What only one read, or what they read differently, is for a person to look at; the
    rules' reading stands where it was confident, and the other one is kept as an alternative.
    """
    reasons: list[str] = []
    number = _text(rules.sheet_number, model.sheet_number, "sheet number", reasons)
    title = _text(rules.sheet_title, model.sheet_title, "sheet title", reasons)
    discipline = _word(rules.discipline, model.discipline, "discipline", reasons)
    page_type = _word(rules.page_type, model.page_type, "page type", reasons)
    others = tuple(
        Alternative(field, other.value, other.confidence, other.box)
        for field, chosen, readings in (
            ("sheet_number", number, (rules.sheet_number, model.sheet_number)),
            ("sheet_title", title, (rules.sheet_title, model.sheet_title)),
        )
        for other in readings
        if other is not None and (chosen is None or not _same(other.value, chosen.value))
    )
    return replace(
        rules,
        sheet_number=number,
        sheet_title=title,
        discipline=discipline,
        page_type=page_type,
        alternatives=others + rules.alternatives,
        needs_review=bool(reasons),
        review_reasons=tuple(reasons),
        method=ClassificationMethod.VISION,
    )


def _text(
    rules: Finding[str] | None, model: Finding[str] | None, name: str, reasons: list[str]
) -> Finding[str] | None:
    if rules is None and model is None:
        return None
    if rules is None or model is None:
        found = rules or model
        reader = "the text" if rules else "the vision model"
        if found is not None and not (rules and found.confidence >= _SURE):
            reasons.append(f"Only {reader} gives the {name} {found.value}.")
        return found
    return _word(rules, model, name, reasons)


def _word(rules: Finding[T], model: Finding[T], name: str, reasons: list[str]) -> Finding[T]:
    if _same(rules.value, model.value):
        return replace(rules, confidence=max(rules.confidence, _BOTH), box=rules.box or model.box)
    reasons.append(f"The {name} reads {rules.value} by the text and {model.value} by the vision model.")
    return rules if rules.confidence >= _SURE or rules.confidence >= model.confidence else model


def _same(one: object, other: object) -> bool:
    def bare(value: object) -> str:
        return re.sub(r"[\W_]+", "", str(value)).upper()

    return bare(one) == bare(other)
