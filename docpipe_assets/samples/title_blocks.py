"""The frames and title blocks of three offices: a strip at the right, a strip at the bottom, a corner block."""

from __future__ import annotations

from docpipe_assets.samples.canvas import (
    BOLD,
    BORDER,
    FINE,
    LIGHT,
    OUTLINE,
    POINTS_PER_INCH,
    REGULAR,
    TYPEWRITER,
    VISIBLE,
    Canvas,
    Pen,
    Point,
    text_length,
)
from docpipe_assets.samples.sheet import Project, Sheet
from docpipe_assets.samples.table import Column, draw_table


def _fitted(canvas: Canvas, at: Point, text: str, size: float, room: float, font: str = BOLD) -> None:
    """A centred line that is shrunk to `room` points when it is longer."""
    length = text_length(text, size, font)
    canvas.text(at, text, size * min(1.0, room / length), "center", font)


_STRIP_WIDTH = 190.0
_STRIP_MARGIN = 36.0
_BINDING = 54.0


def right_strip(canvas: Canvas, project: Project, sheet: Sheet, index: int, count: int) -> None:
    """The frame and a title block down the right edge, as American offices draw it."""
    left, right = canvas.width - _STRIP_MARGIN - _STRIP_WIDTH, canvas.width - _STRIP_MARGIN
    top, bottom = _STRIP_MARGIN, canvas.height - _STRIP_MARGIN
    canvas.rect((_BINDING, top), (right, bottom), BORDER)
    canvas.line((left, top), (left, bottom), Pen(1.2))
    _strip_project(canvas, project, (left, top))
    _strip_sheet(canvas, project, sheet, (left, bottom - 320))
    middle = (left + right) / 2
    canvas.text((middle, bottom - 10), f"SHEET {index} OF {count}", 6.5, "center", grey=0.25)
    job = project.name[0].title().replace(" ", "")
    stamp = f"{project.number}_{job}_{sheet.number}.dwg   plotted {project.date}"
    canvas.text((right + 12, bottom - 4), stamp, 5.5, upward=True, grey=0.35)


def _strip_project(canvas: Canvas, project: Project, corner: Point) -> None:
    """The cells that are the same on every sheet, from the upper left `corner` of the strip down."""
    left, top = corner
    right, middle, room = left + _STRIP_WIDTH, left + _STRIP_WIDTH / 2, _STRIP_WIDTH - 20
    _sails(canvas, (middle, top + 58), 34)
    _fitted(canvas, (middle, top + 84), project.firm, 13, room)
    for row, line in enumerate(project.firm_address):
        canvas.text((middle, top + 98 + 10 * row), line, 7, "center", grey=0.25)
    y = top + 136
    canvas.line((left, y), (right, y), OUTLINE)

    canvas.text((left + 6, y + 10), "CONSULTANT", 5.5, grey=0.25)
    for row, line in enumerate(project.consultant):
        canvas.text((left + 10, y + 24 + 10 * row), line, 7.5, font=BOLD if row == 0 else REGULAR)
    y += 62
    canvas.line((left, y), (right, y), OUTLINE)

    canvas.text((left + 6, y + 10), "SEAL", 5.5, grey=0.25)
    for radius in (50.0, 46.0, 31.0):
        canvas.circle((middle, y + 66), radius, FINE)
    for row, line in enumerate(("SAMPLE SET", "FICTITIOUS", "PROJECT")):
        canvas.text((middle, y + 59 + 10 * row), line, 7, "center", BOLD, grey=0.35)
    canvas.text((middle, y + 131), "NOT FOR CONSTRUCTION", 7.5, "center", BOLD)
    y += 142
    canvas.line((left, y), (right, y), OUTLINE)

    canvas.text((left + 6, y + 10), "PROJECT", 5.5, grey=0.25)
    line_at = y + 32
    for line in project.name:
        _fitted(canvas, (middle, line_at), line, 16, room)
        line_at += 19
    for line in project.address:
        canvas.text((middle, line_at), line, 8, "center")
        line_at += 11
    y += 108
    canvas.line((left, y), (right, y), OUTLINE)

    issue_columns = [Column("ISSUE", 122), Column("DATE", _STRIP_WIDTH - 134)]
    y = draw_table(canvas, (left + 6, y + 6), issue_columns, project.issues, size=7, row_height=13)
    columns = [Column("NO.", 24, "center"), Column("REVISION", 98), Column("DATE", _STRIP_WIDTH - 134)]
    draw_table(canvas, (left + 6, y + 8), columns, project.revisions, size=7, row_height=13, blank_rows=16)


