"""Drawings measure what they were drawn at, whatever their office's manner, and nothing where nothing agrees."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from docpipe_assets.linework import Linework
from docpipe_assets.measuring import Evidence, Unit, measure
from docpipe_assets.page_text import Box, PageText, TextBlock
from docpipe_assets.pdf.linework import read_linework
from docpipe_tests.measuring.drawn_plan import (
    DPI,
    Plan,
    centimetres,
    feet_and_inches,
    measured,
    metres,
    metres_with_comma,
    millimetres,
    read,
)

FEET = [42.0, 150.0, 96.0, 243.5, 88.0, 160.0, 374.0, 58.0]
METRIC = [
    1050 / 25.4,
    3800 / 25.4,
    2450 / 25.4,
    6200 / 25.4,
    2250 / 25.4,
    4050 / 25.4,
    9500 / 25.4,
    1450 / 25.4,
]


def dimensioned(plan: Plan, lengths: list[float] | None = None) -> Plan:
    lengths = lengths or (FEET if plan.write is feet_and_inches else METRIC)
    plan.chain(4, 4, lengths[:3])
    plan.chain(4, 6, lengths[3:5])
    plan.chain(3, 22, lengths[5:], upright=True)
    return plan


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("marks", ["tick", "arrow", "open", "dot", "none"])
def test_every_manner_of_dimension_line(tmp_path: Path, marks: str, inline: bool) -> None:
    found = measured(dimensioned(Plan(48, marks=marks, inline=inline)), tmp_path / "plan.pdf").best
    assert found is not None
    assert found.ratio == pytest.approx(48, rel=0.003)
    assert found.spread < 0.005


@pytest.mark.parametrize(
    ("write", "ratio", "unit"),
    [
        (millimetres, 100, Unit.MILLIMETRE),
        (millimetres, 50, Unit.MILLIMETRE),
        (metres, 100, Unit.METRE),
        (metres_with_comma, 50, Unit.METRE),
    ],
)
def test_metric_dimensions(tmp_path: Path, write: Callable[[float], str], ratio: float, unit: Unit) -> None:
    found = measured(dimensioned(Plan(ratio, write)), tmp_path / "plan.pdf").best
    assert found is not None
    assert (found.ratio, found.unit) == (pytest.approx(ratio, rel=0.005), unit)


def test_whole_numbers_may_be_centimetres(tmp_path: Path) -> None:
    found = measured(dimensioned(Plan(50, centimetres)), tmp_path / "plan.pdf").best
    assert found is not None
    assert found.as_unit(Unit.CENTIMETRE).ratio == pytest.approx(50, rel=0.005)


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("factor", [0.37, 0.5, 0.647])
def test_prints_of_another_size(tmp_path: Path, factor: float, rotation: int) -> None:
    found = measured(dimensioned(Plan(48)), tmp_path / "plan.pdf", factor=factor, rotation=rotation).best
    assert found is not None
    assert found.ratio == pytest.approx(48 / factor, rel=0.01)


def test_every_measurement_shows_where_it_was_taken(tmp_path: Path) -> None:
    found = measured(dimensioned(Plan(48)), tmp_path / "plan.pdf").best
    assert found is not None
    assert {m.text for m in found.evidence} == {feet_and_inches(length) for length in FEET}
    for m in found.evidence:
        assert m.kind is Evidence.DIMENSION
        assert max(m.line_box.width, m.line_box.height) == pytest.approx(m.drawn_px, abs=0.5)


def test_decoys_beside_the_dimensions_change_nothing(tmp_path: Path) -> None:
    plan = dimensioned(Plan(48))
    for row in range(8):
        plan.boxed(20, 4 + row, str(101 + row))
        plan.write_at(24, 4 + row, f"3'-{row}\" x 7'-0\"")
        plan.write_at(28, 4 + row, f"2x{4 + 2 * row}")
        plan.write_at(30, 4 + row, f"EL. {100 + row}'-0\"")
    plan.hatch(10, 14, 4)
    found = measured(plan, tmp_path / "plan.pdf").best
    assert found is not None
    assert found.ratio == pytest.approx(48, rel=0.003)
    assert len(found.evidence) == len(FEET)


def test_some_edited_texts_change_nothing(tmp_path: Path) -> None:
    plan = Plan(96)
    plan.chain(4, 4, FEET[:4])
    plan.chain(4, 6, FEET[4:])
    plan.chain(4, 8, [120, 180], texts=["12'-0\"", "13'-4\""])
    found = measured(plan, tmp_path / "plan.pdf").best
    assert found is not None
    assert found.ratio == pytest.approx(96, rel=0.003)


def test_dimensions_that_are_not_to_scale_measure_nothing(tmp_path: Path) -> None:
    plan = Plan(48)
    texts = ["3'-6\"", "9'-2\"", "7'-1\"", "14'-0\"", "2'-8\"", "5'-5\"", "21'-4\"", "11'-3\""]
    plan.chain(4, 4, [90, 110, 70, 130], texts=texts[:4])
    plan.chain(4, 6, [75, 140, 95, 100], texts=texts[4:])
    assert measured(plan, tmp_path / "plan.pdf").best is None


def test_equal_cells_of_a_table_measure_nothing(tmp_path: Path) -> None:
    plan = Plan(48)
    for row in range(12):
        for column in range(6):
            x, y = (2 + 2 * column) * 72, (3 + row * 0.4) * 72
            plan.page.draw_rect((x, y, x + 144, y + 28.8), width=0.3)
            plan.page.insert_text((x + 50, y + 18), f"{2 + column}'-{row}\"", fontsize=8)
    assert measured(plan, tmp_path / "table.pdf").best is None


def test_room_numbers_in_boxes_measure_nothing(tmp_path: Path) -> None:
    plan = Plan(100, millimetres)
    for room in range(60):
        plan.boxed(2 + 2.5 * (room % 10), 3 + 3 * (room // 10), str(101 + 7 * room))
    assert measured(plan, tmp_path / "rooms.pdf").best is None


def test_two_dimensions_prove_nothing(tmp_path: Path) -> None:
    plan = Plan(48)
    plan.chain(4, 4, [150, 96])
    assert measured(plan, tmp_path / "plan.pdf").best is None


def test_a_page_without_strokes(tmp_path: Path) -> None:
    plan = Plan(48)
    for row, length in enumerate(FEET):
        plan.write_at(4, 4 + row, feet_and_inches(length))
    found = measured(plan, tmp_path / "text.pdf")
    assert (found.best, found.dimensions) == (None, len(FEET))


def test_two_scales_on_one_sheet(tmp_path: Path) -> None:
    plan = dimensioned(Plan(48))
    plan.ratio = 24
    plan.chain(20, 4, [30, 51, 77])
    plan.chain(20, 6, [22, 64, 93])
    found = [scale for scale in measured(plan, tmp_path / "plan.pdf").scales if scale.reliable]
    assert sorted(round(scale.ratio) for scale in found) == [24, 48]
    detail = min(found, key=lambda scale: scale.ratio)
    assert detail.box.x > 19 * 200


@pytest.mark.parametrize("angle", [0, 17, 62, -38, -75])
def test_sides_of_a_plot_with_their_bearings(tmp_path: Path, angle: float) -> None:
    plan = Plan(600)
    for index, feet in enumerate((190.0, 249.59, 175.86, 70.45, 132.5)):
        plan.site_line(4 + 5 * index, 14, feet, angle, f"N {15 + index}°{10 + index}'00\" E")
    found = measured(plan, tmp_path / "site.pdf").best
    assert found is not None
    assert found.ratio == pytest.approx(600, rel=0.005)


def test_some_sides_of_a_plot_have_lost_their_foot_marks(tmp_path: Path) -> None:
    plan = Plan(600)
    for index, feet in enumerate((190.0, 249.59, 175.86, 70.45)):
        plan.site_line(4 + 5 * index, 14, feet, 0, f"N {15 + index}°{10 + index}'00\" E")
    text, _ = read(plan.save(tmp_path / "site.pdf"))
    unmarked = [
        replace(block, text=block.text.rstrip("'"), words=()) if place % 2 else block
        for place, block in enumerate(text.blocks)
    ]
    strokes = read_linework(tmp_path / "site.pdf", 1, DPI, text.width_px, text.height_px).linework
    found = measure(replace(text, blocks=tuple(unmarked)), strokes).best
    assert found is not None
    assert found.ratio == pytest.approx(600, rel=0.005)
    assert len(found.evidence) == 4


@pytest.mark.parametrize(
    ("labels", "unit", "real", "ratio"),
    [
        ([0, 4, 8, 16], "FT", 12, 96),
        ([0, 1, 2, 5, 10], "m", 1000 / 25.4, 100),
        ([0, 20, 40, 80], "FEET", 12, 480),
    ],
)
def test_a_scale_bar_alone(tmp_path: Path, labels: list[int], unit: str, real: float, ratio: float) -> None:
    plan = Plan(ratio)
    plan.bar(5, 20, real, labels, unit)
    found = measured(plan, tmp_path / "bar.pdf").best
    assert found is not None
    assert found.ratio == pytest.approx(ratio, rel=0.003)
    assert [m.kind for m in found.evidence] == [Evidence.SCALE_BAR]


def test_labels_of_a_bar_in_the_loose_boxes_of_a_reader(tmp_path: Path) -> None:
    plan = Plan(96)
    plan.bar(5, 20, 12, [0, 4, 8, 16], "FT")
    text, _ = read(plan.save(tmp_path / "bar.pdf"))
    loose = [
        replace(block, box=Box(block.box.x, block.box.y - pad, block.box.width, block.box.height + 2 * pad))
        for block, pad in zip(text.blocks, cycle((0, 8, 3)), strict=False)
    ]
    strokes = read_linework(tmp_path / "bar.pdf", 1, DPI, text.width_px, text.height_px).linework
    found = measure(replace(text, blocks=tuple(loose)), strokes).best
    assert found is not None
    assert found.ratio == pytest.approx(96, rel=0.003)


def test_numbers_over_one_mark_are_no_bar() -> None:
    """All labels within reach of the same upright line."""
    blocks = tuple(
        TextBlock(text, Box(100 + 30 * place, 100, 28, 20)) for place, text in enumerate(("0", "4"))
    )
    line = np.array([[130, 90, 130, 140]], dtype=np.float32)
    blank = Linework.blank(400, 300)
    strokes = replace(blank, segments=line, widths=np.ones(1, dtype=np.float32))
    assert measure(PageText(blocks, 400, 300, DPI), strokes).scales == ()


def test_a_row_of_numbers_without_a_bar_is_none(tmp_path: Path) -> None:
    plan = Plan(96)
    for number in (0, 4, 8, 16):
        plan.write_at(5 + number / 4, 20, str(number))
    assert measured(plan, tmp_path / "row.pdf").scales == ()


def test_bars_for_every_scale_say_nothing_of_the_drawing(tmp_path: Path) -> None:
    plan = Plan(96)
    for row, ratio in enumerate((24, 48, 96, 192)):
        plan.ratio = ratio
        plan.bar(5, 12 + 2 * row, 12, [0, 1, 2, 4], "FT")
    assert measured(plan, tmp_path / "bars.pdf").best is None


def test_levels_of_an_elevation(tmp_path: Path) -> None:
    plan = Plan(96)
    for feet, text in ((0, "0'-0\""), (14, "14'-0\""), (26.5, "26'-6\""), (39, "39'-0\""), (43.5, "43'-6\"")):
        plan.write_at(30, 20 - feet * 12 / 96, text)
    found = measured(plan, tmp_path / "elevation.pdf").best
    assert found is not None
    assert found.ratio == pytest.approx(96, rel=0.003)
    assert [m.kind for m in found.evidence] == [Evidence.LEVELS]
