"""`docpipe upload`: puts files where the sensor finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docpipe_assets.cli import terminal
from docpipe_assets.cli.terminal import RequestError

if TYPE_CHECKING:
    from docpipe_assets.settings import Settings

_UNFINISHED = re.compile(r"#\d+$")
_SUFFIXES = (".pdf", ".tif", ".tiff")


def upload(
    files: Annotated[
        list[Path], typer.Argument(help="PDF or TIFF files, or folders of them.", metavar="FILE...")
    ],
    prefix: Annotated[
        str,
        typer.Option(help="Folder in the bucket to put them in, such as `riverside/`.", metavar="FOLDER/"),
    ] = "",
) -> None:
    """Put plan sets into the upload bucket, to be processed.

    A file keeps its name; files in a folder keep their path below it. Uploading under a name that is
    there already replaces that document's upload, and it is processed again.
    """
    from rich.filesize import decimal

    from docpipe_assets import identity
    from docpipe_assets.cli.installation import configured
    from docpipe_assets.storage.bucket import open_bucket

    settings = configured()
    chosen = chosen_uploads(files, prefix)
    for path in chosen.values():
        _warn_of_strange_content(path)
    bucket = open_bucket(settings.uploads_url)
    table = terminal.plain_table("File", "Size>", "Key of the document")
    with terminal.progress_bar(terminal.remarks()) as progress:
        task = progress.add_task("Uploading", total=len(chosen))
        for key, path in chosen.items():
            progress.update(task, description=f"Uploading {path.name}")
            bucket.write(key, path)
            table.add_row(key, decimal(path.stat().st_size), identity.partition_key(key))
            progress.advance(task)
    out = terminal.results()
    out.print(table)
    out.print(
        f"{terminal.counted(len(chosen), 'file')} in {terminal.place(settings.uploads_url)}. "
        f"{_what_happens_next(settings)}",
        soft_wrap=True,
    )


def chosen_uploads(paths: Iterable[Path], prefix: str = "") -> dict[str, Path]:
    """The files to upload by their bucket keys, in the order given.

    Raises `RequestError` for what is no file, for a name that the upload bucket hides, and for two files
    with the same key.
    """
    folder = prefix.strip("/")
    chosen: dict[str, Path] = {}
    for given in paths:
        for name, path in _files(given):
            key = f"{folder}/{name}" if folder else name
            if _is_ignored(key):
                shown = key.encode("utf-8", "backslashreplace").decode()
                raise RequestError(
                    f"The upload bucket ignores files with a name such as {shown!r}. Rename it."
                )
            if key in chosen and not chosen[key].samefile(path):
                raise RequestError(
                    f"{chosen[key]} and {path} would both be uploaded as {key}. "
                    "Upload one of them with --prefix FOLDER/, or give the folder that holds both."
                )
            chosen[key] = path
    return chosen


def _is_ignored(key: str) -> bool:
    """Whether no listing of the bucket shows the key: hidden, taken for unfinished, or no text at all."""
    if any(part.startswith(".") for part in key.split("/")) or _UNFINISHED.search(key):
        return True
    return any(ord(c) < 0x20 or ord(c) == 0x7F or 0xD800 <= ord(c) <= 0xDFFF for c in key)


def _files(given: Path) -> list[tuple[str, Path]]:
    if given.is_file():
        return [(given.name, given)]
    if not given.is_dir():
        raise RequestError(f"{given} is not there.")
    found = sorted(path for path in given.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
    visible = [path for path in found if not any(p.startswith(".") for p in path.relative_to(given).parts)]
    if not visible:
        raise RequestError(f"There is no PDF or TIFF file in the folder {given}.")
    return [(path.relative_to(given).as_posix(), path) for path in visible]


def _warn_of_strange_content(path: Path) -> None:
    # Put all the same: the sensor judges every upload alike, however it came, and keeps the verdict where
    # everybody sees it.
    from docpipe_assets.pdf.document import SNIFF_BYTES, sniff

    with path.open("rb") as file:
        head = file.read(SNIFF_BYTES)
    if sniff(head) is None:
        terminal.warn(
            f"{path.name} is {'neither a PDF nor a TIFF' if head else 'empty'}: "
            "it will be listed as a document in error."
        )


def _what_happens_next(settings: Settings) -> str:
    from docpipe_assets.cli.parts import lock_file
    from docpipe_assets.fleet.lock import running_pid

    if not settings.uploads_url.startswith("file:") or running_pid(lock_file(settings)):
        return "Follow them with `docpipe status`."
    return "`docpipe up` processes them."
