"""A page that lies askew on its image put upright: its text and strokes, and places brought back again."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from docpipe_assets.linework import Linework
from docpipe_assets.page_text import Box, PageText


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a page of `width_px` x `height_px` by `degrees`, clockwise as seen, about its middle."""

    degrees: float
    width_px: int
    height_px: int

    @property
    def matrix(self) -> npt.NDArray[np.float64]:
        """The 2 x 3 matrix that takes places `x, y, 1` on the page to places on the turned page."""
        cos, sin = math.cos(math.radians(self.degrees)), math.sin(math.radians(self.degrees))
        x, y = self.width_px / 2, self.height_px / 2
        return np.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y]])

    @property
    def back(self) -> Turn:
        """The turn that undoes this one."""
        return Turn(-self.degrees, self.width_px, self.height_px)

    def places(self, places: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Where places, `... x 2`, come to lie."""
        matrix = self.matrix
        moved: npt.NDArray[np.float64] = places @ matrix[:, :2].T + matrix[:, 2]
        return moved

    def box(self, box: Box) -> Box:
        """A box of the same size about the place where its middle comes to lie: right for small turns."""
        x, y = self.places(np.array(box.center)).tolist()
        return Box(x - box.width / 2, y - box.height / 2, box.width, box.height)

    def text(self, text: PageText) -> PageText:
        """The text as it stands on the turned page. What reads along an axis of the paper still does."""
        blocks = (
            replace(
                block,
                box=self.box(block.box),
                words=tuple(replace(word, box=self.box(word.box)) for word in block.words),
                angle=block.angle if block.angle % 90 == 0 else (block.angle + self.degrees) % 360,
            )
            for block in text.blocks
        )
        return replace(text, blocks=tuple(blocks))

    def linework(self, linework: Linework) -> Linework:
        """The strokes and fills as they lie on the turned page; fills keep their size."""
        segments = self.places(linework.segments.reshape(-1, 2, 2)).reshape(-1, 4)
        size = linework.fills[:, 2:]
        corner = self.places(linework.fills[:, :2] + size / 2) - size / 2
        return replace(
            linework,
            segments=segments.astype(np.float32),
            fills=np.concatenate([corner, size], axis=1).astype(np.float32),
        )
