"""The scale notes of a page with their places: what single lines say, and what a label says of its neighbour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docpipe_assets.page_text import Box
from docpipe_assets.scale.lines import Extent, Line, extent_of
from docpipe_assets.scale.notation import find_notations, is_label
from docpipe_assets.scale.values import Doubt, Notation, NotationKind

_WORD_GAP: Final = 0.6
"""In type heights: a number this near a fraction is the whole part of it."""
_APART_GAP: Final = 0.9
"""A number this far from a fraction is a neighbour's."""
_SAME_TYPE: Final = 1.25
_OTHER_TYPE: Final = 1.4

_VALUE_RIGHT: Final = 25.0
"""A label's value stands on its row at most this many type heights to the right ..."""
_VALUE_BENEATH: Final = 3.0
"""... or this many beneath it."""


@dataclass(frozen=True, slots=True)
class Note:
    """A scale note on the page. `confidence` is how surely its words were read, 0 to 1.

    `label_apart`: its label (`SCALE:`) stands in a line of its own, as in the cells of a title block.
    """

    notation: Notation
    line: Line
    box: Box
    confidence: float
    label_apart: bool = False

    @property
    def extent(self) -> Extent:
        return extent_of(self.box, self.line.turn)

    @property
    def size(self) -> float:
        """Height of its type in pixels."""
        return max(self.extent.height, 1e-6)

    @property
    def labelled(self) -> bool:
        return self.notation.labelled

    @property
    def before(self) -> str:
        """The line's text before the note."""
        return self.line.text[: self.notation.start]

    @property
    def after(self) -> str:
        """The line's text after the note."""
        return self.line.text[self.notation.end :]


def find_notes(lines: Sequence[Line]) -> list[Note]:
    """Every scale note of the page, in reading order of the lines, each place once."""
    notes = [note for line in lines for note in _notes_of(line, line.text, 0)]
    for label in (line for line in lines if is_label(line.text)):
        value = _value_of(label, lines)
        if value is not None:
            notes = [note for note in notes if note.line is not value]
            notes += _notes_of(value, f"{label.text} {value.text}", len(label.text) + 1)
    spelled_out = [line for line in lines if find_notations(line.text)]
    notes = [note for note in notes if not _abbreviation(note, spelled_out)]
    return list(_once(notes))


def _notes_of(line: Line, text: str, offset: int) -> Iterator[Note]:
    """Notes of `text` that stand in `line`, whose own text begins at `offset`."""
    for notation in find_notations(text):
        if notation.start < offset:
            continue
        if offset and Doubt.LOST_SIGNS in notation.doubts and notation.text.isdigit():
            # The next cell's number, as likely as not.
            continue
        moved = replace(
            notation,
            start=notation.start - offset,
            end=notation.end - offset,
            gap=notation.gap and (notation.gap[0] - offset, notation.gap[1] - offset),
        )
        settled = _settled(moved, line)
        box = line.box_of(settled.start, settled.end)
        yield Note(settled, line, box, line.confidence_of(settled.start, settled.end), label_apart=offset > 0)


def _settled(notation: Notation, line: Line) -> Notation:
    """Whether the whole number before a fraction is the note's own, by the blank between and the type's height.

    After other words (`SECTION 1 1/2" = 1'-0"`) a word's gap proves nothing: the number may end a title.
    """
    words = line.around_gap(*notation.gap) if notation.gap else None
    if words is None:
        return notation
    whole, fraction = words
    gap = (fraction.left - whole.right) / max(fraction.height, 1e-6)
    taller = max(whole.height, fraction.height) / max(min(whole.height, fraction.height), 1e-6)
    first = not any(c.isalnum() for c in line.text[: notation.start])
    if first and gap <= _WORD_GAP and taller <= _SAME_TYPE:
        return notation.settled(whole_is_ours=True)
    if gap > _APART_GAP or taller > _OTHER_TYPE:
        return notation.settled(whole_is_ours=False)
    return notation


def _value_of(label: Line, lines: Sequence[Line]) -> Line | None:
    """The line that a scale label speaks of: the nearest on its row to the right, or right beneath it."""
    size = max(label.size, 1e-6)
    right: list[tuple[float, Line]] = []
    beneath: list[tuple[float, Line]] = []
    for line in lines:
        if line is label or line.turn != label.turn:
            continue
        gap = (line.extent.left - label.extent.right) / size
        if line.extent.rows_shared(label.extent) >= 0.5 and -0.5 <= gap <= _VALUE_RIGHT:
            right.append((gap, line))
        drop = (line.extent.top - label.extent.bottom) / size
        if line.extent.columns_shared(label.extent) >= 0.5 and -0.5 <= drop <= _VALUE_BENEATH:
            beneath.append((drop, line))
    for near in (right, beneath):
        if near:
            value = min(near, key=lambda found: found[0])[1]
            if any(n.start >= len(label.text) + 1 for n in find_notations(f"{label.text} {value.text}")):
                return value
    return None


def _abbreviation(note: Note, spelled_out: Sequence[Line]) -> bool:
    """Whether a short NTS stands in a list of abbreviations, with its meaning in the next column."""
    if note.notation.kind is not NotationKind.NOT_TO_SCALE:
        return False
    short = len(note.notation.text) <= 6
    for line in spelled_out:
        if line is note.line or line.turn != note.line.turn or line.extent.rows_shared(note.extent) < 0.5:
            continue
        other = next((n for n in find_notations(line.text) if n.kind is NotationKind.NOT_TO_SCALE), None)
        if other is None or (len(other.text) <= 6) == short:
            continue
        gap = max(line.extent.left - note.extent.right, note.extent.left - line.extent.right)
        if gap <= _VALUE_RIGHT * note.line.size and (line.extent.left > note.extent.left) == short:
            return True
    return False


def _once(notes: Sequence[Note]) -> Iterator[Note]:
    """Text drawn twice in one place (for boldness, or on two layers) is one note."""
    kept: list[Note] = []
    for note in notes:
        twin = any(
            k.notation.kind is note.notation.kind
            and k.notation.ratio == note.notation.ratio
            and k.box.overlap(note.box) > 0.5 * min(k.box.area, note.box.area)
            for k in kept
        )
        if not twin:
            kept.append(note)
            yield note
