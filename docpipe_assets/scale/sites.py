"""Where each scale note stands on its sheet, and which notes can speak for the sheet at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from docpipe_assets.page_text import Box, PageText
from docpipe_assets.scale.canonical import canonical
from docpipe_assets.scale.lines import Line
from docpipe_assets.scale.notes import Note, find_notes
from docpipe_assets.scale.paper import Fit
from docpipe_assets.scale.sheet_size import fits
from docpipe_assets.scale.title_block import cell_labels, in_title_block
from docpipe_assets.scale.values import Axis, Doubt, NotationKind, Standing, System, Where
from docpipe_assets.scale.views import ViewTitle, title_of
from docpipe_assets.scale.words import PICTORIAL, SUBSIDIARY

_LEGEND_RATIOS: Final = 4
"""Different scales in one column or row, without titles: a legend of bars, not views."""
_TABLE_ROWS: Final = 4
_ROW_PITCH: Final = 3.0
"""Notes above one another, at most this many type heights apart: the scale column of a sheet index."""
_LEAST_LOOSE_RATIO: Final = 50
"""A bare `1:20` without title or label is a slope sooner than a scale, and so is any that is repeated."""


@dataclass(frozen=True, slots=True)
class Site:
    """A note with its place. `barred` says why it cannot speak for the sheet."""

    note: Note
    where: Where
    title: ViewTitle | None = None
    barred: Standing | None = None

    @property
    def ratio(self) -> Fraction | None:
        return self.note.notation.ratio

    @property
    def kind(self) -> NotationKind:
        return self.note.notation.kind

    @property
    def box(self) -> Box:
        """Around the note and, for a view, its title."""
        return self.note.box.union(self.title.box) if self.title else self.note.box

    @property
    def bare_ratio(self) -> bool:
        """Whether it is a lone `1:100` that nothing says to be a scale."""
        return self.where is Where.LOOSE and _could_be_slope(self.note)

    @property
    def subsidiary(self) -> bool:
        """Whether it is the note of a key plan or a vicinity map."""
        return self.title is not None and SUBSIDIARY.search(canonical(self.title.text).text) is not None


def site_notes(page: PageText, lines: Sequence[Line]) -> list[Site]:
    """Every note of the page with its place; words that are notes only in the right place are left out elsewhere."""
    labels = cell_labels(lines)
    sites = []
    for note in find_notes(lines):
        title = title_of(note, lines)
        if title and not title.certain and _could_be_slope(note):
            title = None
        sheet_cell = in_title_block(note, page, labels) and not (title and title.number and title.says_view)
        if sheet_cell:
            site = Site(note, Where.TITLE_BLOCK)
        elif title:
            site = Site(note, Where.VIEW_TITLE, title)
        else:
            site = Site(note, Where.LABELLED if note.labelled else Where.LOOSE)
        if _is_meant(site):
            sites.append(site)
    return _with_bars(sites, page)


def _could_be_slope(note: Note) -> bool:
    """Whether nothing of the note itself says that its ratio is a scale: `1:100` without label or paper."""
    notation = note.notation
    return notation.system is System.METRIC and notation.paper is None and not notation.labelled


def _is_meant(site: Site) -> bool:
    """`VARIES` needs a label; `AS NOTED` a label, a title or a title block."""
    if site.kind is not NotationKind.AS_NOTED or site.note.labelled:
        return True
    return not site.note.notation.weak and site.where is not Where.LOOSE


def _with_bars(sites: Sequence[Site], page: PageText) -> list[Site]:
    numeric = [site for site in sites if site.kind is NotationKind.NUMERIC]
    worded = {site.ratio for site in numeric if site.note.notation.in_words}
    this_paper = any(_on_this_paper(site, page) for site in numeric)
    bare = sum(site.bare_ratio for site in numeric)
    barred = []
    for site in sites:
        if site in numeric and _in_table(site, numeric):
            standing: Standing | None = Standing.LISTED
        elif site in numeric and _in_legend(site, numeric):
            standing = Standing.GENERIC_BAR
        else:
            standing = _bar(
                site, page, generic_words=len(worded) > 1, this_paper=this_paper, repeated=bare > 1
            )
        barred.append(replace(site, barred=standing))
    return barred


def _bar(
    site: Site, page: PageText, *, generic_words: bool, this_paper: bool, repeated: bool
) -> Standing | None:
    notation = site.note.notation
    loose = site.where is Where.LOOSE
    title = canonical(site.title.text).text if site.title else ""
    doubtful = notation.doubts & {Doubt.UNCUSTOMARY, Doubt.BARE_FRACTION, Doubt.SIZE_WORDS}
    checks = (
        (notation.kind is not NotationKind.NUMERIC, Standing.NOT_A_NUMBER),
        (notation.axis is Axis.VERTICAL, Standing.VERTICAL),
        (notation.in_words and (generic_words or loose), Standing.GENERIC_BAR),
        (PICTORIAL.search(title) is not None, Standing.PICTORIAL_VIEW),
        (this_paper and notation.paper is not None and not _on_this_paper(site, page), Standing.OTHER_PAPER),
        (loose and bool(doubtful), Standing.WEAK),
        (Doubt.UNCUSTOMARY in notation.doubts and site.note.confidence < 1, Standing.WEAK),
        (site.bare_ratio and ((site.ratio or 0) < _LEAST_LOOSE_RATIO or repeated), Standing.WEAK),
    )
    return next((standing for holds, standing in checks if holds), None)


def _on_this_paper(site: Site, page: PageText) -> bool:
    paper = site.note.notation.paper
    return paper is not None and fits(paper, page) is Fit.SAME


def _in_legend(site: Site, numeric: Sequence[Site]) -> bool:
    """Whether a note stands in a column or a row of many different scales without titles."""
    if site.where is Where.VIEW_TITLE or site.where is Where.TITLE_BLOCK:
        return False
    place, reach = site.note.extent, 2 * site.note.line.size
    turn = site.note.line.turn
    peers = [
        p
        for p in numeric
        if p.note.line.turn == turn and p.where not in (Where.VIEW_TITLE, Where.TITLE_BLOCK)
    ]
    column = {p.ratio for p in peers if abs(p.note.extent.left - place.left) <= reach}
    row = {p.ratio for p in peers if abs(p.note.extent.middle - place.middle) <= reach}
    return max(len(column), len(row)) >= _LEGEND_RATIOS


def _in_table(site: Site, numeric: Sequence[Site]) -> bool:
    """Whether a note stands in a column of close rows, as in a list of sheets with their scales."""
    place, turn = site.note.extent, site.note.line.turn
    column = [
        p.note.extent.middle
        for p in numeric
        if p.note.line.turn == turn and p.note.extent.columns_shared(place) >= 0.5
    ]
    pitch = _ROW_PITCH * site.note.size
    rows = 1
    for step in (1, -1):
        at = place.middle
        while near := [y for y in column if 0 < step * (y - at) <= pitch]:
            at = min(near, key=lambda y: step * y)
            rows += 1
    return rows >= _TABLE_ROWS
