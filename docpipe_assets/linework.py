"""The straight strokes and filled shapes that are drawn on a page, wherever they were found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Linework:
    """What is drawn on a page besides its text, in pixels of the page image, origin top left, after rotation.

    `segments` has a row `x1, y1, x2, y2` for every straight stroke and `widths` its line width in the same
    order, 0 for a hairline. `fills` has a row `x, y, width, height` around every filled shape, such as an arrow head
    or a block of a scale bar, and around small circles, such as those at the corners of a plot. The ends of
    strokes are where they are drawn give or take `error_px`.
    """

    width_px: int
    height_px: int
    segments: NDArray[np.float32]
    widths: NDArray[np.float32]
    fills: NDArray[np.float32]
    error_px: float = 0.1

    @classmethod
    def blank(cls, width_px: int, height_px: int) -> Linework:
        """A page without strokes."""
        import numpy as np

        nothing = np.zeros((0, 4), dtype=np.float32)
        return cls(width_px, height_px, nothing, np.zeros(0, dtype=np.float32), nothing)
