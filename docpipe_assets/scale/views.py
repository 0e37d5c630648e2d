"""The views of a sheet: the title and number that stand with a scale note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from docpipe_assets.page_text import Box
from docpipe_assets.scale.canonical import canonical
from docpipe_assets.scale.lines import Line
from docpipe_assets.scale.notation import find_notations, is_label
from docpipe_assets.scale.notes import Note
from docpipe_assets.scale.words import DRAWING, LABEL, NOT_A_TITLE, SHORT_LABELS, SLOPE, TITLE_BLOCK, VIEW

_ABOVE: Final = 2.2
"""A title stands at most this many type heights above its note ..."""
_LEFT: Final = 40.0
"""... or left of it on the same row ..."""
_BELOW: Final = 1.2
"""... or, rarely, beneath it."""
_BUBBLE: Final = 6.0
"""The view's number stands at most this many type heights left of the title."""
_MOST_WORDS: Final = 14
_LARGER: Final = 1.15
_ACCEPTED: Final = 1.6
_NUMBERED: Final = 0.8
"""A number in a bubble beside it speaks for a title."""

_NUMBER: Final = re.compile(
    r"(?:[A-Z]{0,2}-?\d{1,3}[A-Z]?|[A-Z])(?:\s?[/-]\s?[A-Z]{0,2}-?\d{1,3}(?:\.\d+)?)?"
)
_NUMBER_THEN_TITLE: Final = re.compile(r"\s*((?:[A-Z]?\d{1,2}[A-Z]?)|[A-Z])[\s.):-]+(?=\D{3})(.+)", re.DOTALL)
_TRAILING_LABEL: Final = re.compile(
    rf"(?:(?:HORIZ(?:ONTAL)?|VERT(?:ICAL)?|GRAPHIC|PLOT|DRAWING)?[. ]*{LABEL}|(?<!\w)[{SHORT_LABELS}])[^A-Z\d]*$"
)
_SECTION_MARK: Final = re.compile(r"[A-Z0-9]{1,2}'? ?- ?[A-Z0-9]{1,2}'?|([A-Z])\1'?")
_DIMENSION: Final = re.compile(r"\d\s?['\"]|\d{3,}\s?(?:MM|M)\b")


@dataclass(frozen=True, slots=True)
class ViewTitle:
    """What a view is called; `score` is how much speaks for these words being its title."""

    text: str
    number: str | None
    box: Box
    score: float
    larger: bool = False

    @property
    def certain(self) -> bool:
        """Whether a number, larger type or a word such as PLAN makes it a title beyond a neighbour's words."""
        return self.number is not None or self.larger or DRAWING.search(canonical(self.text).text) is not None

    @property
    def says_view(self) -> bool:
        """Whether the words are ones that view titles are made of."""
        return VIEW.search(canonical(self.text).text) is not None


def title_of(note: Note, lines: Sequence[Line]) -> ViewTitle | None:
    """The title of the view that a note stands under, beside or behind; `None` where nothing looks like one."""
    own = _own_title(note)
    if own is not None:
        return own
    near = [line for line in lines if line.turn == note.line.turn and line is not note.line]
    scored = [(score, line) for line in near if (score := _score(line, note)) > 0]
    titles = [_titled(score, line, note, near) for score, line in scored]
    return max((title for title in titles if title.score >= _ACCEPTED), key=lambda t: t.score, default=None)


def _titled(score: float, line: Line, note: Note, near: Sequence[Line]) -> ViewTitle:
    text, number = _split_number(line.text)
    own_number = note.before.strip() if _NUMBER.fullmatch(canonical(note.before).text.strip()) else None
    number = number or own_number or _bubble(line, note, near)
    larger = line.size >= _LARGER * note.size
    return ViewTitle(text, number, line.box, score + (_NUMBERED if number else 0.0), larger)


