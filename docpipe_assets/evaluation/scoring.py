"""Judging the answers about one page by its label, question by question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz

from docpipe_assets.evaluation.labels import Label
from docpipe_assets.report import SheetRow, export_record
from docpipe_assets.report.wording import ratio_label
from docpipe_assets.scale import NotationKind, find_notations
from docpipe_assets.vocabulary import Discipline, Engine, PageType, ScaleStatus

WRITTEN_TOLERANCE: Final = 0.01
MEASURED_TOLERANCE: Final = 0.03
"""A ratio measured by hand is good to about 2 %."""
ALIKE: Final = 90.0
"""Titles with at least this similarity, of 100, are the same but for a misread letter."""

_SEPARATORS = re.compile(r"[\s._\-\u2010-\u2015\u2212]+")
_OF_HOW_MANY = re.compile(r"(?P<number>.*\S)\s*(?:\bOF\b|/)\s*\d+")
_NO_DISCIPLINE = (None, Discipline.OTHER, Discipline.NONE)
_ASKS = (ScaleStatus.MULTIPLE, ScaleStatus.AS_NOTED, ScaleStatus.NOT_TO_SCALE, ScaleStatus.MISMATCH)
_STATUS_OF_NOTE = {
    NotationKind.AS_NOTED: ScaleStatus.AS_NOTED,
    NotationKind.NOT_TO_SCALE: ScaleStatus.NOT_TO_SCALE,
}


class Question(StrEnum):
    """What is judged of a page. Each page is asked only what its label answers."""

    SHEET_NUMBER = "sheet_number"
    NO_SHEET_NUMBER = "no_sheet_number"
    SHEET_TITLE = "sheet_title"
    PAGE_TYPE = "page_type"
    DISCIPLINE = "discipline"
    SCALE = "scale"
    NO_SCALE = "no_scale"
    TRUE_PRINT = "true_print"
    RESIZED_PRINT = "resized_print"
    UNWRITTEN_SCALE = "unwritten_scale"
    MEASURED_RATIO = "measured_ratio"


class Verdict(StrEnum):
    """How good an answer is, the best first.

    NEAR is right in part; what that means differs from question to question. ASKED: no answer, but the
    page is given to a person with a reason. UNANSWERED: nothing was said.
    """

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"
    ASKED = "asked"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Mark:
    """The verdict on one question about one page; `expected` and `found` are in words.

    `row` is what docpipe says of the page, None where it has no such page.
    """

    question: Question
    verdict: Verdict
    label: Label
    row: SheetRow | None
    expected: str
    found: str | None

    @property
    def engine(self) -> Engine | None:
        """What read the page's text."""
        return self.row.engine if self.row else None

    @property
    def confidence(self) -> float | None:
        """How sure docpipe was of the answer; it does not say so of what it measured."""
        if self.row is None or self.question is Question.MEASURED_RATIO:
            return None
        return self.row.confidences.known().get(_CONFIDENCE_OF[self.question])

    @property
    def asks_for_review(self) -> bool:
        """Whether docpipe wants a person to look at this kind of answer on the page."""
        if self.row is None:
            return True
        of_scale = _CONFIDENCE_OF[self.question] == "scale"
        return self.row.scale_needs_review if of_scale else self.row.classification_needs_review

    @property
    def is_unmarked(self) -> bool:
        """Whether the answer is wrong and nobody is asked to look at it."""
        return self.verdict is Verdict.WRONG and not self.asks_for_review


_CONFIDENCE_OF: Final = {
    Question.SHEET_NUMBER: "number",
    Question.NO_SHEET_NUMBER: "number",
    Question.SHEET_TITLE: "title",
    Question.PAGE_TYPE: "type",
    Question.DISCIPLINE: "discipline",
    Question.SCALE: "scale",
    Question.NO_SCALE: "scale",
    Question.TRUE_PRINT: "scale",
    Question.RESIZED_PRINT: "scale",
    Question.UNWRITTEN_SCALE: "scale",
    Question.MEASURED_RATIO: "scale",
}

_Answer = tuple[Verdict, str, str | None]
"""The verdict, what was expected and what was found."""


def judge(label: Label, row: SheetRow | None) -> Iterator[Mark]:
    """A mark for every question that the label answers; a page without a row answers none of them."""
    for question, ask in _ASK.items():
        answer = ask(label, row)
        if answer is not None:
            verdict, expected, found = answer
            yield Mark(question, verdict, label, row, expected, found)


def measured_ratio(row: SheetRow) -> float | None:
    """N of 1:N as docpipe measured it on the drawing."""
    value = export_record(row).get("measured_ratio")
    return None if value is None else float(value)


