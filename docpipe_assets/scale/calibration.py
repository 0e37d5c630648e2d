"""A page's scale, as far as it is written: what the notes say, which of them governs, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from docpipe_assets.page_text import PageText
from docpipe_assets.scale.governing import Ruling, rule
from docpipe_assets.scale.lines import Line, read_lines
from docpipe_assets.scale.paper import Fit
from docpipe_assets.scale.sheet_size import declared_paper, fits, says_reduced
from docpipe_assets.scale.sites import Site, site_notes
from docpipe_assets.scale.values import (
    Candidate,
    Method,
    NotationKind,
    Review,
    ScaleCalibration,
    Standing,
    View,
    Where,
)
from docpipe_assets.scale.views import ViewTitle
from docpipe_assets.vocabulary import PageType, ScaleStatus

INCHES_PER_FOOT: Final = 12

_TRUST: Final = {
    Method.VIEWS_AND_TITLE_BLOCK: 0.97,
    Method.VIEW_TITLES: 0.92,
    Method.TITLE_BLOCK: 0.8,
    Method.LABELLED_NOTE: 0.8,
    Method.DOMINANT_VIEWS: 0.6,
    Method.LOOSE_NOTE: 0.5,
}
"""How often the notes that a method rests on give the scale of the drawing, at best."""
_REVIEW_TRUST: Final = 0.7
"""What each reason to look leaves of the confidence."""
_SURE_WITHOUT: Final = 0.9
_UNSURE_WITHOUT: Final = 0.5
"""Confidence that the page has no scale of its own, when nothing or something speaks against it."""
_SURE_NOTE: Final = 0.8
_SURE_READING: Final = 0.75

_TEXT_PAGES: Final = frozenset(
    {PageType.SPECIFICATION, PageType.SCHEDULE, PageType.GENERAL_NOTES, PageType.TITLE_SHEET}
)
_UNMEASURED_PAGES: Final = _TEXT_PAGES | {PageType.VIEW_3D}
_MEASURED_PAGES: Final = frozenset(PageType) - _UNMEASURED_PAGES - {PageType.DIAGRAM, PageType.OTHER}

_PLAN_READ: Final = Fraction(16)
"""Where a plan's scale was read off an image, once: a larger one has more likely lost a digit, as `1:10` of `1:100`."""
_PLAN: Final = (Fraction(10), Fraction(1500))
_USUAL: Final = {
    PageType.FLOOR_PLAN: _PLAN,
    PageType.REFLECTED_CEILING_PLAN: _PLAN,
    PageType.ROOF_PLAN: _PLAN,
    PageType.FOUNDATION_PLAN: _PLAN,
    PageType.FRAMING_PLAN: _PLAN,
    PageType.SITE_PLAN: (Fraction(48), Fraction(50000)),
    PageType.ELEVATION: (Fraction(4), Fraction(600)),
    PageType.SECTION: (Fraction(1), Fraction(1200)),
    PageType.DETAIL: (Fraction(1, 10), Fraction(250)),
}
"""The scales, as N of 1:N, between which sheets of a type are drawn; others may be true and are looked at."""


def calibrate(text: PageText, page_type: PageType, paper_assumed: bool = False) -> ScaleCalibration:
    """The scale that is written on a page, with every candidate, its place and what became of it.

    `paper_assumed` says that the page image does not state its resolution: what a scale means in pixels is
    then a guess, and a person has to look. `pixels_per_foot` is the dots per inch times 12 over N of 1:N; it
    is given only with the status `calibrated`.
    """
    lines = read_lines(text)
    sites = site_notes(text, lines)
    ruling = rule(sites, page_type, lines)
    views = tuple(_view(site, site.title) for site in sites if site.title)
    if (
        ruling.status is ScaleStatus.CALIBRATED
        and ruling.ratio is not None
        and _measurable(page_type, ruling)
        and not _lost_digit(page_type, ruling)
    ):
        ratio = ruling.ratio
        if paper_assumed:
            ruling = replace(ruling, review=(*ruling.review, Review.PAPER_SIZE_ASSUMED))
        return _calibrated(text, page_type, lines, sites, ruling, ratio, views)
    status, review = ruling.status, ruling.review
    if _lost_digit(page_type, ruling):
        status, review = ScaleStatus.NOT_FOUND, (Review.UNUSUAL_FOR_TYPE, Review.DOUBTFUL_READING)
    elif status is ScaleStatus.CALIBRATED:
        status = ScaleStatus.NOT_TO_SCALE if page_type is PageType.VIEW_3D else ScaleStatus.NOT_A_DRAWING
        review = (*review, Review.NO_DRAWING_EXPECTED)
    elif status is ScaleStatus.NOT_FOUND:
        status = _nothing_written(page_type, lines)
        review = (Review.NO_SCALE_WRITTEN,) if page_type in _MEASURED_PAGES else ()
    quoted = ruling.speakers[0] if ruling.speakers else None
    return ScaleCalibration(
        status,
        quoted.note.notation.text if quoted else None,
        box=quoted.note.box if quoted else None,
        confidence=_SURE_WITHOUT if not review else _UNSURE_WITHOUT,
        review=review,
        candidates=_candidates(sites, None),
        views=views,
    )


