"""Looking a document over before any work: what it is by its content, and whether all its pages are there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from docpipe_assets.errors import DocumentError
from docpipe_assets.vocabulary import ErrorCode

SNIFF_BYTES = 1024
"""How far into a file its header may stand: PDF readers look for `%PDF-` in the first 1024 bytes."""

# TIFF 6.0, section 2, in both byte orders, and the same for BigTIFF.
_TIFF_HEADERS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


class Format(StrEnum):
    """What kind of file a document is."""

    PDF = "pdf"
    TIFF = "tiff"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What looking a document over tells. `repaired` says that its structure was broken and mended."""

    format: Format
    page_count: int
    repaired: bool


def sniff(head: bytes) -> Format | None:
    """The format that the first `SNIFF_BYTES` bytes of a file tell; None for anything but PDF and TIFF."""
    if head.startswith(_TIFF_HEADERS):
        return Format.TIFF
    return Format.PDF if b"%PDF-" in head[:SNIFF_BYTES] else None


def format_of(path: Path) -> Format:
    """The format of a file by its content. Raises `DocumentError` (`not_a_document`) and `OSError`."""
    with path.open("rb") as file:
        head = file.read(SNIFF_BYTES)
    found = sniff(head)
    if found is None:
        reason = "is neither a PDF nor a TIFF" if head else "is empty"
        raise DocumentError(
            ErrorCode.NOT_A_DOCUMENT, f"The file {reason}: please upload the plans as PDF or TIFF."
        )
    return found


def inspect(path: Path, max_pages: int) -> DocumentInfo:
    """Open the document and see that each of its pages is there, without drawing any.

    Raises `DocumentError` (`not_a_document`, `encrypted`, `corrupt`, `no_pages`, `too_many_pages`), and
    `OSError` if the file cannot be read. Runs in a guarded child: hostile files make parsers run wild.
    """
    from docpipe_assets.pdf.mupdf import open_pdf, whole_pages
    from docpipe_assets.pdf.tiff import open_tiff

    if format_of(path) is Format.TIFF:
        with open_tiff(path) as scan:
            _check_count(scan.page_count, max_pages)
            _check_whole(scan.whole_pages(), scan.page_count, "TIFF")
            return DocumentInfo(Format.TIFF, scan.page_count, repaired=False)
    with open_pdf(path) as document:
        _check_count(document.page_count, max_pages)
        _check_whole(whole_pages(document, path), document.page_count, "PDF")
        return DocumentInfo(Format.PDF, document.page_count, repaired=bool(document.is_repaired))


def _check_count(page_count: int, max_pages: int) -> None:
    if page_count == 0:
        raise DocumentError(ErrorCode.NO_PAGES, "The document has no pages: please upload one that has.")
    if page_count > max_pages:
        raise DocumentError(
            ErrorCode.TOO_MANY_PAGES,
            f"The document has {page_count:,} pages and at most {max_pages:,} are taken: "
            "please split it and upload the parts.",
        )


def _check_whole(whole: int, page_count: int, kind: str) -> None:
    if whole == page_count:
        return
    if page_count == 1:
        left = "its only page cannot be read"
    else:
        left = f"{f'only {whole:,}' if whole else 'none'} of its {page_count:,} pages can be read"
    raise DocumentError(
        ErrorCode.CORRUPT,
        f"The {kind} is damaged or was cut off: {left}. Please export and upload it again.",
    )
