"""The straight strokes and filled shapes of a vector page, placed on its page image."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docpipe_assets.linework import Linework
from docpipe_assets.pdf.document import Format, format_of
from docpipe_assets.pdf.mupdf import open_page, open_pdf, structured_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

POINTS_PER_INCH: Final = 72

_LEAST_STROKE_PX: Final = 2.0
_THIN_IN: Final = 0.03
"""A filled bar at most this thick is a stroke that the exporting program drew as its outline ..."""
_SLENDER: Final = 4.0
"""... if it is this many times as long."""
_MOST_STROKES: Final = 1_000_000
"""Strokes and shapes kept, in the order in which they were drawn; what a page draws beyond them is left out."""
_MOST_CORNERS: Final = 64
"""A filled outline with more corners is no arrow head and no block of a bar."""
_CIRCLE_IN: Final = 0.35
_ROUND: Final = 1.1
_NEARLY_WHITE: Final = 0.97
_PICTURE: Final = 0.6
_FEW_STROKES: Final = 600
_COVERAGE_GRID: Final = 64
_IMAGE_BLOCK: Final = 1


@dataclass(frozen=True, slots=True)
class VectorPage:
    """What a PDF page draws. `scan`: it is a picture of paper, whose strokes are in the image and not here."""

    linework: Linework
    scan: bool


def read_linework(path: Path, page_number: int, dpi: float, width_px: int, height_px: int) -> VectorPage:
    """The strokes of page `page_number` (from 1) on its page image of `width_px` x `height_px` at `dpi`.

    White strokes and shapes are left out, as they hide rather than draw; so are curves, but for small circles. A
    thin filled bar is given as the stroke that it shows. Clipping is not applied. A TIFF is a scan without strokes.
    Raises `DocumentError` if the file does not open, `PageError` if the page cannot be read and `MemoryError`.
    """
    if format_of(path) is Format.TIFF:
        return VectorPage(_Strokes(dpi, 0.0, 0.0).linework(width_px, height_px), scan=True)
    with open_pdf(path) as document, open_page(document, page_number) as page:
        return _read(page, dpi, width_px, height_px)


def _read(page: Any, dpi: float, width_px: int, height_px: int) -> VectorPage:
    import pymupdf

    mupdf = pymupdf.mupdf
    frame = mupdf.fz_bound_page(page.this)
    strokes = _Strokes(dpi, frame.x0, frame.y0)
    this = mupdf.FzPage(page.this) if isinstance(page.this, mupdf.PdfPage) else page.this
    # `Page.get_cdrawings` would undo /Rotate. The callback sees one path at a time, which bounds memory.
    pymupdf.extra.get_cdrawings(this, None, strokes.take, None)
    linework = strokes.linework(width_px, height_px)
    scan = len(linework.segments) < _FEW_STROKES and _image_coverage(page, frame) > _PICTURE
    return VectorPage(linework, scan)


@dataclass(slots=True)
class _Strokes:
    """Collects strokes and fills in points of the drawn page, and gives them in pixels."""

    dpi: float
    left: float
    top: float
    strokes: array[float] = field(default_factory=lambda: array("f"))
    """Five numbers a stroke: from where to where, and its width."""
    shapes: array[float] = field(default_factory=lambda: array("f"))

    def take(self, path: dict[str, Any]) -> None:
        """One path of the page, as MuPDF tells it. Must not raise: it is called from C."""
        if len(self.strokes) + len(self.shapes) > 5 * _MOST_STROKES:
            return
        kind, items = path["type"], path["items"]
        # What nearly all paths of dense pages are, without the calls that the others need.
        if kind == "s" and len(items) == 1 and items[0][0] == "l":
            colour = path.get("color")
            if colour and min(colour) < _NEARLY_WHITE and path.get("stroke_opacity") != 0:
                self.strokes.extend(items[0][1] + items[0][2])
                self.strokes.append(path.get("width") or 0.0)
            return
        if "s" in kind and _inked(path.get("color"), path.get("stroke_opacity")):
            self._stroke(path["items"], path.get("width") or 0.0)
            self._circle(path["items"], path["rect"])
        elif "f" in kind and _inked(path.get("fill"), path.get("fill_opacity")):
            self._fill(path["items"])
            return
        if kind == "fs" and _inked(path.get("fill"), path.get("fill_opacity")):
            self._fill(path["items"])

    def _stroke(self, items: Sequence[Any], width: float) -> None:
        for item in items:
            if item[0] == "l":
                self._line(item[1], item[2], width)
            elif item[0] in ("re", "qu"):
                corners = _corners(item)
                for index, corner in enumerate(corners):
                    self._line(corners[index - 1], corner, width)

    def _circle(self, items: Sequence[Any], frame: Sequence[float]) -> None:
        """Keep what encloses a circle's place: plot corners and dots are drawn as small circles of arcs."""
        if len(items) < 2 or any(item[0] != "c" for item in items):
            return
        width, height = frame[2] - frame[0], frame[3] - frame[1]
        most = _CIRCLE_IN * POINTS_PER_INCH
        if 0 < width <= most and 0 < height <= most and 1 / _ROUND <= width / height <= _ROUND:
            self.shapes.extend((frame[0], frame[1], width, height))

    def _line(self, start: Sequence[float], end: Sequence[float], width: float) -> None:
        self.strokes.extend((start[0], start[1], end[0], end[1], width))

    def _fill(self, items: Sequence[Any]) -> None:
        for outline in _outlines(items):
            if len(outline) > _MOST_CORNERS:
                continue
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
            if len(outline) == 4 and (bar := _bar_axis(outline)):
                self._line(*bar)
            else:
                self.shapes.extend((x0, y0, x1 - x0, y1 - y0))

    def linework(self, width_px: int, height_px: int) -> Linework:
        import numpy as np

        scale = self.dpi / POINTS_PER_INCH
        origin = np.array([self.left, self.top], dtype=np.float32)
        strokes = np.frombuffer(self.strokes, dtype=np.float32).reshape(-1, 5)
        segments = (strokes[:, :4] - np.tile(origin, 2)) * np.float32(scale)
        widths = strokes[:, 4] * np.float32(scale)
        fills = np.frombuffer(self.shapes, dtype=np.float32).reshape(-1, 4)
        fills = (fills - np.concatenate([origin, [0.0, 0.0]]).astype(np.float32)) * np.float32(scale)

        low, high = np.minimum(segments[:, :2], segments[:, 2:]), np.maximum(segments[:, :2], segments[:, 2:])
        page = np.array([width_px, height_px], dtype=np.float32)
        seen = ((high >= 0) & (low <= page)).all(axis=1)
        seen &= (high - low).max(axis=1, initial=0.0) >= _LEAST_STROKE_PX
        shown = ((fills[:, :2] + fills[:, 2:] >= 0) & (fills[:, :2] <= page)).all(axis=1)
        return Linework(width_px, height_px, segments[seen], widths[seen], fills[shown])


