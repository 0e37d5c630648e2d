"""What becomes of a page's scale when a vision model has looked for it too.

A model may make a note up, or take one from another view. It can confirm how a note reads, raise a doubt, or
propose a scale to a person; it never makes a page `calibrated`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from docpipe_assets.page_text import PageText
from docpipe_assets.scale.matching import match_note
from docpipe_assets.scale.notation import find_notations
from docpipe_assets.scale.values import ClaimedNote, Method, Review, ScaleCalibration
from docpipe_assets.vocabulary import ScaleStatus

_BEYOND_THE_MODEL: Final = frozenset(
    {
        Review.PAPER_SIZE_ASSUMED,
        Review.OTHER_PAPER,
        Review.REDUCED_PRINT,
        Review.NO_DRAWING_EXPECTED,
        Review.MEASURES_OTHERWISE,
        Review.VIEW_MEASURES_OTHERWISE,
        Review.SMALL_LETTERING,
        Review.LENGTHS_DO_NOT_FIT,
        Review.SISTERS_REDUCED,
    }
)
"""Doubts about the size of the print or the kind of page, which no reading of the notes can settle."""
_OF_READING: Final = frozenset({Review.DOUBTFUL_READING, Review.DOUBTFUL_NOTE})
"""Doubts that are settled by someone else reading the same note in the same place."""
_OPEN: Final = frozenset({ScaleStatus.NOT_FOUND, ScaleStatus.AS_NOTED})
_WITHOUT: Final = frozenset({ScaleStatus.NOT_TO_SCALE, ScaleStatus.NOT_A_DRAWING})

_DISPUTED: Final = 0.7
"""What a disagreement leaves of the confidence."""
_SETTLED: Final = 0.9
"""Confidence, at least, in a note that both have read and nothing else speaks against."""
_PROPOSED: Final = 0.5
_MADE_UP: Final = 0.3
"""What is left of the model's confidence in a scale that it alone gives, with and without such a note in the text."""


def is_unsure(written: ScaleCalibration) -> bool:
    """Whether something is in doubt that a model's reading could settle."""
    return bool(set(written.review) - _BEYOND_THE_MODEL)


def reconcile(written: ScaleCalibration, claims: Sequence[ClaimedNote], page: PageText) -> ScaleCalibration:
    """The page's scale as its text and the model together have it; `claims` are the main view's first.

    A written scale stands. The model's agreement settles how its note reads; its disagreement is for a person
    to look at. Where none is written, what the model gives is proposed without `pixels_per_foot`.
    """
    judged = tuple(_judged(claim, page) for claim in claims)
    numeric = [claim for claim in judged if claim.ratio is not None]
    main = numeric[0] if numeric else None
    answer = replace(written, claims=judged)
    if written.status in (ScaleStatus.CALIBRATED, ScaleStatus.MISMATCH):
        agreeing = [claim for claim in numeric if claim.ratio == written.ratio]
        if not judged:
            return answer
        if not agreeing or (main is not agreeing[0] and main is not None and main.written is not None):
            return _disputed(answer)
        return _confirmed(answer, agreeing)
    if main is not None and written.status in _OPEN:
        return _proposed(answer, main) if written.ratio in (None, main.ratio) else _disputed(answer)
    if main is not None and written.status in _WITHOUT:
        return _disputed(answer)
    return answer


def _judged(claim: ClaimedNote, page: PageText) -> ClaimedNote:
    """The claim with its ratio as docpipe reads it and the place where the page's own text has it."""
    if match := match_note(claim.text, claim.box, page):
        return replace(claim, ratio=match.notation.ratio, written=match.box)
    notations = find_notations(claim.text)
    return replace(claim, ratio=notations[0].ratio if len(notations) == 1 else None, written=None)


def _disputed(answer: ScaleCalibration) -> ScaleCalibration:
    return replace(
        answer, review=(*answer.review, Review.MODEL_DIFFERS), confidence=answer.confidence * _DISPUTED
    )


def _confirmed(answer: ScaleCalibration, agreeing: Sequence[ClaimedNote]) -> ScaleCalibration:
    same_note = any(
        claim.written is not None and answer.box is not None and claim.written.overlap(answer.box) > 0
        for claim in agreeing
    )
    if not same_note:
        return answer
    review = tuple(reason for reason in answer.review if reason not in _OF_READING)
    confidence = answer.confidence if review else max(answer.confidence, _SETTLED)
    return replace(answer, review=review, confidence=confidence)


def _proposed(answer: ScaleCalibration, main: ClaimedNote) -> ScaleCalibration:
    return replace(
        answer,
        scale_text=main.text,
        ratio=main.ratio,
        box=main.written or main.box,
        method=Method.VISION_MODEL,
        confidence=main.confidence * (_PROPOSED if main.written else _MADE_UP),
        review=(*answer.review, Review.MODEL_ALONE),
    )
