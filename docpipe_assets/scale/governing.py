"""Which of a sheet's scales speaks for the sheet, if one does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from docpipe_assets.page_text import Box
from docpipe_assets.scale.canonical import canonical
from docpipe_assets.scale.lines import Line, extent_of
from docpipe_assets.scale.sites import Site
from docpipe_assets.scale.values import Axis, Method, NotationKind, Review, Standing, Where
from docpipe_assets.scale.words import MAIN_VIEW, PART_VIEW
from docpipe_assets.vocabulary import PageType, ScaleStatus

_DOMINANT_AREA: Final = 0.65
"""The part of the text-bearing area that one scale's views must cover to speak for the sheet ..."""
_DOMINANT_COUNT: Final = 0.5
"""... together with this part of the views."""
_EXPECTED_AREA: Final = 0.25
"""The views that a sheet of the type is there for (the floor plan on a floor plan sheet) need this part only."""
_BESIDE_COST: Final = 0.7
_BELOW_COST: Final = 6.0
_SQUARE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """The scale that speaks for the sheet, the notes that say so, and what to look at."""

    status: ScaleStatus
    method: Method = Method.NONE
    ratio: Fraction | None = None
    speakers: tuple[Site, ...] = ()
    review: tuple[Review, ...] = ()


def rule(sites: Sequence[Site], page_type: PageType, lines: Sequence[Line]) -> Ruling:
    """What the notes say of the sheet as a whole."""
    heard = [site for site in sites if site.barred is None]
    speaking = [site for site in heard if site.ratio is not None and site.ratio > 1] or heard
    views = [site for site in speaking if site.where in (Where.VIEW_TITLE, Where.LABELLED)]
    main = [site for site in views if not site.subsidiary]
    block = [site for site in speaking if site.where is Where.TITLE_BLOCK]
    loose = [site for site in speaking if site.where is Where.LOOSE]
    if main:
        ruling = _by_views(main, block, sites, page_type, lines)
    elif block:
        ruling = _single(block, Method.TITLE_BLOCK)
    elif views:
        ruling = _single(views, Method.VIEW_TITLES, Review.SUBSIDIARY_VIEW_ONLY)
    elif loose:
        ruling = _single(loose, Method.LOOSE_NOTE, Review.LOOSE_NOTE_ONLY)
    else:
        return _without_number(sites)
    return _with_others(ruling, sites, loose)


def _single(sites: Sequence[Site], method: Method, *review: Review) -> Ruling:
    ratios = {site.ratio for site in sites}
    if len(ratios) > 1:
        return Ruling(ScaleStatus.MULTIPLE, review=(Review.VIEWS_DIFFER,))
    return Ruling(ScaleStatus.CALIBRATED, method, ratios.pop(), tuple(sites), review)


def _by_views(
    main: Sequence[Site],
    block: Sequence[Site],
    sites: Sequence[Site],
    page_type: PageType,
    lines: Sequence[Line],
) -> Ruling:
    ratios = {site.ratio for site in main}
    block_ratios = {site.ratio for site in block}
    if len(ratios) > 1:
        declined = any(s.kind is NotationKind.AS_NOTED and s.where is Where.TITLE_BLOCK for s in sites)
        return _by_dominance(main, block, page_type, lines, declined)
    ratio = next(iter(ratios))
    if ratio in block_ratios:
        agreeing = tuple(main) + tuple(site for site in block if site.ratio == ratio)
        return Ruling(ScaleStatus.CALIBRATED, Method.VIEWS_AND_TITLE_BLOCK, ratio, agreeing)
    if block_ratios:
        other_paper = {site.ratio for site in sites if site.barred is Standing.OTHER_PAPER}
        if len(block_ratios) == 1 and ratio in other_paper:
            return _single(block, Method.TITLE_BLOCK, Review.OTHER_PAPER)
        return Ruling(ScaleStatus.MULTIPLE, review=(Review.TITLE_BLOCK_DIFFERS,))
    titled = any(site.where is Where.VIEW_TITLE for site in main)
    method = Method.VIEW_TITLES if titled else Method.LABELLED_NOTE
    return Ruling(ScaleStatus.CALIBRATED, method, ratio, tuple(main))


