"""Lines of a page as the reader sees them: folded text, and places in the line's own reading frame.

A sheet may lie sideways, and a title block may be lettered up the edge of an upright sheet. So each line
carries its quarter turn and its extent in the frame in which it reads from left to right: `start` and
`end` along the reading direction, `top` and `bottom` across it, in pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from docpipe_assets.page_text import Box, PageText

_SLANT_DEG = 8.0
_LONGEST_TEXT = 120
_ROW_PX = 12
_SAME_SIZE = 1.25
_WORD_SPACE = 0.7
_CUT_GAP, _LONGEST_REST = 0.15, 3
_BREAKS = re.compile(r"[^0-9A-Z&]+")
# Programs print the date and time of plotting beside the sheet number.
_STAMP = re.compile(
    r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4},? ?\d{1,2}:\d{2}(?::\d{2})? ?(?:[AaPp]\.?[Mm]\b\.?|[AP]M)?"
)
_SPECIAL = str.maketrans(
    {
        "ß": "SS", "Ø": "O", "ø": "O", "Æ": "AE", "æ": "AE", "ı": "I", "Ł": "L", "ł": "L", "°": "O",
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
        "\u2018": "'", "\u2019": "'", "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u2033": '"',
    }
)  # fmt: skip


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Upper case without accents, dashes and quotes made plain, single spaces: `Nº` becomes `NO`."""
    plain = text.translate(_SPECIAL)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.upper().split())


@lru_cache(maxsize=20_000)
def squeeze(text: str) -> str:
    """The letters and digits of `text`, folded: what is left of a label when a scan loses its spaces."""
    return "".join(c for c in fold(text) if c.isalnum())


def words_of(text: str) -> list[str]:
    """The folded words of `text`, `&` read as AND."""
    return ["AND" if word == "&" else word for word in _BREAKS.split(fold(text).replace("&", " & ")) if word]


def tidy(text: str) -> str:
    """`text` with single spaces, as a person would type it."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `turn` is its reading direction in quarter turns clockwise, 0 to 3."""

    text: str
    box: Box
    turn: int
    start: float
    end: float
    top: float
    bottom: float
    confidence: float = 1.0

    @property
    def size(self) -> float:
        """Height of the type in pixels."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def in_frame(box: Box, turn: int, width: float, height: float) -> tuple[float, float, float, float]:
    """`(start, end, top, bottom)` of `box` in the frame of lines with this `turn`, on a page in pixels."""
    if turn == 1:
        return box.y, box.bottom, width - box.right, width - box.x
    if turn == 2:
        return width - box.right, width - box.x, height - box.bottom, height - box.y
    if turn == 3:
        return height - box.bottom, height - box.y, box.x, box.right
    return box.x, box.right, box.y, box.bottom


def read_lines(text: PageText) -> list[Line]:
    """The page's lines that stand square to the page, without empty ones and lettering along curves."""
    lines = []
    for block in text.blocks:
        turn = round(block.angle / 90) % 4
        slant = abs(block.angle - 90 * round(block.angle / 90))
        content = tidy(block.text)
        if not content or slant > _SLANT_DEG:
            continue
        extent = in_frame(block.box, turn, text.width_px, text.height_px)
        lines.append(Line(content[:_LONGEST_TEXT], block.box, turn, *extent, block.confidence))
    return [part for line in _joined(lines) for part in _without_stamp(line)]


def _without_stamp(line: Line) -> Iterator[Line]:
    """The line, or what stands before and behind a plot stamp in it, placed as if all letters were equally wide."""
    stamp = _STAMP.search(line.text)
    ends = ((0, stamp.start()), (stamp.end(), len(line.text))) if stamp else ()
    parts = [(start, end) for start, end in ends if sum(map(str.isalnum, line.text[start:end])) > 1]
    if not parts:
        yield line
    for start, end in parts:
        yield part_of(line, start, end)


