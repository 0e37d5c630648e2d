"""Which pixels of a page image are ink, on clean renders and on grey, uneven, noisy paper alike."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[np.uint8]

STRIP_PX = 1024
"""Pages are worked on in strips of so many rows: what a strip needs beside the page stays small."""

_CELL = 8
_PAPER_CELLS = 9
_LEAST_PAPER = 0.6
_FAINTEST = 0.12
_PLAIN = 0.2
_HALO_PX = 5
_DEPTH = 0.45
_NOISELESS = 0.004
_SMOOTHED_NOISE = 5.0
_SAMPLED_ROWS = 61


def find_ink(image: Pixels) -> Pixels:
    """1 where a pixel of the grey `image` is ink, else 0.

    Ink is what is darker than the paper around it, by more than the paper's own noise. Where all is dark
    over a third of an inch, the page's paper counts, so that solid areas stay solid.
    """
    import cv2

    paper = _paper(image)
    noise = _noise(image, paper)
    faintest = max(_FAINTEST, _SMOOTHED_NOISE * noise)
    ink = np.empty(image.shape, np.uint8)
    for top in range(0, image.shape[0], STRIP_PX):
        rows = slice(top, min(top + STRIP_PX, image.shape[0]))
        drawn = image[rows]
        threshold = _rows_of(paper, rows, image.shape, 1 - faintest)
        if noise > _NOISELESS:
            drawn = cv2.GaussianBlur(drawn, (3, 3), 0)
            darkest = cv2.erode(drawn, np.ones((_HALO_PX, _HALO_PX), np.uint8))
            halo = cv2.addWeighted(_rows_of(paper, rows, image.shape, 1.0), 1 - _DEPTH, darkest, _DEPTH, 0)
            threshold = cv2.min(threshold, halo)
        ink[rows] = cv2.compare(drawn, threshold, cv2.CMP_LT) & 1
    return ink


def _paper(image: Pixels) -> Pixels:
    """How bright the paper is, in cells of 8 x 8 pixels."""
    import cv2

    size = max(image.shape[1] // _CELL, 1), max(image.shape[0] // _CELL, 1)
    cells = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(cells, np.ones((_PAPER_CELLS, _PAPER_CELLS), np.uint8))
    paper = cv2.blur(paper, (_PAPER_CELLS, _PAPER_CELLS))
    brightest: Pixels = np.maximum(paper, np.uint8(_LEAST_PAPER * float(np.median(paper))))
    return brightest


def _rows_of(paper: Pixels, rows: slice, shape: tuple[int, ...], share: float) -> Pixels:
    """`share` of the paper's brightness at every pixel of some rows."""
    import cv2

    first, last = rows.start * paper.shape[0] // shape[0], rows.stop * paper.shape[0] // shape[0]
    cells = cv2.convertScaleAbs(paper[first : max(last, first + 1)], alpha=share)
    spread: Pixels = cv2.resize(cells, (shape[1], rows.stop - rows.start), interpolation=cv2.INTER_LINEAR)
    return spread


def _noise(image: Pixels, paper: Pixels) -> float:
    """How uneven plain paper is: its deviation as a share of its brightness."""
    rows = range(0, image.shape[0], _SAMPLED_ROWS)
    darker = np.concatenate(
        [
            1 - image[row] / np.maximum(_rows_of(paper, slice(row, row + 1), image.shape, 1.0)[0], 1)
            for row in rows
        ]
    )
    plain = darker[darker < _PLAIN]
    if not plain.size:
        return 0.0
    return 1.48 * float(np.median(np.abs(plain - np.median(plain))))
