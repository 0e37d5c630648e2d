"""Title blocks as offices around the world arrange them. Each layout draws one and returns the area that is left."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from docpipe_tests.classification.drafting import Pen, table

Area = tuple[float, ...]


@dataclass(frozen=True)
class Drawn:
    """One sheet to draw, and what a person reads off it. `shown` is the number as lettered, if otherwise."""

    number: str | None
    title: tuple[str, ...]
    page_type: str
    discipline: str
    views: tuple[tuple[str, str], ...] = ()
    body: str = "plan"
    shown: str = ""
    scale: str = ""

    @property
    def lettered(self) -> str:
        return self.shown or self.number or ""

    @property
    def name(self) -> str | None:
        return " ".join(self.title) or None


@dataclass(frozen=True)
class Office:
    """One office's title block: its words, the project in it, and the sheets of one set."""

    key: str
    size: tuple[float, float]
    layout: Callable[[Pen, Office, Drawn], Area]
    sheets: tuple[Drawn, ...]
    language: str = "english"
    words: Mapping[str, str] = field(default_factory=dict)
    firm: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    client: str = ""
    address: tuple[str, ...] = ()
    job: str = ""
    date: str = ""
    rotation: int = 0
    metric: bool = False

    def say(self, word: str) -> str:
        return self.words.get(word, "")


def right_strip(pen: Pen, o: Office, s: Drawn) -> Area:
    """Cells down the right edge, small labels above the values, the number large at the foot."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 2.9 * u
    pen.box(x - 0.1, 0.3, w - x - 0.2, h - 0.6).lines(o.firm, x, 0.6, 0.13 * u)
    pen.put("CONSULTANTS", x, 3 * u, 0.06 * u)
    pen.lines(
        ["Torvald & Beck Structural Engineers", "410 Quarry St. Suite 12", "(555) 010-4477"],
        x,
        3.3 * u,
        0.07 * u,
    )
    pen.put("NO.", x, 8 * u, 0.06 * u).put("DESCRIPTION", x + 0.6, 8 * u, 0.06 * u).put(
        "DATE", x + 1.8, 8 * u, 0.06 * u
    )
    table(
        pen,
        [["1", "PERMIT COMMENTS", "04/02/18"], ["2", "ADDENDUM 2", "05/11/18"]],
        x,
        8.2 * u,
        0.75,
        0.07 * u,
    )
    pen.put(o.say("project"), x, 13.2 * u, 0.06 * u).lines(o.project, x, 13.5 * u, 0.16 * u)
    pen.lines(o.address, x, 14.9 * u, 0.09 * u)
    for at, (word, value) in enumerate(
        [("job", o.job), ("date", o.date), ("drawn", "M.K."), ("checked", "R.S.")]
    ):
        pen.put(o.say(word), x, (16.5 + 0.4 * at) * u, 0.06 * u).put(
            value, x + 1.2 * u, (16.5 + 0.4 * at) * u, 0.09 * u
        )
    pen.put(o.say("title"), x, 18.8 * u, 0.06 * u).lines(s.title, x, 19.1 * u, 0.17 * u)
    pen.put(o.say("number"), x, 21.6 * u, 0.06 * u).put(s.lettered, x + 0.3 * u, 22 * u, 0.55 * u)
    return 0.5, 0.5, x - 1, h - 1


def bare_strip(pen: Pen, o: Office, s: Drawn) -> Area:
    """A strip down the right edge without a single label: firm, project, title, number, by size and place."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 3.2 * u
    middle = x + 1.5 * u
    for row, line in enumerate(o.firm):
        pen.centred(line, middle, (1 + 0.35 * row) * u, 0.16 * u)
    for row, line in enumerate((*o.project, *o.address)):
        pen.centred(line, middle, (12 + 0.4 * row) * u, 0.2 * u)
    for row, line in enumerate(s.title):
        pen.centred(line, middle, (18 + 0.4 * row) * u, 0.22 * u)
    pen.centred(o.date, middle, 20 * u, 0.12 * u).centred(o.job, middle, 20.4 * u, 0.12 * u)
    pen.centred(s.lettered, middle, 21.6 * u, 0.6 * u)
    return 0.5, 0.5, x - 1, h - 1


