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
from docpipe_assets.scale.phrases import phrases
from docpipe_assets.scale.ratios import ratios
from docpipe_assets.scale.values import Notation, NotationKind

_BETWEEN_NOTES: Final = re.compile(r"[\s,;/&|+)(\]\[-]*(?:AND|OR|E|Y|ET|UND|VE|OCH)?[\s(@-]*", re.IGNORECASE)
_LONGEST_BETWEEN: Final = 12


def find_notations(text: str) -> list[Notation]:
    """Every scale note of `text` in order, without overlaps.

    A note never crosses a newline. Time is linear in the length of `text`.
    """
    plain = canonical(text)
    found: list[Notation] = []
    candidates = [*equations(plain), *ratios(plain), *phrases(plain)]
    for notation in sorted(candidates, key=lambda n: (n.start, -n.end)):
        last = found[-1] if found else None
        if last and notation.start < last.end:
            continue
        found.append(replace(notation, labelled=True) if last and _listed(text, last, notation) else notation)
    return found


def is_label(text: str) -> bool:
    """Whether a line ends with a scale label whose value stands elsewhere (`SCALE:`, `Scale @ A1`)."""
    return ends_with_label(canonical(text).text)


def _listed(text: str, last: Notation, notation: Notation) -> bool:
    """Whether a note shares the label of the one before it (`SCALE 1:50 @ A1, 1:100 @ A3`)."""
    between = text[last.end : notation.start]
    return (
        last.labelled
        and notation.kind is NotationKind.NUMERIC
        and len(between) <= _LONGEST_BETWEEN
        and _BETWEEN_NOTES.fullmatch(between) is not None
    )
