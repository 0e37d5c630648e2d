"""2318-A-501, the offices' wall details at 1:10 and 1:5."""

from __future__ import annotations

from fractions import Fraction

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
from docpipe_assets.samples.materials import board, brick_section, concrete, earth, gravel, rigid_insulation
from docpipe_assets.samples.symbols import arrow, break_line, leader, title_underline
from docpipe_assets.samples.view import MILLIMETRES, View, view_title

BRICK, CLEAR, INSULATION, BLOCK, PLASTER = 102.0, 45.0, 100.0, 140.0, 13.0
INSULATION_FACE = BRICK + CLEAR
BLOCK_FACE = INSULATION_FACE + INSULATION
PLASTER_FACE = BLOCK_FACE + BLOCK
INSIDE = PLASTER_FACE + PLASTER
COURSE = 75.0
SLAB = 300.0
_MEMBRANE = Pen(1.4)
_DPC = Pen(1.2, 0.0, "[7 2] 0")
Label = tuple[Point, Point, str]


def draw_details(canvas: Canvas) -> None:
    left, right, top, bottom = 56.7, canvas.width - 28.35, 28.35, canvas.height - 170.35
    columns = [left + (right - left) * share for share in (1 / 3, 2 / 3)]
    middle = (top + bottom) / 2
    canvas.lines([((x, top), (x, bottom)) for x in columns], VISIBLE)
    canvas.line((left, middle), (right, middle), VISIBLE)
    _draw_parapet(View(canvas, (310.0, 415.0), Fraction(10), MILLIMETRES))
    view_title(canvas, (96, middle - 46), "1", "PARAPET", "1:10", 200)
    _draw_head(View(canvas, (1040.0, 460.0), Fraction(5), MILLIMETRES))
    view_title(canvas, (columns[0] + 40, middle - 46), "2", "WINDOW HEAD", "1:5", 200)
    _draw_cill(View(canvas, (1800.0, 385.0), Fraction(5), MILLIMETRES))
    view_title(canvas, (columns[1] + 40, middle - 46), "3", "WINDOW CILL", "1:5", 200)
    _draw_foundation(View(canvas, (330.0, 1060.0), Fraction(10), MILLIMETRES))
    view_title(canvas, (96, bottom - 46), "4", "FOUNDATION AND GROUND SLAB", "1:10", 200)
    _draw_threshold(View(canvas, (1130.0, 1180.0), Fraction(5), MILLIMETRES))
    view_title(canvas, (columns[0] + 40, bottom - 46), "5", "LEVEL THRESHOLD", "1:5", 200)
    _draw_specification(canvas, (columns[1] + 40, middle + 50))


def _upright(x0: float, x1: float, y0: float, y1: float) -> list[Point]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _blocks(view: View, x0: float, x1: float, low: float, high: float) -> None:
    outline = _upright(x0, x1, low, high)
    view.polygon(outline, OUTLINE, PAPER)
    for degrees in (60, -60):
        view.hatch(outline, 5.5, degrees, FINE)
    y = low + 225
    while y < high:
        view.line((x0, y), (x1, y), VISIBLE)
        y += 225


def _wall(view: View, low: float, high: float, lining: bool = True) -> None:
    """Brick, cavity with insulation, block and plaster between two heights."""
    brick_section(view, (0, low), (BRICK, high), COURSE)
    rigid_insulation(view, _upright(INSULATION_FACE, BLOCK_FACE, low, high))
    _blocks(view, BLOCK_FACE, PLASTER_FACE, low, high)
    if lining:
        board(view, _upright(PLASTER_FACE, INSIDE, low, high))


def _labels(view: View, labels: list[Label], width: float = 140) -> None:
    for tip, elbow, text in labels:
        leader(view.canvas, view.at(*tip), view.at(*elbow), text, 7.5, width)


