"""The signs of construction drawings: bubbles, arrows, marks, tags and bars, sized on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from docpipe_assets.samples.canvas import (
    BOLD,
    CENTRE,
    FINE,
    LIGHT,
    OUTLINE,
    PAPER,
    VISIBLE,
    Anchor,
    Canvas,
    Pen,
    Point,
    broken,
    text_length,
)
from docpipe_assets.samples.view import View

Heading = Literal["north", "south", "east", "west"]
_HEADINGS: dict[Heading, Point] = {"north": (0, -1), "south": (0, 1), "east": (1, 0), "west": (-1, 0)}
_SECTION_LINE = Pen(0.8, 0.0, "[16 3 4 3] 0")


def grid_lines(
    view: View,
    across: Sequence[tuple[str, float]],
    up: Sequence[tuple[str, float]],
    box: tuple[float, float, float, float],
) -> None:
    """Grid lines with bubbles: `across` are named x stations with bubbles on top, `up` y stations, on the left.

    `box` is x0, y0, x1, y1 of the lines' ends in the model.
    """
    x0, y0, x1, y1 = box
    radius = 10.0
    for name, x in across:
        start, end = view.at(x, y0), view.at(x, y1)
        view.canvas.line(start, end, CENTRE)
        _bubble(view.canvas, (end[0], end[1] - radius), name)
    for name, y in up:
        start, end = view.at(x1, y), view.at(x0, y)
        view.canvas.line(start, end, CENTRE)
        _bubble(view.canvas, (end[0] - radius, end[1]), name)


def _bubble(canvas: Canvas, center: Point, name: str) -> None:
    canvas.circle(center, 10.0, VISIBLE, PAPER)
    canvas.text((center[0], center[1] + 3.3), name, 9.5, "center", BOLD)


def section_mark(
    canvas: Canvas, start: Point, end: Point, looking: Heading, number: str, sheet: str, through: bool = True
) -> None:
    """A section line from `start` to `end` with a bubble at the start and a flag at the end.

    Without `through` only short dashes at both ends are drawn, as for a long building section.
    """
    dx, dy = _HEADINGS[looking]
    length = math.dist(start, end)
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    if through:
        canvas.line(start, end, _SECTION_LINE)
    else:
        canvas.line(start, (start[0] + 30 * ux, start[1] + 30 * uy), _SECTION_LINE)
        canvas.line(end, (end[0] - 30 * ux, end[1] - 30 * uy), _SECTION_LINE)
    radius = 11.0
    center = (start[0] - radius * ux, start[1] - radius * uy)
    _pointer(canvas, center, radius, (dx, dy))
    _split_bubble(canvas, center, radius, number, sheet)
    tip = (end[0] + 8 * dx, end[1] + 8 * dy)
    canvas.polygon([end, (end[0] - 9 * ux, end[1] - 9 * uy), tip], LIGHT, 0.0)


def elevation_mark(canvas: Canvas, center: Point, looking: Heading, number: str, sheet: str) -> None:
    """A split bubble with a filled pointer, as beside a floor plan."""
    _pointer(canvas, center, 11.0, _HEADINGS[looking])
    _split_bubble(canvas, center, 11.0, number, sheet)


def _pointer(canvas: Canvas, center: Point, radius: float, heading: Point) -> None:
    (x, y), (dx, dy) = center, heading
    reach, half = radius * 1.5, radius * 1.42
    tip = (x + reach * dx, y + reach * dy)
    canvas.polygon([(x - half * dy, y + half * dx), tip, (x + half * dy, y - half * dx)], LIGHT, 0.0)


def _split_bubble(canvas: Canvas, center: Point, radius: float, number: str, sheet: str) -> None:
    x, y = center
    canvas.circle(center, radius, VISIBLE, PAPER)
    canvas.line((x - radius, y), (x + radius, y), LIGHT)
    canvas.text((x, y - 2), number, 8, "center", BOLD)
    canvas.text((x, y + 7.2), sheet, min(5.6, 5.6 * (2 * radius - 3) / text_length(sheet, 5.6)), "center")


def detail_callout(
    view: View,
    box: tuple[float, float, float, float],
    number: str,
    sheet: str,
    side: Literal["left", "right"],
) -> None:
    """A dashed box around part of a view with a split bubble beside it."""
    (x0, y1), (x1, y0) = view.at(box[0], box[1]), view.at(box[2], box[3])
    view.canvas.rect((x0, y0), (x1, y1), Pen(0.7, 0.0, "[5 2.5] 0"))
    edge, away = (x0, -1) if side == "left" else (x1, 1)
    middle = (y0 + y1) / 2
    view.canvas.line((edge, middle), (edge + 16 * away, middle), LIGHT)
    _split_bubble(view.canvas, (edge + 27 * away, middle), 11.0, number, sheet)


def level_mark(view: View, y: float, start: float, end: float, name: str, level: str) -> None:
    """A dashed level line from model x `start` to `end` with its target, name and height at the end."""
    left, right = view.at(start, y), view.at(end, y)
    canvas = view.canvas
    canvas.line(left, right, CENTRE)
    away = 1.0 if right[0] > left[0] else -1.0
    x, height = right[0] + 7 * away, right[1]
    canvas.circle((x, height), 5.0, VISIBLE, PAPER)
    canvas.polygon([(x, height), (x + 5, height), (x + 3.5, height - 3.5), (x, height - 5)], None, 0.0)
    canvas.polygon([(x, height), (x - 5, height), (x - 3.5, height + 3.5), (x, height + 5)], None, 0.0)
    anchor: Anchor = "left" if away > 0 else "right"
    canvas.text((x + 8 * away, height - 2), name, 7, anchor, BOLD)
    canvas.text((x + 8 * away, height + 6.5), level, 7, anchor)


def spot_level(canvas: Canvas, at: Point, level: str, size: float = 6.5) -> None:
    """A cross with a height beside it."""
    x, y = at
    canvas.lines([((x - 3, y), (x + 3, y)), ((x, y - 3), (x, y + 3))], VISIBLE)
    canvas.text((x + 4.5, y - 1.5), level, size, paper=True)


def north_arrow(canvas: Canvas, center: Point, radius: float = 22, turned: float = 0.0) -> None:
    """A compass circle; north is up, turned clockwise by `turned` degrees."""
    x, y = center
    angle = math.radians(turned)

    def around(along: float, aside: float) -> Point:
        return (
            x + along * math.sin(angle) + aside * math.cos(angle),
            y - along * math.cos(angle) + aside * math.sin(angle),
        )

    canvas.circle(center, radius, VISIBLE)
    canvas.polygon(
        [around(radius * 1.1, 0), around(-radius, radius * 0.3), around(-radius * 0.72, 0)], LIGHT, 0
    )
    canvas.polygon(
        [around(radius * 1.1, 0), around(-radius, -radius * 0.3), around(-radius * 0.72, 0)], LIGHT
    )
    letter = around(radius + 11, 0)
    canvas.text((letter[0], letter[1] + 4), "N", 12, "center", BOLD)


def scale_bar(view: View, at: Point, marks: Sequence[float], labels: Sequence[str], unit: str) -> None:
    """A chequered bar from the first to the last of `marks` (model lengths), drawn at the view's scale."""
    x, y = at
    places = [x + view.length(mark) for mark in marks]
    height = 4.0
    for row, fills in enumerate((0, 1)):
        top = y + row * height
        for index, (x0, x1) in enumerate(pairwise(places)):
            view.canvas.rect((x0, top), (x1, top + height), LIGHT, 0.0 if (index + fills) % 2 == 0 else PAPER)
    for place, label in zip(places, labels, strict=True):
        view.canvas.line((place, y - 3), (place, y), LIGHT)
        view.canvas.text((place, y - 5), label, 6.5, "center")
    view.canvas.text((places[-1] + 12, y + 7), unit, 6.5)