def _strip_sheet(canvas: Canvas, project: Project, sheet: Sheet, corner: Point) -> None:
    """The cells that name the sheet, from `corner` down to the lower edge."""
    left, y = corner
    right, middle, room = left + _STRIP_WIDTH, left + _STRIP_WIDTH / 2, _STRIP_WIDTH - 20
    fields = [
        ("PROJECT NO.", project.number, "DATE", project.date),
        ("DRAWN BY", project.drawn_by, "CHECKED BY", project.checked_by),
    ]
    for name, value, other, other_value in fields:
        canvas.line((left, y), (right, y), LIGHT)
        canvas.line((middle, y), (middle, y + 30), LIGHT)
        canvas.text((left + 6, y + 9), name, 5.5, grey=0.25)
        canvas.text((left + 12, y + 23), value, 9)
        canvas.text((middle + 6, y + 9), other, 5.5, grey=0.25)
        canvas.text((middle + 12, y + 23), other_value, 9)
        y += 30
    canvas.line((left, y), (right, y), OUTLINE)
    canvas.text((left + 6, y + 9), "SHEET TITLE", 5.5, grey=0.25)
    lines = _two_lines(sheet.title)
    for row, line in enumerate(lines):
        _fitted(canvas, (middle, y + 46 - 10 * (len(lines) - 1) + 20 * row), line, 16, room)
    y += 78
    canvas.line((left, y), (right, y), LIGHT)
    canvas.text((left + 6, y + 9), "SCALE", 5.5, grey=0.25)
    canvas.text((middle, y + 21), sheet.scale, 10, "center")
    y += 30
    canvas.line((left, y), (right, y), OUTLINE)
    canvas.text((left + 6, y + 9), "SHEET NUMBER", 5.5, grey=0.25)
    _fitted(canvas, (middle, y + 72), sheet.number, 52, room)
    canvas.text((middle, y + 98), project.phase, 8, "center")


def _two_lines(title: str) -> list[str]:
    """A long title broken near its middle."""
    words = title.split()
    if len(title) <= 14 or len(words) == 1:
        return [title]
    cut = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))))
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def _sails(canvas: Canvas, base: Point, height: float) -> None:
    x, y = base
    canvas.polygon([(x - 3, y), (x - 3, y - height), (x - 3 - height * 0.72, y)], None, 0.15)
    canvas.polygon([(x + 3, y), (x + 3, y - height * 0.78), (x + 3 + height * 0.55, y)], None, 0.55)
    canvas.line((x - height * 0.8, y + 5), (x + height * 0.7, y + 5), Pen(1.6, 0.15))


def bottom_strip(canvas: Canvas, project: Project, sheet: Sheet, _index: int, _count: int) -> None:
    """The frame and a title block along the lower edge, as British offices draw it: a label in every cell."""
    margin, height = 28.35, 142.0
    left, right, bottom = margin + 28.35, canvas.width - margin, canvas.height - margin
    top = bottom - height
    canvas.rect((left, margin), (right, bottom), Pen(2.0))
    canvas.line((left, top), (right, top), Pen(1.4))
    widths = [250.0, 330.0, 300.0, 330.0, 480.0, 260.0]
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    canvas.lines([((edge, top), (edge, bottom)) for edge in edges[1:]], OUTLINE)

    _roof_mark(canvas, (edges[0] + 18, top + 60), 42)
    canvas.text((edges[0] + 74, top + 40), project.firm.split()[0], 15, font=BOLD)
    canvas.text((edges[0] + 74, top + 57), " ".join(project.firm.split()[1:]), 10)
    for row, line in enumerate(project.firm_address):
        canvas.text((edges[0] + 18, top + 84 + 12 * row), line, 8, grey=0.25)

    _draw_standing_notes(canvas, (edges[1], top), widths[1])

    half = top + height / 2
    canvas.line((edges[2], half), (edges[3], half), LIGHT)
    _label(canvas, (edges[2], top), "CLIENT")
    canvas.text((edges[2] + 10, top + 40), project.client, 11)
    _label(canvas, (edges[2], half), "PURPOSE OF ISSUE")
    canvas.text((edges[2] + 10, half + 42), project.phase, 13, font=BOLD)

    columns = [Column("REV", 34, "center"), Column("DESCRIPTION", 226), Column("DATE", 70)]
    rows = project.revisions
    draw_table(canvas, (edges[3], top), columns, rows, size=7.5, row_height=17.75, blank_rows=7 - len(rows))

    canvas.line((edges[4], half), (edges[5], half), LIGHT)
    _label(canvas, (edges[4], top), "PROJECT")
    canvas.text((edges[4] + 10, top + 34), " ".join(project.name), 15, font=BOLD)
    canvas.text((edges[4] + 10, top + 54), ", ".join(project.address), 9)
    _label(canvas, (edges[4], half), "DRAWING TITLE")
    canvas.text((edges[4] + 10, half + 44), sheet.title, 18, font=BOLD)

    third = height / 3
    for row in (1, 2):
        canvas.line((edges[5], top + third * row), (edges[6], top + third * row), LIGHT)
    column = widths[5] / 3
    for step in (1, 2):
        canvas.line(
            (edges[5] + column * step, top + third), (edges[5] + column * step, top + 2 * third), LIGHT
        )
    canvas.line((edges[5] + widths[5] / 2, top), (edges[5] + widths[5] / 2, top + third), LIGHT)
    cells = [
        (edges[5], top, "SCALE", sheet.scale),
        (edges[5] + widths[5] / 2, top, "DATE", project.date),
        (edges[5], top + third, "DRAWN", project.drawn_by),
        (edges[5] + column, top + third, "CHECKED", project.checked_by),
        (edges[5] + 2 * column, top + third, "PROJECT NO", project.number),
        (edges[5], top + 2 * third, "STATUS", "S4"),
    ]
    for x, y, name, value in cells:
        _label(canvas, (x, y), name)
        canvas.text((x + 10, y + 35), value, 11.5)

    number, revision = edges[6], right - 78
    canvas.line((revision, top), (revision, bottom), OUTLINE)
    _label(canvas, (number, top), "DRAWING NUMBER")
    _fitted(canvas, ((number + revision) / 2, top + 90), sheet.number, 44, revision - number - 24)
    _label(canvas, (revision, top), "REV")
    canvas.text(((revision + right) / 2, top + 90), sheet.revision, 34, "center", BOLD)
    canvas.text((left + 4, margin - 8), "ORIGINAL SHEET SIZE A1", 6.5, grey=0.3)


