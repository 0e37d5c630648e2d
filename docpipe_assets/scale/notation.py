"""Scale notes in text: every way that offices write them, as exact ratios.

What only looks like a scale (slopes, mixes, times, dimensions, abbreviation lists) gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docpipe_assets.scale.canonical import canonical
from docpipe_assets.scale.context import ends_with_label
from docpipe_assets.scale.equations import equations
from docpipe_assets.scale.misread import lost_signs
from docpipe_assets.scale.paper import PAPER_NAME, canonical_paper
from docpipe_assets.scale.phrases import phrases
from docpipe_assets.scale.ratios import ratios
from docpipe_assets.scale.values import Axis, Notation, NotationKind

_BETWEEN_NOTES: Final = re.compile(r"[\s,;/&|+)(\]\[-]*(?:AND|OR|E|Y|ET|UND|VE|OCH)?[\s(@-]*", re.IGNORECASE)
_PAPER_BETWEEN: Final = re.compile(rf"[ ,;/|(@-]*({PAPER_NAME})[ )@:=-]*")
_LONGEST_BETWEEN: Final = 12


def find_notations(text: str) -> list[Notation]:
    """Every scale note of `text` in order, without overlaps.

    A note never crosses a newline. Time is linear in the length of `text`.
    """
    plain = canonical(text)
    found: list[Notation] = []
    candidates = [*equations(plain), *ratios(plain), *phrases(plain)]
    candidates += [
        note
        for note in lost_signs(plain)
        if not any(c.start < note.end and note.start < c.end for c in candidates)
    ]
    for notation in sorted(candidates, key=lambda n: (n.start, -n.end)):
        last = found[-1] if found else None
        if last and notation.start < last.end:
            continue
        found.append(_listed(text, last, notation) if last else notation)
    return found


def is_label(text: str) -> bool:
    """Whether a line ends with a scale label whose value stands elsewhere (`SCALE:`, `Scale @ A1`)."""
    return ends_with_label(canonical(text).text)


def _listed(text: str, last: Notation, notation: Notation) -> Notation:
    """The note with what it shares with the one before it in a list: the label (`SCALE 1:50, 1:100`), and the
    place of its paper (`A1 1:50 A3 1:100`).
    """
    between = text[last.end : notation.start]
    if notation.kind is not NotationKind.NUMERIC or len(between) > _LONGEST_BETWEEN:
        return notation
    if last.paper and notation.paper is None and (named := _PAPER_BETWEEN.fullmatch(canonical(between).text)):
        return replace(notation, paper=canonical_paper(named[1]), labelled=notation.labelled or last.labelled)
    if last.axis is Axis.HORIZONTAL and notation.axis is None and "VERT" in between.upper():
        return replace(notation, axis=Axis.VERTICAL)
    if last.labelled and _BETWEEN_NOTES.fullmatch(between):
        return replace(notation, labelled=True)
    return notation
