"""A-501, the clinic's details, each at its own scale."""

from __future__ import annotations

from fractions import Fraction

from docpipe_assets.samples import clinic_building as building
from docpipe_assets.samples.canvas import FINE, HIDDEN, LIGHT, OUTLINE, PAPER, VISIBLE, Canvas, Pen, Point
from docpipe_assets.samples.materials import (
    batt,
    board,
    brick_section,
    concrete,
    earth,
    gravel,
    loose_fill,
    rigid_insulation,
    timber,
)
from docpipe_assets.samples.symbols import break_line, leader, roof_slope
from docpipe_assets.samples.view import INCHES, View, view_title

BRICK, CAVITY, SHEATHING, STUD, BOARD = 3.625, 1.75, 0.5, 3.5, 0.625
SHEATHING_FACE = BRICK + CAVITY
STUD_FACE = SHEATHING_FACE + SHEATHING
BOARD_FACE = STUD_FACE + STUD
INSIDE = BOARD_FACE + BOARD
COURSE = 8 / 3
PLATE, PITCH, EAVE = building.PLATE, building.ROOF_RISE, building.EAVE
CEILING = 96
HEEL = 12
_MEMBRANE = Pen(1.1)


def draw_details(canvas: Canvas) -> None:
    canvas.lines([((490, 36), (490, 1260)), ((1010, 36), (1010, 1260)), ((490, 620), (1502, 620))], VISIBLE)
    _draw_wall_section(View(canvas, (226.0, 850.0), Fraction(16), INCHES))
    view_title(canvas, (84, 1215), "2", "WALL SECTION", '3/4" = 1\'-0"', 200, "A-101")
    _draw_eave(View(canvas, (784.0, 1400.0), Fraction(8), INCHES))
    view_title(canvas, (520, 580), "3", "EAVE DETAIL", '1 1/2" = 1\'-0"', 200, "A-201")
    _draw_counter(View(canvas, (708.0, 1100.0), Fraction(8), INCHES))
    view_title(canvas, (520, 1215), "5", "TRANSACTION COUNTER", '1 1/2" = 1\'-0"', 200, "A-101")
    _draw_jamb(View(canvas, (1142.0, 400.0), Fraction(4), INCHES))
    view_title(canvas, (1040, 580), "1", "WINDOW JAMB", '3" = 1\'-0"', 200, "A-101")
    _draw_grab_bars(View(canvas, (1110.0, 1090.0), Fraction(22), INCHES))
    view_title(canvas, (1040, 1215), "4", "GRAB BAR MOUNTING", "NOT TO SCALE", 200, "A-101")


def _upright(x0: float, x1: float, y0: float, y1: float) -> list[Point]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _draw_wall(view: View, low: float) -> None:
    """The wall's layers from `low` up to the plate."""
    brick_section(view, (0, low), (BRICK, PLATE - 4), COURSE)
    view.rect((STUD_FACE, low), (BOARD_FACE, PLATE - 3), VISIBLE, PAPER)
    batt(view, (STUD_FACE + 0.1, low), (BOARD_FACE - 0.1, PLATE - 3.2))
    board(view, _upright(SHEATHING_FACE, STUD_FACE, low, PLATE))
    board(view, _upright(BOARD_FACE, INSIDE, low, PLATE))
    for y in (PLATE - 3, PLATE - 1.5):
        timber(view, (STUD_FACE, y), (BOARD_FACE, y + 1.5))


def _draw_roof(view: View, right: float) -> None:
    """Truss, sheathing, soffit and fascia from the eave to a break at `right`."""

    def roof(x: float, below: float = 0.0) -> Point:
        return x, PLATE + HEEL + x * PITCH - below

    view.polygon(
        [roof(-EAVE + 1.5, 1.0), roof(right, 1.0), roof(right, 4.7), roof(-EAVE + 1.5, 4.7)], OUTLINE, PAPER
    )
    board(view, [roof(-EAVE, 0.4), roof(right, 0.4), roof(right, 1.0), roof(-EAVE, 1.0)])
    view.polygon([roof(-EAVE - 1, 0), roof(right, 0), roof(right, 0.4), roof(-EAVE - 1, 0.4)], OUTLINE, 0.3)
    view.rect((STUD_FACE - 0.5, PLATE), (right, PLATE + 3.5), OUTLINE, PAPER)
    fill = PLATE + 3.5
    loose_fill(
        view, [(INSIDE, fill), (right, fill), (right, fill + 9), (INSIDE + 8, fill + 9), (INSIDE, fill + 6)]
    )
    view.line((STUD_FACE - 0.5, PLATE + 3.5), roof(STUD_FACE - 0.5, 4.7), OUTLINE)
    soffit = PLATE - 4
    fascia = roof(-EAVE, 0.4)[1]
    view.rect((-EAVE, soffit - 0.6), (-EAVE + 1.5, fascia), OUTLINE, PAPER)
    board(view, _upright(-EAVE + 1.5, 0, soffit, soffit + 0.5))
    timber(view, (-1.5, soffit + 0.5), (0, soffit + 4))
    view.rect((-EAVE - 5, fascia - 5.5), (-EAVE, fascia - 0.8), VISIBLE, PAPER)
    view.line((-EAVE - 5, fascia - 0.8), (-EAVE, fascia - 0.8), Pen(0.8, 1.0))
    break_line(view.canvas, view.at(right, PLATE - 1), view.at(right, roof(right)[1] + 1), LIGHT)


