"""C-1, the site of the house in Mill Lane at 1" = 20'."""

from __future__ import annotations

import math
from fractions import Fraction

from docpipe_assets.samples.canvas import (
    BOLD,
    FINE,
    HIDDEN,
    LIGHT,
    OUTLINE,
    PAPER,
    SHADE,
    VISIBLE,
    Canvas,
    Pen,
    Point,
)
from docpipe_assets.samples.symbols import arrow, leader, north_arrow, scale_bar, title_underline
from docpipe_assets.samples.view import INCHES, View, view_title

_FOOT = 12.0
_PROPERTY = Pen(1.5, 0.0, "[20 4 4 4 4 4] 0")
_CONTOUR = Pen(0.4, 0.15, "[9 4] 0")
LOT = [(0.0, 0.0), (186.0, 0.0), (198.0, 148.0), (0.0, 148.0)]
HOUSE = (64.0, 62.0)


def _feet(points: list[Point]) -> list[Point]:
    return [(x * _FOOT, y * _FOOT) for x, y in points]


def draw_site(canvas: Canvas) -> None:
    view = View(canvas, (96.0, 620.0), Fraction(240), INCHES)
    _draw_contours(view)
    _draw_lane(view)
    view.polygon(_feet(LOT), _PROPERTY)
    _draw_bearings(view)
    _draw_house(view)
    _draw_services(view)
    view_title(canvas, (70, 728), "1", "SITE PLAN", "SCALE: 1\" = 20'", 200)
    feet = [0, 10, 20, 40, 60]
    scale_bar(view, (330, 728), [mark * _FOOT for mark in feet], [f"{mark}" for mark in feet], "FEET")
    north_arrow(canvas, (650, 718), 17, -14)
    x, y = 920.0, 84.0
    y = title_underline(canvas, (x, y), "SITE NOTES", 11) + 6
    notes = [
        "BOUNDARY FROM RECORD PLAT. VERIFY BEFORE STAKING.",
        "CONTOUR INTERVAL 1 FOOT. DATUM ASSUMED.",
        'DRIVEWAY: 6" CRUSHED STONE, SLOPE 2% TO LANE.',
        'SEPTIC TANK 1,000 GALLONS. FIELD SLOPE 1/16" PER FOOT.',
        "WELL NOT LESS THAN 100 FEET FROM FIELD.",
        "SEED DISTURBED AREAS. CUT SLOPES NOT OVER 3:1.",
    ]
    for number, text in enumerate(notes, 1):
        canvas.text((x, y), f"{number}.", 9)
        y = canvas.paragraph((x + 18, y), 214, text, 9, 1.35) + 6
    y = title_underline(canvas, (x, y + 22), "LEGEND", 11) + 6
    for pen, text in ((_PROPERTY, "PROPERTY LINE"), (_CONTOUR, "CONTOUR"), (HIDDEN, "SETBACK LINE")):
        canvas.line((x, y - 3), (x + 62, y - 3), pen)
        canvas.text((x + 76, y), text, 9)
        y += 18


def _draw_contours(view: View) -> None:
    for index in range(6):
        base = 18.0 + index * 25
        points = [(x, base + 7 * math.sin(x / 34 + index * 0.5) + x * 0.045) for x in range(-8, 209, 18)]
        view.canvas.curve([view.at(x * _FOOT, y * _FOOT) for x, y in points], _CONTOUR)
        label = points[-3]
        view.canvas.text(
            view.at(label[0] * _FOOT, (label[1] - 0.9) * _FOOT), f"{96 + index}", 8, "center", paper=True
        )


def _draw_lane(view: View) -> None:
    view.lines(
        [
            ((-14 * _FOOT, -6 * _FOOT), (218 * _FOOT, -6 * _FOOT)),
            ((-14 * _FOOT, -20 * _FOOT), (218 * _FOOT, -20 * _FOOT)),
        ],
        VISIBLE,
    )
    view.text((60 * _FOOT, -14.6 * _FOOT), "MILL LANE", 11, font=BOLD, paper=True)


