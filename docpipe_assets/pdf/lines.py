"""From placed glyphs to the lines that a person reads.

A PDF says where glyphs stand, not which of them belong together: one drawn line may hold a whole row of
table cells, and one sentence may be drawn in several pieces. Here runs of glyphs are cut where the gap is
wider than any space, and pieces on one baseline are joined where they read together.

Every run has its own axes, in pixels of the page image: `along` is the distance in reading direction,
`across` the distance at a right angle to it, growing downwards as the reader sees it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docpipe_assets.page_text import Box, TextBlock, Word

# Gaps and shifts in type sizes. A space is a quarter to a third of one.
CELL_GAP = 1.6
RULED_CELL_GAP = 0.4
JOIN_GAP = 0.6
SPACE_GAP = 0.17
BACKSTEP = 0.5
SAME_BASELINE = 0.12
SAME_PLACE = 0.15
SAME_SIZE = 1.2
SAME_ANGLE_DEG = 1.0


class Glyph(NamedTuple):
    """One character between two distances along its line."""

    character: str
    start: float
    end: float


@dataclass(slots=True)
class Run:
    """Glyphs on one baseline. `cos` and `sin` give the reading direction, y growing downwards."""

    glyphs: list[Glyph]
    cos: float
    sin: float
    baseline: float
    ascent: float
    descent: float

    @property
    def size(self) -> float:
        return self.ascent + self.descent

    @property
    def start(self) -> float:
        return self.glyphs[0].start

    @property
    def end(self) -> float:
        return self.glyphs[-1].end

    @property
    def angle(self) -> float:
        """Reading direction in degrees, clockwise, 0 to 360."""
        return round(math.degrees(math.atan2(self.sin, self.cos)) % 360, 2) % 360

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)

    def box(self, start: float, end: float) -> Box:
        """The upright box on the page around the line's type between two distances along it."""
        corners = [
            (u * self.cos - v * self.sin, u * self.sin + v * self.cos)
            for u in (start, end)
            for v in (self.baseline - self.ascent, self.baseline + self.descent)
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


class Rules:
    """The straight upright and level lines drawn on a page: what separates the cells of a table."""

    def __init__(self, boxes: Iterable[Box], thickness_px: float) -> None:
        upright, level = [], []
        for box in boxes:
            if box.width <= thickness_px < box.height:
                upright.append((box.x + box.width / 2, box.y, box.bottom))
            elif box.height <= thickness_px < box.width:
                level.append((box.y + box.height / 2, box.x, box.right))
        self._upright, self._level = sorted(upright), sorted(level)

    def between(self, gap: Box, sideways: bool) -> bool:
        """Whether a rule runs through `gap`, the upright box of the room between two pieces of a line."""
        if sideways:
            return _crossed(self._level, (gap.y, gap.bottom), (gap.x, gap.right))
        return _crossed(self._upright, (gap.x, gap.right), (gap.y, gap.bottom))


def read_lines(runs: Iterable[Run], rules: Rules) -> list[TextBlock]:
    """The lines of a page, in the order in which they were drawn."""
    pieces = [piece for run in runs for piece in _cut(run, rules)]
    return [_block(line) for line in _join(_without_doubles(pieces), rules)]


def _cut(run: Run, rules: Rules) -> Iterator[Run]:
    """The run in pieces, cut where no space is that wide and where the pen goes back."""
    piece: list[Glyph] = []
    last: Glyph | None = None
    for glyph in run.glyphs:
        if glyph.character.isspace():
            if last:
                piece.append(glyph)
            continue
        if last and _parted(run, last.end, glyph.start, rules):
            yield _trimmed(run, piece)
            piece = []
        piece.append(glyph)
        last = glyph
    if last:
        yield _trimmed(run, piece)


def _parted(run: Run, end: float, start: float, rules: Rules) -> bool:
    gap = (start - end) / run.size
    if gap > CELL_GAP or gap < -BACKSTEP:
        return True
    return gap > RULED_CELL_GAP and _ruled(run, end, start, rules)


def _ruled(run: Run, end: float, start: float, rules: Rules) -> bool:
    quarter_turn = run.angle % 90
    if min(quarter_turn, 90 - quarter_turn) > SAME_ANGLE_DEG:
        return False
    return rules.between(run.box(end, start), sideways=abs(run.sin) > abs(run.cos))


def _trimmed(run: Run, glyphs: list[Glyph]) -> Run:
    while glyphs[-1].character.isspace():
        glyphs.pop()
    return Run(glyphs, run.cos, run.sin, run.baseline, run.ascent, run.descent)


def _without_doubles(runs: Sequence[Run]) -> list[Run]:
    """Without what is drawn again in the same place: bold type made by printing twice, and shadows."""
    same_text: defaultdict[str, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        same_text[run.text].append(number)
    doubles: set[int] = set()
    for numbers in same_text.values():
        numbers.sort(key=lambda number: runs[number].start)
        for place, number in enumerate(numbers):
            for earlier in reversed(numbers[:place]):
                if runs[number].start - runs[earlier].start > SAME_PLACE * runs[number].size:
                    break
                if earlier not in doubles and _in_same_place(runs[number], runs[earlier]):
                    doubles.add(number)
                    break
    return [run for number, run in enumerate(runs) if number not in doubles]


def _in_same_place(run: Run, other: Run) -> bool:
    reach = SAME_PLACE * min(run.size, other.size)
    return (
        run.cos * other.cos + run.sin * other.sin > 0.99
        and abs(run.start - other.start) < reach
        and abs(run.end - other.end) < 2 * reach
        and abs(run.baseline - other.baseline) < reach
    )


def _join(runs: Sequence[Run], rules: Rules) -> Iterator[Run]:
    """Pieces of one baseline that read together as one run, at the place of the first drawn."""
    order = {id(run): number for number, run in enumerate(runs)}
    lines: list[list[Run]] = []
    for parallel in _by_direction(runs):
        for neighbours in _by_baseline(parallel):
            open_lines: list[list[Run]] = []
            for run in sorted(neighbours, key=lambda run: run.start):
                open_lines = [line for line in open_lines if _reaches(line[-1], run)]
                line = next((line for line in open_lines if _continues(line[-1], run, rules)), None)
                if line is None:
                    line = []
                    lines.append(line)
                    open_lines.append(line)
                line.append(run)
    lines.sort(key=lambda line: min(order[id(run)] for run in line))
    return map(_merged, lines)


def _by_direction(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs that read in the same direction, so that their distances are on the same axes."""
    groups: defaultdict[tuple[float, float], list[Run]] = defaultdict(list)
    for run in runs:
        groups[round(run.cos, 4), round(run.sin, 4)].append(run)
    yield from groups.values()


def _by_baseline(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs of which each has a neighbour on its baseline; the first and the last may be lines apart."""
    line: list[Run] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        if line and run.baseline - line[-1].baseline > SAME_BASELINE * min(run.size, line[-1].size):
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _reaches(left: Run, right: Run) -> bool:
    """Whether `right`, or any run that starts after it, may still continue `left`."""
    return right.start - left.end <= JOIN_GAP * SAME_SIZE * left.size


def _continues(left: Run, right: Run, rules: Rules) -> bool:
    size = max(left.size, right.size)
    if size > SAME_SIZE * min(left.size, right.size):
        return False
    if abs(left.baseline - right.baseline) > SAME_BASELINE * size:
        return False
    gap = (right.start - left.end) / size
    if not -SAME_PLACE <= gap <= JOIN_GAP:
        return False
    return not _ruled(left, left.end, right.start, rules)


def _merged(parts: Sequence[Run]) -> Run:
    first = parts[0]
    if len(parts) == 1:
        return first
    glyphs = list(first.glyphs)
    for part in parts[1:]:
        if part.start - glyphs[-1].end > SPACE_GAP * first.size:
            glyphs.append(Glyph(" ", glyphs[-1].end, part.start))
        glyphs += part.glyphs
    widest = max(parts, key=lambda part: part.end - part.start)
    return Run(glyphs, widest.cos, widest.sin, widest.baseline, widest.ascent, widest.descent)


def _block(run: Run) -> TextBlock:
    words: list[Word] = []
    letters: list[Glyph] = []
    for glyph in [*run.glyphs, Glyph(" ", run.end, run.end)]:
        if not glyph.character.isspace():
            letters.append(glyph)
        elif letters:
            text = "".join(letter.character for letter in letters)
            words.append(Word(text, run.box(letters[0].start, letters[-1].end)))
            letters = []
    return TextBlock(
        text=" ".join(word.text for word in words),
        box=run.box(run.start, run.end),
        words=tuple(words),
        angle=run.angle,
    )


def _crossed(
    rules: Sequence[tuple[float, float, float]], gap: tuple[float, float], extent: tuple[float, float]
) -> bool:
    """Whether one of the sorted (position, from, to) lies in the gap and covers most of the extent."""
    low, high = extent
    inset = (high - low) / 4
    index = bisect_left(rules, (gap[0],))
    while index < len(rules) and rules[index][0] <= gap[1]:
        _, begin, end = rules[index]
        if begin <= low + inset and end >= high - inset:
            return True
        index += 1
    return False
