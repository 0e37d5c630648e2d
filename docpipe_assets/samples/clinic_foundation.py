"""S-101, the clinic's foundation plan at 1/8" = 1'-0"."""

from __future__ import annotations

from fractions import Fraction

from docpipe_assets.samples import clinic_building as building
from docpipe_assets.samples.canvas import (
    BOLD,
    CENTRE,
    CUT,
    FINE,
    HIDDEN,
    LIGHT,
    OUTLINE,
    PAPER,
    POCHE,
    Canvas,
    Pen,
    Point,
)
from docpipe_assets.samples.materials import concrete, earth, gravel
from docpipe_assets.samples.symbols import (
    grid_lines,
    leader,
    north_arrow,
    scale_bar,
    section_mark,
    title_underline,
)
from docpipe_assets.samples.table import Column, draw_table
from docpipe_assets.samples.view import INCHES, View, view_title

LENGTH, DEPTH = building.LENGTH, building.DEPTH
FOOTING_OUT, FOOTING_IN, STEM = 7, 7, 10
_FOOTING = Pen(0.45, 0.0, "[5 3] 0")
_PADS = [("F2", 240.0, 225.5, 36.0), ("F2", 480.0, 225.5, 36.0), ("F1", 240.0, 324.0, 24.0)]


def draw_foundation(canvas: Canvas) -> None:
    view = View(canvas, (330.0, 560.0), Fraction(96), INCHES)
    _draw_plan(view)
    view_title(canvas, (96, 720), "1", "FOUNDATION PLAN", '1/8" = 1\'-0"', 260)
    feet = [0, 96, 192, 384]
    scale_bar(view, (480, 722), feet, [f"{mark // 12}'" for mark in feet], "")
    north_arrow(canvas, (960, 715), 19)
    _draw_schedule(canvas, (84.0, 800.0))
    _draw_joint(View(canvas, (640.0, 960.0), Fraction(9), INCHES))
    view_title(canvas, (556, 1090), "2", "SLAB CONTROL JOINT", "NOT TO SCALE", 190)
    _draw_thickened(View(canvas, (905.0, 960.0), Fraction(18), INCHES))
    view_title(canvas, (838, 1090), "3", "THICKENED SLAB AT PARTITION", "NOT TO SCALE", 190)
    _draw_notes(canvas, (1130.0, 90.0))


def _ring(inset: float) -> list[Point]:
    return [(inset, inset), (LENGTH - inset, inset), (LENGTH - inset, DEPTH - inset), (inset, DEPTH - inset)]