def leader(canvas: Canvas, tip: Point, elbow: Point, text: str, size: float = 7, width: float = 150) -> None:
    """A note with an arrow: from `tip` to `elbow`, a short shoulder, then the lines of the note beside it."""
    away = 1.0 if elbow[0] >= tip[0] else -1.0
    shoulder = (elbow[0] + 7 * away, elbow[1])
    canvas.polyline([tip, elbow, shoulder], FINE)
    _arrowhead(canvas, tip, elbow)
    anchor: Anchor = "left" if away > 0 else "right"
    y = elbow[1] + size * 0.35
    for line in broken(text, width, size):
        canvas.text((shoulder[0] + 3 * away, y), line, size, anchor, paper=True)
        y += size * 1.25


def arrow(canvas: Canvas, tail: Point, tip: Point, pen: Pen = LIGHT) -> None:
    canvas.line(tail, tip, pen)
    _arrowhead(canvas, tip, tail)


def _arrowhead(canvas: Canvas, tip: Point, tail: Point) -> None:
    length = math.dist(tip, tail) or 1.0
    ux, uy = (tail[0] - tip[0]) / length, (tail[1] - tip[1]) / length
    wing = [(tip[0] + 5.5 * ux + side * uy, tip[1] + 5.5 * uy - side * ux) for side in (1.5, -1.5)]
    canvas.polygon([tip, *wing], None, 0.0)


