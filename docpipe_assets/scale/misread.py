"""What a poor print leaves of a scale note beside its label: the digits without some of the signs.

`SCALE: 14° 1 0°` was `1/4" = 1'-0"`, and `SKALA 1100` was `1:100`. The digits alone tell which of the customary
scales is meant; where they could mean two, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from docpipe_assets.scale.canonical import CanonicalText
from docpipe_assets.scale.context import around
from docpipe_assets.scale.customary import ARCHITECTURAL_INCHES, IMPERIAL_RATIOS, METRIC_RATIOS
from docpipe_assets.scale.equations import numeric
from docpipe_assets.scale.lengths import LOOK_ALIKES
from docpipe_assets.scale.values import Doubt, Notation, System
from docpipe_assets.scale.words import LABEL, MISREAD_LABEL

_SIGNS: Final = r"""[-/:"'*°^~=.,·&<>+_ ]"""
_AFTER_LABEL: Final = re.compile(
    rf"(?:{LABEL}|{MISREAD_LABEL})[ .:=-]{{0,3}}(?P<note>[\dIL|!](?:[\dOIL|!]|{_SIGNS}){{3,20}})(?![A-Z\d])"
)
_DATE: Final = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1(?:19|20)?\d\d")
_LEAST_RATIO: Final = 5


def _digits_of_inches() -> dict[str, Fraction]:
    """The digits of each architectural scale with a fraction, `1410` for 1/4" = 1'-0", and its N of 1:N."""
    digits = {}
    for inches in ARCHITECTURAL_INCHES:
        if inches.denominator > 1:
            whole, over = divmod(inches.numerator, inches.denominator)
            digits[f"{whole or ''}{over}{inches.denominator}10"] = 12 / inches
    return digits


_IMPERIAL: Final = _digits_of_inches()
_METRIC: Final = {
    f"1{ratio}": ratio
    for ratio in METRIC_RATIOS
    if ratio >= _LEAST_RATIO
    and Fraction(f"1{ratio}") not in METRIC_RATIOS | IMPERIAL_RATIOS
    and Fraction(str(ratio)[1:] or 0) not in METRIC_RATIOS
}
"""Without those that could be two: 1250 may be 1:250 or the end of 1:1250, and 1150 may be 1/50 or 1:150."""


def lost_signs(plain: CanonicalText) -> Iterator[Notation]:
    """Every note that is told by its label and its digits."""
    for found in _AFTER_LABEL.finditer(plain.text):
        note = found["note"].rstrip(" -.,:=")
        digits = re.sub(r"\D", "", note.translate(LOOK_ALIKES))
        imperial, metric = _IMPERIAL.get(digits), _METRIC.get(note)
        ratio = imperial or metric
        if ratio is None or _DATE.fullmatch(note):
            continue
        start, end = found.start("note"), found.start("note") + len(note)
        near = around(plain.text, start, end)
        if near.elsewhere:
            continue
        system = System.IMPERIAL if imperial else System.METRIC
        yield numeric(plain, start, end, ratio, system, near, {Doubt.LOST_SIGNS})
