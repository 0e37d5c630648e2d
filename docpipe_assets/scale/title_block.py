"""Where a sheet's title block is, as far as a scale note needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docpipe_assets.page_text import Box, PageText
from docpipe_assets.scale.canonical import canonical
from docpipe_assets.scale.lines import Line, extent_of
from docpipe_assets.scale.notes import Note
from docpipe_assets.scale.words import TITLE_BLOCK

_REACH: Final = 0.09
"""Cells of one title block lie within this part of the page's long side."""
_CELL_WORDS: Final = 4
"""A cell's label has at most this many words."""
_ENOUGH: Final = 2
"""Different cell labels that make the neighbourhood of a note a title block."""
_RIGHT_STRIP: Final = 0.70
_BOTTOM_STRIP: Final = 0.76


def cell_labels(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """The lines that label a title block's cells, with the label found in each."""
    labels = []
    for line in lines:
        words = line.text.split()
        if len(words) <= _CELL_WORDS and (found := TITLE_BLOCK.search(canonical(line.text).text)):
            labels.append((found[0], line))
    return labels


def in_title_block(note: Note, page: PageText, labels: Sequence[tuple[str, Line]]) -> bool:
    """Whether a note stands among a title block's cells: near their labels, at the right or the bottom.

    Right and bottom as the page lies or as the note is read, since title blocks are also set sideways.
    """
    if not _at_edge(note, page):
        return False
    reach = _REACH * max(page.width_px, page.height_px)
    near = {label for label, line in labels if _gap(line.box, note.box) <= reach}
    return len(near) + note.label_apart >= _ENOUGH


def _gap(a: Box, b: Box) -> float:
    """The larger of the blanks across and along the page between two boxes, in pixels."""
    return max(a.x - b.right, b.x - a.right, a.y - b.bottom, b.y - a.bottom)


def _at_edge(note: Note, page: PageText) -> bool:
    x, y = note.box.center
    if x > _RIGHT_STRIP * page.width_px or y > _BOTTOM_STRIP * page.height_px:
        return True
    turn = note.line.turn
    if turn == 0:
        return False
    place = extent_of(note.box, turn)
    corner_a = extent_of(Box(0, 0, 0, 0), turn)
    corner_b = extent_of(Box(page.width_px, page.height_px, 0, 0), turn)
    right = max(corner_a.left, corner_b.left)
    width = abs(corner_a.left - corner_b.left)
    bottom = max(corner_a.top, corner_b.top)
    height = abs(corner_a.top - corner_b.top)
    return (
        place.right > right - (1 - _RIGHT_STRIP) * width
        or place.bottom > bottom - (1 - _BOTTOM_STRIP) * height
    )
