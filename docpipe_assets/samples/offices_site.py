"""2318-A-001, the offices' site plan at 1:500."""

from __future__ import annotations

import random
from fractions import Fraction

from docpipe_assets.samples import offices_building as building
from docpipe_assets.samples.canvas import (
    BOLD,
    FINE,
    HATCH,
    LIGHT,
    OBLIQUE,
    OUTLINE,
    PAPER,
    SHADE,
    VISIBLE,
    Canvas,
    Pen,
    Point,
)
from docpipe_assets.samples.symbols import arrow, north_arrow, scale_bar, spot_level, title_underline
from docpipe_assets.samples.view import MILLIMETRES, View, view_title

_BOUNDARY = Pen(1.6, 0.0, "[18 4 3 4 3 4] 0")
_KERB = Pen(0.5)
_ROAD_CENTRE = Pen(0.5, 0.3, "[12 9] 0")
_M = 1000.0
SITE = [(-9.0, -8.0), (84.0, -8.0), (84.0, 62.0), (20.0, 66.0), (-9.0, 58.0)]


def _metres(points: list[Point]) -> list[Point]:
    return [(x * _M, y * _M) for x, y in points]


def draw_site(canvas: Canvas) -> None:
    view = View(canvas, (610.0, 940.0), Fraction(500), MILLIMETRES)
    _draw_survey_grid(view)
    _draw_streets(view)
    _draw_harbour(view)
    _draw_neighbours(view)
    _draw_grounds(view)
    _draw_building(view)
    _draw_dimensions(view)
    view_title(canvas, (100, 1425), "1", "SITE PLAN", "1:500", 300)
    metres = [0, 10, 20, 50, 100]
    scale_bar(view, (500, 1425), [mark * _M for mark in metres], [f"{mark}" for mark in metres], "metres")
    north_arrow(canvas, (1230, 1425), 24, 24)
    _draw_margin(canvas, (2010.0, 70.0))


def _draw_survey_grid(view: View) -> None:
    for column in range(7):
        for row in range(4):
            x, y = -75.0 + 50 * column, -30.0 + 50 * row
            spot = view.at(x * _M, y * _M)
            view.canvas.lines(
                [
                    ((spot[0] - 6, spot[1]), (spot[0] + 6, spot[1])),
                    ((spot[0], spot[1] - 6), (spot[0], spot[1] + 6)),
                ],
                FINE,
            )
            if row == 3:
                view.canvas.text((spot[0], spot[1] - 12), f"{452100 + 50 * column}E", 6, "center", grey=0.35)
            if column == 0:
                view.canvas.text((spot[0] - 10, spot[1] + 2), f"{110250 + 50 * row}N", 6, "right", grey=0.35)


def _draw_streets(view: View) -> None:
    canvas = view.canvas
    west, east = -92.0, 238.0
    for y in (-25.0, -22.5, -13.0, -10.5):
        view.lines(
            [((west * _M, y * _M), (-22.0 * _M, y * _M)), ((-12.0 * _M, y * _M), (east * _M, y * _M))], _KERB
        )
    view.line((west * _M, -17.75 * _M), (east * _M, -17.75 * _M), _ROAD_CENTRE)
    canvas.text(view.at(120 * _M, -16.2 * _M), "H A R B O U R   S T R E E T", 12, "center", paper=True)
    for x in (-22.0, -12.0):
        view.lines(
            [((x * _M, -10.5 * _M), (x * _M, 118 * _M)), ((x * _M, -25 * _M), (x * _M, -42.8 * _M))], _KERB
        )
    view.line((-17 * _M, -10.5 * _M), (-17 * _M, 118 * _M), _ROAD_CENTRE)
    spot = view.at(-15.8 * _M, 78 * _M)
    canvas.text(spot, "R O P E   L A N E", 10, "center", upward=True, paper=True)
    for x, y, level in (
        (40, -12, "4.18"),
        (96, -12, "4.11"),
        (-40, -12, "4.26"),
        (-17, 40, "4.52"),
        (160, -12, "4.02"),
    ):
        spot_level(canvas, view.at(x * _M, y * _M), level)


def _draw_harbour(view: View) -> None:
    canvas = view.canvas
    quay = [(-92.0, -44.0), (30.0, -44.0), (34.0, -48.0), (150.0, -48.0), (156.0, -42.0), (238.0, -42.0)]
    view.polyline(_metres(quay), OUTLINE)
    view.polyline(_metres([(x, y + 1.2) for x, y in quay]), FINE)
    chance = random.Random(4)
    waves = []
    for row in range(6):
        y = -52.0 - row * 3.6
        x = -90.0 + chance.uniform(0, 12)
        while x < 230:
            waves.append((view.at(x * _M, y * _M), view.at((x + 7) * _M, y * _M)))
            x += chance.uniform(14, 30)
    canvas.lines(waves, FINE)
    canvas.text(view.at(70 * _M, -62 * _M), "AVERLEY HARBOUR", 13, "center", OBLIQUE, paper=True)
    canvas.text(view.at(-60 * _M, -37 * _M), "QUAY", 9, "center", paper=True)
    for x in range(-84, 232, 18):
        view.circle((x * _M, -42.2 * _M if x > 160 or x < 30 else -46.0 * _M), 500, VISIBLE, 0.2)


