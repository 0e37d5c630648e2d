"""Text with positions: what every engine gives and every reader of drawings takes.

One coordinate system: pixels of the stored page image, origin top left, after rotation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the page image, origin top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def center(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def area(self) -> float:
        return self.width * self.height

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def overlap(self, other: Box) -> float:
        """The area shared with `other`, in square pixels."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(width, 0.0) * max(height, 0.0)

    def to_json(self) -> dict[str, float]:
        """`{x, y, width, height}`, to a tenth of a pixel."""
        return {
            "x": round(self.x, 1),
            "y": round(self.y, 1),
            "width": round(self.width, 1),
            "height": round(self.height, 1),
        }

    @classmethod
    def from_json(cls, data: dict[str, float]) -> Box:
        return cls(data["x"], data["y"], data["width"], data["height"])

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box around all of `boxes`, of which there is at least one."""
        return reduce(cls.union, boxes)


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `confidence` is 0 to 1, and 1 where the text came from the document itself."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One line of text as it is read, with its words in reading order.

    `angle` is the reading direction in degrees, clockwise on the page: 0 reads to the right,
    90 downwards, 180 upside down, 270 upwards. `box` is upright whatever the angle.
    """

    text: str
    box: Box
    words: tuple[Word, ...] = ()
    angle: float = 0.0
    confidence: float = 1.0

    @property
    def sideways(self) -> bool:
        """Whether the line runs up or down the page rather than across it."""
        return 45 <= self.angle % 180 < 135

    @property
    def type_size(self) -> float:
        """Height of the type in pixels: the box's extent across the reading direction."""
        return self.box.width if self.sideways else self.box.height

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "confidence": round(self.confidence, 3),
            "bounding_box": self.box.to_json(),
            "angle": round(self.angle, 1),
            "words": [
                {"text": w.text, "confidence": round(w.confidence, 3), "bounding_box": w.box.to_json()}
                for w in self.words
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TextBlock:
        words = tuple(
            Word(w["text"], Box.from_json(w["bounding_box"]), w["confidence"]) for w in data.get("words", ())
        )
        return cls(
            data["text"], Box.from_json(data["bounding_box"]), words, data["angle"], data["confidence"]
        )


@dataclass(frozen=True, slots=True)
class PageText:
    """All text of one page, on its page image of `width_px` x `height_px` at `dpi`."""

    blocks: tuple[TextBlock, ...]
    width_px: int
    height_px: int
    dpi: float

    @property
    def text(self) -> str:
        """The lines joined by newlines, in the engine's order."""
        return "\n".join(block.text for block in self.blocks)
