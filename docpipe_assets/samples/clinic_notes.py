"""G-001 and G-002, the clinic's cover and general notes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from docpipe_assets.samples import clinic_building as building
from docpipe_assets.samples.canvas import (
    BOLD,
    FINE,
    LIGHT,
    OUTLINE,
    PAPER,
    VISIBLE,
    Canvas,
    Pen,
    Point,
    text_length,
)
from docpipe_assets.samples.clinic_elevations import RIDGE, draw_front
from docpipe_assets.samples.symbols import (
    elevation_mark,
    keynote,
    north_arrow,
    revision_triangle,
    section_mark,
    title_underline,
    window_tag,
)
from docpipe_assets.samples.table import Column, draw_table
from docpipe_assets.samples.view import INCHES, View, feet_and_inches, view_title

INDEX = (
    ("GENERAL", (("G-001", "COVER SHEET"), ("G-002", "GENERAL NOTES"))),
    (
        "ARCHITECTURAL",
        (
            ("A-101", "FLOOR PLAN"),
            ("A-201", "ELEVATIONS"),
            ("A-501", "DETAILS"),
            ("A-601", "DOOR AND WINDOW SCHEDULES"),
        ),
    ),
    ("STRUCTURAL", (("S-101", "FOUNDATION PLAN"),)),
)


def draw_cover(canvas: Canvas) -> None:
    left, right = 90.0, 1466.0
    canvas.text((left, 150), "RIVERSIDE FAMILY CLINIC", 58, font=BOLD)
    canvas.line((left, 172), (right, 172), Pen(2.4))
    canvas.text((left, 198), "2140 MILLRACE ROAD, ALDER FALLS", 16)
    canvas.text((right, 198), "BID SET   MARCH 22, 2024", 16, "right")
    canvas.text((left, 222), "OWNER: ALDER FALLS HEALTH DISTRICT", 11, grey=0.2)
    draw_front(View(canvas, (236.0, 590.0), Fraction(50), INCHES))
    _draw_index(canvas, (left, 700))
    _draw_project_data(canvas, (left + 400, 700))
    _draw_symbols(canvas, (left + 400, 1000))
    _draw_location(canvas, (left + 850, 700))


def _draw_index(canvas: Canvas, at: Point) -> None:
    rows: list[tuple[str, str]] = []
    for discipline, sheets in INDEX:
        rows += [("", discipline), *sheets]
    columns = [Column("SHEET", 70), Column("TITLE", 270)]
    bottom = draw_table(canvas, at, columns, rows, "SHEET INDEX", size=9, row_height=19, blank_rows=2)
    y = title_underline(canvas, (at[0], bottom + 40), "PROJECT TEAM") + 4
    team = [
        ("OWNER", "ALDER FALLS HEALTH DISTRICT"),
        ("ARCHITECT", "HALYARD & FENN ARCHITECTS, 418 FOUNDRY ROW, SUITE 3"),
        ("STRUCTURAL", "KESTREL STRUCTURAL, INC., 77 QUARRY LANE"),
        ("CIVIL", "BY OWNER UNDER SEPARATE CONTRACT"),
    ]
    for role, name in team:
        canvas.text((at[0], y), role, 7.5, font=BOLD)
        y = canvas.paragraph((at[0] + 76, y), 264, name, 7.5, 1.3) + 7


def _draw_project_data(canvas: Canvas, at: Point) -> None:
    area = round(building.LENGTH * building.DEPTH / 144)
    x, y = at
    y = title_underline(canvas, (x, y + 12), "PROJECT DATA", 11) + 6
    data = [
        ("OCCUPANCY", "B (OUTPATIENT CLINIC)"),
        ("CONSTRUCTION TYPE", "V-B, NON-SPRINKLERED"),
        ("BUILDING AREA", f"{area:,} SQ. FT. GROSS"),
        ("ALLOWABLE AREA", "9,000 SQ. FT."),
        ("STORIES", "1"),
        ("BUILDING HEIGHT", f"{feet_and_inches(RIDGE)} TO RIDGE"),
        ("OCCUPANT LOAD", f"{area} / 100 = {-(-area // 100)}"),
        ("EXITS REQUIRED / PROVIDED", "1 / 2"),
        ("PLUMBING FIXTURES", "2 UNISEX TOILETS"),
        ("PARKING", "18 SPACES, 2 ACCESSIBLE"),
        ("CLIMATE ZONE", "5"),
        ("SITE DATUM", "EL. 100'-0\" = 412.50'"),
    ]
    for name, value in data:
        canvas.text((x, y), name, 8, font=BOLD)
        canvas.text((x + 160, y), value, 8)
        canvas.line((x, y + 5), (x + 400, y + 5), FINE)
        y += 19


def _draw_symbols(canvas: Canvas, at: Point) -> None:
    x, y = at
    y = title_underline(canvas, (x, y), "SYMBOLS", 11) + 14
    section_mark(canvas, (x + 24, y + 8), (x + 62, y + 8), "south", "1", "A-501")
    elevation_mark(canvas, (x + 32, y + 62), "north", "1", "A-201")
    keynote(canvas, (x + 32, y + 102), "1", 7.5)
    window_tag(canvas, (x + 32, y + 136), "A")
    canvas.circle((x + 222, y + 6), 9, LIGHT, PAPER)
    canvas.text((x + 222, y + 8.4), "101A", 6.2, "center")
    revision_triangle(canvas, (x + 222, y + 58), "1")
    canvas.rect((x + 208, y + 94), (x + 236, y + 107), LIGHT)
    canvas.text((x + 222, y + 103.5), "101", 8, "center")
    canvas.circle((x + 222, y + 136), 9, VISIBLE)
    canvas.text((x + 222, y + 139.2), "A", 9, "center", BOLD)
    names = [
        ("BUILDING SECTION", "ELEVATION", "KEYED NOTE", "WINDOW MARK"),
        ("DOOR MARK", "REVISION", "ROOM NUMBER", "GRID LINE"),
    ]
    for column, entries in enumerate(names):
        for row, name in enumerate(entries):
            canvas.text((x + 82 + column * 172, y + (8, 62, 104, 138)[row]), name, 7.5)


def _draw_location(canvas: Canvas, at: Point) -> None:
    """A map of invented streets with the site marked."""
    x, y = at
    width, height = 520.0, 420.0
    canvas.rect((x, y), (x + width, y + height), OUTLINE)
    river = [(x, y + 96), (x + 120, y + 118), (x + 250, y + 84), (x + 380, y + 70), (x + width, y + 26)]
    for offset in (0, 34):
        canvas.curve([(px, py + offset) for px, py in river], VISIBLE)
    for offset in (9, 17, 26):
        canvas.curve([(px, py + offset) for px, py in river], FINE)
    streets: list[tuple[Point, Point, str]] = [
        ((x, y + 190), (x + width, y + 190), "MILLRACE ROAD"),
        ((x, y + 330), (x + width, y + 330), "TANNERY STREET"),
        ((x + 120, y + 190), (x + 120, y + height), "FOUNDRY ROW"),
        ((x + 372, y + 190), (x + 372, y + height), "QUARRY LANE"),
    ]
    for start, end, _ in streets:
        canvas.line(start, end, Pen(13, 0.82))
    for start, end, name in streets:
        if start[1] == end[1]:
            canvas.text((x + width - 12, start[1] + 2.6), name, 7.5, "right")
        else:
            canvas.text((start[0] + 2.6, y + height - 10), name, 7.5, upward=True)
    for bx, by, w, h in (
        (150, 214, 40, 26),
        (300, 210, 46, 30),
        (150, 352, 60, 34),
        (410, 356, 50, 30),
        (28, 220, 60, 40),
        (410, 214, 66, 34),
        (24, 352, 54, 30),
        (262, 352, 70, 40),
    ):
        canvas.rect((x + bx, y + by), (x + bx + w, y + by + h), LIGHT, 0.9)
    canvas.polygon([(x + 205, y + 200), (x + 285, y + 200), (x + 285, y + 282), (x + 205, y + 282)], OUTLINE)
    canvas.rect((x + 224, y + 222), (x + 264, y + 246), None, 0.15)
    label = "PROJECT SITE"
    canvas.text((x + 245, y + 268), label, 8, "center", BOLD)
    canvas.text((x + 60, y + 114), "ALDER RIVER", 8, "left", "heit", paper=True)
    north_arrow(canvas, (x + width - 40, y + height - 44), 18)
    canvas.text((x + 12, y + 20), "N O R T H   B A N K", 7.5, grey=0.4)
    view_title(canvas, (x + 12, y + height + 34), "1", "LOCATION MAP", "NOT TO SCALE", 200)
    note = "SAMPLE SET. ALL NAMES, PLACES AND FIRMS IN THESE DRAWINGS ARE INVENTED."
    canvas.text((x + width - text_length(note, 7), y + height + 86), note, 7, grey=0.3)


_SECTIONS: Sequence[tuple[str, Sequence[str]]] = (
    (
        "GENERAL NOTES",
        (
            "ALL WORK SHALL CONFORM TO THE BUILDING CODE AND LOCAL ORDINANCES IN FORCE AT THE DATE OF PERMIT.",
            "THE CONTRACTOR SHALL VERIFY ALL DIMENSIONS AND CONDITIONS AT THE SITE BEFORE STARTING WORK AND REPORT "
            "DISCREPANCIES TO THE ARCHITECT.",
            "DO NOT SCALE DRAWINGS. WRITTEN DIMENSIONS GOVERN. LARGE SCALE DETAILS GOVERN OVER SMALL SCALE DRAWINGS.",
            "DETAILS MARKED TYPICAL APPLY WHEREVER THE CONDITION OCCURS UNLESS NOTED OTHERWISE.",
            "COORDINATE OPENINGS, SLEEVES AND CHASES WITH MECHANICAL, ELECTRICAL AND PLUMBING TRADES.",
            "PROTECT THE WORK FROM WEATHER. REPLACE DAMAGED MATERIALS AT NO COST TO THE OWNER.",
            "KEEP ONE SET OF DRAWINGS AT THE SITE, MARKED WITH ALL CHANGES, AND HAND IT TO THE OWNER AT COMPLETION.",
            "SUBMIT SHOP DRAWINGS FOR TRUSSES, STOREFRONT, CASEWORK AND DOOR HARDWARE.",
        ),
    ),
    (
        "SITE AND CONCRETE",
        (
            'STRIP TOPSOIL BELOW SLABS AND WALKS. COMPACT FILL TO 95 PERCENT OF MAXIMUM DENSITY IN 8" LIFTS.',
            'SLOPE FINISH GRADE AWAY FROM THE BUILDING 6" IN THE FIRST 10\'-0".',
            'SLOPE WALKS 1/4" PER FOOT. MAXIMUM CROSS SLOPE 1:48. MAXIMUM RAMP SLOPE 1:12.',
            "CONCRETE AT 28 DAYS: 3,000 PSI FOOTINGS, 3,500 PSI SLABS, 4,500 PSI AIR ENTRAINED EXTERIOR WORK.",
            "SAW CUT CONTROL JOINTS 1/4 OF SLAB THICKNESS WITHIN 12 HOURS OF PLACEMENT.",
            "MORTAR TYPE N, 1:1:6 BY VOLUME. GROUT FILL CELLS WITH REINFORCING.",
        ),
    ),
    (
        "FRAMING AND ENVELOPE",
        (
            "FRAMING LUMBER: NO. 2 OR BETTER. PRESSURE TREATED WHERE IN CONTACT WITH CONCRETE.",
            "PROVIDE 2x8 BLOCKING BEHIND GRAB BARS, WALL CABINETS, HANDRAILS AND WALL MOUNTED EQUIPMENT.",
            "FIRESTOP CONCEALED SPACES AT CEILING LEVEL AND AT 10'-0\" HORIZONTALLY.",
            'INSULATION: WALLS R-15 BATT, ATTIC R-38 BLOWN, SLAB EDGE R-10 RIGID TO 24" DEPTH.',
            'ROOF SLOPE 4:12. GUTTERS SLOPE 1/16" PER FOOT TO DOWNSPOUTS.',
            "CAULK AND SEAL ALL JOINTS IN THE ENVELOPE. TEST AIR LEAKAGE BEFORE CLOSING WALLS.",
        ),
    ),
    (
        "INTERIOR AND ACCESSIBILITY",
        (
            'GYPSUM BOARD 5/8" TYPE X THROUGHOUT, MOISTURE RESISTANT IN TOILETS AND BEHIND SINKS.',
            'MAINTAIN 18" CLEAR AT THE PULL SIDE AND 12" AT THE PUSH SIDE OF DOORS WITH CLOSERS.',
            'MOUNT SIGNS 60" A.F.F. TO CENTER ON THE LATCH SIDE OF DOORS.',
            'LIGHT SWITCHES 44" AND RECEPTACLES 18" A.F.F. TO CENTER UNLESS NOTED OTHERWISE.',
            'COUNTERS WITH SINKS 34" A.F.F. MAXIMUM, KNEE CLEARANCE 27" HIGH x 30" WIDE.',
            "FLOOR FINISHES MEET AT THE CENTER OF THE DOOR LEAF UNLESS NOTED OTHERWISE.",
        ),
    ),
    (
        "PLUMBING, HEATING AND POWER",
        (
            "MECHANICAL, ELECTRICAL AND PLUMBING WORK IS DESIGN-BUILD. SUBMIT DRAWINGS FOR REVIEW BEFORE ROUGH-IN.",
            'SANITARY DRAINS SLOPE 1/4" PER FOOT UP TO 3" SIZE, 1/8" PER FOOT FOR LARGER SIZES.',
            "PROVIDE TEMPERED WATER, 110 DEGREES MAXIMUM, AT ALL HAND SINKS.",
            "EXAM AND PROCEDURE ROOMS: MINIMUM 6 AIR CHANGES PER HOUR, 2 OF OUTSIDE AIR.",
            "LABEL PANEL CIRCUITS. PROVIDE HOSPITAL GRADE RECEPTACLES IN ROOMS 108 AND 111 TO 113.",
        ),
    ),
    (
        "INSPECTIONS",
        (
            "CALL FOR INSPECTION OF FOOTINGS, UNDERSLAB WORK, FRAMING, INSULATION AND FINAL.",
            "SPECIAL INSPECTION: CONCRETE OVER 2,500 PSI, ANCHOR BOLTS, EPOXY ANCHORS.",
            "SOIL BEARING TO BE CONFIRMED BY A GEOTECHNICAL ENGINEER BEFORE FOOTINGS ARE PLACED.",
            "GIVE THE ARCHITECT 48 HOURS NOTICE BEFORE COVERING FLASHING AT WINDOWS.",
        ),
    ),
    (
        "ALTERNATES",
        (
            "ALTERNATE 1: STANDING SEAM METAL ROOFING IN LIEU OF ASPHALT SHINGLES.",
            "ALTERNATE 2: SOLID SURFACE TOPS AT EXAM ROOM CASEWORK.",
            "ALTERNATE 3: CONCRETE WALK ALONG EAST SIDE, 5'-0\" WIDE.",
            "PRICE EACH ALTERNATE ON THE BID FORM AS AN ADDITION TO THE BASE BID.",
        ),
    ),
    (
        "CLOSEOUT",
        (
            "CLEAN GLASS, FLOORS AND FIXTURES. REMOVE LABELS AND PROTECTIVE FILM.",
            "BALANCE AIR SYSTEMS AND HAND OVER A WRITTEN REPORT.",
            "DELIVER WARRANTIES, MANUALS AND 2 PERCENT SPARE FINISH MATERIAL.",
            "CORRECT PUNCH LIST ITEMS WITHIN 30 DAYS OF SUBSTANTIAL COMPLETION.",
        ),
    ),
)

_KEYED = (
    ("G1", "PROVIDE FIRE EXTINGUISHER, 2A:10B:C, IN SEMI-RECESSED CABINET. ONE IN CORRIDOR 110."),
    ("G2", "PROVIDE TACTILE EXIT SIGN AT EACH EXIT DOOR."),
    ("G3", "PROVIDE KEY BOX AT MAIN ENTRY, LOCATION BY FIRE MARSHAL."),
    ("G4", "OWNER FURNISHED, CONTRACTOR INSTALLED EQUIPMENT: SEE A-101 KEYED NOTES."),
    ("G5", 'ATTIC ACCESS 22" x 36" IN STAFF ROOM 109.'),
)

_ABBREVIATIONS = (
    "A.F.F.  ABOVE FINISH FLOOR", "ACT  ACOUSTICAL CEILING TILE", "ALUM.  ALUMINUM", "BD.  BOARD",
    "CONC.  CONCRETE", "CONT.  CONTINUOUS", "CT  CERAMIC TILE", "DIA.  DIAMETER", "EL.  ELEVATION",
    "EQ.  EQUAL", "F.D.  FLOOR DRAIN", "GYP.  GYPSUM", "H.M.  HOLLOW METAL", "HDW.  HARDWARE",
    "INSUL.  INSULATION", "MAX.  MAXIMUM", "MIN.  MINIMUM", "N.T.S.  NOT TO SCALE", "O.C.  ON CENTER",
    "PR  PAIR", "REINF.  REINFORCING", "SIM.  SIMILAR", "T.O.  TOP OF", "TYP.  TYPICAL",
    "U.N.O.  UNLESS NOTED OTHERWISE", "W.W.F.  WELDED WIRE FABRIC",
)  # fmt: skip


def draw_general_notes(canvas: Canvas) -> None:
    left, column, size = 86.0, 350.0, 9.2
    number, lowest = 1, 80.0
    for row in range(0, len(_SECTIONS), 4):
        top, lowest = lowest, 0.0
        for index, (heading, notes) in enumerate(_SECTIONS[row : row + 4]):
            x = left + index * column
            y = title_underline(canvas, (x, top), heading, 11) + 8
            for text in notes:
                canvas.text((x, y), f"{number}.", size)
                y = canvas.paragraph((x + 22, y), column - 62, text, size, 1.4) + 9
                number += 1
            lowest = max(lowest, y + 26)
    top = lowest + 14
    canvas.line((left, top - 22), (left + 4 * column - 40, top - 22), LIGHT)
    y = title_underline(canvas, (left, top + 8), "KEYED NOTES", 11) + 14
    for mark, text in _KEYED:
        keynote(canvas, (left + 10, y), mark, 7)
        y = canvas.paragraph((left + 34, y + 2.8), 2 * column - 90, text, 8.5, 1.38) + 14
    x = left + 2 * column
    y = title_underline(canvas, (x, top + 8), "ABBREVIATIONS", 11) + 8
    half = (len(_ABBREVIATIONS) + 1) // 2
    for index, entry in enumerate(_ABBREVIATIONS):
        short, meaning = entry.split("  ")
        ax, ay = x + (index // half) * column, y + (index % half) * 19
        canvas.text((ax, ay), short, 8.5, font=BOLD)
        canvas.text((ax + 62, ay), meaning, 8.5)
