"""The Harbour Street offices: a metric set on A1 sheets."""

from __future__ import annotations

from docpipe_assets.samples.canvas import POINTS_PER_MM
from docpipe_assets.samples.offices_details import draw_details
from docpipe_assets.samples.offices_plan import draw_ground_floor
from docpipe_assets.samples.offices_sections import draw_sections
from docpipe_assets.samples.offices_site import draw_site
from docpipe_assets.samples.sheet import Project, Sheet

SIZE = (841 * POINTS_PER_MM, 594 * POINTS_PER_MM)

PROJECT = Project(
    firm="TARN & WICKET ARCHITECTS LLP",
    firm_address=("3 Chandlers Yard, Port Averley", "01632 960 118"),
    name=("HARBOUR STREET OFFICES",),
    address=("14-22 Harbour Street", "Port Averley"),
    client="Averley Quays Ltd",
    number="2318",
    date="14.05.2024",
    drawn_by="MO",
    checked_by="EW",
    phase="TENDER",
    issues=(),
    revisions=(
        ("P2", "Issued for tender", "14.05.2024"),
        ("P1", "Issued for comment", "26.03.2024"),
    ),
)

SHEETS = [
    Sheet("2318-A-001", "SITE PLAN", "1:500 @ A1", draw_site, "P2"),
    Sheet("2318-A-101", "GROUND FLOOR PLAN", "1:100 @ A1", draw_ground_floor, "P2"),
    Sheet("2318-A-301", "SECTIONS A-A AND B-B", "1:100 @ A1", draw_sections, "P1"),
    Sheet("2318-A-501", "WALL AND WINDOW DETAILS", "AS SHOWN", draw_details, "P1"),
]
