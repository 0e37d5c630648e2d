"""The dimension line of a text and how long it is drawn: a few hypotheses for each, of which a vote picks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from docpipe_assets.measuring.strokes import Frame, Frames, frame_of
from docpipe_assets.measuring.values import DimensionText
from docpipe_assets.page_text import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_REACH: Final = 2.3
"""A text's middle stands at most this many type heights from its dimension line."""
_INLINE: Final = 0.45
"""Nearer than this the text stands in a gap of its line."""
_ROOM: Final = 2.0
"""Type heights that a gap around its text may be longer than the text, at each end."""
_SAME_LINE_PX: Final = 1.6
_GAP_IN: Final = 0.08
"""Pieces of one line lie at most this far apart."""
_TOUCH_PX: Final = 2.0
_TOUCH_IN: Final = 0.03
"""Extension lines may stop this far short of the dimension line."""
_SAME_MARK_PX: Final = 1.6
_MEET_PX: Final = 3.0
_AT_TIP_PX: Final = 1.5
_SHORTEST_PX: Final = 8.0
_NEAREST_MARKS: Final = 7
_KEPT: Final = 4
_MOST_ANGLES: Final = 150

_END_IN: Final = 0.07
_WHOLE: Final = 0.5
"""A line that is drawn for one dimension, such as the side of a plot, ends where the dimension does."""
_SIDE: Final = 2.0
"""The same where a bearing says that it is the side of a plot."""
_LONG_IN: Final = 0.4
"""Pieces shorter than this are dashes, which meet nowhere."""
_PASSED: Final = 0.5
"""What each good mark costs that a dimension passes over."""

_ACROSS, _TICK, _HEAD, _END = 1, 2, 4, 8
_WORTH: Final = {_ACROSS: 0.8, _TICK: 1.3, _HEAD: 0.7, _END: 0.4}
_WORTH_OF: Final = tuple(
    min(sum(worth for kind, worth in _WORTH.items() if kinds & kind), 2.0)
    for kinds in range(1 << len(_WORTH))
)
"""What every combination of kinds is worth."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A drawn length that may be what a text gives: `text` is its index, `score` 0 to about 5."""

    text: int
    drawn_px: float
    score: float
    line: Box


@dataclass(slots=True)
class _Mark:
    """A place on a line where it may end: where something crosses or ends it, and what."""

    u: float
    kinds: int

    @property
    def worth(self) -> float:
        return _WORTH_OF[self.kinds]


def dimension_lines(texts: Sequence[DimensionText], frames: Frames) -> list[Hypothesis]:
    """Up to a few hypotheses for each text, the likeliest first."""
    linework, dpi = frames.linework, frames.dpi
    if not len(linework.segments):
        return []
    found: list[Hypothesis] = []
    order = sorted(range(len(texts)), key=lambda index: _snapped(texts[index].angle) % 180)
    skewed = 0
    for angle, group in groupby(order, key=lambda index: _snapped(texts[index].angle) % 180):
        members = list(group)
        if angle in (0.0, 90.0):
            frame, other = frames.at(int(angle)), frames.at(int(angle + 90) % 180)
            for index in members:
                found += _best(
                    [*_along(index, texts[index], frame, dpi), *_upright(index, texts[index], other, dpi)]
                )
        else:
            for index in members:
                skewed += 1
                if skewed > _MOST_ANGLES:
                    return found
                reach = 12 * texts[index].length_px + 2 * dpi
                x, y = texts[index].box.center
                around = Box(x - reach, y - reach, 2 * reach, 2 * reach)
                frame = frame_of(linework, angle, dpi, around)
                if turn := _lean(texts[index], frame):
                    frame = frame_of(linework, angle + turn, dpi, around)
                found += _best(list(_along(index, texts[index], frame, dpi)))
    return found


