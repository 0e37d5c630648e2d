"""`make demo-cloud`: the sample plan sets through every part that a company runs, all on this machine.

    python -m docpipe_tests.demo_cloud [--stay]

PostgreSQL, Redis and S3 are the real ones. Google Vision and the vision model are local servers that speak the
services' protocols and really read what they are shown, so nothing leaves the machine and nobody is billed.
"""

from __future__ import annotations

import os
import shlex
import signal
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import redis
import typer
from pydantic import SecretStr
from rich.table import Table
from rich.text import Text
from sqlalchemy import func, select, text

from docpipe_assets.cli import demo, parts, terminal
from docpipe_assets.cli.installation import configured
from docpipe_assets.cli.up import new_board
from docpipe_assets.errors import DocpipeError
from docpipe_assets.fleet.lock import only_one
from docpipe_assets.fleet.supervisor import Supervisor
from docpipe_assets.settings import Settings
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.database import connect, sessions
from docpipe_assets.storage.tables import PaidCall
from docpipe_assets.vocabulary import Engine
from docpipe_tests.servers.company import (
    ARTIFACTS,
    DAGSTER_DATABASE,
    DOCPIPE_DATABASE,
    LOGS,
    UPLOADS,
    Company,
    company,
)
from docpipe_tests.servers.process import ServerDiedError, ServerMissingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from docpipe_assets.cli.board import Board
    from docpipe_assets.storage.overview import DocumentOverview

WORKERS = 2
MODEL = "local-reader"
_PRICES = {MODEL: (Decimal("2.50"), Decimal("10.00"))}
_IN_FLIGHT = 1
"""The local servers read one page after the other; a second call would only wait, and count as slow."""
_OURS = ("AWS_", "DAGSTER_", "DOCPIPE_")


def main(
    stay: Annotated[
        bool, typer.Option("--stay", help="Keep everything running for a look at the UI, until Ctrl-C.")
    ] = False,
) -> None:
    """Process three sample plan sets with every production part on this machine, and print what came of it.

    Exit code 0 when every sample is ready and every fact is right. Nothing is left running.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        right = _demo(stay)
    except KeyboardInterrupt:
        terminal.remarks().print("The demo was interrupted. Nothing is running any more.")
        raise typer.Exit(demo.INTERRUPTED) from None
    except (DocpipeError, ServerMissingError, ServerDiedError) as error:
        terminal.complain(str(error))
        raise typer.Exit(1) from error
    if not right:
        raise typer.Exit(1)


def _demo(stay: bool) -> bool:
    """Whether every sample was ready and every fact right. Raises `KeyboardInterrupt` when asked to end early."""
    base = configured()
    home = base.home / "demo-cloud"
    _forget_other_services()
    with only_one(base.home / "demo.lock") as lock:
        with (
            terminal.remarks().status("Starting the services") as spinner,
            company(lambda name: spinner.update(f"Starting {name}")) as services,
        ):
            spinner.stop()
            terminal.results().print(
                "PostgreSQL, S3, Redis, Google Vision and the vision model are up on 127.0.0.1."
            )
            os.environ.update(services.environment)
            samples = demo.draw_afresh(base, home)
            settings = cloud_settings(base, home, services)
            home.mkdir(parents=True)
            with terminal.remarks().status("Preparing"):
                parts.prepare(settings, services.write_instance(home / "dagster.yaml"))
                _write_environment(settings)
            right = _process(settings, services, samples, lock, stay)
        _show_what_is_left(home)
    return right


def cloud_settings(base: Settings, home: Path, services: Company) -> Settings:
    """The settings that switch every part: what a deployment has in its environment."""
    return Settings(
        home=home,
        database_url=services.postgres.url(DOCPIPE_DATABASE),
        uploads_url=f"s3://{UPLOADS}",
        artifacts_url=f"s3://{ARTIFACTS}",
        celery_broker_url=services.redis_url,
        ui_port=demo.ui_port(base),
        ui_url="",
        page_workers=max(1, (os.cpu_count() or 1) // WORKERS),
        ocr_engine=Engine.GOOGLE_VISION,
        google_vision_endpoint=services.google_vision.address,
        google_vision_transport="grpc",
        google_vision_credentials=None,
        google_vision_in_flight=_IN_FLIGHT,
        vision_api_key=SecretStr("not-a-secret"),
        vision_base_url=services.vision_model.address,
        vision_model=MODEL,
        vision_prices=_PRICES,
        vision_in_flight=_IN_FLIGHT,
    )


def _forget_other_services() -> None:
    """Keep the person's own accounts and proxies out of the demo."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "DAGSTER_"))]:
        del os.environ[name]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"


def _write_environment(settings: Settings) -> None:
    """A file to be sourced by a shell that wants to use the running demo."""
    wanted = parts.environment(settings, settings.dagster_home)
    lines = [
        f"export {name}={shlex.quote(value)}\n"
        for name, value in sorted(wanted.items())
        if name.startswith(_OURS)
    ]
    (settings.home / "environment").write_text("".join(lines), "utf-8")


def _process(settings: Settings, services: Company, samples: list[Path], lock: int, stay: bool) -> bool:
    board = new_board(settings)
    commands = parts.all_parts(settings, WORKERS)
    with Supervisor(commands, parts.log_folder(settings), board.hear, keep_open=(lock,)) as fleet:
        course = demo.Course(settings, samples, fleet, board)
        with board:
            asked = fleet.watch(course.tick)
        if asked is not None:
            raise KeyboardInterrupt
        outcome = course.outcome()
        demo.show(outcome)
        _show_ledger(settings, [one for one, _ in outcome.documents])
        _show_services(services, settings)
        for one in outcome.ready:
            _keep_outputs(settings, one)
        if stay:
            _show_how_to_look(settings)
            with board:
                fleet.watch(_news_of(board))
    return outcome.all_ready and not outcome.wrong


