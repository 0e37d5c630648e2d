"""Elevations: walls seen from outside with their courses, windows, doors and roofs."""

from __future__ import annotations

from collections.abc import Sequence

from docpipe_assets.samples.canvas import FINE, HATCH, LIGHT, OUTLINE, PAPER, VISIBLE, Pen, Point
from docpipe_assets.samples.view import View

_GROUND = Pen(2.6)
_COURSE = Pen(0.15, 0.55)


def ground_line(view: View, start: float, end: float, level: float = 0.0) -> None:
    view.line((start, level), (end, level), _GROUND)


def courses(view: View, corner: Point, opposite: Point, spacing: float, pen: Pen = _COURSE) -> None:
    """Horizontal joints every `spacing` of the model within a rectangle."""
    (x0, y0), (x1, y1) = corner, opposite
    count = int((y1 - y0) / spacing)
    view.lines([((x0, y0 + step * spacing), (x1, y0 + step * spacing)) for step in range(1, count + 1)], pen)


def battens(view: View, outline: Sequence[Point], spacing: float) -> None:
    """Vertical joints every `spacing` of the model within a polygon."""
    view.hatch(outline, view.length(spacing), 90, HATCH)


def window_front(
    view: View, middle: float, sill: float, width: float, height: float, lights: int = 2, transom: float = 0.0
) -> None:
    """A framed window of `lights` panes side by side with a projecting sill, and glints on the glass.

    `transom` is the height of a row of panes above.
    """
    frame = 2.5 * view.inch
    x0, x1, top = middle - width / 2, middle + width / 2, sill + height
    view.rect((x0 - 2 * frame, sill - 1.2 * frame), (x1 + 2 * frame, sill), VISIBLE, PAPER)
    view.rect((x0, sill), (x1, top), OUTLINE, PAPER)
    pane = (width - frame * (lights + 1)) / lights
    heights = [(sill + frame, top - frame - (transom + frame if transom else 0))]
    if transom:
        heights.append((top - frame - transom, top - frame))
    for light in range(lights):
        left = x0 + frame + light * (pane + frame)
        for low, high in heights:
            view.rect((left, low), (left + pane, high), LIGHT)
            if high - low > pane * 0.6:
                _glint(view, left, low, pane, high - low)


def _glint(view: View, x: float, y: float, width: float, height: float) -> None:
    middle, reach = (x + width / 2, y + height / 2), min(width, height) * 0.22
    for shift in (-0.25, 0.0, 0.25):
        centre = (middle[0] + shift * reach * 1.4, middle[1] - shift * reach * 1.4)
        half = reach * (1 - abs(shift) * 1.6)
        view.line((centre[0] - half, centre[1] - half), (centre[0] + half, centre[1] + half), FINE)


def door_front(view: View, middle: float, width: float, height: float, glazed: bool, leaves: int = 1) -> None:
    """A framed door standing on level 0."""
    frame = 2 * view.inch
    x0, x1 = middle - width / 2, middle + width / 2
    view.rect((x0 - frame, 0), (x1 + frame, height + frame), OUTLINE, PAPER)
    leaf = width / leaves
    for index in range(leaves):
        left = x0 + index * leaf
        view.rect((left, 0), (left + leaf, height), VISIBLE)
        if glazed:
            rail = 5 * view.inch
            view.rect((left + rail, 2 * rail), (left + leaf - rail, height - rail), LIGHT)
            _glint(view, left + rail, 2 * rail, leaf - 2 * rail, height - 3 * rail)
        hinge_right = leaves > 1 and index == 1
        handle = left + (4 * view.inch if hinge_right else leaf - 4 * view.inch)
        view.rect((handle - view.inch, 38 * view.inch), (handle + view.inch, 44 * view.inch), LIGHT, 0.0)


def roof_front(view: View, corner: Point, opposite: Point, spacing: float) -> None:
    """A roof slope seen square on: courses `spacing` points apart, fascia below and a ridge cap above."""
    (x0, y0), (x1, y1) = corner, opposite
    view.rect(corner, opposite, OUTLINE, PAPER)
    view.hatch([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], spacing, 0, HATCH)
    view.rect((x0, y0 - 7 * view.inch), (x1, y0), OUTLINE, PAPER)
    view.line((x0, y0 - 2 * view.inch), (x1, y0 - 2 * view.inch), FINE)
    view.line((x0, y1 - 3 * view.inch), (x1, y1 - 3 * view.inch), LIGHT)


def gable(view: View, eaves: tuple[float, float], level: float, pitch: float, depth: float) -> Point:
    """The two rakes of a gable roof between `eaves` at `level`, `depth` thick; returns the ridge."""
    left, right = eaves
    ridge = ((left + right) / 2, level + (right - left) / 2 * pitch)
    for end in (left, right):
        board = [(end, level), ridge, (ridge[0], ridge[1] - depth), (end, level - depth)]
        view.polygon(board, OUTLINE, PAPER)
        trim = depth * 0.3
        view.line((end, level - trim), (ridge[0], ridge[1] - trim), FINE)
    return ridge


def tree(view: View, middle: float, height: float, ground: float) -> None:
    """A leafless tree beside the building, for scale and company."""
    view.line((middle, ground), (middle, height * 0.45), VISIBLE)
    for lean in (-0.28, -0.16, -0.05, 0.07, 0.18, 0.3):
        reach = height * (0.95 - abs(lean))
        view.line((middle, height * (0.3 + abs(lean) * 0.3)), (middle + lean * height, reach), FINE)
        for twig in (0.5, 0.7, 0.85):
            x, y = middle + lean * height * twig, height * 0.36 + (reach - height * 0.36) * twig
            view.line((x, y), (x + height * 0.06, y + height * 0.1), HATCH)
            view.line((x, y), (x - height * 0.05, y + height * 0.11), HATCH)
