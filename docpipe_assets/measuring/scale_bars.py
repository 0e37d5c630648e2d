"""Graphic scale bars: rows of numbers from zero, and the marks of the drawing that they stand to in proportion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docpipe_assets.linework import Linework
from docpipe_assets.measuring.lengths import Family, find_lengths
from docpipe_assets.measuring.strokes import Frame, Frames
from docpipe_assets.measuring.values import Evidence, Ruler, Unit
from docpipe_assets.page_text import Box, PageText, TextBlock

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SAME_ROW: Final = 0.5
_SAME_SIZE: Final = 2.0
"""Lines of text read from an image have boxes up to twice as high as one another for the same type."""
_OFF_CENTRE: Final = 1.2
"""Type heights that a label may stand off its mark ..."""
_FROM_MARKS: Final = 5.0
"""... and its row off the bar."""
_LEGEND_BARS: Final = 3
_LEGEND_REACH: Final = 2.0
_UNIT_REACH: Final = 8.0
_MOST_LABELS: Final = 400
_ALIKE: Final = 0.6
_MATCH: Final = 0.001
_CHANCE: Final = 0.05
"""Marks so crowded that labels would meet some more often than this prove nothing."""
_SUBDIVISIONS: Final = (10, 8, 5, 4)

_LABEL: Final = re.compile(
    r"(?P<number>\d{1,5}(?:[.,]\d{1,2})?)\s?(?P<unit>'|\"|(?:FT|FEET|MM|CM|KM|MTS?|METERS?|METRES?|METROS?|M)\b\.?)?",
    re.IGNORECASE,
)
_UNIT_WORDS: Final = (
    (Unit.FOOT, re.compile(r"(?<![A-Z])(?:FEET|FOOT|FT)(?![A-Z])|(?<=\d)'", re.IGNORECASE)),
    (Unit.MILLIMETRE, re.compile(r"(?<![A-Z])(?:MM|MILLIMET(?:ER|RE)S?)(?![A-Z])", re.IGNORECASE)),
    (Unit.CENTIMETRE, re.compile(r"(?<![A-Z])(?:CM|CENTIMET(?:ER|RE)S?)(?![A-Z])", re.IGNORECASE)),
    (
        Unit.METRE,
        re.compile(
            r"(?<![A-Z])(?:M|MT|MTS|MET(?:ER|RE)S?|METROS?|M[EÈ]TRES?|METRE)(?![A-Z'])", re.IGNORECASE
        ),
    ),
    (Unit.INCH, re.compile(r"(?<![A-Z])INCH(?:ES)?(?![A-Z])|(?<=\d)\"", re.IGNORECASE)),
)
_TURNS: Final = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    value: float
    unit: Unit | None
    box: Box
    u: float
    v: float
    half: float
    size: float


def scale_bars(page: PageText, frames: Frames) -> list[Ruler]:
    """The graphic scale bars of a page: labels from zero that marks of the drawing stand to in proportion."""
    found: list[Ruler] = []
    for turn in _TURNS:
        rows = _label_rows(_reading(page, turn), turn)
        if not rows:
            continue
        frame = frames.at(turn)
        edges = _edges(frames.linework, frame)
        bars = [
            (row[0], bar)
            for row in rows
            if (bar := _bar(row, frame, edges, page, frames.linework.error_px)) is not None
        ]
        found += [bar for zero, bar in bars if not _in_legend(zero, bars)]
    return found


def has_bar_labels(page: PageText) -> bool:
    """Whether a row of numbers on the page may label a scale bar."""
    return any(_label_rows(_reading(page, turn), turn) for turn in _TURNS)


def _reading(page: PageText, turn: int) -> list[TextBlock]:
    return [block for block in page.blocks if round(block.angle / 90) % 4 * 90 == turn]


def _in_legend(zero: _Label, bars: Sequence[tuple[_Label, Ruler]]) -> bool:
    """Whether a bar stands in a row or column of bars for many scales, printed for whatever the sheet may show."""
    reach = _LEGEND_REACH * zero.size
    column = {round(b.units_px, 1) for z, b in bars if abs(z.u - zero.u) <= reach}
    row = {round(b.units_px, 1) for z, b in bars if abs(z.v - zero.v) <= reach}
    return max(len(column), len(row)) >= _LEGEND_BARS


def _label_rows(blocks: Sequence[TextBlock], turn: int) -> list[list[_Label]]:
    """Rows of labels that count up from zero."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn // 90]
    labels = [label for block in blocks for label in _labels(block, cos, sin)]
    zeros = [label for label in labels if label.value == 0]
    rows = []
    for zero in zeros[:_MOST_LABELS]:
        row = [
            label
            for label in labels
            if abs(label.v - zero.v) <= _SAME_ROW * zero.size
            and label.u >= zero.u
            and 1 / _SAME_SIZE <= label.size / zero.size <= _SAME_SIZE
        ]
        row.sort(key=lambda label: label.u)
        counted = row[:1]
        for label in row[1:]:
            if label.value <= counted[-1].value:
                break
            counted.append(label)
        if len(counted) >= 2 and _even(counted):
            rows.append(counted)
    return rows


