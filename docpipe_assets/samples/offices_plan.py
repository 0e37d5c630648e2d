"""2318-A-101, the offices' ground floor at 1:100."""

from __future__ import annotations

from fractions import Fraction

from docpipe_assets.samples import offices_building as building
from docpipe_assets.samples.canvas import (
    BOLD,
    FINE,
    LIGHT,
    OUTLINE,
    PAPER,
    POCHE,
    VISIBLE,
    Canvas,
    Pen,
    Point,
)
from docpipe_assets.samples.fixtures import (
    Place,
    chair,
    counter,
    crossed_box,
    desk,
    lavatory,
    meeting_table,
    stairs,
    toilet,
)
from docpipe_assets.samples.plan import draw_door, draw_walls, draw_window, room_tag
from docpipe_assets.samples.symbols import (
    arrow,
    grid_lines,
    leader,
    north_arrow,
    revision_triangle,
    scale_bar,
    section_mark,
    spot_level,
    title_underline,
)
from docpipe_assets.samples.table import Column, draw_table
from docpipe_assets.samples.view import MILLIMETRES, View, view_title

LENGTH, BAR, DEPTH, WING = building.LENGTH, building.BAR, building.DEPTH, building.WING


def draw_ground_floor(canvas: Canvas) -> None:
    view = View(canvas, (246.0, 1230.0), Fraction(100), MILLIMETRES)
    paper = view.model
    box = (-paper(126), -paper(20), LENGTH + paper(30), DEPTH + paper(96))
    grid_lines(view, building.GRID_ACROSS, building.GRID_UP, box)
    _draw_outside(view)
    _draw_furniture(view)
    draw_walls(view, building.WALLS, building.OPENINGS)
    for _, x in building.GRID_ACROSS:
        for _, y in building.GRID_UP:
            if y <= BAR or x >= WING:
                _draw_column(view, x, y)
    for window in (*building.SOUTH_WINDOWS, *building.WEST_WINDOWS):
        draw_window(view, window, building.WALLS, -1, tag=False)
    for window in (*building.NORTH_WINDOWS, *building.EAST_WINDOWS):
        draw_window(view, window, building.WALLS, 1, tag=False)
    for door in building.DOORS:
        draw_door(view, door, building.WALLS, tag=door.mark not in {"D09", "D10"})
    for room in building.ROOMS:
        room_tag(view, room.at, room.name, room.number, 7.5)
    _draw_dimensions(view)
    _draw_marks(view)
    view_title(canvas, (100, 1420), "1", "GROUND FLOOR PLAN", "1:100", 300)
    metres = [0, 1000, 2000, 5000, 10000, 15000]
    scale_bar(view, (500, 1420), metres, [f"{mark // 1000}" for mark in metres], "metres")
    north_arrow(canvas, (1130, 1420), 20, 24)
    _draw_margin(canvas, (2010.0, 70.0))


def _draw_column(view: View, x: float, y: float) -> None:
    half = building.COLUMN / 2
    edge_x = min(max(x, half), LENGTH - half)
    edge_y = min(max(y, half), DEPTH - half)
    view.rect((edge_x - half, edge_y - half), (edge_x + half, edge_y + half), VISIBLE, 0.15)


def _draw_outside(view: View) -> None:
    view.rect((7400, -2600), (10600, 0), LIGHT, PAPER)
    view.lines([((7400, -2600 + step * 300), (10600, -2600 + step * 300)) for step in range(1, 3)], FINE)
    arrow(view.canvas, view.at(9000, -900), view.at(9000, -2300))
    view.canvas.text(view.at(9300, -1500), "1:20 RAMP", 6.5, paper=True)
    view.rect((LENGTH, 7400), (LENGTH + 1800, 9400), LIGHT, PAPER)
    for index in range(6):
        x = 12500 + index * 3600
        view.circle((x, 20500), 1500, FINE)
        view.circle((x, 20500), 180, VISIBLE, 0.3)
    view.lines([((2000, 18200), (35600, 18200)), ((2000, 22800), (35600, 22800))], LIGHT)
    view.hatch([(2000, 18200), (35600, 18200), (35600, 15400), (2000, 15400)], 17, 0, FINE)
    view.hatch([(2000, 18200), (35600, 18200), (35600, 15400), (2000, 15400)], 17, 90, FINE)
    view.canvas.text(view.at(24000, 24000), "COURTYARD", 9, "center", BOLD)
    view.canvas.text(view.at(24000, 16700), "PERMEABLE PAVING, 1:80 FALL TO GULLIES", 7, "center", paper=True)
    arrow(view.canvas, view.at(20500, 16000), view.at(17500, 16000))
    spot_level(view.canvas, view.at(4200, 17000), "+4.300")
    spot_level(view.canvas, view.at(33400, 17400), "+4.220")
    spot_level(view.canvas, view.at(11300, -1500), "+4.200")


