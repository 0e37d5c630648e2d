"""Tables as drawings carry them: schedules, indexes, revision lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docpipe_assets.samples.canvas import (
    BOLD,
    FINE,
    OUTLINE,
    REGULAR,
    SHADE,
    Anchor,
    Canvas,
    Point,
    text_length,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and a width in points."""

    heading: str
    width: float
    anchor: Anchor = "left"


def draw_table(
    canvas: Canvas,
    at: Point,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    title: str = "",
    size: float = 7.5,
    row_height: float = 14.0,
    blank_rows: int = 0,
) -> float:
    """A ruled table with its top left corner at `at`; returns its lower edge."""
    x, top = at
    width = sum(column.width for column in columns)
    y = top
    if title:
        height = row_height * 1.5
        canvas.rect((x, y), (x + width, y + height), OUTLINE)
        canvas.text((x + width / 2, y + height / 2 + size * 0.55), title, size * 1.5, "center", BOLD)
        y += height
    canvas.rect((x, y), (x + width, y + row_height), FINE, SHADE)
    _row(canvas, (x, y), columns, [column.heading for column in columns], size, row_height, BOLD)
    y += row_height
    body = y
    for row in [*rows, *([""] * len(columns) for _ in range(blank_rows))]:
        _row(canvas, (x, y), columns, row, size, row_height, REGULAR)
        y += row_height
    canvas.lines([((x, line), (x + width, line)) for line in _steps(body, y, row_height)], FINE)
    verticals, edge = [], x
    for column in columns[:-1]:
        edge += column.width
        verticals.append(((edge, body - row_height), (edge, y)))
    canvas.lines(verticals, FINE)
    canvas.rect((x, body - row_height), (x + width, y), OUTLINE)
    return y


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + index * step for index in range(round((end - start) / step))]


def _row(
    canvas: Canvas,
    at: Point,
    columns: Sequence[Column],
    cells: Sequence[str],
    size: float,
    height: float,
    font: str,
) -> None:
    x, baseline = at[0], at[1] + height / 2 + size * 0.35
    for column, cell in zip(columns, cells, strict=True):
        fitting = min(size, size * (column.width - 6) / max(text_length(cell, size, font), 1))
        place = {"left": x + 4, "center": x + column.width / 2, "right": x + column.width - 4}[column.anchor]
        canvas.text((place, baseline), cell, fitting, column.anchor, font)
        x += column.width