def _inked(colour: Sequence[float] | None, opacity: float | None) -> bool:
    if not colour or opacity == 0:
        return False
    return min(colour) < _NEARLY_WHITE


def _corners(item: Sequence[Any]) -> list[tuple[float, float]]:
    if item[0] == "re":
        x0, y0, x1, y1 = item[1]
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    upper_left, upper_right, lower_left, lower_right = item[1]
    return [upper_left, upper_right, lower_right, lower_left]


def _outlines(items: Sequence[Any]) -> Iterator[list[tuple[float, float]]]:
    """The corners of each closed outline of a filled path."""
    outline: list[tuple[float, float]] = []
    for item in items:
        if item[0] in ("re", "qu"):
            yield _corners(item)
            continue
        start, end = item[1], item[-1]
        if outline and outline[-1] != start:
            yield outline
            outline = []
        if not outline:
            outline = [start]
        outline.append(end)
    if outline:
        yield outline[:-1] if len(outline) > 3 and outline[0] == outline[-1] else outline


def _bar_axis(
    corners: Sequence[tuple[float, float]],
) -> tuple[tuple[float, float], tuple[float, float], float] | None:
    """The middle line of a slender four-cornered bar, and its thickness; None for other shapes."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    across = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    along = ((cx - bx) ** 2 + (cy - by) ** 2) ** 0.5
    if across > along:
        return _bar_axis([(bx, by), (cx, cy), (dx, dy), (ax, ay)])
    if across > _THIN_IN * POINTS_PER_INCH or along < _SLENDER * across:
        return None
    return ((ax + bx) / 2, (ay + by) / 2), ((cx + dx) / 2, (cy + dy) / 2), across


def _image_coverage(page: Any, frame: Any) -> float:
    """The share of the page under images, which may overlap or be strips of one scan, on a coarse grid."""
    import numpy as np
    import pymupdf

    blocks = structured_text(page, pymupdf.TEXT_PRESERVE_IMAGES).extractBLOCKS()
    width, height = frame.x1 - frame.x0, frame.y1 - frame.y0
    covered = np.zeros((_COVERAGE_GRID, _COVERAGE_GRID), dtype=bool)
    for x0, y0, x1, y1, _, _, kind in blocks:
        if kind == _IMAGE_BLOCK:
            left, right = (round((x - frame.x0) / width * _COVERAGE_GRID) for x in (x0, x1))
            top, bottom = (round((y - frame.y0) / height * _COVERAGE_GRID) for y in (y0, y1))
            covered[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return float(covered.mean())
