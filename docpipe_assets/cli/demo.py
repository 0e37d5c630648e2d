"""`docpipe demo`: sample plan sets from the upload folder to a sheet index, through every part there is."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from docpipe_assets.cli import terminal
from docpipe_assets.errors import DocpipeError

if TYPE_CHECKING:
    from signal import Signals

    from docpipe_assets.cli.board import Board
    from docpipe_assets.fleet.supervisor import Supervisor
    from docpipe_assets.report import SheetRow
    from docpipe_assets.samples.expected import ExpectedPage
    from docpipe_assets.settings import Settings
    from docpipe_assets.storage.overview import DocumentOverview

_DEADLINE_S = 900.0
_INTERRUPTED = 130


class DemoTooSlowError(DocpipeError):
    """The samples were not done in time."""


def demo() -> None:
    """Process three sample plan sets and print their sheet index.

    It has a home of its own, begun afresh each time, and leaves nothing running. Exit code 0 when every
    sample is ready.
    """
    from docpipe_assets.cli import parts
    from docpipe_assets.cli.installation import configured
    from docpipe_assets.cli.up import new_board
    from docpipe_assets.fleet.lock import only_one
    from docpipe_assets.fleet.supervisor import Supervisor

    base = configured()
    settings = demo_settings(base)
    with only_one(base.home / "demo.lock") as lock:
        samples = _prepare(base, settings)
        commands = parts.all_parts(settings)
        board = new_board(settings)
        with (
            board,
            Supervisor(commands, parts.log_folder(settings), board.hear, keep_open=(lock,)) as fleet,
        ):
            course = _Course(settings, samples, fleet, board)
            asked = fleet.watch(course.tick)
        documents = _results(settings, samples)
        _conclude(settings, course, documents, asked)


def demo_settings(base: Settings) -> Settings:
    """The embedded default in a home below that of `base`, whatever services `base` names."""
    from docpipe_assets.cli.parts import PortTakenError, free_port, refuse_taken_port
    from docpipe_assets.settings import Settings

    port = base.ui_port
    try:
        refuse_taken_port(port)
    except PortTakenError:
        port = free_port()
    return Settings(
        home=base.home / "demo",
        database_url="",
        uploads_url="",
        artifacts_url="",
        celery_broker_url="filesystem://",
        ui_port=port,
        ui_url="",
    )


@dataclass
class _Course:
    """The demo's course: everything comes up, the samples are uploaded, each ends ready or in error."""

    settings: Settings
    samples: Sequence[Path]
    fleet: Supervisor
    board: Board
    uploaded_at: datetime | None = None
    _deadline: float = field(default_factory=lambda: time.monotonic() + _DEADLINE_S)

    def tick(self) -> bool:
        """One look; True when every sample is done and its run has ended. Raises `DemoTooSlowError`."""
        from docpipe_assets.cli.up import show_places
        from docpipe_assets.fleet.heartbeats import runs_in_hand
        from docpipe_assets.storage.database import sessions

        if self.uploaded_at is None and self.fleet.all_ready:
            show_places(self.board, self.settings)
            self._upload()
        self.board.refresh()
        known = {one.bucket_key: one for one in self.board.documents}
        done = [path.name in known and not known[path.name].under_way for path in self.samples]
        if time.monotonic() > self._deadline and not all(done):
            raise DemoTooSlowError(
                f"The samples are not done after {_DEADLINE_S / 60:.0f} minutes. "
                f"The logs are in {self.settings.home / 'logs'}."
            )
        if not all(done):
            return False
        # A document is ready a moment before its run has ended.
        with sessions(self.settings.database_url)() as session:
            return not runs_in_hand(session)

    def _upload(self) -> None:
        from docpipe_assets.storage.bucket import open_bucket

        uploads = open_bucket(self.settings.uploads_url)
        self.uploaded_at = datetime.now(UTC)
        for path in self.samples:
            uploads.write(path.name, path)


def _prepare(base: Settings, settings: Settings) -> list[Path]:
    from docpipe_assets.cli import parts
    from docpipe_assets.samples import draw_samples

    with terminal.remarks().status("Drawing three sample plan sets") as spinner:
        if settings.home.exists():
            shutil.rmtree(settings.home)
        samples = draw_samples(base.home / "samples")
        spinner.update("Preparing")
        parts.prepare(settings)
    terminal.results().print(
        f"Three sample plan sets are drawn: {', '.join(path.name for path in samples)}.", soft_wrap=True
    )
    return samples


