"""`docpipe status`: where documents stand, and everything about one of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docpipe_assets.cli import terminal
from docpipe_assets.cli.dagster_ui import DagsterUi
from docpipe_assets.vocabulary import Stage

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from docpipe_assets.report import SheetList, SheetRow
    from docpipe_assets.settings import Settings
    from docpipe_assets.storage.overview import DocumentOverview, Failure


def status(
    document: Annotated[
        str | None, typer.Argument(help="Key of a document, or the beginning of one.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON instead of tables.")] = False,
) -> None:
    """Show where every document stands, or everything about one."""
    from docpipe_assets.cli.installation import configured, open_tables
    from docpipe_assets.fleet.heartbeats import workers_alive
    from docpipe_assets.storage import overview

    settings = configured()
    with open_tables(settings)() as session:
        if document is None:
            documents = overview.all_documents(session)
            if as_json:
                _print_json({"documents": [_document_record(one, settings) for one in documents]})
                return
            _show_all(documents, settings)
            if any(one.under_way for one in documents) and not workers_alive(session):
                terminal.warn(
                    "No worker is running, so nothing goes on: start `docpipe up` or `docpipe worker`."
                )
            return
        from docpipe_assets.stages.sheet_list import sheet_list
        from docpipe_assets.stages.sheet_rows import sheet_rows

        (one,) = overview.of_documents(session, [overview.find(session, document).id])
        pages = list(sheet_rows(session, one.id))
        listed = sheet_list(session, one.id)
        failures = overview.failures(session, one.id)
    if as_json:
        _print_json(_detailed_record(one, pages, failures, settings))
    else:
        _show_one(one, pages, listed, failures, settings)


def _show_all(documents: list[DocumentOverview], settings: Settings) -> None:
    from rich.text import Text

    out = terminal.results()
    if not documents:
        out.print(
            f"No documents yet. Put plan sets into {terminal.place(settings.uploads_url)}, "
            "or run `docpipe upload FILE...`.",
            soft_wrap=True,
        )
        return
    table = terminal.plain_table("Document", "Status", "Pages done", "What came of it", "Uploaded>")
    for one in documents:
        name = Text(one.bucket_key, style="bold").append(f"\n{one.partition_key}", style="dim not bold")
        table.add_row(
            name, status_word(one), pages_done(one), what_came_of_it(one), terminal.age(one.uploaded_at)
        )
    out.print(table)


def status_word(document: DocumentOverview) -> Text:
    from rich.text import Text

    word = Text(document.status, style=terminal.STATUS_STYLES[document.status])
    return word.append("\nremoved", style="dim not bold") if document.removed_at else word


def pages_done(document: DocumentOverview) -> Text:
    """`15/15` when all stages of pages are equally far, else one line for each stage that got somewhere."""
    from rich.text import Text

    total = "?" if document.page_count is None else document.page_count
    counts = {
        stage: (done, document.pages_failed.get(stage, 0)) for stage, done in document.pages_done.items()
    }
    if len(set(counts.values())) == 1 and not document.pages_failed:
        return Text(f"{document.pages_done[Stage.PAGES]}/{total}")
    reached = [stage for stage, count in counts.items() if any(count)] or [Stage.PAGES]
    text = Text()
    for stage in reached:
        done, failed = counts[stage]
        text.append("\n" if text else "").append(f"{stage} ", style="dim").append(f"{done}/{total}")
        text.append(f" ({failed} failed)" if failed else "", style="red")
    return text


def what_came_of_it(document: DocumentOverview) -> Text:
    """The scales found, the stage in work, or why there is nothing."""
    from rich.text import Text

    if document.error_message:
        return Text(document.error_message, style="red")
    if document.under_way:
        started = document.started_at and document.run_id
        return Text(f"in stage {document.stage}" if started else "waits for its turn", style="dim")
    return Text(scale_summary(document))


def scale_summary(document: DocumentOverview) -> str:
    """`9 calibrated, 2 multiple, 1 to review`."""
    parts = [f"{count} {status.replace('_', ' ')}" for status, count in document.scales.items()]
    if document.pages_to_review:
        parts.append(f"{document.pages_to_review} to review")
    return ", ".join(parts)


def _show_one(
    one: DocumentOverview,
    pages: list[SheetRow],
    listed: SheetList | None,
    failures: list[Failure],
    settings: Settings,
) -> None:
    from rich.text import Text

    out = terminal.results()
    out.print(Text.assemble((one.bucket_key, "bold"), "  ", status_word(one)))
    if one.error_message:
        out.print(Text(one.error_message, style="red"))
    for name, value in _facts(one, settings):
        out.print(Text.assemble((f"{name:<10}  ", "dim"), value), soft_wrap=True)
    if pages:
        out.print(page_table(pages))
    for sheet in listed.missing if listed else ():
        text = f"{sheet.number} {sheet.title} is in the set's own index and not here."
        out.print(Text.assemble(("! ", "bold yellow"), text))
    for failure in failures:
        where = f"page {failure.page_number}" if failure.page_number else "the document"
        tries = f" ({failure.attempts} tries)" if failure.attempts > 1 else ""
        out.print(Text.assemble(("✗ ", "bold red"), f"{failure.stage}, {where}{tries}: ", failure.message))


def _facts(one: DocumentOverview, settings: Settings) -> list[tuple[str, str]]:
    took = ""
    if one.ready_at:
        took = f", ready after {(one.ready_at - one.uploaded_at).total_seconds():.1f} s"
    facts = [
        ("key", one.partition_key),
        ("upload", f"{terminal.size(one.size_bytes)}, {terminal.age(one.uploaded_at)} ago{took}"),
        ("pages done", pages_done(one).plain.replace("\n", ", ")),
    ]
    if one.scales:
        facts.append(("scales", scale_summary(one)))
    if one.cost_usd:
        facts.append(("paid calls", f"${one.cost_usd:,.4f}"))
    if one.run_id:
        facts.append(("run", DagsterUi(settings.ui_url).run_link(one.run_id)))
    return facts + list(output_links(one, settings).items())


def page_table(pages: list[SheetRow]) -> RenderableType:
    """The sheet index as a table for the terminal."""
    from rich.text import Text

    from docpipe_assets.report.wording import page_type_label
    from docpipe_assets.vocabulary import Engine

    engines = {
        Engine.TEXT_LAYER: "text layer",
        Engine.RAPIDOCR: "OCR",
        Engine.GOOGLE_VISION: "Google Vision",
        None: "",
    }
    table = terminal.plain_table("Page>", "Sheet", "Title", "Type", "Scale", "Text by", "To review")
    for row in pages:
        review = Text(row.failure, style="red") if row.failure else Text(" ".join(row.review_reasons))
        if not review and row.needs_review:
            review = Text("not done yet" if row.scale_status is None else "yes")
        table.add_row(
            str(row.page),
            Text(row.sheet_number or "–", style="bold"),
            Text(row.sheet_title or "–"),
            page_type_label(row.page_type) or "–",
            scale_cell(row),
            engines[row.engine],
            review,
        )
    return table


def scale_cell(row: SheetRow) -> Text:
    """The scale as written with its ratio, in green only where it may be measured with unseen."""
    from rich.text import Text

    from docpipe_assets.report.wording import ratio_label, scale_wording

    wording = scale_wording(row)
    style = "green" if row.scale_is_sure else "yellow"
    text = Text(f"{wording.mark} ", style=style)
    written = (row.scale_text or ratio_label(row.scale_ratio)) if row.scale_ratio else None
    if row.scale_is_sure and written:
        return text.append(written, style="default")
    text.append(wording.label, style="default")
    return text.append(f" {written}", style="dim") if written else text


def output_links(one: DocumentOverview, settings: Settings) -> dict[str, str]:
    """Where a person finds each output of the document."""
    from docpipe_assets.storage.bucket import open_bucket

    if one.outputs is None:
        return {}
    bucket = open_bucket(settings.artifacts_url)
    keys = {"report": one.outputs.report, "csv": one.outputs.csv, "xlsx": one.outputs.xlsx}
    return {name: bucket.link(key) for name, key in (keys | {"json": one.outputs.json}).items()}


def _document_record(one: DocumentOverview, settings: Settings) -> dict[str, Any]:
    """The document as programs rely on it: keys are added, never renamed or removed."""
    return {
        "key": one.partition_key,
        "file": one.bucket_key,
        "status": one.status,
        "error_code": one.error_code,
        "error_message": one.error_message,
        "page_count": one.page_count,
        "stages": {
            stage: {"done": done, "failed": one.pages_failed.get(stage, 0)}
            for stage, done in one.pages_done.items()
        },
        "scales": dict(one.scales),
        "pages_to_review": one.pages_to_review,
        "cost_usd": one.cost_usd,
        "size_bytes": one.size_bytes,
        "uploaded_at": one.uploaded_at.isoformat(),
        "started_at": one.started_at and one.started_at.isoformat(),
        "ready_at": one.ready_at and one.ready_at.isoformat(),
        "removed_at": one.removed_at and one.removed_at.isoformat(),
        "run_id": one.run_id,
        "outputs": output_links(one, settings),
    }


def _detailed_record(
    one: DocumentOverview, pages: list[SheetRow], failures: list[Failure], settings: Settings
) -> dict[str, Any]:
    from docpipe_assets.report.rows import full_record

    return _document_record(one, settings) | {
        "pages": [full_record(row) for row in pages],
        "failures": [
            {
                "stage": failure.stage,
                "page": failure.page_number,
                "error_code": failure.error_code,
                "message": failure.message,
                "attempts": failure.attempts,
                "failed_at": failure.failed_at.isoformat(),
            }
            for failure in failures
        ],
    }


def _print_json(record: dict[str, Any]) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
