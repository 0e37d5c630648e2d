"""The labels of a title block and the values that stand beside, below or above them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from docpipe_assets.classification.label_words import (
    NUMBER_LABELS,
    OTHER_LABELS,
    TITLE_LABELS,
    WEAK_NUMBER_LABELS,
    WEAK_TITLE_LABELS,
)
from docpipe_assets.classification.numbers import parse_number
from docpipe_assets.classification.phrases import known_share, type_words
from docpipe_assets.classification.reading import Line, squeeze, tidy, words_of
from docpipe_assets.page_text import Box

_LONGEST_LABEL_WORDS = 4
_LONGEST_LABELLED_LINE = 90
_LONGEST_LABEL = 30
_MARK = re.compile(r"[.:#]")
_NUMERO = re.compile(r"""(?<![^\W_])[Nn][-.*'"^~?09]?(?![^\W_])""")
_SHORTEST_NUMBERED = 3
# Letters lost or misread by a scan, of labels long enough to bear it.
_FUZZY, _FUZZIER = (8, 88), (7, 80)
_WELL_READ = 0.95
_MOST_LOST = 2
_FITTING = 1.4
# How far right of its label a value may stand, in the label's type sizes: less far beyond another text.
_ROW_REACH, _CROWDED_REACH = 24.0, 6.0
_CENTRED_REACH, _INDENT = 12.0, 2.0
_ROW_PX = 40


class LabelKind(StrEnum):
    """What a label stands for."""

    NUMBER = "number"
    WEAK_NUMBER = "weak_number"
    TITLE = "title"
    WEAK_TITLE = "weak_title"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Label:
    """A label by its `name` and, where both are on one `line`, its value."""

    kind: LabelKind
    name: str
    line: Line
    value: Line | None = None
    next_start: float = math.inf
    """Where the next text on its row starts, in the label's reading frame."""


def label_kind(text: str, read: float = 1.0) -> LabelKind | None:
    """What the whole of `text` labels; None if it is no label.

    `read` is how surely the text was read, below 1 off an image: the less surely, the more letters may differ.
    """
    key = squeeze(text.replace("#", " NO "))
    if key not in _KINDS and len(key) > _SHORTEST_NUMBERED:
        # What a scan makes of the sign in "Plan N°".
        key = squeeze(_NUMERO.sub(" NO ", text))
    shortest, score = _FUZZY if read >= _WELL_READ else _FUZZIER
    if key in _KINDS or read == 1 or len(key) < shortest or not key.isalpha():
        return _KINDS.get(key)
    if max(type_words(text).values(), default=0.0) >= 4 or known_share(text) == 1:
        # TITLE SHEET is a title; a misread TITLE OF SHEET is not it.
        return None
    match = process.extractOne(key, _LONG_LABELS, scorer=fuzz.ratio, score_cutoff=score)
    return _KINDS[match[0]] if match and abs(len(match[0]) - len(key)) <= _MOST_LOST else None


def read_label(line: Line) -> Label | None:
    """The label that `line` is or begins with; None if it is neither."""
    if len(line.text) > _LONGEST_LABELLED_LINE:
        return None
    scanned = line.confidence < 1.0
    if kind := label_kind(line.text, line.confidence):
        return Label(kind, line.text, line)
    # The first words of a badly read line are not taken for a label that they only resemble.
    read = max(line.confidence, _WELL_READ)
    pieces = line.text.split(" ")
    for count in range(min(_LONGEST_LABEL_WORDS, len(pieces) - 1), 0, -1):
        head = " ".join(pieces[:count])
        # A colon may hang on the label, stand alone, or run into the value.
        if ":" in head and not head.endswith(":"):
            continue
        kind = label_kind(head, read)
        if kind is None:
            continue
        rest = " ".join(pieces[count:])
        parted = head.endswith((":", "#")) or rest.startswith((":", "-", "#", "="))
        rest = rest.lstrip(" :=#")
        if rest and _labels_rest(kind, head, rest, parted, scanned):
            return Label(kind, head, line, _tail(line, rest))
    return _run_together(line, scanned)


def _run_together(line: Line, scanned: bool) -> Label | None:
    """A label parted from its value by a colon, or by a full stop where a scan has lost the space."""
    for mark in _MARK.finditer(line.text[:_LONGEST_LABEL]):
        if mark[0] == "." and not scanned:
            continue
        rest = line.text[mark.end() :].lstrip(" :=#")
        kind = label_kind(line.text[: mark.end()], max(line.confidence, _WELL_READ)) if rest else None
        if kind is not None:
            return Label(kind, line.text[: mark.end()], line, _tail(line, rest))
    return None


def _labels_rest(kind: LabelKind, head: str, rest: str, parted: bool, scanned: bool) -> bool:
    """Whether `head` labels `rest`, or is just the first words of a sentence or a title."""
    if kind in (LabelKind.NUMBER, LabelKind.WEAK_NUMBER):
        number = parse_number(rest, scanned) or parse_number(rest.split(" ", maxsplit=1)[0], scanned)
        return number is not None and any(c.isdigit() for c in rest)
    if parted:
        return True
    if kind is LabelKind.TITLE:
        return len(words_of(head)) > 1
    return rest[0].isdigit() and squeeze(head) not in _OPENS_TITLES


def _tail(line: Line, rest: str) -> Line:
    """The end of `line` that holds `rest`, at the place it has if all letters are equally wide."""
    share = 1 - len(rest) / max(len(line.text), len(rest))
    start = line.start + share * (line.end - line.start)
    box = line.box
    if line.turn % 2:
        kept = (1 - share) * box.height
        box = Box(box.x, box.bottom - kept if line.turn == 1 else box.y, box.width, kept)
    else:
        kept = (1 - share) * box.width
        box = Box(box.right - kept if line.turn == 0 else box.x, box.y, kept, box.height)
    return Line(tidy(rest), box, line.turn, start, line.end, line.top, line.bottom, line.confidence)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The label that a value belongs to. `nearness` is 1 where it follows at once, falling to 0."""

    kind: LabelKind
    name: str
    nearness: float
    box: Box
    """Where the label is, in pixels."""


def label_of(value: Line, labels: Iterable[Label], fits: LabelKind | None = None) -> Labelled | None:
    """The label that `value` most likely belongs to, by place; None if none is near.

    Between two labels that are about as near, the one of the kind that `fits` the value wins.
    """
    best: Labelled | None = None
    most = 0.0
    for label in labels:
        if label.value is not None or label.line.turn != value.turn:
            continue
        nearness = _nearness(value, label)
        weight = nearness * (_FITTING if label.kind is fits else 1.0)
        if weight > most:
            best, most = Labelled(label.kind, label.name, nearness, label.line.box), weight
    return best


def _nearness(value: Line, labelling: Label) -> float:
    """How well `value` stands where the value of the label would: right of it, below it, or just above."""
    label = labelling.line
    size, tall = label.size, max(label.size, value.size)
    if abs(value.middle - label.middle) < 0.6 * tall and value.start >= label.end - 0.4 * size:
        gap = (value.start - label.end) / size
        if value.start <= labelling.next_start + 0.5 * size:
            # Values stand in a column of their own, however short the label.
            return 0.95 * max(1 - 0.5 * gap / _ROW_REACH, 0.0) if gap < _ROW_REACH else 0.0
        return 0.95 * max(1 - gap / _CROWDED_REACH, 0.0)
    overlap = min(value.end, label.end) - max(value.start, label.start)
    # The boxes of large lettering that was read off an image reach into the label above.
    if value.top >= label.bottom - max(0.5 * size, 0.3 * tall):
        gap = (value.top - label.bottom) / tall
        aside = 0.0 if overlap > 0 else max(value.start - label.end, label.start - value.end) / size
        # Numbers and titles are often centred in a wide cell below a label in its corner.
        reach = _CENTRED_REACH if labelling.kind in (LabelKind.NUMBER, LabelKind.TITLE) else _INDENT
        return 0.95 * max(1 - max(gap, 0.0) / 3.2 - 0.6 * aside / reach, 0.0) if aside < reach else 0.0
    if overlap > 0 and value.bottom <= label.top + 0.5 * size:
        gap = (label.top - value.bottom) / size
        return 0.55 * max(1 - max(gap, 0.0) / 2.0, 0.0)
    return 0.0


def page_labels(lines: Sequence[Line]) -> list[Label]:
    """All labels among `lines`."""
    labels = [label for line in lines if (label := read_label(line)) is not None]
    rows: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        rows[line.turn, int(line.middle // _ROW_PX)].append(line)
    return [replace(label, next_start=_next_start(label.line, rows)) for label in labels]


def _next_start(label: Line, rows: Mapping[tuple[int, int], Sequence[Line]]) -> float:
    row = int(label.middle // _ROW_PX)
    return min(
        (
            line.start
            for step in (-1, 0, 1)
            for line in rows.get((label.turn, row + step), ())
            if line.start >= label.end - 0.4 * label.size
            and abs(line.middle - label.middle) < 0.6 * max(line.size, label.size)
        ),
        default=math.inf,
    )


_OPENS_TITLES = frozenset(
    ["PHASE", "STAGE", "SITE", "LOCATION", "LOT", "BUILDING", "AREA", "ZONE", "KEYPLAN", "DESIGN", "ISSUE", "NO", "BY"]
)  # fmt: skip
_KINDS: dict[str, LabelKind] = {
    **dict.fromkeys(OTHER_LABELS, LabelKind.OTHER),
    **dict.fromkeys(WEAK_NUMBER_LABELS, LabelKind.WEAK_NUMBER),
    **dict.fromkeys(WEAK_TITLE_LABELS, LabelKind.WEAK_TITLE),
    **dict.fromkeys(TITLE_LABELS, LabelKind.TITLE),
    **dict.fromkeys(NUMBER_LABELS, LabelKind.NUMBER),
}
_LONG_LABELS = [key for key in _KINDS if len(key) >= _FUZZIER[0]]
