"""Small documents drawn for the tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image

A4 = (595, 842)


def make_pdf(path: Path, draw: Callable[[Any], object], size: tuple[float, float] = A4) -> Path:
    """A one-page PDF on which `draw` has drawn; it may be given a page of any size in points."""
    with pymupdf.open() as document:
        draw(document.new_page(width=size[0], height=size[1]))
        document.save(path)
    return path


def write(page: Any, x: float, y: float, text: str, size: float = 20, **options: Any) -> None:
    """Text with its baseline starting at (x, y) points."""
    page.insert_text((x, y), text, fontsize=size, **options)


def make_tiff(path: Path, *pages: Image.Image, **options: Any) -> Path:
    """A TIFF of the given images."""
    pages[0].save(path, "TIFF", save_all=True, append_images=list(pages[1:]), **options)
    return path