def _draw_foundation(view: View, right: float) -> None:
    earth(view, (-30, -6), (0, -6), 6)
    footing = _upright(-7, 17, -42, -30)
    concrete(view, footing)
    gravel(view, _upright(INSIDE, right, -8, -4))
    rigid_insulation(view, _upright(INSIDE, INSIDE + 2, -30, -4))
    concrete(view, [(0, -30), (INSIDE, -30), (INSIDE, 0), (SHEATHING_FACE, 0), (SHEATHING_FACE, -8), (0, -8)])
    concrete(view, _upright(INSIDE + 0.5, right, -4, 0))
    view.line((INSIDE + 2, -4), (right, -4), _MEMBRANE)
    timber(view, (STUD_FACE, 0), (BOARD_FACE, 1.5))
    for x in (0, 10):
        view.circle((x, -38), 0.5, OUTLINE, 0.0)
    view.line((5, -36), (5, -14), Pen(0.9, 0, "[4 2] 0"))
    view.line((STUD_FACE + 1.75, -7), (STUD_FACE + 1.75, 3), Pen(1.0))
    view.circle((-13, -38), 2, VISIBLE, PAPER)
    break_line(view.canvas, view.at(right, -9), view.at(right, 1), LIGHT)


def _draw_wall_section(view: View) -> None:
    canvas, right = view.canvas, 32.0
    _draw_foundation(view, right)
    _draw_wall(view, -8)
    timber(view, (STUD_FACE, 0), (BOARD_FACE, 1.5))
    _draw_roof(view, right)
    board(view, _upright(INSIDE, right, CEILING, CEILING + 0.625))
    notes: list[tuple[Point, float, str]] = [
        ((15, PLATE + 8), 90, "R-38 BLOWN INSULATION"),
        ((16, CEILING + 0.3), 82, '5/8" GYP. BD. CEILING'),
        ((7.6, 68), 72, '2x4 STUDS AT 16" O.C., R-15 BATT'),
        ((5.6, 58), 62, '1/2" SHEATHING AND AIR BARRIER'),
        ((1.8, 48), 52, "MODULAR BRICK VENEER"),
        ((4.4, 38), 42, '1 3/4" AIR SPACE, WEEPS AT 24" O.C.'),
        ((16, -2), 16, '4" CONCRETE SLAB WITH 6x6 W1.4xW1.4 W.W.F.'),
        ((17, -6), -16, '4" GRAVEL, 10 MIL VAPOR RETARDER'),
        ((11, -22), -25, '2" RIGID INSULATION'),
        ((15, -36), -35, "CONT. FOOTING, (2) #5 BARS. SEE S-101"),
    ]
    for tip, height, text in notes:
        leader(canvas, view.at(*tip), view.at(21, height), text, 6.8, 146)
    leader(canvas, view.at(16, 129.6), view.at(6, 141), 'SHINGLES ON #30 FELT ON 5/8" SHEATHING', 6.8, 160)
    leader(canvas, view.at(-13, -39.5), view.at(-17, -50), '4" PERF. DRAIN', 6.8, 66)
    leader(canvas, view.at(2, -8), view.at(-9, -17), "FLASHING", 6.8, 60)
    view.dimensions_up([0, CEILING, PLATE], -15, -1, 6.8)
    view.dimensions_across([-7, 17], -46, -42, 6.8)
    view.dimensions_up([-42, -30, -8], -23, -8, 6.8)


