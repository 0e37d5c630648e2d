"""The house in Mill Lane: three small sheets as drawn, before somebody scanned them."""

from __future__ import annotations

from fractions import Fraction

from docpipe_assets.samples.canvas import BOLD, FINE, LIGHT, OUTLINE, PAPER, VISIBLE, Canvas, Point
from docpipe_assets.samples.facade import (
    battens,
    courses,
    door_front,
    gable,
    ground_line,
    roof_front,
    window_front,
)
from docpipe_assets.samples.fixtures import Place, bathtub, counter, crossed_box, lavatory, toilet
from docpipe_assets.samples.house_site import draw_site
from docpipe_assets.samples.plan import Door, Opening, Wall, Window, draw_door, draw_walls, draw_window
from docpipe_assets.samples.scan import Feed
from docpipe_assets.samples.sheet import Project, Sheet
from docpipe_assets.samples.symbols import north_arrow, roof_slope, scale_bar, title_underline
from docpipe_assets.samples.view import INCHES, View, view_title

SIZE = (17 * 72.0, 11 * 72.0)

PROJECT = Project(
    firm="ORRIN BLACKWELL, ARCHITECT",
    firm_address=("9 SADDLER'S ROW", "WESTMERE"),
    name=("HOUSE IN MILL LANE",),
    address=("12 MILL LANE", "WESTMERE"),
    client="",
    number="",
    date="6-14-91",
    drawn_by="O.B.",
    checked_by="",
    phase="",
    issues=(),
)

LENGTH, DEPTH = 528, 336
PLATE, HEEL, PITCH, EAVE = 97, 7, 8 / 12, 18
WALLS = [
    Wall(0, 0, LENGTH, 6),
    Wall(0, 330, LENGTH, DEPTH),
    Wall(0, 3, 6, 333),
    Wall(522, 3, LENGTH, 333),
    Wall(222, 5, 226.5, 331),
    Wall(5, 180, 223, 184.5),
    Wall(226, 146, 523, 150.5),
    Wall(226, 190, 523, 194.5),
    Wall(350, 5, 354.5, 147),
    Wall(399, 5, 403.5, 147),
    Wall(350, 74, 403.5, 78.5),
    Wall(310, 194, 314.5, 331),
    Wall(384, 194, 388.5, 331),
]
DOORS = [
    Door("1", (180, 3), 36, 1, 1),
    Door("2", (60, 333), 36, -1, -1),
    Door("3", (262, 148.25), 32, -1, -1),
    Door("4", (422, 148.25), 32, -1, -1),
    Door("5", (246, 192.25), 30, -1, 1),
    Door("6", (334, 192.25), 30, -1, 1),
    Door("7", (408, 192.25), 32, -1, 1),
    Door("8", (352.25, 112), 48, -1, -1, pair=True),
    Door("9", (401.25, 40), 48, -1, 1, pair=True),
    Door("10", (349, 333), 32, 1, -1),
]
SOUTH_WINDOWS = [Window("A", (80, 3), 72), Window("B", (290, 3), 60), Window("B", (460, 3), 60)]
NORTH_WINDOWS = [Window("C", (150, 333), 48), Window("D", (268, 333), 24), Window("C", (455, 333), 48)]
WEST_WINDOWS = [Window("B", (3, 95), 60), Window("C", (3, 262), 48)]
EAST_WINDOWS = [Window("C", (525, 80), 48), Window("C", (525, 262), 48)]
OPENINGS: list[Door | Window | Opening] = [
    *DOORS,
    *SOUTH_WINDOWS,
    *NORTH_WINDOWS,
    *WEST_WINDOWS,
    *EAST_WINDOWS,
    Opening((120, 182), 84),
    Opening((224, 170), 38),
]
ROOMS: list[tuple[str, Point]] = [
    ("LIVING ROOM", (112, 104)),
    ("KITCHEN / DINING", (112, 250)),
    ("BEDROOM 1", (288, 60)),
    ("BEDROOM 2", (464, 74)),
    ("BEDROOM 3", (462, 262)),
    ("BATH", (281, 250)),
    ("UTILITY", (336, 270)),
    ("HALL", (470, 167)),
]
_PORCH = (126.0, 234.0)


