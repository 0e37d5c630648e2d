"""What a page shows, from its title, its views, the type digit of its number and the look of its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from docpipe_assets.classification.evidence import PageEvidence
from docpipe_assets.classification.findings import Finding
from docpipe_assets.classification.number_choice import RankedNumber
from docpipe_assets.classification.page_kind import PageKind
from docpipe_assets.classification.phrases import type_words
from docpipe_assets.classification.title_choice import RankedTitle
from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import Discipline, PageType

_VIEWS = 3.0
_HEADING = 0.5
_MANY_VIEWS = 6
_DETAIL_RATIO = 12.5
_IN_BLOCK, _HEADING_IN_BLOCK = 0.6, 0.3
_DOUBT = 1.5
_STOREY, _NAMED, _AS_PLACE = 3.2, 4.0, 0.6

_FLOOR, _RCP, _ROOF = PageType.FLOOR_PLAN, PageType.REFLECTED_CEILING_PLAN, PageType.ROOF_PLAN
_FOUNDATION, _FRAMING, _SITE = PageType.FOUNDATION_PLAN, PageType.FRAMING_PLAN, PageType.SITE_PLAN

# Sheet type digits of the U.S. National CAD Standard. Many offices number otherwise, so they only lean.
_DIGITS: dict[int, dict[PageType, float]] = {
    0: {PageType.GENERAL_NOTES: 0.7, PageType.TITLE_SHEET: 0.7},
    1: {_FLOOR: 0.8, _RCP: 0.3, _ROOF: 0.3, _SITE: 0.2, _FOUNDATION: 0.4, _FRAMING: 0.4},
    2: {PageType.ELEVATION: 1.0},
    3: {PageType.SECTION: 1.0},
    4: {PageType.DETAIL: 1.0, _FLOOR: 0.3},
    5: {PageType.DETAIL: 1.2},
    6: {PageType.SCHEDULE: 1.0, PageType.DIAGRAM: 0.4},
    9: {PageType.VIEW_3D: 0.8},
}


def tell_page_type(
    page: PageEvidence,
    kind: PageKind,
    number: RankedNumber | None,
    title: RankedTitle | None,
    discipline: Discipline,
) -> Finding[PageType]:
    """The page's type, with the box of the title or view that says so."""
    if not kind.is_drawing:
        if kind.specification:
            return Finding(PageType.SPECIFICATION, kind.confidence, None, "reads like a specification")
        return Finding(PageType.OTHER, kind.confidence, None, "not a drawing: reads like a document")
    votes: defaultdict[PageType, float] = defaultdict(float)
    said: defaultdict[PageType, list[str]] = defaultdict(list)
    boxes: dict[PageType, Box | None] = {}
    if title is not None:
        trust = 0.5 + 0.5 * title.confidence
        for page_type, weight in type_words(title.value).items():
            votes[page_type] += trust * weight
            said[page_type].append("the sheet title")
            boxes[page_type] = title.box
    for page_type, (weight, box) in _from_views(page).items():
        votes[page_type] += weight
        said[page_type].append("view titles")
        boxes.setdefault(page_type, box)
    if number is not None and number.candidate.shape.type_digit is not None:
        for page_type, weight in _DIGITS.get(number.candidate.shape.type_digit, {}).items():
            votes[page_type] += weight
            said[page_type].append("the sheet number")
    for page_type, weight in _from_text(page).items():
        votes[page_type] += weight
        said[page_type].append("the look of its text")
    if title is not None:
        _storeys_as_places(votes, type_words(title.value))
    _by_discipline(votes, said, discipline)
    if not votes or max(votes.values()) < 0.5:
        return Finding(PageType.OTHER, 0.2, None, "nothing says what it shows")
    order = sorted(votes.items(), key=lambda item: item[1], reverse=True)
    best, weight = order[0]
    second = order[1][1] if len(order) > 1 else 0.0
    confidence = weight / (weight + 0.7 * second + _DOUBT)
    return Finding(best, confidence, boxes.get(best), "by " + " and ".join(dict.fromkeys(said[best])))


