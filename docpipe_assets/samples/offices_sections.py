"""2318-A-301, two sections of the offices at 1:100."""

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
    SHADE,
    VISIBLE,
    Canvas,
    Pen,
    Point,
)
from docpipe_assets.samples.facade import window_front
from docpipe_assets.samples.materials import earth
from docpipe_assets.samples.symbols import grid_lines, leader, level_mark, scale_bar, title_underline
from docpipe_assets.samples.view import MILLIMETRES, View, view_title

STOREY, STOREYS, PARAPET, BAY = building.STOREY, building.STOREYS, building.PARAPET, building.BAY
ROOF = STOREY * STOREYS
SLAB, SCREED, CEILING = 300, 100, 2900
_CUT = Pen(1.2)
_FLOORS = ("GROUND FLOOR", "FIRST FLOOR", "SECOND FLOOR", "ROOF")


def draw_sections(canvas: Canvas) -> None:
    long = View(canvas, (210.0, 560.0), Fraction(100), MILLIMETRES)
    _draw_long(long)
    view_title(canvas, (100, 740), "A", "SECTION A-A", "1:100", 300, "A-101")
    cross = View(canvas, (340.0, 1225.0), Fraction(100), MILLIMETRES)
    _draw_cross(cross)
    view_title(canvas, (100, 1440), "B", "SECTION B-B", "1:100", 300, "A-101")
    metres = [0, 1000, 2000, 5000, 10000]
    scale_bar(cross, (480, 1440), metres, [f"{mark // 1000}" for mark in metres], "metres")
    _draw_notes(canvas, (1250.0, 860.0))


def _level(y: float) -> str:
    return f"+{building.DATUM + y / 1000:.3f}"


def _draw_slabs(view: View, length: float) -> None:
    for floor in range(STOREYS + 1):
        top = floor * STOREY
        view.rect((0, top - SLAB), (length, top), _CUT, POCHE)
    view.rect((0, ROOF), (length, ROOF + 220), VISIBLE, PAPER)
    view.hatch([(0, ROOF), (length, ROOF), (length, ROOF + 220), (0, ROOF + 220)], 3, 60, FINE)
    for floor in range(STOREYS):
        level = floor * STOREY
        view.rect((400, level), (length - 400, level + SCREED), LIGHT, SHADE)
        view.line((400, level + CEILING), (length - 400, level + CEILING), VISIBLE)
        view.line((400, level + CEILING + 40), (length - 400, level + CEILING + 40), FINE)


def _draw_outer_wall(view: View, x: float, inward: int) -> None:
    """An external wall cut at x, with a window in every storey."""
    far = x + 400 * inward
    view.rect((x, -1100), (far, -SLAB), _CUT, POCHE)
    for floor in range(STOREYS):
        level = floor * STOREY
        view.rect((x, level - SLAB if floor else level), (far, level + 900), _CUT, POCHE)
        view.rect((x, level + 2700), (far, level + STOREY - SLAB), _CUT, POCHE)
        middle = (x + far) / 2
        view.rect((middle - 45, level + 900), (middle + 45, level + 2700), VISIBLE, PAPER)
        view.line((middle, level + 900), (middle, level + 2700), FINE)
        view.rect((x - 60 * inward, level + 860), (far, level + 900), VISIBLE, PAPER)
    view.rect((x, ROOF - SLAB), (far, ROOF + PARAPET), _CUT, POCHE)
    view.rect((x - 60 * inward, ROOF + PARAPET), (far + 60 * inward, ROOF + PARAPET + 60), OUTLINE, PAPER)


def _draw_footing(view: View, x: float, width: float) -> None:
    view.rect((x - width / 2, -1700), (x + width / 2, -1100), _CUT, POCHE)
    view.rect((x - 200, -1100), (x + 200, -SLAB), _CUT, POCHE)


def _draw_ground(view: View, length: float) -> None:
    earth(view, (-4600, -150), (-20, -150), 550)
    earth(view, (length + 20, -150), (length + 4600, -150), 550)
    view.rect((0, -SLAB - 150), (length, -SLAB), LIGHT, PAPER)
    view.hatch([(0, -SLAB - 150), (length, -SLAB - 150), (length, -SLAB), (0, -SLAB)], 2.4, 45, FINE)


