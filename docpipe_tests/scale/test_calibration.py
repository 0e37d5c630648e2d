import json
from dataclasses import replace

import pytest

from docpipe_assets.scale import Review, ScaleCalibration, calibrate
from docpipe_assets.vocabulary import PageType, ScaleStatus
from docpipe_tests.scale.drawn_sheet import Sheet

QUARTER = '1/4" = 1\'-0"'
A1, A3 = (33.11, 23.39), (16.54, 11.69)


def read(sheet: Sheet, page_type: PageType = PageType.FLOOR_PLAN) -> ScaleCalibration:
    return calibrate(sheet.text, page_type)


@pytest.mark.parametrize(
    ("note", "dpi", "pixels"),
    [
        (QUARTER, 200, 50.0),
        (QUARTER, 100, 25.0),
        ("1:100", 200, 24.0),
        ("1\" = 20'", 200, 10.0),
        ('3" = 1\'-0"', 150, 450.0),
    ],
)
def test_pixels_per_foot_follow_from_ratio_and_dpi(note: str, dpi: int, pixels: float) -> None:
    found = read(Sheet(dpi=dpi).view("FLOOR PLAN", note, 3, 20))
    assert found.pixels_per_foot == pytest.approx(pixels)


def test_quotes_the_note_as_written_with_its_box() -> None:
    sheet = Sheet().view("FLOOR PLAN", "SCALE: 1/4” =1’-0”", 3, 20).title_block(QUARTER)
    found = read(sheet)
    assert found.scale_text == "1/4” =1’-0”"
    assert found.box is not None
    note = next(block for block in sheet.blocks if "SCALE:" in block.text)
    assert note.box.overlap(found.box) == pytest.approx(found.box.area)


def test_a_print_on_other_paper_does_not_measure_as_written() -> None:
    whole = read(Sheet(*A1).view("GROUND FLOOR PLAN", "1:100", 2, 9).title_block("1:100 @ A1"))
    reduced = read(Sheet(*A3).view("GROUND FLOOR PLAN", "1:100", 2, 9).title_block("1:100 @ A1"))
    assert (whole.status, whole.ratio, whole.review) == (ScaleStatus.CALIBRATED, 100, ())
    assert (reduced.status, reduced.ratio, reduced.pixels_per_foot) == (ScaleStatus.MISMATCH, 100, None)
    assert reduced.review == (Review.OTHER_PAPER,)
    sized = Sheet(17, 11).view("FLOOR PLAN", QUARTER, 3, 8).put("ORIGINAL SHEET SIZE 22 X 34", 9, 10)
    assert read(sized).status is ScaleStatus.MISMATCH


def test_a_stamp_makes_a_person_look() -> None:
    found = read(Sheet(17, 11).view("FLOOR PLAN", QUARTER, 3, 8).put("HALF SIZE SET", 14, 1))
    assert (found.ratio, found.review) == (48, (Review.REDUCED_PRINT,))


def test_doubt_about_the_note_or_its_reading_makes_a_person_look() -> None:
    odd = read(Sheet().view("FLOOR PLAN", '5/16" = 1\'-0"', 3, 20))
    assert odd.review == (Review.DOUBTFUL_NOTE,)
    sheet = Sheet().view("FLOOR PLAN", QUARTER, 3, 20)
    blurred = replace(sheet, blocks=[replace(block, confidence=0.6) for block in sheet.blocks])
    assert read(blurred).review == (Review.DOUBTFUL_READING,)
    assert read(blurred).confidence < read(sheet).confidence


def test_an_unlikely_scale_for_the_sheet_makes_a_person_look() -> None:
    found = read(Sheet().view("FLOOR PLAN", '3" = 1\'-0"', 3, 20))
    assert (found.ratio, found.review) == (4, (Review.UNUSUAL_FOR_TYPE,))
    assert read(Sheet().view("JAMB DETAIL", '3" = 1\'-0"', 3, 20), PageType.DETAIL).review == ()


