"""What stands around a possible scale note on its line, and what that makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from docpipe_assets.scale.paper import PAPER_NAME, canonical_paper
from docpipe_assets.scale.values import Axis
from docpipe_assets.scale.words import (
    CLOCK,
    ELSEWHERE,
    LABEL,
    MISREAD_LABEL,
    MIX,
    PREPOSITION,
    SHORT_LABELS,
    SLOPE,
    VIEW,
)

_REACH: Final = 72
"""Characters looked at on either side of a note."""

_AXIS: Final = (
    r"(?:(?P<horizontal>HORIZONTAL(?:LY)?|HORIZ|HORZ|HOR|HZ|H)"
    r"|(?P<vertical>VERTICAL(?:LY)?|VERT|VER|VT|V))(?![A-Z])"
)
_PAPER: Final = rf"[@(]{{0,2}} ?(?:(?:AT|ON|EN|I) )?(?P<paper>{PAPER_NAME})(?: ?SHEET| ?PAPER)? ?\)?"
_LABEL: Final = re.compile(
    rf"(?:{LABEL}|{MISREAD_LABEL})[ .]?\.? ?(?:(?:BAR|IS|OF|AT|DRAWN|PLOT|PLOTTED)(?![A-Z]))?"
    rf"[ (]?(?:{_AXIS})?[ .):]{{0,3}}(?:{_PAPER})?[ .:=()\[@-]{{0,5}}$"
)
_AXIS_ALONE: Final = re.compile(rf"(?<![A-Z.])(?:{_AXIS})\.? ?(?:{LABEL})?(?P<colon>[ .:=()-]{{0,4}})$")
_AXIS_AFTER: Final = re.compile(rf"^ ?\(?(?:{_AXIS})")
_ENDS_NOTE: Final = re.compile(r"""[\d'"] ?$""")
_OTHER_NOTE: Final = re.compile(
    rf"1 ?[:/] ?\d{{1,6}}|(?:@ ?|(?<![A-Z])(?:AT|ON) )?{PAPER_NAME}|(?<![A-Z])(?:AND|OR|E|Y|ET|UND|VE|OCH)(?![A-Z])"
)
_SHORT_LABEL: Final = re.compile(rf"(?<![\w&/'.-])[{SHORT_LABELS}](?:[ .:=]{{1,3}})?$")
_LABEL_AFTER: Final = re.compile(rf"^ ?[-(]? ?(?:{LABEL}|OLCEKLI|OLCEGINDE)")
_PAPER_BEFORE: Final = re.compile(
    rf"(?:[@(] ?(?P<marked>{PAPER_NAME}) ?\)?|(?P<first>^ ?)?(?<![\w.-])(?P<plain>{PAPER_NAME}))(?P<colon> ?[:=-])? ?$"
)
_PAPER_AFTER: Final = re.compile(
    r"^ ?(?P<mark>@|\(|\[|AT(?= )|ON(?= )|EN(?= )|I(?= A)|/|,|-|;)?(?: ?@| ?SCALE AT)? ?"
    rf"(?P<paper>{PAPER_NAME})(?: ?SHEET| ?PAPER| ?SIZE)? ?[)\]]?"
)
_SEPARATORS: Final = " .,;:-_()[]{}*|/\\#=<>~'\""
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[A-Z]+)?")
_SENTENCE_WORDS: Final = 9
_TITLE_WORDS: Final = 6


