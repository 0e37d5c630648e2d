"""Which lines of a page are its sheet title."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from docpipe_assets.classification.evidence import PageEvidence
from docpipe_assets.classification.labels import LabelKind, Labelled
from docpipe_assets.classification.number_choice import RankedNumber
from docpipe_assets.classification.numbers import parse_number
from docpipe_assets.classification.phrases import known_share, project_share, respaced, type_words
from docpipe_assets.classification.reading import Line, fold, in_frame, squeeze, tidy
from docpipe_assets.classification.sheet_index import IndexRow, index_heading
from docpipe_assets.classification.sisters import SisterSheets
from docpipe_assets.classification.text_runs import TextRun, is_project_data, read_runs
from docpipe_assets.classification.views import scale_in
from docpipe_assets.page_text import Box

_EVEN_ODDS = 3.0
_SPREAD = 0.8
_LEAST = 2.2
_MARGIN = 1.2
_SAME_TITLE = 85.0

# Weights of a title's evidence, in units in which 1 makes it 2 to 3 times as likely.
_LABEL = 4.3
_WEAK_LABEL = 0.8
_NAMING_LABEL = 2.0
_OTHER_LABEL = -2.6
_TYPE_WORDS = 0.6
_KNOWN = 1.2
_PROJECT = -2.2
_NOT_TITLE = -4.0
_NEAR_NUMBER = 1.6
_EDGE = 0.8
_TYPE_SIZE = 0.4
_OUTSIDE = -1.2
_BODY_TYPE = -0.5
_INDEX_HEADING = -2.0
_ELSEWHERE = -0.8
_NO_WORDS = -2.5
_OVER_NUMBER = -0.7
_LONG = -0.5
_PARAGRAPH = -3.0
_LINE = 0.2
_CUT = -1.1
_CONSTANT = -4.5
_VARIES = 1.0
_IN_INDEX = 2.5
_VIEW_TITLE = -2.0
_REPEATED_BY_VIEWS = 0.8


@dataclass(frozen=True, slots=True)
class RankedTitle:
    """A title with its score, the confidence in it, where it stands, and why."""

    value: str
    score: float
    confidence: float
    box: Box | None
    reason: str


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """The title chosen, if any, and the runners-up, best first."""

    chosen: RankedTitle | None
    others: tuple[RankedTitle, ...]


def choose_title(
    at: int,
    page: PageEvidence,
    number: RankedNumber | None,
    sisters: SisterSheets,
    index: dict[str, list[IndexRow]],
) -> TitleChoice:
    """The title of page `at` of the set, from its title block, the sheet index, or its dominating view."""
    listed = [row.title for row in index.get(number.key, ())] if number else []
    shape = number.candidate.shape if number else None
    titles = [_rank(run, page, number, listed) for run in read_runs(page, sisters, at, shape)]
    titles = _best_of_each([title for title in titles if title.score > 0])
    if listed and not any(same_title(title.value, listed) for title in titles[:1]):
        titles.append(_from_index(listed[0], confirmed=number))
    if view := _from_view(page):
        titles = _best_of_each([*titles, view])
    titles.sort(key=lambda title: title.score, reverse=True)
    if not titles or titles[0].score < _LEAST:
        return TitleChoice(None, tuple(titles[:3]))
    best = titles[0]
    if len(titles) > 1:
        share = min((best.score - titles[1].score) / _MARGIN, 1.0)
        best = RankedTitle(
            best.value, best.score, best.confidence * (0.55 + 0.45 * share), best.box, best.reason
        )
    return TitleChoice(best, tuple(titles[1:4]))


def _rank(
    run: TextRun, page: PageEvidence, number: RankedNumber | None, listed: Sequence[str]
) -> RankedTitle:
    text = _cleaned(run.text, any(block.line.confidence < 1 for block in run.blocks))
    said: list[str] = []
    words = max(type_words(text).values(), default=0.0)
    near = _nearness(run, number, page) if number else 0.0
    titled = _titled(run)
    score = _by_label(run, titled, words, said) + _by_words(run, text, words, said)
    score += _by_place(run, page, number, near, said)
    score += _repeated(run, 0.3 if titled else 0.6 if words >= 4 else 1.0, said)
    score += _beside_views(run, text, page, titled=titled is not None)
    if titled is None:
        score += _unlabelled(run, text, page, near)
    if listed and same_title(text, listed):
        score += _IN_INDEX * (0.3 + 0.7 * near)
        said.append("as in the sheet index")
    confidence = 1 / (1 + math.exp(-(score - _EVEN_ODDS) / _SPREAD))
    read = min(block.line.confidence for block in run.blocks)
    if read < 1:
        # What a scan says in words that no title has may well be misread.
        confidence *= read * (0.75 + 0.25 * known_share(text))
    return RankedTitle(text, score, confidence, run.box, ", ".join(said) or "stands in the title block")


def _titled(run: TextRun) -> Labelled | None:
    """The label of a title that any line of the run belongs to, the nearest one."""
    labels = [block.item.labelled for block in run.blocks]
    return max(
        (label for label in labels if label and label.kind is LabelKind.TITLE),
        key=lambda label: label.nearness,
        default=None,
    )


def _by_label(run: TextRun, titled: Labelled | None, words: float, said: list[str]) -> float:
    labelled = titled or run.blocks[0].item.labelled
    if labelled is None:
        return 0.0
    if labelled.kind is LabelKind.TITLE:
        said.append(f'beside the label "{labelled.name.strip(" :")}"')
        return _LABEL * (0.4 + 0.6 * labelled.nearness)
    if labelled.kind is LabelKind.OTHER:
        return _OTHER_LABEL * labelled.nearness
    # DRAWING or DESCRIPTION heads the title as well as the number, or the revisions.
    return (_NAMING_LABEL if words >= 3 else _WEAK_LABEL) * labelled.nearness


def _by_words(run: TextRun, text: str, words: float, said: list[str]) -> float:
    """`words` is how plainly the text names a kind of drawing, 0 to about 6."""
    known = known_share(text)
    score = _TYPE_WORDS * min(words, 5.0) * (0.35 + 0.65 * known) + _KNOWN * known
    if words >= 2:
        said.append("names a kind of drawing")
    if words < 4:
        score += _PROJECT * project_share(text)
    if words < 3 and (len(squeeze(text)) < 4 or parse_number(text)):
        score += _NO_WORDS
    score += sum(_NOT_TITLE for block in run.blocks if is_project_data(block.line.text))
    score += _NOT_TITLE if sum(c.isalpha() for c in text) < 3 else 0.0
    score += _LONG * max(len(text.split()) - 10, 0) - (1.0 if text.endswith((".", ",")) else 0.0)
    return score + (_PARAGRAPH if run.paragraph else 0.0) + _CUT * run.cuts + _LINE * (len(run.blocks) - 1)


def _by_place(
    run: TextRun, page: PageEvidence, number: RankedNumber | None, near: float, said: list[str]
) -> float:
    score = _EDGE * max(block.item.edge for block in run.blocks) + _NEAR_NUMBER * near
    if near > 0.4:
        said.append("close to the sheet number")
    if number is not None and run.size > 1.6 * number.candidate.size:
        score += _OVER_NUMBER
    return score + _TYPE_SIZE * min(max(math.log2(max(run.size / page.body_size, 0.1)), -1.0), 2.0)


def _unlabelled(run: TextRun, text: str, page: PageEvidence, near: float) -> float:
    """What speaks against a title without a label: away from the title block, in the type of notes."""
    score = _OUTSIDE * (1 - max(near, *(_near_labels(block.line, page) for block in run.blocks)))
    score += _BODY_TYPE if run.size < 1.15 * page.body_size else 0.0
    score += _ELSEWHERE if any(item.label is LabelKind.TITLE for item in page.lines) else 0.0
    return score + (_INDEX_HEADING if index_heading(text) else 0.0)


def _beside_views(run: TextRun, text: str, page: PageEvidence, titled: bool) -> float:
    """A title that views of the sheet repeat gains; the title of a view itself is not the sheet's."""
    elsewhere: list[str] = []
    for view in page.views:
        if view.box.overlap(run.box) > 0.3 * min(view.box.area, run.box.area):
            if view.scaled and not titled:
                return _VIEW_TITLE
        else:
            elsewhere.append(squeeze(view.title))
    parts = {squeeze(text)}, {squeeze(block.line.text) for block in run.blocks}
    repeated = any(
        all(len(part) >= 4 and any(part in title for title in elsewhere) for part in whole) for whole in parts
    )
    return _REPEATED_BY_VIEWS if repeated else 0.0


