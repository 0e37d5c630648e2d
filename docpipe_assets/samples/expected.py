"""What a careful person reads on each page of the sample sets: the truth that tests and the demo check against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from docpipe_assets.vocabulary import Discipline, PageType, ScaleStatus


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """The facts of one page. `scale_text` is as the governing view writes it, `ratio` N of 1:N.

    A sheet whose only scale note says that it has none carries that note; both are None where the sheet
    says nothing or where its views differ.
    """

    sheet_number: str
    sheet_title: str
    page_type: PageType
    discipline: Discipline
    scale_status: ScaleStatus
    scale_text: str | None = None
    ratio: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ExpectedSet:
    """The facts of one sample file; `page_size_in` is width and height as the viewer shows them, in inches."""

    pages: tuple[ExpectedPage, ...]
    page_size_in: tuple[float, float]
    has_text_layer: bool


CLINIC = "riverside-clinic-bid-set.pdf"
OFFICES = "harbour-street-offices.pdf"
HOUSE = "mill-lane-house-scan.pdf"

_ARCHITECTURAL = Discipline.ARCHITECTURAL
_CALIBRATED = ScaleStatus.CALIBRATED
_QUARTER, _EIGHTH, _THREE_SIXTEENTHS = Fraction(48), Fraction(96), Fraction(64)

_CLINIC_PAGES = (
    ExpectedPage(
        "G-001",
        "COVER SHEET",
        PageType.TITLE_SHEET,
        Discipline.GENERAL,
        ScaleStatus.NOT_TO_SCALE,
        "NOT TO SCALE",
    ),
    ExpectedPage(
        "G-002", "GENERAL NOTES", PageType.GENERAL_NOTES, Discipline.GENERAL, ScaleStatus.NOT_A_DRAWING
    ),
    ExpectedPage(
        "A-101", "FLOOR PLAN", PageType.FLOOR_PLAN, _ARCHITECTURAL, _CALIBRATED, '1/4" = 1\'-0"', _QUARTER
    ),
    ExpectedPage(
        "A-201", "ELEVATIONS", PageType.ELEVATION, _ARCHITECTURAL, _CALIBRATED, '1/4" = 1\'-0"', _QUARTER
    ),
    ExpectedPage("A-501", "DETAILS", PageType.DETAIL, _ARCHITECTURAL, ScaleStatus.MULTIPLE),
    ExpectedPage(
        "A-601",
        "DOOR AND WINDOW SCHEDULES",
        PageType.SCHEDULE,
        _ARCHITECTURAL,
        ScaleStatus.NOT_TO_SCALE,
        "NOT TO SCALE",
    ),
    ExpectedPage(
        "S-101",
        "FOUNDATION PLAN",
        PageType.FOUNDATION_PLAN,
        Discipline.STRUCTURAL,
        _CALIBRATED,
        '1/8" = 1\'-0"',
        _EIGHTH,
    ),
)

_OFFICES_PAGES = (
    ExpectedPage(
        "2318-A-001",
        "SITE PLAN",
        PageType.SITE_PLAN,
        _ARCHITECTURAL,
        _CALIBRATED,
        "1:500",
        Fraction(500),
    ),
    ExpectedPage(
        "2318-A-101",
        "GROUND FLOOR PLAN",
        PageType.FLOOR_PLAN,
        _ARCHITECTURAL,
        _CALIBRATED,
        "1:100",
        Fraction(100),
    ),
    ExpectedPage(
        "2318-A-301",
        "SECTIONS A-A AND B-B",
        PageType.SECTION,
        _ARCHITECTURAL,
        _CALIBRATED,
        "1:100",
        Fraction(100),
    ),
    ExpectedPage(
        "2318-A-501", "WALL AND WINDOW DETAILS", PageType.DETAIL, _ARCHITECTURAL, ScaleStatus.MULTIPLE
    ),
)

_HOUSE_PAGES = (
    ExpectedPage(
        "C-1", "SITE PLAN", PageType.SITE_PLAN, Discipline.CIVIL, _CALIBRATED, "1\" = 20'", Fraction(240)
    ),
    ExpectedPage(
        "A-1",
        "FIRST FLOOR PLAN",
        PageType.FLOOR_PLAN,
        _ARCHITECTURAL,
        _CALIBRATED,
        '3/16" = 1\'-0"',
        _THREE_SIXTEENTHS,
    ),
    ExpectedPage(
        "A-2",
        "ELEVATIONS",
        PageType.ELEVATION,
        _ARCHITECTURAL,
        _CALIBRATED,
        '3/16" = 1\'-0"',
        _THREE_SIXTEENTHS,
    ),
)

EXPECTED: Mapping[str, ExpectedSet] = MappingProxyType(
    {
        CLINIC: ExpectedSet(_CLINIC_PAGES, (24.0, 18.0), has_text_layer=True),
        OFFICES: ExpectedSet(_OFFICES_PAGES, (841 / 25.4, 594 / 25.4), has_text_layer=True),
        HOUSE: ExpectedSet(_HOUSE_PAGES, (17.0, 11.0), has_text_layer=False),
    }
)