def turned_strip(pen: Pen, o: Office, s: Drawn) -> Area:
    """A narrow strip down the right edge, all lettered upwards but for the number."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 1.7 * u
    pen.upwards(o.firm[0], x, 6 * u, 0.25 * u).upwards("  ".join(o.address), x + 0.5 * u, 14 * u, 0.12 * u)
    pen.upwards(" ".join(o.project), x, 15.5 * u, 0.3 * u).upwards(
        o.say("title"), x + 0.1 * u, 21 * u, 0.06 * u
    )
    for row, line in enumerate(s.title):
        pen.upwards(line, x + (0.25 + 0.35 * row) * u, 21 * u, 0.2 * u)
    pen.put(o.say("date"), x, 21.6 * u, 0.06 * u).put(o.date, x + 0.5 * u, 21.6 * u, 0.08 * u)
    pen.put(o.say("number"), x, 22 * u, 0.06 * u).put(s.lettered, x + 0.1 * u, 22.3 * u, 0.4 * u)
    return 0.5, 0.5, x - 1, h - 1


def all_turned(pen: Pen, o: Office, s: Drawn) -> Area:
    """A strip in which the number, too, is lettered upwards, at its upper end."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 1.5 * u
    pen.upwards(o.firm[0], x, 22.5 * u, 0.2 * u).upwards(o.say("project"), x, 16 * u, 0.06 * u)
    pen.upwards(" ".join(o.project), x + 0.2 * u, 16 * u, 0.2 * u).upwards(
        " ".join(o.address), x + 0.6 * u, 16 * u, 0.1 * u
    )
    pen.upwards(o.say("title"), x, 9 * u, 0.06 * u)
    for row, line in enumerate(s.title):
        pen.upwards(line, x + (0.2 + 0.3 * row) * u, 9 * u, 0.18 * u)
    pen.upwards(o.say("number"), x, 3 * u, 0.06 * u).upwards(s.lettered, x + 0.3 * u, 2.9 * u, 0.45 * u)
    pen.upwards(o.say("date"), x + 0.9 * u, 9 * u, 0.06 * u).upwards(o.date, x + 0.9 * u, 8 * u, 0.08 * u)
    return 0.5, 0.5, x - 1, h - 1


def bottom_strip(pen: Pen, o: Office, s: Drawn) -> Area:
    """Cells along the lower edge, a label over each value, the number at the right end."""
    w, h = pen.width, pen.height
    u = w / 36
    y = h - 1.7 * u
    cells = [
        ("firm", o.firm, 0.5),
        ("client", (o.client,), 7.5),
        ("project", (*o.project, *o.address), 13),
        ("title", s.title, 21),
    ]
    for word, value, x in cells:
        pen.rule(x * u - 0.1, y, x * u - 0.1, y + 1.3 * u).put(o.say(word), x * u, y + 0.05 * u, 0.06 * u)
        pen.lines(value, x * u, y + 0.25 * u, 0.15 * u)
    for at, (word, worth) in enumerate(
        [("scale", s.scale), ("date", o.date), ("job", o.job), ("drawn", "AV")]
    ):
        pen.put(o.say(word), 28.5 * u, y + (0.1 + 0.32 * at) * u, 0.06 * u).put(
            worth, 29.8 * u, y + (0.1 + 0.32 * at) * u, 0.09 * u
        )
    pen.put(o.say("number"), 32 * u, y + 0.05 * u, 0.06 * u).put(s.lettered, 32.2 * u, y + 0.5 * u, 0.35 * u)
    pen.put(o.say("rev"), 34.8 * u, y + 0.05 * u, 0.06 * u).put(
        "2" if o.say("rev") else "", 34.9 * u, y + 0.5 * u, 0.25 * u
    )
    return 0.4, 0.4, w - 1, y - 0.6


def corner_box(pen: Pen, o: Office, s: Drawn) -> Area:
    """A box of 7 x 3 inches in the lower right corner: labels over values, a table of revisions above."""
    w, h = pen.width, pen.height
    x, y = w - 7.4, h - 3.4
    head = [o.say("rev"), o.say("change") or "DESCRIPTION", o.say("date"), o.say("drawn")]
    table(
        pen, [["B", "Updated", o.date, "KL"], ["A", "First issue", o.date, "KL"], head], x, y - 0.9, 1.6, 0.07
    )
    pen.box(x - 0.1, y - 0.1, 7.2, 3.2).lines(o.firm, x, y, 0.1)
    pen.put(o.say("client"), x + 3.5, y, 0.06).put(o.client, x + 3.5, y + 0.12, 0.1)
    pen.put(o.say("project"), x, y + 0.9, 0.06).lines((*o.project, *o.address), x, y + 1.05, 0.11, 1.4)
    pen.put(o.say("title"), x, y + 1.75, 0.06).lines(s.title, x, y + 1.9, 0.13, 1.5)
    row = [("drawn", "KL"), ("checked", "TM"), ("date", o.date), ("scale", s.scale), ("job", o.job)]
    for at, (word, value) in enumerate(row):
        pen.put(o.say(word), x + 0.8 * at, y + 2.5, 0.05).put(value, x + 0.8 * at, y + 2.65, 0.08)
    pen.put(o.say("number"), x + 4.4, y + 2.5, 0.05).put(s.lettered, x + 4.4, y + 2.65, 0.16)
    pen.put(o.say("rev"), x + 6.6, y + 2.5, 0.05).put("B", x + 6.65, y + 2.65, 0.16)
    return 0.5, 0.5, w - 1, h - 4.8


