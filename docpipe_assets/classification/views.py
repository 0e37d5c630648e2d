"""The titles under the views of a sheet, told by the scale written below or beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from docpipe_assets.classification.labels import label_kind
from docpipe_assets.classification.phrases import type_words
from docpipe_assets.classification.reading import Line, fold
from docpipe_assets.page_text import Box

_MOST_VIEWS = 30
_LONGEST_TITLE = 80
_HEADING_SIZE = 1.35
_WORDS_IN_HEADING = 9
_LONGEST_LABEL = 24
_ROW_PX = 40

_SCALE = re.compile(
    r"""\d[\d/ .-]*\s*(?:"|''|INCH(?:ES)?|IN\.?)\s*=\s*\d|(?<![\d:])1\s*:\s*[1-9]\d{0,3}(?![\d:])|"""
    r"""\bN\.?T\.?S\b\.?|\bNOT TO SCALE\b|\bNO SCALE\b|\bAS (?:NOTED|SHOWN|INDICATED)\b|\bSEM ESCALA\b|"""
    r"""\b(?:SCALE|ESCALA|ECHELLE|MASSSTAB|SKALA|OLCEK|SCALA|SCHAAL|ESC|MALESTOK)\b\.?"""
)
_METRIC = re.compile(r"(?<![\d:/])1 ?[:/] ?([1-9]\d{0,3})(?![\d:/\"'])")
_IMPERIAL = re.compile(
    r"""(?:(?P<whole>\d+)(?![\d/]) ?-?)?(?:(?P<over>\d+)/(?P<under>[1-9]\d*))?\s*(?:"|'')\s*=\s*"""
    r"""(?:(?P<feet>\d+)\s*'(?!'))?[- ]*(?:(?P<inches>\d+)\s*")?"""
)
_SLOPE = re.compile(r"\b(?:FALL|SLOPE|PITCH|GRADE|RAMP|MIX|ASPECT|INCL)\b")


@dataclass(frozen=True, slots=True)
class View:
    """A view's title. `scaled` says that a scale is written with it; a mere heading has none."""

    title: str
    box: Box
    size: float
    scaled: bool
    ratio: float | None = None
    """N of the scale 1:N where a number is written."""


def scale_in(text: str) -> re.Match[str] | None:
    """Where a drawing scale starts in folded `text`; None if there is none."""
    match = _SCALE.search(text)
    return None if match is None or _SLOPE.search(text) else match


def _ratio_in(text: str) -> float | None:
    """N of the scale 1:N that folded `text` begins with."""
    if metric := _METRIC.search(text):
        return float(metric[1])
    imperial = _IMPERIAL.search(text)
    if imperial is None:
        return None
    drawn = float(imperial["whole"] or 0)
    if imperial["over"]:
        drawn += float(imperial["over"]) / float(imperial["under"])
    real = 12 * float(imperial["feet"] or 0) + float(imperial["inches"] or 0)
    return real / drawn if drawn and real else None


def read_views(lines: Sequence[Line], body_size: float) -> tuple[View, ...]:
    """The views of a page, largest lettering first: titles with a scale, and headings that name a drawing."""
    by_height: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        by_height[line.turn, int(line.middle // _ROW_PX)].append(line)
    views: dict[int, View] = {}
    for line in lines:
        if len(line.text) > 100:
            continue
        folded = fold(line.text)
        scale = scale_in(folded)
        if scale is not None:
            title = folded[: scale.start()].strip(" -:(,./")
            if _is_title(title) and label_kind(title) is None:
                views[id(line)] = View(
                    line.text[: len(title)].strip(),
                    line.box,
                    line.size,
                    True,
                    _ratio_in(folded[scale.start() :]),
                )
            elif (
                len(title) <= 3
                and not _in_cell(line, folded, by_height)
                and (above := _titled_by(line, by_height))
            ):
                views[id(above)] = View(
                    above.text[:_LONGEST_TITLE], above.box, above.size, True, _ratio_in(folded)
                )
        elif id(line) not in views and line.size >= _HEADING_SIZE * body_size and _is_heading(line):
            views[id(line)] = View(line.text[:_LONGEST_TITLE], line.box, line.size, False)
    return tuple(
        sorted(views.values(), key=lambda view: (view.scaled, view.size), reverse=True)[:_MOST_VIEWS]
    )


def _in_cell(line: Line, folded: str, by_height: dict[tuple[int, int], list[Line]]) -> bool:
    """Whether a scale stands in a cell of a title block: it is the label SCALE alone, or such a label is above it."""
    if label_kind(folded) is not None:
        return True
    bucket = int(line.middle // _ROW_PX)
    return any(
        -0.5 * label.size < line.top - label.bottom < line.size
        and abs(label.start - line.start) < 1.5 * line.size
        and label_kind(label.text) is not None
        for step in range(-int(2 * line.size // _ROW_PX) - 1, 1)
        for label in by_height.get((line.turn, bucket + step), ())
        if label is not line and len(label.text) <= _LONGEST_LABEL
    )


def _titled_by(scale: Line, by_height: dict[tuple[int, int], list[Line]]) -> Line | None:
    """The title right above a scale, or before it on its line."""
    reach = int(6 * scale.size // _ROW_PX) + 1
    bucket = int(scale.middle // _ROW_PX)
    near = [
        line
        for step in range(-reach, 2)
        for line in by_height.get((scale.turn, bucket + step), ())
        if line is not scale and line.size > 0.75 * scale.size and _is_title(fold(line.text))
    ]
    best: tuple[float, Line] | None = None
    for line in near:
        gap = scale.top - line.bottom
        if (
            -0.5 * line.size < gap < 1.6 * line.size
            and line.start - 4 * line.size < scale.start < line.end + line.size
        ):
            distance = max(gap, 0) / line.size
        elif (
            abs(line.middle - scale.middle) < 0.5 * line.size and 0 <= scale.start - line.end < 12 * line.size
        ):
            distance = 1 + (scale.start - line.end) / (8 * line.size)
        else:
            continue
        distance -= min(line.size / scale.size, 3) / 3
        if label_kind(line.text) is None and (best is None or distance < best[0]):
            best = (distance, line)
    return best[1] if best else None


def _is_title(text: str) -> bool:
    return (
        len(re.findall(r"[A-Z]", text)) >= 3
        and len(text) <= 90
        and "=" not in text
        and not re.fullmatch(r"[\d\W]+(?:MM|CM|M|FT|IN)?", text)
    )


def _is_heading(line: Line) -> bool:
    return (
        len(line.text.split()) <= _WORDS_IN_HEADING
        and not line.text.endswith((".", ":", ","))
        and max(type_words(line.text).values(), default=0.0) >= 2.5
    )