def _results(settings: Settings, samples: Sequence[Path]) -> list[tuple[DocumentOverview, list[SheetRow]]]:
    """What became of each sample that was seen, in upload order, and its sheet index."""
    from docpipe_assets.stages.sheet_rows import sheet_rows
    from docpipe_assets.storage import overview
    from docpipe_assets.storage.database import sessions

    with sessions(settings.database_url)() as session:
        found = {one.bucket_key: one for one in overview.all_documents(session)}
        chosen = [found[path.name] for path in samples if path.name in found]
        return [(one, list(sheet_rows(session, one.id))) for one in chosen]


def _conclude(
    settings: Settings,
    course: _Course,
    documents: list[tuple[DocumentOverview, list[SheetRow]]],
    asked: Signals | None,
) -> None:
    from docpipe_assets.vocabulary import DocumentStatus

    if asked is not None:
        terminal.remarks().print("The demo was interrupted.")
        raise typer.Exit(_INTERRUPTED)
    _show_results(documents)
    _show_agreement(documents)
    ready = [one for one, _ in documents if one.status is DocumentStatus.READY and one.ready_at]
    if ready and course.uploaded_at:
        last = max(one.ready_at for one in ready if one.ready_at)
        seconds = (last - course.uploaded_at).total_seconds()
        pages = terminal.counted(sum(len(rows) for _, rows in documents), "page")
        terminal.results().print(f"Processing took {seconds:.1f} s for {pages}, from the upload on.")
    _show_how_to_go_on(settings, [one for one, _ in documents])
    if len(ready) < len(course.samples):
        terminal.complain(f"Only {len(ready)} of {len(course.samples)} samples are ready.")
        raise typer.Exit(1)


def _show_results(documents: list[tuple[DocumentOverview, list[SheetRow]]]) -> None:
    from rich.text import Text

    from docpipe_assets.cli.status import page_table, scale_summary, status_word

    out = terminal.results()
    for one, rows in documents:
        out.print()
        out.print(Text.assemble((one.bucket_key, "bold"), "  ", status_word(one), "  ", scale_summary(one)))
        if one.error_message:
            out.print(Text(one.error_message, style="red"))
        out.print(page_table(rows))


def _show_agreement(documents: list[tuple[DocumentOverview, list[SheetRow]]]) -> None:
    from rich.text import Text

    from docpipe_assets.samples.expected import EXPECTED

    out = terminal.results()
    right, total, wrong = 0, 0, []
    for one, rows in documents:
        for row, expected in zip(rows, EXPECTED[one.bucket_key].pages, strict=False):
            for fact, (found, true) in facts(row, expected).items():
                total += 1
                right += found == true
                if found != true:
                    wrong.append(f"{one.bucket_key}, page {row.page}: {fact} is {true}, found {found}")
    if total:
        out.print(f"{right} of {total} facts are as a careful person reads them off the sheets.")
    for sentence in wrong:
        out.print(Text.assemble(("≠ ", "yellow"), sentence), soft_wrap=True)


def facts(row: SheetRow, expected: ExpectedPage) -> dict[str, tuple[object, object]]:
    """Each fact of a page as it was found and as it is."""

    def words(text: str | None) -> str:
        return " ".join((text or "none").upper().split())

    ratio = float(expected.ratio) if expected.ratio is not None else None
    return {
        "the sheet number": (words(row.sheet_number), words(expected.sheet_number)),
        "the sheet title": (words(row.sheet_title), words(expected.sheet_title)),
        "the page type": (row.page_type, expected.page_type),
        "the discipline": (row.discipline, expected.discipline),
        "the scale status": (row.scale_status, expected.scale_status),
        "the scale's ratio": (row.scale_ratio, ratio),
    }


def _show_how_to_go_on(settings: Settings, documents: list[DocumentOverview]) -> None:
    from docpipe_assets.cli.status import output_links

    out = terminal.results()
    out.print("\n[bold]Nothing is running any more. What it made is there to look at:[/]")
    places = {one.bucket_key: output_links(one, settings).get("report") for one in documents}
    width = max(map(len, places), default=0)
    for name, report in places.items():
        if report:
            out.print(f"  {name:<{width}}  {report}", markup=False, soft_wrap=True)
    out.print(f"  {'all of it in the UI':<{width}}  DOCPIPE_HOME={settings.home} docpipe up", soft_wrap=True)
    out.print(
        "Your own plan sets: `docpipe up`, and in another terminal `docpipe upload FILE...`.\n",
        soft_wrap=True,
    )
