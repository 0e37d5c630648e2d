"""Fractions with one number above the other, which a text layer gives as lines of their own, put into their lengths.

`12'-6"` with a small `1` and a small `2` in it, or `12'-6 1 "` with a small `2` beneath, is `12'-6 1/2"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docpipe_assets.page_text import Box, TextBlock

_SMALLER: Final = 0.85
"""Numbers of a fraction over the type of their length."""
_BESIDE: Final = 0.6
"""Type heights that a fraction may stand beyond the end of what is left of its length."""
_CELL_PX: Final = 100.0
_LENGTH: Final = re.compile(r"\d\s?['\u2019\u2032]|\d\s?[\"\u201d\u2033]|\d\s?''")
_HALVINGS: Final = frozenset({2, 4, 8, 16, 32, 64})
_OVER: Final = re.compile(
    r"(?<![\d/.])(?P<inches>\d{1,2}[\s-]+)?(?P<over>\d{1,2})\s?(?P<mark>[\"\u201d\u2033]?)\s*$"
)


def with_stacked_fractions(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The lines of a page in their order, those of lengths with their stacked fractions written out.

    The lines that are a fraction's number stay, too.
    """
    numbers: dict[tuple[int, int], list[TextBlock]] = {}
    for block in blocks:
        if block.text.strip().isdigit() and len(block.text.strip()) <= 2 and block.angle % 90 == 0:
            for cell in _cells(block.box):
                numbers.setdefault(cell, []).append(block)
    if not numbers:
        return list(blocks)
    return [_written_out(block, numbers) if _LENGTH.search(block.text) else block for block in blocks]


def _written_out(block: TextBlock, numbers: dict[tuple[int, int], list[TextBlock]]) -> TextBlock:
    if block.angle % 90 or len(block.text) > 20:
        return block
    line = _Line(block)
    near = {id(number): number for cell in _cells(line.reach) for number in numbers.get(cell, ())}
    inside = [number for number in near.values() if line.holds(number)]
    unders = [number for number in inside if int(number.text) in _HALVINGS and line.drop(number) > 0]
    if len(unders) != 1:
        return block
    under = unders[0]
    overs = [number for number in inside if number is not under and line.in_column(number, under)]
    if len(overs) == 1 and line.drop(overs[0]) < line.drop(under):
        text = _with_fraction(block.text, int(overs[0].text), int(under.text))
    else:
        found = _OVER.search(block.text)
        if found is None or found["inches"] is None or int(found["over"]) >= int(under.text):
            return block
        text = f"{block.text[: found.end('over')]}/{under.text.strip()}{block.text[found.end('over') :]}"
    return replace(block, text=text, words=(), box=block.box.union(under.box)) if text else block


def _with_fraction(text: str, over: int, under: int) -> str | None:
    if over >= under or not over % 2:
        return None
    plain = text.rstrip()
    mark = plain[-1] if plain[-1] in '"\u201d\u2033' else ""
    return f"{plain[: len(plain) - len(mark)].rstrip()} {over}/{under}{mark}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a length, in its reading direction."""

    block: TextBlock

    @property
    def reach(self) -> Box:
        """The line's box with room for a fraction's numbers around it."""
        box, room = self.block.box, _BESIDE * self.block.type_size
        return Box(box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room)

    def holds(self, number: TextBlock) -> bool:
        x, y = number.box.center
        reach = self.reach
        smaller = number.type_size <= _SMALLER * self.block.type_size
        inside = reach.x <= x <= reach.right and reach.y <= y <= reach.bottom
        return number.angle == self.block.angle and smaller and inside

    def drop(self, number: TextBlock) -> float:
        """How far beneath the line's middle a number stands, as somebody sees it who reads the line."""
        (x, y), (own_x, own_y) = number.box.center, self.block.box.center
        turn = round(self.block.angle / 90) % 4
        return (y - own_y, own_x - x, own_y - y, x - own_x)[turn]

    def in_column(self, number: TextBlock, other: TextBlock) -> bool:
        one, two = number.box.center, other.box.center
        along = 1 if self.block.sideways else 0
        return abs(one[along] - two[along]) <= 0.5 * other.type_size


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // _CELL_PX), int(box.right // _CELL_PX) + 1):
        for row in range(int(box.y // _CELL_PX), int(box.bottom // _CELL_PX) + 1):
            yield column, row