def _draw_parapet(view: View) -> None:
    right, parapet = 1000.0, 700.0
    _wall(view, -700, -SLAB)
    concrete(view, _upright(BLOCK_FACE, right, -SLAB, 0))
    brick_section(view, (0, -SLAB - 100), (BRICK, parapet), COURSE)
    rigid_insulation(view, _upright(INSULATION_FACE, BLOCK_FACE, -700, parapet))
    _blocks(view, BLOCK_FACE, PLASTER_FACE, 0, parapet)
    upstand, fall = PLASTER_FACE + 60, 1 / 60
    rigid_insulation(view, _upright(PLASTER_FACE, upstand, 0, parapet - 40))
    deck = [(upstand, 0), (right, 0), (right, 160 - (right - upstand) * fall), (upstand, 160)]
    rigid_insulation(view, deck)
    view.polyline(
        [
            (right, 164 - (right - upstand) * fall),
            (upstand + 30, 164),
            (upstand, 194),
            (upstand, parapet - 4),
        ],
        _MEMBRANE,
    )
    timber = _upright(-10, upstand + 10, parapet, parapet + 40)
    board(view, timber)
    view.polyline(
        [
            (-40, parapet - 60),
            (-30, parapet + 72),
            (upstand + 30, parapet + 46),
            (upstand + 40, parapet - 60),
        ],
        _MEMBRANE,
    )
    view.line((0, -SLAB - 40), (BLOCK_FACE, 20), _DPC)
    board(view, _upright(INSIDE, right, -640, -620))
    break_line(view.canvas, view.at(right, -SLAB - 20), view.at(right, 190))
    break_line(view.canvas, view.at(-20, -700), view.at(INSIDE + 20, -700))
    _labels(
        view,
        [
            ((300, parapet + 50), (560, parapet + 110), "PRESSED METAL COPING, 1:20 FALL TO ROOF"),
            ((upstand, 420), (620, 470), "SINGLE PLY MEMBRANE, 150 MIN. UPSTAND"),
            ((800, 100), (870, 300), "TAPERED INSULATION, 1:60 FALL"),
            ((760, -150), (1060, -160), "300 CONCRETE SLAB"),
            ((700, -630), (760, -480), "SUSPENDED CEILING"),
        ],
    )
    _labels(
        view,
        [
            ((50, 300), (-160, 380), "102 FACING BRICK"),
            ((200, 150), (-160, 180), "100 CAVITY INSULATION"),
            ((120, -160), (-160, -60), "CAVITY TRAY, WEEPS AT 900"),
            ((320, -450), (-160, -420), "140 BLOCK, 13 PLASTER"),
        ],
        130,
    )
    view.dimensions_across([0, BRICK, INSULATION_FACE, BLOCK_FACE, PLASTER_FACE], -820, -740, 7)
    view.dimensions_across([0, INSIDE], -890, -740, 7)


def _draw_frame(view: View, low: float, high: float) -> None:
    """A thermally broken frame section between two heights, glazing to follow."""
    for x0, x1 in ((120, 148), (172, 200)):
        view.polygon(_upright(x0, x1, low, high), OUTLINE, PAPER)
        view.polygon(_upright(x0 + 4, x1 - 4, low + 4, high - 4), LIGHT, SHADE)
    view.polygon(_upright(148, 172, low + 8, high - 8), VISIBLE, 0.4)


def _draw_glass(view: View, low: float, high: float, spacer: float) -> None:
    """Two panes with their spacer at height `spacer`."""
    for x in (140, 162):
        view.rect((x, low), (x + 7, high), VISIBLE, 0.93)
    view.rect((147, spacer), (162, spacer + 12), LIGHT, 0.3)


def _draw_head(view: View) -> None:
    _wall(view, 0, 520)
    view.rect((0, -12), (BRICK, 0), OUTLINE, 0.2)
    view.polyline([(BRICK + 2, 260), (BRICK + 2, 0), (0, 0)], _MEMBRANE)
    concrete(view, _upright(BLOCK_FACE, PLASTER_FACE, 0, 225))
    board(view, _upright(205, PLASTER_FACE, -18, 0))
    board(view, _upright(PLASTER_FACE, INSIDE, -18, 520))
    view.line((20, 2), (INSULATION_FACE + 60, 190), _DPC)
    _draw_frame(view, -76, -8)
    _draw_glass(view, -260, -70, -82)
    view.circle((114, -16), 7, OUTLINE, 0.0)
    break_line(view.canvas, view.at(-20, 520), view.at(INSIDE + 20, 520))
    break_line(view.canvas, view.at(120, -260), view.at(195, -260))
    _labels(
        view,
        [
            ((320, 110), (480, 150), "PRECAST LINTEL, 225 DEEP"),
            ((300, -9), (480, 20), "PLASTERBOARD REVEAL"),
            ((186, -40), (480, -80), "ALUMINIUM FRAME, THERMALLY BROKEN"),
            ((158, -180), (480, -190), "24 DOUBLE GLAZING"),
        ],
    )
    _labels(
        view,
        [
            ((50, 340), (-90, 380), "FACING BRICK"),
            ((90, 70), (-90, 170), "CAVITY TRAY WITH STOP ENDS"),
            ((60, -6), (-90, 20), "STEEL SHELF ANGLE"),
            ((110, -18), (-90, -90), "MASTIC ON BACKING STRIP"),
        ],
        110,
    )
    view.dimensions_up([0, 225], INSIDE + 42, INSIDE + 10, 7)
    view.dimensions_across([0, BRICK, BLOCK_FACE, INSIDE], 590, 540, 7)


