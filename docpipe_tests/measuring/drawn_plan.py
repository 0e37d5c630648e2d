"""Plans drawn for tests: walls with dimension lines in the manners of many offices, on a page of any size and turn."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pymupdf

from docpipe_assets.measuring import Measurement, measure
from docpipe_assets.page_text import PageText
from docpipe_assets.pdf.linework import read_linework
from docpipe_assets.pdf.text_layer import read_text_layer

DPI = 200
POINTS = 72


def feet_and_inches(inches: float) -> str:
    """`12'-6 1/2"`."""
    whole, part = divmod(Fraction(inches), 1)
    feet, rest = divmod(int(whole), 12)
    inch = f"{rest} {part}" if part else f"{rest}"
    return f"{feet}'-{inch}\"" if feet else f'{inch}"'


def millimetres(inches: float) -> str:
    return f"{inches * 25.4:.0f}"


def metres(inches: float) -> str:
    return f"{inches * 0.0254:.2f}"


def metres_with_comma(inches: float) -> str:
    return metres(inches).replace(".", ",")


def centimetres(inches: float) -> str:
    return f"{inches * 2.54:.0f}"


@dataclass
class Plan:
    """A page of `width_in` x `height_in`; what is drawn on it is at 1:`ratio` and says so as `write` spells lengths.

    `marks`: `tick`, `arrow`, `open` (arrow), `dot` or `none`. `inline` breaks the line for its text.
    """

    ratio: float
    write: Callable[[float], str] = feet_and_inches
    marks: str = "tick"
    inline: bool = False
    width_in: float = 36
    height_in: float = 24
    type_pt: float = 8
    document: Any = field(default_factory=pymupdf.open)

    def __post_init__(self) -> None:
        self.page = self.document.new_page(width=self.width_in * POINTS, height=self.height_in * POINTS)

    def points(self, inches: float) -> float:
        """Points on paper of a real length."""
        return inches * POINTS / self.ratio

    def chain(
        self,
        x: float,
        y: float,
        lengths: list[float],
        *,
        upright: bool = False,
        texts: list[str] | None = None,
    ) -> None:
        """Dimensions in one line from (x, y) inches, to the right or upwards, of real `lengths` in inches."""
        at = 0.0
        for index, length in enumerate(lengths):
            text = texts[index] if texts else self.write(length)
            self._dimension(x, y, at, at + self.points(length), upright, text)
            at += self.points(length)

    def _dimension(self, x: float, y: float, begin: float, end: float, upright: bool, text: str) -> None:
        x, y = x * POINTS, y * POINTS

        def place(along: float, across: float) -> tuple[float, float]:
            return (x + across, y - along) if upright else (x + along, y + across)

        width = pymupdf.get_text_length(text, fontsize=self.type_pt)
        middle = (begin + end) / 2
        if self.inline:
            room = width / 2 + 2
            self.page.draw_line(place(begin, 0), place(middle - room, 0), width=0.3)
            self.page.draw_line(place(middle + room, 0), place(end, 0), width=0.3)
            self._letter(place(middle - width / 2, 0.35 * self.type_pt), text, upright)
        else:
            self.page.draw_line(place(begin, 0), place(end, 0), width=0.3)
            self._letter(place(middle - width / 2, -2.0), text, upright)
        for at, inward in ((begin, 1), (end, -1)):
            self.page.draw_line(place(at, -4), place(at, 18), width=0.3)
            self._mark(place, at, inward)

    def _letter(self, at: tuple[float, float], text: str, upright: bool) -> None:
        self.page.insert_text(at, text, fontsize=self.type_pt, rotate=90 if upright else 0)

    def _mark(self, place: Callable[[float, float], tuple[float, float]], at: float, inward: int) -> None:
        barbs = [place(at + 6 * inward, side) for side in (-1.5, 1.5)]
        if self.marks == "tick":
            self.page.draw_line(place(at - 3, 3), place(at + 3, -3), width=0.8)
        elif self.marks == "arrow":
            self.page.draw_polyline([place(at, 0), *barbs], fill=(0, 0, 0), closePath=True, width=0)
        elif self.marks == "open":
            for barb in barbs:
                self.page.draw_line(place(at, 0), barb, width=0.3)
        elif self.marks == "dot":
            self.page.draw_circle(place(at, 0), 1.5, fill=(0, 0, 0))

    def site_line(self, x: float, y: float, feet: float, angle_deg: float, bearing: str) -> None:
        """The side of a plot from (x, y) inches, with its bearing and length written along it."""
        drawn = self.points(feet * 12)
        radians = math.radians(angle_deg)
        cos, sin = math.cos(radians), math.sin(radians)
        start = pymupdf.Point(x * POINTS, y * POINTS)
        self.page.draw_line(start, start + pymupdf.Point(drawn * cos, drawn * sin), width=1)
        text = f"{bearing} {feet:.2f}'"
        width = pymupdf.get_text_length(text, fontsize=self.type_pt)
        middle = start + pymupdf.Point(drawn / 2 * cos, drawn / 2 * sin)
        base = middle + pymupdf.Point(-width / 2 * cos + 4 * sin, -width / 2 * sin - 4 * cos)
        turn = pymupdf.Matrix(1, 0, 0, 1, 0, 0).prerotate(-angle_deg)
        self.page.insert_text(base, text, fontsize=self.type_pt, morph=(base, turn))

    def bar(self, x: float, y: float, real: float, labels: list[int], unit: str) -> None:
        """A scale bar of filled and empty blocks; `real` inches are one of what its labels count."""
        x, y = x * POINTS, y * POINTS
        for index, (low, high) in enumerate(pairwise(labels)):
            block = (x + self.points(low * real), y, x + self.points(high * real), y + 5)
            self.page.draw_rect(pymupdf.Rect(block), fill=(0, 0, 0) if index % 2 == 0 else None, width=0.3)
        for label in labels:
            text = str(label)
            width = pymupdf.get_text_length(text, fontsize=self.type_pt)
            self.page.insert_text(
                (x + self.points(label * real) - width / 2, y - 3), text, fontsize=self.type_pt
            )
        self.page.insert_text((x + self.points(labels[-1] * real) + 20, y - 3), unit, fontsize=self.type_pt)

    def view(self, x: float, y: float, title: str, note: str) -> None:
        """A view's title with its scale beneath."""
        self.write_at(x, y, title, 14)
        self.write_at(x, y + 0.25, note, 10)

    def write_at(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.page.insert_text((x * POINTS, y * POINTS), text, fontsize=size)

    def boxed(self, x: float, y: float, text: str) -> None:
        """A number in a box, as rooms have."""
        x, y = x * POINTS, y * POINTS
        self.page.draw_rect(pymupdf.Rect(x, y, x + 34, y + 12), width=0.3)
        self.page.insert_text((x + 8, y + 9), text, fontsize=self.type_pt)

    def hatch(self, x: float, y: float, size: float, pitch_pt: float = 3) -> None:
        """A square of crossing lines."""
        x, y, size = x * POINTS, y * POINTS, size * POINTS
        at = 0.0
        while at <= size:
            self.page.draw_line((x + at, y), (x + at, y + size), width=0.2)
            self.page.draw_line((x, y + at), (x + size, y + at), width=0.2)
            at += pitch_pt

    def save(self, path: Path, *, factor: float = 1.0, rotation: int = 0) -> Path:
        """The page printed at `factor`, its /Rotate set to `rotation`."""
        width, height = self.page.rect.width * factor, self.page.rect.height * factor
        with pymupdf.open() as printed:
            page = printed.new_page(width=width, height=height)
            page.show_pdf_page(page.rect, self.document, 0)
            page.set_rotation(rotation)
            printed.save(path)
        return path


def read(path: Path) -> tuple[PageText, Measurement]:
    """A one-page document's text, and what its drawing measures."""
    with pymupdf.open(path) as document:
        frame = document[0].rect
    width, height = (round(side / POINTS * DPI) for side in (frame.width, frame.height))
    text = read_text_layer(path, 1, DPI, width, height).text
    page = read_linework(path, 1, DPI, width, height)
    return text, measure(text, page.linework)


def measured(plan: Plan, path: Path, **printed: Any) -> Measurement:
    return read(plan.save(path, **printed))[1]