def draw_floor_plan(canvas: Canvas) -> None:
    view = View(canvas, (168.0, 562.0), Fraction(64), INCHES)
    _draw_fittings(view)
    draw_walls(view, WALLS, OPENINGS)
    for window in (*SOUTH_WINDOWS, *WEST_WINDOWS):
        draw_window(view, window, WALLS, -1)
    for window in (*NORTH_WINDOWS, *EAST_WINDOWS):
        draw_window(view, window, WALLS, 1)
    for door in DOORS:
        draw_door(view, door, WALLS)
    for name, at in ROOMS:
        view.text(at, name, 9.5, font=BOLD, paper=True)
    paper = view.model
    middles = sorted([DOORS[0].at[0], *(window.at[0] for window in SOUTH_WINDOWS)])
    south = [0, *middles, LENGTH]
    view.dimensions_across(south, -paper(92), -paper(74), 8)
    view.dimensions_across([0, LENGTH], -paper(112), -paper(74), 8)
    view.dimensions_across([0, 224.25, 312.25, 386.25, LENGTH], DEPTH + paper(44), DEPTH + paper(26), 8)
    view.dimensions_up([0, 182.25, DEPTH], -paper(46), -paper(28), 8)
    view.dimensions_up([0, DEPTH], -paper(66), -paper(28), 8)
    view.dimensions_up([0, 148.25, 192.25, DEPTH], LENGTH + paper(48), LENGTH + paper(28), 8)
    view_title(canvas, (70, 716), "1", "FIRST FLOOR PLAN", 'SCALE: 3/16" = 1\'-0"', 220)
    feet = [0, 48, 96, 192]
    scale_bar(view, (350, 716), feet, [f"{mark // 12}" for mark in feet], "FEET")
    north_arrow(canvas, (640, 708), 17)
    notes = [
        "DIMENSIONS ARE TO FACE OF STUDS AT OUTSIDE WALLS AND CENTER OF PARTITIONS.",
        'OUTSIDE WALLS 2x6 AT 16" O.C., PARTITIONS 2x4 AT 16" O.C.',
        "CEILING HEIGHT 8'-0\" THROUGHOUT.",
        'PORCH FLOOR SLOPES 1/8" PER FOOT.',
        "SMOKE DETECTOR IN HALL AND EACH BEDROOM.",
        "HEADERS (2) 2x10 UNLESS NOTED.",
    ]
    _draw_notes(canvas, (880.0, 84.0), "NOTES", notes)
    y = title_underline(canvas, (880, 330), "WINDOWS", 11) + 6
    sizes = {"A": "6'-0\" x 4'-0\" PICTURE", "B": "5'-0\" x 4'-0\" SLIDER", "C": "4'-0\" x 4'-0\" SLIDER"}
    sizes["D"] = "2'-0\" x 2'-0\" AWNING"
    for mark, size in sizes.items():
        canvas.text((880, y), mark, 9, font=BOLD)
        canvas.text((904, y), size, 9)
        y += 17


def _draw_notes(canvas: Canvas, at: Point, heading: str, notes: list[str]) -> None:
    x, y = at
    y = title_underline(canvas, (x, y), heading, 11) + 6
    for number, text in enumerate(notes, 1):
        canvas.text((x, y), f"{number}.", 9)
        y = canvas.paragraph((x + 18, y), 250, text, 9, 1.35) + 6


def _draw_fittings(view: View) -> None:
    view.rect((_PORCH[0], -60), (_PORCH[1], 0), VISIBLE, PAPER)
    view.hatch([(_PORCH[0], -60), (_PORCH[1], -60), (_PORCH[1], 0), (_PORCH[0], 0)], 6, 90, FINE)
    view.rect((156, -72), (204, -60), VISIBLE, PAPER)
    counter(view, (84, 305), (220, 330), (150, 318))
    counter(view, (197, 238), (222, 305))
    crossed_box(view, (190, 208), (221, 238))
    bathtub(view, Place((310, 308), (-1, 0)))
    toilet(view, Place((310, 272), (-1, 0)))
    lavatory(view, Place((310, 222), (-1, 0)))
    view.rect((357, 200), (383, 226), VISIBLE, PAPER)
    view.rect((357, 234), (383, 260), VISIBLE, PAPER)
    view.circle((370, 247), 8, LIGHT)
    crossed_box(view, (6, 120), (26, 168))


def draw_elevations(canvas: Canvas) -> None:
    front = View(canvas, (170.0, 330.0), Fraction(64), INCHES)
    _draw_front(front)
    view_title(canvas, (70, 392), "1", "SOUTH ELEVATION", 'SCALE: 3/16" = 1\'-0"', 220)
    side = View(canvas, (210.0, 660.0), Fraction(64), INCHES)
    _draw_side(side)
    view_title(canvas, (70, 722), "2", "EAST ELEVATION", 'SCALE: 3/16" = 1\'-0"', 220)
    notes = [
        "ROOF: ASPHALT SHINGLES, SLOPE 8:12. PORCH ROOF 4:12.",
        'WALLS: BEVEL SIDING, 6" TO WEATHER, PAINTED.',
        "TRIM: 1x5 CEDAR, PAINTED.",
        'CHIMNEY: COMMON BRICK, FLUE 8" x 12".',
        'GRADE FALLS AWAY FROM HOUSE 6" IN 10 FEET.',
    ]
    _draw_notes(canvas, (880.0, 84.0), "ELEVATION NOTES", notes)