def _sheet_number(label: Label, row: SheetRow | None) -> _Answer | None:
    if label.sheet_number is None:
        return None
    found = row.sheet_number if row else None
    if found is None:
        return Verdict.UNANSWERED, label.sheet_number, None
    right = _number_key(found) in _accepted_numbers(label.sheet_number)
    return Verdict.RIGHT if right else Verdict.WRONG, label.sheet_number, found


def _no_sheet_number(label: Label, row: SheetRow | None) -> _Answer | None:
    if not label.says("sheet_number") or label.sheet_number is not None:
        return None
    found = row.sheet_number if row else None
    return Verdict.RIGHT if found is None else Verdict.WRONG, "no number", found


def _sheet_title(label: Label, row: SheetRow | None) -> _Answer | None:
    """Right when the words agree in any order; near when those of one title are all in the other."""
    if label.sheet_title is None:
        return None
    found = row.sheet_title if row else None
    if found is None:
        return Verdict.UNANSWERED, label.sheet_title, None
    words = _words(found), _words(label.sheet_title)
    if fuzz.token_sort_ratio(*words) >= ALIKE:
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.NEAR if fuzz.token_set_ratio(*words) >= ALIKE else Verdict.WRONG
    return verdict, label.sheet_title, found


def _page_type(label: Label, row: SheetRow | None) -> _Answer | None:
    """Near when one kind of plan is taken for another."""
    if label.page_type is None:
        return None
    found = row.page_type if row else None
    if found is None:
        return Verdict.UNANSWERED, label.page_type, None
    if found == label.page_type:
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.NEAR if _is_plan(found) and _is_plan(label.page_type) else Verdict.WRONG
    return verdict, label.page_type, found


def _discipline(label: Label, row: SheetRow | None) -> _Answer | None:
    if label.discipline is None:
        return None
    found = row.discipline if row else None
    if found == label.discipline or (found in _NO_DISCIPLINE and label.discipline in _NO_DISCIPLINE):
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.UNANSWERED if found is None else Verdict.WRONG
    return verdict, label.discipline, found


def _scale(label: Label, row: SheetRow | None) -> _Answer | None:
    """The written scale of pages that have one; right also when it was read and found not to hold."""
    if label.primary_scale_ratio is None:
        return None
    expected = " ".join(filter(None, (label.primary_scale, f"({ratio_label(label.primary_scale_ratio)})")))
    read = row is not None and (row.scale_is_claimed or row.scale_status == ScaleStatus.MISMATCH)
    if (
        read
        and row
        and row.scale_ratio
        and _near(row.scale_ratio, label.primary_scale_ratio, WRITTEN_TOLERANCE)
    ):
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.WRONG if row and row.scale_is_claimed else _unclaimed(row)
    return verdict, expected, _scale_words(row)


def _no_scale(label: Label, row: SheetRow | None) -> _Answer | None:
    """Pages without a numeric scale: near when none is given, but for another reason than the label's."""
    if not label.says("primary_scale_ratio") or label.primary_scale_ratio is not None:
        return None
    accepted = _accepted_statuses(label)
    expected = label.primary_scale or " or ".join(sorted(_plain(status) for status in accepted))
    if row is not None and row.scale_is_claimed:
        verdict = Verdict.RIGHT if _holds_on_the_page(label, row) else Verdict.WRONG
    elif row is None or row.scale_status is None:
        verdict = Verdict.UNANSWERED
    else:
        verdict = Verdict.RIGHT if row.scale_status in accepted else Verdict.NEAR
    return verdict, expected, _scale_words(row)


def _true_print(label: Label, row: SheetRow | None) -> _Answer | None:
    """Pages on which the written scale was found to hold; ASKED is a false alarm there."""
    if label.measured_ratio is None or label.primary_scale_ratio is None or _is_resized(label):
        return None
    return _on_the_page(label, row), f"{ratio_label(label.measured_ratio)}, as written", _scale_words(row)


def _unwritten_scale(label: Label, row: SheetRow | None) -> _Answer | None:
    """Pages that give no scale and can be measured all the same: right is a proposal for a person to accept."""
    if label.measured_ratio is None or label.primary_scale_ratio is not None:
        return None
    expected = f"{ratio_label(label.measured_ratio)}, measured only"
    proposed = row is not None and row.scale_status == ScaleStatus.NOT_FOUND and row.scale_ratio is not None
    if row is not None and proposed:
        verdict = Verdict.RIGHT if _holds_on_the_page(label, row) else Verdict.WRONG
    else:
        verdict = _on_the_page(label, row)
    return verdict, expected, _scale_words(row)


