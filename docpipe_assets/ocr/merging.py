"""One text out of two: a page's own lines, and what an engine read where the page has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from docpipe_assets.errors import PageError
from docpipe_assets.ocr.networks import Pixels
from docpipe_assets.ocr.text_lines import in_reading_order
from docpipe_assets.page_text import Box, PageText, TextBlock, Word
from docpipe_assets.vocabulary import ErrorCode

_INK_CONTRAST = 32
_ROOM = 0.15


def visible_lines(image_path: Path, layer: PageText) -> PageText:
    """The lines of a layer that stand where the page image shows something.

    Raises `PageError` (`page_unreadable`) if there is no such image.
    """
    import cv2

    image = cv2.imread(str(image_path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise PageError(
            ErrorCode.PAGE_UNREADABLE,
            f"The page image {image_path.name} cannot be read; process the document's pages again.",
        )
    return replace(layer, blocks=tuple(block for block in layer.blocks if _shows(image, block.box)))


def merged(layer: PageText, seen: PageText) -> tuple[PageText, int]:
    """The lines of `layer` with those of `seen` that stand beside them, and how many those are.

    Of a line that runs into the layer's text, the words beside it are kept.
    """
    known = np.array(
        [(*block.box.center, block.box.width, block.box.height) for block in layer.blocks]
    ).reshape(-1, 4)
    beside = [piece for block in seen.blocks for piece in _beside(known, block)]
    return replace(seen, blocks=in_reading_order([*layer.blocks, *beside])), len(beside)


def _shows(image: Pixels, box: Box) -> bool:
    part = image[max(int(box.y), 0) : int(box.bottom) + 1, max(int(box.x), 0) : int(box.right) + 1]
    return part.size > 0 and int(part.max()) - int(part.min()) >= _INK_CONTRAST


def _beside(known: npt.NDArray[np.float64], block: TextBlock) -> Iterator[TextBlock]:
    """What of a line has no known text in its place: the whole, or runs of its words."""
    free = [not _is_known(known, word.box) for word in block.words]
    if all(free):
        if not _is_known(known, block.box):
            yield block
        return
    numbered = range(len(free))
    for is_free, group in groupby(numbered, key=lambda number: free[number]):
        words = [block.words[number] for number in group]
        if is_free:
            yield _line(block, words)


def _is_known(known: npt.NDArray[np.float64], box: Box) -> bool:
    """Whether the middle of a box lies in known text, or around its edge."""
    x, y = box.center
    room = _ROOM * np.minimum(known[:, 2], known[:, 3])
    apart_x, apart_y = abs(known[:, 0] - x), abs(known[:, 1] - y)
    return bool(((apart_x < known[:, 2] / 2 + room) & (apart_y < known[:, 3] / 2 + room)).any())


def _line(block: TextBlock, words: Sequence[Word]) -> TextBlock:
    text = " ".join(word.text for word in words)
    return replace(block, text=text, words=tuple(words), box=Box.around(word.box for word in words))