def _by_dominance(
    main: Sequence[Site], block: Sequence[Site], page_type: PageType, lines: Sequence[Line], declined: bool
) -> Ruling:
    """The scale of the views that take up most of the sheet, if they clearly do.

    `declined` says that the title block refers to the views: then being more than the others is not enough,
    and only the view that the sheet is there for speaks for it.
    """
    several = Ruling(ScaleStatus.MULTIPLE, review=(Review.VIEWS_DIFFER,))
    areas = view_areas(main, lines)
    whole = sum(areas)
    share: defaultdict[Fraction | None, float] = defaultdict(float)
    for site, area in zip(main, areas, strict=True):
        share[site.ratio] += area / whole
    count = Counter(site.ratio for site in main)
    typical = {site.ratio for site in main if _is_main(site, page_type)}
    largest = max(share, key=lambda r: share[r])
    ratio = next(iter(typical)) if len(typical) == 1 else largest
    clear = not declined and share[ratio] >= _DOMINANT_AREA and count[ratio] >= _DOMINANT_COUNT * len(main)
    expected = typical == {ratio} and share[ratio] >= _EXPECTED_AREA
    block_ratios = {site.ratio for site in block}
    if not (clear or expected) or (block_ratios and ratio not in block_ratios):
        return several
    speakers = tuple(site for site in (*main, *block) if site.ratio == ratio)
    return Ruling(ScaleStatus.CALIBRATED, Method.DOMINANT_VIEWS, ratio, speakers, (Review.VIEWS_DIFFER,))


def _is_main(site: Site, page_type: PageType) -> bool:
    """Whether the title names what sheets of the type are there for, and not a part of it."""
    pattern = MAIN_VIEW.get(page_type)
    title = canonical(site.title.text).text if site.title else ""
    return pattern is not None and pattern.search(title) is not None and not PART_VIEW.search(title)


def view_areas(views: Sequence[Site], lines: Sequence[Line]) -> list[int]:
    """How much of the lettered part of the sheet goes with each view, in squares of about its title's height.

    A view stands above its title, so each line goes to the title that is nearest beneath it; a title beside costs
    less than its distance, since titles stand at a corner of wide views, and a title above costs much more.
    """
    square = _SQUARE * max(view.note.size for view in views)
    squares: list[set[tuple[int, int]]] = [set() for _ in views]
    for line in lines:
        costs = [distance_to_title(line.box, view.box, view.note.line.turn) for view in views]
        x, y = line.box.center
        squares[costs.index(min(costs))].add((int(x // square), int(y // square)))
    return [len(taken) for taken in squares]


def distance_to_title(box: Box, title_box: Box, turn: int) -> float:
    """How far something on the page is from the title of a view that it may belong to, in pixels.

    `turn` is the reading direction of the title as a quarter turn.
    """
    line, title = extent_of(box, turn), extent_of(title_box, turn)
    beside = max(title.left - line.right, line.left - title.right, 0.0)
    above = max(title.top - line.bottom, 0.0)
    below = max(line.top - title.bottom, 0.0)
    return above + _BESIDE_COST * beside + _BELOW_COST * below


def _without_number(sites: Sequence[Site]) -> Ruling:
    kinds = Counter(site.kind for site in sites)
    if kinds[NotationKind.NOT_TO_SCALE]:
        speakers = tuple(site for site in sites if site.kind is NotationKind.NOT_TO_SCALE)
        return Ruling(ScaleStatus.NOT_TO_SCALE, speakers=speakers)
    if kinds[NotationKind.AS_NOTED]:
        speakers = tuple(site for site in sites if site.kind is NotationKind.AS_NOTED)
        return Ruling(ScaleStatus.AS_NOTED, speakers=speakers, review=(Review.AS_NOTED_WITHOUT_VIEWS,))
    return Ruling(ScaleStatus.NOT_FOUND)


def _with_others(ruling: Ruling, sites: Sequence[Site], loose: Sequence[Site]) -> Ruling:
    """The ruling with what other notes of the page make a person look at."""
    if ruling.status is not ScaleStatus.CALIBRATED:
        return ruling
    review = list(ruling.review)
    speaking_views = sum(site.where is not Where.TITLE_BLOCK for site in ruling.speakers)
    unscaled = [site for site in sites if site.kind is NotationKind.NOT_TO_SCALE]
    unscaled_views = sum(site.where is Where.VIEW_TITLE and not site.subsidiary for site in unscaled)
    if unscaled_views > speaking_views:
        review.append(Review.MOSTLY_NOT_TO_SCALE)
    if any(site.where is Where.TITLE_BLOCK for site in unscaled):
        review.append(Review.TITLE_BLOCK_DIFFERS)
    if any(site.ratio != ruling.ratio and not site.bare_ratio for site in loose):
        review.append(Review.OTHER_NOTES_DIFFER)
    vertical = {site.ratio for site in sites if site.note.notation.axis is Axis.VERTICAL}
    if vertical - {ruling.ratio}:
        review.append(Review.AXES_DIFFER)
    return Ruling(ruling.status, ruling.method, ruling.ratio, ruling.speakers, tuple(review))
