"""Scales written as a ratio or a fraction: `1:100`, `1 : 100 @ A1`, `ESC. 1/50`, `1/48th scale`, `SCALE 2:1`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from docpipe_assets.scale.canonical import CanonicalText
from docpipe_assets.scale.context import Surroundings, around
from docpipe_assets.scale.customary import IMPERIAL_RATIOS, METRIC_RATIOS
from docpipe_assets.scale.equations import numeric
from docpipe_assets.scale.lengths import ONE
from docpipe_assets.scale.values import Doubt, Notation, System

_GROUPED: Final = r"\d{1,3}(?:[ .,']\d{3}){1,2}(?![\d])"
_N: Final = rf"(?P<grouped>{_GROUPED})|(?P<plain>\d{{1,6}}(?:[.,]\d{{1,2}}(?!\d))?(?![OIL|!]))|(?P<misread>(?=[OIL|!]*\d)[\dOIL|!]{{1,6}})"
_RATIO: Final = re.compile(
    rf"(?<!\d)(?P<one>{ONE}) ?(?P<sign>:|;|/|(?<= )TO(?= )) ?(?:{_N})(?P<ordinal>(?:TH|ST|ND|RD|EME|E)(?![A-Z]))?"
)
_ENLARGED: Final = re.compile(r"(?<![\w.,:/])(?P<n>\d{1,2}) ?: ?1(?![\w:/'\"%]|[.,]\d)")

_GOES_ON: Final = re.compile(r""" ?:|/|[.,;]\d|['"%°\d]| ?(?:"|' |'$)|(?![AB][0-4])[A-Z]|-\d|=""")
_GLUED: Final = re.compile(r"""[\w.,:;/\-+@#$°'"|!*=&<>~]$""")
_INCH_FRACTIONS: Final = frozenset({2, 4, 8, 16, 32, 64})
_LEAST_BARE: Final = 20
_LEAST_ALONE: Final = 50
"""`1/20` alone on a line is page 1 of 20 sooner than a scale."""
_LOOK_ALIKES: Final = str.maketrans("OIL|!", "01111")


def ratios(plain: CanonicalText) -> Iterator[Notation]:
    """Every scale of the form 1:N or 1/N, and N:1 beside a label."""
    for found in _overlapping(_RATIO, plain.text):
        near = around(plain.text, found.start(), found.end())
        if not _GOES_ON.match(near.after) and not near.clock and not near.elsewhere:
            yield from (_fraction if found["sign"] == "/" else _ratio)(plain, found, near)
    for found in _ENLARGED.finditer(plain.text):
        near = around(plain.text, found.start(), found.end())
        if near.labelled_before and found["n"] not in {"0", "1"}:
            ratio = Fraction(1, int(found["n"]))
            yield numeric(plain, found.start(), found.end(), ratio, System.METRIC, near, set())


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that may begin inside one another: in `A1: 1:100` the first `1:` is no ratio."""
    at = 0
    while found := pattern.search(text, at):
        yield found
        at = found.start() + 1


def _ratio(plain: CanonicalText, found: re.Match[str], near: Surroundings) -> Iterator[Notation]:
    labelled = near.labelled or near.short_labelled
    if not labelled and (_GLUED.search(near.before) or near.slope or near.mix or found["sign"] != ":"):
        return
    if found["sign"] != ":" and not near.labelled_before:
        return
    value, doubts = _value(found)
    if value is None or found["ordinal"]:
        return
    customary = value in METRIC_RATIOS or value in IMPERIAL_RATIOS
    if found["sign"] == ";":
        doubts.add(Doubt.MISREAD_DIGIT)
    if not labelled:
        paper = near.paper_before or near.paper_after(mark_needed=False)
        placed = (
            paper
            or near.alone
            or near.view_before
            or (near.ends_line and value in METRIC_RATIOS and value >= 10)
        )
        if not placed or (near.sentence and not paper) or value.denominator != 1:
            return
        customary = value in METRIC_RATIOS
    if not customary:
        if Doubt.MISREAD_DIGIT in doubts:
            return
        doubts.add(Doubt.UNCUSTOMARY)
    yield numeric(plain, found.start(), found.end(), value, _system(value), near, doubts)


def _fraction(plain: CanonicalText, found: re.Match[str], near: Surroundings) -> Iterator[Notation]:
    """`1/N` is a scale beside a label; without one it may be a part of an inch, a date or a page of pages."""
    value, doubts = _value(found)
    if value is None or value.denominator != 1:
        return
    labelled = near.labelled or (near.short_labelled and value >= 10)
    if labelled:
        if _GLUED.search(near.before) and not near.labelled_before and not near.short_labelled:
            return
        if near.english and value in _INCH_FRACTIONS:
            return
        if value not in METRIC_RATIOS and value not in IMPERIAL_RATIOS:
            doubts.add(Doubt.UNCUSTOMARY)
    else:
        placed = near.ends_line and (value >= _LEAST_ALONE if near.alone else near.view_before)
        bare = value in METRIC_RATIOS and value >= _LEAST_BARE and not doubts and not found["ordinal"]
        if not (bare and placed) or near.slope or near.mix or _GLUED.search(near.before) or near.sentence:
            return
        doubts.add(Doubt.BARE_FRACTION)
    yield numeric(plain, found.start(), found.end(), value, _system(value), near, doubts)


def _value(found: re.Match[str]) -> tuple[Fraction | None, set[Doubt]]:
    doubts = {Doubt.MISREAD_DIGIT} if found["one"] != "1" or found["misread"] else set()
    if grouped := found["grouped"]:
        value = Fraction(re.sub(r"\D", "", grouped))
        if " " in grouped and value not in METRIC_RATIOS:
            return None, doubts
    else:
        written = (found["plain"] or found["misread"]).replace(",", ".")
        value = Fraction(written.translate(_LOOK_ALIKES))
    return (value if value else None), doubts


def _system(value: Fraction) -> System:
    return System.IMPERIAL if value in IMPERIAL_RATIOS and value not in METRIC_RATIOS else System.METRIC
