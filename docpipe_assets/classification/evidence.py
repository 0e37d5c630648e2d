"""What a page has to say about its identity, in a value small enough to keep for every page of a set."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docpipe_assets.classification.label_words import DRAWING_LABELS
from docpipe_assets.classification.labels import Label, LabelKind, Labelled, label_of, page_labels
from docpipe_assets.classification.number_candidates import NumberCandidate, find_numbers
from docpipe_assets.classification.phrases import discipline_words
from docpipe_assets.classification.prose_words import DOCUMENT_PHRASES, SPECIFICATION_PHRASES
from docpipe_assets.classification.reading import Line, Sheet, fold, median_size, read_lines, squeeze
from docpipe_assets.classification.sheet_index import IndexRow, index_heading, read_index
from docpipe_assets.classification.views import View, read_views, scale_in
from docpipe_assets.page_text import PageText
from docpipe_assets.vocabulary import Discipline

_MOST_LINES = 130
_LEAST_RANK = 0.3
_PROSE_WORDS = 7
_CELLS_IN_ROW = 4
_DIMENSION = re.compile(
    r"""\d+\s*'\s*-?\s*\d*(?:\s*\d/\d)?\s*"?|\d+(?:\s*\d/\d)?\s*"|\d{3,5}(?:\s*MM)?|\d{1,2}[.,]\d{2,3}"""
)

_SPECIFICATION = re.compile("|".join(map(squeeze, SPECIFICATION_PHRASES)))
_DOCUMENT = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, DOCUMENT_PHRASES))})")


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A line near the edges of the page, where title blocks are, and the label it belongs to."""

    line: Line
    edge: float
    labelled: Labelled | None
    label: LabelKind | None
    """What the line itself is a label for, if it is one."""


@dataclass(frozen=True, slots=True)
class TextStatistics:
    """Counts that tell a drawing from a specification, a letter or a form."""

    words: int
    prose_words: int
    """Words in lines of seven and more."""
    table_words: int
    """Words in rows of four and more cells."""
    dimensions: int
    scales: int
    drawing_labels: int
    specification_phrases: int
    document_phrases: int
    sideways_lines: int
    scanned: bool


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """One page's evidence for its number, title, discipline and type; small and picklable."""

    sheet: Sheet
    width_in: float
    height_in: float
    body_size: float
    """Height of the page's common lettering in pixels."""
    numbers: tuple[NumberCandidate, ...]
    lines: tuple[BlockLine, ...]
    views: tuple[View, ...]
    index: tuple[IndexRow, ...]
    has_index_heading: bool
    disciplines: tuple[tuple[Discipline, float], ...]
    """How often the page's words speak of each discipline, weighed."""
    statistics: TextStatistics


def gather_evidence(text: PageText) -> PageEvidence:
    """The evidence of one page for `classify_set`.

    Bounded in size however dense the page: the best 30 number-like texts, the 130 lines most likely to be
    in a title block, 30 views, 250 rows of a sheet index.
    """
    lines = read_lines(text)
    sheet = Sheet.of(text, lines)
    body_size = median_size(lines)
    labels = page_labels(lines)
    edges = {id(line): sheet.edge(line.box, line.turn) for line in lines}
    return PageEvidence(
        sheet=sheet,
        width_in=text.width_px / text.dpi,
        height_in=text.height_px / text.dpi,
        body_size=body_size,
        numbers=find_numbers(lines, labels, sheet, edges, body_size),
        lines=_block_lines(lines, labels, sheet, edges, body_size),
        views=read_views(lines, body_size),
        index=read_index(lines),
        has_index_heading=any(len(line.text) <= 60 and index_heading(line.text) for line in lines),
        disciplines=_disciplines(lines),
        statistics=_statistics(lines, labels),
    )