def _measurable(page_type: PageType, ruling: Ruling) -> bool:
    """Whether there is a view to measure: a page of text or of pictures may carry a scale in its title block only."""
    return page_type not in _UNMEASURED_PAGES or ruling.method not in (Method.TITLE_BLOCK, Method.LOOSE_NOTE)


def _lost_digit(page_type: PageType, ruling: Ruling) -> bool:
    """Whether the one note was read off an image and is too large a scale for a plan."""
    return (
        ruling.ratio is not None
        and _USUAL.get(page_type) is _PLAN
        and ruling.ratio < _PLAN_READ
        and len(ruling.speakers) == 1
        and ruling.speakers[0].note.confidence < 1
    )


def _calibrated(
    text: PageText,
    page_type: PageType,
    lines: Sequence[Line],
    sites: Sequence[Site],
    ruling: Ruling,
    ratio: Fraction,
    views: tuple[View, ...],
) -> ScaleCalibration:
    quoted = max(ruling.speakers, key=_quotability)
    noted = max(site.note.notation.confidence for site in ruling.speakers)
    read = max(site.note.confidence for site in ruling.speakers)
    fit = _paper_fit(text, lines, ruling)
    least, most = _USUAL.get(page_type, (ratio, ratio))
    reasons = {
        Review.DOUBTFUL_NOTE: noted < _SURE_NOTE,
        Review.DOUBTFUL_READING: read < _SURE_READING,
        Review.OTHER_PAPER: fit in (Fit.RESIZED, Fit.UNCLEAR),
        Review.REDUCED_PRINT: says_reduced(lines),
        Review.UNUSUAL_FOR_TYPE: not least <= ratio <= most,
        Review.NO_DRAWING_EXPECTED: page_type in _UNMEASURED_PAGES,
    }
    review = tuple(dict.fromkeys((*ruling.review, *(reason for reason, holds in reasons.items() if holds))))
    resized = fit is Fit.RESIZED and Review.OTHER_PAPER not in ruling.review
    return ScaleCalibration(
        ScaleStatus.MISMATCH if resized else ScaleStatus.CALIBRATED,
        quoted.note.notation.text,
        ratio,
        None if resized else float(Fraction(text.dpi) * INCHES_PER_FOOT / ratio),
        quoted.note.box,
        ruling.method,
        _TRUST[ruling.method] * noted * read * _REVIEW_TRUST ** len(review),
        review,
        _candidates(sites, quoted),
        views,
    )


def _quotability(site: Site) -> tuple[bool, float]:
    return site.where is Where.VIEW_TITLE, site.note.notation.confidence * site.note.confidence


def _paper_fit(text: PageText, lines: Sequence[Line], ruling: Ruling) -> Fit | None:
    """How the page relates to the sheet that the scale was written for, where the page says which."""
    papers = {site.note.notation.paper for site in ruling.speakers} - {None}
    stated = [fits(paper, text) for paper in papers if paper]
    if Fit.SAME in stated:
        return Fit.SAME
    if not stated and (paper := declared_paper(lines)):
        stated = [fits(paper, text)]
    return stated[0] if stated else None


def _nothing_written(page_type: PageType, lines: Sequence[Line]) -> ScaleStatus:
    """A page of text is no drawing; a drawing without a note has no scale that could be found."""
    running = sum(len(line.text.split()) >= 6 for line in lines)
    prose = page_type is PageType.OTHER and running > 0.4 * len(lines)
    return ScaleStatus.NOT_A_DRAWING if page_type in _TEXT_PAGES or prose else ScaleStatus.NOT_FOUND


def _view(site: Site, title: ViewTitle) -> View:
    notation = site.note.notation
    return View(title.text, title.number, notation.text, notation.kind, notation.ratio, site.box)


def _candidates(sites: Sequence[Site], chosen: Site | None) -> tuple[Candidate, ...]:
    return tuple(_candidate(site, chosen) for site in sites)


def _candidate(site: Site, chosen: Site | None) -> Candidate:
    notation = site.note.notation
    if site is chosen:
        standing = Standing.CHOSEN
    elif site.barred is not None:
        standing = site.barred
    elif chosen is not None and notation.kind is NotationKind.NUMERIC and notation.ratio == chosen.ratio:
        standing = Standing.AGREES
    else:
        standing = Standing.SUBSIDIARY_VIEW if site.subsidiary else Standing.OTHER_SCALE
    return Candidate(
        notation.text,
        notation.kind,
        notation.ratio,
        notation.paper,
        site.note.box,
        site.where,
        standing,
        notation.confidence * site.note.confidence,
        tuple(sorted(notation.doubts)),
    )
