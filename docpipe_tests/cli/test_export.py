"""The sheet index out of the tables, as files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.orm import Session

from docpipe_assets.scale import Review
from docpipe_assets.stages.sheet_rows import SCALE_REVIEWS
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import Stage
from docpipe_tests.cli.conftest import Run, by_hand, document, failure, page

KEYS = [
    "file",
    "page",
    "sheet_number",
    "sheet_title",
    "page_type",
    "discipline",
    "scale_status",
    "scale_text",
    "scale_ratio",
    "measured_ratio",
    "pixels_per_foot",
    "dpi",
    "needs_review",
]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_jsonl_has_one_line_a_page_with_the_agreed_keys(run: Run, clinic: Document) -> None:
    first, by_person, several, failed = lines(run("export", "--format", "jsonl").stdout)
    assert list(first) == KEYS
    assert first == {
        "file": "riverside/clinic.pdf",
        "page": 1,
        "sheet_number": "A-101",
        "sheet_title": "FIRST FLOOR PLAN",
        "page_type": "floor_plan",
        "discipline": "architectural",
        "scale_status": "calibrated",
        "scale_text": '1/4" = 1\'-0"',
        "scale_ratio": 48.0,
        "measured_ratio": None,
        "pixels_per_foot": 50.0,
        "dpi": 200.0,
        "needs_review": False,
    }
    assert (by_person["scale_status"], by_person["pixels_per_foot"]) == ("manual", 25.0)
    assert (by_person["scale_ratio"], by_person["needs_review"]) == (96.0, False)
    assert (several["scale_status"], several["needs_review"]) == ("multiple", True)
    assert (failed["sheet_number"], failed["scale_status"], failed["needs_review"]) == (None, None, True)


def test_pages_that_are_not_there_yet_have_nulls(run: Run, session: Session) -> None:
    row = document(session, "a.pdf", page_count=4)
    page(session, row, 2)
    failure(session, row, Stage.PAGES, 3, "Page 3 could not be drawn.")
    session.commit()
    exported = lines(run("export", "--format", "jsonl").stdout)
    assert [(line["page"], line["sheet_number"], line["needs_review"]) for line in exported] == [
        (1, None, True),
        (2, "A-102", False),
        (3, None, True),
        (4, None, True),
    ]


def test_what_a_failed_stage_left_from_before_is_not_shown(run: Run, session: Session) -> None:
    row = document(session, "a.pdf", page_count=2)
    page(session, row, 1)
    by_hand(session, page(session, row, 2), 10.0)
    for number in (1, 2):
        failure(session, row, Stage.CLASSIFICATIONS, number, "Page was not classified.")
    session.commit()
    one, two = lines(run("export", "--format", "jsonl").stdout)
    assert (one["sheet_number"], one["scale_status"], one["dpi"]) == (None, None, 200.0)
    assert (two["sheet_number"], two["scale_status"], two["pixels_per_foot"]) == (None, "manual", 10.0)


def test_views_and_their_scales_are_in_the_json(run: Run, session: Session) -> None:
    row = document(session, "a.pdf")
    views = [
        {"title": "SECTION A", "scale_text": "1:20", "ratio": {"value": 20.0, "exact": "20"}},
        {"title": "DETAIL 1", "scale_text": "NTS", "ratio": None},
    ]
    page(session, row, 1, scale={"scale_calibration_data": {"views": views}})
    session.commit()
    (record,) = json.loads(run("export", "--format", "json").stdout)
    assert record["views"] == [
        {"title": "SECTION A", "scale_text": "1:20", "scale_ratio": 20.0, "measured_ratio": None},
        {"title": "DETAIL 1", "scale_text": "NTS", "scale_ratio": None, "measured_ratio": None},
    ]


def test_chosen_documents_only_each_once(run: Run, session: Session) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        page(session, document(session, name), 1)
    session.commit()
    one_by_one = run("export", "--document", "c.pdf", "--document", "a.pdf", "--format", "jsonl").stdout
    in_a_row = run("export", "--document", "c.pdf", "a.pdf", "a-", "--format", "jsonl").stdout
    assert [line["file"] for line in lines(one_by_one)] == ["c.pdf", "a.pdf"]
    assert in_a_row == one_by_one


def test_csv_is_the_default(run: Run, clinic: Document) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export").stdout.removeprefix("\ufeff"))))
    assert [row["Page"] for row in rows] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("name", ["index.csv", "index.json", "index.jsonl", "index.xlsx"])
def test_the_ending_of_the_output_tells_the_format(
    run: Run, clinic: Document, tmp_path: Path, name: str
) -> None:
    output = tmp_path / name
    result = run("export", "--output", output)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "4 pages of 1 document in" in result.stderr
    assert not list(tmp_path.glob(".docpipe-*"))
    if output.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(output).active
        assert sheet is not None
        assert [sheet.cell(row, 3).value for row in range(2, 6)] == ["A-101", "A-102", "A-103", None]
    else:
        assert "A-103" in output.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--format", "xlsx"], "add --output FILE.xlsx"),
        (["--output", "index.doc"], "does not tell its format"),
        (["--output", "nowhere/index.csv"], "There is no folder nowhere"),
        (["--document", "nothing"], "No document is called 'nothing'"),
    ],
)
def test_what_cannot_be_written_is_refused(
    run: Run, clinic: Document, words: list[str], sentence: str
) -> None:
    result = run("export", *words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def test_every_reason_to_look_at_a_scale_is_a_sentence() -> None:
    assert set(SCALE_REVIEWS) == set(Review)