@dataclass(frozen=True)
class Surroundings:
    """The line before and after a possible note, as far as it matters, in the canonical spelling."""

    before: str
    after: str

    @cached_property
    def _label(self) -> re.Match[str] | None:
        return _LABEL.search(self.before)

    @property
    def labelled_before(self) -> bool:
        """Whether a word such as SCALE stands right before."""
        return self._label is not None

    @cached_property
    def labelled(self) -> bool:
        """Whether a word such as SCALE stands right before or right after."""
        after = _LABEL_AFTER.search(self.after) is not None
        return self.labelled_before or (after and not self.slope and not self.mix and not self.trailing)

    @cached_property
    def short_labelled(self) -> bool:
        """Whether a single letter such as `E` or `M` stands right before as a label."""
        return _SHORT_LABEL.search(self.before) is not None

    @cached_property
    def english(self) -> bool:
        """Whether the label is the English one: a fraction after it may be inches."""
        words = self.before[-20:] + " " + self.after[:12]
        return re.search(r"(?<![A-Z])(?:SCALES?|SCL|SC)(?![A-Z])", words) is not None

    @cached_property
    def axis(self) -> Axis | None:
        found = (
            self._label if self._label and (self._label["horizontal"] or self._label["vertical"]) else None
        )
        found = found or self._axis_before or _AXIS_AFTER.search(self.after)
        if found is None:
            return None
        return Axis.HORIZONTAL if found["horizontal"] else Axis.VERTICAL

    @property
    def _axis_before(self) -> re.Match[str] | None:
        """The axis right before, unless it belongs to the note before it (`1"=20' HORIZ. 1"=2' VERT.`)."""
        found = _AXIS_ALONE.search(self.before)
        if found and ":" not in found["colon"] and _ENDS_NOTE.search(self.before[: found.start()]):
            return None
        return found

    @cached_property
    def slope(self) -> bool:
        """Whether an unlabelled ratio here is a slope."""
        return self._beside(SLOPE)

    @cached_property
    def mix(self) -> bool:
        """Whether an unlabelled ratio here is a mix."""
        return self._beside(MIX)

    def _beside(self, words: re.Pattern[str]) -> bool:
        if self.labelled_before:
            return False
        before = _WORD.findall(self.before)[-3:]
        after = _WORD.findall(self.after)[:2]
        named = bool(before) and VIEW.fullmatch(before[-1]) is not None
        return bool(words.search(" ".join(after)) or (not named and words.search(" ".join(before))))

    @cached_property
    def clock(self) -> bool:
        """Whether a time of day is meant."""
        return (
            CLOCK.search(self.after) is not None or re.search(r"\d[/.-]\d\S* ?,? ?$", self.before) is not None
        )

    @cached_property
    def trailing(self) -> bool:
        """Whether the note ends a phrase (`LAID TO 1:60`) rather than a title (`PLAN AT 1:50`)."""
        found = PREPOSITION.search(self.before)
        words = _WORD.findall(self.before[: found.start()]) if found else []
        return found is not None and not (words and VIEW.fullmatch(words[-1]))

    @cached_property
    def elsewhere(self) -> bool:
        """Whether the note is said of another drawing (`SEE 1:50 PLAN`)."""
        return ELSEWHERE.search(self.before) is not None

    @cached_property
    def view_before(self) -> bool:
        """Whether a word that view titles are made of stands before."""
        return VIEW.search(self.before) is not None

    @cached_property
    def titles(self) -> bool:
        """Whether a short view title follows, with nothing before (`1/50 ZEMIN KAT PLANI`)."""
        words = self.after.split()
        return (
            not self.before.strip(_SEPARATORS)
            and len(words) <= _TITLE_WORDS
            and VIEW.search(self.after) is not None
        )

    @cached_property
    def alone(self) -> bool:
        """Whether nothing stands on the line but notes like it."""
        return not any(_OTHER_NOTE.sub("", side).strip(_SEPARATORS) for side in (self.before, self.after))

    @cached_property
    def ends_line(self) -> bool:
        return not self.after.strip(_SEPARATORS)

    @cached_property
    def sentence(self) -> bool:
        """Whether the note stands within running text."""
        return len(_WORD.findall(self.before)) + len(_WORD.findall(self.after)) >= _SENTENCE_WORDS

    def paper_before(self, *, mark_needed: bool) -> str | None:
        """The sheet named right before (`SCALE @ A1: 1:100`, `A1: 1:50`), at the line's start without a mark too."""
        if self._label and self._label["paper"]:
            return canonical_paper(self._label["paper"])
        found = _PAPER_BEFORE.search(self.before)
        if found is None or _ENDS_NOTE.search(self.before[: found.start()]):
            return None
        first = found["first"] is not None and not mark_needed
        if not (found["marked"] or found["colon"] or first):
            return None
        return canonical_paper(found["marked"] or found["plain"])

    def paper_after(self, *, mark_needed: bool) -> tuple[str, int] | None:
        """The sheet named right after (`1:100 @ A1`) and how many characters that takes."""
        found = _PAPER_AFTER.search(self.after)
        if found is None or (mark_needed and found["mark"] not in {"@", "(", "[", "AT", "ON"}):
            return None
        paper = canonical_paper(found["paper"])
        by_sides = paper is not None and "x" in paper
        if paper is None or (by_sides and not found["mark"]):
            return None
        return paper, found.end()


def around(line: str, start: int, end: int) -> Surroundings:
    """The surroundings of `line[start:end]`, up to the ends of the line."""
    before = line[max(0, start - _REACH) : start]
    after = line[end : end + _REACH]
    return Surroundings(before[before.rfind("\n") + 1 :], after.split("\n", 1)[0])


def ends_with_label(line: str) -> bool:
    """Whether a line ends with a scale label whose value stands elsewhere (`SCALE:`, `Scale @ A1`)."""
    return _LABEL.search(line[-_REACH:]) is not None
