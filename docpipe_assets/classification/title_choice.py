"""Which lines of a page are its sheet title."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docpipe_assets.classification.evidence import BlockLine, PageEvidence
from docpipe_assets.classification.labels import LabelKind
from docpipe_assets.classification.number_choice import RankedNumber
from docpipe_assets.classification.numbers import parse_number
from docpipe_assets.classification.phrases import known_share, project_share, respaced, type_words
from docpipe_assets.classification.reading import Line, fold, in_frame, squeeze, tidy
from docpipe_assets.classification.sheet_index import IndexRow
from docpipe_assets.classification.sisters import Repetition, SisterSheets
from docpipe_assets.classification.views import scale_in
from docpipe_assets.classification.words import NOTICE_PHRASES
from docpipe_assets.page_text import Box

_EVEN_ODDS = 3.0
_SPREAD = 0.8
_LEAST = 2.2
_MARGIN = 1.2
_MOST_LINES = 4
_PARAGRAPH_LINES = 6
_WIDEST_PITCH = 1.95
_WIDER = 1.25
_SAME_TITLE = 85.0

_LABEL = 4.0
_OTHER_LABEL = -2.6
_TYPE_WORDS = 0.6
_KNOWN = 1.2
_PROJECT = -2.2
_NOT_TITLE = -4.0
_NEAR_NUMBER = 1.6
_EDGE = 0.8
_TYPE_SIZE = 0.4
_CUT = -1.1
_CONSTANT = -4.5
_VARIES = 1.0
_IN_INDEX = 2.5
_VIEW_TITLE = -2.0

_STREET = re.compile(
    r"^\d+[A-Z]?,? (?:[A-Z0-9.']+ ){1,4}(?:STREET|ST|ROAD|RD|AVENUE|AVE|LANE|LN|DRIVE|DR|BOULEVARD|BLVD|WAY|COURT|CT|"
    r"PLACE|PL|HIGHWAY|HWY|PARKWAY|PKWY|TERRACE|CLOSE|CRESCENT|CIRCLE|CIR)\b"
)
_PLACE = re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|, ?[A-Z]{2}\.?$|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|\b(?:NSW|VIC|QLD) \d{4}\b")
_DATE = re.compile(
    r"\b\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}:\d{2}|"
    r"\b(?:JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|JAN|FEB|MAR|APR|JUN|JUL|"
    r"AUG|SEPT?|OCT|NOV|DEC)\.? (?:\d{1,2},? )?\d{4}\b"
)
_PHONE = re.compile(r"\(?\d{3}\)?[-. ]+\d{3}[-. ]+\d{4}|\+\d[\d ]{7,}")


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


@dataclass(frozen=True, slots=True)
class _Block:
    """A line with what sister sheets have in its place."""

    item: BlockLine
    repetition: Repetition

    @property
    def line(self) -> Line:
        return self.item.line


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines that read on as one text. `cuts` counts ends where the lines around would read on as well."""

    blocks: tuple[_Block, ...]
    cuts: int
    paragraph: bool

    @property
    def text(self) -> str:
        text = self.blocks[0].line.text
        for block in self.blocks[1:]:
            hyphenated = text.endswith("-") and not text.endswith(" -")
            text += block.line.text if hyphenated else f" {block.line.text}"
        return text

    @property
    def box(self) -> Box:
        return Box.around(block.line.box for block in self.blocks)

    @property
    def size(self) -> float:
        return sum(block.line.size for block in self.blocks) / len(self.blocks)


def choose_title(
    at: int,
    page: PageEvidence,
    number: RankedNumber | None,
    sisters: SisterSheets,
    index: dict[str, list[IndexRow]],
) -> TitleChoice:
    """The title of page `at` of the set, from its title block, the sheet index, or its dominating view."""
    listed = [row.title for row in index.get(number.key, ())] if number else []
    titles = [_rank(run, page, number, listed) for run in _runs(page, sisters, at, number)]
    titles = _best_of_each([title for title in titles if title.score > 0])
    if listed and not any(_alike(title.value, listed) for title in titles[:1]):
        titles.append(_from_index(listed[0], confirmed=number))
    if (view := _from_view(page)) and not any(_alike(title.value, [view.value]) for title in titles[:1]):
        titles.append(view)
    titles.sort(key=lambda title: title.score, reverse=True)
    if not titles or titles[0].score < _LEAST:
        return TitleChoice(None, tuple(titles[:3]))
    best = titles[0]
    if len(titles) > 1:
        share = min((best.score - titles[1].score) / _MARGIN, 1.0)
        best = RankedTitle(best.value, best.score, best.confidence * (0.55 + 0.45 * share), best.box, best.reason)
    return TitleChoice(best, tuple(titles[1:4]))


