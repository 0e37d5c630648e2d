"""One spelling for every character that a scale note may be written in, with the way back to the original.

Curly quotes and primes become `"` and `'`, every dash `-`, vulgar fractions `1/4`, full-width forms ASCII,
letters capitals without accents, spelled-out numbers digits, and runs of white space one blank (or one
newline). Each canonical character knows the span of the original that it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = dict.fromkeys("'‘’‚‛′‵`´ʹʻʼˈ՚ꞌ", "'") | dict.fromkeys('"“”„‟″‶〃˝ʺ¨', '"')
_DASHES = dict.fromkeys("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-")
_SIGNS = {"⁄": "/", "∕": "/", "∶": ":", "꞉": ":", "═": "=", "＝": "=", "×": "X", "✕": "X", "¦": "|", "º": "°"}
_SPELLING = _QUOTES | _DASHES | _SIGNS
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")

_CARDINALS = {
    "ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6, "SEVEN": 7, "EIGHT": 8, "NINE": 9,
    "TEN": 10, "TWELVE": 12, "FIFTEEN": 15, "TWENTY": 20, "THIRTY": 30, "FORTY": 40, "FIFTY": 50,
    "SIXTY": 60, "EIGHTY": 80, "HUNDRED": 100,
}  # fmt: skip
_PARTS = {"HALF": 2, "HALVES": 2, "QUARTER": 4, "EIGHTH": 8, "SIXTEENTH": 16}
_CARDINAL = "|".join(_CARDINALS)
_SPELLED_LENGTH = re.compile(
    rf"(?<![A-Z])(?:(?:(?P<whole>{_CARDINAL}) (?:AND|&) )?(?:(?P<count>{_CARDINAL}|AN?)[ -])?"
    r"(?P<part>HALF|HALVES|QUARTERS?|EIGHTHS?|SIXTEENTHS?)"
    rf"|(?P<only>{_CARDINAL}|AN?|THE))"
    r"[ -](?=(?:OF )?(?:AN? )?(?:INCH|FOOT|FEET))(?:OF )?(?:AN? )?"
)


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """`text` in the canonical spelling; character i stands for `original[starts[i]:ends[i]]`."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the canonical characters `start` to `end` (of which there is at least one) stand."""
        return self.starts[start], self.ends[end - 1]

    def written(self, start: int, end: int) -> str:
        """The original of the canonical characters `start` to `end`."""
        first, last = self.original_span(start, end)
        return self.original[first:last]


@lru_cache(maxsize=4096)
def _spell(char: str) -> str:
    """The canonical spelling of one character; empty where it is not to be seen."""
    if char in _SPELLING:
        return _SPELLING[char]
    if char in _INVISIBLE:
        return ""
    if char.isspace():
        return "\n" if char in "\n\r\x0b\x0c\x85\u2028\u2029" else " "
    plain = unicodedata.normalize("NFKC", char).upper()
    spelled = "".join(
        _SPELLING.get(c, c) for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)
    )
    return "".join(spelled.split())


def canonical(text: str) -> CanonicalText:
    """The canonical spelling of `text`, in time linear in its length."""
    letters: list[tuple[str, int, int]] = []
    for at, char in enumerate(text):
        spelled = _spell(char)
        last = letters[-1] if letters else None
        if not spelled:
            continue
        if spelled in {" ", "\n"}:
            if last and last[0] in {" ", "\n"}:
                letters[-1] = ("\n" if "\n" in (spelled, last[0]) else " ", last[1], at + 1)
            else:
                letters.append((spelled, at, at + 1))
        elif spelled == "'" and last and last[0] == "'" and last[2] == at:
            letters[-1] = ('"', last[1], at + 1)
        else:
            vulgar = "/" in spelled and len(spelled) > 1
            if vulgar and last and last[0].isdigit():
                letters.append((" ", at, at))
            letters.extend((c, at, at + 1) for c in spelled)
    return _with_digits(text, letters)


def _with_digits(original: str, letters: list[tuple[str, int, int]]) -> CanonicalText:
    """Spelled-out lengths (`THREE EIGHTHS INCH`) become digits (`3/8 INCH`)."""
    text = "".join(letter for letter, _, _ in letters)
    out: list[tuple[str, int, int]] = []
    done = 0
    for found in _SPELLED_LENGTH.finditer(text):
        out += letters[done : found.start()]
        start, end = letters[found.start()][1], letters[found.end() - 1][2]
        out += [(c, start, end) for c in _digits(found) + " "]
        done = found.end()
    out += letters[done:]
    return CanonicalText(
        original, "".join(c for c, _, _ in out), tuple(s for _, s, _ in out), tuple(e for _, _, e in out)
    )


def _digits(spelled: re.Match[str]) -> str:
    if only := spelled["only"]:
        return str(_CARDINALS.get(only, 1))
    part = spelled["part"]
    fraction = f"{_CARDINALS.get(spelled['count'] or 'A', 1)}/{_PARTS.get(part) or _PARTS[part.rstrip('S')]}"
    return f"{_CARDINALS[spelled['whole']]} {fraction}" if spelled["whole"] else fraction