@pytest.mark.parametrize(
    "page_type", [PageType.SPECIFICATION, PageType.SCHEDULE, PageType.GENERAL_NOTES, PageType.TITLE_SHEET]
)
def test_pages_of_text_are_no_drawings(page_type: PageType) -> None:
    found = read(Sheet().put("ALL WORK SHALL COMPLY WITH THE CODE", 3, 3), page_type)
    assert (found.status, found.needs_review) == (ScaleStatus.NOT_A_DRAWING, False)
    block_only = read(Sheet().title_block(QUARTER), page_type)
    assert (block_only.status, block_only.ratio, block_only.needs_review) == (
        ScaleStatus.NOT_A_DRAWING,
        None,
        True,
    )
    viewed = read(Sheet().view("TYPICAL PARTITION DETAIL", QUARTER, 3, 20), page_type)
    assert (viewed.status, viewed.review) == (ScaleStatus.CALIBRATED, (Review.NO_DRAWING_EXPECTED,))


@pytest.mark.parametrize(
    ("page_type", "review"),
    [
        (PageType.FLOOR_PLAN, True),
        (PageType.ELEVATION, True),
        (PageType.VIEW_3D, False),
        (PageType.DIAGRAM, False),
        (PageType.OTHER, False),
    ],
)
def test_a_drawing_without_a_note_has_no_scale(page_type: PageType, review: bool) -> None:
    found = read(Sheet().put("KITCHEN", 3, 3), page_type)
    assert (found.status, found.ratio, found.needs_review) == (ScaleStatus.NOT_FOUND, None, review)


def test_an_empty_page_has_no_scale() -> None:
    assert read(Sheet()).status is ScaleStatus.NOT_FOUND


def test_detail_is_json_with_every_box() -> None:
    sheet = (
        Sheet()
        .view("FLOOR PLAN", QUARTER, 3, 20)
        .view("DETAIL", "NTS", 20, 20, number="2")
        .title_block("AS NOTED")
    )
    data = json.loads(json.dumps(read(sheet).to_json()))
    assert data["status"] == "calibrated"
    assert data["ratio"] == {"value": 48.0, "exact": "48"}
    assert data["needs_review"] is False
    assert [c["text"] for c in data["candidates"]] == [QUARTER, "NTS", "AS NOTED"]
    assert [v["title"] for v in data["views"]] == ["FLOOR PLAN", "DETAIL"]
    boxes = [data["bounding_box"], *(item["bounding_box"] for item in data["candidates"] + data["views"])]
    assert all(set(box) == {"x", "y", "width", "height"} for box in boxes)


def test_the_candidate_that_was_chosen_is_marked() -> None:
    found = read(Sheet().view("FLOOR PLAN", QUARTER, 3, 20).title_block(QUARTER))
    assert [candidate.standing.value for candidate in found.candidates] == ["chosen", "agrees"]


def test_a_scan_of_unknown_resolution_is_never_sure() -> None:
    page = Sheet().view("FLOOR PLAN", QUARTER, 3, 20).text
    assert not calibrate(page, PageType.FLOOR_PLAN).needs_review
    assert calibrate(page, PageType.FLOOR_PLAN, paper_assumed=True).review == (Review.PAPER_SIZE_ASSUMED,)


def test_more_of_one_scale_does_not_speak_for_a_sheet_that_refers_to_its_views() -> None:
    def details(block: str | None) -> ScaleStatus:
        sheet = Sheet().view("EAVES DETAIL", "1:5", 3, 20).view("SILL DETAIL", "1:5", 12, 20)
        sheet = sheet.view("PARAPET DETAIL", "1:5", 3, 10).view("PLINTH DETAIL", "1:10", 20, 20)
        for row in range(8):
            sheet = sheet.put("MINERAL WOOL BATT BETWEEN STUDS", 3, 2 + row).put(
                "DPM LAPPED WITH DPC", 9, 12 + row
            )
        return read(sheet.title_block(block), PageType.DETAIL).status

    assert details("AS SHOWN") is ScaleStatus.MULTIPLE
    assert details("1:5") is ScaleStatus.CALIBRATED