def _draw_furniture(view: View) -> None:
    counter(view, (2200, 11400), (6800, 12200))
    for x in (3400, 5400):
        chair(view, Place((x, 12900), (0, -1)))
    for x, y in ((2000, 2400), (2000, 4000), (4000, 2400), (4000, 4000)):
        chair(view, Place((x, y), (1 if x < 3000 else -1, 0)))
    view.circle((3000, 3200), 450, LIGHT, PAPER)
    for row in range(2):
        for column in range(3):
            x, y = 14900 + column * 3000, 2100 + row * 2300
            for dx, dy in ((650, 0), (-650, 0)):
                chair(view, Place((x + dx, y + dy), (-dx / 650, 0)))
            view.circle((x, y), 400, LIGHT, PAPER)
    counter(view, (23200, 1000), (23900, 6600), (23550, 5400))
    meeting_table(view, (15000, 11600), 3600, 1200, 4)
    meeting_table(view, (21000, 11600), 3600, 1200, 4)
    stairs(view, (24200, 11400), (25450, 14500), 11, (24800, 14300))
    stairs(view, (25550, 11400), (26800, 14500), 11, (26200, 14300))
    crossed_box(view, (27200, 12600), (29100, 14500))
    crossed_box(view, (29400, 12600), (31300, 14500))
    toilet(view, Place((32600, 14600), (0, -1)))
    lavatory(view, Place((33675, 13600), (-1, 0)))
    toilet(view, Place((34800, 14600), (0, -1)))
    lavatory(view, Place((35900, 13600), (-1, 0)))
    for x0, columns in ((26300, 5), (44300, 3)):
        for column in range(columns):
            x = x0 + column * 3100
            desk(view, Place((x, 4400), (0, 1)), 1600, 800)
            desk(view, Place((x + 1600, 4400), (0, 1)), 1600, 800)
            desk(view, Place((x, 3600), (0, -1)), 1600, 800)
            desk(view, Place((x + 1600, 3600), (0, -1)), 1600, 800)
    for row in range(3):
        for column in range(4):
            x, y = 38600 + column * 3700, 15000 + row * 3300
            desk(view, Place((x, y + 400), (0, 1)), 1600, 800)
            desk(view, Place((x + 1600, y + 400), (0, 1)), 1600, 800)
            desk(view, Place((x, y - 400), (0, -1)), 1600, 800)
            desk(view, Place((x + 1600, y - 400), (0, -1)), 1600, 800)
    stairs(view, (36500, 26400), (39050, 28000), 9, (38800, 27000))
    crossed_box(view, (42400, 27400), (44000, 29200))
    view.circle((46800, 28400), 650, VISIBLE, PAPER)
    view.circle((46800, 25200), 650, VISIBLE, PAPER)
    for index in range(9):
        x = 48700 + index * 580
        view.line((x, 26300), (x, 28000), LIGHT)
        view.circle((x, 26600), 240, FINE)
        view.circle((x, 27700), 240, FINE)


def _draw_dimensions(view: View) -> None:
    paper = view.model
    across = [x for _, x in building.GRID_ACROSS]
    up = [y for _, y in building.GRID_UP]
    south = [0.0]
    for window in building.SOUTH_WINDOWS:
        south += [window.at[0] - window.width / 2, window.at[0] + window.width / 2]
    entrance = building.DOORS[0]
    south += [entrance.at[0] - entrance.width / 2, entrance.at[0] + entrance.width / 2, LENGTH]
    view.dimensions_across(sorted(south), -paper(92), -paper(78), 6.5)
    view.dimensions_across(across, -paper(110), -paper(78), 7)
    view.dimensions_across([0, LENGTH], -paper(128), -paper(78), 7)
    view.dimensions_across(across, DEPTH + paper(58), DEPTH + paper(30), 7)
    view.dimensions_across([0, WING, LENGTH], DEPTH + paper(76), DEPTH + paper(30), 7)
    view.dimensions_up(up, -paper(66), -paper(30), 7)
    view.dimensions_up([0, BAR, DEPTH], -paper(86), -paper(30), 7)
    view.dimensions_up([0, DEPTH], -paper(104), -paper(30), 7)
    east = [0, 1350, 6150, 7500, 10200, 13800, 16350, 21150, DEPTH]
    view.dimensions_up(east, LENGTH + paper(76), LENGTH + paper(60), 6.5)
    view.dimensions_across([12075, 17925], 10100, 10100, 6.5)
    view.dimensions_across([18075, 23900], 10100, 10100, 6.5)
    view.dimensions_across([400, 11925], 10300, 10300, 6.5)
    view.dimensions_up([7575, 9225], 48500, 48500, 6.5)
    view.dimensions_up([9375, 23925], 52600, 52600, 6.5)
    view.dimensions_across([42075, 47925], 24700, 24700, 6.5)