def _snapped(angle: float) -> float:
    """The angle with what is within three degrees of a quarter turn brought to it."""
    quarter = round(angle / 90) * 90
    return float(quarter % 360) if abs(angle - quarter) <= 3 else round(angle, 1) % 360


def _lean(text: DimensionText, frame: Frame) -> float:
    """How many degrees the longest line at a text is off its reading direction: lettering is set by eye."""
    import numpy as np

    u, v = frame.place(*text.place)
    reach = _REACH * text.height_px
    first, last = np.searchsorted(frame.along_v, (v - reach, v + reach))
    rows = frame.along[first:last]
    rows = rows[(rows[:, 2] <= u + text.length_px) & (rows[:, 3] >= u - text.length_px)]
    if not len(rows):
        return 0.0
    longest = rows[int((rows[:, 3] - rows[:, 2]).argmax())]
    return math.degrees(math.atan2(longest[1] - longest[0], longest[3] - longest[2]))


def _best(hypotheses: list[Hypothesis]) -> list[Hypothesis]:
    kept: list[Hypothesis] = []
    for hypothesis in sorted(hypotheses, key=lambda h: -h.score):
        if all(abs(hypothesis.drawn_px / other.drawn_px - 1) > 0.004 for other in kept):
            kept.append(hypothesis)
            if len(kept) == _KEPT:
                break
    return kept


def _along(index: int, text: DimensionText, frame: Frame, dpi: float) -> Iterator[Hypothesis]:
    """Hypotheses on lines that run along the text, beneath it, above it or through it."""
    u, v = frame.place(*text.place)
    half, height = text.length_px / 2, text.height_px
    for line_v, pieces in _lines_near(frame, u, v, half, _REACH * height):
        off = abs(line_v - v) / height
        inline = off <= _INLINE
        for stretch in _chain(pieces, u, half + _ROOM * height if inline else 0.0, half, dpi):
            line = _Line(line_v, stretch, inline, off, text.bearing)
            yield from _spans(index, frame, dpi, line, u, half, height)


def _upright(index: int, text: DimensionText, frame: Frame, dpi: float) -> Iterator[Hypothesis]:
    """Hypotheses on lines that run across the text and are broken by it."""
    u, v = frame.place(*text.place)
    half, height = text.height_px / 2, text.height_px
    for line_v, pieces in _lines_near(frame, u, v, half + 2 * height, 0.35 * text.length_px):
        ends = [end for _, end in pieces if end <= u + 0.3 * height]
        begins = [begin for begin, _ in pieces if begin >= u - 0.3 * height]
        broken = ends and begins and min(begins) - max(ends) <= 5 * height
        if not broken or any(begin < u < end for begin, end in pieces):
            continue
        for stretch in _chain(pieces, u, half + _ROOM * height, half, dpi):
            line = _Line(line_v, stretch, inline=True, off=0.2, side=False)
            yield from _spans(index, frame, dpi, line, u, half, height)


def _lines_near(
    frame: Frame, u: float, v: float, half: float, reach: float
) -> Iterator[tuple[float, list[tuple[float, float]]]]:
    """The lines within `reach` across of a text, each as its mean `v` at the text and the stretches drawn of it."""
    import numpy as np

    slack = reach + 6.0
    first, last = np.searchsorted(frame.along_v, (v - slack, v + slack))
    rows = frame.along[first:last]
    if not len(rows):
        return
    slope = (rows[:, 1] - rows[:, 0]) / np.maximum(rows[:, 3] - rows[:, 2], 1.0)
    at = np.where(
        (rows[:, 3] - rows[:, 2]) > 40, rows[:, 0] + slope * (u - rows[:, 2]), (rows[:, 0] + rows[:, 1]) / 2
    )
    near = (rows[:, 2] <= u + half + 1.5 * reach) & (rows[:, 3] >= u - half - 1.5 * reach)
    heights = np.sort(at[near & (np.abs(at - v) <= reach)])
    while len(heights):
        level = float(heights[0])
        same = heights <= level + _SAME_LINE_PX
        middle = float(heights[same].mean())
        heights = heights[~same]
        on_line = np.abs(at - middle) <= _SAME_LINE_PX
        yield middle, [(float(a), float(b)) for a, b in rows[on_line][:, 2:4]]


