"""How much of the lettering that a page shows is in its text layer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from docpipe_assets.errors import PageError
from docpipe_assets.ocr.lettering import find_lettering
from docpipe_assets.ocr.recognition import sides
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.vocabulary import ErrorCode

# Drawing offices put the sheet number and title into the lower right-hand corner (ISO 7200, ASME Y14.1).
_TITLE_BLOCK_FROM = 0.7
_HALF = 2
_LEAST_LENGTH = 2.5
_ROOM_IN = 0.04

# A patch of a page: squares of an inch that hold rows without text, as far as they touch, and an inch around.
_SQUARE_IN = 1.0
_FEW_ROWS_IN_PATCH = 8
_DRAWN_PER_WRITTEN_IN_PATCH = 3.0

_Places = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of letters that a page shows, by shape alone: `written` ones have text in the layer, `drawn` have none.

    `*_in_corner` are those among them in the lower right-hand corner, where title blocks are. `bare` are the parts
    of the page that show rows of letters and have hardly any text.
    """

    written: int
    drawn: int
    written_in_corner: int
    drawn_in_corner: int
    bare: tuple[Box, ...]


def lettering_coverage(image_path: Path, layer: PageText) -> Coverage:
    """Look for the lettering of the page image at `image_path` in the page's text layer.

    Takes a fraction of a second: half the resolution, and no network. Hatches and furniture make a few
    dozen false rows at most. Raises `PageError` (`page_unreadable`) if there is no such image.
    """
    import cv2

    image = cv2.imread(str(image_path), cv2.IMREAD_REDUCED_GRAYSCALE_2)
    if image is None:
        raise PageError(
            ErrorCode.PAGE_UNREADABLE,
            f"The page image {image_path.name} cannot be read; process the document's pages again.",
        )
    rows = find_lettering(image, layer.dpi / _HALF, [], longest=math.inf)
    middles = np.array(
        [row.mean(axis=0) for row in rows if max(sides(row)) > _LEAST_LENGTH * min(sides(row))]
    )
    x, y = middles.reshape(-1, 2).T * _HALF
    written = np.zeros(len(x), bool)
    room = _ROOM_IN * layer.dpi
    for box in (block.box for block in layer.blocks):
        written |= (abs(x - box.center[0]) < box.width / 2 + room) & (
            abs(y - box.center[1]) < box.height / 2 + room
        )
    corner = (x > _TITLE_BLOCK_FROM * layer.width_px) & (y > _TITLE_BLOCK_FROM * layer.height_px)
    return Coverage(
        int(written.sum()),
        int((~written).sum()),
        int((written & corner).sum()),
        int((~written & corner).sum()),
        _bare(x, y, written, layer),
    )


def title_block_corner(width_px: int, height_px: int) -> Box:
    """The lower right-hand corner of a page image."""
    left, top = _TITLE_BLOCK_FROM * width_px, _TITLE_BLOCK_FROM * height_px
    return Box(left, top, width_px - left, height_px - top)


def _bare(x: _Places, y: _Places, written: npt.NDArray[np.bool_], layer: PageText) -> tuple[Box, ...]:
    """The patches with many drawn rows, given where each row has its middle."""
    import cv2

    square = _SQUARE_IN * layer.dpi
    shape = math.ceil(layer.height_px / square), math.ceil(layer.width_px / square)
    counts = np.zeros((2, *shape), np.int32)
    np.add.at(counts, (written.astype(int), (y // square).astype(int), (x // square).astype(int)), 1)
    drawn, in_text = counts
    patches, labels, stats, _ = cv2.connectedComponentsWithStats((drawn > in_text).astype(np.uint8))
    bare = []
    for patch in range(1, patches):
        rows = int(drawn[labels == patch].sum())
        left, top, width, height = (int(value) * square for value in stats[patch, : cv2.CC_STAT_AREA])
        texts = int(in_text[labels == patch].sum())
        if rows >= _FEW_ROWS_IN_PATCH and rows >= _DRAWN_PER_WRITTEN_IN_PATCH * texts:
            bare.append(Box(left - square, top - square, width + 2 * square, height + 2 * square))
    return tuple(bare)
