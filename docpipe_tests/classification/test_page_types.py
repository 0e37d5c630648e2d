"""Page type and discipline of sheets."""

import pytest

from docpipe_assets.vocabulary import Discipline, PageType
from docpipe_tests.classification.blocks import right_strip
from docpipe_tests.classification.paper import QUARTER_INCH, Paper, classify, drawn


@pytest.mark.parametrize(
    ("number", "title", "page_type", "discipline"),
    [
        ("A-101", "FIRST FLOOR PLAN", "floor_plan", "architectural"),
        ("AF101", "FIRST FLOOR FINISH PLAN", "floor_plan", "architectural"),
        ("AD101", "DEMOLITION PLAN", "floor_plan", "architectural"),
        ("A1.5", "1ST FLOOR RCP / ELECTRICAL PLAN", "reflected_ceiling_plan", "architectural"),
        ("A-103", "ROOF PLAN", "roof_plan", "architectural"),
        ("S-101", "STRUCTURAL - ROOF", "framing_plan", "structural"),
        ("S-102", "SECOND FLOOR FRAMING PLAN", "framing_plan", "structural"),
        ("S-100", "FOUNDATION PLAN", "foundation_plan", "structural"),
        ("S-501", "FOUNDATION DETAILS", "detail", "structural"),
        ("A-201", "ELEVATIONS - SOUTH & EAST", "elevation", "architectural"),
        ("A-301", "BUILDING SECTIONS", "section", "architectural"),
        ("A-601", "DOOR AND WINDOW SCHEDULES", "schedule", "architectural"),
        ("A-901", "PERSPECTIVES", "3d_view", "architectural"),
        ("C-101", "GRADING AND DRAINAGE PLAN", "site_plan", "civil"),
        ("L-100", "PLANTING PLAN", "site_plan", "landscape"),
        ("C-100", "TOPOGRAPHIC SURVEY", "site_plan", "civil"),
        ("M-601", "MECHANICAL SCHEDULES", "schedule", "mechanical"),
        ("E-601", "ONE-LINE DIAGRAM", "diagram", "electrical"),
        ("P-101", "PLUMBING PLAN - LEVEL 1", "floor_plan", "plumbing"),
        ("FP-101", "FIRE SPRINKLER PLAN", "floor_plan", "fire_protection"),
        ("TN101", "TELECOM PLAN", "floor_plan", "telecommunications"),
        ("G-001", "GENERAL NOTES AND ABBREVIATIONS", "general_notes", "general"),
        ("T1", "TITLE SHEET", "title_sheet", "general"),
        ("A-02", "ZEMİN KAT PLANI", "floor_plan", "architectural"),
        ("A-05", "A-A KESİTİ", "section", "architectural"),
        ("ARQ-03", "PLANTA DE COBERTURA", "roof_plan", "architectural"),
        ("EST-02", "PLANTA DE FORMA DO PAVIMENTO SUPERIOR", "framing_plan", "structural"),
        ("A-01", "IMPLANTAÇÃO", "site_plan", "architectural"),
        ("A-40.1-01", "PLANRITNING, PLAN 2", "floor_plan", "architectural"),
        ("A-03", "Querschnitt", "section", "architectural"),
        ("A-04", "Voorgevel en achtergevel", "elevation", "architectural"),
        ("PC-05", "PLAN DE MASSE", "site_plan", "architectural"),
        ("A-07", "GENERAL ARRANGEMENT - GROUND FLOOR", "floor_plan", "architectural"),
    ],
)
def test_types_and_disciplines(number: str, title: str, page_type: str, discipline: str) -> None:
    found = classify(right_strip(number, [title]).page())[0]
    assert (found.page_type.value, found.discipline.value) == (page_type, discipline)


def test_see_plan_on_a_door_schedule_is_no_plan() -> None:
    rows = [[f"1{at:02d}", "3'-0\"", "7'-0\"", "HM", "PT", "SEE PLAN", "A"] for at in range(30)]
    paper = right_strip("A-601", ["DOOR SCHEDULE"]).table(rows, 3, 3)
    assert classify(paper.page())[0].page_type.value is PageType.SCHEDULE


def test_views_tell_the_type_that_the_title_leaves_open() -> None:
    views = [("SECTION AT EAVE", QUARTER_INCH), ("SECTION AT RIDGE", QUARTER_INCH)]
    found = classify(right_strip("A-7", ["CHAPEL"], *views).page())[0]
    assert found.page_type.value is PageType.SECTION
    assert "view titles" in found.page_type.reason


def test_many_small_views_of_all_kinds_are_details() -> None:
    views = [(f"HEARTH {kind}", "1\" = 1'-0\"") for kind in
             ["SECTION", "PLAN", "ELEVATION", "SECTION 2", "PLAN 2", "ELEVATION 2", "SECTION 3"]]  # fmt: skip
    assert classify(right_strip("A-400", ["HEARTH"], *views).page())[0].page_type.value is PageType.DETAIL


def test_the_number_weighs_in_where_words_are_wanting() -> None:
    found = classify(right_strip("A-201", ["CHAPEL"]).page())[0]
    assert found.page_type.value is PageType.ELEVATION and found.needs_review


def test_sister_sheets_settle_an_unsure_discipline() -> None:
    sheets = [
        right_strip(f"S-20{at}", [title]).page()
        for at, title in enumerate(["STEEL DETAILS", "FRAMING DETAILS"])
    ]
    lone = (
        drawn(Paper(), ("DETAIL 1", QUARTER_INCH))
        .put("BRIDGE DETAILS", 33, 20, 0.2)
        .put("K7", 33, 21.5, 0.5)
        .page()
    )
    alone, together = classify(lone)[0], classify(*sheets, lone)[2]
    assert alone.discipline.confidence < 0.6
    assert together.discipline.value is Discipline.STRUCTURAL