def _draw_standing_notes(canvas: Canvas, corner: Point, width: float) -> None:
    notes = (
        "Do not scale from this drawing. Use figured dimensions only. All dimensions are in millimetres and "
        "all levels in metres above site datum unless noted otherwise.\n"
        "The contractor shall check all dimensions on site and report discrepancies before work starts.\n"
        "Sample drawing of an invented project. Not for construction."
    )
    _label(canvas, corner, "NOTES")
    canvas.paragraph((corner[0] + 8, corner[1] + 28), width - 16, notes, 7.5, 1.4)


def _label(canvas: Canvas, corner: Point, name: str) -> None:
    canvas.text((corner[0] + 6, corner[1] + 12), name, 6.5, grey=0.3)


def _roof_mark(canvas: Canvas, base: Point, size: float) -> None:
    x, y = base
    canvas.polygon([(x, y), (x + size / 2, y - size * 0.62), (x + size, y)], None, 0.1)
    canvas.rect((x, y + 4), (x + size, y + 8), None, 0.1)
    canvas.rect((x + size * 0.42, y - size * 0.26), (x + size * 0.58, y), None, 1.0)


def corner_block(canvas: Canvas, project: Project, sheet: Sheet, index: int, count: int) -> None:
    """The frame and a typed title block in the lower right corner, as small offices drew it."""
    margin, width, height = 0.5 * POINTS_PER_INCH, 262.0, 142.0
    left, top, right, bottom = margin, margin, canvas.width - margin, canvas.height - margin
    canvas.rect((left, top), (right, bottom), Pen(2.2))
    x, y = right - width, bottom - height
    canvas.rect((x, y), (right, bottom), Pen(1.5), 1.0)
    _fitted(canvas, (x + width / 2, y + 19), project.firm, 13, width - 20)
    canvas.text((x + width / 2, y + 31), "   ".join(project.firm_address), 7.2, "center", TYPEWRITER)
    rows = [y + 38, y + 72, y + 100]
    canvas.lines([((x, row), (right, row)) for row in rows], VISIBLE)
    canvas.text((x + width / 2, rows[0] + 14), " ".join(project.name), 11, "center", BOLD)
    canvas.text((x + width / 2, rows[0] + 27), ", ".join(project.address), 8, "center", TYPEWRITER)
    _fitted(canvas, (x + width / 2, rows[1] + 19), sheet.title, 15, width - 20)
    edges = [x, x + 94, x + 146, x + 190]
    canvas.lines([((edge, rows[2]), (edge, bottom)) for edge in edges[1:]], VISIBLE)
    cells = [("SCALE", sheet.scale), ("DATE", project.date), ("DRAWN", project.drawn_by)]
    for edge, (name, value) in zip(edges, cells, strict=False):
        canvas.text((edge + 4, rows[2] + 10), name, 6.2)
        canvas.text((edge + 4, rows[2] + 28), value, 8.2, font=TYPEWRITER)
    canvas.text((edges[3] + 4, rows[2] + 10), f"SHEET {index} OF {count}", 6.2)
    _fitted(canvas, ((edges[3] + right) / 2, bottom - 7), sheet.number, 25, right - edges[3] - 8)
