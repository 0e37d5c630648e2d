"""Fractions whose numbers stand above one another are read as part of their lengths."""

from __future__ import annotations

import pytest

from docpipe_assets.measuring.stacked_fractions import with_stacked_fractions
from docpipe_assets.page_text import Box, TextBlock

TYPE, SMALL = 20.0, 12.0


def line(text: str, x: float, y: float, size: float = TYPE, width: float | None = None) -> TextBlock:
    return TextBlock(text, Box(x, y, width or 0.55 * size * len(text), size))


def sideways(block: TextBlock, angle: float) -> TextBlock:
    """The same line on the page turned by a quarter so that it reads at `angle`: 90 or 270."""
    box = block.box
    turned = (
        Box(box.y, -box.right, box.height, box.width)
        if angle == 270
        else Box(-box.bottom, box.x, box.height, box.width)
    )
    return TextBlock(block.text, turned, (), angle)


def stacked(text: str, over: str, under: str) -> list[TextBlock]:
    """A length of 100 x 20 pixels with both numbers of its fraction apart, at its end."""
    return [line(text, 0, 0, width=100), line(over, 86, -4, SMALL, 7), line(under, 86, 12, SMALL, 7)]


@pytest.mark.parametrize("angle", [0, 90, 270])
@pytest.mark.parametrize(
    ("blocks", "read"),
    [
        (stacked("12'-6\"", "1", "2"), "12'-6 1/2\""),
        (stacked("12'-6", "3", "4"), "12'-6 3/4"),
        (stacked('6"', "5", "8"), '6 5/8"'),
        ([line("12'-6 1 \"", 0, 0, width=100), line("2", 80, 12, SMALL, 7)], "12'-6 1/2 \""),
        ([line("12'-6 11\"", 0, 0, width=100), line("16", 70, 12, SMALL, 14)], "12'-6 11/16\""),
    ],
)
def test_a_fraction_in_lines_of_its_own(blocks: list[TextBlock], read: str, angle: int) -> None:
    turned = [sideways(block, angle) if angle else block for block in blocks]
    assert with_stacked_fractions(turned)[0].text == read


@pytest.mark.parametrize(
    "beside",
    [
        [line("2", 80, 0, TYPE, 11)],
        [line("2", 80, 60, SMALL, 7)],
        [line("3", 80, 12, SMALL, 7)],
        [line("5", 86, -4, SMALL, 7), line("2", 86, 12, SMALL, 7)],
        [line("101", 80, 12, SMALL, 20)],
        [],
    ],
    ids=["type of its own", "far beneath", "no halving", "not proper", "a room", "nothing"],
)
def test_other_numbers_nearby_are_no_fraction(beside: list[TextBlock]) -> None:
    length = line("12'-6\"", 0, 0, width=100)
    assert with_stacked_fractions([length, *beside]) == [length, *beside]
