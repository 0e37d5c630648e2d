"""Scales written as a ratio or a fraction: `1:100`, `1 : 100 @ A1`, `ESC. 1/50`, `1/48th scale`, `SCALE 2:1`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from docpipe_assets.scale.canonical import CanonicalText
from docpipe_assets.scale.context import Surroundings, around
from docpipe_assets.scale.customary import ARCHITECTURAL_INCHES, IMPERIAL_RATIOS, METRIC_RATIOS
from docpipe_assets.scale.equations import numeric
from docpipe_assets.scale.lengths import INCH_PARTS, LOOK_ALIKES, ONE
from docpipe_assets.scale.values import Doubt, Notation, System

_GROUPED: Final = r"\d{1,3}(?:[ .,']\d{3}){1,2}(?!\d)"
_PLAIN: Final = r"\d{1,6}(?!\d)(?:[.,]\d{1,2}(?!\d))?(?![OQDIL|!ZSB])"
_PARTED: Final = r"\d{1,4} 0{1,3}(?! ?[:/]|[\w.,])"
_MISREAD: Final = r"(?=[OQDIL|!ZSB]*\d)[\dOQDIL|!ZSB]{1,6}"
_ORDINAL: Final = r"(?:TH|ST|ND|RD|EME|E)(?![A-Z])|(?<=/\d\d)°|(?<=/\d\d\d)°"
_RATIO: Final = re.compile(
    rf"(?<!\d)(?P<one>{ONE}) ?(?P<sign>[:;/]|(?<= )TO(?= )) ?"
    rf"(?:(?P<grouped>{_GROUPED})|(?P<parted>{_PARTED})|(?P<plain>{_PLAIN})|(?P<misread>{_MISREAD}))(?P<ordinal>{_ORDINAL})?"
)
_ENLARGED: Final = re.compile(r"(?<![\w.,:/])(?P<n>[2-9]|\d\d) ?: ?1(?![\w:/'\"%]|[.,]\d)")

_GOES_ON: Final = re.compile(r""" ?:|/(?!1 ?:|[AB][0-4])|[.,;]\d|['"%°\d]| ["']|(?![AB][0-4])[A-Z]|-\d|=""")
_GLUED: Final = re.compile(r"""[\w.,:;/\-+@#$°'"|!*=&<>~]$""")
_AFTER_RATIO: Final = re.compile(r"(?<!\d)1 ?: ?\d{1,5} ?[/,] ?$")

_SELF_EVIDENT: Final = METRIC_RATIOS | {
    12 / inches for inches in ARCHITECTURAL_INCHES if inches <= Fraction(1, 2)
}
"""What may stand without a label: `1:12` alone is a ramp sooner than a scale."""
_LEAST_UNTITLED: Final = 10
_LEAST_BARE: Final = 20
_LEAST_ALONE: Final = 50
"""`1/20` alone on a line is page 1 of 20 sooner than a scale."""


def ratios(plain: CanonicalText) -> Iterator[Notation]:
    """Every scale of the form 1:N or 1/N, and N:1 beside a label."""
    for found in _overlapping(_RATIO, plain.text):
        near = around(plain.text, found.start(), found.end())
        if not _GOES_ON.match(near.after) and not near.clock and not near.elsewhere:
            yield from (_fraction if found["sign"] == "/" else _ratio)(plain, found, near)
    for found in _ENLARGED.finditer(plain.text):
        near = around(plain.text, found.start(), found.end())
        if near.labelled_before:
            ratio = Fraction(1, int(found["n"]))
            yield numeric(plain, found.start(), found.end(), ratio, System.METRIC, near, set())


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that may begin inside one another: in `A1: 1:100` the first `1:` is no ratio."""
    at = 0
    while found := pattern.search(text, at):
        yield found
        at = found.start() + 1


def _ratio(plain: CanonicalText, found: re.Match[str], near: Surroundings) -> Iterator[Notation]:
    value, doubts = _value(found)
    if value is None or found["ordinal"] or (found["sign"] != ":" and not near.labelled_before):
        return
    if found["sign"] == ";":
        doubts.add(Doubt.MISREAD_DIGIT)
    if near.labelled or near.short_labelled:
        customary = value in METRIC_RATIOS or value in IMPERIAL_RATIOS
    elif not _may_stand_alone(value, near):
        return
    else:
        customary = value in _SELF_EVIDENT
    if not customary:
        if Doubt.MISREAD_DIGIT in doubts:
            return
        doubts.add(Doubt.UNCUSTOMARY)
    yield numeric(plain, found.start(), found.end(), value, _system(value), near, doubts)


def _may_stand_alone(value: Fraction, near: Surroundings) -> bool:
    """Whether `1:N` without a label is a scale, by what stands around it."""
    glued = _GLUED.search(near.before) and not _AFTER_RATIO.search(near.before)
    if glued or near.slope or near.mix or value.denominator != 1:
        return False
    if near.paper_before(mark_needed=False) or near.paper_after(mark_needed=False):
        return True
    if near.sentence or near.trailing or (value not in _SELF_EVIDENT and not near.alone):
        return False
    ends_title = near.ends_line and value >= _LEAST_UNTITLED
    return near.alone or near.view_before or near.titles or ends_title


def _fraction(plain: CanonicalText, found: re.Match[str], near: Surroundings) -> Iterator[Notation]:
    """`1/N` is a scale beside a label; without one it may be a part of an inch, a date or a page of pages."""
    value, doubts = _value(found)
    if value is None or value.denominator != 1:
        return
    if near.labelled or (near.short_labelled and value >= _LEAST_UNTITLED):
        directly = near.labelled_before or near.short_labelled
        if (_GLUED.search(near.before) and not directly) or (near.english and value in INCH_PARTS):
            return
        if value not in METRIC_RATIOS and value not in IMPERIAL_RATIOS:
            doubts.add(Doubt.UNCUSTOMARY)
    else:
        titled = (near.ends_line and near.view_before) or near.titles
        placed = titled if value < _LEAST_ALONE else titled or near.alone
        bare = value in METRIC_RATIOS and value >= _LEAST_BARE and not doubts and not found["ordinal"]
        if not (bare and placed) or near.slope or near.mix or near.sentence or _GLUED.search(near.before):
            return
        doubts.add(Doubt.BARE_FRACTION)
    yield numeric(plain, found.start(), found.end(), value, _system(value), near, doubts)


def _value(found: re.Match[str]) -> tuple[Fraction | None, set[Doubt]]:
    misread = found["one"] != "1" or found["misread"] or found["parted"]
    doubts = {Doubt.MISREAD_DIGIT} if misread else set()
    if grouped := found["grouped"]:
        value = Fraction(re.sub(r"\D", "", grouped))
        if " " in grouped and value not in METRIC_RATIOS:
            return None, doubts
    else:
        written = found["plain"] or found["misread"] or found["parted"].replace(" ", "")
        written = written.replace(",", ".")
        value = Fraction(written.translate(LOOK_ALIKES))
    return (value or None), doubts


def _system(value: Fraction) -> System:
    return System.IMPERIAL if value in IMPERIAL_RATIOS and value not in METRIC_RATIOS else System.METRIC