def _news_of(board: Board) -> Callable[[], bool]:
    """A supervisor's tick that never has enough: what is uploaded to the running demo is told as well."""

    def tick() -> bool:
        board.refresh()
        return False

    return tick


def _show_ledger(settings: Settings, documents: list[DocumentOverview]) -> None:
    """What was paid for each document, and to whom."""
    table = terminal.plain_table(
        "Document", "Paid service", "Calls>", "Images>", "Tokens in>", "Tokens out>", "Cost>"
    )
    with sessions(settings.database_url)() as session:
        for one in documents:
            table.add_row(Text(one.bucket_key, style="bold"), "", "", "", "", "", _usd(one.cost_usd))
            paid = session.execute(
                select(
                    PaidCall.engine,
                    func.count(),
                    func.sum(PaidCall.images),
                    func.sum(PaidCall.input_tokens),
                    func.sum(PaidCall.output_tokens),
                    func.sum(PaidCall.cost_usd),
                )
                .where(PaidCall.document_id == one.id)
                .group_by(PaidCall.engine)
                .order_by(PaidCall.engine)
            )
            for engine, *counts, cost in paid:
                told = (f"{count:,}" if count else "–" for count in counts)
                table.add_row("", engine, *told, _usd(cost), style="dim")
    table.add_row(
        Text("Total", style="bold"), "", "", "", "", "", _usd(sum(one.cost_usd for one in documents))
    )
    out = terminal.results()
    out.print(
        "\n[bold]The ledger of paid calls[/], at the prices in the settings; the local servers bill nobody:"
    )
    out.print(table)


def _usd(cost: float) -> str:
    return f"${cost:,.4f}"


def _show_services(services: Company, settings: Settings) -> None:
    """What every service is, where, and what it holds or did."""

    def count(database: str, table: str) -> int:
        with connect(services.postgres.url(database)).connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    with redis.Redis.from_url(services.redis_url) as client:
        redis_version = client.info("server")["redis_version"]
    with connect(settings.database_url).connect() as connection:
        postgres_version = connection.execute(text("SHOW server_version")).scalar_one()
    objects = {name: len(open_bucket(f"s3://{name}").list().objects) for name in (UPLOADS, ARTIFACTS, LOGS)}
    paid = {name: getattr(services, name).stats() for name in ("google_vision", "vision_model")}

    table = Table.grid(padding=(0, 3))
    docpipes = f"{count(DOCPIPE_DATABASE, 'documents')} documents, {count(DOCPIPE_DATABASE, 'pages')} pages"
    dagsters = f"{count(DAGSTER_DATABASE, 'runs')} runs, {count(DAGSTER_DATABASE, 'event_logs'):,} events"
    for row in (
        (
            f"  PostgreSQL {postgres_version}",
            f"127.0.0.1:{services.postgres.port}",
            f"database {DOCPIPE_DATABASE}: {docpipes}; database {DAGSTER_DATABASE}: {dagsters}",
        ),
        (
            "  S3 (SeaweedFS)",
            services.s3.endpoint,
            ", ".join(f"{terminal.counted(number, 'object')} in {name}" for name, number in objects.items()),
        ),
        (f"  Redis {redis_version}", services.redis_url, f"handed the runs to {WORKERS} workers"),
        (
            "  Google Vision",
            f"{services.google_vision.address} (gRPC)",
            f"{terminal.counted(paid['google_vision']['calls'], 'call')}, "
            f"{terminal.counted(paid['google_vision']['images'], 'image')} read",
        ),
        (
            "  Vision model",
            services.vision_model.address,
            f"{terminal.counted(paid['vision_model']['calls'], 'call')}, "
            f"{paid['vision_model']['answered']} answered",
        ),
    ):
        table.add_row(*row)
    out = terminal.results()
    out.print("[bold]The services[/]")
    out.print(table)
    out.print()


def _keep_outputs(settings: Settings, one: DocumentOverview) -> None:
    """Copy a document's report and sheet index out of S3, which is gone once the demo has ended."""
    if one.outputs is None:
        return
    bucket = open_bucket(settings.artifacts_url)
    folder = settings.home / "outputs" / one.partition_key
    folder.mkdir(parents=True, exist_ok=True)
    for key in (one.outputs.report, one.outputs.csv, one.outputs.xlsx, one.outputs.json):
        (folder / Path(key).name).write_bytes(bucket.read(key))


def _show_how_to_look(settings: Settings) -> None:
    out = terminal.results()
    out.print("[bold]Everything keeps running until Ctrl-C here.[/]")
    out.print(f"  The UI                {parts.local_ui(settings)}")
    out.print(f"  In another terminal   . {settings.home / 'environment'}; docpipe status", soft_wrap=True)


def _show_what_is_left(home: Path) -> None:
    out = terminal.results()
    out.print("\n[bold]Nothing is running any more. What it made is there to look at:[/]")
    for report in sorted((home / "outputs").glob("*/report.html")):
        out.print(f"  {report.as_uri()}", markup=False, soft_wrap=True)
    out.print(f"  {home / 'logs'}", markup=False, soft_wrap=True)
    out.print("With everything kept running, UI included: `make demo-cloud STAY=1`.\n", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
