import pytest

from docpipe_assets.scale import View, calibrate
from docpipe_assets.vocabulary import PageType
from docpipe_tests.scale.drawn_sheet import Sheet

QUARTER = '1/4" = 1\'-0"'


def views(sheet: Sheet) -> list[View]:
    return list(calibrate(sheet.text, PageType.FLOOR_PLAN).views)


def test_the_title_stands_over_the_note_and_its_number_in_a_bubble() -> None:
    (view,) = views(Sheet().view("FIRST FLOOR PLAN", f"SCALE: {QUARTER}", 3, 20, number="A3"))
    assert (view.title, view.number, view.scale_text, view.ratio) == ("FIRST FLOOR PLAN", "A3", QUARTER, 48)
    assert view.box.y < 20.01 * 200 < view.box.bottom


@pytest.mark.parametrize(
    ("sheet", "title", "number"),
    [
        (Sheet().put(f"2 FIRST FLOOR PLAN {QUARTER}", 3, 20), "FIRST FLOOR PLAN", "2"),
        (Sheet().put("VICINITY MAP", 3, 20).put("(NOT TO SCALE)", 5, 20), "VICINITY MAP", None),
        (Sheet().put("12 Fireplace - East", 3, 20).put(QUARTER, 3.3, 20.2), "Fireplace - East", "12"),
        (Sheet().put("1st Floor", 3, 20).put(QUARTER, 3, 20.15).put("4", 2.7, 20.1), "1st Floor", "4"),
        (Sheet().put("CORTE AA'  ESC. 1/50", 3, 20), "CORTE AA'", None),
        (Sheet().put("1/50 ZEMİN KAT PLANI", 3, 20), "ZEMİN KAT PLANI", None),
        (Sheet().put("A-A", 3, 20, type_in=0.2).put("1:20", 3, 20.3), "A-A", None),
        (Sheet().put("GRUNDRISS EG  M 1:100", 3, 20), "GRUNDRISS EG", None),
        (
            Sheet()
            .put("2", 2.95, 19.95, type_in=0.2)
            .put("ROOF PLAN", 3.5, 19.9)
            .put(f"2 {QUARTER}", 3.5, 20.1),
            "ROOF PLAN",
            "2",
        ),
    ],
)
def test_finds_titles_wherever_offices_put_them(sheet: Sheet, title: str, number: str | None) -> None:
    (view,) = views(sheet)
    assert (view.title, view.number) == (title, number)


@pytest.mark.parametrize("turn", [90, 270])
def test_reads_sideways_sheets(turn: int) -> None:
    down = 1 if turn == 90 else -1
    sheet = Sheet().put("FIRST FLOOR PLAN", 10, 10, type_in=0.2, turn=turn)
    sheet.put(QUARTER, 10 - 0.28 * down, 10, turn=turn)
    assert [view.title for view in views(sheet)] == ["FIRST FLOOR PLAN"]


@pytest.mark.parametrize(
    "neighbour", ["12'-6 1/2\"", "SEE NOTE 4", "3. PROVIDE BLOCKING AT ALL GRAB BARS", "1200"]
)
def test_takes_no_dimension_and_no_note_for_a_title(neighbour: str) -> None:
    assert views(Sheet().put(neighbour, 3, 20).put(QUARTER, 3, 20.2)) == []


def test_gives_each_note_its_own_title() -> None:
    sheet = Sheet()
    for column in range(4):
        for row in range(2):
            sheet.view(f"DETAIL {'ABCDEFGH'[2 * column + row]}", "1:10", 3 + 6 * column, 8 + 8 * row)
    assert sorted(view.title for view in views(sheet)) == [f"DETAIL {letter}" for letter in "ABCDEFGH"]