def keynote(canvas: Canvas, center: Point, number: str, size: float = 7) -> None:
    """A number in a hexagon."""
    radius = size * 1.05
    corners = [
        (center[0] + radius * math.cos(math.radians(a)), center[1] + radius * math.sin(math.radians(a)))
        for a in range(0, 360, 60)
    ]
    canvas.polygon(corners, LIGHT, PAPER)
    canvas.text((center[0], center[1] + size * 0.35), number, size, "center")


def window_tag(canvas: Canvas, center: Point, mark: str) -> None:
    """A letter in a diamond."""
    x, y = center
    canvas.polygon([(x, y - 9), (x + 9, y), (x, y + 9), (x - 9, y)], LIGHT, PAPER)
    canvas.text((x, y + 2.5), mark, 7, "center")


def roof_slope(canvas: Canvas, corner: Point, rise: str, run: str, descends: Heading = "east") -> None:
    """The slope triangle of a roof: `run` on top, `rise` at the side, falling to the east or the west."""
    x, y = corner
    side = 1.0 if descends == "east" else -1.0
    width, height = 27.0, 9.0
    canvas.polygon([(x, y), (x + width * side, y), (x + width * side, y + height)], VISIBLE)
    canvas.text((x + width * side / 2, y - 2.5), run, 7, "center")
    canvas.text((x + (width + 3) * side, y + height * 0.75), rise, 7, "left" if side > 0 else "right")


def revision_triangle(canvas: Canvas, center: Point, number: str) -> None:
    x, y = center
    canvas.polygon([(x, y - 6), (x + 6.5, y + 5), (x - 6.5, y + 5)], VISIBLE, PAPER)
    canvas.text((x, y + 3.2), number, 6.5, "center", BOLD)


def break_line(canvas: Canvas, start: Point, end: Point, pen: Pen = VISIBLE) -> None:
    """The zigzag where a drawing stops though the building goes on."""
    length = math.dist(start, end)
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    half = length / 2

    def along(distance: float, aside: float) -> Point:
        return start[0] + distance * ux - aside * uy, start[1] + distance * uy + aside * ux

    canvas.polyline(
        [
            along(-4, 0),
            along(half - 3, 0),
            along(half - 1.5, -5),
            along(half + 1.5, 5),
            along(half + 3, 0),
            along(length + 4, 0),
        ],
        pen,
    )


def title_underline(canvas: Canvas, at: Point, text: str, size: float = 10) -> float:
    """A bold heading with a line below; returns the height where its text may begin."""
    canvas.text(at, text, size, font=BOLD)
    canvas.line((at[0], at[1] + 3), (at[0] + text_length(text, size, BOLD), at[1] + 3), OUTLINE)
    return at[1] + 3 + size * 1.4
