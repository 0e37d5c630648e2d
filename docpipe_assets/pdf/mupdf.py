"""PDF files through MuPDF: opened, their pages loaded, and its failures told apart as docpipe's errors."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docpipe_assets.errors import DocumentError, PageError
from docpipe_assets.vocabulary import ErrorCode

_REFERENCE = re.compile(r"\b(\d+) \d+ R\b")
_OBJECT_HEAD = re.compile(rb"(\d+)\s+\d+\s+$")
_TAIL_BYTES = 2048


@contextmanager
def open_pdf(path: Path) -> Iterator[Any]:
    """The `pymupdf.Document` of a PDF that opens without a password, mended if its structure is broken.

    Raises `DocumentError` (`encrypted`, `corrupt`), `MemoryError`, and `OSError` if there is no such file.
    """
    import pymupdf

    # MuPDF tells stderr about every repair unless it is told to keep its messages.
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.TOOLS.reset_mupdf_warnings()
    if not path.is_file():
        raise FileNotFoundError(path)
    with _opening():
        document = pymupdf.open(path, filetype="pdf")
    try:
        with _opening():
            if document.needs_pass:
                raise _encrypted()
            if document.page_count == 0:
                _mend(document)
        yield document
    finally:
        document.close()
        pymupdf.TOOLS.store_shrink(100)


@contextmanager
def _opening() -> Iterator[None]:
    """What MuPDF fails at on opening a file as an error of the document."""
    import pymupdf

    try:
        with _memory_errors():
            yield
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as failure:
        # Other schemes than passwords, such as certificates, fail to open at all.
        if "encrypt" in pymupdf.TOOLS.mupdf_warnings().lower():
            raise _encrypted() from failure
        raise DocumentError(
            ErrorCode.CORRUPT,
            "The PDF is damaged and cannot be opened: please export and upload it again.",
        ) from failure


@contextmanager
def open_page(document: Any, page_number: int) -> Iterator[Any]:
    """The `pymupdf.Page` of page `page_number`, from 1. What MuPDF fails at inside is the page's error.

    Raises `PageError` (`page_unreadable`) and `MemoryError`.
    """
    import pymupdf

    try:
        page = document.load_page(page_number - 1)
    except (RuntimeError, IndexError, ValueError, pymupdf.mupdf.FzErrorBase) as failure:
        raise _unreadable(page_number) from failure
    try:
        with _memory_errors():
            yield page
    except (RuntimeError, pymupdf.mupdf.FzErrorBase) as failure:
        raise _unreadable(page_number) from failure


def structured_text(page: Any, flags: int) -> Any:
    """A `pymupdf.TextPage` of the page as drawn, annotations included: turned and scaled, in points, y down.

    Not `Page.get_textpage`, which undoes /Rotate, nor a display list, which a hostile page fills without end.
    """
    import pymupdf

    mupdf = pymupdf.mupdf
    structured = mupdf.FzStextPage(mupdf.fz_bound_page(page.this))
    device = mupdf.fz_new_stext_device(structured, mupdf.FzStextOptions(flags))
    mupdf.fz_run_page(page.this, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return pymupdf.TextPage(structured)


def whole_pages(document: Any, path: Path) -> int:
    """How many pages of the document have all that is drawn on them.

    MuPDF opens what is left of a file that was cut off, and shows pages whose content is gone as blank.
    """
    cut_off = document.is_repaired and not _has_end(path)
    lost = _last_open_object(path) if cut_off else None
    return sum(_is_whole(document, index, cut_off, lost) for index in range(document.page_count))


def _is_whole(document: Any, index: int, cut_off: bool, lost: int | None) -> bool:
    try:
        with open_page(document, index + 1) as page:
            contents = page.get_contents()
            if not _is_there(document, page.xref) or not all(map(document.xref_is_stream, contents)):
                return False
            if not cut_off:
                return True
            resources = document.xref_get_key(page.xref, "Resources")[1]
            return _is_complete(document, [*contents, *_references(resources)], lost)
    except PageError:
        return False


def _is_complete(document: Any, roots: list[int], lost: int | None) -> bool:
    """Whether every object that `roots` lead to is in the file, none of them the one that it ends in."""
    waiting, seen = list(roots), set(roots)
    while waiting:
        xref = waiting.pop()
        if xref == lost or not _is_there(document, xref):
            return False
        fresh = set(_references(document.xref_object(xref, compressed=True))) - seen
        seen |= fresh
        waiting += fresh
    return True


def _is_there(document: Any, xref: int) -> bool:
    if not 0 < xref < document.xref_length():
        return False
    return bool(document.xref_object(xref, compressed=True) != "null")


def _references(definition: str) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(definition)]


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL_BYTES, 0))
        return b"%%EOF" in file.read()


def _last_open_object(path: Path) -> int | None:
    """The number of the object in whose middle the file ends."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        place = len(content)
        while (place := content.rfind(b"obj", 0, place)) >= 0:
            before = content[max(place - 24, 0) : place]
            if before.endswith(b"end"):
                return None
            if head := _OBJECT_HEAD.search(before):
                return int(head[1])
    return None


def _mend(document: Any) -> None:
    """Search the whole file for objects where the cross-reference table leads to no page."""
    import pymupdf

    has_page_tree = document.xref_get_key(document.pdf_catalog(), "Pages/Kids")[0] == "array"
    if not has_page_tree and not document.is_repaired:
        pymupdf.mupdf.pdf_repair_xref(pymupdf.mupdf.pdf_specifics(document.this))
        has_page_tree = document.page_count > 0
    if not has_page_tree:
        raise DocumentError(
            ErrorCode.CORRUPT,
            "The PDF is damaged or was cut off: none of its pages can be found. "
            "Please export and upload it again.",
        )


@contextmanager
def _memory_errors() -> Iterator[None]:
    """MuPDF's failed allocations as Python's."""
    import pymupdf

    try:
        yield
    except (RuntimeError, pymupdf.mupdf.FzErrorBase) as failure:
        if "malloc" in str(failure) or "malloc" in pymupdf.TOOLS.mupdf_warnings(reset=False):
            raise MemoryError(str(failure)) from failure
        raise


def _encrypted() -> DocumentError:
    return DocumentError(
        ErrorCode.ENCRYPTED, "The PDF needs a password to open: please upload a copy without one."
    )


def _unreadable(page_number: int) -> PageError:
    return PageError(
        ErrorCode.PAGE_UNREADABLE,
        f"Page {page_number} is damaged and cannot be read: please export it again.",
    )