def _draw_cill(view: View) -> None:
    _wall(view, -420, 0)
    view.polygon([(-40, 6), (-40, 26), (128, 48), (128, 14)], OUTLINE, POCHE)
    view.line((-30, 4), (BLOCK_FACE, 4), _DPC)
    board(view, _upright(200, INSIDE + 30, 8, 33))
    _draw_frame(view, 50, 118)
    _draw_glass(view, 112, 300, 112)
    view.circle((132, 44), 6, OUTLINE, 0.0)
    break_line(view.canvas, view.at(-20, -420), view.at(INSIDE + 20, -420))
    break_line(view.canvas, view.at(125, 300), view.at(195, 300))
    _labels(
        view,
        [
            ((156, 210), (440, 250), "24 DOUBLE GLAZING"),
            ((186, 84), (440, 160), "ALUMINIUM FRAME, SEE ELEVATIONS"),
            ((340, 26), (440, 60), "25 MDF WINDOW BOARD"),
            ((394, -120), (440, -90), "PLASTER ON 140 BLOCK"),
        ],
    )
    _labels(
        view,
        [
            ((20, 36), (-80, 110), "PRESSED CILL, 1:8 FALL, 40 DRIP"),
            ((-10, 4), (-80, -20), "DPC UNDER CILL"),
            ((60, -160), (-80, -130), "FACING BRICK"),
            ((200, -280), (-80, -250), "CAVITY INSULATION"),
        ],
        110,
    )
    view.dimensions_across([0, BRICK, BLOCK_FACE, PLASTER_FACE], -500, -440, 7)
    view.dimensions_across([-40, 0], 150, 40, 6)


def _draw_foundation(view: View) -> None:
    right = 1150.0
    earth(view, (-720, -150), (0, -150), 120)
    earth(view, (INSIDE, -640), (right, -640), 110)
    concrete(view, _upright(-160, 560, -1100, -800))
    _wall(view, 150, 420)
    brick_section(view, (0, -150), (BRICK, 150), COURSE)
    _blocks(view, BLOCK_FACE, PLASTER_FACE, -800, 150)
    _blocks(view, 0, BRICK, -800, -150)
    concrete(view, _upright(BRICK, BLOCK_FACE, -800, -225), LIGHT)
    rigid_insulation(view, _upright(INSULATION_FACE, BLOCK_FACE, -225, 150))
    gravel(view, _upright(PLASTER_FACE, right, -600, -450))
    rigid_insulation(view, _upright(PLASTER_FACE, right, -450, -300))
    concrete(view, _upright(PLASTER_FACE, right, -300, 0))
    board(view, _upright(PLASTER_FACE + 25, right, 0, 75))
    rigid_insulation(view, _upright(PLASTER_FACE, PLASTER_FACE + 25, 0, 75))
    view.polyline(
        [(right, -300), (PLASTER_FACE + 4, -300), (PLASTER_FACE + 4, 0), (BLOCK_FACE, 0)], _MEMBRANE
    )
    view.line((0, 0), (BRICK, 0), _DPC)
    view.rect((INSIDE, 75), (INSIDE + 18, 175), VISIBLE, PAPER)
    break_line(view.canvas, view.at(right, -620), view.at(right, 90))
    break_line(view.canvas, view.at(-20, 420), view.at(INSIDE + 20, 420))
    _labels(
        view,
        [
            ((INSIDE + 9, 140), (560, 300), "100 SKIRTING"),
            ((760, 40), (800, 180), "75 SCREED"),
            ((1000, -150), (1230, -60), "300 CONCRETE SLAB"),
            ((1000, -375), (1230, -280), "150 INSULATION ON MEMBRANE"),
            ((1000, -520), (1230, -500), "150 HARDCORE, SAND BLINDED"),
            ((480, -950), (640, -860), "CONCRETE STRIP, MIX RATIO 1:2:4"),
        ],
    )
    _labels(
        view,
        [
            ((50, 0), (-160, 120), "DPC 150 ABOVE GROUND"),
            ((-300, -146), (-420, 230), "PAVING, 1:80 FALL AWAY"),
            ((170, -500), (-160, -480), "LEAN MIX CAVITY FILL"),
        ],
        110,
    )
    view.dimensions_across([-160, 560], -1240, -1140, 7)
    view.dimensions_up([-1100, -800, -150, 0], -640, -220, 7)


