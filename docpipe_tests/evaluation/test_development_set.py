"""How much of the real sheets beside the checkout is read right: no figure may fall."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from docpipe_assets.evaluation.figures import Figures, Tally, falls, figures
from docpipe_assets.evaluation.labels import read_labels
from docpipe_assets.evaluation.running import Evaluated, evaluate
from docpipe_assets.evaluation.scoring import Question, Verdict
from docpipe_assets.settings import Settings
from docpipe_assets.vocabulary import Stage

FLOORS = {
    Question.SHEET_NUMBER: (56, 0, 56),
    Question.NO_SHEET_NUMBER: (2, 0, 2),
    Question.SHEET_TITLE: (56, 0, 56),
    Question.PAGE_TYPE: (56, 2, 58),
    Question.DISCIPLINE: (57, 1, 58),
    Question.SCALE: (45, 0, 46),
    Question.NO_SCALE: (12, 0, 12),
    Question.TRUE_PRINT: (6, 0, 6),
    Question.RESIZED_PRINT: (8, 0, 8),
    Question.UNWRITTEN_SCALE: (1, 0, 1),
    Question.MEASURED_RATIO: (11, 0, 15),
}
"""For each question: pages right at least, pages wrong at most, of so many."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


class Unwatched:
    def begins(self, file: str, stage: Stage) -> None:
        pass

    def ends(self, file: str, labels: int) -> None:
        pass


@pytest.fixture(scope="module")
def evaluated(plans: Path) -> list[Evaluated]:
    return list(evaluate(read_labels(plans / "labels.jsonl"), plans, Settings(), Unwatched()))


@pytest.fixture(scope="module")
def now(evaluated: list[Evaluated]) -> Figures:
    return figures(mark for document in evaluated for mark in document.marks)


def test_every_document_is_read(evaluated: list[Evaluated]) -> None:
    assert [(document.file, document.error) for document in evaluated if document.error] == []


@pytest.mark.parametrize("question", FLOORS)
def test_no_figure_falls(now: Figures, question: Question) -> None:
    right, wrong, pages = FLOORS[question]
    floor = Tally(
        Counter({Verdict.RIGHT: right, Verdict.WRONG: wrong, Verdict.UNANSWERED: pages - right - wrong})
    )
    assert now[question].pages == pages
    assert falls({question: floor}, now) == []


def test_every_question_has_a_floor(now: Figures) -> None:
    assert set(now) == set(FLOORS)
