"""Dimension texts: the lengths that are written along dimension lines, in every customary spelling.

`12'-6"`, `12'-6 1/2"`, `6 1/2"`, `12'`, `125.00'`, `N 89°12'30" E 125.00'`, `3600`, `3 600`, `3.60`, `3,60`,
`.15`, `360 cm`. What is written beside a length to make it something else (a height, a radius, a bore, the size of
a door or of a board) makes it no dimension.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final


class Family(StrEnum):
    """What the number of a dimension counts. Of bare numbers only the drawing can tell."""

    INCHES = "inches"
    MILLIMETRES = "millimetres"
    WHOLE = "whole"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Length:
    """A length at `start` to `end` of its text: `value` in what its `family` counts, give or take `slack`.

    `bearing`: a compass bearing stands before it, so it is the side of a plot.
    """

    start: int
    end: int
    value: float
    family: Family
    slack: float
    bearing: bool = False


_LONGEST_TEXT: Final = 60
_LARGEST: Final = {Family.INCHES: 60000.0, Family.MILLIMETRES: 2e6, Family.WHOLE: 1e6, Family.DECIMAL: 5000.0}

_SPELLING: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u2032\u00b4`\u02b9\u02bc\u055a\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u02ba\u3003\uff02\u00a8", '"'),
        **dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"),
        **dict.fromkeys("\u2044\u2215\uff0f", "/"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\t", " "),
        "\u00ba": "\u00b0",
    }
)
_VULGAR: Final = {
    "\u00bd": (1, 2), "\u00bc": (1, 4), "\u00be": (3, 4), "\u215b": (1, 8), "\u215c": (3, 8), "\u215d": (5, 8),
    "\u215e": (7, 8), "\u2153": (1, 3), "\u2154": (2, 3),
}  # fmt: skip
_MISREAD: Final = re.compile(
    r"(?<=[\d'\-/ ])[IlL|!](?=[\d'\"\-/ ])|(?<![A-Za-z])[IlL|!](?=\d)|(?<=\d)[IlL|!](?=['\"])"
)
_LETTER_O: Final = re.compile(r"(?<=[\d'\-.])[oO](?=[\d'\".]|$)")

_BEARING: Final = re.compile(
    r"[NS]\s?\d{1,2}\s?[\u00b0\u2022'dD*\u02da ]\s?-?\s?\d{1,2}\s?['\"\u00b0]?\s?-?\s?"
    r"(?:\d{1,2}(?:\.\d+)?\s?[\"']{0,2})?\s?[EWO](?![A-Za-z])"
)
_FRACTION: Final = r"\d{1,4}\s?/\s?\d{1,3}"
_FEET: Final = re.compile(
    rf"""(?<![\d.,/'"])(?P<feet>\d{{1,4}})\s?'\s?-?\s?(?P<inches>\d{{1,2}}(?:\.\d+)?)?
    (?:(?(inches)[\s-]{{0,2}}|)(?P<part>{_FRACTION}))?\s?(?P<mark>"|'')?(?![\d'/])""",
    re.VERBOSE,
)
_FEET_ALONE: Final = re.compile(
    r"""(?<![\d,/'"-])(?P<feet>\d{1,4}(?:,\d{3})?(?:\.\d{1,3})?)\s?(?:'|(?:FT|FEET|ft|feet)\b\.?)(?![\d'"]|\s?-?\s?\d)"""
)
_FEET_UNMARKED: Final = re.compile(
    rf"""(?<![\d.,/'"])(?P<feet>\d{{1,3}})\s?-\s?(?P<inches>\d{{1,2}})(?:[\s-]{{0,2}}(?P<part>{_FRACTION}))?\s?(?P<mark>")"""
)
_INCHES: Final = re.compile(
    rf"""(?<![\d.,/'"-])(?:(?P<inches>\d{{1,3}}(?:\.\d+)?)(?:[\s-]{{1,2}}(?P<part>{_FRACTION}))?|(?P<only>{_FRACTION}))\s?"(?!\d)"""
)
_HALVINGS: Final = frozenset({2, 4, 8, 16, 32, 64})

_NUMBER: Final = r"(?:\d{1,3}(?: \d{3})+|\d{1,6}(?:[.,]\d{1,3})?|[.,]\d{2,3})"
_METRIC: Final = re.compile(
    rf"(?<![\d.,/\w+-])(?P<number>{_NUMBER})\s?(?P<unit>mm|MM|cm|CM|m|M)(?![\w\u00b2\u00b3/.'\"])"
)
_METRIC_UNITS: Final = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
_BARE: Final = re.compile(rf"(?<!\S)(?P<number>{_NUMBER})(?!\S)")
_ALL_BARE: Final = re.compile(rf"\s*{_NUMBER}(?:\s+{_NUMBER})*\s*")
_AROUND_BARE: Final = re.compile(
    r"^\s*(?:[(\[]|[=±]|\+/-|\d+\s?@\s?\d+\s?=)|[)\]]\s*$|[(]?(?:TYP|CLR|CLEAR|NOM|VIF|O/A|TOTAL|C/C|CTRS|CRS)\.?[)]?\s*$"
)
"""What may stand around a bare number without making it anything else."""
_SPACES: Final = re.compile(r"\d+\s?(?:EQ\.?\s?)?(?:SPA(?:CES)?\.?\s?|SP\.?\s?)?@.*=\s*$")
"""So many spaces of some length, before what they come to."""

_OTHER_BEFORE: Final = re.compile(
    r"(?:[@#\u2205\u00d8\u00f8\u2300\u2220xX*=:<>+]|\bEL(?:EV)?\.?|\bLEVEL|\bLVL|\b[TB]\.?O\.?[A-Z]{0,2}\.?|\bDIA\.?|\bRAD(?:IUS)?\.?"
    r"|\b[RLCD]\.?|\bCH\.?|\bARC|\bDELTA|\bSLOPE|\bPITCH|\bAREA|\bMAX\.?|\bMIN\.?|\bHT\.?|\bFFE|\bFFL|\bSSL|\bTOW"
    r"|\bNO\.?|\bDN|\bUP|\bSCALE|\bH\.?)\s*[.:=]?\s*-?\s*$"
)
_OTHER_AFTER: Final = re.compile(
    r"^\s*(?:[=xX*@:\u00b0\u00b2\u00b3\u2205\u00d8]|O\.?C|C/C|CTRS|CENT|DIA|RAD|\bR\b|THICK|THK|GA\b|S\.?F\b|SQ|MAX|MIN|A\.?F\.?F|HIGH|HT\b|DEEP"
    r"|WIDE|LONG|PER\b|/|TO\s+1|ELEV|EL\.|ABOVE|BELOW|TALL|STEEL|PIPE|CONC|GYP|PLY|INSUL|[A-Z]{3,}\s+[A-Z]{3,})"
)
_MANY_LETTERS: Final = 14
"""A line with more letters than this around its length is a note."""


def find_lengths(text: str) -> list[Length]:
    """Every length of one line of text that may be a dimension, in order, without overlaps.

    Bare numbers count only where nothing else stands in the line. Time is linear in the length of
    `text`, of which long lines are notes and give nothing.
    """
    if len(text) > _LONGEST_TEXT or not any(c.isdigit() for c in text):
        return []
    plain = _plain(text)
    bearing = _BEARING.search(plain)
    if bearing:
        plain = plain[: bearing.start()] + " " * (bearing.end() - bearing.start()) + plain[bearing.end() :]
    bare = _AROUND_BARE.sub(lambda around: " " * len(around[0]), plain)
    if _ALL_BARE.fullmatch(bare):
        plain = bare
        numbers = [length for found in _BARE.finditer(plain) if (length := _bare(found))]
        return [replace(length, bearing=bearing is not None) for length in numbers]
    if not bearing and sum(c.isalpha() for c in plain) > _MANY_LETTERS:
        return []
    found: list[Length] = []
    for length in sorted(_marked(plain), key=lambda n: (n.start, -n.end)):
        if found and length.start < found[-1].end:
            continue
        before, after = plain[: length.start], plain[length.end :]
        total = _SPACES.search(before)
        if (total or not _OTHER_BEFORE.search(before)) and not _OTHER_AFTER.search(after):
            found.append(replace(length, bearing=bearing is not None))
    return found if not _sizes(plain, found) else []


def _plain(text: str) -> str:
    """`text` in one spelling, character for character, so that positions stay."""
    plain = text.translate(_SPELLING)
    plain = "".join(
        c
        if c.isascii() or c in "\u00b0\u00b1\u2205\u00d8\u2300\u2022\u02da\u00b2\u00b3" or c in _VULGAR
        else " "
        for c in plain
    )
    plain = _MISREAD.sub("1", plain)
    return _LETTER_O.sub("0", plain)


def _sizes(plain: str, found: list[Length]) -> bool:
    """Whether the line gives the two or three sides of a thing, such as `3'-0" x 6'-8"`."""
    return any(
        re.fullmatch(r"\s*[WHDL]?\s*[xX*]\s*", plain[a.end : b.start]) is not None for a, b in pairwise(found)
    )


def _marked(plain: str) -> Iterator[Length]:
    spelled = plain
    for sign in _VULGAR:
        if sign in spelled:
            # Handled apart: one character cannot stand for three without moving those behind it.
            yield from _vulgar(spelled)
            return
    for found in _FEET.finditer(plain):
        if found["inches"] is None and found["part"] is None:
            continue
        if (length := _feet_and_inches(found)) is not None:
            yield length
    for found in _FEET_ALONE.finditer(plain):
        feet = float(found["feet"].replace(",", ""))
        decimals = len(found["feet"].partition(".")[2])
        slack = 12 * 0.6 * 10.0**-decimals if decimals else 0.1
        yield from _sized(found, feet * 12, Family.INCHES, slack)
    for found in _FEET_UNMARKED.finditer(plain):
        if (length := _feet_and_inches(found)) is not None:
            yield length
    for found in _INCHES.finditer(plain):
        inches = _inches(found["inches"], found["part"] or found["only"])
        if inches is not None:
            yield from _sized(found, inches, Family.INCHES, 0.05)
    for found in _METRIC.finditer(plain):
        number, decimals = _number(found["number"])
        unit = _METRIC_UNITS[found["unit"].lower()]
        yield from _sized(found, number * unit, Family.MILLIMETRES, 0.6 * unit * 10.0**-decimals)


def _vulgar(plain: str) -> Iterator[Length]:
    """Lengths of a line with fractions of one character: read with the fraction spelled out, then moved back."""
    spelled, places = "", []
    for at, char in enumerate(plain):
        over = _VULGAR.get(char)
        letters = f" {over[0]}/{over[1]}" if over else char
        spelled += letters
        places += [at] * len(letters)
    for length in _marked(spelled):
        yield Length(
            places[length.start], places[length.end - 1] + 1, length.value, length.family, length.slack
        )


def _feet_and_inches(found: re.Match[str]) -> Length | None:
    inches = _inches(found["inches"], found["part"])
    if inches is None or inches >= 12:
        return None
    value = int(found["feet"]) * 12 + inches
    if found["mark"]:
        return next(_sized(found, value, Family.INCHES, 0.05), None)
    # Without its mark the fraction may be missing, too.
    return next(_sized(found, value + (0.0 if found["part"] else 0.45), Family.INCHES, 0.5), None)


def _inches(whole: str | None, part: str | None) -> float | None:
    """The inches of a mixed number; a whole number glued to its fraction (`61/2`) is parted from it."""
    value = float(whole or 0)
    if part is None:
        return value if whole else None
    over, under = (int(n) for n in part.split("/"))
    if under == 0:
        return None
    if over < under:
        return value + over / under
    digits = str(over)
    splits = ((int(digits[:cut]), int(digits[cut:])) for cut in range(len(digits) - 1, 0, -1))
    proper = [inches + top / under for inches, top in splits if top % 2 and top < under and inches < 12]
    return proper[0] if whole is None and under in _HALVINGS and proper else None


def _sized(found: re.Match[str], value: float, family: Family, slack: float) -> Iterator[Length]:
    if 0 < value <= _LARGEST[family]:
        yield Length(found.start(), found.end(), value, family, slack)


def _bare(found: re.Match[str]) -> Length | None:
    value, decimals = _number(found["number"])
    family = Family.DECIMAL if decimals else Family.WHOLE
    written = found["number"]
    numbered = not decimals and (value < 10 or written.startswith("0"))
    if numbered or not 0 < value <= _LARGEST[family]:
        return None
    return Length(found.start(), found.end(), value, family, 0.6 * 10.0**-decimals)


def _number(written: str) -> tuple[float, int]:
    """The number and how many decimals it has; a blank parts thousands, a point or a comma decimals."""
    plain = written.replace(" ", "").replace(",", ".")
    return float(plain), len(plain.partition(".")[2])
