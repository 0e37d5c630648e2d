"""`docpipe export`: the sheet index of chosen documents, or of all."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from docpipe_assets.cli import terminal
from docpipe_assets.cli.choice import MoreKeys, chosen_documents
from docpipe_assets.cli.terminal import RequestError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from docpipe_assets.report import SheetRow
    from docpipe_assets.storage.tables import Document


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    XLSX = "xlsx"


def export(
    document: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY...",
            help="Documents by their keys, or by the beginning of a key. Default: all.",
        ),
    ] = None,
    more: MoreKeys = None,
    format: Annotated[
        Format | None, typer.Option(help="Default: by the ending of --output, else csv.", show_default=False)
    ] = None,
    output: Annotated[Path | None, typer.Option(help="File to write. Default: standard output.")] = None,
) -> None:
    """Write the sheet index, a row for every page.

    csv and xlsx are for people, json and jsonl for programs. A scale that a person set by hand wins.
    """
    from docpipe_assets.cli.installation import configured, open_tables

    wanted = _format(format, output)
    if output is not None and not output.parent.is_dir():
        raise RequestError(f"There is no folder {output.parent} to write {output.name} in.")
    with open_tables(configured())() as session:
        documents = chosen_documents(session, [*(document or ()), *(more or ())])
        # Beside the output, so that the finished file takes its place in one step.
        with TemporaryDirectory(dir=output.parent if output else None, prefix=".docpipe-") as folder:
            path = Path(folder, "export")
            pages = _write(session, documents, wanted, path)
            if output is not None:
                path.replace(output)
            else:
                with path.open("rb") as file:
                    shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
    if output is not None:
        terminal.remarks().print(
            f"{terminal.counted(pages, 'page')} of {terminal.counted(len(documents), 'document')} in {output}",
            soft_wrap=True,
        )


def _format(format_: Format | None, output: Path | None) -> Format:
    if format_ is None and output is not None:
        ending = output.suffix.lower().removeprefix(".")
        if ending not in set(Format):
            raise RequestError(
                f"The ending of {output.name} does not tell its format: add --format csv, json, jsonl or xlsx."
            )
        return Format(ending)
    chosen = format_ or Format.CSV
    if chosen is Format.XLSX and output is None:
        raise RequestError("A workbook cannot go to the terminal: add --output FILE.xlsx.")
    return chosen


def _write(session: Session, documents: Sequence[Document], wanted: Format, path: Path) -> int:
    from docpipe_assets import report
    from docpipe_assets.stages.sheet_rows import sheet_rows

    write: Callable[[Iterator[SheetRow], Path], None] = {
        Format.CSV: report.write_csv,
        Format.JSON: report.write_json,
        Format.JSONL: report.write_jsonl,
        Format.XLSX: report.write_xlsx,
    }[wanted]
    pages = 0
    with terminal.progress_bar(terminal.remarks()) as progress:
        task = progress.add_task("Reading the sheet index", total=len(documents))

        def rows() -> Iterator[SheetRow]:
            nonlocal pages
            for document in documents:
                for row in sheet_rows(session, document.id):
                    pages += 1
                    yield row
                session.expunge_all()
                progress.advance(task)

        write(rows(), path)
    return pages
