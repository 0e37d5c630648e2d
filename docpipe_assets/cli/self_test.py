"""Whether the libraries that read drawings work here: each is tried on a page that is made on the spot.

    python -m docpipe_assets.cli.self_test pdf_reader|text_recognition

Run in a process of its own: a library that does not fit the machine may take the process with it.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

_LETTERING = "FLOOR PLAN"
_DPI = 200


class Library(StrEnum):
    PDF_READER = "pdf_reader"
    TEXT_RECOGNITION = "text_recognition"


def main(library: Library) -> str:
    """What works, in words. Raises whatever the library raises, or AssertionError when it reads nonsense."""
    if library is Library.PDF_READER:
        import pymupdf

        _expect(_page().get_text())
        return f"PyMuPDF {pymupdf.VersionBind}"
    from docpipe_assets.ocr.rapid import read_image

    with NamedTemporaryFile(suffix=".png") as image:
        _page().get_pixmap(dpi=_DPI).save(image.name)
        _expect(read_image(Path(image.name), _DPI, scan=False).text)
    return "its models load and read"


def _page() -> Any:
    import pymupdf

    with pymupdf.open() as document:
        document.new_page(width=300, height=100).insert_text((30, 60), _LETTERING, fontsize=24)
        return pymupdf.open("pdf", document.tobytes())[0]


def _expect(read: str) -> None:
    if _LETTERING not in read:
        raise AssertionError(f"it read {read!r} where {_LETTERING!r} stands")


if __name__ == "__main__":
    sys.stdout.write(main(Library(sys.argv[1])))
