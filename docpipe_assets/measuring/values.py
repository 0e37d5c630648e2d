"""What measuring a page gives: dimensions with the lines that they were measured on, and the scales they agree on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from docpipe_assets.measuring.lengths import Family
from docpipe_assets.page_text import Box


class Evidence(StrEnum):
    """What was measured."""

    DIMENSION = "dimension"
    SCALE_BAR = "scale_bar"
    LEVELS = "levels"


class Unit(StrEnum):
    """What a drawing's bare numbers count."""

    INCH = "inch"
    FOOT = "foot"
    MILLIMETRE = "millimetre"
    CENTIMETRE = "centimetre"
    METRE = "metre"

    @property
    def inches(self) -> float:
        return _INCHES[self]


_INCHES = {
    Unit.INCH: 1.0,
    Unit.FOOT: 12.0,
    Unit.MILLIMETRE: 1 / 25.4,
    Unit.CENTIMETRE: 1 / 2.54,
    Unit.METRE: 1 / 0.0254,
}


@dataclass(frozen=True, slots=True)
class DimensionText:
    """A length as it is written on the page, its box, reading direction and extents in pixels.

    `place` and `length_px` are the middle and the length of all that stands in its line. `bearing`: it is the side
    of a plot.
    """

    text: str
    value: float
    family: Family
    slack: float
    box: Box
    angle: float
    length_px: float
    height_px: float
    place: tuple[float, float]
    bearing: bool = False


@dataclass(frozen=True, slots=True)
class Ruler:
    """Numbers set out to scale: `units_px` pixels for one `unit`, over `drawn_px`.

    `sure`: enough marks agree for it to be nothing else. `others` are units that it may be labelled in, too.
    """

    kind: Evidence
    text: str
    text_box: Box
    line_box: Box
    drawn_px: float
    units_px: float
    unit: Unit
    others: tuple[Unit, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """One piece of evidence: a text and the drawn length that belongs to it.

    `text_box` is around the text (or the labels of a bar), `line_box` around the measured line, `drawn_px` its
    length and `ratio` the N of 1:N that follows.
    """

    kind: Evidence
    text: str
    text_box: Box
    line_box: Box
    drawn_px: float
    ratio: float

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "text": self.text,
            "text_box": self.text_box.to_json(),
            "line_box": self.line_box.to_json(),
            "drawn_px": round(self.drawn_px, 1),
            "ratio": round(self.ratio, 3),
        }


@dataclass(frozen=True, slots=True)
class MeasuredScale:
    """A ratio that many measurements of a page agree on.

    `ratio` is N of 1:N, `spread` the relative spread of the measurements around it (median absolute
    deviation), `support` how much speaks for it (a dimension of a value of its own counts about 1) and `chance` what
    would speak for the best ratio if the texts were put on the lines at random. `reliable`: it can be
    reported by itself; otherwise it can only confirm what is known from elsewhere. `others` are the ratios
    that follow if bare numbers count another unit than `unit`.
    """

    ratio: float
    spread: float
    support: float
    chance: float
    reliable: bool
    unit: Unit
    evidence: tuple[Measured, ...]
    others: tuple[tuple[Unit, float], ...] = ()

    @property
    def box(self) -> Box:
        """The part of the page that its evidence covers."""
        return Box.around(m.text_box.union(m.line_box) for m in self.evidence)

    def as_unit(self, unit: Unit) -> MeasuredScale:
        """The same if bare numbers count `unit`, one of the `others`."""
        ratio = dict(self.others)[unit]
        factor = ratio / self.ratio
        others = (*((u, r) for u, r in self.others if u is not unit), (self.unit, self.ratio))
        evidence = tuple(replace(m, ratio=m.ratio * factor) for m in self.evidence)
        return replace(self, ratio=ratio, unit=unit, evidence=evidence, others=others)

    def to_json(self) -> dict[str, Any]:
        return {
            "ratio": round(self.ratio, 3),
            "spread": round(self.spread, 5),
            "support": round(self.support, 2),
            "chance": round(self.chance, 2),
            "reliable": self.reliable,
            "unit": self.unit.value,
            "other_units": {unit.value: round(ratio, 3) for unit, ratio in self.others},
            "bounding_box": self.box.to_json(),
            "evidence": [m.to_json() for m in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Measurement:
    """The scales that a page measures, the best supported first; `dimensions` is how many texts were tried."""

    scales: tuple[MeasuredScale, ...]
    dimensions: int

    @property
    def best(self) -> MeasuredScale | None:
        """The best supported scale that can be reported by itself."""
        return next((scale for scale in self.scales if scale.reliable), None)

    def moved(self, place: Callable[[Box], Box]) -> Measurement:
        """The same with every box where `place` puts it."""
        return replace(
            self,
            scales=tuple(
                replace(
                    scale,
                    evidence=tuple(
                        replace(m, text_box=place(m.text_box), line_box=place(m.line_box))
                        for m in scale.evidence
                    ),
                )
                for scale in self.scales
            ),
        )

    def to_json(self) -> dict[str, Any]:
        return {"dimensions": self.dimensions, "scales": [scale.to_json() for scale in self.scales]}