def label_left(pen: Pen, o: Office, s: Drawn) -> Area:
    """Rows in the lower right corner, label and colon left, the value in a column of its own."""
    w, h = pen.width, pen.height
    x, y = w - 5.6, h - 2.9
    pen.lines(o.firm, x, y - 0.9, 0.13)
    rows = [("project", " ".join(o.project)), ("address", " ".join(o.address)), ("client", o.client),
            ("title", " ".join(s.title)), ("job", o.job), ("date", o.date), ("scale", s.scale), ("number", s.lettered)]  # fmt: skip
    for at, (word, value) in enumerate(rows):
        label = o.say(word)
        pen.put(f"{label}:" if label else "", x, y + 0.32 * at, 0.08).put(value, x + 1.5, y + 0.32 * at, 0.11)
    return 0.5, 0.5, w - 7, h - 1


def inline(pen: Pen, o: Office, s: Drawn) -> Area:
    """A small block: each label runs straight into its value, all in one type."""
    w, h = pen.width, pen.height
    x, y = w - 4, h - 2.2
    pen.put(o.firm[0], x, y - 0.3, 0.14)
    rows = [("project", " ".join(o.project)), ("title", " ".join(s.title)), ("date", o.date), ("scale", s.scale),
            ("drawn", "JB"), ("number", s.lettered)]  # fmt: skip
    for at, (word, value) in enumerate(rows):
        pen.put(f"{o.say(word)} {value}", x, y + 0.28 * at, 0.1)
    return 0.5, 0.5, w - 5, h - 1


def label_below(pen: Pen, o: Office, s: Drawn) -> Area:
    """A strip down the right edge with each label in small type under its value."""
    w, h = pen.width, pen.height
    u = h / 24
    x = w - 3.2 * u
    pen.lines(o.firm, x, 0.8 * u, 0.15 * u).lines(o.project, x, 14 * u, 0.17 * u).put(
        o.say("project"), x, 14.7 * u, 0.06 * u
    )
    pen.lines(o.address, x, 15.2 * u, 0.1 * u)
    pen.lines(s.title, x, 18.2 * u, 0.17 * u, 1.5).put(
        o.say("title"), x, (18.2 + 0.28 * len(s.title)) * u, 0.06 * u
    )
    pen.put(o.date, x, 20.2 * u, 0.1 * u).put(o.say("date"), x, 20.38 * u, 0.06 * u)
    pen.put(o.job, x + 1.4 * u, 20.2 * u, 0.1 * u).put(o.say("job"), x + 1.4 * u, 20.38 * u, 0.06 * u)
    pen.put(s.lettered, x, 21.8 * u, 0.4 * u).put(o.say("number"), x, 22.35 * u, 0.06 * u)
    return 0.5, 0.5, x - 1, h - 1


def coded_cells(pen: Pen, o: Office, s: Drawn) -> Area:
    """Lower right box whose number after BS 1192 stands in cells, each under its own label."""
    w, h = pen.width, pen.height
    x, y = w - 6.9, h - 3
    pen.lines(o.firm, x, y - 0.9, 0.12).put("Client", x, y, 0.06).put(o.client, x, y + 0.12, 0.1)
    pen.put("Project", x, y + 0.4, 0.06).lines((*o.project, *o.address), x, y + 0.52, 0.1)
    pen.put("Title", x, y + 1.05, 0.06).lines(s.title, x, y + 1.2, 0.12)
    for at, (word, value) in enumerate(
        [("Scale @ A1", s.scale), ("Drawn", "HB"), ("Checked", "PW"), ("Date", o.date)]
    ):
        pen.put(word, x + at * 1.2, y + 1.8, 0.06).put(value, x + at * 1.2, y + 1.93, 0.09)
    pen.put("Suitability", x + 4.9, y + 1.8, 0.06).put("S2", x + 4.9, y + 1.93, 0.09)
    names = ["Project", "Originator", "Volume", "Level", "Type", "Role", "Number"]
    for at, (word, value) in enumerate(zip(names, s.lettered.split("-"), strict=True)):
        pen.put(word, x + at * 0.8, y + 2.35, 0.05).put(value, x + at * 0.8, y + 2.5, 0.12)
    pen.put("Revision", x + 6, y + 2.35, 0.05).put("P02", x + 6, y + 2.5, 0.12)
    return 0.5, 0.5, w - 1, h - 4.5


