"""Counting verdicts, and comparing figures with earlier ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from docpipe_assets.evaluation.figures import (
    BaselineError,
    by_engine,
    doubtful,
    falls,
    figures,
    read_baseline,
    write_baseline,
)
from docpipe_assets.evaluation.scoring import Mark, Question, Verdict, judge
from docpipe_assets.vocabulary import Engine
from docpipe_tests.evaluation.samples import label
from docpipe_tests.report.samples import sheet_row


def numbers(*found: str | None, engine: Engine | None = Engine.TEXT_LAYER) -> list[Mark]:
    """The marks of pages whose number is A-1, read as `found`."""
    rows = [sheet_row(sheet_number=number, engine=engine) for number in found]
    return [mark for row in rows for mark in judge(label(sheet_number="A-1"), row)]


def test_verdicts_are_counted() -> None:
    tally = figures(numbers("A-1", "A-1", "A-2", None))[Question.SHEET_NUMBER]
    assert (tally.pages, tally.answered, tally.unmarked) == (4, 3, 1)
    assert [float(tally.share(verdict)) for verdict in Verdict] == [0.5, 0, 0.25, 0, 0.25]


def test_each_engine_has_its_own_figures() -> None:
    marks = numbers("A-1") + numbers("A-2", engine=Engine.RAPIDOCR) + numbers(None, engine=None)
    found = by_engine(marks)
    assert list(found) == [Engine.TEXT_LAYER, Engine.RAPIDOCR, None]
    assert [tallies[Question.SHEET_NUMBER].verdicts[Verdict.RIGHT] for tallies in found.values()] == [1, 0, 0]


def test_the_doubtful_begin_with_the_wrong_ones() -> None:
    (group,) = doubtful(numbers(None, "A-1", "A-2")).values()
    assert [mark.verdict for mark in group] == [Verdict.WRONG, Verdict.UNANSWERED]


def test_a_baseline_is_what_was_written(tmp_path: Path) -> None:
    now = figures(numbers("A-1", "A-2", None))
    write_baseline(now, tmp_path / "figures.json")
    before = read_baseline(tmp_path / "figures.json")
    assert falls(before, now) == falls(now, before) == []


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (["A-1", "A-2"], ["A-1", "A-2"], []),
        (["A-1", "A-2"], ["A-1", "A-1"], []),
        (["A-1", "A-2"], ["A-1", None], []),
        (["A-1", "A-2"], ["A-1", "A-2", "A-1", "A-2"], []),
        (["A-1", "A-1"], ["A-1", None], [Verdict.RIGHT]),
        (["A-1", None], ["A-1", "A-2"], [Verdict.WRONG]),
        (["A-1", "A-1"], ["A-1", "A-2"], [Verdict.RIGHT, Verdict.WRONG]),
        (["A-1"], [], [Verdict.RIGHT]),
    ],
)
def test_what_is_worse(before: list[str | None], now: list[str | None], worse: list[Verdict]) -> None:
    found = falls(figures(numbers(*before)), figures(numbers(*now)))
    assert [fall.verdict for fall in found] == worse


@pytest.mark.parametrize(
    "content", [None, "", "[]", '{"beauty": {}}', '{"scale": 1}', '{"scale": {"right": "x"}}']
)
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "figures.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BaselineError, match="cannot be used"):
        read_baseline(path)
