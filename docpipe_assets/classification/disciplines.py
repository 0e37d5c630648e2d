"""Who drew a sheet, from the letters of its number, the words of its title and what the page speaks of."""

from __future__ import annotations

from collections import defaultdict

from docpipe_assets.classification.discipline_words import (
    AMBIGUOUS_DESIGNATORS,
    DESIGNATORS,
    KIND_DESIGNATORS,
)
from docpipe_assets.classification.evidence import PageEvidence
from docpipe_assets.classification.findings import Finding
from docpipe_assets.classification.labels import LabelKind
from docpipe_assets.classification.number_choice import RankedNumber
from docpipe_assets.classification.page_kind import PageKind
from docpipe_assets.classification.phrases import discipline_words, type_words
from docpipe_assets.classification.reading import squeeze
from docpipe_assets.classification.title_choice import RankedTitle
from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import Discipline, PageType

_DESIGNATOR = 4.0
_AMBIGUOUS = 1.9
_KIND = 1.2
_TITLE = 0.9
_BODY = 1.5
_BLOCK = 0.5
_ARCHITECTURAL = 0.8
_BUILDING = 0.8
_COVER = 1.5
_OUTSIDE = 3.0
_DOUBT = 1.2
_PLAIN_DRAWING = 1.0

# Views of the whole building are mostly the architect's, unless the title or the number says otherwise.
_BUILDING_VIEWS = frozenset(
    [
        PageType.FLOOR_PLAN, PageType.REFLECTED_CEILING_PLAN, PageType.ROOF_PLAN, PageType.ELEVATION,
        PageType.SECTION, PageType.VIEW_3D,
    ]
)  # fmt: skip


# What only the architect draws of a building, and who does not.
_ARCHITECTS_VIEWS = frozenset([PageType.ELEVATION, PageType.SECTION, PageType.VIEW_3D, PageType.ROOF_PLAN])
_NOT_OF_BUILDING = frozenset(
    [Discipline.MECHANICAL, Discipline.ELECTRICAL, Discipline.PLUMBING, Discipline.FIRE_PROTECTION,
     Discipline.TELECOMMUNICATIONS, Discipline.GENERAL]
)  # fmt: skip


def tell_discipline(
    page: PageEvidence, kind: PageKind, number: RankedNumber | None, title: RankedTitle | None
) -> Finding[Discipline]:
    """The discipline of a page by itself; none for what is no drawing."""
    if not kind.is_drawing:
        return Finding(Discipline.NONE, kind.confidence, None, "not a drawing")
    votes: defaultdict[Discipline, float] = defaultdict(float)
    said: dict[Discipline, str] = {}
    boxes: dict[Discipline, Box | None] = {}
    designator = number.candidate.shape.designator if number else ""
    named, weight = _designated(designator)
    if number is not None and _stands_for_sheet(number, designator):
        named = None
    if number is not None and named is not None:
        votes[named] += weight * (0.5 + 0.5 * number.confidence)
        said[named] = f'the letters "{designator}" of the sheet number'
        boxes[named] = number.candidate.box
    if title is not None:
        for discipline, strength in discipline_words(title.value).items():
            votes[discipline] += _TITLE * strength * (0.5 + 0.5 * title.confidence)
            said.setdefault(discipline, "the words of the title")
            boxes.setdefault(discipline, title.box)
        if any(
            weight >= 3 and page_type in _BUILDING_VIEWS
            for page_type, weight in type_words(title.value).items()
        ):
            votes[Discipline.ARCHITECTURAL] += _BUILDING
        unnamed = named not in discipline_words(title.value)
        if named in _NOT_OF_BUILDING and unnamed and _shows_outside(title.value, designator):
            # Services have no elevations or sections of the building; E may be for existing, P for proposed, G for
            # general arrangement.
            votes[Discipline.ARCHITECTURAL] += _OUTSIDE
        covers = type_words(title.value).get(PageType.TITLE_SHEET, 0.0) >= 4
        if covers and (not designator or designator in AMBIGUOUS_DESIGNATORS):
            votes[Discipline.GENERAL] += _COVER * (2 if designator else 1)
            said.setdefault(Discipline.GENERAL, "being the cover")
    total = sum(count for _, count in page.disciplines)
    for discipline, count in page.disciplines:
        votes[discipline] += _BODY * count / max(total, 12.0)
    for discipline, count in _block_words(page).items():
        votes[discipline] += _BLOCK * count
    if not votes and number is None and kind.score < _PLAIN_DRAWING:
        return Finding(Discipline.OTHER, 0.4, None, "a drawing, but nothing of a construction sheet")
    votes[Discipline.ARCHITECTURAL] += _ARCHITECTURAL
    order = sorted(votes.items(), key=lambda item: item[1], reverse=True)
    best, strength = order[0]
    second = order[1][1] if len(order) > 1 else 0.0
    if number is None and title is None and strength < 1.8 and kind.score < 2:
        return Finding(Discipline.OTHER, 0.4, None, "no title block and few words of any discipline")
    confidence = strength / (strength + 0.7 * second + _DOUBT)
    reason = f"by {said[best]}" if best in said else "by the words on the page"
    return Finding(best, confidence, boxes.get(best), reason)


def with_sisters(findings: list[Finding[Discipline]], sure: float = 0.6) -> list[Finding[Discipline]]:
    """Unsure drawings take the discipline that the set's sure ones have, where those mostly agree."""
    firm = [f.value for f in findings if f.confidence >= sure and f.value is not Discipline.NONE]
    if len(firm) < 2:
        return findings
    common = max(set(firm), key=firm.count)
    share = firm.count(common) / len(firm)
    if share < 0.8 or common is Discipline.OTHER:
        return findings
    return [
        Finding(common, 0.5 * share, finding.box, "as the other sheets of the set")
        if finding.confidence < 0.5 and finding.value not in (common, Discipline.NONE)
        else finding
        for finding in findings
    ]


def _shows_outside(title: str, designator: str) -> bool:
    named = type_words(title)
    if not named or max(named.values()) < 4:
        return False
    main = max(named, key=lambda t: named[t])
    return main in _ARCHITECTS_VIEWS or (designator in AMBIGUOUS_DESIGNATORS and main is PageType.SITE_PLAN)


def _stands_for_sheet(number: RankedNumber, designator: str) -> bool:
    """Whether the letter is that of the label: L of LAMINA, P of PRANCHA, B of BLATT. SHEET S-1 is structural."""
    labelled = number.candidate.labelled
    return (
        labelled is not None
        and labelled.kind in (LabelKind.NUMBER, LabelKind.WEAK_NUMBER)
        and len(designator) == 1
        and designator != "S"
        and squeeze(labelled.name).startswith(designator)
    )


def _designated(designator: str) -> tuple[Discipline | None, float]:
    if designator in KIND_DESIGNATORS:
        return KIND_DESIGNATORS[designator], _KIND
    named = DESIGNATORS.get(designator)
    return named, _AMBIGUOUS if designator in AMBIGUOUS_DESIGNATORS else _DESIGNATOR


def _block_words(page: PageEvidence) -> dict[Discipline, float]:
    """Disciplines that short lines of the title block name, such as PROJETO ARQUITETONICO or MIMARI."""
    found: dict[Discipline, float] = {}
    for item in page.lines:
        if len(item.line.text) <= 40:
            for discipline, weight in discipline_words(item.line.text).items():
                found[discipline] = max(found.get(discipline, 0.0), weight)
    return {discipline: weight for discipline, weight in found.items() if weight >= 2}