def _runs(
    page: PageEvidence, sisters: SisterSheets, at: int, number: RankedNumber | None
) -> Iterator[_Run]:
    """The texts of the title block: all runs of up to four lines that read on."""
    blocks = []
    for item in page.lines:
        if item.label is not None and not (item.labelled and item.labelled.kind is LabelKind.TITLE):
            continue
        item = _without_number(item, number)
        if sum(c.isalpha() for c in item.line.text) < 2:
            continue
        blocks.append(_Block(item, sisters.of_line(at, item)))
    for chain in _chains(blocks):
        for part in _at_wider_gaps(chain):
            for first in range(len(part)):
                for last in range(first + 1, min(first + _MOST_LINES, len(part)) + 1):
                    run = part[first:last]
                    cuts = _is_cut(part, first) + _is_cut(part, last)
                    yield _Run(tuple(run), cuts, len(part) >= _PARAGRAPH_LINES)


def _without_number(item: BlockLine, number: RankedNumber | None) -> BlockLine:
    """The line without the sheet number that opens or ends it."""
    if number is None or number.value not in item.line.text or len(item.line.text) <= len(number.value) + 3:
        return item
    line = item.line
    text = tidy(line.text.replace(number.value, " ", 1)).strip(" -:|")
    return BlockLine(
        Line(text, line.box, line.turn, line.start, line.end, line.top, line.bottom, line.confidence),
        item.edge,
        item.labelled,
        item.label,
    )


def _is_cut(part: Sequence[_Block], at: int) -> bool:
    """Whether parting the lines before `at` cuts a text: not where one side is project data or a notice."""
    if not 0 < at < len(part):
        return False
    above, below = part[at - 1], part[at]
    labelled_apart = below.item.labelled != above.item.labelled and (
        below.item.labelled is not None and below.item.labelled.nearness > 0.6
    )
    return not (labelled_apart or any(_is_other(b.line.text) or b.repetition.same > 0.5 for b in (above, below)))


