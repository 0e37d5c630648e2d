"""A sheet of lettering for tests: lines of type put at inches, as an engine would give them in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from docpipe_assets.page_text import Box, PageText, TextBlock, Word

_LETTER_WIDTH = 0.6
_BLANK_WIDTH = 0.35


@dataclass
class Sheet:
    """A page of `width_in` x `height_in` inches; `put` adds one block and gives the sheet back."""

    width_in: float = 36.0
    height_in: float = 24.0
    dpi: int = 200
    blocks: list[TextBlock] = field(default_factory=list)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        type_in: float = 0.125,
        turn: int = 0,
        confidence: float = 1.0,
        gaps: dict[int, float] | None = None,
        worded: bool = True,
    ) -> Self:
        """One line whose reading begins at `x`, `y` inches (its top left as it is read).

        `gaps` widens the blank before the word of that index, in type heights. Without `worded`, the block
        has no words.
        """
        height = type_in * self.dpi
        left, words = 0.0, []
        for index, word in enumerate(text.split()):
            if index:
                left += (gaps or {}).get(index, _BLANK_WIDTH) * height
            width = len(word) * _LETTER_WIDTH * height
            words.append(Word(word, self._box(x, y, left, width, height, turn), confidence))
            left += width
        box = Box.around(word.box for word in words)
        self.blocks.append(TextBlock(text, box, tuple(words) if worded else (), float(turn), confidence))
        return self

    def _box(self, x: float, y: float, along: float, width: float, height: float, turn: int) -> Box:
        px, py = x * self.dpi, y * self.dpi
        match turn:
            case 0:
                return Box(px + along, py, width, height)
            case 90:
                return Box(px - height, py + along, height, width)
            case 180:
                return Box(px - along - width, py - height, width, height)
            case _:
                return Box(px, py - along - width, height, width)

    def view(
        self, title: str, note: str, x: float, y: float, *, number: str | None = "1", type_in: float = 0.125
    ) -> Self:
        """A view's title with its number in a bubble and the scale note beneath."""
        if number:
            self.put(number, x - 0.45, y + 0.08, type_in=type_in * 1.5)
        return self.put(title, x, y, type_in=type_in * 1.5).put(note, x, y + type_in * 2.2, type_in=type_in)

    def title_block(self, scale: str | None, *, number: str = "A-101", label: str = "SCALE") -> Self:
        """Cells up the right edge, each with a small label over its value."""
        x = self.width_in - 3
        cells = [
            ("PROJECT NO.", "2041"),
            ("DATE", "05/12/2023"),
            ("DRAWN BY", "MK"),
            (label, scale),
            ("SHEET", number),
        ]
        for row, (name, value) in enumerate(cells):
            y = self.height_in - 5 + row * 0.8
            self.put(name, x, y, type_in=0.07)
            if value:
                self.put(value, x + 0.1, y + 0.15, type_in=0.125)
        return self

    @property
    def text(self) -> PageText:
        return PageText(
            tuple(self.blocks), round(self.width_in * self.dpi), round(self.height_in * self.dpi), self.dpi
        )
