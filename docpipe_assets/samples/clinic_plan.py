"""A-101, the clinic's floor plan at 1/4" = 1'-0"."""

from __future__ import annotations

from fractions import Fraction

from docpipe_assets.samples import clinic_building as building
from docpipe_assets.samples.canvas import (
    BOLD,
    FINE,
    HIDDEN,
    LIGHT,
    OVERHEAD,
    PAPER,
    POCHE,
    Canvas,
    Pen,
    hatching,
)
from docpipe_assets.samples.fixtures import (
    Place,
    chair,
    counter,
    crossed_box,
    desk,
    exam_table,
    lavatory,
    toilet,
)
from docpipe_assets.samples.plan import draw_door, draw_walls, draw_window, room_tag
from docpipe_assets.samples.symbols import (
    detail_callout,
    elevation_mark,
    grid_lines,
    keynote,
    north_arrow,
    revision_triangle,
    scale_bar,
    section_mark,
    title_underline,
)
from docpipe_assets.samples.view import INCHES, View, view_title

LENGTH, DEPTH = building.LENGTH, building.DEPTH


def draw_floor_plan(canvas: Canvas) -> None:
    view = View(canvas, (222.0, 812.0), Fraction(48), INCHES)
    _draw_grid(view)
    _draw_outside(view)
    _draw_furniture(view)
    draw_walls(view, building.WALLS, building.OPENINGS)
    for window in (*building.SOUTH_WINDOWS, *building.WEST_WINDOWS):
        draw_window(view, window, building.WALLS, -1)
    for window in (*building.NORTH_WINDOWS, *building.EAST_WINDOWS):
        draw_window(view, window, building.WALLS, 1)
    for door in building.DOORS:
        draw_door(view, door, building.WALLS)
    for room in building.ROOMS:
        room_tag(view, room.at, room.name, room.number)
    _draw_dimensions(view)
    _draw_marks(view)
    view_title(canvas, (96, 988), "1", "FLOOR PLAN", '1/4" = 1\'-0"', 260)
    feet = [0, 48, 96, 192, 288]
    scale_bar(view, (930, 990), feet, [f"{mark // 12}'" for mark in feet], "")
    north_arrow(canvas, (1420, 985), 20)
    _draw_notes(canvas)


def _draw_grid(view: View) -> None:
    paper = view.model
    box = (-paper(118), -paper(10), LENGTH + paper(20), DEPTH + paper(100))
    grid_lines(view, building.GRID_ACROSS, building.GRID_UP, box)


def _draw_outside(view: View) -> None:
    view.rect((4, -48), (106, 0), LIGHT, PAPER)
    view.rect((LENGTH, 165), (LENGTH + 48, 217), LIGHT, PAPER)
    overhang = building.EAVE
    view.polygon(
        [
            (-overhang, -overhang),
            (LENGTH + overhang, -overhang),
            (LENGTH + overhang, DEPTH + overhang),
            (-overhang, DEPTH + overhang),
        ],
        OVERHEAD,
    )


def _draw_furniture(view: View) -> None:
    for x in (138, 160, 182, 204, 226):
        chair(view, Place((x, 24), (0, 1)))
    for y in (124, 146, 168, 190):
        chair(view, Place((24, y), (1, 0)))
    for y in (54, 76, 98):
        chair(view, Place((119, y), (1, 0)))
    view.rect((44, 214), (140, 238), LIGHT, PAPER)
    view.line((44, 225.5), (140, 225.5), HIDDEN)
    for x in (68, 116):
        chair(view, Place((x, 252), (0, -1)))
    counter(view, (10, 296), (190, 320))
    desk(view, Place((40, 372), (1, 0)), 60, 30)
    desk(view, Place((196, 392), (-1, 0)), 54, 30)
    counter(view, (309, 248), (333, 422), (321, 290))
    counter(view, (243, 398), (309, 422))
    lavatory(view, Place((338, 250), (1, 0)))
    toilet(view, Place((356, 324), (0, -1)))
    lavatory(view, Place((503, 250), (-1, 0)))
    toilet(view, Place((485, 324), (0, -1)))
    view.lines([((338, 323), (380, 323)), ((339, 290), (339, 324))], Pen(1.1))
    view.lines([((461, 323), (503, 323)), ((502, 290), (502, 324))], Pen(1.1))
    crossed_box(view, (346, 388), (372, 416))
    view.circle((394, 404), 11, LIGHT, PAPER)
    exam_table(view, Place((563, 412), (0, -1)))
    counter(view, (594, 250), (618, 420), (606, 300))
    counter(view, (623, 398), (710, 422), (690, 410))
    for at in ((652, 276), (688, 276)):
        chair(view, Place(at, (0, 1)))
    view.circle((690, 300), 14, LIGHT, PAPER)
    for head, sink in ((290, 243), (420, 459), (531, 483)):
        exam_table(view, Place((head, 16), (0, 1)))
        counter(view, (sink, 98), (sink + 18, 150), (sink + 9, 126))
    desk(view, Place((668, 58), (0, 1)), 66, 30)
    counter(view, (602, 10), (620, 70))


