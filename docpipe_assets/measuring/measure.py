"""Measuring a page against itself: what its dimensions and bars say that its scale is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from docpipe_assets.linework import Linework
from docpipe_assets.measuring.dimension_lines import dimension_lines
from docpipe_assets.measuring.lengths import Family
from docpipe_assets.measuring.levels import levels
from docpipe_assets.measuring.scale_bars import has_bar_labels, scale_bars
from docpipe_assets.measuring.strokes import Frames
from docpipe_assets.measuring.texts import dimension_texts
from docpipe_assets.measuring.values import (
    DimensionText,
    Evidence,
    Measured,
    MeasuredScale,
    Measurement,
    Ruler,
    Unit,
)
from docpipe_assets.measuring.vote import Agreement, agreements
from docpipe_assets.page_text import PageText

_UNITS: Final = {
    Family.INCHES: (Unit.INCH,),
    Family.MILLIMETRES: (Unit.MILLIMETRE,),
    Family.WHOLE: (Unit.MILLIMETRE, Unit.CENTIMETRE, Unit.FOOT),
    Family.DECIMAL: (Unit.METRE, Unit.FOOT),
}
_IMPERIAL_TEXTS: Final = 3
_LEAST_TEXTS: Final = 2
_SAME: Final = 0.008
"""Scales this near one another are one."""
_SURE_RULER, _RULER = 4.0, 2.0
"""The support that a scale bar or a column of levels counts for, with and without marks in between."""
_MOST_SCALES: Final = 8
_PLAUSIBLE: Final = (0.9, 30000.0)


def is_measurable(text: PageText) -> bool:
    """Whether a page says any lengths that its strokes could be measured against."""
    return len(dimension_texts(text)) >= _LEAST_TEXTS or has_bar_labels(text)


def measure(text: PageText, linework: Linework) -> Measurement:
    """The scales that a page's dimensions, scale bars and levels measure, with every text and line that says so."""
    texts = _sides_in_feet(dimension_texts(text))
    feet = sum(t.family is Family.INCHES for t in texts) >= _IMPERIAL_TEXTS
    frames = Frames(linework, text.dpi)
    scales: list[MeasuredScale] = []
    for family in Family:
        members = [t for t in texts if t.family is family]
        if len(members) >= _LEAST_TEXTS:
            lines = dimension_lines(members, frames)
            for agreement in agreements(members, lines, linework.error_px):
                if (scale := _scale(members, agreement, _units(family, feet), text.dpi)) is not None:
                    scales.append(scale)
    bars = [_ruled(bar, text.dpi) for bar in scale_bars(text, frames)]
    heights = [_ruled(ruler, text.dpi) for ruler in levels(text)]
    merged = _merged([*scales, *bars, *heights])
    merged.sort(key=lambda scale: (not scale.reliable, -scale.support))
    return Measurement(tuple(merged[:_MOST_SCALES]), len(texts))


def _sides_in_feet(texts: Sequence[DimensionText]) -> list[DimensionText]:
    """The texts with decimal sides of a plot in feet, if other sides of it say that they are."""
    feet = any(t.bearing and t.family is Family.INCHES for t in texts)
    inches = Unit.FOOT.inches
    return [
        replace(t, family=Family.INCHES, value=t.value * inches, slack=t.slack * inches)
        if feet and t.bearing and t.family is Family.DECIMAL
        else t
        for t in texts
    ]


def _ruled(ruler: Ruler, dpi: float) -> MeasuredScale:
    ratio = ruler.unit.inches * dpi / ruler.units_px
    evidence = Measured(ruler.kind, ruler.text, ruler.text_box, ruler.line_box, ruler.drawn_px, ratio)
    others = tuple((unit, unit.inches * dpi / ruler.units_px) for unit in ruler.others)
    support = _SURE_RULER if ruler.sure else _RULER
    return MeasuredScale(ratio, 0.0, support, 0.0, ruler.sure, ruler.unit, (evidence,), others)


def _merged(scales: Sequence[MeasuredScale]) -> list[MeasuredScale]:
    """Scales of different kinds of evidence that agree as one, in the unit in which they do."""
    merged: list[MeasuredScale] = []
    for scale in sorted(scales, key=lambda scale: (bool(scale.others), -scale.support)):
        for place, known in enumerate(merged):
            if (same := _agreeing(known, scale)) is not None:
                merged[place] = _joined(known, same)
                break
        else:
            merged.append(scale)
    return merged


def _agreeing(known: MeasuredScale, scale: MeasuredScale) -> MeasuredScale | None:
    """`scale` in the unit in which it agrees with what is known; None where it does in none."""
    for reading in (scale, *(scale.as_unit(unit) for unit, _ in scale.others)):
        if abs(reading.ratio / known.ratio - 1) <= _SAME:
            return reading
    return None


def _joined(known: MeasuredScale, scale: MeasuredScale) -> MeasuredScale:
    kinds = {m.kind for m in (*known.evidence, *scale.evidence)}
    main, other = (known, scale) if known.support >= scale.support else (scale, known)
    return replace(
        main,
        support=main.support + other.support,
        spread=max(main.spread, abs(other.ratio / main.ratio - 1)),
        reliable=main.reliable or other.reliable or (len(kinds) > 1 and other.support >= _RULER),
        evidence=(*main.evidence, *other.evidence),
        others=(),
    )


def _units(family: Family, feet: bool) -> Sequence[Unit]:
    """What the numbers of a family may count, the likeliest first; bare ones beside feet and inches count feet."""
    units = _UNITS[family]
    return sorted(units, key=lambda unit: unit is not Unit.FOOT) if feet else units


def _scale(
    texts: Sequence[DimensionText], agreement: Agreement, units: Sequence[Unit], dpi: float
) -> MeasuredScale | None:
    readings = [(unit, unit.inches * dpi / agreement.scale) for unit in units]
    readings = [(unit, ratio) for unit, ratio in readings if _PLAUSIBLE[0] <= ratio <= _PLAUSIBLE[1]]
    if not readings:
        return None
    unit, ratio = readings[0]
    evidence = tuple(
        Measured(
            Evidence.DIMENSION,
            texts[member.text].text,
            texts[member.text].box,
            member.line,
            member.drawn_px,
            unit.inches * texts[member.text].value * dpi / member.drawn_px,
        )
        for member in agreement.members
    )
    return MeasuredScale(
        ratio,
        agreement.spread,
        agreement.support,
        agreement.chance,
        agreement.reliable,
        unit,
        evidence,
        tuple(readings[1:]),
    )