def part_of(line: Line, start: int, end: int) -> Line:
    """The part of `line` that holds `text[start:end]`, at the place it has if all letters are equally wide."""
    length = line.end - line.start
    first, last = (line.start + length * at / max(len(line.text), 1) for at in (start, end))
    before, behind = first - line.start, line.end - last
    box = line.box
    match line.turn:
        case 0:
            box = Box(box.x + before, box.y, last - first, box.height)
        case 1:
            box = Box(box.x, box.y + before, box.width, last - first)
        case 2:
            box = Box(box.x + behind, box.y, last - first, box.height)
        case _:
            box = Box(box.x, box.y + behind, box.width, last - first)
    return replace(line, text=tidy(line.text[start:end]).strip(" -|"), box=box, start=first, end=last)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those in one that a scan or a wide space has parted, up to a word's space apart."""
    rows: dict[tuple[int, int], list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.start):
        row = int(line.middle // _ROW_PX)
        before = next(
            (
                rest[-1]
                for step in (0, -1, 1)
                if (rest := rows.get((line.turn, row + step))) and _continues(rest[-1], line)
            ),
            None,
        )
        if before is None:
            rows.setdefault((line.turn, row), []).append(line)
            continue
        joined = replace(
            before,
            text=_read_on(before, line)[:_LONGEST_TEXT],
            box=before.box.union(line.box),
            end=max(before.end, line.end),
            confidence=min(before.confidence, line.confidence),
        )
        rows[line.turn, int(before.middle // _ROW_PX)][-1] = joined
    return [line for row in rows.values() for line in row]


def _read_on(before: Line, line: Line) -> str:
    """Both texts as one. Where a figure is cut in two, each piece has it: `A-10` and `01` are `A-101`."""
    cut = (
        before.confidence < 1
        and line.text[0].isdigit()
        and before.text[-1] == line.text[0]
        and len(line.text) <= _LONGEST_REST
        and line.start - before.end < _CUT_GAP * min(before.size, line.size)
    )
    return before.text + line.text[1:] if cut else f"{before.text} {line.text}"


def _continues(before: Line, line: Line) -> bool:
    gap, size = line.start - before.end, min(before.size, line.size)
    return (
        -0.3 * size < gap < _WORD_SPACE * size
        and abs(before.middle - line.middle) < 0.25 * size
        and max(before.size, line.size) < _SAME_SIZE * size
    )


def main_turn(lines: Iterable[Line]) -> int:
    """The quarter turn that most of the page's lettering has; upright unless another clearly leads."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.turn] += len(line.text)
    turn = max(letters, key=lambda t: letters[t], default=0)
    return turn if letters[turn] > 1.5 * letters[0] else 0


def median_size(lines: Sequence[Line]) -> float:
    """The height of type that half of the page's lettering stays below, weighed by letters."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    half = sum(letters for _, letters in sizes) / 2
    for size, letters in sizes:
        half -= letters
        if half <= 0:
            return max(size, 1.0)
    return 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the page that carries lettering, to measure nearness to its edges and corners."""

    width: float
    height: float
    lettered: Box
    turn: int

    @classmethod
    def of(cls, text: PageText, lines: Sequence[Line]) -> Sheet:
        page = Box(0, 0, text.width_px, text.height_px)
        lettered = Box.around(line.box for line in lines) if lines else page
        return cls(text.width_px, text.height_px, lettered, main_turn(lines))

    def place(self, box: Box, turn: int) -> tuple[float, float, float, float]:
        """`box` in the reading frame `turn`, as shares of the lettered part: start, end, top, bottom."""
        left, right, top, bottom = in_frame(self.lettered, turn, self.width, self.height)
        start, end, over, under = in_frame(box, turn, self.width, self.height)
        across, down = max(right - left, 1.0), max(bottom - top, 1.0)
        return (
            (start - left) / across,
            (end - left) / across,
            (over - top) / down,
            (under - top) / down,
        )

    def corner(self, box: Box, turn: int) -> float:
        """How much `box` is in the corner where sheet numbers stand: 1 in it, 0 away from any corner.

        The lower right corner as the line reads, or as the page does; other corners count for less.
        """
        return max(self._corner(box, frame) for frame in {turn, self.turn})

    def _corner(self, box: Box, turn: int) -> float:
        start, end, top, bottom = self.place(box, turn)
        reach = 0.25
        right, left = _near(1 - end, reach), _near(start, reach)
        low, high = _near(1 - bottom, reach), _near(top, reach)
        return max(min(right, low), 0.6 * min(right, high), 0.5 * min(left, low), 0.25 * min(left, high))

    def edge(self, box: Box, turn: int) -> float:
        """How much `box` is in a strip along the right or lower edge, where title blocks stand, 0 to 1."""
        return max(self._edge(box, frame) for frame in {turn, self.turn})

    def _edge(self, box: Box, turn: int) -> float:
        start, end, top, bottom = self.place(box, turn)
        across, down, reach = (start + end) / 2, (top + bottom) / 2, 0.28
        if reach < across < 1 - reach and reach < down < 1 - reach:
            return 0.0
        right, low = _near(1 - across, reach), _near(1 - down, reach)
        return max(right, low, 0.4 * _near(down, reach / 2), 0.4 * _near(across, reach / 2))


def _near(distance: float, reach: float) -> float:
    """1 within half of `reach`, falling to 0 at `reach`."""
    return min(max(2 - 2 * distance / reach, 0.0), 1.0)