def _block_lines(
    lines: Sequence[Line],
    labels: Sequence[Label],
    sheet: Sheet,
    edges: Mapping[int, float],
    body_size: float,
) -> tuple[BlockLine, ...]:
    """The lines most likely to be in a title block, in reading order."""
    label_at = {id(label.line): label for label in labels}
    title_labels = [label.line for label in labels if label.kind is LabelKind.TITLE]

    def rank(line: Line) -> float:
        edge = edges[id(line)]
        titled = any(_may_title(label, line) for label in title_labels)
        corner = sheet.corner(line.box, line.turn) if edge > 0 else 0.0
        return edge + 0.7 * corner + 0.8 * titled + 0.2 * min(line.size / body_size, 4)

    ranked = sorted(((rank(line), at) for at, line in enumerate(lines)), reverse=True)[:_MOST_LINES]
    kept = [lines[at] for rank, at in ranked if rank > _LEAST_RANK]
    at_hand = [label for line in kept if (label := label_at.get(id(line))) and label.value is None]
    figures = [line for line in kept if _is_figure(line.text)]
    closed = {id(label): _bottom_of_value(label, figures) for label in at_hand}
    block = []
    for line in kept:
        label, edge = label_at.get(id(line)), edges[id(line)]
        if label is None:
            near = [other for other in at_hand if line.middle < closed[id(other)]]
            block.append(BlockLine(line, edge, label_of(line, near), None))
        elif label.value is None:
            block.append(BlockLine(line, edge, None, label.kind))
        else:
            block.append(
                BlockLine(label.value, edge, Labelled(label.kind, label.name, 1.0, label.line.box), None)
            )
    return tuple(sorted(block, key=lambda item: (item.line.turn, item.line.top, item.line.start)))


def _is_figure(text: str) -> bool:
    """Whether a text is mostly digits: a date, a scale, a number."""
    digits = sum(c.isdigit() for c in text)
    return digits > 0 and 2 * digits >= sum(c.isalnum() for c in text)


def _bottom_of_value(label: Label, figures: Sequence[Line]) -> float:
    """The lower edge of the figure right below a label, which is all of its value; infinite where there is none."""
    line = label.line
    return min(
        (
            figure.bottom
            for figure in figures
            if figure.turn == line.turn
            and -0.5 * line.size <= figure.top - line.bottom <= line.size
            and min(figure.end, line.end) > max(figure.start, line.start)
        ),
        default=math.inf,
    )


def _may_title(label: Line, line: Line) -> bool:
    """Whether `line` is near enough to a title's label to be part of the title."""
    return (
        label.turn == line.turn
        and abs(label.middle - line.middle) < 8 * max(label.size, line.size)
        and -4 * label.size < line.start - label.start
        and line.start - label.end < 30 * label.size
    )


def _disciplines(lines: Iterable[Line]) -> tuple[tuple[Discipline, float], ...]:
    found: Counter[Discipline] = Counter()
    for line in lines:
        for discipline, weight in discipline_words(line.text).items():
            found[discipline] += weight  # type: ignore[assignment]
    return tuple(found.items())


def _statistics(lines: Sequence[Line], labels: Sequence[Label]) -> TextStatistics:
    words = prose = dimensions = scales = specification = document = 0
    rows: Counter[tuple[int, int]] = Counter()
    row_words: Counter[tuple[int, int]] = Counter()
    for line in lines:
        folded = fold(line.text)
        count = folded.count(" ") + 1
        words += count
        prose += count if count >= _PROSE_WORDS else 0
        dimensions += _DIMENSION.fullmatch(folded) is not None
        scales += len(folded) < 60 and scale_in(folded) is not None
        specification += _SPECIFICATION.search(squeeze(line.text)) is not None
        document += _DOCUMENT.search(folded) is not None
        row = line.turn, round(line.middle / max(line.size, 8) * 1.5)
        rows[row] += 1
        row_words[row] += count
    return TextStatistics(
        words=words,
        prose_words=prose,
        table_words=sum(row_words[row] for row, cells in rows.items() if cells >= _CELLS_IN_ROW),
        dimensions=dimensions,
        scales=scales,
        drawing_labels=len({squeeze(label.name) for label in labels} & DRAWING_LABELS),
        specification_phrases=specification,
        document_phrases=document,
        sideways_lines=sum(line.turn % 2 for line in lines),
        scanned=any(line.confidence < 1.0 for line in lines),
    )