_SILLS = {"A": (72, 48, 36), "B": (60, 48, 36), "C": (48, 48, 36), "D": (24, 24, 60)}
_EAVE_TOP = PLATE + HEEL - EAVE * PITCH
_RIDGE = PLATE + HEEL + DEPTH / 2 * PITCH


def _draw_front(view: View) -> None:
    paper = view.model
    view.rect((0, -10), (LENGTH, PLATE), OUTLINE, PAPER)
    courses(view, (0, 0), (LENGTH, PLATE), 6, FINE)
    for window in SOUTH_WINDOWS:
        width, height, sill = _SILLS[window.mark]
        window_front(view, window.at[0], sill, width, height, 3 if window.mark == "A" else 2)
    chimney = (40.0, 76.0)
    view.rect((chimney[0], _RIDGE - 60), (chimney[1], _RIDGE + 26), OUTLINE, PAPER)
    courses(view, (chimney[0], _RIDGE - 60), (chimney[1], _RIDGE + 26), 4, FINE)
    roof_front(view, (-EAVE, _EAVE_TOP), (LENGTH + EAVE, _RIDGE), 4)
    door_front(view, DOORS[0].at[0], 36, 80, glazed=False)
    for x in (_PORCH[0] + 4, _PORCH[1] - 4):
        view.rect((x - 3, 0), (x + 3, 88), VISIBLE, PAPER)
    middle, half = sum(_PORCH) / 2, 66.0
    view.polygon([(middle - half, 88), (middle + half, 88), (middle, 88 + half / 3)], OUTLINE, PAPER)
    battens(view, [(middle - half + 8, 89), (middle + half - 8, 89), (middle, 86 + half / 3)], 5)
    gable(view, (middle - half, middle + half), 93, 4 / 12, 7)
    view.rect((_PORCH[0], -10), (_PORCH[1], 0), VISIBLE, PAPER)
    ground_line(view, -70, LENGTH + 80, -10)
    roof_slope(view.canvas, view.at(middle + 42, 122), "4", "12")
    view.dimensions_up([0, PLATE, _RIDGE], -paper(62), -paper(26), 8)
    for y, text in ((0, "FIRST FLOOR"), (PLATE, "TOP OF PLATE")):
        start = view.at(LENGTH + 22, y)
        view.canvas.line(start, (start[0] + 66, start[1]), FINE)
        view.canvas.text((start[0] + 4, start[1] - 3), text, 8)


def _draw_side(view: View) -> None:
    paper = view.model
    middle = DEPTH / 2
    wall = [
        (0.0, -10.0),
        (DEPTH, -10.0),
        (DEPTH, PLATE + HEEL - 6.0),
        (middle, _RIDGE - 6),
        (0.0, PLATE + HEEL - 6.0),
    ]
    view.polygon(wall, OUTLINE, PAPER)
    view.hatch(wall, view.length(6), 0, FINE)
    view.rect((middle - 10, 150), (middle + 10, 182), VISIBLE, PAPER)
    courses(view, (middle - 10, 150), (middle + 10, 182), 4, LIGHT)
    gable(view, (-EAVE, DEPTH + EAVE), _EAVE_TOP, PITCH, 8)
    for window in EAST_WINDOWS:
        width, height, sill = _SILLS[window.mark]
        window_front(view, window.at[1], sill, width, height)
    ground_line(view, -70, DEPTH + 80, -10)
    roof_slope(view.canvas, view.at(262, 178), "8", "12")
    view.dimensions_across([0, DEPTH], -10 - paper(24), -10, 8)
    view.dimensions_up([0, PLATE, _RIDGE], -paper(72), -paper(30), 8)


SHEETS = [
    Sheet("C-1", "SITE PLAN", "1\" = 20'", draw_site),
    Sheet("A-1", "FIRST FLOOR PLAN", '3/16"=1\'-0"', draw_floor_plan),
    Sheet("A-2", "ELEVATIONS", '3/16"=1\'-0"', draw_elevations),
]
FEEDS = [Feed(-0.6, 11), Feed(1.1, 12, bilevel=True), Feed(0.45, 13, sideways=True)]