def _draw_plan(view: View) -> None:
    canvas, paper = view.canvas, view.model
    across = building.GRID_ACROSS
    up = [building.GRID_UP[0], building.GRID_UP[1], building.GRID_UP[3]]
    grid_lines(view, across, up, (-paper(116), -paper(8), LENGTH + paper(20), DEPTH + paper(84)))
    view.polygon(_ring(-FOOTING_OUT), _FOOTING)
    view.polygon(_ring(0), CUT, POCHE)
    view.polygon(_ring(STEM), CUT, PAPER)
    view.polygon(_ring(STEM + FOOTING_IN), _FOOTING)
    for x in (240.0, 480.0):
        view.lines([((x - 8, 17), (x - 8, DEPTH - 17)), ((x + 8, 17), (x + 8, DEPTH - 17))], HIDDEN)
    view.lines([((248, 217.5), (703, 217.5)), ((248, 233.5), (703, 233.5))], HIDDEN)
    for mark, x, y, size in _PADS:
        half = size / 2
        view.polygon(
            [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)],
            _FOOTING,
            PAPER,
        )
        view.rect((x - 3, y - 3), (x + 3, y + 3), OUTLINE, 0.0)
        spot = view.at(x + half, y + half)
        canvas.text((spot[0] + 4, spot[1] - 3), mark, 7, font=BOLD, paper=True)
    for x in (120.0, 360.0, 600.0):
        view.line((x, STEM), (x, DEPTH - STEM), CENTRE)
    for y in (100.0, 330.0):
        view.line((STEM, y), (LENGTH - STEM, y), CENTRE)
    view.rect((4, -48), (106, 0), LIGHT, PAPER)
    view.hatch([(4, -48), (106, -48), (106, 0), (4, 0)], 5, 45, FINE)
    view.rect((LENGTH, 165), (LENGTH + 48, 217), LIGHT, PAPER)
    view.hatch([(LENGTH, 165), (LENGTH + 48, 165), (LENGTH + 48, 217), (LENGTH, 217)], 5, 45, FINE)
    view.rect((346, 388), (412, 416), LIGHT, PAPER)
    canvas.text(view.at(379, 398), '4" PAD', 6, "center")
    view.circle((400, 360), 4, LIGHT, PAPER)
    for x, y, text in (
        (180, 160, '4" CONCRETE SLAB ON GRADE'),
        (180, 146, "T.O. SLAB EL. 100'-0\""),
        (300, 52, "C.J."),
        (540, 380, "C.J."),
    ):
        canvas.text(view.at(x, y), text, 6.8, "center", paper=True)
    leader(canvas, view.at(400, 358), view.at(440, 300), 'F.D., SLOPE 1/8" PER FOOT', 6.5, 110)
    leader(canvas, view.at(600, 270), view.at(620, 262), "SAW CUT", 6.5, 60)
    view.dimensions_across([x for _, x in across], DEPTH + paper(52), DEPTH + paper(22), 6.8)
    view.dimensions_across([0, LENGTH], DEPTH + paper(70), DEPTH + paper(22), 6.8)
    view.dimensions_across([0, 120, 240, 360, 480, 600, LENGTH], -paper(58), -paper(40), 6.8)
    view.dimensions_up([0, 225.5, DEPTH], -paper(60), -paper(20), 6.8)
    view.dimensions_up([0, DEPTH], -paper(80), -paper(20), 6.8)
    view.dimensions_up([0, 100, 330, DEPTH], LENGTH + paper(70), LENGTH + paper(44), 6.8)
    section_mark(canvas, view.at(560, -paper(66)), view.at(560, 62), "east", "2", "A-501")
    section_mark(canvas, view.at(330, 246), view.at(330, 190), "east", "3", "S-101")


def _draw_schedule(canvas: Canvas, at: Point) -> None:
    columns = [
        Column("MARK", 50, "center"),
        Column("SIZE", 110),
        Column("DEPTH", 56, "center"),
        Column("REINFORCING", 134),
    ]
    rows = [
        ("F1", "2'-0\" x 2'-0\"", "1'-0\"", "(3) #4 EACH WAY"),
        ("F2", "3'-0\" x 3'-0\"", "1'-0\"", "(4) #5 EACH WAY"),
        ("WF1", "2'-0\" x CONT.", "1'-0\"", "(2) #5 CONT."),
        ("TS", "1'-4\" x CONT.", '10"', "(2) #4 CONT."),
    ]
    bottom = draw_table(canvas, at, columns, rows, "FOOTING SCHEDULE", row_height=16, blank_rows=1)
    x, y = at[0], bottom + 34
    y = title_underline(canvas, (x, y), "FOUNDATION LEGEND") + 6
    for pen, text in (
        (CUT, 'FOUNDATION WALL, 10" CONCRETE'),
        (_FOOTING, "FOOTING BELOW"),
        (HIDDEN, "THICKENED SLAB BELOW"),
        (CENTRE, "SLAB CONTROL JOINT (C.J.)"),
    ):
        canvas.line((x, y - 2.5), (x + 50, y - 2.5), pen)
        canvas.text((x + 62, y), text, 7.5)
        y += 17