def _chains(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Lines of one type size, each closely below and aligned with the one before."""
    followed: dict[int, int] = {}
    for above, block in enumerate(blocks):
        best: tuple[float, int] | None = None
        for below, other in enumerate(blocks):
            pitch = _pitch(block.line, other.line) if below != above else None
            if pitch is not None and below not in followed.values() and (best is None or pitch < best[0]):
                best = (pitch, below)
        if best is not None:
            followed[above] = best[1]
    starts = set(range(len(blocks))) - set(followed.values())
    for start in sorted(starts):
        chain, at = [blocks[start]], start
        while at in followed:
            at = followed[at]
            chain.append(blocks[at])
        yield chain


def _pitch(above: Line, below: Line) -> float | None:
    """Distance from line to line in type sizes, if `below` may continue `above`; else None."""
    size = min(above.size, below.size)
    if above.turn != below.turn or max(above.size, below.size) > 1.3 * size or below.middle <= above.middle:
        return None
    pitch = (below.middle - above.middle) / max(above.size, below.size)
    if not 0.6 < pitch < _WIDEST_PITCH:
        return None
    reach = 0.9 * size
    aligned = (
        abs(above.start - below.start) < reach
        or abs(above.start + above.end - below.start - below.end) < 2 * reach
        or abs(above.end - below.end) < reach
    )
    return pitch if aligned else None


def _at_wider_gaps(chain: list[_Block]) -> Iterator[list[_Block]]:
    """The chain in parts, parted where the gap is clearly wider than the closest in it."""
    pitches = [_pitch(a.line, b.line) or _WIDEST_PITCH for a, b in zip(chain, chain[1:], strict=False)]
    closest = min(pitches, default=0.0)
    part = [chain[0]]
    for block, pitch in zip(chain[1:], pitches, strict=True):
        if pitch > _WIDER * closest:
            yield part
            part = []
        part.append(block)
    yield part


def _rank(
    run: _Run, page: PageEvidence, number: RankedNumber | None, listed: Sequence[str]
) -> RankedTitle:
    first = run.blocks[0]
    text = _cleaned(run.text, any(block.line.confidence < 1 for block in run.blocks))
    said = []
    score = _EDGE * max(block.item.edge for block in run.blocks)
    labelled = first.item.labelled
    if labelled and labelled.kind is LabelKind.TITLE:
        score += _LABEL * (0.4 + 0.6 * labelled.nearness)
        said.append(f'beside the label "{labelled.name.strip(" :")}"')
    elif labelled:
        score += _OTHER_LABEL * labelled.nearness
    words = max(type_words(text).values(), default=0.0)
    score += _TYPE_WORDS * min(words, 5.0) + _KNOWN * known_share(text)
    score += _PROJECT * project_share(text) if words < 4 else 0.0
    if words >= 2:
        said.append("names a kind of drawing")
    score += sum(_NOT_TITLE for block in run.blocks if _is_other(block.line.text))
    if number is not None:
        near = _nearness(run, number, page)
        score += _NEAR_NUMBER * near
        if near > 0.4:
            said.append("close to the sheet number")
        if run.size > 1.6 * number.candidate.size:
            score -= 0.7
    score += _TYPE_SIZE * min(max(math.log2(max(run.size / page.body_size, 0.1)), -1.0), 2.0)
    score += _CUT * run.cuts + 0.2 * (len(run.blocks) - 1)
    score -= 3.0 if run.paragraph else 0.0
    score -= 2.0 * max(len(text.split()) - 10, 0) / 4 + (1.0 if text.endswith((".", ",")) else 0.0)
    score += _repeated(run, said)
    if listed and _alike(text, listed):
        score += _IN_INDEX
        said.append("as in the sheet index")
    score += _beside_views(run, text, page, titled=bool(labelled and labelled.kind is LabelKind.TITLE))
    if sum(c.isalpha() for c in text) < 3 or (parse_number(text) and words < 3):
        score += _NOT_TITLE
    confidence = 1 / (1 + math.exp(-(score - _EVEN_ODDS) / _SPREAD))
    return RankedTitle(text, score, confidence, run.box, ", ".join(said) or "stands in the title block")


def _beside_views(run: _Run, text: str, page: PageEvidence, titled: bool) -> float:
    """A title that views of the sheet repeat gains; the title of a view itself is not the sheet's."""
    key = squeeze(text)
    score = 0.0
    for view in page.views:
        if view.box.overlap(run.box) > 0.3 * min(view.box.area, run.box.area):
            if view.scaled and not titled:
                return _VIEW_TITLE
        elif len(key) >= 4 and key in squeeze(view.title):
            score = 0.8
    return score


def _repeated(run: _Run, said: list[str]) -> float:
    """What sister sheets say: the same text in the same place is the project's, a changing one the sheet's."""
    sisters = run.blocks[0].repetition.sisters
    if not sisters:
        return 0.0
    trust = sisters / (sisters + 1.5)
    same = max(block.repetition.same for block in run.blocks)
    other = run.blocks[0].repetition.other
    if other > 0.5 and same < 0.4:
        said.append("changes from sheet to sheet")
    return trust * (_CONSTANT * max(same - 0.25, 0.0) / 0.75 + _VARIES * other)


def _nearness(run: _Run, number: RankedNumber, page: PageEvidence) -> float:
    """1 within a twentieth of the page of the number, 0 beyond a quarter."""
    frame = page.sheet.width, page.sheet.height
    one = in_frame(run.box, 0, *frame)
    other = in_frame(number.candidate.box, 0, *frame)
    aside = max(one[0] - other[1], other[0] - one[1], 0.0)
    apart = max(one[2] - other[3], other[2] - one[3], 0.0)
    distance = math.hypot(aside, apart) / max(frame)
    return min(max((0.25 - distance) / 0.2, 0.0), 1.0)


def _is_other(text: str) -> bool:
    """Whether a line is an address, a date, a telephone number, a scale, a state of issue."""
    folded = fold(text)
    return (
        any(pattern.search(folded) for pattern in (_STREET, _PLACE, _DATE, _PHONE))
        or any(phrase in folded for phrase in NOTICE_PHRASES)
        or scale_in(folded) is not None
    )


def _cleaned(text: str, scanned: bool) -> str:
    """The title as a person would type it: no label's colon, no scale behind it."""
    scale = scale_in(fold(text))
    if scale is not None and scale.start() > 4 and len(fold(text)) == len(text):
        text = text[: scale.start()]
    text = tidy(text).strip(" :;|_-,")
    return respaced(text) if scanned else text


def _alike(text: str, titles: Sequence[str]) -> bool:
    from rapidfuzz import fuzz

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
    return RankedTitle(tidy(view.title), 2.3, 0.4, view.box, "the title of the main view; the title block has none")


def _best_of_each(titles: Sequence[RankedTitle]) -> list[RankedTitle]:
    best: dict[str, RankedTitle] = {}
    for title in sorted(titles, key=lambda t: t.score, reverse=True):
        best.setdefault(squeeze(title.value), title)
    return list(best.values())