def _repeated(run: TextRun, doubt: float, said: list[str]) -> float:
    """What sister sheets say: the same text in the same place is the project's, a changing one the sheet's.

    `doubt` is less than 1 for what is a title by its label or words: a short set may be all DETAILS.
    """
    sisters = run.blocks[0].repetition.sisters
    if not sisters:
        return 0.0
    trust = sisters / (sisters + 1.5)
    same = max(block.repetition.same for block in run.blocks)
    other = run.blocks[0].repetition.other
    if other > 0.5 and same < 0.4:
        said.append("changes from sheet to sheet")
    return trust * (doubt * _CONSTANT * max(same - 0.25, 0.0) / 0.75 + _VARIES * other)


def _nearness(run: TextRun, number: RankedNumber, page: PageEvidence) -> float:
    """1 within a twentieth of the page of the number, 0 beyond a quarter."""
    frame = page.sheet.width, page.sheet.height
    one = in_frame(run.box, 0, *frame)
    other = in_frame(number.candidate.box, 0, *frame)
    aside = max(one[0] - other[1], other[0] - one[1], 0.0)
    apart = max(one[2] - other[3], other[2] - one[3], 0.0)
    distance = math.hypot(aside, apart) / max(frame)
    return min(max((0.25 - distance) / 0.2, 0.0), 1.0)