def _draw_eave(view: View) -> None:
    canvas, low, right = view.canvas, 99.0, 14.0
    _draw_wall(view, low)
    _draw_roof(view, right)
    break_line(canvas, view.at(-1, low), view.at(INSIDE + 1, low))
    notes: list[tuple[Point, float, str]] = [
        ((12, PLATE + 9), PLATE + 13, "R-38 BLOWN INSULATION"),
        ((12, PLATE + 1.5), PLATE + 4, "TRUSS BOTTOM CHORD"),
        ((8, PLATE - 1.5), PLATE - 4, "DOUBLE 2x4 TOP PLATE"),
        ((7.6, 101.5), 103, "R-15 BATT"),
    ]
    for tip, height, text in notes:
        leader(canvas, view.at(*tip), view.at(16, height), text, 6.8, 70)
    leader(canvas, view.at(9, 126.9), view.at(2, 138), 'SELF-ADHERED MEMBRANE, 36" MIN.', 6.8, 150)
    leader(canvas, view.at(1, 121), view.at(-4, 132), "INSULATION BAFFLE, EACH BAY", 6.8, 120)
    leader(canvas, view.at(-12, PLATE - 3.9), view.at(-15, 103.5), "VENTED SOFFIT PANEL", 6.8, 90)
    leader(canvas, view.at(-EAVE + 0.6, 110), view.at(-20, 100.5), "2x8 FASCIA, METAL CLAD", 6.8, 92)
    leader(canvas, view.at(1.8, 102), view.at(-4, 99.5), "BRICK", 6.8, 60)
    view.dimensions_across([-EAVE, 0], 124, 119, 6.8)
    roof_slope(canvas, view.at(-17, 127), "4", "12", "west")


def _draw_counter(view: View) -> None:
    canvas = view.canvas
    earth_line = [((-22.0, 0.0), (31.0, 0.0))]
    view.lines(earth_line, Pen(1.6))
    board(view, _upright(-0.625, 0, 4, 32.5))
    board(view, _upright(3.5, 4.125, 0, 32.5))
    view.rect((0, 0), (3.5, 32.5), VISIBLE, PAPER)
    for y in (0.0, 31.0):
        timber(view, (0, y), (3.5, y + 1.5))
    board(view, _upright(-0.625, 0, 0, 32.5))
    view.rect((-1.1, 0), (-0.625, 4), VISIBLE, 0.6)
    board(view, _upright(-12, 18, 32.5, 33.25))
    view.rect((-12.5, 33.25), (18.5, 34), OUTLINE, 0.75)
    view.rect((-12.5, 32.0), (-12, 34), OUTLINE, 0.75)
    view.polygon([(-0.625, 24), (-0.625, 32.5), (-9.5, 32.5), (-9.5, 31)], VISIBLE, PAPER)
    view.polygon([(4.125, 20), (4.125, 32.5), (15, 32.5), (15, 30.6)], VISIBLE, PAPER)
    view.rect((2, 34), (2.4, 44), VISIBLE, 0.9)
    break_line(canvas, view.at(1.4, 44), view.at(3, 44))
    notes: list[tuple[Point, Point, str]] = [
        ((10, 33.6), (23, 40), 'SOLID SURFACE TOP, 1/2" EASED EDGE'),
        ((2.3, 41), (23, 44.5), '1/4" TEMPERED GLASS SCREEN'),
        ((11, 31), (23, 26), 'PLYWOOD BRACKETS AT 32" O.C.'),
        ((1.8, 16), (23, 18), '2x4 STUDS AT 16" O.C.'),
        ((-0.9, 2), (-8, 8), '4" RESILIENT BASE'),
        ((-7, 31.5), (-10, 22), "OVERHANG, KNEE CLEARANCE BELOW"),
    ]
    for tip, elbow, text in notes:
        leader(canvas, view.at(*tip), view.at(*elbow), text, 6.8, 74)
    view.dimensions_up([0, 34], -21, -13, 6.8)
    view.dimensions_across([-12.5, -0.625, 4.125, 18.5], -4.5, -1, 6.8)