def _levels(view: View, start: float, end: float) -> None:
    for floor, name in enumerate(_FLOORS):
        level_mark(view, floor * STOREY, start, end, name, _level(floor * STOREY))
    level_mark(view, ROOF + PARAPET, start, end, "PARAPET", _level(ROOF + PARAPET))


def _draw_long(view: View) -> None:
    length, paper = float(building.LENGTH), view.model
    _draw_ground(view, length)
    for floor in range(STOREYS):
        for bay in range(9):
            if bay in {4}:
                continue
            middle = BAY * bay + BAY / 2
            window_front(view, middle, floor * STOREY + 900, 3600, 1800, 3)
    _draw_slabs(view, length)
    for bay in range(1, 9):
        x = float(BAY * bay)
        _draw_footing(view, x, 1500)
        for floor in range(STOREYS):
            level = floor * STOREY
            view.rect((x - 200, level + SCREED), (x + 200, level + STOREY - SLAB), VISIBLE, SHADE)
    _draw_stair(view, 24200.0, 29800.0)
    for x, inward in ((0.0, 1), (length, -1)):
        _draw_outer_wall(view, x, inward)
        _draw_footing(view, x + 200 * inward, 1200)
    view.rect((27000, ROOF + 220), (31600, ROOF + 2600), _CUT, PAPER)
    view.hatch(
        [(27000, ROOF + 220), (31600, ROOF + 220), (31600, ROOF + 2600), (27000, ROOF + 2600)], 5, 0, FINE
    )
    view.canvas.text(view.at(29300, ROOF + 1250), "LIFT OVERRUN", 6.5, "center", paper=True)
    rooms = [
        (6000, "RECEPTION"),
        (18000, "CAFÉ"),
        (33000, "OPEN PLAN OFFICE 1"),
        (48000, "OPEN PLAN OFFICE 2"),
    ]
    for x, name in rooms:
        view.text((x + 3000 if x != 33000 else x, 340), name, 7, "center", BOLD, paper=True)
    for floor in (1, 2):
        for x in (9000, 39000):
            view.text((x, floor * STOREY + 340), "OFFICE", 7, "center", BOLD, paper=True)
    grid_lines(view, building.GRID_ACROSS, [], (0, ROOF + 2900, length, ROOF + paper(150)))
    view.dimensions_across([x for _, x in building.GRID_ACROSS], ROOF + paper(124), ROOF + paper(96), 7)
    _levels(view, length + 900, length + 5200)
    view.dimensions_up([0, STOREY, 2 * STOREY, ROOF, ROOF + PARAPET], -paper(50), -paper(14), 7)
    leader(
        view.canvas,
        view.at(14500, ROOF + 150),
        view.at(16000, ROOF + 1500),
        "WARM ROOF, 1:60 FALL TO OUTLETS",
        6.8,
        150,
    )


def _draw_stair(view: View, start: float, end: float) -> None:
    view.rect((start - 200, SCREED), (start, ROOF - SLAB), _CUT, POCHE)
    view.rect((end, SCREED), (end + 200, ROOF - SLAB), _CUT, POCHE)
    landing = 1300.0
    for floor in range(STOREYS - 1):
        level = floor * STOREY + SCREED
        half = STOREY / 2
        risers = 11
        run = (end - start - 2 * landing) / risers
        up: list[Point] = [(start + landing, level)]
        for step in range(risers):
            x = start + landing + step * run
            y = level + (step + 1) * half / risers
            up += [(x, y), (x + run, y)]
        view.polyline(up, VISIBLE)
        view.rect((end - landing, level + half - 200), (end, level + half), OUTLINE, POCHE)
        back: list[Point] = [(end - landing, level + half)]
        for step in range(risers):
            x = end - landing - step * run
            y = level + half + (step + 1) * half / risers
            back += [(x, y), (x - run, y)]
        view.polyline(back, FINE)
        rail = 1000.0
        view.line((start + landing, level + rail), (end - landing, level + half + rail), LIGHT)
        view.line((end - landing, level + half + rail), (start + landing, level + 2 * half + rail), FINE)


