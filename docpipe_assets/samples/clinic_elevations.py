"""A-201, two of the clinic's elevations at 1/4" = 1'-0"."""

from __future__ import annotations

from fractions import Fraction

from docpipe_assets.samples import clinic_building as building
from docpipe_assets.samples.canvas import LIGHT, OUTLINE, PAPER, VISIBLE, Canvas, Pen
from docpipe_assets.samples.facade import (
    battens,
    courses,
    door_front,
    gable,
    ground_line,
    roof_front,
    tree,
    window_front,
)
from docpipe_assets.samples.symbols import (
    detail_callout,
    grid_lines,
    keynote,
    leader,
    level_mark,
    roof_slope,
    scale_bar,
    title_underline,
    window_tag,
)
from docpipe_assets.samples.view import INCHES, View, feet_and_inches, view_title

LENGTH, DEPTH, EAVE, PITCH = building.LENGTH, building.DEPTH, building.EAVE, building.ROOF_RISE
GRADE = -6
SILL_BAND = 36
ENTRY = building.DOORS[0].at[0]
HEEL = 12
WALL_TOP = building.PLATE + HEEL
EAVE_TOP = WALL_TOP - EAVE * PITCH
RIDGE = WALL_TOP + DEPTH / 2 * PITCH
FLOOR_LEVEL = 1200
WINDOW_SIZES = {"A": (72, 60, 36), "B": (48, 48, 48), "C": (36, 36, 60)}
_BAND = Pen(0.3)

MATERIALS = [
    ("1", "ASPHALT SHINGLES, ARCHITECTURAL GRADE, ON #30 FELT. SLOPE 4:12."),
    ("2", 'PREFINISHED METAL FASCIA AND GUTTER, 5" O.G., 3x4 DOWNSPOUTS.'),
    ("3", "MODULAR BRICK VENEER, RUNNING BOND, COLOR A."),
    ("4", 'PRECAST CONCRETE SILL BAND, 4" HIGH, SLOPE 1:12 TO DRAIN.'),
    ("5", 'FIBER CEMENT BOARD AND BATTEN, BATTENS AT 12" O.C.'),
    ("6", 'ALUMINUM STOREFRONT, CLEAR ANODIZED, 1" INSULATED GLAZING.'),
    ("7", "WALL PACK LIGHT FIXTURE, 8'-0\" A.F.F."),
    ("8", 'GABLE VENT, 24" x 36", PAINT TO MATCH SIDING.'),
]


def draw_elevations(canvas: Canvas) -> None:
    south = View(canvas, (186.0, 452.0), Fraction(48), INCHES)
    _draw_south(south)
    view_title(canvas, (112, 560), "1", "SOUTH ELEVATION", '1/4" = 1\'-0"', 240, "A-101")
    east = View(canvas, (236.0, 985.0), Fraction(48), INCHES)
    _draw_east(east)
    view_title(canvas, (112, 1090), "2", "EAST ELEVATION", '1/4" = 1\'-0"', 240, "A-101")
    feet = [0, 48, 96, 192]
    scale_bar(east, (236, 1180), feet, [f"{mark // 12}'" for mark in feet], '1/4" = 1\'-0"')
    _draw_legend(canvas, (1140, 690))


def _levels(view: View, start: float, end: float) -> None:
    for height, name in ((0, "T.O. SLAB"), (building.PLATE, "T.O. PLATE"), (RIDGE, "RIDGE")):
        level_mark(view, height, start, end, name, f"EL. {feet_and_inches(FLOOR_LEVEL + height)}")


def _brick_wall(view: View, width: float) -> None:
    view.rect((0, GRADE), (width, building.PLATE), OUTLINE, PAPER)
    courses(view, (0, GRADE), (width, building.PLATE), 8 / 3 * 2)
    view.rect((-1, SILL_BAND - 8), (width + 1, SILL_BAND - 4), _BAND, PAPER)


def _windows(view: View, windows: list[tuple[str, float]]) -> None:
    for mark, middle in windows:
        width, height, sill = WINDOW_SIZES[mark]
        window_front(view, middle, sill, width, height, 2 if mark != "A" else 3, 14 if mark == "A" else 0)


def draw_front(view: View) -> None:
    """The south front without grids, marks and dimensions."""
    tree(view, LENGTH + 58, 130, GRADE)
    _brick_wall(view, LENGTH)
    _windows(view, [(window.mark, window.at[0]) for window in building.SOUTH_WINDOWS])
    roof_front(view, (-EAVE, EAVE_TOP), (LENGTH + EAVE, RIDGE), 3.0)
    entry, half = ENTRY, 66.0
    for x in (entry - 44, entry + 44):
        view.rect((x - 4, 0), (x + 4, 102), VISIBLE, PAPER)
    view.rect((entry - 40, 0), (entry + 40, 100), OUTLINE, PAPER)
    door_front(view, entry, 72, 84, glazed=True, leaves=2)
    view.rect((entry - 36, 86), (entry + 36, 98), LIGHT)
    view.polygon([(entry - half, 104), (entry + half, 104), (entry, 104 + half * PITCH)], OUTLINE, PAPER)
    battens(view, [(entry - half + 9, 104), (entry + half - 9, 104), (entry, 101 + half * PITCH)], 6)
    gable(view, (entry - half, entry + half), 108, PITCH, 7)
    view.rect((entry - 62, GRADE), (entry + 62, 0), VISIBLE, PAPER)
    for x in (246, 476):
        view.rect((x - 2, GRADE + 8), (x + 2, EAVE_TOP - 7), LIGHT, PAPER)
    ground_line(view, -76, LENGTH + 82, GRADE)


