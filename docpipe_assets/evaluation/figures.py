"""Counting verdicts, and telling whether docpipe has become worse than it was."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from docpipe_assets.errors import DocpipeError
from docpipe_assets.evaluation.scoring import Mark, Question, Verdict
from docpipe_assets.vocabulary import Engine


class BaselineError(DocpipeError):
    """The file of earlier figures cannot be used."""


@dataclass(slots=True)
class Tally:
    """How often each verdict was given; `unmarked` of the wrong ones ask for nobody's look."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    unmarked: int = 0

    def add(self, mark: Mark) -> None:
        self.verdicts[mark.verdict] += 1
        self.unmarked += mark.is_unmarked

    @property
    def pages(self) -> int:
        return self.verdicts.total()

    @property
    def answered(self) -> int:
        """Pages with an answer, right or not."""
        return self.pages - self.verdicts[Verdict.ASKED] - self.verdicts[Verdict.UNANSWERED]

    def share(self, verdict: Verdict) -> Fraction:
        """The part of the pages with this verdict; 0 where there are no pages."""
        return Fraction(self.verdicts[verdict], self.pages) if self.pages else Fraction(0)


Figures = dict[Question, Tally]


def figures(marks: Iterable[Mark]) -> Figures:
    """A tally for each question that was asked, in the order of the questions."""
    found: Figures = {}
    for mark in marks:
        found.setdefault(mark.question, Tally()).add(mark)
    return {question: found[question] for question in Question if question in found}


def by_engine(marks: Iterable[Mark]) -> dict[Engine | None, Figures]:
    """The figures for each engine that read a page's text; under None the pages that were not read."""
    sorted_out: dict[Engine | None, list[Mark]] = {}
    for mark in marks:
        sorted_out.setdefault(mark.engine, []).append(mark)
    return {engine: figures(sorted_out[engine]) for engine in (*Engine, None) if engine in sorted_out}


def doubtful(marks: Iterable[Mark]) -> dict[Question, list[Mark]]:
    """The marks other than right by question, the worst first, otherwise in their order."""
    found: dict[Question, list[Mark]] = {}
    for mark in marks:
        if mark.verdict is not Verdict.RIGHT:
            found.setdefault(mark.question, []).append(mark)
    return {
        question: sorted(
            found[question], key=lambda mark: (_WORST_FIRST.index(mark.verdict), not mark.is_unmarked)
        )
        for question in Question
        if question in found
    }


_WORST_FIRST = (Verdict.WRONG, Verdict.UNANSWERED, Verdict.ASKED, Verdict.NEAR)


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that is worse than it was: the share of right answers fell, or that of wrong ones rose."""

    question: Question
    verdict: Verdict
    before: Tally
    now: Tally


def falls(before: Mapping[Question, Tally], now: Mapping[Question, Tally]) -> list[Fall]:
    """Every figure of `before` that is worse now. A question that is not asked any more has fallen to nothing."""
    found = []
    for question, earlier in before.items():
        tally = now.get(question, Tally())
        if tally.share(Verdict.RIGHT) < earlier.share(Verdict.RIGHT):
            found.append(Fall(question, Verdict.RIGHT, earlier, tally))
        if tally.share(Verdict.WRONG) > earlier.share(Verdict.WRONG):
            found.append(Fall(question, Verdict.WRONG, earlier, tally))
    return found


def write_baseline(now: Mapping[Question, Tally], path: Path) -> None:
    """Keep the figures for a later comparison: a JSON object of counts for each question.

    Raises OSError when `path` cannot be written.
    """
    record = {
        question.value: {"pages": tally.pages}
        | {verdict.value: tally.verdicts[verdict] for verdict in Verdict}
        for question, tally in now.items()
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def read_baseline(path: Path) -> Figures:
    """The figures that `write_baseline` kept. Raises `BaselineError` when the file is no such thing."""
    try:
        record = json.loads(path.read_text("utf-8"))
        return {
            Question(name): Tally(Counter({verdict: int(counts.get(verdict, 0)) for verdict in Verdict}))
            for name, counts in record.items()
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BaselineError(
            f"The baseline {path} cannot be used: {error}. Write it again with --write-baseline."
        ) from error