def _draw_neighbours(view: View) -> None:
    blocks = [
        ([(-88.0, -6.0), (-58.0, -6.0), (-58.0, 16.0), (-88.0, 16.0)], "8 HARBOUR STREET"),
        ([(-52.0, -6.0), (-28.0, -6.0), (-28.0, 22.0), (-40.0, 22.0), (-40.0, 14.0), (-52.0, 14.0)], "12"),
        ([(-80.0, 32.0), (-30.0, 32.0), (-30.0, 52.0), (-80.0, 52.0)], "ROPE WORKS"),
        ([(-64.0, 66.0), (-28.0, 66.0), (-28.0, 96.0), (-64.0, 96.0)], ""),
        ([(96.0, -6.0), (132.0, -6.0), (132.0, 20.0), (96.0, 20.0)], "24-28 HARBOUR STREET"),
        ([(140.0, -6.0), (172.0, -6.0), (172.0, 16.0), (140.0, 16.0)], "30"),
        (
            [(180.0, -6.0), (226.0, -6.0), (226.0, 28.0), (206.0, 28.0), (206.0, 12.0), (180.0, 12.0)],
            "SAIL LOFT",
        ),
        ([(100.0, 34.0), (164.0, 34.0), (164.0, 60.0), (100.0, 60.0)], "COVERED MARKET"),
        ([(0.0, 80.0), (40.0, 80.0), (40.0, 104.0), (0.0, 104.0)], ""),
        ([(52.0, 76.0), (84.0, 76.0), (84.0, 108.0), (52.0, 108.0)], ""),
        ([(180.0, 46.0), (222.0, 46.0), (222.0, 86.0), (180.0, 86.0)], ""),
        ([(104.0, 76.0), (160.0, 76.0), (160.0, 104.0), (104.0, 104.0)], ""),
    ]
    for outline, name in blocks:
        points = _metres(outline)
        view.polygon(points, VISIBLE, PAPER)
        view.hatch(points, 7, 45, HATCH)
        if name:
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            middle = ((min(xs) + max(xs)) / 2, min(ys) + 6)
            view.canvas.text(view.at(middle[0] * _M, middle[1] * _M), name, 7, "center", paper=True)


def _draw_grounds(view: View) -> None:
    canvas = view.canvas
    view.polygon(_metres(SITE), _BOUNDARY)
    view.polygon(_metres([(62.0, -6.0), (68.0, -6.0), (68.0, 36.0), (62.0, 36.0)]), LIGHT)
    view.polygon(_metres([(0.0, 36.0), (80.0, 36.0), (80.0, 55.0), (0.0, 55.0)]), LIGHT)
    for row, (y0, y1) in enumerate(((36.0, 40.8), (50.2, 55.0))):
        start, end = (2.0, 59.6) if row == 0 else (2.0, 57.2)
        count = round((end - start) / 2.4)
        bays = [((start + i * 2.4) * _M, y0 * _M) for i in range(count + 1)]
        view.lines([((x, y0 * _M), (x, y1 * _M)) for x, _ in bays], LIGHT)
        view.line((start * _M, (y1 if row else y0) * _M), (end * _M, (y1 if row else y0) * _M), LIGHT)
    canvas.text(view.at(30 * _M, 44.6 * _M), "CAR PARK, 47 SPACES", 8, "center", BOLD, paper=True)
    for tail, tip, note in (
        ((52.0, 47.6), (40.0, 47.6), "1:80 FALL"),
        ((8.0, 44.4), (18.0, 44.4), "1:60 FALL"),
        ((65.0, 28.0), (65.0, 14.0), ""),
    ):
        arrow(canvas, view.at(tail[0] * _M, tail[1] * _M), view.at(tip[0] * _M, tip[1] * _M))
        if note:
            middle = view.at((tail[0] + tip[0]) / 2 * _M, tail[1] * _M)
            canvas.text((middle[0], middle[1] - 3), note, 6.5, "center", paper=True)
    canvas.text(view.at(70.0 * _M, 10 * _M), "ACCESS ROAD, 1:80 FALL", 6.5, "center", upward=True)
    lime_trees = [(12.5 + 3.6 * index, 20.5) for index in range(6)]
    for x, y in lime_trees:
        _draw_tree(view, x, y, 1.5)
    trees = [(-5.0, 4.0 + 10 * index) for index in range(5)] + [
        (76.0, 2.0 + 10 * index) for index in range(4)
    ]
    trees += [(14.0, 60.0), (24.0, 61.5), (36.0, 62.0), (48.0, 61.5), (60.0, 61.0), (72.0, 60.0)]
    for x, y in trees:
        _draw_tree(view, x, y, 2.8)
    for x, y in ((4.0, 45.6), (44.0, 45.6), (65.0, 2.0)):
        view.rect(((x - 0.5) * _M, (y - 0.5) * _M), ((x + 0.5) * _M, (y + 0.5) * _M), VISIBLE, PAPER)
    for x, y, level in (
        (2, 32, "4.30"),
        (58, 33, "4.24"),
        (78, 46, "4.36"),
        (-6, 52, "4.58"),
        (64, -3, "4.16"),
    ):
        spot_level(canvas, view.at(x * _M, y * _M), level)


