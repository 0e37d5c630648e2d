"""Pages that are no drawings: specifications, letters, forms, manuals."""

import pytest

from docpipe_assets.vocabulary import Discipline, PageType
from docpipe_tests.classification.paper import Paper, classify

SPECIFICATION = """SECTION 09 91 23 - INTERIOR PAINTING
PART 1 - GENERAL
1.1 SUMMARY
A. Section includes surface preparation and the application of paint systems on the interior
substrates: gypsum board, concrete masonry units, steel and wood. See drawing A-101 for extent.
1.2 SUBMITTALS
A. Product Data: For each type of product indicated, include preparation requirements and also
PART 2 - PRODUCTS
A. Subject to compliance with requirements, provide products by one of the following makers
PART 3 - EXECUTION
END OF SECTION 09 91 23
INTERIOR PAINTING 099123 - 1"""
LETTER = """May 12, 2019
Ms. Jane Doe
100 Main Street
Springfield, IL 62701
RE: 123 Oak Lane, Permit 2019-0441
Dear Ms. Doe,
Enclosed please find two sets of drawings A-101 through A-301 for the above project, as you asked.
We have addressed all of your comments dated April 30 and clouded the changes on each of the sheets.
Sincerely,
John Smith, AIA"""
FORM = """BUILDING PERMIT APPLICATION
APPLICANT NAME: ____________________
PARCEL NUMBER: ________
CHECK ONE: NEW / ADDITION / REMODEL
I hereby certify that the information in this application is true and correct to the best of my
knowledge and that I will comply with all ordinances of the city in the work described here now.
SIGNATURE ______________ DATE ________
FORM NO. BP-101
PAGE 1 OF 2"""
MANUAL = """IMPORTANT
By using this information you agree to the following terms and conditions of the maker of this kit
All information is provided as is, without warranty, and no liability of any kind is accepted by us
Please read the instructions before you begin, and keep this manual for later use by other people"""


@pytest.mark.parametrize(
    ("text", "page_type"),
    [
        (SPECIFICATION, PageType.SPECIFICATION),
        (LETTER, PageType.OTHER),
        (FORM, PageType.OTHER),
        (MANUAL, PageType.OTHER),
    ],
    ids=["specification", "letter", "form", "manual"],
)
def test_documents_are_no_drawings(text: str, page_type: PageType) -> None:
    found = classify(Paper(8.5, 11).lines(text.splitlines(), 1, 1, 0.13, 2.2).page())[0]
    assert found.discipline.value is Discipline.NONE
    assert found.page_type.value is page_type
    assert found.sheet_number is None and found.sheet_title is None


def test_steps_of_a_manual_are_no_sheet_numbers() -> None:
    pages = [Paper(11.7, 16.5).lines(MANUAL.splitlines(), 1, 1, 0.2, 2).page()]
    for step in range(1, 4):
        steps = Paper(11.7, 16.5).put(str(step), 1, 1, 2).put("R1", 8, 11, 0.25).put("F2", 9, 14, 0.25)
        pages.append(steps.put(f"S{step}", 4, 2, 0.25).put("x4", 2, 15, 0.5).page())
    found = classify(*pages)
    assert [f.sheet_number for f in found] == [None] * 4
    assert {f.discipline.value for f in found} <= {Discipline.NONE, Discipline.OTHER}


def test_a_small_drawing_on_office_paper_is_a_drawing() -> None:
    paper = Paper(8.3, 11.7).put("Location Plan", 1, 10, 0.2).put("Scale 1:1250 @ A4", 1, 10.4)
    paper.put("Drawing No: LP01", 5, 10, 0.12).put("Date: 03/2018", 5, 10.3).put("Drawn: PT", 5, 10.6)
    for at, name in enumerate(["Mill Lane", "High Street", "PH", "12", "14", "16", "Church"]):
        paper.put(name, 1 + at * 0.9, 1 + at, 0.08, angle=270 if at % 2 else 0)
    found = classify(paper.page())[0]
    assert found.page_type.value is PageType.SITE_PLAN
    assert found.sheet_number is not None and found.sheet_number.value == "LP01"
