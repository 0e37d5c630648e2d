"""Drawing or document: specifications, letters, manuals and forms come in the same uploads as drawings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from docpipe_assets.classification.evidence import PageEvidence

# Longer side of the paper in inches: letter and A4 end at 11.7, tabloid and A3 at 17.
_OFFICE_PAPER_IN = 14.5
_TABLOID_IN = 17.5
_SURE_NUMBER = 4.5
_SPECIFICATION_PHRASES = 2
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class PageKind:
    """`score` above 0 is a drawing, below 0 a document; beyond 2 either way it is plain to see."""

    score: float
    specification: bool

    @property
    def is_drawing(self) -> bool:
        return self.score > 0

    @property
    def confidence(self) -> float:
        return 1 / (1 + math.exp(-abs(self.score)))


def tell_kinds(pages: Sequence[PageEvidence]) -> list[PageKind]:
    """Whether each page is a drawing; pages of the same paper in one upload are of a kind where unclear."""
    own = [_own_score(page) for page in pages]
    kinds = []
    for at, page in enumerate(pages):
        score = own[at]
        if abs(score) < 2:
            alike = [
                own[other]
                for other, sister in enumerate(pages)
                if other != at
                and abs(sister.width_in - page.width_in) < 0.5
                and abs(sister.height_in - page.height_in) < 0.5
            ]
            if alike:
                score += 0.7 * max(min(sum(alike) / len(alike), 2.0), -2.0)
        specification = page.statistics.specification_phrases >= _SPECIFICATION_PHRASES
        kinds.append(PageKind(score or -0.01, specification and score < 2))
    return kinds


def _own_score(page: PageEvidence) -> float:
    counts = page.statistics
    longest = max(page.width_in, page.height_in)
    portrait = page.height_in > page.width_in
    score = -0.6
    if longest > _TABLOID_IN:
        score += 3.0
    elif longest > _OFFICE_PAPER_IN:
        score += 0.4 if portrait else 1.2
    else:
        score -= 0.8 if portrait else 0.0
    score += 0.7 * min(counts.drawing_labels, 4)
    score += 0.4 * min(counts.scales, 3)
    score += 0.25 * min(counts.dimensions, 8)
    score += 0.5 if any(view.scaled for view in page.views) else 0.0
    score += 0.3 * min(counts.sideways_lines, 4)
    if page.numbers and page.numbers[0].score > _SURE_NUMBER:
        score += 1.2
    if counts.words:
        score -= 2.4 * max(counts.prose_words / counts.words - 0.25, 0.0)
    score -= 1.5 * min(counts.specification_phrases, 2)
    score -= 0.6 * min(counts.document_phrases, 4)
    # A page without words may be a sketch or a photograph: nobody can tell from its text.
    return max(min(score, 0.4), -0.4) if counts.words < _FEWEST_WORDS else score
