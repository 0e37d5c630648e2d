"""Pens, lettering and fills on one sheet of paper, in points from the top left corner."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal

Point = tuple[float, float]
Segment = tuple[Point, Point]
Anchor = Literal["left", "center", "right"]

REGULAR, BOLD, OBLIQUE, TYPEWRITER = "helv", "hebo", "heit", "cobo"

POINTS_PER_INCH = 72.0
POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Pen:
    """A line weight in points, a grey (0 black, 1 white) and a PDF dash array."""

    width: float
    grey: float = 0.0
    dashes: str | None = None


CUT = Pen(1.3)
OUTLINE = Pen(0.9)
VISIBLE = Pen(0.55)
LIGHT = Pen(0.35)
FINE = Pen(0.25, 0.25)
HATCH = Pen(0.18, 0.4)
HIDDEN = Pen(0.4, 0.0, "[3.5 2] 0")
OVERHEAD = Pen(0.4, 0.2, "[6 3] 0")
CENTRE = Pen(0.3, 0.25, "[14 3 3 3] 0")
BORDER = Pen(1.8)

PAPER = 1.0
POCHE = 0.72
SHADE = 0.88


class Canvas:
    """One page under the pen. Nothing is on the page before `commit`; lettering lies above linework."""

    def __init__(self, page: Any) -> None:
        self._shape = page.new_shape()
        self.width: float = page.rect.width
        self.height: float = page.rect.height

    def commit(self) -> None:
        self._shape.commit()

    def _finish(self, pen: Pen | None, fill: float | None, closed: bool) -> None:
        self._shape.finish(
            width=pen.width if pen else 0,
            color=(pen.grey,) if pen else None,
            dashes=pen.dashes if pen else None,
            fill=None if fill is None else (fill,),
            closePath=closed,
        )

    def line(self, start: Point, end: Point, pen: Pen = LIGHT) -> None:
        self.lines([(start, end)], pen)

    def lines(self, segments: Iterable[Segment], pen: Pen = LIGHT) -> None:
        """Separate strokes of one pen."""
        drawn = False
        for start, end in segments:
            self._shape.draw_line(start, end)
            drawn = True
        if drawn:
            self._finish(pen, None, False)

    def polyline(self, points: Sequence[Point], pen: Pen = LIGHT) -> None:
        self._shape.draw_polyline(points)
        self._finish(pen, None, False)

    def polygon(self, points: Sequence[Point], pen: Pen | None = LIGHT, fill: float | None = None) -> None:
        self._shape.draw_polyline(points)
        self._finish(pen, fill, True)

    def rect(
        self, corner: Point, opposite: Point, pen: Pen | None = LIGHT, fill: float | None = None
    ) -> None:
        x0, x1 = sorted((corner[0], opposite[0]))
        y0, y1 = sorted((corner[1], opposite[1]))
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], pen, fill)

    def circle(
        self, center: Point, radius: float, pen: Pen | None = LIGHT, fill: float | None = None
    ) -> None:
        self._shape.draw_circle(center, radius)
        self._finish(pen, fill, True)

    def ellipse(self, center: Point, radius_x: float, radius_y: float, pen: Pen = LIGHT) -> None:
        x, y = center
        self._shape.draw_oval((x - radius_x, y - radius_y, x + radius_x, y + radius_y))
        self._finish(pen, None, True)

    def curve(self, points: Sequence[Point], pen: Pen = LIGHT) -> None:
        """A smooth line through all `points` (Catmull-Rom)."""
        padded = [points[0], *points, points[-1]]
        for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
            first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
            second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
            self._shape.draw_bezier(start, first, second, end)
        self._finish(pen, None, False)

    def arc(self, center: Point, start: Point, end: Point, pen: Pen = FINE) -> None:
        """The shorter circular arc about `center` from `start` to the direction of `end`."""
        first = math.atan2(start[1] - center[1], start[0] - center[0])
        second = math.atan2(end[1] - center[1], end[0] - center[0])
        sweep = math.degrees((first - second + math.pi) % (2 * math.pi) - math.pi)
        self._shape.draw_sector(center, start, sweep, fullSector=False)
        self._finish(pen, None, False)

    def text(
        self,
        at: Point,
        text: str,
        size: float = 7.5,
        anchor: Anchor = "left",
        font: str = REGULAR,
        upward: bool = False,
        grey: float = 0.0,
        paper: bool = False,
    ) -> None:
        """One line of lettering with its baseline at `at`; `upward` reads from bottom to top.

        `paper` wipes the linework under the lettering.
        """
        length = text_length(text, size, font)
        shift = {"left": 0.0, "center": length / 2, "right": length}[anchor]
        x, y = (at[0], at[1] + shift) if upward else (at[0] - shift, at[1])
        if paper:
            above, below, side = size * 0.82, size * 0.22, size * 0.2
            if upward:
                self.rect((x - above, y + side), (x + below, y - length - side), None, PAPER)
            else:
                self.rect((x - side, y - above), (x + length + side, y + below), None, PAPER)
        self._shape.insert_text(
            (x, y), text, fontsize=size, fontname=font, color=(grey,), rotate=90 if upward else 0
        )

    def paragraph(
        self, at: Point, width: float, text: str, size: float = 7.5, leading: float = 1.3, font: str = REGULAR
    ) -> float:
        """Lettering broken at `width`; returns the baseline after the last line."""
        x, y = at
        for line in broken(text, width, size, font):
            self.text((x, y), line, size, font=font)
            y += size * leading
        return y


@cache
def text_length(text: str, size: float, font: str = REGULAR) -> float:
    """How long a line of lettering is, in points."""
    import pymupdf

    return float(pymupdf.get_text_length(text, fontname=font, fontsize=size))


def broken(text: str, width: float, size: float, font: str = REGULAR) -> list[str]:
    """`text` as lines no longer than `width` points, broken between words."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and text_length(longer, size, font) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def hatching(outline: Sequence[Point], spacing: float, degrees: float = 45.0) -> list[Segment]:
    """Parallel strokes `spacing` apart inside the polygon `outline`, on a grid fixed to the sheet.

    Neighbouring areas of one material therefore run into each other without a seam.
    """
    angle = math.radians(degrees)
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    turned = [(p[0] * along[0] + p[1] * along[1], p[0] * across[0] + p[1] * across[1]) for p in outline]
    lowest, highest = min(v for _, v in turned), max(v for _, v in turned)
    strokes: list[Segment] = []
    for step in range(math.ceil(lowest / spacing), math.floor(highest / spacing) + 1):
        level = step * spacing
        crossings = sorted(
            u0 + (level - v0) / (v1 - v0) * (u1 - u0)
            for (u0, v0), (u1, v1) in pairwise([*turned, turned[0]])
            if (v0 <= level) != (v1 <= level)
        )
        strokes += [
            (
                (u0 * along[0] + level * across[0], u0 * along[1] + level * across[1]),
                (u1 * along[0] + level * across[0], u1 * along[1] + level * across[1]),
            )
            for u0, u1 in zip(crossings[::2], crossings[1::2], strict=True)
        ]
    return strokes


def inside(outline: Sequence[Point], point: Point) -> bool:
    """Whether `point` lies in the polygon (even-odd rule)."""
    x, y = point
    within = False
    for (x0, y0), (x1, y1) in pairwise([*outline, outline[0]]):
        if (y0 <= y) != (y1 <= y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            within = not within
    return within
