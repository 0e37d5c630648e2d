"""Every dimension on the vector sheets measures on paper what it says, at the scale of its view."""

import re
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.samples import house
from docpipe_assets.samples.expected import CLINIC, OFFICES
from docpipe_assets.samples.sheet import draw_set
from docpipe_assets.samples.title_blocks import corner_block
from docpipe_assets.samples.view import INCHES, MILLIMETRES, feet_and_inches

FEET_AND_INCHES = re.compile(r"""^(?:(?P<feet>\d+)'-)?(?P<inches>\d+(?![\d/]))?(?: ?(?P<part>\d+/\d+))?"$""")
TICK = 5.2


class Dimension(NamedTuple):
    """A line between two ticks, in points, and the lettering at its middle."""

    points: float
    text: str


def _inches(text: str) -> Fraction | None:
    found = FEET_AND_INCHES.match(text)
    if not found:
        return None
    return int(found["feet"] or 0) * 12 + int(found["inches"] or 0) + Fraction(found["part"] or 0)


def _segments(page: Any) -> list[tuple[float, float, float, float]]:
    return [
        (item[1].x, item[1].y, item[2].x, item[2].y)
        for drawing in page.get_drawings()
        for item in drawing["items"]
        if item[0] == "l"
    ]


def _dimensions(page: Any) -> list[Dimension]:
    """Upright and level lines that end in the middle of a slanting tick on either side."""
    segments = _segments(page)
    ticks = {
        (round((x0 + x1) / 2, 1), round((y0 + y1) / 2, 1))
        for x0, y0, x1, y1 in segments
        if abs(abs(x1 - x0) - TICK) < 0.05 and abs(abs(y1 - y0) - TICK) < 0.05
    }

    def ticked(x: float, y: float) -> bool:
        return any(
            (round(x + dx, 1), round(y + dy, 1)) in ticks for dx in (-0.1, 0, 0.1) for dy in (-0.1, 0, 0.1)
        )

    lettering = [
        ((x0 + x1) / 2, (y0 + y1) / 2, span["text"])
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for x0, y0, x1, y1 in (span["bbox"],)
    ]
    found = []
    for x0, y0, x1, y1 in segments:
        length = abs(x1 - x0) + abs(y1 - y0)
        straight = min(abs(x1 - x0), abs(y1 - y0)) < 0.01
        if straight and length > 1 and ticked(x0, y0) and ticked(x1, y1):
            middle = ((x0 + x1) / 2, (y0 + y1) / 2)
            nearest = min(lettering, key=lambda at: (at[0] - middle[0]) ** 2 + (at[1] - middle[1]) ** 2)
            found.append(Dimension(length, nearest[2]))
    return found


@pytest.mark.parametrize(
    ("name", "page", "ratios", "at_least"),
    [
        (CLINIC, 3, (48,), 40),
        (CLINIC, 4, (48,), 10),
        (CLINIC, 5, (4, 8, 16), 12),
        (CLINIC, 7, (96,), 15),
        (OFFICES, 1, (500,), 8),
        (OFFICES, 2, (100,), 60),
        (OFFICES, 3, (100,), 20),
        (OFFICES, 4, (5, 10), 15),
    ],
)
def test_dimensions_measure_what_they_say(
    opened: dict[str, Any], name: str, page: int, ratios: tuple[int, ...], at_least: int
) -> None:
    units = INCHES if name == CLINIC else MILLIMETRES
    dimensions = _dimensions(opened[name][page - 1])
    assert len(dimensions) >= at_least
    for dimension in dimensions:
        written = _inches(dimension.text) if name == CLINIC else Fraction(dimension.text)
        assert written, dimension
        on_paper = [float(written) * units.points / ratio for ratio in ratios]
        assert any(dimension.points == pytest.approx(points, abs=0.06) for points in on_paper), dimension


@pytest.mark.parametrize(("page", "ratio", "at_least"), [(0, 240, 3), (1, 64, 14), (2, 64, 5)])
def test_dimensions_of_the_house_measure_what_they_say_before_it_is_scanned(
    page: int, ratio: int, at_least: int
) -> None:
    with draw_set(house.PROJECT, house.SHEETS, house.SIZE, corner_block) as drawn:
        dimensions = _dimensions(drawn[page])
    assert len(dimensions) >= at_least
    for dimension in dimensions:
        written = _inches(dimension.text)
        assert written, dimension
        assert dimension.points == pytest.approx(float(written) * 72 / ratio, abs=0.06), dimension


@pytest.mark.parametrize(
    ("name", "page", "ratio", "labels", "length"),
    [
        (CLINIC, 3, 48, ("0'", "24'"), 24 * 12),
        (CLINIC, 7, 96, ("0'", "32'"), 32 * 12),
        (OFFICES, 1, 500, ("0", "100"), 100_000),
        (OFFICES, 2, 100, ("0", "15"), 15_000),
    ],
)
def test_scale_bars_are_as_long_as_they_say(
    opened: dict[str, Any], name: str, page: int, ratio: int, labels: tuple[str, str], length: int
) -> None:
    units = INCHES if name == CLINIC else MILLIMETRES
    words = opened[name][page - 1].get_text("words")
    starts, ends = ([word for word in words if word[4] == label] for label in labels)
    spans = [
        (end[0] + end[2] - start[0] - start[2]) / 2
        for start in starts
        for end in ends
        if abs(start[3] - end[3]) < 0.1
    ]
    assert spans == [pytest.approx(length * units.points / ratio, abs=0.1)]


@given(st.integers(min_value=1, max_value=200 * 12 * 16))
def test_feet_and_inches_read_back(sixteenths: int) -> None:
    length = Fraction(sixteenths, 16)
    assert _inches(feet_and_inches(length)) == length


@pytest.mark.parametrize(
    ("inches", "written"),
    [
        (Fraction(120), "10'-0\""),
        (Fraction(229, 2), "9'-6 1/2\""),
        (Fraction(37, 4), '9 1/4"'),
        (Fraction(5, 8), '5/8"'),
        (Fraction(241, 2), "10'-0 1/2\""),
    ],
)
def test_feet_and_inches_are_written_as_on_drawings(inches: Fraction, written: str) -> None:
    assert feet_and_inches(inches) == written
