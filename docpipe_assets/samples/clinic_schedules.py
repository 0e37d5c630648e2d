"""A-601, the clinic's schedules and door types."""

from __future__ import annotations

from fractions import Fraction

from docpipe_assets.samples import clinic_building as building
from docpipe_assets.samples.canvas import BOLD, LIGHT, OUTLINE, PAPER, VISIBLE, Canvas
from docpipe_assets.samples.clinic_elevations import WINDOW_SIZES
from docpipe_assets.samples.facade import door_front, window_front
from docpipe_assets.samples.plan import Door
from docpipe_assets.samples.symbols import revision_triangle, title_underline
from docpipe_assets.samples.table import Column, draw_table
from docpipe_assets.samples.view import INCHES, View, feet_and_inches, view_title

_DOOR_COLUMNS = [
    Column("MARK", 52, "center"),
    Column("LOCATION", 140),
    Column("WIDTH", 62, "center"),
    Column("HEIGHT", 62, "center"),
    Column("THICK.", 58, "center"),
    Column("TYPE", 44, "center"),
    Column("MATERIAL", 92),
    Column("FRAME", 74),
    Column("RATING", 60, "center"),
    Column("HDW. SET", 62, "center"),
    Column("REMARKS", 250),
]
_EXTERIOR = {"100A", "100B", "107A", "110A"}
_REMARKS = {
    "100A": "AUTO OPERATOR, SEE PLAN FOR PUSH PLATE LOCATION",
    "100B": "AUTO OPERATOR",
    "101A": "SEE PLAN",
    "102A": "ADDENDUM NO. 1: SWING REVERSED, SEE PLAN",
    "105A": "ACCESSIBLE SIGNAGE",
    "106A": "ACCESSIBLE SIGNAGE",
    "107A": "WEATHERSTRIP AND THRESHOLD, SEE DETAIL",
    "108A": "LEAF 3'-6\" WIDE, KICK PLATE BOTH SIDES",
    "110A": "EXIT DEVICE, SEE PLAN",
}
_SETS = {"100A": "1", "100B": "1", "101A": "2", "105A": "4", "106A": "4", "107A": "5", "110A": "6"}
_FINISHES = [
    ("100", "VESTIBULE", "WALK-OFF TILE", "RUBBER", "PAINT", "GYP. BD.", ""),
    ("101", "WAITING", "CARPET TILE", "RUBBER", "PAINT", "ACT-1", "SEE PLAN FOR PATTERN"),
    ("102", "RECEPTION", "CARPET TILE", "RUBBER", "PAINT", "ACT-1", ""),
    ("103", "BUSINESS OFFICE", "CARPET TILE", "RUBBER", "PAINT", "ACT-1", ""),
    ("104", "LAB", "SHEET VINYL", "COVED", "EPOXY PAINT", "ACT-2", ""),
    ("105", "TOILET", "CERAMIC TILE", "CERAMIC", "CT TO 4'-0\"", "GYP. BD.", 'SLOPE 1/8" PER FT. TO DRAIN'),
    ("106", "TOILET", "CERAMIC TILE", "CERAMIC", "CT TO 4'-0\"", "GYP. BD.", 'SLOPE 1/8" PER FT. TO DRAIN'),
    ("107", "MECHANICAL", "SEALED CONC.", "NONE", "PAINT", "EXPOSED", ""),
    ("108", "PROCEDURE", "SHEET VINYL", "COVED", "EPOXY PAINT", "ACT-2", ""),
    ("109", "STAFF", "SHEET VINYL", "RUBBER", "PAINT", "ACT-1", ""),
    ("110", "CORRIDOR", "SHEET VINYL", "RUBBER", "PAINT", "ACT-1", "CORNER GUARDS"),
    ("111-113", "EXAM 1-3", "SHEET VINYL", "COVED", "EPOXY PAINT", "ACT-2", ""),
    ("114", "OFFICE", "CARPET TILE", "RUBBER", "PAINT", "ACT-1", ""),
]


def draw_schedules(canvas: Canvas) -> None:
    left = 78.0
    bottom = draw_table(
        canvas,
        (left, 66),
        _DOOR_COLUMNS,
        [_door_row(door) for door in building.DOORS],
        "DOOR SCHEDULE",
        row_height=16,
    )
    width = sum(column.width for column in _DOOR_COLUMNS)
    row = next(index for index, door in enumerate(building.DOORS) if door.mark == "102A")
    revision_triangle(canvas, (left + width + 14, 66 + 16 * 1.5 + 16 * (row + 1.5)), "1")
    _draw_hardware(canvas, (left + width + 60, 66))
    _draw_windows(canvas, (left, bottom + 40))
    _draw_finishes(canvas, (left + 660, bottom + 40))
    _draw_types(canvas, (left, 1050.0))


def _door_row(door: Door) -> list[str]:
    room = next(room for room in building.ROOMS if room.number == door.mark[:3])
    aluminum, exterior = door.mark.startswith("100"), door.mark in _EXTERIOR
    leaf = door.width / 2 if door.pair else door.width
    width = feet_and_inches(leaf)
    kind = (
        "A"
        if aluminum
        else "C"
        if room.name.startswith(("EXAM", "PROC", "LAB"))
        else "D"
        if exterior
        else "B"
    )
    if door.mark == "101A":
        kind = "C"
    material = "ALUMINUM" if aluminum else "HOLLOW METAL" if exterior else "WOOD, MAPLE"
    return [
        door.mark,
        room.name.replace("\n", " "),
        f"PR {width}" if door.pair else width,
        feet_and_inches(84),
        '1 3/4"',
        kind,
        material,
        "ALUM." if aluminum else "H.M.",
        "45 MIN" if door.mark == "107A" else "-",
        _SETS.get(door.mark, "3"),
        _REMARKS.get(door.mark, ""),
    ]


