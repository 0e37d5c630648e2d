"""The levels of elevations and sections: heights written above one another as far apart as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from docpipe_assets.measuring.values import Evidence, Ruler, Unit
from docpipe_assets.page_text import Box, PageText, TextBlock

_LEVEL: Final = re.compile(
    r"(?:(?:EL(?:EV)?|FFL|SSL|TOS|TOW|NIV|NIVEL|N|KOT|OK|UK|RL|AHD|B\.?O|T\.?O)[.:]*\s?)?(?P<sign>[+\-±])?\s?"
    r"(?P<level>\d{1,3}[.,]\d{1,3}|\d{1,4}'\s?-?\s?\d{0,2}(?:\s\d{1,2}/\d{1,2})?\"?|\d{4,6})\s?(?:m|M)?"
)
_COLUMN: Final = 1.0
_LEVELS_PX: Final = 1.2
_LEAST_LEVELS: Final = 3
_SURE_LEVELS: Final = 4
_LEVEL_SPAN: Final = 8.0


def levels(page: PageText) -> list[Ruler]:
    """Columns of levels whose heights on the page are in proportion to what they say."""
    places = [place for block in page.blocks if abs(block.angle) < 3 and (place := _level(block))]
    found: list[Ruler] = []
    used: set[int] = set()
    for edge in (0.0, 1.0):
        for column in _columns(places, edge):
            fresh = [place for place in column if id(place) not in used]
            if (ruler := _fit(fresh)) is not None:
                found.append(ruler)
                used |= {id(place) for place in fresh}
    return found


@dataclass(frozen=True, slots=True)
class _Level:
    text: str
    value: float
    unit: Unit
    box: Box


def _level(block: TextBlock) -> _Level | None:
    found = _LEVEL.fullmatch(
        block.text.strip().replace("\u2032", "'").replace("\u2033", '"').replace("\u2212", "-")
    )
    if found is None:
        return None
    written = found["level"]
    sign = -1.0 if found["sign"] == "-" else 1.0
    if "'" in written:
        feet, _, rest = written.partition("'")
        inches = re.findall(r"\d+/\d+|\d+", rest)
        value = float(feet) * 12
        for part in inches:
            over, _, under = part.partition("/")
            value += float(over) / float(under or 1) if float(under or 1) else 0.0
        return _Level(block.text, sign * value, Unit.INCH, block.box)
    decimal = "," in written or "." in written
    if not decimal and found["sign"] is None:
        return None
    value = float(written.replace(",", "."))
    return _Level(block.text, sign * value, Unit.METRE if decimal else Unit.MILLIMETRE, block.box)


def _columns(places: Sequence[_Level], edge: float) -> Iterator[list[_Level]]:
    """Levels that stand above one another, flush at the left (`edge` 0) or at the right (1)."""
    for unit in Unit:
        flush = [place for place in places if place.unit is unit]
        flush.sort(key=lambda place: place.box.x + edge * place.box.width)
        column: list[_Level] = []
        for place in flush:
            at = place.box.x + edge * place.box.width
            if column and at - (column[-1].box.x + edge * column[-1].box.width) > _COLUMN * place.box.height:
                yield column
                column = []
            column.append(place)
        yield column


def _fit(column: Sequence[_Level]) -> Ruler | None:
    if not _LEAST_LEVELS <= len(column) <= 60:
        return None
    best: list[_Level] = []
    slope = 0.0
    for one, other in combinations(column, 2):
        rise, drop = other.value - one.value, other.box.center[1] - one.box.center[1]
        if rise == 0 or drop / rise >= 0 or abs(drop) < _LEVEL_SPAN * one.box.height:
            continue
        scale = drop / rise
        agree = [
            place
            for place in column
            if abs(place.box.center[1] - one.box.center[1] - scale * (place.value - one.value)) <= _LEVELS_PX
        ]
        if len({place.value for place in agree}) > len({place.value for place in best}):
            best, slope = agree, scale
    different = len({place.value for place in best})
    if different < _LEAST_LEVELS or different < 0.6 * len({place.value for place in column}):
        return None
    low, high = min(best, key=lambda p: p.value), max(best, key=lambda p: p.value)
    steps = [b - a for a, b in pairwise(sorted({place.value for place in best}))]
    uneven = max(steps) / min(steps) > 1.05
    drawn = abs(high.box.center[1] - low.box.center[1])
    box = Box.around(place.box for place in best)
    return Ruler(
        Evidence.LEVELS,
        " ".join(place.text for place in best),
        box,
        box,
        drawn,
        abs(slope) if different < 2 else drawn / (high.value - low.value),
        low.unit,
        (Unit.FOOT,) if low.unit is Unit.METRE else (),
        different >= _SURE_LEVELS and uneven,
    )
