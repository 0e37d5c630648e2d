"""From Google Vision's answer to lines of text.

Vision takes `1/4" = 1'-0"` apart into ten words of its own and says after which symbols there was a space: words
joined by spaces would read `1/4 " = 1 ' - 0 "`. So lines are put together from symbols and breaks.
Vocabulary: `TextAnnotation` of the API google.cloud.vision.v1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, Any

from docpipe_assets.ocr.normalise import normalise_text
from docpipe_assets.page_text import Box, TextBlock, Word

if TYPE_CHECKING:
    from google.cloud.vision_v1.types import TextAnnotation

# `TextAnnotation.DetectedBreak.BreakType`
_SPACES = (1, 2)
_HYPHEN = 4
_LINE_ENDS = (3, _HYPHEN, 5)

# In type sizes: cells of a table stand further apart than words do.
CELL_GAP = 1.6
# Vertices are whole pixels, and paper lies a little askew in a scanner.
_ASKEW_DEG = 5.0

_Corners = list[tuple[float, float]]


class MalformedAnswerError(ValueError):
    """An answer that does not say what the API promises."""


@dataclass(slots=True)
class _Run:
    """Symbols without a space between them: a word as people see it, made of words as Vision sees them."""

    text: str = ""
    parts: list[tuple[_Corners, float]] = field(default_factory=list)

    def add(self, text: str, corners: _Corners, confidence: float) -> None:
        self.text += text
        self.parts.append((corners, confidence))

    @property
    def direction(self) -> tuple[float, float]:
        """Along the top and bottom edges, added up over the symbols."""
        quads = [corners for corners, _ in self.parts]
        return (
            sum(b[0] - a[0] + c[0] - d[0] for a, b, c, d in quads),
            sum(b[1] - a[1] + c[1] - d[1] for a, b, c, d in quads),
        )

    def words(self) -> list[Word]:
        x, y = zip(*(corner for corners, _ in self.parts for corner in corners), strict=True)
        box = Box(min(x), min(y), max(x) - min(x), max(y) - min(y))
        confidence = fmean(confidence for _, confidence in self.parts)
        return [Word(text, box, confidence) for text in normalise_text(self.text).split()]


def read_lines(annotation: TextAnnotation, left: float = 0, top: float = 0) -> list[TextBlock]:
    """The lines of `annotation` in its order, for an image whose origin is at `left`, `top` of the page image.

    A line ends where Vision says so, with its paragraph, and at the gap between two cells.
    Raises `MalformedAnswerError` where a word has no place.
    """
    answer: Any = type(annotation).pb(annotation)
    return [
        block
        for page in answer.pages
        for area in page.blocks
        for paragraph in area.paragraphs
        for line in _lines(paragraph, left, top)
        for block in _blocks(line)
    ]


def text_line(words: Sequence[Word], angle: float) -> TextBlock:
    """The line that `words` make in reading order."""
    return TextBlock(
        normalise_text(" ".join(word.text for word in words)),
        Box.around(word.box for word in words),
        tuple(words),
        angle,
        fmean(word.confidence for word in words),
    )


def gap(word: Box, other: Box, sideways: bool) -> float:
    """How far two boxes stand apart along a line, in pixels; negative where they overlap."""
    if sideways:
        return max(other.y - word.bottom, word.y - other.bottom)
    return max(other.x - word.right, word.x - other.right)


def _lines(paragraph: Any, left: float, top: float) -> Iterator[list[_Run]]:
    """Each line of a paragraph as runs of symbols."""
    line = [_Run()]
    for word in paragraph.words:
        corners = [(vertex.x + left, vertex.y + top) for vertex in word.bounding_box.vertices]
        if len(corners) != 4:
            raise MalformedAnswerError(f"a word has {len(corners)} corners")
        for symbol in word.symbols:
            mark = symbol.property.detected_break
            marks = [(True, mark.type_), (False, 0)] if mark.is_prefix else [(True, 0), (False, mark.type_)]
            for before, kind in marks:
                if not before:
                    line[-1].add(symbol.text, corners, word.confidence)
                if kind == _HYPHEN and line[-1].parts:
                    line[-1].add("-", *line[-1].parts[-1])
                if kind in _SPACES:
                    line.append(_Run())
                elif kind in _LINE_ENDS:
                    yield line
                    line = [_Run()]
    yield line


def _blocks(line: Sequence[_Run]) -> Iterator[TextBlock]:
    """One block, or several where the line runs over the gap between two cells."""
    runs = [run for run in line if run.text.strip()]
    angle = _angle(runs)
    words = [word for run in runs for word in run.words()]
    if not words:
        return
    whole = text_line(words, angle)
    most = CELL_GAP * max(word.box.width if whole.sideways else word.box.height for word in words)
    starts = [0]
    starts += (
        number
        for number, (word, after) in enumerate(pairwise(words), 1)
        if gap(word.box, after.box, whole.sideways) > most
    )
    for start, end in pairwise([*starts, len(words)]):
        yield text_line(words[start:end], angle)


def _angle(runs: Sequence[_Run]) -> float:
    """The reading direction, clockwise: vertices go around a word from where its first letter has its top."""
    x, y = (sum(parts) for parts in zip((0.0, 0.0), *(run.direction for run in runs), strict=True))
    angle = math.degrees(math.atan2(y, x))
    quarter = round(angle / 90) * 90
    return float(quarter % 360) if abs(angle - quarter) <= _ASKEW_DEG else round(angle % 360, 1)
