"""The sheet index as files: XLSX and CSV for people, JSON and JSONL for programs.

Each writer takes the rows of one document or of many, in the order they shall stand in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docpipe_assets.report.rows import SheetRow, SheetView, export_record, full_record
from docpipe_assets.report.wording import (
    discipline_label,
    engine_label,
    page_type_label,
    ratio_label,
    scale_wording,
)

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | None

_TEXT = "@"
_WHOLE = "0"
_DECIMAL = "0.00"
_NUMBER = "General"
_PERCENT = "0%"

_WORKSHEET = "Sheet index"
_HEADING_FILL = "FFE4E8EE"
_REVIEW_FILL = "FFFFF2D6"
_FAILURE_FILL = "FFFBDDD9"

# What XML and UTF-8 cannot hold; PDF text layers with broken fonts do contain it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# A spreadsheet runs text that begins so as a formula, also in its full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# A spreadsheet turns such text into another number, a date or a time: 1:100 into 01:40, sheet 1-2 into
# 2 January, 01 into 1. Whole numbers it leaves alone.
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_CONVERTED = re.compile(
    r"(?!(?:0|[1-9]\d{0,14})\Z)(?=\D*\d)[\d\s.,:/%$€£()-]*(?:E\d+|\s[AP]M?)?"
    rf"|(?=\D*\d)[\d\s./-]*(?:{_MONTH})[\d\s./,-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    width: int
    number_format: str
    value: Callable[[SheetRow], Cell]


_COLUMNS = (
    _Column("File", 34, _TEXT, lambda row: row.file),
    _Column("Page", 7, _WHOLE, lambda row: row.page),
    _Column("Sheet number", 14, _TEXT, lambda row: row.sheet_number),
    _Column("Sheet title", 44, _TEXT, lambda row: row.sheet_title),
    _Column("Discipline", 18, _TEXT, lambda row: discipline_label(row.discipline)),
    _Column("Page type", 22, _TEXT, lambda row: page_type_label(row.page_type)),
    _Column("Scale status", 17, _TEXT, lambda row: scale_wording(row).label),
    _Column("Scale as written", 20, _TEXT, lambda row: row.scale_text),
    _Column("Ratio 1:N", 11, _NUMBER, lambda row: row.scale_ratio),
    _Column("Measured 1:N", 11, _NUMBER, lambda row: _rounded(row.measured_ratio)),
    _Column(
        "Pixels per foot", 15, _DECIMAL, lambda row: row.pixels_per_foot if row.scale_is_claimed else None
    ),
    _Column("DPI", 7, _NUMBER, lambda row: row.dpi),
    _Column("Needs review", 14, _TEXT, lambda row: "yes" if row.needs_review else "no"),
    _Column("Review reasons", 60, _TEXT, lambda row: " ".join(row.review_reasons)),
    _Column("Failure", 40, _TEXT, lambda row: row.failure),
    _Column("Views and their scales", 60, _TEXT, lambda row: "; ".join(map(_view, row.views))),
    _Column("Confidence: number", 12, _PERCENT, lambda row: row.confidences.number),
    _Column("Confidence: title", 12, _PERCENT, lambda row: row.confidences.title),
    _Column("Confidence: type", 12, _PERCENT, lambda row: row.confidences.type),
    _Column("Confidence: discipline", 12, _PERCENT, lambda row: row.confidences.discipline),
    _Column("Confidence: scale", 12, _PERCENT, lambda row: row.confidences.scale),
    _Column("Calibrated by", 20, _TEXT, lambda row: row.manual.by if row.manual else None),
    _Column("Text read by", 24, _TEXT, lambda row: engine_label(row.engine)),
    _Column("Paper width (in)", 11, _DECIMAL, lambda row: row.width_in),
    _Column("Paper height (in)", 11, _DECIMAL, lambda row: row.height_in),
)


def write_jsonl(rows: Iterable[SheetRow], path: Path) -> None:
    """One line of `export_record` a page, UTF-8."""
    # "replace": a broken font's lone surrogates have no UTF-8.
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(export_record(row), ensure_ascii=False) + "\n")


def write_json(rows: Iterable[SheetRow], path: Path) -> None:
    """One array of `full_record`, UTF-8: all that is known of each page."""
    text = json.dumps([full_record(row) for row in rows], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", errors="replace", newline="\n")


def write_csv(rows: Iterable[SheetRow], path: Path) -> None:
    """The table for people who open it in a spreadsheet; programs have JSON and JSONL.

    UTF-8 with a byte order mark, since Excel takes a file without one for the local code page and spoils
    every accent. CSV has no types, so text that a spreadsheet would run as a formula, or turn into a
    date, a time or another number, gets a leading apostrophe: visible, harmless, and nothing is lost.
    A written scale that the drawing contradicts brings no pixels per foot.
    Formula rule: OWASP, "CSV Injection".
    """
    table = _table(rows, _guarded)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def write_xlsx(rows: Iterable[SheetRow], path: Path) -> None:
    """The table as a workbook: headings frozen, filter on, pages that need review highlighted.

    Text cells are typed as text, so that a title that begins with `=` stays a title, also when edited.
    As in the CSV, pixels per foot stand only where the page has a scale to measure with.
    """
    import pandas as pd

    rows = list(rows)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        _table(rows, str).to_excel(writer, sheet_name=_WORKSHEET, index=False, freeze_panes=(1, 4))
        _dress(writer.sheets[_WORKSHEET], rows)


def _table(rows: Iterable[SheetRow], text: Callable[[str], str]) -> pd.DataFrame:
    import pandas as pd

    def cell(value: Cell) -> Cell:
        return text(_UNWRITABLE.sub("\ufffd", value)) if isinstance(value, str) else value

    records = [[cell(column.value(row)) for column in _COLUMNS] for row in rows]
    # dtype object keeps whole numbers whole in columns with gaps.
    return pd.DataFrame(records, columns=[column.heading for column in _COLUMNS], dtype=object)


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) or _CONVERTED.fullmatch(text.strip()) else text


def _rounded(ratio: float | None) -> float | None:
    """A measured ratio to the four digits that measuring can tell."""
    return None if ratio is None else float(f"{ratio:.4g}")


def _view(view: SheetView) -> str:
    scale = view.scale_text or ratio_label(view.scale_ratio) or "no scale"
    return f"{view.title or 'Untitled view'}: {scale}"


def _dress(sheet: Worksheet, rows: list[SheetRow]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.row_dimensions[1].height = 32
    for number, column in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        heading = sheet.cell(1, number)
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", fgColor=_HEADING_FILL)
        heading.alignment = Alignment(wrap_text=True, vertical="center")
    review = PatternFill("solid", fgColor=_REVIEW_FILL)
    failed = PatternFill("solid", fgColor=_FAILURE_FILL)
    top = Alignment(vertical="top", wrap_text=True)
    for line, row in enumerate(rows, start=2):
        for column, cell in zip(_COLUMNS, sheet[line], strict=True):
            cell.number_format = column.number_format
            cell.alignment = top
            if isinstance(cell.value, str):
                # openpyxl guesses formulas and error values from the text itself.
                cell.data_type = "s"
            if row.needs_review:
                cell.fill = failed if row.failure else review
