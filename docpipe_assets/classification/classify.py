"""Number, title, discipline and type of the pages of a set, decided together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from docpipe_assets.classification.disciplines import tell_discipline, with_sisters
from docpipe_assets.classification.evidence import PageEvidence
from docpipe_assets.classification.findings import Alternative, Classification, Finding
from docpipe_assets.classification.number_choice import NumberChoice, choose_numbers
from docpipe_assets.classification.page_kind import PageKind, tell_kinds
from docpipe_assets.classification.page_types import tell_page_type
from docpipe_assets.classification.sheet_index import IndexRow
from docpipe_assets.classification.sisters import SisterSheets
from docpipe_assets.classification.title_choice import TitleChoice, choose_title
from docpipe_assets.vocabulary import Discipline

_SURE_NUMBER = 0.65
_SURE_TITLE = 0.6
_SURE_TYPE = 0.55
_SURE_DISCIPLINE = 0.5


def classify_set(pages: Sequence[PageEvidence]) -> list[Classification]:
    """The classification of each page of one document, in the same order.

    A page is judged by its own evidence, by the same place on its sister sheets, and by the sheet index
    that one of them may carry. A single page is a set of one.
    """
    index: defaultdict[str, list[IndexRow]] = defaultdict(list)
    for page in pages:
        for row in page.index:
            index[row.key].append(row)
    kinds = tell_kinds(pages)
    sisters = SisterSheets(pages)
    numbers = choose_numbers(pages, kinds, sisters, index)
    titles = [
        choose_title(at, page, number.chosen, sisters, index) if kind.is_drawing else TitleChoice(None, ())
        for at, (page, kind, number) in enumerate(zip(pages, kinds, numbers, strict=True))
    ]
    disciplines = with_sisters(
        [
            tell_discipline(page, kind, number.chosen, title.chosen)
            for page, kind, number, title in zip(pages, kinds, numbers, titles, strict=True)
        ]
    )
    uses = Counter(number.chosen.key for number in numbers if number.chosen)
    return [
        _classification(*parts, uses)
        for parts in zip(pages, kinds, numbers, titles, disciplines, strict=True)
    ]


def _classification(
    page: PageEvidence,
    kind: PageKind,
    number: NumberChoice,
    title: TitleChoice,
    discipline: Finding[Discipline],
    uses: Counter[str],
) -> Classification:
    page_type = tell_page_type(page, kind, number.chosen, title.chosen, discipline.value)
    reasons = []
    if kind.is_drawing:
        reasons += _doubts(number, title, uses)
        if page_type.confidence < _SURE_TYPE:
            reasons.append("The page type is a guess.")
        if discipline.confidence < _SURE_DISCIPLINE:
            reasons.append("The discipline is a guess.")
    if kind.confidence < 0.73:
        reasons.append("It is not plain whether this is a drawing.")
    chosen, named = number.chosen, title.chosen
    return Classification(
        sheet_number=Finding(chosen.value, chosen.confidence, chosen.candidate.box, chosen.reason)
        if chosen
        else None,
        sheet_title=Finding(named.value, named.confidence, named.box, named.reason) if named else None,
        discipline=discipline,
        page_type=page_type,
        alternatives=_alternatives(number, title),
        needs_review=bool(reasons),
        review_reasons=tuple(reasons),
    )


def _doubts(number: NumberChoice, title: TitleChoice, uses: Counter[str]) -> list[str]:
    reasons = []
    if number.chosen is None:
        reasons.append("No sheet number was found.")
    elif number.chosen.confidence < _SURE_NUMBER:
        reasons.append("The sheet number is not certain.")
    elif uses[number.chosen.key] > 1:
        reasons.append(f"Another page has the sheet number {number.chosen.value} as well.")
    if title.chosen is None:
        reasons.append("No sheet title was found.")
    elif title.chosen.confidence < _SURE_TITLE:
        reasons.append("The sheet title is not certain.")
    return reasons


def _alternatives(number: NumberChoice, title: TitleChoice) -> tuple[Alternative, ...]:
    return (
        *(Alternative("sheet_number", n.value, n.confidence, n.candidate.box) for n in number.others),
        *(Alternative("sheet_title", t.value, t.confidence, t.box) for t in title.others),
    )
