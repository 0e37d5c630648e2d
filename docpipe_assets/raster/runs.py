"""Rows of ink as runs of pixels, and which runs hang together.

A page has a thousand times fewer runs than pixels, so strokes and shapes are built of runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docpipe_assets.raster.ink import STRIP_PX, Pixels

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs of ink along rows, from the top down and left to right: pixels `start` up to before `stop`."""

    row: Ints
    start: Ints
    stop: Ints

    @property
    def length(self) -> Ints:
        return self.stop - self.start

    def __getitem__(self, chosen: npt.NDArray[np.bool_] | Ints) -> Runs:
        return Runs(self.row[chosen], self.start[chosen], self.stop[chosen])

    def __len__(self) -> int:
        return len(self.row)

    @classmethod
    def all(cls, parts: Sequence[Runs]) -> Runs:
        """The runs of all `parts`, one part after the other."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))

    def erase(self, mask: Pixels) -> None:
        """Make the pixels of all runs zero in `mask`."""
        length = self.length
        first = np.repeat(self.row * mask.shape[1] + self.start, length)
        step = np.arange(len(first)) - np.repeat(np.cumsum(length) - length, length)
        mask.reshape(-1)[first + step] = 0


def runs_of(mask: Pixels, shortest: int) -> Runs:
    """The runs of ones in the rows of `mask` that are at least `shortest` pixels long."""
    pitch = mask.shape[1] + 1
    parts = []
    for top in range(0, mask.shape[0], STRIP_PX):
        strip = mask[top : top + STRIP_PX]
        # A zero before each row, so that no run goes on in the next.
        flat = np.zeros(strip.shape[0] * pitch + 1, np.uint8)
        flat[:-1].reshape(-1, pitch)[:, 1:] = strip
        edges = np.flatnonzero(flat[1:] != flat[:-1])
        start, stop = edges[::2], edges[1::2]
        long = stop - start >= shortest
        row, column = np.divmod(start[long], pitch)
        parts.append(Runs(row + top, column, column + (stop - start)[long]))
    return Runs.all(parts)


def connected(runs: Runs, reach: int) -> Ints:
    """For every run the number, from 0, of the piece that it belongs to.

    Runs belong together if they overlap in neighbouring rows or come within `reach` pixels of that, or if no
    more than `reach` pixels part them in one row.
    """
    count = len(runs)
    if not count:
        return np.zeros(0, np.int64)
    pitch = int(runs.stop.max()) + 2 * reach + 2
    starts = runs.row * pitch + runs.start + reach
    stops = runs.row * pitch + runs.stop + reach
    first = np.searchsorted(stops, starts + pitch - reach, side="left")
    beyond = np.searchsorted(starts, stops + pitch + reach, side="right")
    neighbours = np.maximum(beyond - first, 0)
    above = np.repeat(np.arange(count), neighbours)
    below = np.arange(len(above)) - np.repeat(np.cumsum(neighbours) - neighbours, neighbours)
    below += np.repeat(first, neighbours)
    beside = np.flatnonzero((np.diff(runs.row) == 0) & (runs.start[1:] - runs.stop[:-1] <= reach))
    return _joined(count, np.append(above, beside), np.append(below, beside + 1))


def _joined(count: int, one: Ints, other: Ints) -> Ints:
    """The connected pieces of a graph of `count` nodes with edges `one[i]` to `other[i]`."""
    head = np.arange(count)
    while len(one):
        low, high = np.minimum(head[one], head[other]), np.maximum(head[one], head[other])
        apart = low != high
        one, other, low, high = one[apart], other[apart], low[apart], high[apart]
        np.minimum.at(head, high, low)
        while True:
            further = head[head]
            if np.array_equal(further, head):
                break
            head = further
    return np.unique(head, return_inverse=True)[1]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Connected pieces of ink: their bounds (`right` and `bottom` are the first pixels beyond), area and moments.

    Moments are central and per pixel; the centre is in page coordinates, a pixel's middle at .5.
    """

    left: Ints
    right: Ints
    top: Ints
    bottom: Ints
    area: Ints
    x: Floats
    y: Floats
    xx: Floats
    xy: Floats
    yy: Floats

    def __len__(self) -> int:
        return len(self.area)


def measure(runs: Runs, piece: Ints) -> Pieces:
    """The pieces that `piece` numbers, in the order of their numbers."""
    count = int(piece.max()) + 1 if len(piece) else 0

    def extreme(values: Ints, lowest: bool) -> Ints:
        found = np.full(count, np.iinfo(np.int64).max if lowest else -1)
        (np.minimum if lowest else np.maximum).at(found, piece, values)
        return found

    def total(values: Floats) -> Floats:
        return np.bincount(piece, values, minlength=count).astype(np.float64)

    length = runs.length.astype(np.float64)
    middle_x, middle_y = (runs.start + runs.stop) / 2, runs.row + 0.5
    area = total(length)
    x, y = total(length * middle_x) / area, total(length * middle_y) / area
    off_x, off_y = middle_x - x[piece], middle_y - y[piece]
    return Pieces(
        left=extreme(runs.start, lowest=True),
        right=extreme(runs.stop, lowest=False),
        top=extreme(runs.row, lowest=True),
        bottom=extreme(runs.row + 1, lowest=False),
        area=area.astype(np.int64),
        x=x,
        y=y,
        xx=total(length * (off_x**2 + (length**2 - 1) / 12)) / area,
        xy=total(length * off_x * off_y) / area,
        yy=total(length * off_y**2) / area,
    )
