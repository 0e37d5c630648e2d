"""The two sides of a scale equation: a length on paper and the length it stands for.

Patterns work on the canonical spelling. Digits may be misread by OCR: `I`, `l`, `|` and `!` for 1, `O` for 0, and
within a number `Z`, `A`, `S`, `G`, `B` for 2, 4, 5, 6, 8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from docpipe_assets.scale.customary import INCHES_PER_MILE
from docpipe_assets.scale.words import TIGHT_LABEL

WINDOW: Final = 48
"""Characters looked at on either side of a sign: no written length is longer."""

ONE: Final = r"[1IL|!]"
_DIGIT: Final = r"[\dOIL|!]"
LOOK_ALIKES: Final = str.maketrans("OQDIL|!ZASGB", "000111124568")
_INCH: Final = r"""(?:"|' '|INCH(?:ES)?(?![A-Z])|INS?\.?(?![A-Z]))"""
_FOOT: Final = r"(?:'|FEET(?![A-Z])|FOOT(?![A-Z])|F\.?T\.?(?![A-Z]))"
_METRIC: Final = r"(?:MM|CM|KM|M|MET(?:RE|ER)S?)(?![A-Z])"
_FRACTION: Final = rf"(?P<over>{_DIGIT}{{1,3}}) ?/ ?(?P<under>[\dOIL|!ZASGB]{{1,3}})"
_EDGE: Final = rf"(?:{TIGHT_LABEL}|(?<![\w.,/'\"|!]))"

_ON_PAPER: Final = re.compile(
    rf"(?:{_EDGE}(?P<whole>\d{{1,5}}|{ONE})(?P<join> ?- ?| ))?"
    rf"(?:(?<![\w.,/])|{TIGHT_LABEL}){_FRACTION} ?(?P<mark>{_INCH}|['*^°~])? ?$"
    rf"|{_EDGE}(?P<number>\d{{0,4}}\.\d{{1,4}}|\d{{1,5}}|{ONE}) ?(?P<unit>{_INCH}|{_METRIC})? ?$"
)
_FEET_ON_LEFT: Final = re.compile(rf"{_EDGE}(?P<feet>\d{{1,6}}|{ONE}) ?{_FOOT}(?: ?-? ?[0O] ?{_INCH}?)? ?$")
_ZERO: Final = r"[0OQD]"
_NO_INCHES: Final = rf"(?: ?[-._~]{{0,2}} ?{_ZERO}{{1,2}}(?![\d./O])(?: ?(?P<closed>{_INCH}|['*^°]))?)?"
_STANDS_FOR: Final = re.compile(
    rf" ?(?:"
    rf"(?P<feet>\d{{1,3}}(?:,\d{{3}})+|(?:\d|{ONE}){_DIGIT}{{0,5}}(?:\.\d{{1,2}})?)"
    rf"(?: ?{_FOOT}{_NO_INCHES}|(?P<lost> ?[\"*^°~]? ?- ?{_ZERO}(?![\d./O]) ?(?:{_INCH}|')?))"
    rf"|(?P<tee>T) ?- ?{_ZERO} ?{_INCH}"
    rf"|(?P<miles>(?:\d{{1,3}}|{ONE})(?:\.\d{{1,2}})?) ?MI(?:LES?)?(?![A-Z])"
    rf"|(?P<metric>\d{{1,5}}(?:[.,]\d{{1,3}})?|{ONE}) ?(?P<unit>{_METRIC})"
    rf"|(?P<inches>(?:(?P<whole>\d{{1,2}}) ?[- ] ?)?{_FRACTION}|\d{{1,3}}|{ONE}) ?{_INCH}"
    rf"|(?P<bare>\d{{1,4}})(?![A-Z%]))"
)
_GOES_ON: Final = re.compile(
    rf" ?-? ?\d{{1,3}}(?: ?- ?\d{{1,2}}| \d{{1,2}})?(?: ?/ ?\d{{1,3}})? ?{_INCH}(?! ?=)| ?-\d|[.,:/]?\d|/"
)
_COUNTED: Final = re.compile(
    r"""(?:['"]-|(?<!\d\d)\d-|[+±]|[\d"'] ?=|[\d"'] ?[X*/]"""
    r"|(?:\d|(?<![A-Z])(?:EQ|EQUAL|SP|SPACES?|RISERS?|R|TREADS?|T|OC|TYP))\.? ?(?:@|AT|BY|X)) ?$"
)

INCH_PARTS: Final = frozenset({2, 4, 8, 16, 32, 64})

_MILLIMETRES: Final = {"MM": 1, "CM": 10, "M": 1000, "KM": 1000000}


class Measure(StrEnum):
    """The unit that a length is written in."""

    INCHES = "inches"
    FEET = "feet"
    METRIC = "metric"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Length:
    """A length in inches (imperial) or millimetres (metric), at `start` to `end` of the canonical text.

    `without_whole` is the length read without the whole number before its fraction, which may belong to
    a neighbour; `gap` is the blank between the two, `None` where they run together (`11/2"`). `marked` tells
    whether its own unit mark is there, `misread` whether letters were read as digits.
    """

    value: Fraction
    measure: Measure
    start: int
    end: int
    marked: bool = True
    misread: bool = False
    hyphenated: bool = False
    without_whole: Fraction | None = None
    gap: tuple[int, int] | None = None


def _number(written: str) -> Fraction:
    return Fraction(written.replace(",", "").translate(LOOK_ALIKES) or "0")


def _misread(written: str) -> bool:
    return any(ord(c) in LOOK_ALIKES for c in written)


def _metric_unit(unit: str) -> int:
    return _MILLIMETRES.get(unit, 1000)


def paper_length(text: str, end: int) -> Length | None:
    """The length that ends at `end`, read as the paper's side (or as the other side, when in feet)."""
    begin = max(0, end - WINDOW)
    window = text[begin:end]
    window = window[window.rfind("\n") + 1 :]
    begin = end - len(window)
    if feet := _FEET_ON_LEFT.search(window):
        if feet["feet"] and not _after_dimension(window, feet.start()):
            return Length(
                _number(feet["feet"]) * 12,
                Measure.FEET,
                begin + feet.start(),
                end,
                misread=_misread(feet["feet"]),
            )
        return None
    found = _ON_PAPER.search(window)
    if not found or _after_dimension(window, found.start()):
        return None
    if found["number"]:
        unit = found["unit"] or ""
        value = _number(found["number"])
        if re.fullmatch(_METRIC, unit):
            return Length(value * _metric_unit(unit), Measure.METRIC, begin + found.start(), end)
        return Length(
            value,
            Measure.INCHES if unit else Measure.NONE,
            begin + found.start(),
            end,
            bool(unit),
            _misread(found["number"]),
        )
    return _fraction(found, begin, end)


def _fraction(found: re.Match[str], begin: int, end: int) -> Length | None:
    over, under = found["over"], _number(found["under"])
    if under not in INCH_PARTS:
        return None
    marked = bool(found["mark"]) and re.fullmatch(_INCH, found["mark"]) is not None
    misread = _misread(over + found["under"])
    if whole := found["whole"]:
        part = _number(over) / under
        return Length(
            _number(whole) + part,
            Measure.INCHES,
            begin + found.start(),
            end,
            marked,
            misread or _misread(whole),
            found["join"] == "-",
            part,
            (begin + found.end("whole"), begin + found.start("over")),
        )
    if _number(over) < under:
        return Length(_number(over) / under, Measure.INCHES, begin + found.start(), end, marked, misread)
    for cut in range(1, len(over)):
        part = _number(over[cut:]) / under
        if 0 < part < 1:
            start = begin + found.start()
            return Length(
                _number(over[:cut]) + part, Measure.INCHES, start, end, marked, misread, without_whole=part
            )
    return None


def _after_dimension(window: str, start: int) -> bool:
    """Whether what stands before makes the length part of a dimension or of a count (`5'-1/4"`, `3 @ 4"`)."""
    return _COUNTED.search(window[:start]) is not None


def real_length(text: str, start: int) -> Length | None:
    """The length that begins at `start`, read as the one that the paper's length stands for."""
    window = text[start : start + WINDOW].split("\n", 1)[0]
    found = _STANDS_FOR.match(window)
    if not found or (not found["closed"] and _GOES_ON.match(window, found.end())):
        return None
    end = start + found.end()
    if feet := found["feet"]:
        lost = found["lost"] is not None
        return Length(_number(feet) * 12, Measure.FEET, start, end, not lost, _misread(feet))
    value, measure = _other_length(found)
    unmarked = measure is Measure.NONE
    misread = found["tee"] is not None or _misread(found["inches"] or "")
    return Length(value, measure, start, end, not unmarked, misread) if value else None


def _other_length(found: re.Match[str]) -> tuple[Fraction, Measure]:
    """The value in inches, or millimetres, of a length that is not in feet."""
    if found["tee"]:
        return Fraction(12), Measure.FEET
    if miles := found["miles"]:
        return _number(miles) * INCHES_PER_MILE, Measure.FEET
    if metric := found["metric"]:
        return _number(metric.replace(",", ".")) * _metric_unit(found["unit"]), Measure.METRIC
    if found["under"]:
        under = _number(found["under"])
        part = _number(found["over"]) / under if under else Fraction(0)
        return _number(found["whole"] or "0") + part, Measure.INCHES
    if inches := found["inches"]:
        return _number(inches), Measure.INCHES
    return _number(found["bare"]) * 12, Measure.NONE