def _draw_tree(view: View, x: float, y: float, radius: float) -> None:
    center = (x * _M, y * _M)
    view.circle(center, radius * _M, FINE, 0.94)
    view.circle(center, radius * 0.62 * _M, HATCH)
    view.circle(center, 260, LIGHT, 0.2)


def _draw_building(view: View) -> None:
    outline = [
        (0.0, 0.0),
        (building.LENGTH, 0.0),
        (building.LENGTH, building.DEPTH),
        (building.WING, building.DEPTH),
        (building.WING, building.BAR),
        (0.0, building.BAR),
    ]
    view.polygon(outline, Pen(1.8), SHADE)
    inner = 900.0
    view.polygon(
        [
            (inner, inner),
            (building.LENGTH - inner, inner),
            (building.LENGTH - inner, building.DEPTH - inner),
            (building.WING + inner, building.DEPTH - inner),
            (building.WING + inner, building.BAR - inner),
            (inner, building.BAR - inner),
        ],
        LIGHT,
    )
    view.lines([((inner, building.BAR / 2), (building.LENGTH - inner, building.BAR / 2))], FINE)
    canvas = view.canvas
    canvas.text(view.at(18 * _M, 10.2 * _M), "PROPOSED OFFICES", 10, "center", BOLD)
    canvas.text(view.at(18 * _M, 4 * _M), "3 STOREYS  FFL +4.350", 8, "center")
    x, y = view.at(9 * _M, 0)
    canvas.polygon([(x, y), (x - 5, y + 9), (x + 5, y + 9)], None, 0.0)
    canvas.text((x, y + 17), "MAIN ENTRANCE", 6, "center", paper=True)


def _draw_dimensions(view: View) -> None:
    view.dimensions_across([-9000, 0, building.LENGTH, 84000], -36000, -8000, 7.5)
    view.dimensions_up([-8000, 0, building.DEPTH, 62000], 90000, 84000, 7.5)
    view.dimensions_across([building.WING, building.LENGTH], 33200, 30000, 6.5)
    view.dimensions_up([0, building.BAR], 58000, 54000, 6.5)


def _draw_margin(canvas: Canvas, at: Point) -> None:
    x, y = at
    width = 330.0
    canvas.line((x - 24, 28.35), (x - 24, canvas.height - 170.35), LIGHT)
    y = title_underline(canvas, (x, y), "NOTES", 11) + 4
    notes = [
        "Survey by others, received 11.01.2024. Check all existing levels before starting work.",
        "Levels are in metres above Ordnance Datum, Port Averley.",
        "Site area 0.62 hectares within the boundary shown.",
        "Car park: porous asphalt, laid to falls of 1:80 and 1:60 to gullies. Access road 1:80 fall to Harbour Street.",
        "Retained trees to be fenced at the edge of their canopy before demolition begins.",
        "Kerb lines at the access junction to the highway authority's approval.",
        "Foul and surface water drainage is shown on the engineer's drawings.",
    ]
    for number, text in enumerate(notes, 1):
        canvas.text((x, y), f"{number}.", 8)
        y = canvas.paragraph((x + 20, y), width - 30, text, 8, 1.4) + 6
    y = title_underline(canvas, (x, y + 20), "LEGEND", 11) + 8
    canvas.line((x, y - 3), (x + 46, y - 3), _BOUNDARY)
    canvas.text((x + 60, y), "Site boundary", 8)
    canvas.rect((x, y + 10), (x + 40, y + 22), Pen(1.8), SHADE)
    canvas.text((x + 60, y + 20), "Proposed building", 8)
    canvas.rect((x, y + 30), (x + 40, y + 42), VISIBLE)
    canvas.text((x + 60, y + 40), "Existing building", 8)
    canvas.circle((x + 20, y + 58), 8, FINE, 0.94)
    canvas.circle((x + 20, y + 58), 1.4, LIGHT, 0.2)
    canvas.text((x + 60, y + 61), "Tree", 8)
    spot_level(canvas, (x + 12, y + 82), "4.30")
    canvas.text((x + 60, y + 84), "Existing level", 8)
    canvas.rect((x + 16, y + 98), (x + 24, y + 106), VISIBLE)
    canvas.text((x + 60, y + 105), "Gully", 8)