def _draw_bearings(view: View) -> None:
    canvas = view.canvas
    names = ("N 88 12 00 E", "N 06 26 00 E", "S 88 12 00 W", "S 01 48 00 E")
    for index, name in enumerate(names):
        (x0, y0), (x1, y1) = LOT[index], LOT[(index + 1) % 4]
        length = math.dist((x0, y0), (x1, y1))
        degrees, minutes, seconds = name[2:4], name[5:7], name[8:10]
        text = f"{name[0]} {degrees}°{minutes}'{seconds}\" {name[-1]}   {length:.2f}'"
        middle = view.at((x0 + x1) / 2 * _FOOT, (y0 + y1) / 2 * _FOOT)
        if y0 == y1:
            canvas.text(
                (middle[0] + (235 if y0 == 0 else 0), middle[1] + (-5 if y0 else 12)),
                text,
                8,
                "center",
                paper=True,
            )
        else:
            canvas.text((middle[0] + (34 if x0 else -16), middle[1]), text, 8, "center", upward=True)
    for x, y in LOT:
        view.circle((x * _FOOT, y * _FOOT), 9, OUTLINE, PAPER)


def _draw_house(view: View) -> None:
    x, y = HOUSE[0] * _FOOT, HOUSE[1] * _FOOT
    outline = [(x, y), (x + 528, y), (x + 528, y + 336), (x, y + 336)]
    drive = _feet([(118.0, -6.0), (128.0, -6.0), (128.0, 74.0), (140.0, 80.0), (140.0, 96.0), (118.0, 96.0)])
    view.polygon(drive, VISIBLE, 0.94)
    view.polygon([(x + 126, y - 60), (x + 234, y - 60), (x + 234, y), (x + 126, y)], LIGHT, PAPER)
    view.polygon(outline, Pen(1.6), SHADE)
    view.polygon([(x - 18, y - 18), (x + 546, y - 18), (x + 546, y + 354), (x - 18, y + 354)], HIDDEN)
    middle = view.at(x + 264, y + 180)
    view.canvas.text(middle, "PROPOSED HOUSE", 9, "center", BOLD)
    view.canvas.text((middle[0], middle[1] + 12), "F.F. EL. 100.50", 8, "center")
    setback = _feet([(12.0, 25.0), (176.1, 25.0), (184.5, 128.0), (12.0, 128.0)])
    view.polygon(setback, HIDDEN)
    view.dimensions_up([0, y], 42 * _FOOT, 62 * _FOOT, 8)
    view.dimensions_across([0, x], 70 * _FOOT, 70 * _FOOT, 8)
    view.dimensions_across([x, x + 528], 97 * _FOOT, 91 * _FOOT, 8)
    view.canvas.text(view.at(123 * _FOOT, 26 * _FOOT), "DRIVEWAY", 8, "center", upward=True)


def _draw_services(view: View) -> None:
    canvas = view.canvas
    view.circle((156 * _FOOT, 112 * _FOOT), 20, OUTLINE, PAPER)
    canvas.text(view.at(156 * _FOOT, 107 * _FOOT), "WELL", 8, "center", paper=True)
    view.rect((40 * _FOOT, 102 * _FOOT), (49 * _FOOT, 107 * _FOOT), OUTLINE, PAPER)
    leader(canvas, view.at(44 * _FOOT, 107 * _FOOT), view.at(56 * _FOOT, 114 * _FOOT), "SEPTIC TANK", 8, 90)
    for row in range(4):
        y = (106.0 + row * 6) * _FOOT
        view.line((6 * _FOOT, y), (33 * _FOOT, y), HIDDEN)
    view.rect((4 * _FOOT, 103 * _FOOT), (35 * _FOOT, 127 * _FOOT), LIGHT)
    canvas.text(view.at(20 * _FOOT, 129 * _FOOT), "DRAIN FIELD", 8, "center", paper=True)
    arrow(canvas, view.at(40 * _FOOT, 104 * _FOOT), view.at(35 * _FOOT, 104 * _FOOT))
    for x, y in (
        (20, 22),
        (36, 16),
        (150, 30),
        (166, 44),
        (172, 76),
        (90, 122),
        (112, 134),
        (172, 138),
        (20, 84),
        (30, 62),
    ):
        _draw_tree(view, x, y)


def _draw_tree(view: View, x: float, y: float) -> None:
    center = view.at(x * _FOOT, y * _FOOT)
    radius = view.length(5.5 * _FOOT)
    lobes = [
        (center[0] + radius * reach * math.cos(turn), center[1] + radius * reach * math.sin(turn))
        for index in range(25)
        for turn, reach in ((index * math.tau / 24, 1.0 if index % 2 else 0.82),)
    ]
    view.canvas.curve(lobes, FINE)
    view.canvas.circle(center, 1.2, VISIBLE, 0.0)