def _draw_south(view: View) -> None:
    paper = view.model
    draw_front(view)
    grid_lines(view, building.GRID_ACROSS, [], (0, RIDGE + paper(8), LENGTH, RIDGE + paper(64)))
    _levels(view, LENGTH + 30, LENGTH + 84)
    view.dimensions_up([0, building.PLATE, RIDGE], -paper(84), -paper(44))
    view.dimensions_up([0, 36, 96], 222, 222, 6.5)
    roof_slope(view.canvas, view.at(ENTRY + 24, 150), "4", "12")
    for window in building.SOUTH_WINDOWS:
        window_tag(view.canvas, view.at(window.at[0], 20), window.mark)
    for number, at in (
        ("1", (360, 168)),
        ("2", (330, EAVE_TOP - 3)),
        ("3", (360, 70)),
        ("4", (600, 30)),
        ("5", (55, 114)),
        ("6", (55, 50)),
    ):
        keynote(view.canvas, view.at(*at), number, 6.5)


def _draw_east(view: View) -> None:
    paper = view.model
    middle = DEPTH / 2
    _brick_wall(view, DEPTH)
    triangle = [
        (0, building.PLATE),
        (DEPTH, building.PLATE),
        (DEPTH, WALL_TOP - 8),
        (middle, RIDGE - 8),
        (0, WALL_TOP - 8),
    ]
    view.polygon(triangle, OUTLINE, PAPER)
    battens(view, triangle, 12)
    view.rect((-1, building.PLATE), (DEPTH + 1, building.PLATE + 5), VISIBLE, PAPER)
    view.rect((middle - 12, 134), (middle + 12, 170), VISIBLE, PAPER)
    courses(view, (middle - 12, 134), (middle + 12, 170), 3, LIGHT)
    gable(view, (-EAVE, DEPTH + EAVE), EAVE_TOP, PITCH, 8)
    _windows(view, [(window.mark, window.at[1]) for window in building.EAST_WINDOWS])
    door_front(view, 191, 36, 84, glazed=False)
    view.rect((216, 94), (224, 104), VISIBLE, 0.8)
    view.rect((160, GRADE), (222, 0), VISIBLE, PAPER)
    ground_line(view, -70, DEPTH + 82, GRADE)
    names = [(name, y) for name, y in reversed(building.GRID_UP)]
    grid_lines(view, [names[0], names[-1]], [], (0, WALL_TOP + paper(20), DEPTH, RIDGE + paper(60)))
    _levels(view, DEPTH + 28, DEPTH + 84)
    view.dimensions_up([0, building.PLATE, RIDGE], -paper(84), -paper(44))
    view.dimensions_across([0, DEPTH], -paper(44), GRADE)
    view.dimensions_across([0, 80, 191, 320, DEPTH], -paper(26), GRADE)
    roof_slope(view.canvas, view.at(300, 190), "4", "12")
    roof_slope(view.canvas, view.at(132, 190), "4", "12", "west")
    for window in building.EAST_WINDOWS:
        window_tag(view.canvas, view.at(window.at[1], 18), window.mark)
    detail_callout(view, (-32, 88, 18, 132), "3", "A-501", "left")
    for number, at in (("3", (130, 60)), ("5", (150, 132)), ("7", (236, 99)), ("8", (middle, 152))):
        keynote(view.canvas, view.at(*at), number, 6.5)
    leader(
        view.canvas,
        view.at(DEPTH + 4, 2),
        view.at(DEPTH + 26, -34),
        "FINISH GRADE, SLOPE 5% AWAY FROM BUILDING",
    )


def _draw_legend(canvas: Canvas, at: tuple[float, float]) -> None:
    x, y = at
    y = title_underline(canvas, (x, y), "EXTERIOR MATERIALS") + 6
    for number, text in MATERIALS:
        keynote(canvas, (x + 9, y), number, 7)
        y = canvas.paragraph((x + 28, y + 2.6), 330, text, 7.5, 1.35) + 10
    y = title_underline(canvas, (x, y + 22), "ELEVATION NOTES") + 2
    notes = [
        "SEE A-101 FOR WINDOW LOCATIONS AND A-601 FOR WINDOW AND DOOR TYPES.",
        "EL. 100'-0\" ON THESE DRAWINGS EQUALS SITE DATUM 412.50'.",
        "MATCH MORTAR COLOR TO BRICK; MIX PROPORTIONS 1:1:6, TYPE N.",
        "ALL EXPOSED METAL FLASHING TO BE PREFINISHED, COLOR TO MATCH FASCIA.",
        "CONTROL JOINTS IN BRICK VENEER AT 25'-0\" O.C. MAXIMUM.",
    ]
    for row, text in enumerate(notes, 1):
        canvas.text((x, y), f"{row}.", 7.5)
        y = canvas.paragraph((x + 14, y), 330, text, 7.5, 1.3) + 5
