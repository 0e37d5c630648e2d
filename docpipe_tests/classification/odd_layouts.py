"""Title blocks that break the customs: parted numbers, numbers in odd places, several numbers on one sheet."""

from __future__ import annotations

from docpipe_tests.classification.drafting import Pen
from docpipe_tests.classification.layouts import Area, Drawn, Office


def in_circle(pen: Pen, o: Office, s: Drawn) -> Area:
    """The number in two storeys, as in a circle: letters over digits, in the lower right corner."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 3 * u
    pen.lines(o.firm, x, 1 * u, 0.14 * u).lines((*o.project, *o.address), x, 15 * u, 0.16 * u)
    pen.lines(s.title, x, 18.5 * u, 0.18 * u).put(o.date, x, 20 * u, 0.09 * u)
    letters, digits = s.lettered.split("-")
    pen.centred(letters, x + 1.4 * u, 21 * u, 0.45 * u).centred(digits, x + 1.4 * u, 21.8 * u, 0.45 * u)
    return 0.5, 0.5, x - 1, h - 1


def stacked(pen: Pen, o: Office, s: Drawn) -> Area:
    """The word for sheet, the number, OF and the total, one below the other."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 2.4 * u
    pen.lines(o.firm, x, 1 * u, 0.12 * u).put(o.say("project"), x, 13 * u, 0.07 * u).lines(
        o.project, x, 13.3 * u, 0.15 * u
    )
    pen.put(o.say("title"), x, 17 * u, 0.07 * u).lines(s.title, x, 17.3 * u, 0.15 * u)
    number, _, total = s.lettered.partition(" OF ")
    pen.centred(o.say("number"), x + u, 20.6 * u, 0.1 * u).centred(number, x + u, 21 * u, 0.4 * u)
    pen.centred("OF", x + u, 21.8 * u, 0.1 * u).centred(total, x + u, 22.1 * u, 0.2 * u)
    return 0.5, 0.5, x - 1, h - 1


def upper_corner(pen: Pen, o: Office, s: Drawn) -> Area:
    """No title block: the number large in the upper right corner, the title large at the foot."""
    w, h = pen.width, pen.height
    pen.ending(s.lettered, w - 0.5, 0.5, 0.4).put(" ".join(s.title), 0.7, h - 0.9, 0.25)
    pen.ending(" - ".join((*o.project, *o.address)), w - 0.5, h - 0.9, 0.12).ending(
        o.firm[0], w - 0.5, h - 0.6, 0.09
    )
    return 0.5, 1.2, w - 1, h - 2.4


def one_line(pen: Pen, o: Office, s: Drawn) -> Area:
    """A line along the foot: project, then number and title run together."""
    w, h = pen.width, pen.height
    pen.put("  ".join((*o.project, *o.address)), 0.5, h - 0.55, 0.1)
    pen.put(f"{s.lettered}{o.say('between') or ' '}{' '.join(s.title)}", w * 0.6, h - 0.6, 0.14)
    pen.put(o.date, w * 0.45, h - 0.55, 0.1)
    return 0.5, 0.5, w - 1, h - 1.4


def number_and_revision(pen: Pen, o: Office, s: Drawn) -> Area:
    """One row at the foot of a corner box: number and revision in one line of text."""
    w, h = pen.width, pen.height
    x, y = w - 5.2, h - 2.4
    pen.lines(o.firm, x, y - 0.8, 0.12).put(o.say("project"), x, y, 0.06).lines(
        (*o.project, *o.address), x, y + 0.12, 0.11
    )
    pen.put(o.say("title"), x, y + 0.7, 0.06).lines(s.title, x, y + 0.83, 0.14)
    pen.put(o.say("scale"), x, y + 1.45, 0.06).put(s.scale, x, y + 1.57, 0.08).put(
        o.say("date"), x + 1.4, y + 1.45, 0.06
    )
    pen.put(o.date, x + 1.4, y + 1.57, 0.08).put(
        f"{o.say('number')} {s.lettered}{o.say('rev')}", x + 2.6, y + 1.5, 0.13
    )
    return 0.5, 0.5, w - 1, h - 4


def park_service(pen: Pen, o: Office, s: Drawn) -> Area:
    """A strip along the foot with a drawing number of the agency, a sheet number of the set and a count."""
    w, h = pen.width, pen.height
    y = h - 1.5
    for at, (word, value) in enumerate(
        [("DESIGNED:", "R. AMES"), ("DRAWN:", "T. KLINE"), ("TECH. REVIEW:", "P. DOW"), ("DATE:", o.date)]
    ):
        pen.put(word, w * 0.42, y + at * 0.3, 0.06).put(value, w * 0.42 + 0.8, y + at * 0.3, 0.08)
    pen.put("SUB SHEET NO.", w * 0.52, y, 0.06).put(s.lettered, w * 0.52 + 0.2, y + 0.3, 0.25)
    pen.put("TITLE OF SHEET", w * 0.6, y, 0.06).centred(" ".join(s.title), w * 0.71, y + 0.18, 0.16)
    pen.centred(" ".join(o.project), w * 0.71, y + 0.6, 0.13).centred(
        " ".join(o.address), w * 0.71, y + 0.95, 0.1
    )
    pen.put("DRAWING NO.", w - 5, y, 0.06).put("318", w - 4.8, y + 0.15, 0.12).put(
        "80455A", w - 4.8, y + 0.4, 0.12
    )
    pen.put("PKG. NO.", w - 3.3, y, 0.06).put("214", w - 3.2, y + 0.3, 0.12)
    pen.put("SHEET", w - 2.2, y, 0.06).put("4", w - 2, y + 0.2, 0.14).put("OF", w - 2, y + 0.5, 0.06).put(
        "11", w - 2, y + 0.65, 0.14
    )
    return 0.5, 0.5, w - 1, h - 2.4


def far_below(pen: Pen, o: Office, s: Drawn) -> Area:
    """Wide cells in a strip down the right edge: the label in the cell's corner, the value large and far below."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 3.4 * u
    pen.lines(o.firm, x, u, 0.2 * u).put(o.say("project"), x, 12 * u, 0.06 * u)
    for row, line in enumerate((*o.project, *o.address)):
        pen.centred(line, x + 1.5 * u, (12.7 + 0.45 * row) * u, 0.2 * u)
    pen.put(o.say("title"), x, 17 * u, 0.06 * u)
    for row, line in enumerate(s.title):
        pen.centred(line, x + 1.5 * u, (17.8 + 0.4 * row) * u, 0.2 * u)
    pen.put(o.say("date"), x, 19.6 * u, 0.06 * u).centred(o.date, x + 0.7 * u, 20 * u, 0.11 * u)
    pen.put(o.say("job"), x + 1.6 * u, 19.6 * u, 0.06 * u).centred(o.job, x + 2.3 * u, 20 * u, 0.11 * u)
    pen.put(o.say("number"), x, 20.9 * u, 0.06 * u).centred(s.lettered, x + 1.5 * u, 21.8 * u, 0.5 * u)
    return 0.5, 0.5, x - 1, h - 1
