"""The command line `docpipe`. Each command loads what it needs when it runs, so that help comes at once."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from docpipe_assets.cli import demo, doctor, evaluate, export, migrate, rerun, status, up, upload
from docpipe_assets.errors import DocpipeError


class _PlainErrors(TyperGroup):
    """Says docpipe's own errors as the sentences they are, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except DocpipeError as error:
            from docpipe_assets.cli.terminal import complain, exit_code

            complain(str(error))
            raise typer.Exit(exit_code(error)) from error


app = typer.Typer(
    cls=_PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # loading rich takes longer than all the rest
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Construction plan sets in; page images, text, a sheet index and drawing scales out.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"docpipe {version('docpipe')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


app.command()(demo.demo)
app.command()(up.up)
app.command()(up.worker)
app.command()(upload.upload)
app.command()(status.status)
app.command()(rerun.rerun)
app.command()(export.export)
app.command()(evaluate.evaluate)
app.command()(doctor.doctor)
app.command()(migrate.migrate)