def _draw_dimensions(view: View) -> None:
    paper = view.model
    south = [0, building.DOORS[0].at[0], *(window.at[0] for window in building.SOUTH_WINDOWS), LENGTH]
    view.dimensions_across(south, -paper(92), -paper(50))
    view.dimensions_across([0, 240, 360, 480, 599.5, LENGTH], -paper(110), -paper(50))
    view.dimensions_across([0, LENGTH], -paper(128), -paper(50))
    north = [0, *(window.at[0] for window in building.NORTH_WINDOWS[:2]), 470, 563, 666, LENGTH]
    view.dimensions_across(north, DEPTH + paper(44), DEPTH + paper(30))
    view.dimensions_across([0, 240, 335.5, 420.5, 505.5, 620.5, LENGTH], DEPTH + paper(62), DEPTH + paper(30))
    view.dimensions_across([0, 240, 480, LENGTH], DEPTH + paper(80), DEPTH + paper(30))
    west = [0, *(window.at[1] for window in building.WEST_WINDOWS), DEPTH]
    view.dimensions_up(west, -paper(48), -paper(30))
    view.dimensions_up([0, 156.5, 225.5, DEPTH], -paper(66), -paper(30))
    view.dimensions_up([0, DEPTH], -paper(84), -paper(30))
    east = [0, *(opening.at[1] for opening in building.EAST_WINDOWS), DEPTH]
    view.dimensions_up([east[0], east[1], 191, east[2], east[3]], LENGTH + paper(88), LENGTH + paper(44))
    view.dimensions_across([243, 357.5], 91, 91, 6.5)
    view.dimensions_across([362.5, 477], 91, 91, 6.5)
    view.dimensions_across([483, 597], 91, 91, 6.5)
    view.dimensions_across([602, 710], 91, 91, 6.5)
    view.dimensions_up([159, 223], 500, 500, 6.5)
    view.dimensions_up([10, 154], 268, 268, 6.5)
    view.dimensions_up([228, 324], 410, 410, 6.5)
    view.dimensions_across([105, 237], 40, 40, 6.5)


def _draw_marks(view: View) -> None:
    canvas, paper = view.canvas, view.model
    top, bottom = DEPTH + paper(106), -paper(142)
    section_mark(canvas, view.at(452, bottom), view.at(452, top), "east", "2", "A-501", through=False)
    elevation_mark(canvas, view.at(330, -paper(156)), "north", "1", "A-201")
    elevation_mark(canvas, view.at(LENGTH + paper(126), 250), "west", "2", "A-201")
    detail_callout(view, (698, 36, 746, 124), "1", "A-501", "right")
    for number, at in (
        ("1", (14, -42)),
        ("2", (92, 219.5)),
        ("3", (362, 262)),
        ("4", (388, 312)),
        ("5", (326, 60)),
        ("6", (321, 372)),
        ("7", (360, 348)),
        ("8", (86, 24)),
    ):
        keynote(canvas, view.at(*at), number, 6.5)
    revision_triangle(canvas, view.at(178, 246), "1")


def _draw_notes(canvas: Canvas) -> None:
    left, top = 84.0, 1050.0
    y = title_underline(canvas, (left, top), "KEYED NOTES") + 4
    for index, (number, text) in enumerate(building.KEYNOTES):
        x = left + (0 if index < 4 else 390)
        row = y + (index % 4) * 32 + 2
        keynote(canvas, (x + 8, row), number, 7)
        canvas.paragraph((x + 24, row + 2.6), 330, text, 7.5, 1.35)
    x = left + 800
    y = title_underline(canvas, (x, top), "WALL TYPES") + 2
    types = [
        ("A", 'BRICK VENEER, 1 3/4" AIR SPACE, SHEATHING, 2x4 STUDS AT 16" O.C., R-15 BATT, 5/8" GYP. BD.'),
        ("B", '2x4 STUDS AT 16" O.C., 5/8" GYP. BD. EACH SIDE, SOUND BATT TO CEILING.'),
        ("C", "2x6 PLUMBING WALL, MOISTURE RESISTANT GYP. BD. AT WET SIDE."),
    ]
    for row, (mark, text) in enumerate(types):
        height = y + row * 42
        canvas.rect((x, height - 8), (x + 44, height + 6), Pen(1.0), POCHE)
        if mark == "A":
            brick = [(x, height - 8), (x + 44, height - 8), (x + 44, height - 2), (x, height - 2)]
            canvas.polygon(brick, LIGHT, PAPER)
            canvas.lines(hatching(brick, 2.6, -45), FINE)
        canvas.circle((x + 60, height - 1), 7.5, LIGHT, PAPER)
        canvas.text((x + 60, height + 1.8), mark, 7.5, "center", BOLD)
        canvas.paragraph((x + 76, height), 200, text, 7.5, 1.3)
    x = left + 1110
    y = title_underline(canvas, (x, top), "PLAN NOTES") + 2
    notes = [
        "DIMENSIONS ARE TO FACE OF BRICK, CENTER LINE OF PARTITIONS AND OPENINGS U.N.O.",
        'DOORS NOT LOCATED BY DIMENSION SHALL BE 6" FROM ADJACENT WALL TO JAMB.',
        "DO NOT SCALE DRAWINGS.",
        "SEE A-601 FOR DOOR AND WINDOW MARKS.",
    ]
    for row, text in enumerate(notes, 1):
        canvas.text((x, y), f"{row}.", 7.5)
        y = canvas.paragraph((x + 14, y), 262, text, 7.5, 1.3) + 5