def _own_title(note: Note) -> ViewTitle | None:
    """A title on the note's own line, before the note, or behind it where nothing stands before."""
    plain = canonical(note.before)
    label = _TRAILING_LABEL.search(plain.text)
    cut = plain.starts[label.start()] if label else len(note.before)
    words = note.before[:cut].strip(" -–—:.,;@([") or note.after.strip(" -–—:.,;)]")
    if sum(c.isalpha() for c in words) < 3 or TITLE_BLOCK.fullmatch(canonical(words).text):
        return None
    if label is None and VIEW.search(canonical(words).text) is None:
        return None
    text, number = _split_number(words)
    start = note.line.text.find(words)
    title = ViewTitle(text, number, note.line.box_of(start, start + len(words)), 3.0)
    return title if title.says_view else replace(title, score=_ACCEPTED)


def _split_number(words: str) -> tuple[str, str | None]:
    found = _NUMBER_THEN_TITLE.fullmatch(words)
    return (found[2].strip(), found[1]) if found else (words.strip(), None)


def _score(line: Line, note: Note) -> float:
    """How much speaks for `line` being the title of the note's view; 0 where it stands elsewhere."""
    size = max(line.size, note.size)
    title, place = line.extent, note.extent
    above, below = place.top - title.bottom, title.top - place.bottom
    aside = (place.left - title.right) / size
    if title.rows_shared(place) >= 0.5 and -0.2 <= aside <= _LEFT:
        nearness = 1.0 - 0.02 * max(aside, 0.0)
    elif -0.6 * size <= above <= _ABOVE * size and _aligned(line, note, size):
        nearness = 1.5 - 0.4 * max(above, 0.0) / size
    elif 0 <= below <= _BELOW * size and _aligned(line, note, size):
        nearness = -0.5
    else:
        return 0.0
    plain = canonical(line.text).text.strip()
    if not _could_be_title(line, plain):
        return 0.0
    larger = line.size / note.size
    by_size = 1.0 if larger >= _LARGER else 0.0 if larger >= 1 / _LARGER else -1.0
    says_view = _SECTION_MARK.fullmatch(plain) or VIEW.search(plain)
    return nearness + by_size + (1.0 if says_view else 0.0)


def _could_be_title(line: Line, plain: str) -> bool:
    """Whether the words themselves may be a title: no dimension, note, slope, label or scale."""
    if _SECTION_MARK.fullmatch(plain):
        return True
    letters = sum(c.isalpha() for c in plain)
    worded = (
        letters >= 3 and letters >= 0.4 * len(plain.replace(" ", "")) and len(plain.split()) <= _MOST_WORDS
    )
    slope = SLOPE.search(plain) and not DRAWING.search(plain)
    told = (
        slope
        or _DIMENSION.search(plain)
        or NOT_A_TITLE.search(plain)
        or TITLE_BLOCK.fullmatch(plain.strip(":.#"))
    )
    return worded and not told and not is_label(line.text) and not find_notations(line.text)


def _aligned(line: Line, note: Note, size: float) -> bool:
    title, place = line.extent, note.extent
    begins_alike = abs(title.left - place.left) <= 4 * size
    return begins_alike or title.columns_shared(place) >= 0.6


def _bubble(title: Line, note: Note, lines: Sequence[Line]) -> str | None:
    """The number in the bubble left of the title, if there is one."""
    reach = _BUBBLE * max(title.size, note.size)
    top = min(title.extent.top, note.extent.top) - 0.5 * title.size
    bottom = max(title.extent.bottom, note.extent.bottom) + 0.5 * title.size
    left = min(title.extent.left, note.extent.left)
    best: tuple[float, str] | None = None
    for line in lines:
        if line.turn != title.turn or not top <= line.extent.middle <= bottom or len(line.text) > 9:
            continue
        gap = left - line.extent.right
        words = canonical(line.text).text.strip()
        if -0.2 * title.size <= gap <= reach and _NUMBER.fullmatch(words) and (best is None or gap < best[0]):
            best = gap, line.text.strip()
    return best[1] if best else None
