"""Strokes as somebody sees them who reads a text: those along its reading direction, those across, those aslant."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docpipe_assets.linework import Linework
from docpipe_assets.page_text import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_STRAIGHT: Final = 0.02
"""Tangent of how far a stroke may lie off an axis and still run along it: scans are turned by a degree."""
_ASLANT: Final = 0.25
"""Tangent from which a stroke is aslant: ticks stand at 45 degrees or 60, the barbs of arrows at 10 to 30."""
_LEAST_ALONG_PX: Final = 3.0
_TICK_IN: Final = (0.02, 0.4)
_HEAD_IN: Final = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The strokes of a page in axes `u`, along a reading direction, and `v`, across it, in pixels.

    `along` has rows `v at u0, v at u1, u0, u1` sorted by their mean `v`, which `along_v` gives; `across` rows
    `u at v0, u at v1, v0, v1` sorted by mean `u`, which `across_u` gives. `aslant` has the short slanted strokes as
    `u0, v0, u1, v1`, and `shapes` the small filled shapes as `u0, v0, u1, v1`, both sorted by mean `v`.
    """

    cos: float
    sin: float
    along: Floats
    along_v: Floats
    across: Floats
    across_u: Floats
    aslant: Floats
    aslant_v: Floats
    shapes: Floats
    shapes_v: Floats

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as `u, v`."""
        return x * self.cos + y * self.sin, y * self.cos - x * self.sin

    def box(self, u0: float, u1: float, v: float) -> Box:
        """The upright box on the page around the stretch `u0` to `u1` at `v`."""
        xs = (u0 * self.cos - v * self.sin, u1 * self.cos - v * self.sin)
        ys = (u0 * self.sin + v * self.cos, u1 * self.sin + v * self.cos)
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@dataclass(slots=True, eq=False)
class Frames:
    """The frames of a page's quarter turns, each made when it is first asked for."""

    linework: Linework
    dpi: float
    _made: dict[int, Frame] = field(default_factory=dict)

    def at(self, quarter_turn: int) -> Frame:
        """The frame for texts that read at `quarter_turn` degrees: 0, 90, 180 or 270."""
        if quarter_turn not in self._made:
            self._made[quarter_turn] = frame_of(self.linework, quarter_turn, self.dpi)
        return self._made[quarter_turn]


def frame_of(linework: Linework, angle_deg: float, dpi: float, around: Box | None = None) -> Frame:
    """The strokes of a page for texts that read at `angle_deg`; only those that touch `around` where it is given."""
    import numpy as np

    cos, sin = _axes(angle_deg)
    segments, fills = linework.segments, linework.fills
    if around is not None:
        low = np.minimum(segments[:, :2], segments[:, 2:])
        high = np.maximum(segments[:, :2], segments[:, 2:])
        segments = segments[
            (low[:, 0] <= around.right)
            & (high[:, 0] >= around.x)
            & (low[:, 1] <= around.bottom)
            & (high[:, 1] >= around.y)
        ]
        fills = fills[
            (fills[:, 0] <= around.right)
            & (fills[:, 0] + fills[:, 2] >= around.x)
            & (fills[:, 1] <= around.bottom)
            & (fills[:, 1] + fills[:, 3] >= around.y)
        ]
    x0, y0, x1, y1 = segments.astype(np.float64).T
    u0, v0, u1, v1 = x0 * cos + y0 * sin, y0 * cos - x0 * sin, x1 * cos + y1 * sin, y1 * cos - x1 * sin
    du, dv = np.abs(u1 - u0), np.abs(v1 - v0)
    length = np.hypot(du, dv)

    level = (dv <= np.maximum(_STRAIGHT * du, 0.6)) & (du >= _LEAST_ALONG_PX)
    upright = (du <= np.maximum(_STRAIGHT * dv, 0.6)) & (dv >= _LEAST_ALONG_PX)
    slanted = (np.minimum(du, dv) > _ASLANT * np.maximum(du, dv)) & (
        (length >= _TICK_IN[0] * dpi) & (length <= _TICK_IN[1] * dpi)
    )
    along = _ordered(u0[level], v0[level], u1[level], v1[level])
    across = _ordered(v0[upright], u0[upright], v1[upright], u1[upright])
    aslant = np.stack([u0[slanted], v0[slanted], u1[slanted], v1[slanted]], axis=1)
    shapes = _turned(fills, cos, sin, _HEAD_IN * dpi)
    parts = [
        rows[np.argsort(mean)]
        for rows, mean in (
            (along, along[:, 0] + along[:, 1]),
            (across, across[:, 0] + across[:, 1]),
            (aslant, aslant[:, 1] + aslant[:, 3]),
            (shapes, shapes[:, 1] + shapes[:, 3]),
        )
    ]
    along, across, aslant, shapes = parts
    return Frame(
        cos,
        sin,
        along,
        (along[:, 0] + along[:, 1]) / 2,
        across,
        (across[:, 0] + across[:, 1]) / 2,
        aslant,
        (aslant[:, 1] + aslant[:, 3]) / 2,
        shapes,
        (shapes[:, 1] + shapes[:, 3]) / 2,
    )


def _axes(angle_deg: float) -> tuple[float, float]:
    quarter = round(angle_deg / 90)
    if abs(angle_deg - 90 * quarter) < 1e-6:
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[quarter % 4]
    return math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))


def _ordered(a0: Floats, b0: Floats, a1: Floats, b1: Floats) -> Floats:
    """Rows `b at a0, b at a1, a0, a1` with a0 the lesser."""
    import numpy as np

    turned = a0 > a1
    return np.stack(
        [
            np.where(turned, b1, b0),
            np.where(turned, b0, b1),
            np.where(turned, a1, a0),
            np.where(turned, a0, a1),
        ],
        axis=1,
    )


def _turned(fills: NDArray[np.float32], cos: float, sin: float, largest: float) -> Floats:
    import numpy as np

    small = fills[(fills[:, 2] <= largest) & (fills[:, 3] <= largest)].astype(np.float64)
    width, height = small[:, 2] / 2, small[:, 3] / 2
    x, y = small[:, 0] + width, small[:, 1] + height
    u, v = x * cos + y * sin, y * cos - x * sin
    half_u = width * abs(cos) + height * abs(sin)
    half_v = width * abs(sin) + height * abs(cos)
    return np.stack([u - half_u, v - half_v, u + half_u, v + half_v], axis=1)