def _draw_cross(view: View) -> None:
    depth, paper = float(building.BAR), view.model
    _draw_ground(view, depth)
    _draw_slabs(view, depth)
    for x, inward in ((0.0, 1), (depth, -1)):
        _draw_outer_wall(view, x, inward)
        _draw_footing(view, x + 200 * inward, 1200)
    for x in (7500.0, 9300.0):
        for floor in range(STOREYS):
            level = floor * STOREY
            view.rect((x - 75, level + SCREED), (x + 75, level + CEILING), _CUT, POCHE)
    _draw_footing(view, 7500, 1500)
    names = (
        ("CAFÉ", "CORRIDOR", "MEETING ROOM 2"),
        ("OFFICE", "CORRIDOR", "MEETING ROOM"),
        ("OFFICE", "CORRIDOR", "OFFICE"),
    )
    for floor, row in enumerate(names):
        for x, name in zip((3700, 8400, 12100), row, strict=True):
            view.text((x, floor * STOREY + 1500), name, 7 if x != 8400 else 5.5, "center", BOLD, paper=True)
    for name, x in (("A", 0.0), ("B", 7500.0), ("C", depth)):
        grid_lines(view, [(name, x)], [], (0, ROOF + PARAPET + 700, depth, ROOF + paper(110)))
    view.dimensions_across([0, 7500, depth], ROOF + paper(86), ROOF + paper(62), 7)
    _levels(view, depth + 900, depth + 5200)
    view.dimensions_up([0, STOREY, 2 * STOREY, ROOF, ROOF + PARAPET], -paper(58), -paper(14), 7)
    view.dimensions_up([SCREED, CEILING], 2000, 2000, 6.5)
    view.dimensions_up([STOREY + SCREED, STOREY + CEILING], 2000, 2000, 6.5)
    view.dimensions_up([2 * STOREY + SCREED, 2 * STOREY + CEILING], 2000, 2000, 6.5)
    view.dimensions_across([0, depth], -2200, -1800, 7)
    canvas = view.canvas
    leader(canvas, view.at(200, 10000), view.at(-2400, 8600), "METAL WINDOWS, SEE 2318-A-501", 6.8, 74)
    leader(canvas, view.at(-2200, -200), view.at(-3000, -1500), "PAVING, 1:80 FALL", 6.8, 100)


def _draw_notes(canvas: Canvas, at: Point) -> None:
    x, y = at
    y = title_underline(canvas, (x, y), "CONSTRUCTION", 11) + 6
    rows = [
        (
            "ROOF",
            "Single ply membrane on tapered insulation at 1:60 fall, vapour control layer, 300 mm concrete slab.",
        ),
        (
            "UPPER FLOORS",
            "100 mm raised access floor on 300 mm concrete slab, services zone, suspended ceiling at 2900 above slab.",
        ),
        (
            "GROUND FLOOR",
            "100 mm screed, 300 mm concrete slab, 150 mm insulation, membrane, 150 mm hardcore blinded with sand.",
        ),
        ("WALLS", "102 mm facing brick, 150 mm cavity with insulation, 140 mm block, plaster."),
        ("WINDOWS", "Thermally broken aluminium, double glazed, U value 1.2. Cill height 900 above slab."),
        ("STAIRS", "Precast flights, going 250, pitch not more than 38 degrees, handrail at 1000."),
        ("FOUNDATIONS", "Pad foundations to engineer's details. Blinding 50 mm, mix ratio 1:3:6."),
        ("PARAPET", "Pressed metal coping with 1:20 fall to roof, 1100 above roof finish."),
    ]
    for name, text in rows:
        canvas.text((x, y), name, 8.5, font=BOLD)
        y = canvas.paragraph((x + 120, y), 480, text, 8.5, 1.4) + 8
    y = title_underline(canvas, (x, y + 24), "LEVELS", 11) + 6
    text = (
        "All levels are in metres above Ordnance Datum, taken to structural slab unless noted. "
        "Dimensions in millimetres. Do not scale."
    )
    canvas.paragraph((x, y), 600, text, 8.5, 1.4)
