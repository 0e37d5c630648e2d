"""Scales written as one length that equals another: `1/4" = 1'-0"`, `1" = 20'`, `1 CM = 1 M`, `1' = 1/8"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from docpipe_assets.scale.canonical import CanonicalText
from docpipe_assets.scale.context import Surroundings, around
from docpipe_assets.scale.customary import is_customary
from docpipe_assets.scale.lengths import Length, Measure, paper_length, real_length
from docpipe_assets.scale.values import Doubt, Notation, NotationKind, System

_EQUALS: Final = re.compile(r"=(?: ?=)?|(?<![A-Z])EQUALS?(?![A-Z])")
_EQUALS_AFTER_LABEL: Final = re.compile(
    r"""(?<=["'HN\d*°. ])(?:[:~]|-(?=\d')|(?<= )-(?= )|(?<= )TO(?= ))(?= ?[\dIL|!])"""
)
_LARGEST: Final = 10**6
_LEAST_UNMARKED: Final = 60
"""Inches: `1"=20` can only mean feet, `1"=1` could mean anything."""
_COLUMNS_APART: Final = 3
"""Blanks in a row that part columns of text rather than words."""


def equations(plain: CanonicalText) -> Iterator[Notation]:
    """Every scale of the form length = length."""
    for sign in _EQUALS.finditer(plain.text):
        yield from _equation(plain, sign, label_needed=False)
    for sign in _EQUALS_AFTER_LABEL.finditer(plain.text):
        yield from _equation(plain, sign, label_needed=True)


def _equation(plain: CanonicalText, sign: re.Match[str], *, label_needed: bool) -> Iterator[Notation]:
    left = paper_length(plain.text, sign.start())
    right = real_length(plain.text, sign.end()) if left else None
    if left is None or right is None:
        return
    near = around(plain.text, left.start, right.end)
    if (label_needed and not near.labelled_before) or near.slope or near.elsewhere:
        return
    ratio = _ratio(left, right, near)
    if ratio is None:
        return
    system = System.METRIC if left.measure is Measure.METRIC else System.IMPERIAL
    yield from _noted(plain, left, right, near, ratio, system)


def _ratio(left: Length, right: Length, near: Surroundings) -> Fraction | None:
    """N of 1:N; `None` where the two lengths make no scale."""
    if not left.value or not right.value:
        return None
    ratio = right.value / left.value
    told = near.labelled or near.alone
    match left.measure, right.measure:
        case Measure.INCHES, Measure.FEET:
            holds = ratio != 1 or near.labelled
        case Measure.METRIC, Measure.METRIC:
            holds = told
        case Measure.FEET, Measure.INCHES:
            ratio = 1 / ratio
            holds = ratio != 1 and is_customary(ratio, System.IMPERIAL)
        case Measure.INCHES, Measure.INCHES:
            holds = near.labelled and left.marked and is_customary(ratio, System.IMPERIAL)
        case Measure.INCHES, Measure.NONE:
            holds = (
                told
                and left.marked
                and right.value >= _LEAST_UNMARKED
                and is_customary(ratio, System.IMPERIAL)
            )
        case Measure.NONE, Measure.FEET:
            holds = near.labelled_before and is_customary(ratio, System.IMPERIAL)
        case _:
            holds = False
    return ratio if holds else None


def _noted(
    plain: CanonicalText, left: Length, right: Length, near: Surroundings, ratio: Fraction, system: System
) -> Iterator[Notation]:
    doubts = set()
    if not (left.marked and right.marked):
        doubts.add(Doubt.MISSING_MARK)
    if left.misread or right.misread:
        doubts.add(Doubt.MISREAD_DIGIT)
    start, without_whole, gap = left.start, None, None
    blank = plain.written(*left.gap) if left.gap else ""
    if (
        left.without_whole
        and not near.labelled_before
        and not left.hyphenated
        and not blank.strip(" -\u00a0")
    ):
        alone = ratio * left.value / left.without_whole
        cut = left.gap[1] if left.gap else left.start
        apart = blank.isspace() and len(blank) >= _COLUMNS_APART
        if is_customary(alone, system) and (apart or not is_customary(ratio, system)):
            start, ratio = cut, alone
            doubts.add(Doubt.GLUED_NUMBER)
        elif is_customary(alone, system):
            doubts.add(Doubt.AMBIGUOUS_WHOLE)
            if left.gap:
                without_whole, gap = alone, (plain.ends[left.gap[0] - 1], plain.starts[left.gap[1]])
    if not 1 <= ratio <= _LARGEST:
        return
    if not is_customary(ratio, system):
        if Doubt.MISREAD_DIGIT in doubts or Doubt.MISSING_MARK in doubts:
            return
        doubts.add(Doubt.UNCUSTOMARY)
    yield numeric(plain, start, right.end, ratio, system, near, doubts, without_whole=without_whole, gap=gap)


def numeric(
    plain: CanonicalText,
    start: int,
    end: int,
    ratio: Fraction,
    system: System | None,
    near: Surroundings,
    doubts: set[Doubt],
    *,
    without_whole: Fraction | None = None,
    gap: tuple[int, int] | None = None,
) -> Notation:
    """A numeric note at canonical `start` to `end`, with the paper, axis and label that stand beside it."""
    mark_needed = system is not System.METRIC
    paper = near.paper_before(mark_needed=mark_needed)
    if paper is None and (after := near.paper_after(mark_needed=mark_needed)):
        paper = after[0]
        end += after[1]
    first, last = plain.original_span(start, end)
    written = plain.original[first:last].rstrip()
    return Notation(
        first,
        first + len(written),
        written,
        NotationKind.NUMERIC,
        ratio,
        system,
        paper,
        near.axis,
        labelled=near.labelled or near.short_labelled,
        in_words=not any(c.isdigit() for c in written),
        doubts=frozenset(doubts),
        without_whole=without_whole,
        gap=gap,
    )
