"""Two readings of one page: agreement is sure, disagreement is never silent."""

from __future__ import annotations

from docpipe_assets.classification import Classification, Finding
from docpipe_assets.classification.second_opinion import reconcile
from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import ClassificationMethod, Discipline, PageType

BOX = Box(1, 2, 3, 4)


def page(
    number: str | None,
    confidence: float = 0.9,
    title: str = "FLOOR PLAN",
    page_type: PageType = PageType.FLOOR_PLAN,
    reasons: tuple[str, ...] = (),
) -> Classification:
    return Classification(
        Finding(number, confidence, BOX, "") if number else None,
        Finding(title, confidence, BOX, ""),
        Finding(Discipline.ARCHITECTURAL, confidence, None, ""),
        Finding(page_type, confidence, None, ""),
        needs_review=bool(reasons),
        review_reasons=reasons,
    )


def test_what_both_read_is_sure_and_clears_the_doubt() -> None:
    both = reconcile(page("A-101", 0.4, reasons=("The sheet number is not certain.",)), page("A101", 0.8))
    assert both.sheet_number is not None
    assert (both.sheet_number.value, both.sheet_number.confidence, both.sheet_number.box) == (
        "A-101",
        0.95,
        BOX,
    )
    assert (both.needs_review, both.review_reasons) == (False, ())
    assert both.method is ClassificationMethod.VISION


def test_a_confident_reading_of_the_text_stands_and_the_disagreement_is_flagged() -> None:
    both = reconcile(page("A-101", 0.9), page("A-107", 0.99))
    assert both.sheet_number is not None
    assert both.sheet_number.value == "A-101"
    assert both.review_reasons == ("The sheet number reads A-101 by the text and A-107 by the vision model.",)
    assert [alternative.value for alternative in both.alternatives] == ["A-107"]


def test_an_unsure_reading_of_the_text_gives_way_but_not_silently() -> None:
    both = reconcile(page("A-1O1", 0.3), page("A-107", 0.9))
    assert both.sheet_number is not None
    assert both.sheet_number.value == "A-107"
    assert both.needs_review
    assert [alternative.value for alternative in both.alternatives] == ["A-1O1"]


def test_what_only_the_model_reads_is_for_a_person_to_confirm() -> None:
    both = reconcile(page(None), page("A-101"))
    assert both.sheet_number is not None
    assert both.sheet_number.value == "A-101"
    assert both.review_reasons == ("Only the vision model gives the sheet number A-101.",)


def test_what_only_the_text_gives_stands_where_it_was_sure() -> None:
    assert reconcile(page("A-101", 0.9), page(None)).review_reasons == ()
    assert reconcile(page("A-101", 0.3), page(None)).needs_review


def test_types_that_differ_are_flagged() -> None:
    both = reconcile(page("A-101"), page("A-101", page_type=PageType.SECTION))
    assert both.page_type.value is PageType.FLOOR_PLAN
    assert both.needs_review