def _chain(
    pieces: Sequence[tuple[float, float]], u: float, room: float, half: float, dpi: float
) -> Iterator[list[float]]:
    """The stretches of a line that lie at a text, pieces joined; with `room`, also over the gap around the text.

    A stretch is the places where it begins, where long pieces of it meet, and where it ends.
    """
    joined: list[list[float]] = []
    for begin, end in sorted(pieces):
        last = joined[-1] if joined else None
        over_text = room and last and last[-1] >= u - room and begin <= u + room and begin >= u - half
        if last and (begin - last[-1] <= _GAP_IN * dpi or over_text):
            if end > last[-1]:
                meet = abs(begin - last[-1]) <= _MEET_PX and end - begin >= _LONG_IN * dpi
                last[-1:] = [last[-1], end] if meet else [end]
        else:
            joined.append([begin, end])
    for stretch in joined:
        if stretch[0] <= u + half and stretch[-1] >= u - half:
            yield stretch


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of a line at `v` near a text, `off` type heights from it; `side`: it is the side of a plot."""

    v: float
    stretch: Sequence[float]
    inline: bool
    off: float
    side: bool


def _spans(
    index: int, frame: Frame, dpi: float, line: _Line, u: float, half: float, height: float
) -> Iterator[Hypothesis]:
    """The pairs of marks on one stretch of a line that a text may stand between."""
    marks = _marks(frame, line.v, line.stretch, dpi)
    left = [mark for mark in marks if mark.u < u - 0.1 * height]
    right = [mark for mark in marks if mark.u > u + 0.1 * height]
    if line.inline:
        left = [mark for mark in left if mark.u <= u - 0.7 * half]
        right = [mark for mark in right if mark.u >= u + 0.7 * half]
    left, right = _worthy(left[::-1]), _worthy(right)
    near_line = 0.4 if line.inline or line.off <= 1.4 else 0.0
    for lefts, first in enumerate(left):
        for rights, second in enumerate(right):
            drawn = second.u - first.u
            if drawn < _SHORTEST_PX or drawn < 0.5 * half:
                continue
            whole = _ends_at(line.stretch, first.u, dpi) and _ends_at(line.stretch, second.u, dpi)
            eccentric = abs((first.u + second.u) / 2 - u)
            if eccentric > (0.3 if whole else 0.2) * drawn + height:
                continue
            passed = [*left[:lefts], *right[:rights]]
            score = first.worth + second.worth + near_line
            score += 1.5 / (1 + (eccentric / (0.4 * height + 2)) ** 2)
            if whole:
                score += _SIDE if line.side else _WHOLE
                score -= _PASSED * len(_inner(line.stretch, dpi, first, second))
            else:
                score -= _PASSED * sum(mark.worth >= 1.2 for mark in passed)
            if score > 1.0:
                yield Hypothesis(index, drawn, score, frame.box(first.u, second.u, line.v))


def _ends_at(stretch: Sequence[float], u: float, dpi: float) -> bool:
    """Whether a stretch, or a long piece of it, ends about at `u`, as at a circle around a corner."""
    return any(abs(u - joint) <= _END_IN * dpi for joint in stretch)


def _inner(stretch: Sequence[float], dpi: float, first: _Mark, second: _Mark) -> list[float]:
    """The joints of a stretch that lie between two marks and at neither."""
    reach = _END_IN * dpi
    return [joint for joint in stretch if first.u + reach < joint < second.u - reach]


def _worthy(marks: Sequence[_Mark]) -> list[_Mark]:
    """The nearest marks, and behind them the nearest that are marked well."""
    near = list(marks[:_NEAREST_MARKS])
    good = [mark for mark in marks[_NEAREST_MARKS:] if mark.worth >= 1.2]
    return near + good[:3] + good[max(len(good) - 2, 3) :]


def _marks(frame: Frame, v: float, stretch: Sequence[float], dpi: float) -> list[_Mark]:
    """Everything that may end a dimension on a stretch of the line at `v`, in order."""
    import numpy as np

    begin, end = stretch[0], stretch[-1]

    touch = _TOUCH_PX + _TOUCH_IN * dpi
    beyond = 0.06 * dpi
    raw: list[tuple[float, int]] = [(joint, _END) for joint in stretch]

    first, last = np.searchsorted(frame.across_u, (begin - beyond - 4, end + beyond + 4))
    rows = frame.across[first:last]
    crossing = rows[(rows[:, 2] <= v + touch) & (rows[:, 3] >= v - touch)]
    span = np.maximum(crossing[:, 3] - crossing[:, 2], 1.0)
    share = np.clip((v - crossing[:, 2]) / span, 0.0, 1.0)
    raw += [(float(u), _ACROSS) for u in crossing[:, 0] + share * (crossing[:, 1] - crossing[:, 0])]

    reach = 0.3 * dpi
    first, last = np.searchsorted(frame.aslant_v, (v - reach, v + reach))
    ticks = frame.aslant[first:last]
    middle = (ticks[:, 0] + ticks[:, 2]) / 2
    ticks = ticks[(middle >= begin - 2 * beyond) & (middle <= end + 2 * beyond)]
    off_line = np.abs((ticks[:, 1] + ticks[:, 3]) / 2 - v)
    tall = np.abs(ticks[:, 3] - ticks[:, 1])
    centred = off_line <= 0.15 * tall + 1.0
    raw += [(float(u), _TICK) for u in (ticks[centred, 0] + ticks[centred, 2]) / 2]
    raw += _tips(ticks[~centred], v)

    first, last = np.searchsorted(frame.shapes_v, (v - reach / 2, v + reach / 2))
    shapes = frame.shapes[first:last]
    shapes = shapes[
        (shapes[:, 1] <= v + 1)
        & (shapes[:, 3] >= v - 1)
        & (shapes[:, 2] >= begin - beyond)
        & (shapes[:, 0] <= end + beyond)
    ]
    for u0, v0, u1, v1 in shapes:
        if abs((v0 + v1) / 2 - v) <= 0.2 * (v1 - v0) + 1.0:
            raw += [(float(u0), _HEAD), (float(u1), _HEAD)]
            if u1 - u0 <= 1.6 * (v1 - v0):
                raw.append((float((u0 + u1) / 2), _TICK))
    return _merged(raw)


def _tips(barbs: Floats, v: float) -> Iterator[tuple[float, int]]:
    """Where barbs end on a line at `v`: the tip of an arrow has one on either side."""
    sides: dict[int, list[tuple[float, bool]]] = {}
    for u, w, far in ((0, 1, 3), (2, 3, 1)):
        for row in barbs[abs(barbs[:, w] - v) <= _AT_TIP_PX]:
            sides.setdefault(round(row[u]), []).append((float(row[u]), bool(row[far] > v)))
    for place, ends in sides.items():
        near = [*ends, *sides.get(place - 1, ()), *sides.get(place + 1, ())]
        tip = len({side for _, side in near}) == 2
        yield from ((u, _TICK if tip else _HEAD) for u, _ in ends)


def _merged(raw: Sequence[tuple[float, int]]) -> list[_Mark]:
    marks: list[_Mark] = []
    for u, kind in sorted(raw):
        if marks and u - marks[-1].u <= _SAME_MARK_PX:
            last = marks[-1]
            if kind < _HEAD <= last.kinds & -last.kinds:
                last.u = u
            last.kinds |= kind
        else:
            marks.append(_Mark(u, kind))
    return marks
