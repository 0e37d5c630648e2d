"""Small sheets drawn for a test, as a PDF and as a page image."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from docpipe_assets.ocr.rapid import read_image
from docpipe_assets.page_text import PageText

DPI = 200
POINTS = 72


class Sheet:
    """A one-page PDF of `width` x `height` inches and its image at 200 DPI."""

    def __init__(self, folder: Path, width: float, height: float) -> None:
        self.pdf, self.image = folder / "sheet.pdf", folder / "sheet.png"
        self.document = pymupdf.open()
        self.page = self.document.new_page(width=width * POINTS, height=height * POINTS)

    def write(self, x: float, y: float, text: str, size: float = 9, **how: Any) -> None:
        """Lettering of `size` points whose baseline starts at `x`, `y` inches."""
        self.page.insert_text((x * POINTS, y * POINTS), text, fontsize=size, **how)

    def save(self) -> Sheet:
        self.document.save(self.pdf)
        self.page.get_pixmap(dpi=DPI).save(self.image)
        return self

    def read(self, scan: bool = False) -> PageText:
        self.save()
        return read_image(self.image, DPI, scan)


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[float, float], Sheet]:
    """Makes an empty sheet of so many inches."""
    return lambda width, height: Sheet(tmp_path, width, height)