def _even(labels: Sequence[_Label]) -> bool:
    """Whether the numbers count in halves of the first step, as those of bars do."""
    step = labels[1].value / 2
    return all(abs(label.value / step - round(label.value / step)) < 1e-6 for label in labels)


def _labels(block: TextBlock, cos: int, sin: int) -> Iterator[_Label]:
    pieces = [(word.text, word.box) for word in block.words] or [(block.text, block.box)]
    if not all(_labelled(text.strip("()|,;"))[0] is not None or _unit_in(text) for text, _ in pieces):
        return
    for text, box in pieces:
        plain = text.strip("()|,;")
        value, unit = _labelled(plain)
        if value is None:
            continue
        x, y = box.center
        along, size = (box.width, box.height) if sin == 0 else (box.height, box.width)
        yield _Label(plain, value, unit, box, x * cos + y * sin, y * cos - x * sin, along / 2, max(size, 1.0))


def _labelled(plain: str) -> tuple[float | None, Unit | None]:
    found = _LABEL.fullmatch(plain)
    if found:
        value = float(found["number"].replace(",", "."))
        return value, _unit_in(plain) if found["unit"] else None
    if plain.replace(" ", "") in ("0'-0\"", "0'0\""):
        return 0.0, Unit.FOOT
    lengths = find_lengths(plain)
    if (
        len(lengths) == 1
        and lengths[0].family is Family.INCHES
        and lengths[0].end - lengths[0].start == len(plain)
    ):
        return lengths[0].value / 12, Unit.FOOT
    return None, None


def _unit_in(text: str) -> Unit | None:
    return next((unit for unit, words in _UNIT_WORDS if words.search(text)), None)


def _edges(linework: Linework, frame: Frame) -> Floats:
    """Every place along `u` where something ends or crosses, as rows `u, v from, v to` sorted by `u`."""
    import numpy as np

    along, across = frame.along, frame.across
    parts = [np.stack([along[:, end], along[:, 0], along[:, 1]], axis=1) for end in (2, 3)]
    parts.append(np.stack([frame.across_u, across[:, 2], across[:, 3]], axis=1))
    fills = linework.fills.astype(np.float64)
    x0, y0, x1, y1 = fills[:, 0], fills[:, 1], fills[:, 0] + fills[:, 2], fills[:, 1] + fills[:, 3]
    us = [x * frame.cos + y * frame.sin for x, y in ((x0, y0), (x1, y1))]
    vs = [y * frame.cos - x * frame.sin for x, y in ((x0, y0), (x1, y1))]
    parts += [np.stack([u, np.minimum(*vs), np.maximum(*vs)], axis=1) for u in us]
    rows = np.concatenate(parts)
    return rows[np.argsort(rows[:, 0], kind="stable")]


