"""What stands in rooms, seen from above: basins, toilets, counters, furniture."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe_assets.samples.canvas import FINE, LIGHT, OUTLINE, PAPER, VISIBLE, Point
from docpipe_assets.samples.symbols import arrow
from docpipe_assets.samples.view import View


@dataclass(frozen=True, slots=True)
class Place:
    """A spot `at` on the model and the unit vector `facing` away from the wall behind it."""

    at: Point
    facing: Point

    def ahead(self, forward: float, aside: float) -> Point:
        (x, y), (fx, fy) = self.at, self.facing
        return x + forward * fx - aside * fy, y + forward * fy + aside * fx


def counter(view: View, corner: Point, opposite: Point, sink: Point | None = None) -> None:
    """A base cabinet with a bowl and a tap centred on `sink`."""
    view.rect(corner, opposite, VISIBLE, PAPER)
    if sink:
        x, y = view.at(*sink)
        bowl = view.length(8 * view.inch)
        view.canvas.rect((x - bowl, y - bowl), (x + bowl, y + bowl), LIGHT)
        view.canvas.circle((x, y), bowl * 0.15, LIGHT)


def toilet(view: View, place: Place) -> None:
    """Tank and bowl; the place is the middle of the tank's back on the wall."""
    inch = view.inch
    view.rect(place.ahead(0, -9.5 * inch), place.ahead(8 * inch, 9.5 * inch), LIGHT, PAPER)
    _oval(view, place, 18.5, 10, 7.2)


def lavatory(view: View, place: Place) -> None:
    """A wall-hung basin; the place is the middle of its back on the wall."""
    inch = view.inch
    view.rect(place.ahead(0, -10 * inch), place.ahead(18 * inch, 10 * inch), LIGHT, PAPER)
    _oval(view, place, 10, 5.5, 7)
    view.circle(place.ahead(3 * inch, 0), 0.9 * inch, LIGHT)


def bathtub(view: View, place: Place) -> None:
    """A 60 x 30 in tub with its drain end at the place."""
    inch = view.inch
    view.rect(place.ahead(0, -15 * inch), place.ahead(60 * inch, 15 * inch), LIGHT, PAPER)
    _oval(view, place, 31, 26, 11)
    view.circle(place.ahead(11 * inch, 0), 1.4 * inch, LIGHT)


def _oval(view: View, place: Place, forward: float, along: float, across: float) -> None:
    center = view.at(*place.ahead(forward * view.inch, 0))
    long, short = view.length(along * view.inch), view.length(across * view.inch)
    if place.facing[0]:
        view.canvas.ellipse(center, long, short, LIGHT)
    else:
        view.canvas.ellipse(center, short, long, LIGHT)


def chair(view: View, place: Place) -> None:
    """A seat centred on the place with its back behind it."""
    half = 9 * view.inch
    view.rect(place.ahead(-half, -half), place.ahead(half, half), LIGHT, PAPER)
    view.line(place.ahead(-half * 0.7, -half), place.ahead(-half * 0.7, half), LIGHT)


def desk(view: View, place: Place, width: float, depth: float) -> None:
    """A table of `width` x `depth` centred on the place, and a chair in front of it."""
    chair(view, Place(place.ahead(depth / 2 + 5 * view.inch, 0), (-place.facing[0], -place.facing[1])))
    view.rect(place.ahead(-depth / 2, -width / 2), place.ahead(depth / 2, width / 2), VISIBLE, PAPER)


def exam_table(view: View, place: Place) -> None:
    """A padded table with a pillow at its head, the place."""
    inch = view.inch
    view.rect(place.ahead(0, -14 * inch), place.ahead(72 * inch, 14 * inch), VISIBLE, PAPER)
    view.line(place.ahead(26 * inch, -14 * inch), place.ahead(26 * inch, 14 * inch), LIGHT)
    view.rect(place.ahead(3 * inch, -9 * inch), place.ahead(15 * inch, 9 * inch), FINE)


def meeting_table(view: View, at: Point, width: float, depth: float, seats: int) -> None:
    """A table running across with `seats` chairs on either long side."""
    x, y = at
    reach = depth / 2 + 6 * view.inch
    for index in range(seats):
        along = x - width / 2 + width * (index + 0.5) / seats
        chair(view, Place((along, y + reach), (0, -1)))
        chair(view, Place((along, y - reach), (0, 1)))
    view.rect((x - width / 2, y - depth / 2), (x + width / 2, y + depth / 2), VISIBLE, PAPER)


def crossed_box(view: View, corner: Point, opposite: Point) -> None:
    """A shaft or a piece of equipment: a rectangle with both diagonals."""
    view.rect(corner, opposite, OUTLINE, PAPER)
    view.line(corner, opposite, FINE)
    view.line((corner[0], opposite[1]), (opposite[0], corner[1]), FINE)


def stairs(view: View, corner: Point, opposite: Point, treads: int, up_to: Point) -> None:
    """A straight flight between two corners, treads across its longer side, an arrow towards `up_to`."""
    (x0, y0), (x1, y1) = corner, opposite
    view.rect(corner, opposite, VISIBLE, PAPER)
    across = abs(x1 - x0) > abs(y1 - y0)
    steps = [index / treads for index in range(1, treads)]
    if across:
        view.lines([((x0 + (x1 - x0) * s, y0), (x0 + (x1 - x0) * s, y1)) for s in steps], FINE)
        middle = (y0 + y1) / 2
        tail = (x0 if up_to[0] > (x0 + x1) / 2 else x1, middle)
        arrow(view.canvas, view.at(*tail), view.at(up_to[0], middle))
    else:
        view.lines([((x0, y0 + (y1 - y0) * s), (x1, y0 + (y1 - y0) * s)) for s in steps], FINE)
        middle = (x0 + x1) / 2
        tail = (middle, y0 if up_to[1] > (y0 + y1) / 2 else y1)
        arrow(view.canvas, view.at(*tail), view.at(middle, up_to[1]))
