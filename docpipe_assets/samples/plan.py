"""Floor plans: walls with poche, doors with swings, windows, room tags and furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from docpipe_assets.samples.canvas import (
    BOLD,
    CUT,
    FINE,
    LIGHT,
    PAPER,
    POCHE,
    VISIBLE,
    Pen,
    Point,
    text_length,
)
from docpipe_assets.samples.symbols import Heading, window_tag
from docpipe_assets.samples.view import View

_SWING = Pen(0.25, 0.15)
_BRICK = Pen(0.22, 0.2)


@dataclass(frozen=True, slots=True)
class Wall:
    """An upright rectangle of wall from (`x0`, `y0`) to (`x1`, `y1`); it runs along its longer side.

    `brick` says on which side a brick veneer stands.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    brick: Heading | None = None

    @property
    def runs_across(self) -> bool:
        return self.x1 - self.x0 > self.y1 - self.y0

    @property
    def thickness(self) -> float:
        return min(self.x1 - self.x0, self.y1 - self.y0)

    def holds(self, at: Point) -> bool:
        return self.x0 <= at[0] <= self.x1 and self.y0 <= at[1] <= self.y1

    def pieces(self, openings: Sequence[tuple[float, float]]) -> list[Wall]:
        """What is left of the wall between `openings`, given as start and end along it."""
        start, end = (self.x0, self.x1) if self.runs_across else (self.y0, self.y1)
        cuts = [start, *(edge for opening in sorted(openings) for edge in opening), end]
        spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b > a]
        if self.runs_across:
            return [Wall(a, self.y0, b, self.y1, self.brick) for a, b in spans]
        return [Wall(self.x0, a, self.x1, b, self.brick) for a, b in spans]


