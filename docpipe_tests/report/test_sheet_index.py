import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.report import (
    SheetView,
    export_record,
    write_csv,
    write_json,
    write_jsonl,
    write_xlsx,
)
from docpipe_assets.vocabulary import Engine, ScaleStatus
from docpipe_tests.report.samples import QUARTER, calibrated_by_hand, failed, mismatch, sheet_row

ROWS = (
    sheet_row(),
    mismatch(page=2, sheet_number="A-102"),
    calibrated_by_hand(page=3, scale_ratio=47.62, engine=Engine.RAPIDOCR),
    failed(page=4),
    sheet_row(
        file="autre/élévations №2.pdf", sheet_title="ÉLÉVATION «NORD» – 北立面図 🏗", sheet_number="Ø-1"
    ),
)
HOSTILE = (
    "=1+1",
    '=HYPERLINK("x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "  =1+1",
    "\t=1+1",
    "\r=1",
    "＝1+1",
    "＠x",
)
CONVERTED = (
    "1:100",
    "1 : 100",
    "1-2",
    "3/4",
    "01",
    "1.10",
    "12,5",
    "1E5",
    "MAR 1",
    "1-sep-24",
    "10 AM",
    "1 p",
    "10 %",
)
KEPT = (
    "A-101",
    "1A",
    "101",
    "0",
    QUARTER,
    "1:100 @ A1",
    "DECK 2",
    "MARKET 1",
    "LEVEL 1",
    "MAY",
    "1/8 IN = 1 FT",
)


def read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)


def test_csv_round_trip(tmp_path: Path) -> None:
    write_csv(ROWS, tmp_path / "index.csv")
    table = read_csv(tmp_path / "index.csv")
    assert list(table["File"]) == [row.file for row in ROWS]
    assert list(table["Page"]) == ["1", "2", "3", "4", "1"]
    assert list(table["Sheet title"]) == [row.sheet_title or "" for row in ROWS]
    assert list(table["Scale as written"]) == [row.scale_text or "" for row in ROWS]
    assert list(table["Ratio 1:N"]) == ["48.0", "48.0", "47.62", "", "48.0"]
    assert list(table["Needs review"]) == ["no", "yes", "no", "yes", "no"]
    assert table["Scale status"][1] == "Mismatch"
    assert table["Failure"][3] == ROWS[3].failure
    assert table["Calibrated by"][2] == "m.ortiz"


def test_csv_tells_excel_that_it_is_utf_8(tmp_path: Path) -> None:
    write_csv(ROWS, tmp_path / "index.csv")
    assert (tmp_path / "index.csv").read_bytes().startswith(b"\xef\xbb\xbfFile,")