def _draw_hardware(canvas: Canvas, at: tuple[float, float]) -> None:
    x, y = at
    y = title_underline(canvas, (x, y + 12), "HARDWARE SETS") + 2
    sets = [
        ("1", "PIVOTS, EXIT DEVICE, PULL, AUTO OPERATOR, THRESHOLD, WEATHERSTRIP."),
        ("2", "HINGES, PASSAGE LATCH, CLOSER, WALL STOP, SILENCERS."),
        ("3", "HINGES, OFFICE LOCK, WALL STOP, SILENCERS."),
        ("4", "HINGES, PRIVACY LOCK WITH INDICATOR, CLOSER, KICK PLATE, COAT HOOK."),
        ("5", "HINGES, STOREROOM LOCK, CLOSER, THRESHOLD, WEATHERSTRIP, LOUVER."),
        ("6", "HINGES, RIM EXIT DEVICE, CLOSER, THRESHOLD, WEATHERSTRIP."),
    ]
    for number, text in sets:
        canvas.text((x, y), f"SET {number}", 7.5, font=BOLD)
        y = canvas.paragraph((x + 42, y), 306, text, 7.5, 1.3) + 6
    y = title_underline(canvas, (x, y + 20), "DOOR NOTES") + 2
    notes = [
        "VERIFY ALL ROUGH OPENINGS WITH MANUFACTURER.",
        'THRESHOLDS 1/2" MAXIMUM HEIGHT, BEVEL 1:2 ABOVE 1/4".',
        'GLAZING WITHIN 24" OF A DOOR SHALL BE TEMPERED.',
        'UNDERCUT TOILET ROOM DOORS 3/4".',
        "PAINT HOLLOW METAL FRAMES, COLOR P-2 U.N.O.",
    ]
    for row, text in enumerate(notes, 1):
        canvas.text((x, y), f"{row}.", 7.5)
        y = canvas.paragraph((x + 14, y), 330, text, 7.5, 1.3) + 5


def _draw_windows(canvas: Canvas, at: tuple[float, float]) -> None:
    columns = [
        Column("MARK", 50, "center"),
        Column("WIDTH", 62, "center"),
        Column("HEIGHT", 62, "center"),
        Column("SILL A.F.F.", 70, "center"),
        Column("OPERATION", 106),
        Column("GLAZING", 110),
        Column("REMARKS", 160),
    ]
    operations = {"A": "FIXED, TRANSOM", "B": "CASEMENT PAIR", "C": "CASEMENT PAIR"}
    rows = [
        [
            mark,
            *(feet_and_inches(length) for length in sizes),
            operations[mark],
            '1" INSUL., LOW-E',
            "SEE ELEVATIONS" if mark == "A" else "OBSCURE AT EXAM ROOMS" if mark == "B" else "",
        ]
        for mark, sizes in WINDOW_SIZES.items()
    ]
    draw_table(canvas, at, columns, rows, "WINDOW SCHEDULE", row_height=16, blank_rows=1)
    x, y = at[0], at[1] + 190
    for mark, (width, height, _sill) in WINDOW_SIZES.items():
        view = View(canvas, (x + 90, y + 92), Fraction(54), INCHES)
        window_front(view, 0, 0, width, height, 3 if mark == "A" else 2, 14 if mark == "A" else 0)
        canvas.text((x + 90, y + 112), f"TYPE {mark}", 8, "center", BOLD)
        x += 190
    view_title(canvas, (at[0] + 12, y + 160), "1", "WINDOW TYPES", "NOT TO SCALE", 180)


def _draw_finishes(canvas: Canvas, at: tuple[float, float]) -> None:
    columns = [
        Column("ROOM", 56, "center"),
        Column("NAME", 120),
        Column("FLOOR", 106),
        Column("BASE", 76),
        Column("WALLS", 92),
        Column("CEILING", 84),
        Column("REMARKS", 196),
    ]
    draw_table(canvas, at, columns, _FINISHES, "ROOM FINISH SCHEDULE", row_height=16)


def _draw_types(canvas: Canvas, at: tuple[float, float]) -> None:
    x, y = at
    captions = (
        ("A", 'ALUM. STOREFRONT, 1" GLAZING'),
        ("B", "FLUSH WOOD"),
        ("C", "FLUSH WOOD, VISION PANEL"),
        ("D", "INSULATED H.M."),
    )
    for index, (mark, caption) in enumerate(captions):
        view = View(canvas, (x + 130 + index * 250, y), Fraction(46), INCHES)
        pair = mark == "A"
        door_front(view, 0, 72 if pair else 36, 84, glazed=pair, leaves=2 if pair else 1)
        if mark == "C":
            view.rect((4, 44), (10, 76), VISIBLE, PAPER)
            view.rect((5, 45), (9, 75), LIGHT)
        view.line((-62, 0), (62, 0), OUTLINE)
        canvas.text((view.at(0, 0)[0], y + 18), f"TYPE {mark}", 8, "center", BOLD)
        canvas.text((view.at(0, 0)[0], y + 29), caption, 7, "center")
    view_title(canvas, (x + 12, y + 92), "2", "DOOR TYPES", "NOT TO SCALE", 180)