@dataclass(frozen=True, slots=True)
class Door:
    """A hinged door whose opening is centred on `at` in a wall.

    `hinge` is the end it hangs on (-1 west or south, 1 east or north), `swing` the side it opens to
    (1 north or east, -1 south or west). A `pair` has a leaf on either end.
    """

    mark: str
    at: Point
    width: float
    hinge: Literal[-1, 1]
    swing: Literal[-1, 1]
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A window whose opening is centred on `at` in a wall."""

    mark: str
    at: Point
    width: float


@dataclass(frozen=True, slots=True)
class Opening:
    """A gap in a wall without door or window."""

    at: Point
    width: float


@dataclass(frozen=True, slots=True)
class Room:
    """A room and where its tag stands; `ceiling` in inches."""

    number: str
    name: str
    at: tuple[float, float]
    ceiling: int


def draw_walls(view: View, walls: Sequence[Wall], openings: Sequence[Door | Window | Opening]) -> None:
    """Walls cut by the plan, joined where they meet, with gaps for doors, windows and openings."""
    pieces = [piece for wall in walls for piece in wall.pieces(_gaps(wall, openings))]
    for piece in pieces:
        view.rect((piece.x0, piece.y0), (piece.x1, piece.y1), Pen(CUT.width * 2))
    for piece in pieces:
        view.rect((piece.x0, piece.y0), (piece.x1, piece.y1), None, POCHE)
    for piece in pieces:
        if piece.brick:
            _draw_brick(view, piece, piece.brick)


def _draw_brick(view: View, wall: Wall, side: Heading) -> None:
    depth = 4 * view.inch
    x0, y0, x1, y1 = wall.x0, wall.y0, wall.x1, wall.y1
    if side == "south":
        y1 = y0 + depth
    elif side == "north":
        y0 = y1 - depth
    elif side == "west":
        x1 = x0 + depth
    else:
        x0 = x1 - depth
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    view.polygon(corners, None, PAPER)
    view.hatch(corners, 2.6, -45, _BRICK)
    inner = {
        "south": corners[2:],
        "north": corners[:2],
        "west": corners[1:3],
        "east": [corners[3], corners[0]],
    }
    view.polyline(inner[side], LIGHT)


def _gaps(wall: Wall, openings: Sequence[Door | Window | Opening]) -> list[tuple[float, float]]:
    return [
        (place - item.width / 2, place + item.width / 2)
        for item in openings
        if wall.holds(item.at)
        for place in (item.at[0] if wall.runs_across else item.at[1],)
    ]


def _wall_of(item: Door | Window, walls: Sequence[Wall]) -> Wall:
    return next(wall for wall in walls if wall.holds(item.at))


def draw_door(view: View, door: Door, walls: Sequence[Wall], tag: bool = True) -> None:
    """Leaves, swings, threshold and the mark in a circle."""
    wall = _wall_of(door, walls)
    half = wall.thickness / 2
    face = half * door.swing
    leaf = door.width / 2 if door.pair else door.width

    def place(along: float, aside: float) -> Point:
        x, y = _centre(door.at, wall)
        return (x + along, y + aside) if wall.runs_across else (x + aside, y + along)

    hinges = (-1, 1) if door.pair else (door.hinge,)
    for hinge in hinges:
        hung = place(hinge * door.width / 2, face)
        open_end = place(hinge * door.width / 2, face + leaf * door.swing)
        shut_end = place(hinge * (door.width / 2 - leaf), face)
        inner = place(hinge * (door.width / 2 - view.model(1.6)), face + leaf * door.swing)
        view.rect(hung, inner, VISIBLE, PAPER)
        view.canvas.arc(view.at(*hung), view.at(*open_end), view.at(*shut_end), _SWING)
    for aside in (-half, half):
        view.line(place(-door.width / 2, aside), place(door.width / 2, aside), _SWING)
    if tag:
        x, y = view.at(*place(0, face - (half + view.model(11)) * door.swing - half * door.swing))
        view.canvas.circle((x, y), 9, LIGHT, PAPER)
        size = min(6.5, 6.5 * 15.5 / text_length(door.mark, 6.5))
        view.canvas.text((x, y + 2.3), door.mark, size, "center")


def draw_window(
    view: View, window: Window, walls: Sequence[Wall], outside: Literal[-1, 1], tag: bool = True
) -> None:
    """Sill, glass, frame ends and the mark in a hexagon on the `outside` (1 north or east)."""
    wall = _wall_of(window, walls)
    half = wall.thickness / 2

    def place(along: float, aside: float) -> Point:
        x, y = _centre(window.at, wall)
        return (x + along, y + aside) if wall.runs_across else (x + aside, y + along)

    reach = window.width / 2
    frame = min(view.model(3.2), wall.thickness * 0.35)
    view.rect(place(-reach, -half), place(reach, half), LIGHT, PAPER)
    view.rect(place(-reach, -frame / 2), place(reach, frame / 2), VISIBLE, PAPER)
    view.line(place(-reach, 0), place(reach, 0), FINE)
    sill = half * outside + view.model(2.2) * outside
    view.rect(place(-reach - view.model(2), half * outside), place(reach + view.model(2), sill), LIGHT, PAPER)
    if tag:
        window_tag(view.canvas, view.at(*place(0, half * outside + view.model(16) * outside)), window.mark)


def _centre(at: Point, wall: Wall) -> Point:
    if wall.runs_across:
        return at[0], (wall.y0 + wall.y1) / 2
    return (wall.x0 + wall.x1) / 2, at[1]


def room_tag(view: View, at: Point, name: str, number: str, size: float = 8.0, note: str = "") -> None:
    """The room's name over its number in a box, and a smaller note below."""
    x, y = view.at(*at)
    lines = name.splitlines()
    for index, line in enumerate(lines):
        baseline = y - 3 - (len(lines) - 1 - index) * size * 1.15
        view.canvas.text((x, baseline), line, size, "center", BOLD, paper=True)
    half = max(text_length(number, size), 15) / 2 + 4
    view.canvas.rect((x - half, y), (x + half, y + size * 1.45), LIGHT, PAPER)
    view.canvas.text((x, y + size * 1.08), number, size, "center")
    if note:
        view.canvas.text((x, y + size * 2.6), note, size * 0.8, "center", paper=True)
