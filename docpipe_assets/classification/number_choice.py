"""Which of a page's number-like texts is its sheet number."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docpipe_assets.classification.evidence import PageEvidence
from docpipe_assets.classification.labels import LabelKind
from docpipe_assets.classification.number_candidates import NumberCandidate
from docpipe_assets.classification.numbers import with_letter
from docpipe_assets.classification.page_kind import PageKind
from docpipe_assets.classification.sheet_index import IndexRow
from docpipe_assets.classification.sisters import SisterSheets

_EVEN_ODDS = 2.9
_SPREAD = 0.7
_LEAST = 2.5
_LEAST_CONFIDENCE = 0.2
"""Below it a page more likely carries no number at all, as sketches do that an engine reads numbers into."""
_LEAST_IN_DOCUMENT = 4.8
_MARGIN = 1.5

_VARIES = 2.4
_CONSTANT = -4.0
_IN_INDEX = 1.8
_TAKEN = -1.5
_SURE = 4.0
_MOSTLY, _MISREAD = 0.7, 0.6


@dataclass(frozen=True, slots=True)
class RankedNumber:
    """A candidate with its score in the set, the confidence in it, and why."""

    candidate: NumberCandidate
    score: float
    confidence: float
    reason: str

    @property
    def value(self) -> str:
        return self.candidate.shape.value

    @property
    def key(self) -> str:
        return self.candidate.shape.key


@dataclass(frozen=True, slots=True)
class NumberChoice:
    """The number chosen, if any, and the runners-up with another value, best first."""

    chosen: RankedNumber | None
    others: tuple[RankedNumber, ...]


def choose_numbers(
    pages: Sequence[PageEvidence],
    kinds: Sequence[PageKind],
    sisters: SisterSheets,
    index: dict[str, list[IndexRow]],
) -> list[NumberChoice]:
    """The number of each page, from its own evidence, its sister sheets and the sheet index."""
    scores = [
        [(_score(at, candidate, page, sisters, index), candidate) for candidate in page.numbers]
        for at, page in enumerate(pages)
    ]
    firsts = [max(ranked, key=lambda item: item[0], default=None) for ranked in scores]
    taken = Counter(first[1].shape.key for first in firsts if first and first[0] >= _SURE)
    choices = []
    for ranked, first, kind in zip(scores, firsts, kinds, strict=True):
        own = first[1].shape.key if first and first[0] >= _SURE else None
        again = [
            (
                score + (_TAKEN if taken[candidate.shape.key] and candidate.shape.key != own else 0.0),
                candidate,
            )
            for score, candidate in ranked
        ]
        choices.append(_choose(again, kind, index))
    return _misread_doubted(choices, pages)


def _misread_doubted(choices: list[NumberChoice], pages: Sequence[PageEvidence]) -> list[NumberChoice]:
    """The choices, with doubt about a scan's bare digits where the set's sheets have letters: S1 reads as 51."""
    lettered = [c.chosen.candidate for c in choices if c.chosen and c.chosen.candidate.shape.designator]
    if len(lettered) < 2 or len(lettered) < _MOSTLY * sum(c.chosen is not None for c in choices):
        return choices
    patterns = {candidate.pattern for candidate in lettered}
    return [
        replace(choice, chosen=_doubted(chosen, patterns))
        if page.statistics.scanned and (chosen := choice.chosen) and chosen.candidate.shape.kind == "digits"
        else choice
        for choice, page in zip(choices, pages, strict=True)
    ]


def _doubted(number: RankedNumber, patterns: set[str]) -> RankedNumber:
    """Bare digits with the letter that they begin with, if that makes them a number like those of the sisters."""
    shape = with_letter(number.candidate.shape)
    candidate = replace(number.candidate, shape=shape) if shape else number.candidate
    if candidate.pattern not in patterns:
        candidate = number.candidate
    return replace(number, candidate=candidate, confidence=number.confidence * _MISREAD)


def _score(
    page: int,
    candidate: NumberCandidate,
    evidence: PageEvidence,
    sisters: SisterSheets,
    index: dict[str, list[IndexRow]],
) -> float:
    score = candidate.score
    repetition = sisters.of_number(page, candidate, evidence.sheet)
    # One sister proves little, many prove much.
    trust = repetition.sisters / (repetition.sisters + 1.0)
    score += trust * _VARIES * repetition.other
    if repetition.sisters >= 2:
        score += trust * _CONSTANT * repetition.same
    if candidate.shape.key in index and candidate.edge > 0.1:
        listed_here = any(row.box.overlap(candidate.box) > 0 for row in evidence.index)
        score += 0.0 if listed_here else _IN_INDEX
    if any(row.box.overlap(candidate.box) > 0.5 * candidate.box.area for row in evidence.index):
        score -= 3.0
    return score


def _choose(
    ranked: list[tuple[float, NumberCandidate]], kind: PageKind, index: dict[str, list[IndexRow]]
) -> NumberChoice:
    best: dict[str, tuple[float, NumberCandidate]] = {}
    for score, candidate in ranked:
        if candidate.shape.key not in best or score > best[candidate.shape.key][0]:
            best[candidate.shape.key] = (score, candidate)
    order = sorted(best.values(), key=lambda item: item[0], reverse=True)
    numbers = []
    for place, (score, candidate) in enumerate(order[:4]):
        rival = order[1][0] if place == 0 and len(order) > 1 else order[0][0] if place else -math.inf
        confidence = candidate.read / (1 + math.exp(-(score - _EVEN_ODDS) / _SPREAD))
        if place == 0:
            confidence *= 0.55 + 0.45 * min((score - rival) / _MARGIN, 1.0)
        else:
            confidence *= 0.5
        numbers.append(RankedNumber(candidate, score, confidence, _reason(candidate, index)))
    first = numbers[0] if numbers else None
    likely = first is not None and first.score >= _LEAST and first.confidence >= _LEAST_CONFIDENCE
    if first is not None and likely and (kind.is_drawing or _beyond_doubt(first)):
        return NumberChoice(first, tuple(n for n in numbers[1:] if n.score > 0.5))
    return NumberChoice(None, tuple(n for n in numbers if n.score > 0.5))


def _beyond_doubt(number: RankedNumber) -> bool:
    """Whether even what reads like a document has this number: documents number pages and sections, too."""
    labelled = number.candidate.labelled
    named = labelled is not None and labelled.kind is LabelKind.NUMBER
    return number.score >= _LEAST_IN_DOCUMENT and (named or number.candidate.shape.plausibility >= 1.8)


def _reason(candidate: NumberCandidate, index: dict[str, list[IndexRow]]) -> str:
    said = []
    labelled = candidate.labelled
    if labelled and labelled.kind in (LabelKind.NUMBER, LabelKind.WEAK_NUMBER):
        said.append(f'beside the label "{labelled.name.strip(" :")}"')
    if candidate.corner > 0.5:
        said.append("in the corner of the sheet")
    elif candidate.edge > 0.3:
        said.append("in the strip along the edge")
    if candidate.largest and candidate.size_ratio > 1.5:
        said.append("in the largest type there")
    if candidate.shape.key in index:
        said.append("listed in the sheet index")
    return ", ".join(said) or "reads like a sheet number"
