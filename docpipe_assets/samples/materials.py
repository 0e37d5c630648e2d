"""Materials in section: the hatches by which a builder knows concrete from earth and timber from brick."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from docpipe_assets.samples.canvas import (
    FINE,
    LIGHT,
    OUTLINE,
    PAPER,
    POINTS_PER_INCH,
    VISIBLE,
    Pen,
    Point,
    Segment,
    inside,
)
from docpipe_assets.samples.view import View

_SPECK = Pen(0.4, 0.2)
_STROKE = Pen(0.22, 0.2)


def concrete(view: View, outline: Sequence[Point], pen: Pen = OUTLINE) -> None:
    """Cast concrete: sand specks and a few triangles of gravel."""
    view.polygon(outline, pen, PAPER)
    placed = [view.at(*p) for p in outline]
    chance = random.Random(len(outline) * 7919 + round(placed[0][0] * 31 + placed[0][1]))
    specks: list[Segment] = []
    for x, y in _scattered(placed, 5.2, chance):
        if chance.random() < 0.16:
            reach, turn = chance.uniform(1.4, 2.6), chance.uniform(0, math.tau)
            corners = [
                (x + reach * math.cos(turn + a), y + reach * math.sin(turn + a)) for a in (0.0, 2.0, 4.3)
            ]
            if all(inside(placed, corner) for corner in corners):
                view.canvas.polygon(corners, _STROKE)
        else:
            specks.append(((x, y), (x + 0.5, y)))
    view.canvas.lines(specks, _SPECK)


def gravel(view: View, outline: Sequence[Point], pebble: float = 2.1) -> None:
    """Drainage fill: round pebbles about `pebble` points across."""
    view.polygon(outline, LIGHT, PAPER)
    placed = [view.at(*p) for p in outline]
    chance = random.Random(round(placed[0][0] * 17 + placed[0][1]))
    for center in _scattered(placed, pebble * 2.2, chance, pebble):
        view.canvas.circle(center, pebble * chance.uniform(0.6, 1.0), _STROKE)


def _scattered(
    outline: Sequence[Point], spacing: float, chance: random.Random, margin: float = 0.8
) -> list[Point]:
    x0, x1 = min(x for x, _ in outline), max(x for x, _ in outline)
    y0, y1 = min(y for _, y in outline), max(y for _, y in outline)
    points = []
    for row in range(max(1, round((y1 - y0) / spacing))):
        for column in range(max(1, round((x1 - x0) / spacing))):
            x = x0 + (column + 0.5 + chance.uniform(-0.42, 0.42)) * spacing
            y = y0 + (row + 0.5 + chance.uniform(-0.42, 0.42)) * spacing
            around = ((x - margin, y), (x + margin, y), (x, y - margin), (x, y + margin))
            if all(inside(outline, point) for point in around):
                points.append((x, y))
    return points


def earth(view: View, start: Point, end: Point, depth: float) -> None:
    """Undisturbed ground under a surface from `start` to `end`: bundles of strokes, `depth` deep."""
    view.line(start, end, OUTLINE)
    (x0, y0), (x1, _) = view.at(*start), view.at(*end)
    reach, step = view.length(depth), 20.0
    strokes: list[Segment] = []
    for index in range(int((x1 - x0) / step)):
        x = x0 + index * step + 3
        for stroke in range(3):
            lean = reach * (0.95 - 0.18 * stroke)
            left = x + stroke * 3.4
            strokes.append(((left, y0 + 1.5), (left + lean * 0.7, y0 + 1.5 + lean * 0.7)))
            if stroke < 2:
                back = x + 11 + stroke * 3.4
                strokes.append(((back, y0 + 1.5 + lean * 0.75), (back - lean * 0.4, y0 + 1.5 + lean * 0.35)))
    view.canvas.lines([(a, b) for a, b in strokes if max(a[0], b[0]) < x1], _STROKE)


def timber(view: View, corner: Point, opposite: Point) -> None:
    """Continuous framing cut across: a rectangle with both diagonals."""
    (x0, y0), (x1, y1) = corner, opposite
    view.rect(corner, opposite, OUTLINE, PAPER)
    view.lines([((x0, y0), (x1, y1)), ((x0, y1), (x1, y0))], FINE)


def batt(view: View, corner: Point, opposite: Point) -> None:
    """Soft insulation between two corners: the looping line, along the longer side."""
    (x0, y0), (x1, y1) = view.at(*corner), view.at(*opposite)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    upright = y1 - y0 > x1 - x0
    width, length = (x1 - x0, y1 - y0) if upright else (y1 - y0, x1 - x0)
    loops = max(2, round(length / (width * 0.42)))
    step = length / loops
    points: list[Point] = []
    for loop in range(loops):
        side = loop % 2
        for share, aside in ((0.1, 0.5), (0.0, 0.12), (0.5, 0.0), (1.0, 0.12), (0.9, 0.5)):
            away = aside if side == 0 else 1 - aside
            along = loop * step + share * step
            points.append((x0 + away * width, y0 + along) if upright else (x0 + along, y0 + away * width))
    view.canvas.curve(points, _STROKE)


def loose_fill(view: View, outline: Sequence[Point]) -> None:
    """Blown insulation: short curls."""
    placed = [view.at(*p) for p in outline]
    chance = random.Random(round(placed[0][0] * 13 + placed[0][1]))
    for x, y in _scattered(placed, 5.5, chance, 2.0):
        turn, reach = chance.uniform(0, math.tau), chance.uniform(1.2, 2.0)
        along = (reach * math.cos(turn), reach * math.sin(turn))
        view.canvas.curve(
            [
                (x - along[0], y - along[1]),
                (x - along[1] * 0.6, y + along[0] * 0.6),
                (x + along[0], y + along[1]),
            ],
            _STROKE,
        )


def rigid_insulation(view: View, outline: Sequence[Point]) -> None:
    """Foam board: crossed hatching."""
    view.polygon(outline, LIGHT, PAPER)
    for degrees in (45, -45):
        view.hatch(outline, 4.2, degrees, _STROKE)


def brick_section(view: View, corner: Point, opposite: Point, course: float) -> None:
    """A single leaf of brick cut upright: hatched units with mortar joints every `course`."""
    (x0, y0), (x1, y1) = corner, opposite
    joint = 0.375 * view.inch
    view.rect(corner, opposite, OUTLINE, PAPER)
    y = y0
    while y < y1 - joint:
        top = min(y + course - joint, y1)
        unit = [(x0, y), (x1, y), (x1, top), (x0, top)]
        view.polygon(unit, VISIBLE)
        view.hatch(unit, 3.0, 45, _STROKE)
        y += course


def board(view: View, outline: Sequence[Point], pen: Pen = VISIBLE) -> None:
    """Sheet material in section, such as plywood or gypsum board."""
    view.polygon(outline, pen, PAPER)
    placed = [view.at(*p) for p in outline]
    thinnest = min(
        max(x for x, _ in placed) - min(x for x, _ in placed),
        max(y for _, y in placed) - min(y for _, y in placed),
    )
    if thinnest > POINTS_PER_INCH / 24:
        view.hatch(outline, 2.4, 60, _STROKE)