def counted(pen: Pen, o: Office, s: Drawn) -> Area:
    """A strip along the foot of a survey sheet: structure, place, and SHEET 3 OF 9 at the right end."""
    w, h = pen.width, pen.height
    y = h - 1.1
    pen.put("DELINEATED BY: R. OSTRANDER, 1987", 0.6, y + 0.6, 0.07).put(o.firm[0], 0.6, y, 0.12)
    pen.centred(" ".join(o.project), w * 0.5, y, 0.18).centred("  ".join(o.address), w * 0.5, y + 0.45, 0.1)
    pen.centred(" ".join(s.title), w * 0.76, y + 0.1, 0.16)
    pen.put(o.job, w - 4.2, y + 0.65, 0.1).put(o.say("number"), w - 2.4, y, 0.08).put(
        s.lettered, w - 2.4, y + 0.3, 0.16
    )
    return 0.5, 0.5, w - 1, h - 1.8


def top_corner(pen: Pen, o: Office, s: Drawn) -> Area:
    """A road sheet: number and total in a box in the upper right corner, the title in the lower one."""
    w, h = pen.width, pen.height
    for at, (word, value) in enumerate(
        [("STATE", "WX"), (o.say("job"), o.job), (o.say("number"), s.lettered), ("TOTAL SHEETS", "48")]
    ):
        pen.put(word, w - 6.5 + at * 1.6, 0.5, 0.07).put(value, w - 6.4 + at * 1.6, 0.75, 0.13)
    pen.lines(o.firm, w - 5, h - 2.4, 0.14)
    pen.lines(o.project, w - 5, h - 1.7, 0.14).lines(s.title, w - 5, h - 1.1, 0.2)
    return 0.5, 1.2, w - 6.5, h - 2


def left_strip(pen: Pen, o: Office, s: Drawn) -> Area:
    """A strip down the left edge."""
    h = pen.height
    u = h / 24
    pen.lines(o.firm, 0.5, 1 * u, 0.14 * u).put(o.say("project"), 0.5, 10 * u, 0.06 * u)
    pen.lines((*o.project, *o.address), 0.5, 10.2 * u, 0.14 * u).put(o.say("title"), 0.5, 17 * u, 0.06 * u)
    pen.lines(s.title, 0.5, 17.3 * u, 0.17 * u).put(o.say("date"), 0.5, 19.8 * u, 0.06 * u).put(
        o.date, 1.4, 19.8 * u, 0.08 * u
    )
    pen.put(o.say("number"), 0.5, 21 * u, 0.06 * u).put(s.lettered, 0.6, 21.4 * u, 0.45 * u)
    return 4.2, 0.5, pen.width - 5, h - 1


def sketch(pen: Pen, o: Office, s: Drawn) -> Area:
    """A sketch on office paper that goes with an instruction: heading lines at the foot."""
    w, h = pen.width, pen.height
    pen.lines(o.firm, 0.5, 0.4, 0.1).put(o.say("number"), w - 2.3, h - 0.9, 0.07).put(
        s.lettered, w - 2.3, h - 0.7, 0.22
    )
    pen.put(o.say("project"), 0.5, h - 1.5, 0.07).put(" ".join(o.project), 1.4, h - 1.5, 0.1)
    pen.put(o.say("title"), 0.5, h - 1.2, 0.07).put(" ".join(s.title), 1.4, h - 1.2, 0.1)
    pen.put(o.say("ref"), 0.5, h - 0.9, 0.07).put("A-201" if o.say("ref") else "", 1.4, h - 0.9, 0.1)
    pen.put(o.say("date"), 0.5, h - 0.6, 0.07).put(o.date, 1.4, h - 0.6, 0.1)
    return 0.5, 0.8, w - 1, h - 2.6
