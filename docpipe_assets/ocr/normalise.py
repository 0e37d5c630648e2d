"""The characters that an engine chose, as readers of drawings expect them."""

from __future__ import annotations

import re
import unicodedata

_INCHES = "\u2033\u201c\u201d\u201e\u201f\u02ba\u3003\u301d\u301e\u00a8\uff02"
_FEET = "\u2032\u2018\u2019\u201a\u201b\u02b9\u02bc\u02bb\u00b4\u0060\u055a\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\ufe63\uff0d\u2500\u4e00\u30fc"
_SLASHES = "\u2044\u2215\u29f8\uff0f"
_SPELLED = {
    **dict.fromkeys(map(ord, _INCHES), '"'),
    **dict.fromkeys(map(ord, _FEET), "'"),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _SLASHES), "/"),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), None),
    ord("\u2236"): ":",
    ord("\ua789"): ":",
    ord("\u2300"): "\u00d8",
    ord("\u2205"): "\u00d8",
    ord("\u2715"): "x",
    ord("\u3002"): ".",
    ord("\u3001"): ",",
}
_VULGAR_FRACTION = re.compile("(?<=[0-9])(?=[\u00bc-\u00be\u2150-\u215e])")
# Small or blurred ticks run together into a degree sign; degrees have no fractions and no hyphens.
_INCHES_AS_DEGREES = re.compile(
    r"(?<=[0-9]/[0-9])\u00b0|(?<=[0-9]/[0-9]{2})\u00b0|(?<=['\u00b0]-[0-9])\u00b0|(?<=['\u00b0]-[0-9]{2})\u00b0"
)
_FEET_AS_DEGREES = re.compile(r"(?<=[0-9])\u00b0(?=-[0-9]{1,2}(?: [0-9]+/[0-9]+)?\")")
_KEPT = frozenset("\u00b2\u00b3\u00b9\u00b0\u00ba\u00aa\u2122\u2120\u00b5")


def normalise_text(text: str) -> str:
    """`text` with plain quotes for feet and inches, plain dashes, slashes and spaces, and ASCII widths.

    `1½"` becomes `1 1/2"`. Runs of blanks become one space. Accents, and signs such as ², ° and Ø, stay.
    """
    text = _VULGAR_FRACTION.sub(" ", text.translate(_SPELLED))
    text = "".join(
        character if character in _KEPT else unicodedata.normalize("NFKC", character) for character in text
    )
    text = _INCHES_AS_DEGREES.sub('"', text.translate(_SPELLED))
    return " ".join(_FEET_AS_DEGREES.sub("'", text).split())
