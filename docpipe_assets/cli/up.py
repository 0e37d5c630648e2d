"""`docpipe up` and `docpipe worker`: docpipe's parts in the foreground."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docpipe_assets.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from docpipe_assets.cli.board import Board
    from docpipe_assets.fleet.supervisor import Supervisor
    from docpipe_assets.settings import Settings


def up() -> None:
    """Run docpipe here: UI, daemon, code server and worker. Ctrl-C ends them all."""
    from docpipe_assets.cli import parts
    from docpipe_assets.cli.installation import configured
    from docpipe_assets.fleet.lock import only_one
    from docpipe_assets.fleet.supervisor import Supervisor

    settings = configured()
    with only_one(parts.lock_file(settings)) as lock:
        parts.refuse_taken_port(settings.ui_port)
        with terminal.remarks().status("Preparing"):
            parts.prepare(settings)
            commands = parts.all_parts(settings)
        board = new_board(settings)
        with (
            board,
            Supervisor(commands, parts.log_folder(settings), board.hear, keep_open=(lock,)) as fleet,
        ):
            fleet.watch(_keep_informed(fleet, board, settings))
    board.console.print("Everything has ended.")


def worker() -> None:
    """Run one more worker for this installation. Ctrl-C ends it."""
    from docpipe_assets.cli import parts
    from docpipe_assets.cli.installation import configured, open_tables
    from docpipe_assets.fleet.supervisor import Supervisor

    settings = configured()
    open_tables(settings)
    one = parts.worker_parts(settings, parts.instance_folder(settings))
    board = new_board(settings)
    with board, Supervisor(one, parts.log_folder(settings), board.hear) as fleet:
        fleet.watch(lambda: False)
    board.console.print("The worker has ended.")


def _keep_informed(fleet: Supervisor, board: Board, settings: Settings) -> Callable[[], bool]:
    """The supervisor's tick: the documents' news, and once everything is up, what to do now."""
    greeted = False

    def tick() -> bool:
        nonlocal greeted
        if fleet.all_ready and not greeted:
            greeted = True
            show_places(board, settings)
        board.refresh()
        return False

    return tick


def show_places(board: Board, settings: Settings) -> None:
    """Say where the UI, the upload folder and the logs are."""
    from rich.table import Table

    from docpipe_assets.cli.parts import local_ui, log_folder

    places = Table.grid(padding=(0, 2))
    places.add_row("  UI", f"[bold]{local_ui(settings)}[/]")
    places.add_row("  Plan sets go to", f"[bold]{terminal.place(settings.uploads_url)}[/]")
    places.add_row("  Logs", f"{log_folder(settings)}")
    board.console.print()
    board.console.print(places)
    board.console.print("  [dim]docpipe upload, status, export, rerun; Ctrl-C here ends everything.[/]\n")


def new_board(settings: Settings) -> Board:
    """A board that follows the documents from now on."""
    from docpipe_assets.cli.board import Board
    from docpipe_assets.cli.follow import DocumentWatch
    from docpipe_assets.storage.database import sessions

    return Board(DocumentWatch(sessions(settings.database_url), datetime.now(UTC)))
