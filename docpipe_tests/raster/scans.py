"""Clean page images made to look like scans of paper, in a way that repeats exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scanner:
    """What printer, paper and scanner do to a page: `skew` is in degrees, clockwise as seen, about its centre.

    A printer has no grey: `printed` pages have their thinnest lines in full ink, and ink spreads.
    """

    printed: bool = False
    skew: float = 0.0
    blur: float = 0.0
    paper: int = 255
    ink: int = 0
    noise: float = 0.0
    dirt: int = 0
    shrink: float = 1.0
    jpeg: int | None = None
    bilevel: bool = False

    def affine(self, width: int, height: int) -> npt.NDArray[np.float64]:
        """The 2 x 3 matrix from places on the clean page to places on the scan."""
        cos, sin = math.cos(math.radians(self.skew)), math.sin(math.radians(self.skew))
        x, y = width / 2, height / 2
        return np.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y]])

    def scan(self, page: Pixels, seed: int = 0) -> Pixels:
        """A grey scan of the grey `page`, of the same size."""
        import cv2

        random = np.random.default_rng(seed)
        height, width = page.shape
        scan: Any = page
        if self.printed:
            toner = np.round(255 * (np.arange(256) / 255) ** 3).astype(np.uint8)
            scan = cv2.erode(cv2.LUT(scan, toner), np.ones((2, 2), np.uint8))
        if self.skew:
            # OpenCV puts the middle of a pixel on a whole number, docpipe puts its corner there.
            matrix = self.affine(width, height)
            matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
            scan = cv2.warpAffine(scan, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
        if self.shrink < 1:
            small = cv2.resize(scan, None, fx=self.shrink, fy=self.shrink, interpolation=cv2.INTER_AREA)
            scan = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
        if self.blur:
            scan = cv2.GaussianBlur(scan, (0, 0), self.blur)
        levels = np.round(self.ink + (self.paper - self.ink) * np.arange(256) / 255).astype(np.uint8)
        scan = cv2.LUT(scan, levels)
        stains: Any = np.full_like(scan, 255)
        for _ in range(self.dirt):
            place = int(random.integers(width)), int(random.integers(height))
            size, shade = int(random.integers(1, 4)), int(random.integers(self.ink, self.paper))
            cv2.circle(stains, place, size, shade, -1)
        scan = np.minimum(scan, stains)
        if self.noise:
            for top in range(0, height, 1024):
                rows = scan[top : top + 1024]
                grain = random.standard_normal(rows.shape, np.float32) * self.noise
                rows[:] = np.clip(rows + grain, 0, 255)
        if self.bilevel:
            scan = cv2.threshold(scan, (self.paper + self.ink) // 2 + 24, 255, cv2.THRESH_BINARY)[1]
        if self.jpeg:
            scan = cv2.imdecode(
                cv2.imencode(".jpg", scan, [cv2.IMWRITE_JPEG_QUALITY, self.jpeg])[1], cv2.IMREAD_GRAYSCALE
            )
        found: Pixels = scan
        return found


SCANNERS = {
    "clean": Scanner(),
    "grey": Scanner(printed=True, skew=0.5, blur=0.8, paper=236, ink=40, noise=5, dirt=300, jpeg=80),
    "faint": Scanner(printed=True, skew=-1.0, blur=1.0, paper=225, ink=110, noise=6, dirt=300, jpeg=70),
    "bilevel": Scanner(printed=True, skew=1.0, blur=0.7, paper=240, ink=30, noise=18, dirt=500, bilevel=True),
    "coarse": Scanner(
        printed=True, skew=-2.0, shrink=0.75, blur=0.5, paper=240, ink=30, noise=6, dirt=300, jpeg=75
    ),
}
