"""How high the lettering of a page image is, whatever boxes a reader drew around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from docpipe_assets.errors import PageError
from docpipe_assets.page_text import Box, PageText, TextBlock
from docpipe_assets.raster.lettering_height import lettering_height_in
from docpipe_assets.vocabulary import ErrorCode

DPI, WIDTH, HEIGHT = 200.0, 900, 1200


def capitals_px(scale: float) -> int:
    """How high a capital is drawn."""
    page: Any = np.zeros((200, 200), np.uint8)
    cv2.putText(page, "H", (50, 150), cv2.FONT_HERSHEY_SIMPLEX, scale, 255, 1, cv2.LINE_AA)
    return int((page > 100).any(axis=1).sum())


def lettered(folder: Path, scale: float, pad: int, words: str, lines: int = 20) -> tuple[Path, PageText]:
    """A page of lines with capitals of a height, in boxes that are `pad` pixels too large all around."""
    page: Any = np.full((HEIGHT, WIDTH), 235, np.uint8)
    blocks = []
    for row in range(lines):
        baseline = 50 + 55 * row
        (width, ascent), descent = cv2.getTextSize(words, cv2.FONT_HERSHEY_SIMPLEX, scale, 1)
        cv2.putText(page, words, (60, baseline), cv2.FONT_HERSHEY_SIMPLEX, scale, 40, 1, cv2.LINE_AA)
        box = Box(60 - pad, baseline - ascent - pad, width + 2 * pad, ascent + descent + 2 * pad)
        blocks.append(TextBlock(words, box, (), 0.0, 0.97))
    path = folder / "page.png"
    cv2.imwrite(str(path), page)
    return path, PageText(tuple(blocks), WIDTH, HEIGHT, DPI)


@pytest.mark.parametrize("words", ["VERIFY IN FIELD 1250", "Verify all sizes in the field 1250"])
@pytest.mark.parametrize("pad", [1, 4, 7])
@pytest.mark.parametrize("scale", [0.45, 0.8, 1.3])
def test_capitals_are_measured_by_their_ink(tmp_path: Path, scale: float, pad: int, words: str) -> None:
    found = lettering_height_in(*lettered(tmp_path, scale, pad, words))
    assert found == pytest.approx(capitals_px(scale) / DPI, abs=2.5 / DPI)


def test_sideways_lettering_is_measured_across_its_lines(tmp_path: Path) -> None:
    path, text = lettered(tmp_path, 0.8, 4, "VERIFY IN FIELD")
    page: Any = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    cv2.imwrite(str(path), cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE))
    turned = tuple(
        TextBlock(b.text, Box(HEIGHT - b.box.bottom, b.box.x, b.box.height, b.box.width), (), 90.0, 0.97)
        for b in text.blocks
    )
    found = lettering_height_in(path, PageText(turned, HEIGHT, WIDTH, DPI))
    assert found == pytest.approx(capitals_px(0.8) / DPI, abs=2.5 / DPI)


def test_a_few_lines_tell_nothing(tmp_path: Path) -> None:
    assert lettering_height_in(*lettered(tmp_path, 0.8, 3, "VERIFY IN FIELD", lines=5)) is None


def test_a_page_that_is_not_there_is_an_error_of_the_page(tmp_path: Path) -> None:
    with pytest.raises(PageError) as failure:
        lettering_height_in(tmp_path / "missing.png", PageText((), WIDTH, HEIGHT, DPI))
    assert failure.value.code is ErrorCode.PAGE_UNREADABLE
