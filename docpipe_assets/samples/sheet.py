"""Sheets and what their title blocks say, and the document that a set of them makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docpipe_assets.samples.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a set: what its title block says and what draws its views."""

    number: str
    title: str
    scale: str
    draw: Callable[[Canvas], None]
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What every title block of a set says. `issues` and `revisions` are (number, description, date)."""

    firm: str
    firm_address: tuple[str, ...]
    name: tuple[str, ...]
    address: tuple[str, ...]
    client: str
    number: str
    date: str
    drawn_by: str
    checked_by: str
    phase: str
    issues: tuple[tuple[str, str], ...]
    revisions: tuple[tuple[str, str, str], ...] = ()
    consultant: tuple[str, ...] = ()


TitleBlock = Callable[[Canvas, Project, Sheet, int, int], None]


def draw_set(
    project: Project, sheets: Sequence[Sheet], size: tuple[float, float], title_block: TitleBlock
) -> Any:
    """A new PDF document with one page of `size` points for each sheet."""
    import pymupdf

    document = pymupdf.open()
    for index, sheet in enumerate(sheets, 1):
        canvas = Canvas(document.new_page(width=size[0], height=size[1]))
        title_block(canvas, project, sheet, index, len(sheets))
        sheet.draw(canvas)
        canvas.commit()
    return document
