"""A view: model geometry drawn at a scale, with the dimensions that follow from both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from docpipe_assets.samples.canvas import (
    BOLD,
    LIGHT,
    OUTLINE,
    POINTS_PER_INCH,
    POINTS_PER_MM,
    Anchor,
    Canvas,
    Pen,
    Point,
    hatching,
    text_length,
)


def feet_and_inches(inches: Fraction | float) -> str:
    """`12'-6"`, `9 1/2"`, `10'-0 1/2"`, to the sixteenth of an inch."""
    sixteenths = round(Fraction(inches) * 16)
    feet, rest = divmod(sixteenths, 12 * 16)
    whole, part = divmod(rest, 16)
    fraction = f" {Fraction(part, 16)}" if part else ""
    in_inches = f'{whole}{fraction}"' if whole or not part else f'{Fraction(part, 16)}"'
    if not feet:
        return in_inches
    return f"{feet}'-{whole}{fraction}\""


def millimetres(length: Fraction | float) -> str:
    """Whole millimetres without a unit, as metric drawings write them."""
    return f"{round(length)}"


@dataclass(frozen=True, slots=True)
class Units:
    """What a model is measured in: points of paper a unit at full size, and how a length is written."""

    points: float
    write: Callable[[Fraction | float], str]


INCHES = Units(POINTS_PER_INCH, feet_and_inches)
MILLIMETRES = Units(POINTS_PER_MM, millimetres)

_TICK = 2.6
_DIMENSION_PEN = Pen(0.3)
_TICK_PEN = Pen(0.9)
_WITNESS_PEN = Pen(0.2, 0.15)


@dataclass(frozen=True, slots=True)
class View:
    """A drawing at 1:`ratio` whose model origin lies at `origin` on the sheet; model y points up."""

    canvas: Canvas
    origin: Point
    ratio: Fraction
    units: Units

    def at(self, x: float, y: float) -> Point:
        return self.origin[0] + self.length(x), self.origin[1] - self.length(y)

    def length(self, model: float) -> float:
        """A model length on paper, in points."""
        return model * self.units.points / float(self.ratio)

    def model(self, points: float) -> float:
        """A paper length in points, in the model."""
        return points * float(self.ratio) / self.units.points

    @property
    def inch(self) -> float:
        """An inch of the built thing, in the model's units."""
        return POINTS_PER_INCH / self.units.points

    def line(self, start: Point, end: Point, pen: Pen = LIGHT) -> None:
        self.canvas.line(self.at(*start), self.at(*end), pen)

    def lines(self, segments: Iterable[tuple[Point, Point]], pen: Pen = LIGHT) -> None:
        self.canvas.lines(((self.at(*a), self.at(*b)) for a, b in segments), pen)

    def polyline(self, points: Sequence[Point], pen: Pen = LIGHT) -> None:
        self.canvas.polyline([self.at(*p) for p in points], pen)

    def polygon(self, points: Sequence[Point], pen: Pen | None = LIGHT, fill: float | None = None) -> None:
        self.canvas.polygon([self.at(*p) for p in points], pen, fill)

    def rect(
        self, corner: Point, opposite: Point, pen: Pen | None = LIGHT, fill: float | None = None
    ) -> None:
        self.canvas.rect(self.at(*corner), self.at(*opposite), pen, fill)

    def circle(self, center: Point, radius: float, pen: Pen = LIGHT, fill: float | None = None) -> None:
        self.canvas.circle(self.at(*center), self.length(radius), pen, fill)

    def hatch(self, points: Sequence[Point], spacing: float, degrees: float, pen: Pen) -> None:
        """Strokes `spacing` points apart on paper."""
        self.canvas.lines(hatching([self.at(*p) for p in points], spacing, degrees), pen)

    def text(
        self,
        at: Point,
        text: str,
        size: float = 7.5,
        anchor: Anchor = "center",
        font: str = "helv",
        paper: bool = False,
    ) -> None:
        self.canvas.text(self.at(*at), text, size, anchor, font, paper=paper)

    def dimensions_across(
        self, stations: Sequence[float], at: float, away_from: float, size: float = 7.0
    ) -> None:
        """A string of horizontal dimensions at model height `at`, measuring points at height `away_from`."""
        level = self.at(0, at)[1]
        edge = self.at(0, away_from)[1]
        self._witnesses([self.at(x, 0)[0] for x in stations], level, edge, upright=True)
        for start, end in pairwise(stations):
            x0, x1 = self.at(start, 0)[0], self.at(end, 0)[0]
            self.canvas.line((x0, level), (x1, level), _DIMENSION_PEN)
            written = self.units.write(abs(end - start))
            size_here = _fit(written, size, x1 - x0)
            self.canvas.text(((x0 + x1) / 2, level - 2.2), written, size_here, "center", paper=True)

    def dimensions_up(
        self, stations: Sequence[float], at: float, away_from: float, size: float = 7.0
    ) -> None:
        """A string of vertical dimensions at model x `at`, measuring points at x `away_from`."""
        level = self.at(at, 0)[0]
        edge = self.at(away_from, 0)[0]
        self._witnesses([self.at(0, y)[1] for y in stations], level, edge, upright=False)
        for start, end in pairwise(stations):
            y0, y1 = self.at(0, start)[1], self.at(0, end)[1]
            self.canvas.line((level, y0), (level, y1), _DIMENSION_PEN)
            written = self.units.write(abs(end - start))
            size_here = _fit(written, size, abs(y0 - y1))
            self.canvas.text(
                (level - 2.2, (y0 + y1) / 2), written, size_here, "center", upward=True, paper=True
            )

    def _witnesses(self, places: Sequence[float], level: float, edge: float, upright: bool) -> None:
        away = 1.0 if level > edge else -1.0
        strokes, ticks = [], []
        for place in places:
            if abs(level - edge) > 6:
                ends = ((place, edge + 5 * away), (place, level + 4 * away))
                strokes.append(ends if upright else ((ends[0][1], place), (ends[1][1], place)))
            x, y = (place, level) if upright else (level, place)
            ticks.append(((x - _TICK, y + _TICK), (x + _TICK, y - _TICK)))
        self.canvas.lines(strokes, _WITNESS_PEN)
        self.canvas.lines(ticks, _TICK_PEN)


def _fit(text: str, size: float, room: float) -> float:
    return min(size, size * (room - 3) / text_length(text, size))


def view_title(
    canvas: Canvas, at: Point, number: str, title: str, scale: str, length: float, sheet: str = ""
) -> None:
    """The bubble, the title and the scale note below a view; `at` is the bubble's centre.

    With `sheet` the bubble is split, view above sheet.
    """
    x, y = at
    radius = 11.0
    canvas.circle(at, radius, OUTLINE, 1.0)
    if sheet:
        canvas.line((x - radius, y), (x + radius, y), LIGHT)
        canvas.text((x, y - 2.4), number, 8, "center", BOLD)
        canvas.text((x, y + 7), sheet, 5, "center")
    else:
        canvas.text((x, y + 3.8), number, 11, "center", BOLD)
    canvas.text((x + radius + 7, y - 4), title, 11, font=BOLD)
    canvas.line((x + radius, y), (x + radius + max(length, text_length(title, 11, BOLD) + 14), y), OUTLINE)
    canvas.text((x + radius + 7, y + 10), scale, 7.5)