def _draw_joint(view: View) -> None:
    slab = [(-14, -4), (14, -4), (14, 0), (0.15, 0), (0.15, -1), (-0.15, -1), (-0.15, 0), (-14, 0)]
    gravel(view, [(-14, -8), (14, -8), (14, -4), (-14, -4)])
    concrete(view, slab)
    earth(view, (-14, -8), (14, -8), 2.2)
    leader(
        view.canvas, view.at(0, -0.6), view.at(5, 6), 'SAW CUT 1/8" WIDE, 1/4 SLAB DEPTH, SEALANT', 6.8, 84
    )
    leader(view.canvas, view.at(-8, -6), view.at(-9, 4.5), '4" GRAVEL', 6.8, 60)


def _draw_thickened(view: View) -> None:
    gravel(view, [(-16, -8), (40, -8), (40, -4), (-16, -4)])
    slab = [(-16, -4), (0, -4), (6, -10), (22, -10), (28, -4), (40, -4), (40, 0), (-16, 0)]
    concrete(view, slab)
    earth(view, (-16, -10.5), (40, -10.5), 4)
    for x in (9, 19):
        view.circle((x, -7.5), 0.55, OUTLINE, 0.0)
    view.rect((12, 0), (16, 1.5), OUTLINE, PAPER)
    view.lines([((12.2, 1.5), (12.2, 13)), ((15.8, 1.5), (15.8, 13))], OUTLINE)
    leader(view.canvas, view.at(19, -7.5), view.at(34, 16), "(2) #4 CONT.", 6.8, 90)
    leader(view.canvas, view.at(12, 0.7), view.at(-1, 9), "P.T. SILL PLATE", 6.8, 62)


def _draw_notes(canvas: Canvas, at: Point) -> None:
    x, y = at
    y = title_underline(canvas, (x, y), "STRUCTURAL NOTES", 11) + 6
    notes = [
        "DESIGN LOADS: ROOF LIVE 20 PSF, GROUND SNOW 30 PSF, WIND 110 MPH EXPOSURE B.",
        "ALLOWABLE SOIL BEARING 2,000 PSF, ASSUMED. VERIFY BEFORE PLACING FOOTINGS.",
        'BOTTOM OF FOOTINGS 42" BELOW FINISH FLOOR, MINIMUM 36" BELOW FINISH GRADE.',
        'CONCRETE 3,000 PSI FOOTINGS AND WALLS, 3,500 PSI SLABS. MAXIMUM AGGREGATE 3/4".',
        'REINFORCING GRADE 60. LAP BARS 40 DIAMETERS. COVER 3" AGAINST EARTH, 1 1/2" ELSEWHERE.',
        'FOUNDATION WALLS: #4 AT 16" O.C. VERTICAL, #4 AT 12" O.C. HORIZONTAL, CENTERED.',
        'ANCHOR BOLTS 5/8" x 10" AT 4\'-0" O.C., WITHIN 12" OF PLATE ENDS AND CORNERS.',
        'SLAB: 4" WITH 6x6 W1.4xW1.4 W.W.F. ON 10 MIL VAPOR RETARDER AND 4" GRAVEL.',
        "CONTROL JOINTS NOT MORE THAN 12'-0\" APART, LENGTH TO WIDTH NOT OVER 1.5:1.",
        "STEP FOOTINGS 1 VERTICAL TO 2 HORIZONTAL. SLOPE EXCAVATIONS 1:1 UNLESS SHORED.",
        "BACKFILL BOTH SIDES EVENLY. DO NOT BACKFILL UNTIL FLOOR SLAB IS IN PLACE.",
        "COORDINATE SLEEVES AND FLOOR DRAINS WITH PLUMBING DRAWINGS.",
        'PREFABRICATED ROOF TRUSSES BEAR ON GRID LINES A AND D AT 24" O.C. SUBMIT CALCULATIONS.',
    ]
    for number, text in enumerate(notes, 1):
        canvas.text((x, y), f"{number}.", 8)
        y = canvas.paragraph((x + 20, y), 330, text, 8, 1.38) + 7
