"""Whether a scale note that someone else read stands on the page: by its text, its meaning and its place.

A vision model may make a note up, or take one from another view. Only what the page's own text says in the
same place is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import dist
from typing import Final

from rapidfuzz import fuzz

from docpipe_assets.page_text import Box, PageText
from docpipe_assets.scale.canonical import canonical
from docpipe_assets.scale.lines import read_lines
from docpipe_assets.scale.notation import find_notations
from docpipe_assets.scale.notes import Note, find_notes
from docpipe_assets.scale.values import Notation, NotationKind

_LEAST_LIKENESS: Final = 80.0
"""Out of 100. A mark that one of two readers missed leaves more than this, another way of writing less."""
_REACH: Final = 0.02
"""How far off a model places a box, as a share of the page's longer edge."""
_REACH_IN_TYPE: Final = 2.0
"""The same in heights of the type, where that is more."""


@dataclass(frozen=True, slots=True)
class Match:
    """The page's own note for one that was read elsewhere.

    `text` is as the page's text has it and `box` in page pixels; `likeness` of the two texts and `confidence`,
    with which the page's was read, are 0 to 1.
    """

    notation: Notation
    text: str
    box: Box
    likeness: float
    confidence: float


def match_note(text: str, box: Box | None, page: PageText) -> Match | None:
    """The note of `page` that is meant by `text` at `box`, in page pixels; None where none can be told.

    `text` must hold exactly one note. The page's note nearest to the box must mean the same (kind and ratio,
    and axis and paper if both name them) and be written alike, punctuation and all.
    A text without a place matches nothing.
    """
    asked = find_notations(text)
    if box is None or len(asked) != 1:
        return None
    reach = _REACH * max(page.width_px, page.height_px)
    near = [note for note in find_notes(read_lines(page)) if _stands_at(note, box, reach)]
    if not near:
        return None
    note = min(near, key=lambda n: dist(n.box.center, box.center))
    notation = _same(asked[0], note.notation)
    if notation is None:
        return None
    likeness = fuzz.ratio(_marks(asked[0]), _marks(notation))
    if likeness < _LEAST_LIKENESS:
        return None
    found = note.line.box_of(notation.start, notation.end)
    return Match(notation, notation.text, found, likeness / 100, note.confidence)


def _stands_at(note: Note, box: Box, page_reach: float) -> bool:
    """Whether `box` is about where `note` stands, and about as large: a box around half the page places nothing."""
    reach = max(page_reach, _REACH_IN_TYPE * note.size)
    x, y = box.center
    beside = note.box.x - reach <= x <= note.box.right + reach
    level = note.box.y - reach <= y <= note.box.bottom + reach
    width, height = note.box.width + 4 * reach, note.box.height + 4 * reach
    return beside and level and box.width <= width and box.height <= height


def _same(asked: Notation, written: Notation) -> Notation | None:
    """`written` if both mean the same; where it may be two things (`1 1/2" = 1'-0"`), as what was asked for."""
    if asked.kind is not written.kind:
        return None
    if (asked.paper and written.paper and asked.paper != written.paper) or (
        asked.axis and written.axis and asked.axis is not written.axis
    ):
        return None
    if asked.ratio == written.ratio:
        return written
    if written.without_whole is not None and asked.ratio == written.without_whole:
        return written.settled(whole_is_ours=False)
    return None


def _marks(notation: Notation) -> str:
    """The canonical spelling without blanks, which engines set as they like; of mere words (`N.T.S.`) the letters."""
    text = canonical(notation.text).text
    numeric = notation.kind is NotationKind.NUMERIC
    return "".join(sign for sign in text if (not sign.isspace() if numeric else sign.isalnum()))
