"""Whether a PDF's own text can be believed."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe_assets.pdf.text_layer import TextLayer

_MOST_UNREADABLE = 0.1
_MOSTLY = 0.5
_PICTURE = 0.6
_FEW_CHARACTERS = 300
_OUTLINES_PER_CHARACTER = 1.0
_FEW_OUTLINES = 150


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """Whether the layer is trusted, why in plain words, and whether the page is a picture of paper."""

    trusted: bool
    reason: str
    scan: bool


def judge_layer(layer: TextLayer) -> LayerVerdict:
    """Judge a text layer by what it holds and by what else is drawn on the page."""
    facts = layer.facts
    scan = facts.image_coverage > _PICTURE
    if not facts.letters_and_digits:
        return LayerVerdict(False, "the page has no text of its own", scan)
    if facts.unreadable_share > _MOST_UNREADABLE:
        return LayerVerdict(
            False, f"{facts.unreadable_share:.0%} of its own text has no readable characters", scan
        )
    if facts.invisible_share > _MOSTLY:
        return LayerVerdict(False, "its own text is invisible: somebody else's OCR of a scan", scan)
    if scan and facts.characters < _FEW_CHARACTERS:
        return LayerVerdict(False, "the page is a picture with a few words of its own", scan)
    if facts.lettering_outlines > max(_FEW_OUTLINES, _OUTLINES_PER_CHARACTER * facts.characters):
        return LayerVerdict(False, "most of the lettering is drawn as outlines", scan)
    return LayerVerdict(True, "the page's own text can be believed", scan)
