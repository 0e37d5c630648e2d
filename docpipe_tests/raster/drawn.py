"""A sheet with dimensions, a scale bar and notes, drawn for a test, and the truth about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from docpipe_assets.page_text import Box, PageText, TextBlock

Pixels = npt.NDArray[np.uint8]
Places = npt.NDArray[np.float64]

WIDTH, HEIGHT = 2200, 1700
DPI = 200.0

TICKED = (300, 1500, 300)
"""Level dimension lines, as x from, x to and y: ended by ticks, with a stop in between at `STOP`, ..."""
ARROWED = (300, 1500, 420)
"""... and by heads of arrows."""
STOP = 900
TICK = 9
UPRIGHT = (200, 500, 1300)
"""An upright dimension line, as x, y from and y to, with ticks."""
SLANTED = (1600, 500, 2000, 800)
WALL = (400, 700, 800, 24)
BLOCKS = [(300 + 200 * number, 1500, 100, 14) for number in range(4)]
NOTES = [("ALL DIMENSIONS TO FACE OF STUD", 400, 900), ("VERIFY IN FIELD", 400, 960), ("6'-0\"", 560, 290)]


def draw() -> tuple[Pixels, PageText]:
    """The clean page image and its text."""
    import cv2

    page: Any = np.full((HEIGHT, WIDTH), 255, np.uint8)

    def line(x1: float, y1: float, x2: float, y2: float, width: int = 2) -> None:
        cv2.line(page, (round(x1), round(y1)), (round(x2), round(y2)), 0, width, cv2.LINE_AA)

    for x1, x2, y in (TICKED, ARROWED):
        line(x1, y, x2, y)
    x, y1, y2 = UPRIGHT
    line(x, y1, x, y2)
    for stop in (TICKED[0], STOP, TICKED[1]):
        line(stop, 260, stop, 640)
        line(stop - TICK, TICKED[2] + TICK, stop + TICK, TICKED[2] - TICK, 3)
    for stop in (y1, y2):
        line(x - 40, stop, x + 60, stop)
        line(x - TICK, stop + TICK, x + TICK, stop - TICK, 3)
    for tip, out in ((ARROWED[0], 1), (ARROWED[1], -1)):
        head = [(tip, ARROWED[2]), (tip + 26 * out, ARROWED[2] - 5), (tip + 26 * out, ARROWED[2] + 5)]
        cv2.fillPoly(page, [np.array(head, np.int32)], 0)
    line(*SLANTED)
    wall_x, wall_y, wall_width, wall_height = WALL
    cv2.rectangle(page, (wall_x, wall_y), (wall_x + wall_width - 1, wall_y + wall_height - 1), 0, -1)
    for block_x, block_y, width, height in BLOCKS:
        cv2.rectangle(page, (block_x, block_y), (block_x + width - 1, block_y + height - 1), 0, -1)
    blocks = []
    for note, left, baseline in NOTES:
        (width, ascent), descent = cv2.getTextSize(note, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 1)
        cv2.putText(page, note, (left, baseline), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 1, cv2.LINE_AA)
        box = Box(left - 2, baseline - ascent - 2, width + 4, ascent + descent)
        blocks.append(TextBlock(note, box))
    return page, PageText(tuple(blocks), WIDTH, HEIGHT, DPI)
