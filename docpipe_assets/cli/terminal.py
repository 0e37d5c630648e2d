"""How the commands speak on the terminal: one console each for results and for remarks, and the words' colours."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from docpipe_assets.errors import DocpipeError
from docpipe_assets.vocabulary import DocumentStatus

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

_WIDTH_OF_A_FILE = 150
"""Columns that tables take where no terminal says how many there are."""

STATUS_STYLES = {
    DocumentStatus.UPLOADED: "cyan",
    DocumentStatus.PROCESSING: "yellow",
    DocumentStatus.READY: "green",
    DocumentStatus.ERROR: "bold red",
}


class RequestError(DocpipeError):
    """What was asked for cannot be done as it was asked."""


def exit_code(error: DocpipeError) -> int:
    """2 for a request that must be made otherwise, 1 for everything that stands in a good request's way."""
    from docpipe_assets.storage.documents import UnknownDocumentError
    from docpipe_assets.storage.overview import AmbiguousDocumentError

    return 2 if isinstance(error, RequestError | UnknownDocumentError | AmbiguousDocumentError) else 1


def results() -> Console:
    """The console on standard output."""
    return _console(stderr=False)


def remarks() -> Console:
    """The console on standard error: progress, warnings, complaints."""
    return _console(stderr=True)


def complain(sentence: str) -> None:
    from rich.text import Text

    remarks().print(Text("✗ ", style="bold red").append(sentence, style="default"), soft_wrap=True)


def warn(sentence: str) -> None:
    from rich.text import Text

    remarks().print(Text("! ", style="bold yellow").append(sentence, style="default"), soft_wrap=True)


def progress_bar(console: Console) -> Progress:
    """A bar that counts, gone when done, and silent where nobody watches."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def plain_table(*headings: str) -> Table:
    """A table without a frame; headings that end in `>` are of columns aligned to the right."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=False)
    for heading in headings:
        table.add_column(
            heading.removesuffix(">"), justify="right" if heading.endswith(">") else "left", overflow="fold"
        )
    return table


def age(moment: datetime) -> str:
    """How long ago, in the largest unit that fits: `40 s`, `3 min`, `2 h`, `5 d`."""
    seconds = max(0.0, (datetime.now(UTC) - moment).total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def size(bytes_: int) -> str:
    """`640 kB`, `2.3 MB`."""
    return f"{bytes_ / 1e6:,.1f} MB" if bytes_ >= 1_000_000 else f"{bytes_ / 1e3:,.0f} kB"


def counted(count: int, noun: str) -> str:
    """`1 page`, `3 pages`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def place(url: str) -> str:
    """A bucket or file as a person names it: the path of a folder, else the URL."""
    parts = urlsplit(url)
    return unquote(parts.path) if parts.scheme == "file" else url


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_OF_A_FILE
    return console
