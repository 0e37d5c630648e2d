"""Reading the words of titles: what kind of drawing they name, whose, and where a scan lost its spaces."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate

from docpipe_assets.classification.discipline_words import DISCIPLINE_WORDS
from docpipe_assets.classification.prose_words import FIRM_WORDS, PROJECT_WORDS, STREET_WORDS
from docpipe_assets.classification.reading import fold, words_of
from docpipe_assets.classification.type_phrases import COMPOUND_ENDINGS, TITLE_WORDS, TYPE_PHRASES
from docpipe_assets.vocabulary import Discipline, PageType

# What comes later in a title says less: "FLOOR PLAN AND SECTIONS" is first of all a floor plan.
_LATER = 0.75
_SHORTEST_GLUED = 7
_LONG_GLUED = 11
# In English and the Germanic languages the last noun says what it is, those before it what it is of.
_MODIFIER = 0.5
_HEADS = frozenset(
    [PageType.DETAIL, PageType.SECTION, PageType.ELEVATION, PageType.SCHEDULE, PageType.DIAGRAM]
)
_PLANS = frozenset(["PLAN", "PLANI", "PLANTA", "PLANO"])
_JOINTS = frozenset(["OF", "DE", "DA", "DO", "DU", "ET", "LA", "LE", "VE", "Y", "E", "OG"])
# A scan that loses the space before a mark: LEVEL2, SECTIONA-A.
_MARKED = re.compile(
    r"(SECTION|ELEVATION|DETAIL|LEVEL|PLAN|UNIT|TYPE|CORTE|COUPE|SCHNITT|SEKTION|SNITT|SEZIONE|PLANTA|HUS)([A-Z]|\d{1,2})"
)
_MARK = re.compile(r"([A-Z])\1?|\d{1,2}")
_LETTERS = str.maketrans("0158", "OISB")
_DIGITS = str.maketrans("OIl|", "0111")


def singular(word: str) -> str:
    """`word` without a plural S."""
    return word[:-1] if len(word) > 3 and word.endswith("S") and not word.endswith("SS") else word


def type_words(text: str) -> dict[PageType, float]:
    """The page types that the words of a title name or lean to, with weights; empty if there are none.

    Longer phrases win over the words in them, earlier ones over later ones.
    """
    return dict(_type_words(tuple(singular(word) for word in title_words(text))))


@lru_cache(maxsize=20_000)
def _type_words(words: tuple[str, ...]) -> tuple[tuple[PageType, float], ...]:
    found: defaultdict[PageType, float] = defaultdict(float)
    position, share = 0, 1.0
    while position < len(words):
        for length in range(min(_LONGEST, len(words) - position), 0, -1):
            meaning = _PHRASES.get(words[position : position + length])
            if meaning:
                said = _as_modifier(words, position, length)
                for page_type, full in meaning:
                    weight = said * full
                    if share * weight > found[page_type]:
                        found[page_type] = share * weight + 0.2 * found[page_type]
                    else:
                        found[page_type] += 0.2 * share * weight
                if said * max(weight for _, weight in meaning) >= 3:
                    share *= _LATER
                position += length
                break
        else:
            if ending := next((e for e in COMPOUND_ENDINGS if words[position].endswith(e)), None):
                for page_type, weight in _PHRASES.get((ending,), ()):
                    found[page_type] = max(found[page_type], share * weight)
            position += 1
    return tuple(found.items())


def _as_modifier(words: tuple[str, ...], position: int, length: int) -> float:
    """The share of its meaning that a phrase keeps right before the noun it only describes: ROOF in ROOF DETAILS.

    A plan keeps its own: FLOOR PLAN ELEVATIONS are both.
    """
    following = words[position + length : position + length + 1]
    if not following or words[position + length - 1] in _PLANS:
        return 1.0
    strongest = max(
        (weight for page_type, weight in _PHRASES.get(following, ()) if page_type in _HEADS), default=0.0
    )
    return _MODIFIER if strongest >= 4.5 else 1.0


def title_words(text: str) -> list[str]:
    """The folded words of `text`, those that a scan has run together taken apart."""
    words: list[str] = []
    for word in words_of(text):
        apart = _taken_apart(word) if len(word) >= _SHORTEST_GLUED else (word,)
        words.extend(
            _opened(word) if len(apart) == 1 and len(word) >= _LONG_GLUED and not _is_known(word) else apart
        )
    return words


@lru_cache(maxsize=20_000)
def _taken_apart(word: str) -> tuple[str, ...]:
    """`word` as the known words it is made of; itself if it is one, or if they do not cover it."""
    if _is_known(word):
        return (word,)
    ways: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
    ways[0] = ()
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 16), end):
            head, piece = ways[start], word[start:end]
            if head is None or not (_joins(piece, head) or (piece.isdigit() and head)):
                continue
            best = ways[end]
            if best is None or len(head) + 1 < len(best):
                ways[end] = (*head, piece)
    return ways[-1] or (word,)


def _joins(piece: str, head: tuple[str, ...]) -> bool:
    """Whether `piece` may be a word of a glued text, behind the words of `head`; short ones join two others."""
    return (_is_known(piece) and len(piece) > 2) or (piece in _JOINTS and bool(head) and len(head[-1]) > 2)


def _opened(word: str) -> tuple[str, ...]:
    """`word` parted behind the long known word it begins with, as in CORTESAABB; itself if there is none."""
    for end in range(len(word) - 1, 4, -1):
        if _is_known(word[:end]):
            return word[:end], word[end:]
    return (word,)


def _is_known(word: str) -> bool:
    return word in _KNOWN or singular(word) in _KNOWN


def respaced(text: str) -> str:
    """`text` as a person would read it off a scan: known words apart, and O for the 0 in SECTI0N."""
    return re.sub(r"[^\W_]+", lambda match: _respaced(match[0]), text)


def _respaced(piece: str) -> str:
    if any(c.isdigit() for c in piece) and not piece.strip("0123456789OIl|"):
        return piece.translate(_DIGITS)
    if sum(c.isalpha() for c in piece) >= 3 and any(c.isdigit() for c in piece):
        lettered = piece.translate(_LETTERS)
        if lettered.isalpha() and all(map(_is_known, _taken_apart(lettered.upper()))):
            piece = lettered
    folded = fold(piece)
    words = _taken_apart(folded) if len(piece) >= _SHORTEST_GLUED and len(folded) == len(piece) else ()
    if len(words) < 2 and not _is_known(folded) and (marked := _MARKED.fullmatch(folded)):
        return f"{piece[: marked.end(1)]} {piece[marked.end(1) :]}"
    if len(words) < 2:
        # Capitals inside of a word in small letters begin the next word.
        return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})", " ", piece)
    ends = list(accumulate(map(len, words)))
    return " ".join(piece[end - len(word) : end] for end, word in zip(ends, words, strict=True))


def discipline_words(text: str) -> dict[Discipline, float]:
    """The disciplines that the words of a text speak of, with the strongest weight of each."""
    found: dict[Discipline, float] = {}
    for word in title_words(text):
        for discipline, weight in _DISCIPLINES.get(singular(word), ()):
            found[discipline] = max(found.get(discipline, 0.0), weight)
    return found


def names_drawing(text: str, number: str) -> bool:
    """Whether `text` without `number` names a kind of drawing in words that sheet titles have."""
    rest = text.replace(number, " ", 1)
    return max(type_words(rest).values(), default=0.0) >= 3 and known_share(rest) >= 0.5


def known_share(text: str) -> float:
    """The share of the words of `text` that stand in sheet titles, 0 to 1; marks as of SECTION B-B do not count."""
    written = title_words(text)
    words = [word for word in written if not _MARK.fullmatch(word)] or written
    return sum(singular(word) in _SINGULAR_KNOWN for word in words) / len(words) if words else 0.0


def project_share(text: str) -> float:
    """The share of the words of `text` that name firms, streets and projects, 0 to 1."""
    words = title_words(text)
    return sum(word in _PROJECT for word in words) / len(words) if words else 0.0


_PHRASES = {tuple(singular(word) for word in phrase): meaning for phrase, meaning in TYPE_PHRASES.items()}
_LONGEST = max(map(len, _PHRASES))
_KNOWN = (
    frozenset(
        word
        for phrase in TYPE_PHRASES
        for word in phrase
        if len(word) > 2 or word in {"1ST", "OF", "2ND", "DE"}
    )
    | TITLE_WORDS
)
_SINGULAR_KNOWN = frozenset(map(singular, _KNOWN))
_PROJECT = FIRM_WORDS | STREET_WORDS | PROJECT_WORDS
_DISCIPLINES: dict[str, tuple[tuple[Discipline, float], ...]] = {}
for _discipline, _weights in DISCIPLINE_WORDS.items():
    for _weight, _words in _weights.items():
        for _word in map(singular, _words.split()):
            _DISCIPLINES[_word] = (*_DISCIPLINES.get(_word, ()), (_discipline, _weight))