def _from_views(page: PageEvidence) -> dict[PageType, tuple[float, Box]]:
    """The share of each type among the views, weighed by the size of their titles."""
    votes: defaultdict[PageType, float] = defaultdict(float)
    boxes: dict[PageType, Box] = {}
    largest = max((view.size for view in page.views), default=1.0)
    scaled = sum(view.scaled for view in page.views)
    for view in page.views:
        named = type_words(view.title)
        strongest = max(named.values(), default=0.0)
        if not strongest:
            continue
        weight = view.size / largest * (1.0 if view.scaled else _HEADING) * min(strongest / 3, 1.0)
        if not view.scaled and page.sheet.edge(view.box, page.sheet.turn) > _IN_BLOCK:
            # There the names of firms and projects stand, too.
            weight *= _HEADING_IN_BLOCK
        page_type = max(named, key=lambda t: named[t])
        votes[page_type] += weight
        boxes.setdefault(page_type, view.box)
    if scaled >= _MANY_VIEWS and len(votes) > 1:
        votes[PageType.DETAIL] += 0.4 * sum(votes.values())
        boxes.setdefault(PageType.DETAIL, page.views[0].box)
    ratios = [view.ratio for view in page.views if view.scaled and view.ratio]
    if votes and ratios and sum(ratio <= _DETAIL_RATIO for ratio in ratios) > 0.5 * len(ratios):
        # Whatever their titles, views at 1:10 are details.
        votes[PageType.DETAIL] += 0.6 * sum(votes.values())
        boxes.setdefault(PageType.DETAIL, page.views[0].box)
    total = sum(votes.values())
    scale = _VIEWS * min(total, 1.0) / total if total else 0.0
    return {page_type: (scale * weight, boxes[page_type]) for page_type, weight in votes.items()}


def _from_text(page: PageEvidence) -> dict[PageType, float]:
    votes: dict[PageType, float] = {}
    counts = page.statistics
    if len(page.index) >= 4 or (page.has_index_heading and page.index):
        votes[PageType.TITLE_SHEET] = 2.5
    if counts.words >= 80 and counts.dimensions < 10:
        prose, table = counts.prose_words / counts.words, counts.table_words / counts.words
        if prose > 0.5:
            votes[PageType.GENERAL_NOTES] = 1.6 * prose
        if table > 0.55:
            votes[PageType.SCHEDULE] = 1.2 * table
    return votes


def _storeys_as_places(votes: defaultdict[PageType, float], named: Mapping[PageType, float]) -> None:
    """In FIRST FLOOR RCP the storey only says where; its views are titled FIRST FLOOR as well."""
    others = max((weight for page_type, weight in named.items() if page_type is not _FLOOR), default=0.0)
    if named.get(_FLOOR, 0.0) <= _STOREY and others >= _NAMED:
        votes[_FLOOR] *= _AS_PLACE


def _by_discipline(
    votes: defaultdict[PageType, float], said: defaultdict[PageType, list[str]], discipline: Discipline
) -> None:
    """A structural plan of a floor or roof shows its framing; a civil or landscape plan shows the site."""
    if discipline is Discipline.STRUCTURAL:
        plan = votes[_FLOOR] + votes[_ROOF]
        if plan > 1.0:
            votes[_FRAMING] += plan + 0.3
            votes[_FLOOR] *= 0.5
            votes[_ROOF] *= 0.5
            said[_FRAMING].append("being a structural plan")
    elif discipline in (Discipline.CIVIL, Discipline.LANDSCAPE) and votes[_FLOOR] > 1.0:
        votes[_SITE] += votes[_FLOOR] + 0.3
        votes[_FLOOR] *= 0.5
        said[_SITE].append(f"being a {discipline} plan")
