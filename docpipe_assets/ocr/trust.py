"""Whether a PDF's own text can be believed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from docpipe_assets.pdf.text_layer import LayerFacts, TextLayer

if TYPE_CHECKING:
    from docpipe_assets.ocr.coverage import Coverage

_PICTURE = 0.6
_MOSTLY = 0.5

_MOST_UNREADABLE = 0.1
_ENOUGH_CHARACTERS = 40
_LEAST_LETTERS_AND_DIGITS = 0.45

# These make up three quarters or more of the letters of English, Portuguese, Spanish, French, German, Dutch,
# Swedish and Turkish; of letters that a broken font shifts or shuffles, about half.
_COMMON_LETTERS = frozenset("EAINORTSLDUC")
_ENOUGH_LETTERS = 200
_LEAST_COMMON = 0.6

_FEW_ROWS = 15
_FEW_ROWS_IN_PICTURE = 8
_FEW_ROWS_IN_CORNER = 5
_DRAWN_PER_WRITTEN = 1.5
_DRAWN_PER_WRITTEN_IN_CORNER = 3.0

_EXACT = 0.95


class Extent(StrEnum):
    """How much of the page's lettering is in its own text, as far as that can be believed."""

    ALL = "all"
    PART = "part"
    LITTLE = "little"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """What of the layer is trusted, why in plain words, and whether the page is a picture of paper."""

    extent: Extent
    reason: str
    scan: bool

    @property
    def trusted(self) -> bool:
        """Whether the layer alone will do."""
        return self.extent is Extent.ALL


def judge_layer(layer: TextLayer, coverage: Coverage | None = None) -> LayerVerdict:
    """Judge a text layer by what it holds and, where `coverage` is known, by what the page shows beside it.

    Invisible text over a picture of paper is somebody else's OCR: its words may do for a search, but one wrong
    digit makes a wrong scale, so the picture is read again. Invisible text over vectors is what programs
    write behind lettering that they draw as lines, and is exact.
    """
    scan = layer.facts.image_coverage > _PICTURE
    if doubt := _doubt_of_text(layer, scan):
        return LayerVerdict(Extent.NONE, doubt, scan)
    if coverage and (lack := _lack(coverage, scan)):
        exact = not scan or layer.facts.invisible_share <= 1 - _EXACT
        return LayerVerdict(lack[0] if exact else Extent.NONE, lack[1], scan)
    return LayerVerdict(Extent.ALL, "the page's own text can be believed", scan)


def _doubt_of_text(layer: TextLayer, scan: bool) -> str | None:
    facts = layer.facts
    if facts.characters and facts.unreadable_share > _MOST_UNREADABLE:
        return f"{facts.unreadable_share:.0%} of its own text has no readable characters"
    if not facts.letters_and_digits:
        return "the page has no text of its own"
    if _is_garbled(layer.text.text, facts):
        return "its own text is garbled: a font maps to wrong characters"
    if scan and facts.invisible_share > _MOSTLY:
        return "its own text is invisible: somebody else's OCR of a scan"
    return None


def _is_garbled(text: str, facts: LayerFacts) -> bool:
    enough = facts.characters >= _ENOUGH_CHARACTERS
    if enough and facts.letters_and_digits < _LEAST_LETTERS_AND_DIGITS * facts.characters:
        return True
    letters = [c for c in unicodedata.normalize("NFKD", text).upper() if "A" <= c <= "Z"]
    common = sum(letter in _COMMON_LETTERS for letter in letters)
    return len(letters) >= _ENOUGH_LETTERS and common < _LEAST_COMMON * len(letters)


def _lack(coverage: Coverage, scan: bool) -> tuple[Extent, str] | None:
    drawn, written = coverage.drawn, coverage.written
    if drawn >= (_FEW_ROWS_IN_PICTURE if scan else _FEW_ROWS) and drawn > _DRAWN_PER_WRITTEN * written:
        return (
            Extent.LITTLE,
            f"its own text lacks most of the lettering: {drawn} rows of letters against {written}",
        )
    drawn, written = coverage.drawn_in_corner, coverage.written_in_corner
    if drawn >= _FEW_ROWS_IN_CORNER and drawn > _DRAWN_PER_WRITTEN_IN_CORNER * written:
        return Extent.PART, "its own text lacks the title block"
    return None
