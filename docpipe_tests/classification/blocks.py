"""Title blocks as different offices draw them."""

from __future__ import annotations

from collections.abc import Sequence

from docpipe_tests.classification.paper import QUARTER_INCH, Paper, drawn


def right_strip(number: str, title: Sequence[str], *views: tuple[str, str]) -> Paper:
    """A strip along the right edge with labels, revisions and all that an office puts there."""
    paper, x = drawn(Paper(), *views), 33.0
    paper.put("SMITH & JONES ARCHITECTS, LLC", x, 1, 0.15).put("123 MAIN STREET, SUITE 200", x, 1.4)
    paper.put("PORTLAND, OR 97201", x, 1.6).put("(503) 555-1234", x, 1.8)
    paper.table([["NO.", "DATE", "DESCRIPTION"], ["1", "02/03/2019", "ADDENDUM 1"]], x, 8, 0.7, 0.08)
    paper.put("PROJECT:", x, 14, 0.08).lines(
        ["RIVERSIDE MEDICAL CLINIC", "TENANT IMPROVEMENT"], x, 14.2, 0.16
    )
    paper.put("4500 RIVER ROAD, SALEM, OR 97301", x, 14.8).put("ISSUED FOR PERMIT", x, 16, 0.14)
    pairs = [("PROJECT NO.", "1904"), ("DATE", "03/15/2019"), ("DRAWN BY", "JKS"), ("CHECKED BY", "RMJ")]
    for at, (label, value) in enumerate(pairs):
        paper.put(label, x, 17 + at * 0.3, 0.08).put(value, x + 1, 17 + at * 0.3)
    paper.put("SHEET TITLE", x, 19, 0.08).lines(title, x + 0.1, 19.25, 0.2)
    return paper.put("SHEET NUMBER", x, 21.5, 0.08).put(number, x + 0.4, 21.9, 0.6)


def bottom_strip(number: str, title: Sequence[str], *views: tuple[str, str]) -> Paper:
    """A strip along the lower edge without a single label for number or title."""
    paper, y = drawn(Paper(34, 22), *views, to=0.9), 20.3
    paper.put("HARRISON ENGINEERING GROUP", 12, y, 0.2).put("88 OAK AVENUE, DENVER, CO 80202", 12, y + 0.4)
    paper.lines(["CEDAR CREEK", "SUBDIVISION"], 19, y, 0.25)
    paper.lines(title, 26, y, 0.22).put(number, 31, y + 0.5, 0.45)
    return paper.put("PROJECT NO. 2018-114", 26, y + 1.0).put("DATE: MAY 2018", 28.5, y + 1.0)


def lettered_upwards(number: str, title: str, *views: tuple[str, str]) -> Paper:
    """A strip along the right edge in which all but the number reads upwards."""
    paper, x = drawn(Paper(24, 18), *views), 22.0
    paper.put("KELLER RESIDENCE", x, 12, 0.35, 270).put("77 HILL DRIVE, BOULDER, CO", x + 0.5, 12, 0.15, 270)
    paper.put(title, x + 0.9, 12, 0.25, 270).put("SCALE", x, 14, 0.08).put(QUARTER_INCH, x + 0.5, 14)
    return paper.put("DATE", x, 14.3, 0.08).put("6.12.17", x + 0.5, 14.3).put(number, x + 0.2, 16, 0.6)


def in_labelled_rows(
    rows: Sequence[tuple[str, str]], number: tuple[str, str], *views: tuple[str, str], firm: str = ""
) -> Paper:
    """A metric sheet: a label above each value in the right-hand strip, the number last and large."""
    paper, x = drawn(Paper(33.1, 23.4), *views), 27.5
    paper.put(firm, x, 11, 0.2) if firm else None
    for at, (label, value) in enumerate(rows):
        paper.put(label, x, 13 + at * 0.8, 0.08).put(value, x, 13.15 + at * 0.8, 0.15)
    label, value = number
    return paper.put(label, x + 2.5, 20.5, 0.08).put(value, x + 2.5, 20.75, 0.35)