@pytest.mark.parametrize("text", HOSTILE + CONVERTED)
def test_csv_text_that_a_spreadsheet_would_change_is_marked_and_stays_readable(
    text: str, tmp_path: Path
) -> None:
    row = sheet_row(sheet_number=text, sheet_title=text, scale_text=text, review_reasons=(text,))
    write_csv([row], tmp_path / "index.csv")
    with (tmp_path / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
    for heading in ("Sheet number", "Sheet title", "Scale as written", "Review reasons"):
        assert table[heading][0] == f"'{text}"


@pytest.mark.parametrize("text", KEPT)
def test_csv_text_that_no_spreadsheet_changes_is_left_alone(text: str, tmp_path: Path) -> None:
    write_csv([sheet_row(sheet_number=text)], tmp_path / "index.csv")
    assert read_csv(tmp_path / "index.csv")["Sheet number"][0] == text


@given(title=st.text(min_size=1, max_size=40))
def test_no_csv_cell_begins_as_a_formula_whatever_the_title(title: str, tmp_path_factory) -> None:
    path = tmp_path_factory.mktemp("csv") / "index.csv"
    write_csv([sheet_row(sheet_title=title, sheet_number=title)], path)
    cell = read_csv(path)["Sheet title"][0]
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_xlsx_round_trip(tmp_path: Path) -> None:
    write_xlsx(ROWS, tmp_path / "index.xlsx")
    table = pd.read_excel(tmp_path / "index.xlsx")
    assert list(table["File"]) == [row.file for row in ROWS]
    assert list(table["Sheet title"].fillna("")) == [row.sheet_title or "" for row in ROWS]
    assert table["Page"].tolist() == [1, 2, 3, 4, 1]
    assert table["Ratio 1:N"].fillna(0).tolist() == [48, 48, 47.62, 0, 48]
    assert table["DPI"].fillna(0).tolist() == [200, 200, 200, 0, 200]


def test_a_contradicted_scale_brings_no_pixels_per_foot(tmp_path: Path) -> None:
    write_xlsx(ROWS, tmp_path / "index.xlsx")
    write_csv(ROWS, tmp_path / "index.csv")
    assert ROWS[1].pixels_per_foot
    assert pd.read_excel(tmp_path / "index.xlsx")["Pixels per foot"].fillna(0).tolist() == [50, 0, 50, 0, 50]
    assert read_csv(tmp_path / "index.csv")["Pixels per foot"][1] == ""


def test_xlsx_is_ready_to_work_with(tmp_path: Path) -> None:
    write_xlsx(ROWS, tmp_path / "index.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "index.xlsx")["Sheet index"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == sheet.dimensions
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.column_dimensions[headings["Sheet title"]].width > 30
    title = headings["Sheet title"]
    fills = [sheet[f"{title}{line}"].fill.fgColor.rgb for line in range(2, 7)]
    calm, review, failure = fills[0], fills[1], fills[3]
    assert fills[2] == fills[4] == calm
    assert len({calm, review, failure}) == 3


@pytest.mark.parametrize("text", [*HOSTILE, *CONVERTED, *KEPT, "#N/A", "TRUE", "1/4/2024"])
def test_xlsx_text_stays_text(text: str, tmp_path: Path) -> None:
    write_xlsx([sheet_row(sheet_number=text, sheet_title=text, scale_text=text)], tmp_path / "index.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "index.xlsx")["Sheet index"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    for heading in ("Sheet number", "Sheet title", "Scale as written"):
        cell = cells[heading]
        assert cell.value.replace("\r", "\n") == text.replace("\r", "\n")
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_broken_characters_do_not_stop_any_file(tmp_path: Path) -> None:
    rows = [sheet_row(sheet_title="PLAN \x00\x0b\ud800\ufffe END")]
    for name, write in {
        "csv": write_csv,
        "xlsx": write_xlsx,
        "json": write_json,
        "jsonl": write_jsonl,
    }.items():
        write(rows, tmp_path / f"index.{name}")
    for table in (read_csv(tmp_path / "index.csv"), pd.read_excel(tmp_path / "index.xlsx")):
        assert table["Sheet title"][0] == "PLAN \ufffd\ufffd\ufffd\ufffd END"
    title = json.loads((tmp_path / "index.json").read_text("utf-8"))[0]["sheet_title"]
    assert title.startswith("PLAN ")
    assert title.endswith(" END")


def test_jsonl_is_the_export_one_line_a_page(tmp_path: Path) -> None:
    write_jsonl(ROWS, tmp_path / "index.jsonl")
    lines = (tmp_path / "index.jsonl").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [export_record(row) for row in ROWS]
    assert "ÉLÉVATION «NORD»" in lines[4]


def test_json_holds_the_export_and_all_that_is_known(tmp_path: Path) -> None:
    write_json(ROWS, tmp_path / "index.json")
    records = json.loads((tmp_path / "index.json").read_text("utf-8"))
    for record, row in zip(records, ROWS, strict=True):
        assert record | export_record(row) == record
    view = {"title": "FIRST FLOOR PLAN", "scale_text": QUARTER, "scale_ratio": 48.0, "measured_ratio": None}
    assert records[0]["views"] == [view]
    assert records[0]["confidences"]["number"] == 0.98
    assert records[0]["evidence"] == {"number": {"x": 6700, "y": 4500, "width": 300, "height": 120}}
    assert records[1]["review_reasons"] == list(ROWS[1].review_reasons)
    assert records[2]["manual_calibration"] == {
        "by": "m.ortiz",
        "at": "2026-03-04T09:00:00+00:00",
        "note": "measured the grid",
    }
    assert records[3]["failure"] == ROWS[3].failure
    assert pd.read_json(tmp_path / "index.json")["page"].tolist() == [1, 2, 3, 4, 1]


def test_no_rows_give_headings_only(tmp_path: Path) -> None:
    write_csv([], tmp_path / "index.csv")
    write_xlsx([], tmp_path / "index.xlsx")
    write_json([], tmp_path / "index.json")
    write_jsonl([], tmp_path / "index.jsonl")
    assert list(read_csv(tmp_path / "index.csv")) == list(pd.read_excel(tmp_path / "index.xlsx"))
    assert len(read_csv(tmp_path / "index.csv")) == 0
    assert json.loads((tmp_path / "index.json").read_text()) == []
    assert (tmp_path / "index.jsonl").read_text() == ""


def test_views_are_written_with_their_scales(tmp_path: Path) -> None:
    views = (SheetView("SILL", '3" = 1\'-0"', 4.0), SheetView(None, None, None), SheetView("HEAD", None, 8.0))
    row = sheet_row(scale_status=ScaleStatus.MULTIPLE, views=views)
    write_csv([row], tmp_path / "index.csv")
    answer = 'SILL: 3" = 1\'-0"; Untitled view: no scale; HEAD: 1:8'
    assert read_csv(tmp_path / "index.csv")["Views and their scales"][0] == answer
