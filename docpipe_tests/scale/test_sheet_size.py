import pytest

from docpipe_assets.scale.lines import read_lines
from docpipe_assets.scale.sheet_size import declared_paper, says_reduced
from docpipe_tests.scale.drawn_sheet import Sheet


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("ORIGINAL SHEET SIZE: A1", "A1"),
        ("DRAWING SIZE A2", "A2"),
        ("FORMAT A1", "A1"),
        ('IF SHEET IS LESS THAN 24" X 36" IT IS A REDUCED PRINT', "24x36"),
        ("SCALES VALID ON 22X34 ONLY", "22x34"),
        ("DOOR SIZE 24X36", None),
        ("OPENINGS SMALLER THAN 12X12", None),
        ("SHEET A1", None),
    ],
)
def test_reads_what_a_page_says_it_was_drawn_for(text: str, paper: str | None) -> None:
    assert declared_paper(read_lines(Sheet().put(text, 30, 20).text)) == paper


def test_reads_a_cell_and_its_label() -> None:
    sheet = Sheet().put("SHEET SIZE", 30, 20, type_in=0.07).put("A1", 30.1, 20.15)
    assert declared_paper(read_lines(sheet.text)) == "A1"


def test_two_sizes_are_none() -> None:
    sheet = Sheet().put("SHEET SIZE A1", 30, 20).put("SHEET SIZE A3", 30, 21)
    assert declared_paper(read_lines(sheet.text)) is None


@pytest.mark.parametrize(
    ("text", "reduced"),
    [
        ("HALF SIZE SET", True),
        ("REDUCED PRINT", True),
        ("THIS DRAWING IS HALF SIZE", True),
        ("PRINTED AT 50%", True),
        ("IF THIS BAR IS NOT 1 INCH LONG THIS IS A REDUCED PRINT", False),
        ("FULL SIZE SET", False),
        ("DO NOT SCALE", False),
    ],
)
def test_reads_stamps_but_no_conditions(text: str, reduced: bool) -> None:
    assert says_reduced(read_lines(Sheet().put(text, 30, 20).text)) is reduced
