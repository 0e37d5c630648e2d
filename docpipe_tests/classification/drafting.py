"""Draws sheets to PDF: lettering and lines in inches on paper, and what fills the space beside the title block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf

INCH = 72.0


class Pen:
    """Letters on one sheet of paper. `x`, `y` are inches to the top left of the capitals, `size` their height."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._texts: list[tuple[str, float, float, float, int]] = []
        self._rules: list[tuple[float, float, float, float]] = []

    def put(self, text: str, x: float, y: float, size: float = 0.1, angle: int = 0) -> Pen:
        """Text reading at `angle` clockwise: for 270, upwards, it begins at (x, y) and its capitals point left.

        Made small enough to stay on the paper.
        """
        if text:
            room = y - 0.3 if angle == 270 else self.width - 0.3 - x
            size *= min(1.0, room / _width(text, size))
            self._texts.append((text, x, y, size, angle))
        return self

    def lines(self, texts: Sequence[str], x: float, y: float, size: float = 0.1, pitch: float = 1.7) -> Pen:
        for row, text in enumerate(texts):
            self.put(text, x, y + row * pitch * size, size)
        return self

    def centred(self, text: str, x: float, y: float, size: float = 0.1) -> Pen:
        return self.put(text, x - _width(text, size) / 2, y, size)

    def ending(self, text: str, x: float, y: float, size: float = 0.1) -> Pen:
        return self.put(text, x - _width(text, size), y, size)

    def upwards(self, text: str, x: float, y: float, size: float = 0.1) -> Pen:
        return self.put(text, x, y, size, 270)

    def box(self, x: float, y: float, width: float, height: float) -> Pen:
        self._rules += [(x, y, x + width, y), (x, y + height, x + width, y + height)]
        self._rules += [(x, y, x, y + height), (x + width, y, x + width, y + height)]
        return self

    def rule(self, x: float, y: float, x2: float, y2: float) -> Pen:
        self._rules.append((x, y, x2, y2))
        return self

    def onto(self, document: Any, rotation: int = 0) -> None:
        """A new page of `document` with all that was drawn, shown turned by `rotation` degrees clockwise."""
        page = document.new_page(width=self.width * INCH, height=self.height * INCH)
        font = _font()
        for text, x, y, size, angle in self._texts:
            em = size / 0.72 * INCH
            origin = pymupdf.Point(x * INCH, (y + size) * INCH)
            if angle == 270:
                origin = pymupdf.Point((x + size) * INCH, y * INCH)
            writer = pymupdf.TextWriter(page.rect)
            writer.append(origin, text, font=font, fontsize=em)
            turn = pymupdf.Matrix(1, 1).prerotate(-angle) if angle else None
            writer.write_text(page, morph=(origin, turn) if turn else None)
        shape = page.new_shape()
        for x, y, x2, y2 in self._rules:
            shape.draw_line((x * INCH, y * INCH), (x2 * INCH, y2 * INCH))
        if self._rules:
            shape.finish(width=0.7)
            shape.commit()
        page.set_rotation(rotation)


def save(sheets: Sequence[tuple[Pen, int]], path: Path) -> Path:
    """The sheets, each with its rotation, as one PDF."""
    with pymupdf.open() as document:
        for pen, rotation in sheets:
            pen.onto(document, rotation)
        document.save(path)
    return path


def plan(pen: Pen, rooms: Sequence[str], notes: Sequence[str], metric: bool, area: tuple[float, ...]) -> Pen:
    """Rooms with numbers, dimensions, grid bubbles, section marks and remarks inside `area` (x, y, w, h)."""
    x0, y0, w, h = area
    small = min(0.1, max(0.05, w / 220))
    for at, room in enumerate(rooms):
        x, y = x0 + 0.6 + (at % 4) * (w - 2) / 4, y0 + 1.0 + (at // 4) * (h - 3) / 3
        pen.put(room, x, y, small).put(str(101 + at), x + 0.1, y + 2 * small, small)
        pen.put(str(2400 + 315 * at) if metric else f"{at + 9}'-{at}\"", x + 4 * small, y + 6 * small, small)
        pen.upwards(str(1150 + 85 * at) if metric else f"{at + 4}'-6\"", x - 0.2, y + 1, small)
        pen.rule(x - 0.3, y - 0.3, x + w / 5, y - 0.3).rule(x - 0.3, y - 0.3, x - 0.3, y + h / 5)
    for at in range(6):
        pen.centred(chr(65 + at), x0 + 0.6 + at * (w - 1) / 6, y0 + 0.1, 1.6 * small)
        pen.put(str(at + 1), x0 + 0.05, y0 + 0.8 + at * (h - 2) / 6, 1.6 * small)
    for at, mark in enumerate(["A-301", "A-302", "A-501"]):
        x, y = x0 + 1.6 + at * (w - 3) / 3, y0 + h / 2
        pen.centred(str(at + 1), x, y, 1.1 * small).centred(mark, x, y + 1.8 * small, 1.1 * small)
    return pen.lines(notes, x0 + w * 0.3, y0 + h * 0.72, small)


def views(pen: Pen, titles: Sequence[tuple[str, str]], area: tuple[float, ...], size: float = 0.14) -> Pen:
    """Titles under views, the scale below each."""
    x0, y0, w, h = area
    for at, (title, scale) in enumerate(titles):
        x = x0 + 0.7 + (at % 4) * (w - 1) / min(len(titles), 4)
        y = y0 + h - 1 - (at // 4) * (h - 1) / (1 + (len(titles) - 1) // 4)
        pen.put(str(at + 1), x - 0.35, y, 1.3 * size).put(title, x, y, size)
        pen.put(scale, x, y + 1.7 * size, 0.6 * size)
    return pen


def table(
    pen: Pen, rows: Sequence[Sequence[str]], x: float, y: float, column: float, size: float = 0.09
) -> Pen:
    for row, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            pen.put(cell, x + at * column, y + row * 2.6 * size, size)
    return pen


def _width(text: str, size: float) -> float:
    return float(_font().text_length(text, size / 0.72))


@cache
def _font() -> Any:
    return pymupdf.Font("helv")
