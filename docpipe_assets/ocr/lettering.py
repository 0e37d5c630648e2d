"""Short lettering that stands alone on a drawing: dimensions, marks and sizes, upright or sideways.

Networks that look for lines of text overlook `2' - 4"` between two dimension lines, and most of all sideways.
Drawn letters give themselves away by shape: ink of a letter's size, in even height on one baseline. What is
no text after all (hatches, dashes, stipple) reads badly and is dropped by whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from docpipe_assets.ocr.detection import Quad
from docpipe_assets.ocr.networks import Pixels

# Inches on paper. Lettering below 0.03 in cannot be read at 200 DPI.
_LETTER_IN = (0.03, 0.32)
_DASH_IN = 0.09
_WINDOW_IN = 10.0
_WINDOW_OVERLAP_IN = 1.0
_INK_BELOW = 0.78

# In letter heights.
_REACH = 0.5
_WIDEST_LETTER = 2.2
_THINNEST_SOLID = 0.3
_EVEN_HEIGHT = 1.35
_EVEN_BASELINE = 0.25
_LONGEST = 16.0
_ROOM_ALONG = 0.6
_ROOM_ACROSS = 0.12

_LONG_LINE = 6.0
_MASK_STEP = 2

_Marks = npt.NDArray[np.int32]
"""One row a mark of ink: left, top, width, height, in pixels of the page image."""


def find_lettering(image: Pixels, dpi: float, lines: Iterable[Quad], longest: float = _LONGEST) -> list[Quad]:
    """Boxes around rows of letters outside of the long `lines` that are known already.

    No row is longer than `longest` letters are high.
    """
    marks = _marks(image, dpi)
    known = _mask_of_long(lines, image.shape[:2])
    x, y = (marks[:, :2] + marks[:, 2:] // 2).T // _MASK_STEP
    marks = marks[known[y, x] == 0]
    sideways = marks[:, [1, 0, 3, 2]]
    height, width = known.shape
    rows = [*_rows(marks, dpi, (height, width), longest)]
    columns = [*_rows(sideways, dpi, (width, height), longest)]
    return [
        *(np.array([(a, c), (b, c), (b, d), (a, d)], np.float32) for a, b, c, d in rows),
        *(np.array([(c, a), (d, a), (d, b), (c, b)], np.float32) for a, b, c, d in columns),
    ]


def _marks(image: Pixels, dpi: float) -> _Marks:
    """Every connected mark of ink up to the size of a letter."""
    import cv2

    largest = _LETTER_IN[1] * dpi
    height, width = image.shape[:2]
    found = [np.zeros((0, 4), np.int32)]
    for top, row_from, row_to in _windows(height, dpi):
        for left, column_from, column_to in _windows(width, dpi):
            part = image[top : top + round(_WINDOW_IN * dpi), left : left + round(_WINDOW_IN * dpi)]
            grey = part if part.ndim == 2 else cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
            paper = int(grey.max())
            ink = (grey < paper * _INK_BELOW).astype(np.uint8)
            _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
            marks = stats[1:, : cv2.CC_STAT_AREA] + np.array([left, top, 0, 0], np.int32)
            x, y = (marks[:, :2] + marks[:, 2:] // 2).T
            here = (x >= column_from) & (x < column_to) & (y >= row_from) & (y < row_to)
            found.append(marks[here & (marks[:, 2:].max(axis=1) <= largest)])
    return np.concatenate(found)


def _windows(length: int, dpi: float) -> Iterator[tuple[int, float, float]]:
    """Where windows start, and from where to where marks count in each."""
    size, overlap = round(_WINDOW_IN * dpi), round(_WINDOW_OVERLAP_IN * dpi)
    starts = [*range(0, max(length - overlap, 1), size - overlap)]
    for start in starts:
        first, last = start == starts[0], start == starts[-1]
        yield start, start + (0 if first else overlap / 2), length if last else start + size - overlap / 2


def _mask_of_long(lines: Iterable[Quad], shape: tuple[int, ...]) -> Pixels:
    """Where lines stand that are too long to be a part of a dimension, in half the resolution."""
    import cv2

    mask = np.zeros((shape[0] // _MASK_STEP + 1, shape[1] // _MASK_STEP + 1), np.uint8)
    for line in lines:
        short, long = sorted(
            (float(np.linalg.norm(line[1] - line[0])), float(np.linalg.norm(line[2] - line[1])))
        )
        if long >= _LONG_LINE * short:
            cv2.fillPoly(mask, [(line / _MASK_STEP).astype(np.int32)], 1)
    return mask


def _rows(
    marks: _Marks, dpi: float, mask_shape: tuple[int, int], longest: float
) -> Iterator[tuple[float, float, float, float]]:
    """Rows of letters as start and end along the row, top and bottom across it.

    Letters paint the middle of their height towards both sides; what the paint connects is a row.
    """
    import cv2

    if not len(marks):
        return
    smallest = _LETTER_IN[0] * dpi
    along, across, length, height = marks.T
    letter = (height >= smallest) & (length <= _WIDEST_LETTER * height)
    dash = ~letter & (length >= 1.5 * height) & (length <= _DASH_IN * dpi) & (height < smallest)
    paint = np.zeros(mask_shape, np.uint8)
    reach = np.where(letter, _REACH * height, length)
    inset = np.where(letter, 0.3 * height, 0)
    corners = np.stack(
        [along - reach, across + inset, along + length + reach, across + height - inset], axis=1
    )
    drawn = np.flatnonzero(letter | dash)
    for left, top, right, bottom in (corners[drawn] / _MASK_STEP).astype(np.int32).tolist():
        cv2.rectangle(paint, (left, top), (right, bottom), 1, -1)
    _, labels = cv2.connectedComponents(paint, connectivity=4)
    rows = labels[(across + height // 2)[drawn] // _MASK_STEP, (along + length // 2)[drawn] // _MASK_STEP]
    order = np.argsort(rows, kind="stable")
    for members in np.split(drawn[order], np.flatnonzero(np.diff(rows[order])) + 1):
        row = _row(marks[members], letter[members], longest)
        if row:
            yield row


def _row(
    marks: _Marks, letter: npt.NDArray[np.bool_], longest: float
) -> tuple[float, float, float, float] | None:
    """Start, end, top and bottom of a row, if it has letters that are alike.

    The height of the letters is the largest that two of them share: quotes and dots are smaller, and a
    stroke that is no letter stands alone.
    """
    heights = np.sort(marks[letter, 3])[::-1]
    shared = np.flatnonzero(heights[1:] * _EVEN_HEIGHT >= heights[:-1])
    if not len(shared):
        return None
    height = float(heights[shared[0]])
    row = marks[marks[:, 3] <= height]
    letters = row[row[:, 3] * _EVEN_HEIGHT >= height]
    if not (letters[:, 2] > _THINNEST_SOLID * letters[:, 3]).any():
        return None
    bottoms = letters[:, 1] + letters[:, 3]
    start, end = float(row[:, 0].min()), float((row[:, 0] + row[:, 2]).max())
    if np.ptp(bottoms) > _EVEN_BASELINE * height or end - start > longest * height:
        return None
    along, across = _ROOM_ALONG * height, _ROOM_ACROSS * height
    return start - along, end + along, float(letters[:, 1].min()) - across, float(bottoms.max()) + across
