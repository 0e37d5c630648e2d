"""What the sheets of a set say about each other."""

import pickle

from docpipe_assets.classification import (
    IndexCheck,
    IndexRow,
    PageEvidence,
    check_index,
    classify_set,
    gather_evidence,
)
from docpipe_assets.page_text import PageText
from docpipe_tests.classification.paper import QUARTER_INCH, Paper, classify, drawn, named


def sheet(number: str, title: str, project: str = "Willow Creek Hall") -> PageText:
    """A sheet whose title block has no labels and, but for the place, nothing to tell title from project."""
    paper = drawn(Paper(), ("VIEW", QUARTER_INCH))
    return paper.put(project, 33, 19, 0.2).put(title, 33, 20, 0.2).put(number, 33, 21.5, 0.35).page()


def cover(*rows: tuple[str, str]) -> PageText:
    paper = Paper().put("LINCOLN SCHOOL", 10, 4, 0.8).put("DRAWING INDEX", 25, 3, 0.2)
    for at, (number, title) in enumerate(rows):
        paper.put(number, 25, 3.5 + at * 0.3, 0.12).put(title, 26.2, 3.5 + at * 0.3, 0.12)
    return paper.put("COVER SHEET", 33, 20, 0.2).put("G-001", 33, 21.5, 0.5).page()


def test_what_is_the_same_on_all_sheets_is_not_the_title() -> None:
    titles = ["Orchard Wing", "Chapel", "Kitchen Block", "Gatehouse"]
    pages = [sheet(f"A-40{at}", title) for at, title in enumerate(titles)]
    assert [named(found)[1] for found in classify(*pages)] == titles


def test_number_and_title_change_in_one_place() -> None:
    pages = [
        sheet(f"{at}", title) for at, title in enumerate(["Plan", "Sections", "Stairs", "Bridge", "Pool"], 1)
    ]
    assert [named(found)[0] for found in classify(*pages)] == ["1", "2", "3", "4", "5"]


def test_a_number_that_all_sheets_share_is_the_projects() -> None:
    pages = []
    for at, title in enumerate(["FLOOR PLAN", "ELEVATIONS", "SECTIONS", "DETAILS"], 1):
        paper = drawn(Paper(), (title, QUARTER_INCH)).put("B-2217", 34, 23, 0.3).put(title, 33, 21, 0.2)
        pages.append(paper.put(f"P-0{at}", 33, 21.8, 0.25).page())
    assert [named(found)[0] for found in classify(*pages)] == ["P-01", "P-02", "P-03", "P-04"]


def test_the_index_gives_the_title_that_a_sheet_lacks() -> None:
    index = [("G-001", "COVER SHEET"), ("A-101", "FIRST FLOOR PLAN"), ("A-501", "STAIR DETAILS")]
    bare = (
        drawn(Paper(), ("PLAN", QUARTER_INCH), ("SECTION", QUARTER_INCH)).put("A-501", 33, 21.5, 0.5).page()
    )
    found = classify(cover(*index), sheet("A-101", "FIRST FLOOR PLAN"), bare)
    assert named(found[2]) == ("A-501", "STAIR DETAILS")
    assert found[2].sheet_title is not None and "index" in found[2].sheet_title.reason


def test_the_sheets_own_title_stands_against_the_index() -> None:
    index = [("G-001", "COVER SHEET"), ("A-002", "GENERAL NOTES"), ("A-101", "FLOOR PLAN")]
    paper = drawn(Paper(), ("DETAIL", QUARTER_INCH)).put("SHEET TITLE", 33, 20, 0.08)
    paper.put("PROJECT NOTES", 33, 20.2, 0.2).put("SHEET NO.", 33, 21.2, 0.08).put("A-002", 33, 21.5, 0.5)
    assert named(classify(cover(*index), paper.page())[1]) == ("A-002", "PROJECT NOTES")


def test_numbers_in_the_index_are_not_the_covers_own() -> None:
    index = [("G-001", "COVER SHEET"), ("A-101", "FIRST FLOOR PLAN"), ("A-201", "ELEVATIONS")]
    found = classify(cover(*index))[0]
    assert named(found) == ("G-001", "COVER SHEET")
    assert found.page_type.value == "title_sheet"


def compared(evidence: list[PageEvidence]) -> IndexCheck | None:
    listed = [row for page in evidence for row in page.index]
    return check_index(
        [IndexRow.from_json(row.to_json()) for row in listed], list(map(named, classify_set(evidence)))
    )


def test_the_index_and_the_set_are_compared() -> None:
    index = [("G-001", "COVER SHEET"), ("A-101", "FIRST FLOOR PLAN"), ("A-201", "ELEVATIONS")]
    evidence = [gather_evidence(p) for p in (cover(*index), sheet("A-101", "PLAN"), sheet("A-901", "VIEWS"))]
    check = compared(evidence)
    assert check is not None
    assert [row.number for row in check.missing] == ["A-201"]
    assert check.unlisted == (2,)
    assert [(at, row.title) for at, row in check.retitled] == [(1, "FIRST FLOOR PLAN")]
    assert compared(evidence[1:]) is None


def test_two_sheets_with_one_number_need_review() -> None:
    found = classify(sheet("A-101", "FLOOR PLAN"), sheet("A-101", "ROOF PLAN"), sheet("A-102", "SECTIONS"))
    assert [f.needs_review and "Another page" in " ".join(f.review_reasons) for f in found[:2]] == [
        True,
        True,
    ]


def test_order_and_length_are_kept() -> None:
    pages = [sheet("A-101", "FLOOR PLAN"), PageText((), 1700, 2200, 200.0), sheet("A-102", "ROOF PLAN")]
    assert [named(found)[0] for found in classify(*pages)] == ["A-101", None, "A-102"]
    assert classify_set([]) == []


def test_evidence_survives_pickling() -> None:
    evidence = [gather_evidence(sheet("A-101", "FLOOR PLAN"))]
    assert classify_set(pickle.loads(pickle.dumps(evidence))) == classify_set(evidence)


def test_numbered_notes_are_no_sheet_index() -> None:
    notes = [
        "FLOOR PLAN DIMENSIONS ARE TO FACE OF STUD.",
        "ROOF FRAMING SHALL BE BRACED UNTIL IT IS SHEATHED.",
    ]
    lines = [f"{at}. {notes[at % 2]}" for at in range(1, 20)]
    paper = Paper().lines(lines, 2, 2, 0.1, 2.5).put("GENERAL NOTES", 33, 20, 0.2).put("S-001", 33, 21.5, 0.5)
    evidence = [gather_evidence(paper.page())]
    assert compared(evidence) is None