def _bar(row: Sequence[_Label], frame: Frame, edges: Floats, page: PageText, error_px: float) -> Ruler | None:
    """The longest run of a row's labels that marks near it stand to in proportion."""
    for count in range(len(row), 1, -1):
        labels = row[:count]
        found = _placed(labels, edges, error_px)
        if found is None:
            continue
        begin, end, sure = found
        box = Box.around(label.box for label in labels)
        unit, others = _bar_unit(labels, box, page)
        return Ruler(
            Evidence.SCALE_BAR,
            " ".join(label.text for label in labels),
            box,
            frame.box(begin, end, labels[0].v),
            end - begin,
            (end - begin) / labels[-1].value,
            unit,
            others,
            sure,
        )
    return None


def _placed(labels: Sequence[_Label], edges: Floats, error_px: float) -> tuple[float, float, bool] | None:
    """Where the marks of the first and the last label stand, and whether others in between prove it."""
    import numpy as np

    size, most = labels[0].size, labels[-1].value
    first, last = labels[0], labels[-1]
    if last.u - first.u < 2 * size:
        return None
    reach = _OFF_CENTRE * size
    a, b = np.searchsorted(edges[:, 0], (first.u - first.half - reach, last.u + last.half + reach))
    near = edges[a:b]
    near = near[(near[:, 1] <= first.v + _FROM_MARKS * size) & (near[:, 2] >= first.v - _FROM_MARKS * size)]
    marks = np.unique(np.round(near[:, 0], 1))
    if len(marks) < 2:
        return None
    begins = marks[np.abs(marks - first.u) <= first.half + reach]
    ends = marks[np.abs(marks - last.u) <= last.half + reach]
    best: tuple[float, float, float, bool] | None = None
    for begin in begins[:40]:
        for end in ends[:40]:
            drawn = float(end - begin)
            if drawn < size:
                continue
            tolerance = 3 * error_px + _MATCH * drawn
            inner = [begin + drawn * label.value / most for label in labels[1:-1]]
            if not _flush([begin, *inner], labels) or any(
                np.abs(marks - at).min() > tolerance for at in inner
            ):
                continue
            if not inner and not _subdivided(marks, begin, drawn, tolerance):
                continue
            shift = abs((begin - first.u) - (end - last.u))
            crowd = float(((marks >= begin) & (marks <= end)).sum() / drawn)
            proven = bool(inner) and min(2 * tolerance * crowd, 1.0) ** len(inner) <= _CHANCE
            if best is None or shift < best[0]:
                best = shift, float(begin), float(end), proven
    return best[1:] if best else None


def _flush(places: Sequence[float], labels: Sequence[_Label]) -> bool:
    """Whether the labels stand to their marks alike, by their middles or by their left edges.

    The last is left out, as a unit may follow it.
    """
    middles = [at - label.u for at, label in zip(places, labels, strict=False)]
    lefts = [at - label.u + label.half for at, label in zip(places, labels, strict=False)]
    size = labels[0].size
    return any(
        max(offs) - min(offs) <= _ALIKE * size and abs(offs[0]) <= labels[0].half + _OFF_CENTRE * size
        for offs in (middles, lefts)
    )


def _subdivided(marks: Floats, begin: float, drawn: float, tolerance: float) -> bool:
    import numpy as np

    return any(
        all(np.abs(marks - (begin + drawn * part / parts)).min() <= tolerance for part in range(1, parts))
        for parts in _SUBDIVISIONS
    )


def _bar_unit(labels: Sequence[_Label], box: Box, page: PageText) -> tuple[Unit, tuple[Unit, ...]]:
    """What a bar counts: its labels say, or a word near it; else by what the page is dimensioned in."""
    for label in reversed(labels):
        if label.unit:
            return label.unit, ()
    reach = _UNIT_REACH * labels[0].size
    around = Box(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach)
    named = {
        unit
        for block in page.blocks
        if block.box.overlap(around) > 0 and len(block.text) <= 40 and (unit := _unit_in(block.text))
    }
    named -= {Unit.INCH}
    if len(named) == 1:
        return named.pop(), ()
    feet = sum("'" in block.text for block in page.blocks) > 3
    units = (Unit.FOOT, Unit.METRE) if feet else (Unit.METRE, Unit.FOOT)
    return units[0], (*units[1:], Unit.MILLIMETRE)