def _resized_print(label: Label, row: SheetRow | None) -> _Answer | None:
    """Pages that measure otherwise than they say; near when calibrated by the measure without a word about it."""
    if not _is_resized(label):
        return None
    expected = f"mismatch: {ratio_label(label.primary_scale_ratio)} written, {ratio_label(label.measured_ratio)} drawn"
    if row is not None and row.scale_is_claimed:
        verdict = Verdict.NEAR if _holds_on_the_page(label, row) else Verdict.WRONG
    elif row is not None and row.scale_status == ScaleStatus.MISMATCH:
        verdict = Verdict.RIGHT
    else:
        verdict = _unclaimed(row)
    return verdict, expected, _scale_words(row)


def _measured_ratio(label: Label, row: SheetRow | None) -> _Answer | None:
    if label.measured_ratio is None:
        return None
    expected, found = ratio_label(label.measured_ratio), measured_ratio(row) if row else None
    if found is None:
        return Verdict.UNANSWERED, expected, None
    right = _near(found, label.measured_ratio, MEASURED_TOLERANCE)
    return Verdict.RIGHT if right else Verdict.WRONG, expected, ratio_label(found)


_ASK: Final[dict[Question, Callable[[Label, SheetRow | None], _Answer | None]]] = {
    Question.SHEET_NUMBER: _sheet_number,
    Question.NO_SHEET_NUMBER: _no_sheet_number,
    Question.SHEET_TITLE: _sheet_title,
    Question.PAGE_TYPE: _page_type,
    Question.DISCIPLINE: _discipline,
    Question.SCALE: _scale,
    Question.NO_SCALE: _no_scale,
    Question.TRUE_PRINT: _true_print,
    Question.RESIZED_PRINT: _resized_print,
    Question.UNWRITTEN_SCALE: _unwritten_scale,
    Question.MEASURED_RATIO: _measured_ratio,
}


def _accepted_numbers(label: str) -> set[str]:
    """The number as labelled, and of `3 OF 9` the 3 alone."""
    alone = _OF_HOW_MANY.fullmatch(label.upper().strip())
    return {_number_key(label)} | ({_number_key(alone["number"])} if alone else set())


def _number_key(number: str) -> str:
    words = number.upper().split()
    if len(words) > 1 and words[0] in ("SHEET", "PAGE"):
        del words[0]
    return _SEPARATORS.sub("", "".join(words))


def _words(title: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in title.upper()).split())


def _is_plan(page_type: PageType) -> bool:
    return page_type.endswith("_plan")


def _accepted_statuses(label: Label) -> set[ScaleStatus]:
    """The statuses that say of a page without a numeric scale what its label says."""
    notes = find_notations(label.primary_scale) if label.primary_scale else ()
    accepted = {_STATUS_OF_NOTE[note.kind] for note in notes if note.kind in _STATUS_OF_NOTE}
    written = {note.ratio for text in label.scales for note in find_notations(text) if note.ratio}
    if len(written) > 1:
        accepted.add(ScaleStatus.MULTIPLE)
    return accepted or {ScaleStatus.NOT_FOUND, ScaleStatus.NOT_A_DRAWING}


def _is_resized(label: Label) -> bool:
    written, measured = label.primary_scale_ratio, label.measured_ratio
    return written is not None and measured is not None and not _near(written, measured, MEASURED_TOLERANCE)


def _on_the_page(label: Label, row: SheetRow | None) -> Verdict:
    """Whether what one would measure with is right on this very print."""
    if row is not None and row.scale_is_claimed:
        return Verdict.RIGHT if _holds_on_the_page(label, row) else Verdict.WRONG
    alarm = row is not None and row.scale_status == ScaleStatus.MISMATCH
    return Verdict.ASKED if alarm else Verdict.UNANSWERED


def _holds_on_the_page(label: Label, row: SheetRow) -> bool:
    if label.measured_ratio is None:
        return False
    if row.dpi and row.pixels_per_foot:
        ratio: float | None = row.dpi * 12 / row.pixels_per_foot
    else:
        ratio = row.scale_ratio
    return bool(ratio) and _near(ratio or 0.0, label.measured_ratio, MEASURED_TOLERANCE)


def _unclaimed(row: SheetRow | None) -> Verdict:
    return Verdict.ASKED if row is not None and row.scale_status in _ASKS else Verdict.UNANSWERED


def _scale_words(row: SheetRow | None) -> str | None:
    if row is None or row.scale_status is None:
        return None
    ratio = f"({ratio_label(row.scale_ratio)})" if row.scale_ratio else ""
    measured = measured_ratio(row)
    drawn = f", measures {ratio_label(measured)}" if measured else ""
    return " ".join(filter(None, (f"{_plain(row.scale_status)}:", row.scale_text, ratio))).rstrip(":") + drawn


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _near(found: float, wanted: float, tolerance: float) -> bool:
    return abs(found / wanted - 1) <= tolerance
