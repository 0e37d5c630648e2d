"""The Riverside clinic: an imperial bid set on 24 x 18 in sheets."""

from __future__ import annotations

from docpipe_assets.samples.clinic_details import draw_details
from docpipe_assets.samples.clinic_elevations import draw_elevations
from docpipe_assets.samples.clinic_foundation import draw_foundation
from docpipe_assets.samples.clinic_notes import draw_cover, draw_general_notes
from docpipe_assets.samples.clinic_plan import draw_floor_plan
from docpipe_assets.samples.clinic_schedules import draw_schedules
from docpipe_assets.samples.sheet import Project, Sheet

SIZE = (24 * 72.0, 18 * 72.0)

PROJECT = Project(
    firm="HALYARD & FENN ARCHITECTS",
    firm_address=("418 FOUNDRY ROW, SUITE 3", "ALDER FALLS", "TEL. 555-0142"),
    name=("RIVERSIDE", "FAMILY CLINIC"),
    address=("2140 MILLRACE ROAD", "ALDER FALLS"),
    client="ALDER FALLS HEALTH DISTRICT",
    number="2317",
    date="03/22/2024",
    drawn_by="JQ",
    checked_by="LF",
    phase="BID SET",
    issues=(
        ("SCHEMATIC DESIGN", "11/06/2023"),
        ("PERMIT SUBMITTAL", "02/09/2024"),
        ("BID SET", "03/22/2024"),
    ),
    revisions=(("1", "ADDENDUM NO. 1", "04/05/2024"),),
    consultant=("KESTREL STRUCTURAL, INC.", "77 QUARRY LANE, ALDER FALLS", "TEL. 555-0178"),
)

SHEETS = [
    Sheet("G-001", "COVER SHEET", "NONE", draw_cover),
    Sheet("G-002", "GENERAL NOTES", "NONE", draw_general_notes),
    Sheet("A-101", "FLOOR PLAN", '1/4" = 1\'-0"', draw_floor_plan),
    Sheet("A-201", "ELEVATIONS", '1/4" = 1\'-0"', draw_elevations),
    Sheet("A-501", "DETAILS", "AS NOTED", draw_details),
    Sheet("A-601", "DOOR AND WINDOW SCHEDULES", "NOT TO SCALE", draw_schedules),
    Sheet("S-101", "FOUNDATION PLAN", '1/8" = 1\'-0"', draw_foundation),
]
