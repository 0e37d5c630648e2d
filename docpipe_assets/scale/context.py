"""What stands around a possible scale note on its line, and what that makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from docpipe_assets.scale.paper import PAPER_NAME, canonical_paper
from docpipe_assets.scale.values import Axis
from docpipe_assets.scale.words import CLOCK, ELSEWHERE, LABEL, MIX, SHORT_LABELS, SLOPE, VIEW

_REACH: Final = 72
"""Characters looked at on either side of a note."""

_AXIS: Final = r"(?:(?P<horizontal>HORIZONTAL(?:LY)?|HORIZ|HORZ|HOR|HZ|H)|(?P<vertical>VERTICAL(?:LY)?|VERT|VER|VT|V))(?![A-Z])"
_PAPER: Final = rf"[@(]{{0,2}} ?(?:(?:AT|ON|EN|I) )?(?P<paper>{PAPER_NAME})(?: ?SHEET| ?PAPER)? ?\)?"
_LABEL: Final = re.compile(
    rf"{LABEL}(?P<rest>[ .]?\.? ?(?:(?:BAR|IS|OF|AT|DRAWN|PLOT|PLOTTED)(?![A-Z]))?[ (]?(?:{_AXIS})?[ .):]{{0,3}}(?:{_PAPER})?[ .:=()\[@-]{{0,5}})$"
)
_AXIS_ALONE: Final = re.compile(rf"(?<![A-Z.])(?:{_AXIS}) ?(?:{LABEL})?[ .:=()-]{{0,4}}$")
_SHORT_LABEL: Final = re.compile(rf"(?<![\w&/'.-])[{SHORT_LABELS}](?:[ .:=]{{1,3}})?$")
_LABEL_AFTER: Final = re.compile(rf"^ ?[-(]? ?(?:{LABEL}|OLCEKLI|OLCEGINDE)")
_PAPER_BEFORE: Final = re.compile(
    rf"(?:[@(] ?(?P<marked>{PAPER_NAME}) ?\)?|(?<![\w.-])(?P<plain>{PAPER_NAME}))(?P<colon> ?[:=-])? ?$"
)
_PAPER_AFTER: Final = re.compile(
    rf"^ ?(?P<mark>@|\(|\[|AT(?= )|ON(?= )|EN(?= )|I(?= A)|/|,|-|;)?(?: ?@| ?SCALE AT)? ?(?P<paper>{PAPER_NAME})(?: ?SHEET| ?PAPER| ?SIZE)? ?[)\]]?"
)
_SEPARATORS: Final = " .,;:-_()[]{}*|/\\#=<>~'\""
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[A-Z]+)?")
_SENTENCE_WORDS: Final = 9


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
        return self.labelled_before or _LABEL_AFTER.search(self.after) is not None

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
        found = found or _AXIS_ALONE.search(self.before)
        if found is None:
            return None
        return Axis.HORIZONTAL if found["horizontal"] else Axis.VERTICAL

    @cached_property
    def slope(self) -> bool:
        """Whether an unlabelled ratio here is a slope."""
        return self._beside(SLOPE)

    @cached_property
    def mix(self) -> bool:
        """Whether an unlabelled ratio here is a mix."""
        return self._beside(MIX)

    def _beside(self, words: re.Pattern[str]) -> bool:
        if self.labelled:
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
    def elsewhere(self) -> bool:
        """Whether the note is said of another drawing (`SEE 1:50 PLAN`)."""
        return ELSEWHERE.search(self.before) is not None

    @cached_property
    def view_before(self) -> bool:
        """Whether a word that view titles are made of stands before."""
        return VIEW.search(self.before) is not None

    @cached_property
    def alone(self) -> bool:
        """Whether nothing else stands on the line."""
        return not self.before.strip(_SEPARATORS) and not self.after.strip(_SEPARATORS)

    @cached_property
    def ends_line(self) -> bool:
        return not self.after.strip(_SEPARATORS)

    @cached_property
    def sentence(self) -> bool:
        """Whether the note stands within running text."""
        return len(_WORD.findall(self.before)) + len(_WORD.findall(self.after)) >= _SENTENCE_WORDS

    @cached_property
    def paper_before(self) -> str | None:
        """The sheet named right before (`SCALE @ A1: 1:100`, `A1: 1:50`)."""
        if self._label and self._label["paper"]:
            return canonical_paper(self._label["paper"])
        found = _PAPER_BEFORE.search(self.before)
        if found is None or not (found["marked"] or found["colon"]):
            return None
        return canonical_paper(found["marked"] or found["plain"])

    def paper_after(self, *, mark_needed: bool) -> tuple[str, int] | None:
        """The sheet named right after (`1:100 @ A1`) and how many characters that takes."""
        found = _PAPER_AFTER.search(self.after)
        if found is None or (mark_needed and found["mark"] not in {"@", "(", "[", "AT", "ON"}):
            return None
        return canonical_paper(found["paper"]), found.end()


def around(line: str, start: int, end: int) -> Surroundings:
    """The surroundings of `line[start:end]`, up to the ends of the line."""
    before = line[max(0, start - _REACH) : start]
    after = line[end : end + _REACH]
    return Surroundings(before[before.rfind("\n") + 1 :], after.split("\n", 1)[0])


def ends_with_label(line: str) -> bool:
    """Whether a line ends with a scale label whose value stands elsewhere (`SCALE:`, `Scale @ A1`)."""
    return _LABEL.search(line[-_REACH:]) is not None
