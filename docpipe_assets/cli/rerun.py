"""`docpipe rerun`: one stage again, for chosen documents or pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from docpipe_assets.cli import terminal
from docpipe_assets.cli.choice import MoreKeys, chosen_documents
from docpipe_assets.cli.terminal import RequestError
from docpipe_assets.vocabulary import Stage

if TYPE_CHECKING:
    from docpipe_assets.storage.tables import Document


def rerun(
    stage: Annotated[Stage, typer.Argument(metavar="STAGE", help="The stage to run again.")],
    document: Annotated[
        list[str],
        typer.Option(metavar="KEY...", help="Documents by their keys, or by the beginning of a key."),
    ],
    more: MoreKeys = None,
    pages: Annotated[
        str,
        typer.Option(help="Only these pages, such as `3,7` or `1-4`.", metavar="PAGES", show_default=False),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Redo what is up to date, too.")] = False,
    downstream: Annotated[bool, typer.Option("--downstream", help="Run all later stages after it.")] = False,
) -> None:
    """Run one stage again for chosen documents or pages.

    What is up to date is skipped unless --force is given. Needs the running UI (`docpipe up`).
    """
    from docpipe_assets.cli.dagster_ui import DagsterUi
    from docpipe_assets.cli.installation import configured, open_tables

    settings = configured()
    numbers = page_numbers(pages)
    order = list(Stage)
    stages = order[order.index(stage) :] if downstream else [stage]
    with open_tables(settings)() as session:
        documents = chosen_documents(session, [*document, *(more or ())])
    for one in documents:
        _refuse_impossible(one, stage, numbers)
    ui = DagsterUi(settings.ui_url)
    out = terminal.results()
    with terminal.progress_bar(terminal.remarks()) as progress:
        task = progress.add_task("Launching runs", total=len(documents))
        for one in documents:
            run_id = ui.launch(stages, one.partition_key, numbers, force=force)
            out.print(f"{one.partition_key}  run {run_id}  {ui.run_link(run_id)}", soft_wrap=True)
            progress.advance(task)


def page_numbers(text: str) -> list[int]:
    """`3,7` and `1-4,9` as sorted page numbers; empty for an empty text. Raises `RequestError`."""
    numbers: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, dash, last = part.partition("-")
        bounds = (first, last if dash else first)
        if not all(bound.strip().isdecimal() for bound in bounds):
            raise RequestError(f"{part!r} is no page: name pages like 3,7 or 1-4.")
        low, high = (int(bound) for bound in bounds)
        if not 1 <= low <= high:
            raise RequestError(f"{part!r} is no range of pages: they are counted from 1, lowest first.")
        numbers.update(range(low, high + 1))
    return sorted(numbers)


def _refuse_impossible(document: Document, stage: Stage, numbers: list[int]) -> None:
    key = document.partition_key
    if numbers and stage is Stage.PLAN_SET:
        raise RequestError("The stage plan_set is made of whole documents: leave --pages out.")
    if document.removed_at is not None and stage in (Stage.PAGES, Stage.OCR_RESULTS):
        raise RequestError(
            f"{document.bucket_key} is no longer in the upload bucket, and {stage} reads it from there. "
            "Upload it again."
        )
    if numbers and document.page_count is None:
        raise RequestError(f"The pages of {key} are not known yet: re-run the stage pages without --pages.")
    if numbers and numbers[-1] > (document.page_count or 0):
        raise RequestError(
            f"{key} has {terminal.counted(document.page_count or 0, 'page')}, not {numbers[-1]}."
        )