def _draw_jamb(view: View) -> None:
    canvas = view.canvas
    left, opening = -2.0, 9.0
    brick = _upright(left, opening, 0, BRICK)
    view.polygon(brick, OUTLINE, PAPER)
    view.hatch(brick, 4, 45, FINE)
    view.line((3.2, 0), (3.2, BRICK), VISIBLE)
    board(view, _upright(left, opening, SHEATHING_FACE, STUD_FACE))
    for x in (opening - 1.5, opening - 3.0):
        timber(view, (x, STUD_FACE), (x + 1.5, BOARD_FACE))
    batt(view, (left, STUD_FACE + 0.1), (opening - 3, BOARD_FACE - 0.1))
    board(view, _upright(left, opening, BOARD_FACE, INSIDE))
    board(view, _upright(opening, opening + 0.625, STUD_FACE + 1.6, INSIDE))
    view.polygon(
        [(opening + 0.4, 4.4), (opening + 3.0, 4.4), (opening + 3.0, 6.6), (opening + 0.4, 6.6)],
        OUTLINE,
        PAPER,
    )
    view.polygon(
        [(opening + 1.0, 4.9), (opening + 2.4, 4.9), (opening + 2.4, 6.1), (opening + 1.0, 6.1)],
        VISIBLE,
        0.82,
    )
    view.rect((opening + 3.0, 5.1), (opening + 5.2, 6.3), OUTLINE, PAPER)
    for y in (5.3, 5.95):
        view.rect((opening + 4.6, y), (opening + 9.5, y + 0.2), VISIBLE, 0.9)
    view.circle((opening + 0.2, 4.6), 0.2, OUTLINE, 0.0)
    view.line((opening, SHEATHING_FACE - 0.1), (left, SHEATHING_FACE - 0.1), Pen(1.2, 0, "[6 2] 0"))
    break_line(canvas, view.at(left, INSIDE + 0.4), view.at(left, -0.4))
    break_line(canvas, view.at(opening + 9.5, 7.2), view.at(opening + 9.5, 4.2))
    notes: list[tuple[Point, Point, str]] = [
        ((opening + 0.2, 4.5), (opening + 2.5, 1.6), "SEALANT AND BACKER ROD"),
        ((opening + 1.7, 5.3), (opening + 3.4, 3.1), "ALUMINUM WINDOW FRAME"),
        ((opening + 5.6, 6.1), (opening + 6.4, 8.2), '1" INSULATED GLAZING'),
        ((opening + 0.4, 9), (opening + 2.5, 10.6), "GYP. BD. RETURN"),
    ]
    for tip, elbow, text in notes:
        leader(canvas, view.at(*tip), view.at(*elbow), text, 6.8, 76)
    leader(
        canvas,
        view.at(4, SHEATHING_FACE - 0.1),
        view.at(1.2, -3.2),
        'FLEXIBLE FLASHING, LAP 4" MIN.',
        6.8,
        140,
    )
    view.dimensions_up([0, BRICK, SHEATHING_FACE, INSIDE], -3.4, -2.4, 6.5)
    canvas.text(view.at(3, INSIDE + 1.6), "INTERIOR", 7, "center", grey=0.2)
    canvas.text(view.at(6.5, -1.4), "EXTERIOR", 7, "center", grey=0.2)
    view.dimensions_up([0, INSIDE], -4.6, -2.4, 6.8)


def _draw_grab_bars(view: View) -> None:
    canvas = view.canvas
    view.lines([((0, 0), (92, 0))], Pen(1.6))
    view.lines([((0, 0), (0, 92)), ((92, 0), (92, 92)), ((0, 92), (92, 92))], VISIBLE)
    view.line((46, 0), (46, 92), VISIBLE)
    view.rect((14, 0), (32, 14), VISIBLE, PAPER)
    view.rect((13, 15), (33, 17), VISIBLE, PAPER)
    view.rect((12, 17), (34, 30), VISIBLE, PAPER)
    bar = Pen(2.4, 0.2)
    view.line((8, 35), (44, 35), bar)
    view.line((48, 35), (88, 35), bar)
    view.line((62, 40), (62, 58), bar)
    view.polyline([(46, 17), (72, 17), (74, 15.5), (74, 13.5), (60, 9), (46, 6)], HIDDEN)
    view.rect((78, 20), (84, 25), LIGHT, PAPER)
    canvas.text(view.at(23, 84), "BACK WALL", 7, "center")
    canvas.text(view.at(69, 84), "SIDE WALL", 7, "center")
    notes: list[tuple[Point, Point, str]] = [
        ((16, 35.4), (22, 58), '36" GRAB BAR'),
        ((84, 35.4), (97, 52), '42" GRAB BAR'),
        ((62, 54), (97, 66), '18" VERTICAL BAR'),
        ((81, 22), (97, 34), "TOILET PAPER DISPENSER"),
    ]
    for tip, elbow, text in notes:
        leader(canvas, view.at(*tip), view.at(*elbow), text, 6.8, 62)
    for y, text in ((35, '33"-36" A.F.F.'), (17, '17"-19"')):
        view.line((-3, y), (-12, y), FINE)
        canvas.text((view.at(-12, y)[0], view.at(0, y)[1] - 2), text, 6.5, "center")