def _draw_threshold(view: View) -> None:
    left, right = -420.0, 560.0
    concrete(view, _upright(0, right, -300, -75))
    board(view, _upright(60, right, -75, 0))
    concrete(view, [(left, -160), (-130, -160), (-130, -300), (left, -300)])
    view.polygon([(left, -160), (-130, -160), (-130, -8), (left, -8 - 290 / 40)], OUTLINE, PAPER)
    view.hatch([(left, -160), (-130, -160), (-130, -8), (left, -8 - 290 / 40)], 6, 45, FINE)
    view.polygon(_upright(-125, -5, -130, -8), OUTLINE, PAPER)
    for step in range(1, 8):
        view.line((-125 + step * 15, -22), (-125 + step * 15, -8), VISIBLE)
    view.polygon([(0, -75), (60, -75), (60, 0), (52, 15), (8, 15), (0, 0)], OUTLINE, POCHE)
    for x0, x1 in ((10, 24), (36, 50)):
        view.polygon(_upright(x0, x1, 22, 130), OUTLINE, PAPER)
    view.polygon(_upright(24, 36, 30, 120), VISIBLE, 0.4)
    for x in (18, 38):
        view.rect((x, 126), (x + 6, 330), VISIBLE, 0.93)
    view.polyline([(0, -300), (0, -75), (-3, -60)], _MEMBRANE)
    break_line(view.canvas, view.at(6, 330), view.at(56, 330))
    break_line(view.canvas, view.at(right, -320), view.at(right, 20))
    break_line(view.canvas, view.at(left, 10), view.at(left, -310))
    arrow(view.canvas, view.at(-180, 60), view.at(-380, 60))
    view.canvas.text(view.at(-280, 72), "1:40 FALL", 7.5, "center")
    _labels(
        view,
        [
            ((42, 260), (180, 280), "ALUMINIUM DOOR, SEE D01"),
            ((50, 14), (180, 150), "WEATHERED THRESHOLD, 15 UPSTAND"),
            ((400, -30), (430, 90), "75 SCREED AND FLOOR FINISH"),
        ],
    )
    _labels(view, [((-70, -60), (-150, 200), "SLOT DRAIN, 120 WIDE, LAID LEVEL")], 130)
    view.dimensions_across([-125, -5, 60], -380, -320, 7)
    view.dimensions_up([-300, -75, 0], 640, 580, 7)


def _draw_specification(canvas: Canvas, at: Point) -> None:
    x, y = at
    y = title_underline(canvas, (x, y), "SPECIFICATION NOTES", 12) + 8
    rows = [
        (
            "F10",
            "Facing brickwork in stretcher bond, mortar 1:1:6, bucket handle joints. Movement joints at 12 m.",
        ),
        (
            "F30",
            "Cavity trays in preformed lengths with stop ends. Weep holes at 900 centres, two to each opening.",
        ),
        (
            "H72",
            "Aluminium coping, 3 mm, polyester powder coated, fixed on continuous brackets at 1:20 fall.",
        ),
        ("J42", "Single ply roof membrane, fully bonded, to a finished fall of not less than 1:80."),
        (
            "L10",
            "Windows and doors to meet the U values in the energy report. Clear opening 850 minimum at doors.",
        ),
        (
            "M10",
            "Sand and cement screed 75 thick, ratio 1:3, with fibre reinforcement, laid in bays of 40 square metres.",
        ),
        ("P10", "Insulation tightly butted, joints taped. No cold bridges at cills, heads and jambs."),
        ("Z22", "Sealants: neutral cure silicone, colour to match frames."),
    ]
    for code, text in rows:
        canvas.text((x, y), code, 8.5, font=BOLD)
        y = canvas.paragraph((x + 50, y), 560, text, 8.5, 1.4) + 9
    y += 14
    canvas.text((x, y), "Details are drawn at the scales noted under each. Figured dimensions govern.", 8.5)
