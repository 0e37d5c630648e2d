"""The report of one document: a single HTML file that needs nothing else, neither network nor folder."""

from __future__ import annotations

import base64
import hashlib
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from docpipe_assets.page_text import Box
from docpipe_assets.report import wording
from docpipe_assets.report.crops import SHEET, SHEET_PX, miniature
from docpipe_assets.report.rows import SheetList, SheetRow
from docpipe_assets.report.wording import LEGEND, ScaleWording, scale_wording

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_INDEX_PICTURE_PX = 144
_MIME_BY_MAGIC = {b"\xff\xd8": "jpeg", b"\x89P": "png", b"RI": "webp"}


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """What the head of the report says: the document's file name, when it was read, and how its own index agrees."""

    file_name: str
    made_at: datetime
    sheet_list: SheetList | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One page for the report: its row, an encoded thumbnail of any size, and what `cut_evidence` gave.

    `thumbnail` is None when the page could not be drawn.
    """

    row: SheetRow
    thumbnail: bytes | None
    crops: Mapping[str, bytes]


def write_report(document: ReportDocument, pages: Iterable[ReportPage], path: Path) -> None:
    """Write the report of `document` to `path`; `pages` is read once, and memory holds one page at a time.

    Raises PIL.UnidentifiedImageError when a thumbnail is no image.
    """
    environment = _environment()
    with TemporaryFile() as spool:
        summary = _spool(pages, spool)
        parts = environment.get_template("report.html").generate(
            document=document, summary=summary, pages=_Pages(spool), legend=LEGEND
        )
        # "replace": a broken font's lone surrogates have no UTF-8.
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(parts)


@dataclass(slots=True)
class _Summary:
    """What the head counts."""

    pages: int = 0
    review: int = 0
    failed: int = 0
    scales: Counter[str] = field(default_factory=Counter)

    def add(self, row: SheetRow) -> None:
        self.pages += 1
        self.review += row.needs_review
        self.failed += row.failure is not None
        self.scales[scale_wording(row).look] += 1

    @property
    def found(self) -> list[tuple[ScaleWording, int]]:
        """The scale wordings that occur, in the legend's order, and on how many pages."""
        return [(words, self.scales[words.look]) for words in LEGEND if self.scales[words.look]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page as the template takes it, its pictures bounded in size."""

    row: SheetRow
    index_picture: bytes | None
    sheet_picture: bytes | None
    crops: dict[str, bytes]

    @property
    def look(self) -> str:
        """CSS class of the page: what asks for attention first."""
        if self.row.failure:
            return "failed"
        return "review" if self.row.needs_review else "quiet"

    @property
    def weakest(self) -> tuple[str, float] | None:
        """The answer one can be least sure of."""
        return min(self.row.confidences.known().items(), key=lambda item: item[1], default=None)


class _Pages:
    """The spooled pages, as often as the template asks for them."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool

    def __iter__(self) -> Iterator[_Entry]:
        self._spool.seek(0)
        while True:
            try:
                yield pickle.load(self._spool)
            except EOFError:
                return


def _spool(pages: Iterable[ReportPage], spool: IO[bytes]) -> _Summary:
    """Put the pages where the template can read them twice, for the index and for the sections."""
    summary = _Summary()
    for page in pages:
        summary.add(page.row)
        picture = page.crops.get(SHEET, page.thumbnail)
        entry = _Entry(
            row=page.row,
            index_picture=page.thumbnail and miniature(page.thumbnail, _INDEX_PICTURE_PX),
            sheet_picture=picture and miniature(picture, SHEET_PX),
            crops={name: crop for name, crop in page.crops.items() if name != SHEET},
        )
        pickle.dump(entry, spool)
    return summary


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (_TEMPLATES / "filter.js.html").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    environment.globals |= {"script": script, "script_digest": digest}
    environment.filters |= {
        "data_uri": _data_uri,
        "scale": scale_wording,
        "ratio": wording.ratio_label,
        "discipline": wording.discipline_label,
        "page_type": wording.page_type_label,
        "engine": wording.engine_label,
        "spot": _spot,
    }
    return environment


def _data_uri(picture: bytes) -> str:
    mime = _MIME_BY_MAGIC[picture[:2]]
    return f"data:image/{mime};base64,{base64.b64encode(picture).decode()}"


def _spot(box: Box, row: SheetRow) -> str:
    """The box as a CSS position on a picture of the page."""
    width, height = row.width_px or 1, row.height_px or 1
    return (
        f"left:{100 * box.x / width:.2f}%;top:{100 * box.y / height:.2f}%;"
        f"width:{100 * box.width / width:.2f}%;height:{100 * box.height / height:.2f}%"
    )