def _near_labels(line: Line, page: PageEvidence) -> float:
    """1 within a few lines of the labels of a title block, such as SCALE or DATE, 0 far from any."""
    best = 0.0
    for item in page.lines:
        label = item.line
        if item.label is None or label.turn != line.turn:
            continue
        aside = max(label.start - line.end, line.start - label.end, 0.0)
        apart = max(label.top - line.bottom, line.top - label.bottom, 0.0)
        best = max(best, 1 - math.hypot(aside, apart) / (0.08 * max(page.sheet.width, page.sheet.height)))
    return best


def _cleaned(text: str, scanned: bool) -> str:
    """The title as a person would type it: no label's colon, no scale behind it."""
    scale = scale_in(fold(text))
    if scale is not None and scale.start() > 4 and len(fold(text)) == len(text):
        text = text[: scale.start()]
    text = tidy(text).strip(" :;|_-,")
    return respaced(text) if scanned else text


def same_title(text: str, titles: Sequence[str]) -> bool:
    """Whether `text` is one of `titles`, but for misread letters and the order of words."""
    return any(fuzz.token_sort_ratio(fold(text), fold(title)) >= _SAME_TITLE for title in titles)


def _from_index(title: str, confirmed: RankedNumber | None) -> RankedTitle:
    sure = confirmed.confidence if confirmed else 0.0
    return RankedTitle(title, 2.6 + sure, 0.75 * sure, None, "from the sheet index")


def _from_view(page: PageEvidence) -> RankedTitle | None:
    """The title of the view that dominates: the only one, or the one in the largest type."""
    scaled = [view for view in page.views if view.scaled and type_words(view.title)]
    if not scaled or (len(scaled) > 1 and scaled[0].size < 1.1 * scaled[1].size):
        return None
    view = scaled[0]
    score = 2.2 + 0.17 * min(max(type_words(view.title).values()), 5.0)
    return RankedTitle(
        tidy(view.title), score, 0.45, view.box, "the title of the main view; the title block has none"
    )


def _best_of_each(titles: Sequence[RankedTitle]) -> list[RankedTitle]:
    best: dict[str, RankedTitle] = {}
    for title in sorted(titles, key=lambda t: t.score, reverse=True):
        best.setdefault(squeeze(title.value), title)
    return list(best.values())
