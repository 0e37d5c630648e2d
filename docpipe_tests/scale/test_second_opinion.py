"""A page's written scale and what a vision model read there: what stands, what is flagged, what is proposed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from docpipe_assets.page_text import Box, PageText
from docpipe_assets.scale import ClaimedNote, Method, NotationKind, Review, ScaleCalibration, calibrate
from docpipe_assets.scale.second_opinion import is_unsure, reconcile
from docpipe_assets.vocabulary import PageType, ScaleStatus
from docpipe_tests.scale.drawn_sheet import Sheet

QUARTER = '1/4" = 1\'-0"'
EIGHTH = '1/8" = 1\'-0"'


def plan(*notes: str, confidence: float = 1.0) -> Sheet:
    """A floor plan sheet with a title and a note beneath it for each of `notes`, from left to right."""
    sheet = Sheet()
    for place, note in enumerate(notes):
        sheet.put("FIRST FLOOR PLAN", 5 + 10 * place, 18, type_in=0.25)
        sheet.put(f"SCALE: {note}", 5 + 10 * place, 18.4, confidence=confidence)
    return sheet


def claim(text: str, box: Box | None, kind: NotationKind = NotationKind.NUMERIC) -> ClaimedNote:
    return ClaimedNote(text, kind, 0.9, box)


def both(sheet: Sheet, *claims: ClaimedNote) -> tuple[ScaleCalibration, ScaleCalibration]:
    written = calibrate(sheet.text, PageType.FLOOR_PLAN)
    return written, reconcile(written, claims, sheet.text)


def test_agreement_changes_nothing_but_the_record() -> None:
    sheet = plan(QUARTER)
    written, answer = both(sheet, claim(QUARTER, sheet.blocks[1].box))
    assert (answer.status, answer.ratio, answer.pixels_per_foot, answer.needs_review) == (
        ScaleStatus.CALIBRATED,
        written.ratio,
        written.pixels_per_foot,
        False,
    )
    assert answer.claims is not None
    assert answer.claims[0].written is not None


def test_agreement_settles_how_a_note_reads() -> None:
    sheet = plan(QUARTER, confidence=0.6)
    written, answer = both(sheet, claim(QUARTER, sheet.blocks[1].box))
    assert Review.DOUBTFUL_READING in written.review
    assert is_unsure(written)
    assert not answer.needs_review
    assert answer.confidence > written.confidence


def test_the_same_scale_read_elsewhere_settles_nothing() -> None:
    sheet = plan(QUARTER, confidence=0.6)
    written, answer = both(sheet, claim(QUARTER, Box(20, 20, 60, 20)))
    assert answer.review == written.review


@pytest.mark.parametrize("other", [EIGHTH, "1:50"])
def test_a_disagreement_is_flagged_and_the_written_scale_stands(other: str) -> None:
    sheet = plan(QUARTER)
    written, answer = both(sheet, claim(other, sheet.blocks[1].box))
    assert answer.ratio == written.ratio == 48
    assert Review.MODEL_DIFFERS in answer.review
    assert answer.confidence < written.confidence


def test_not_to_scale_against_a_number_is_a_disagreement() -> None:
    sheet = plan(QUARTER)
    _, answer = both(sheet, claim("NTS", sheet.blocks[1].box, NotationKind.NOT_TO_SCALE))
    assert Review.MODEL_DIFFERS in answer.review


def test_a_number_against_not_to_scale_is_a_disagreement() -> None:
    _, answer = both(plan("N.T.S."), claim(QUARTER, None))
    assert answer.status is ScaleStatus.NOT_TO_SCALE
    assert answer.ratio is None
    assert answer.review == (Review.MODEL_DIFFERS,)


def test_a_scale_that_only_the_model_gives_is_proposed_and_never_measured_with() -> None:
    sheet = Sheet().put("FIRST FLOOR PLAN", 5, 18, type_in=0.25)
    place = Box(1000, 3700, 200, 30)
    _, answer = both(sheet, claim(QUARTER, place))
    assert answer.status is ScaleStatus.NOT_FOUND
    assert (answer.scale_text, answer.ratio, answer.box) == (QUARTER, Fraction(48), place)
    assert answer.pixels_per_foot is None
    assert answer.method is Method.VISION_MODEL
    assert Review.MODEL_ALONE in answer.review


@pytest.mark.parametrize(("measured", "reason"), [(48, Review.MODEL_ALONE), (96, Review.MODEL_DIFFERS)])
def test_a_measured_proposal_and_the_models_are_held_against_each_other(
    measured: int, reason: Review
) -> None:
    sheet = Sheet().put("FIRST FLOOR PLAN", 5, 18, type_in=0.25)
    proposed = replace(calibrate(sheet.text, PageType.FLOOR_PLAN), ratio=Fraction(measured))
    answer = reconcile(proposed, [claim(QUARTER, Box(1000, 3700, 200, 30))], sheet.text)
    assert (answer.ratio, answer.pixels_per_foot) == (measured, None)
    assert reason in answer.review


def test_a_room_tag_confirms_no_scale() -> None:
    sheet = Sheet().put("FIRST FLOOR PLAN", 5, 18, type_in=0.25).put("120", 5, 18.4)
    _, answer = both(sheet, claim("1\" = 20'", sheet.blocks[1].box))
    assert answer.claims is not None
    assert answer.claims[0].written is None
    assert answer.pixels_per_foot is None


def test_what_the_model_makes_up_without_a_scale_in_it_is_only_kept() -> None:
    sheet = Sheet().put("FIRST FLOOR PLAN", 5, 18, type_in=0.25)
    written, answer = both(sheet, claim("see plan", Box(10, 10, 50, 20)))
    assert (answer.status, answer.ratio, answer.review) == (written.status, None, written.review)
    assert answer.claims is not None
    assert answer.claims[0].ratio is None


def test_a_model_that_sees_no_scale_says_nothing_against_a_written_one() -> None:
    written, answer = both(plan(QUARTER))
    assert answer.review == written.review
    assert answer.claims == ()


def test_views_at_several_scales_stay_several() -> None:
    sheet = plan(QUARTER, EIGHTH)
    written, answer = both(sheet, claim(EIGHTH, sheet.blocks[3].box))
    assert answer.status is written.status is ScaleStatus.MULTIPLE
    assert answer.ratio is None


def test_an_assumed_paper_size_is_not_worth_asking_about() -> None:
    text: PageText = plan(QUARTER).text
    found = calibrate(text, PageType.FLOOR_PLAN, paper_assumed=True)
    assert found.needs_review
    assert not is_unsure(found)