def _draw_marks(view: View) -> None:
    canvas, paper = view.canvas, view.model
    section_mark(
        canvas, view.at(-paper(146), 5300), view.at(LENGTH + paper(118), 5300), "north", "A", "A-301", False
    )
    section_mark(
        canvas, view.at(22000, -paper(150)), view.at(22000, BAR + paper(110)), "east", "B", "A-301", False
    )
    revision_triangle(canvas, view.at(8600, 12500), "2")
    leader(
        canvas,
        view.at(29500, 20500),
        view.at(31000, 25800),
        "EXISTING LIME TREES RETAINED, PROTECT ROOTS DURING WORKS",
        6.8,
        120,
    )


def _draw_margin(canvas: Canvas, at: Point) -> None:
    x, y = at
    width = 330.0
    canvas.line((x - 24, 28.35), (x - 24, canvas.height - 170.35), LIGHT)
    y = title_underline(canvas, (x, y), "NOTES", 11) + 4
    notes = [
        "Structural grid is to the centre of columns, and to the outer face of external walls at the perimeter.",
        "All levels are in metres above Ordnance Datum. Ground floor finished floor level +4.350.",
        "Partitions: 150 mm metal stud with two layers of board each side. Core walls: 200 mm concrete.",
        "Refer to 2318-A-501 for wall, cill and threshold details.",
        "Paving to fall away from the building at not less than 1:80.",
        "Ramp at main entrance not steeper than 1:20. Level threshold, 15 mm maximum upstand.",
        "Fire doors and compartment lines are shown on the fire strategy drawings.",
        "Lift shafts to be set out by the lift supplier before casting.",
    ]
    for number, text in enumerate(notes, 1):
        canvas.text((x, y), f"{number}.", 8)
        y = canvas.paragraph((x + 20, y), width - 30, text, 8, 1.4) + 6
    y = title_underline(canvas, (x, y + 20), "LEGEND", 11) + 6
    for fill, text in (
        (POCHE, "New wall or partition"),
        (0.15, "Concrete column, 400 x 400"),
        (PAPER, "Glazing"),
    ):
        canvas.rect((x, y - 8), (x + 40, y + 3), Pen(1.0), fill)
        if fill == PAPER:
            canvas.line((x, y - 2.5), (x + 40, y - 2.5), FINE)
        canvas.text((x + 54, y), text, 8)
        y += 20
    canvas.circle((x + 20, y), 9, LIGHT)
    canvas.text((x + 20, y + 2.4), "D01", 6.5, "center")
    canvas.text((x + 54, y + 3), "Door reference, see door schedule", 8)
    columns = [Column("ROOM", 52, "center"), Column("NAME", 188), Column("CEILING", 80, "right")]
    rows = [(room.number, room.name, f"{room.ceiling}") for room in building.ROOMS]
    bottom = draw_table(canvas, (x, y + 36), columns, rows, "ROOM SCHEDULE", size=8, row_height=16)
    _draw_key_plan(View(canvas, (x + 60, bottom + 190), Fraction(800), MILLIMETRES))
    canvas.text((x, bottom + 60), "KEY PLAN", 9, font=BOLD)


def _draw_key_plan(view: View) -> None:
    outline = [(0.0, 0.0), (LENGTH, 0.0), (LENGTH, DEPTH), (WING, DEPTH), (WING, BAR), (0.0, BAR)]
    view.polygon(outline, OUTLINE)
    view.hatch(outline, 4, 45, FINE)
