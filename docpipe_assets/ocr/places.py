"""Which of several boxes and readings in one place to go on with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from docpipe_assets.ocr.detection import Quad
from docpipe_assets.ocr.recognition import Reading

_SURE = 0.9
_WITHIN = 0.8
_ACROSS = 0.4
_SAME_PLACE = 0.5

_Boxes = npt.NDArray[np.float32]
"""Upright boxes around quads, one a row: left, top, right, bottom."""


def one_for_each_place(readings: Sequence[Reading]) -> list[Reading]:
    """Of readings on top of each other, the one that says most with most confidence."""
    boxes = _around(reading.quad for reading in readings)
    worth = np.array([-len(reading.places) * reading.confidence**2 for reading in readings])
    kept: list[int] = []
    for number in map(int, np.argsort(worth, kind="stable")):
        quad = readings[number].quad
        rivals = [kept[place] for place in _touching(boxes[number], boxes[kept])]
        if not any(_overlap(quad, readings[rival].quad) > _SAME_PLACE for rival in rivals):
            kept.append(number)
    return [readings[number] for number in sorted(kept)]


def unexplained(lettering: Sequence[Quad], readings: Iterable[Reading]) -> list[Quad]:
    """Boxes of lettering that no sure reading accounts for.

    A sure reading accounts for what lies within it, and sure lines for what runs across them: the first
    letters of lines below each other look like a row.
    """
    sure = [reading.quad for reading in readings if reading.confidence >= _SURE and len(reading.places) > 1]
    boxes = _around(sure)
    wide = _is_wide(boxes)
    left = []
    for quad, box in zip(lettering, _around(lettering), strict=True):
        near = _touching(box, boxes)
        shares = np.array([_overlap(sure[number], quad, of_second=True) for number in near])
        across = wide[near] != _is_wide(box[np.newaxis])
        if not (shares > _WITHIN).any() and shares[across].sum() < _ACROSS:
            left.append(quad)
    return left


def _around(quads: Iterable[Quad]) -> _Boxes:
    corners = np.array([*quads], np.float32).reshape(-1, 4, 2)
    return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)


def _touching(box: npt.NDArray[np.float32], boxes: _Boxes) -> npt.NDArray[np.int64]:
    """Which of `boxes` share ground with `box`."""
    apart = (boxes[:, :2] >= box[2:]) | (boxes[:, 2:] <= box[:2])
    return np.flatnonzero(~apart.any(axis=1))


def _is_wide(boxes: _Boxes) -> npt.NDArray[np.bool_]:
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    return np.asarray(width > height)


def _overlap(quad: Quad, other: Quad, of_second: bool = False) -> float:
    """The ground that two boxes share, as a share of the smaller one, or of the second one."""
    import cv2

    shared, _ = cv2.intersectConvexConvex(quad, other)
    areas = cv2.contourArea(quad), cv2.contourArea(other)
    return float(shared) / max(areas[1] if of_second else min(areas), 1.0)
