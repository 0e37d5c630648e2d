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
    from docpipe_assets.cli.board import Board
    from docpipe_assets.fleet.supervisor import Supervisor
    from docpipe_assets.report import SheetRow
    from docpipe_assets.samples.expected import ExpectedPage
    from docpipe_assets.settings import Settings
    from docpipe_assets.storage.overview import DocumentOverview

_DEADLINE_S = 900.0
INTERRUPTED = 130
"""Exit code of a demo that a person ended, as shells have it."""


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
        samples = draw_afresh(base, settings.home)
        with terminal.remarks().status("Preparing"):
            parts.prepare(settings)
            commands = parts.all_parts(settings)
        board = new_board(settings)
        with (
            board,
            Supervisor(commands, parts.log_folder(settings), board.hear, keep_open=(lock,)) as fleet,
        ):
            course = Course(settings, samples, fleet, board)
            asked = fleet.watch(course.tick)
        if asked is not None:
            terminal.remarks().print("The demo was interrupted.")
            raise typer.Exit(INTERRUPTED)
        outcome = course.outcome()
        show(outcome)
        _show_how_to_go_on(settings, outcome)
        if not outcome.all_ready:
            raise typer.Exit(1)


def demo_settings(base: Settings) -> Settings:
    """The embedded default in a home below that of `base`, whatever services `base` names."""
    from docpipe_assets.settings import Settings

    return Settings(
        home=base.home / "demo",
        database_url="",
        uploads_url="",
        artifacts_url="",
        celery_broker_url="filesystem://",
        ui_port=ui_port(base),
        ui_url="",
    )


def ui_port(base: Settings) -> int:
    """The port of `base`, or a free one where something listens on it already."""
    from docpipe_assets.cli.parts import PortTakenError, free_port, refuse_taken_port

    try:
        refuse_taken_port(base.ui_port)
    except PortTakenError:
        return free_port()
    return base.ui_port


def draw_afresh(base: Settings, home: Path) -> list[Path]:
    """Draw the sample plan sets, and remove what an earlier demo left in its home; the samples' files."""
    from docpipe_assets.samples import draw_samples

    with terminal.remarks().status("Drawing three sample plan sets"):
        if home.exists():
            shutil.rmtree(home)
        samples = draw_samples(base.home / "samples")
    names = ", ".join(path.name for path in samples)
    terminal.results().print(f"Three sample plan sets are drawn: {names}.", soft_wrap=True)
    return samples


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the samples: those that were seen, in upload order, each with its sheet index.

    `facts` counts what was compared with the truth, and `wrong` has a sentence for each that differs.
    """

    samples: int
    documents: Sequence[tuple[DocumentOverview, list[SheetRow]]]
    uploaded_at: datetime | None
    facts: int
    wrong: Sequence[str]

    @property
    def ready(self) -> list[DocumentOverview]:
        from docpipe_assets.vocabulary import DocumentStatus

        return [one for one, _ in self.documents if one.status is DocumentStatus.READY]

    @property
    def all_ready(self) -> bool:
        return len(self.ready) == self.samples


@dataclass
class Course:
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

        if self.uploaded_at is None and self.fleet.all_ready:
            show_places(self.board, self.settings)
            self._upload()
        self.board.refresh()
        if self._all_ended():
            return True
        if time.monotonic() > self._deadline:
            raise DemoTooSlowError(
                f"The samples are not done after {_DEADLINE_S / 60:.0f} minutes. "
                f"The logs are in {self.settings.home / 'logs'}."
            )
        return False

    def _all_ended(self) -> bool:
        from docpipe_assets.fleet.heartbeats import runs_in_hand
        from docpipe_assets.storage.database import sessions

        known = {one.bucket_key: one for one in self.board.documents}
        if not all(path.name in known and not known[path.name].under_way for path in self.samples):
            return False
        # A document is ready a moment before its run has ended.
        with sessions(self.settings.database_url)() as session:
            return not runs_in_hand(session)

    def outcome(self) -> Outcome:
        """What has become of the samples by now."""
        from docpipe_assets.stages.sheet_rows import sheet_rows
        from docpipe_assets.storage import overview
        from docpipe_assets.storage.database import sessions

        with sessions(self.settings.database_url)() as session:
            found = {one.bucket_key: one for one in overview.all_documents(session)}
            seen = [found[path.name] for path in self.samples if path.name in found]
            documents = [(one, list(sheet_rows(session, one.id))) for one in seen]
        return Outcome(len(self.samples), documents, self.uploaded_at, *_compare(documents))

    def _upload(self) -> None:
        from docpipe_assets.storage.bucket import open_bucket

        uploads = open_bucket(self.settings.uploads_url)
        self.uploaded_at = datetime.now(UTC)
        for path in self.samples:
            uploads.write(path.name, path)


def show(outcome: Outcome) -> None:
    """Print every sheet index, how it agrees with the truth, and how long it took."""
    from rich.text import Text

    from docpipe_assets.cli.status import page_table, scale_summary, status_word

    out = terminal.results()
    for one, rows in outcome.documents:
        out.print()
        out.print(Text.assemble((one.bucket_key, "bold"), "  ", status_word(one), "  ", scale_summary(one)))
        if one.error_message:
            out.print(Text(one.error_message, style="red"))
        out.print(page_table(rows))
    if outcome.facts:
        right = outcome.facts - len(outcome.wrong)
        out.print(f"{right} of {outcome.facts} facts are as a careful person reads them off the sheets.")
    for sentence in outcome.wrong:
        out.print(Text.assemble(("≠ ", "yellow"), sentence), soft_wrap=True)
    ended = [one.ready_at for one in outcome.ready if one.ready_at]
    if ended and outcome.uploaded_at:
        seconds = (max(ended) - outcome.uploaded_at).total_seconds()
        pages = terminal.counted(sum(len(rows) for _, rows in outcome.documents), "page")
        out.print(f"Processing took {seconds:.1f} s for {pages}, from the upload on.")
    if not outcome.all_ready:
        terminal.complain(f"Only {len(outcome.ready)} of {outcome.samples} samples are ready.")


def _compare(documents: Sequence[tuple[DocumentOverview, list[SheetRow]]]) -> tuple[int, list[str]]:
    """How many facts there are, and a sentence for each that was found otherwise."""
    from docpipe_assets.samples.expected import EXPECTED

    compared = [
        (f"{one.bucket_key}, page {row.page}: {fact} is {true}, found {found}", found == true)
        for one, rows in documents
        for row, expected in zip(rows, EXPECTED[one.bucket_key].pages, strict=False)
        for fact, (found, true) in facts(row, expected).items()
    ]
    return len(compared), [sentence for sentence, right in compared if not right]


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


def _show_how_to_go_on(settings: Settings, outcome: Outcome) -> None:
    from docpipe_assets.cli.status import output_links

    out = terminal.results()
    out.print("\n[bold]Nothing is running any more. What it made is there to look at:[/]")
    places = {one.bucket_key: output_links(one, settings).get("report") for one, _ in outcome.documents}
    width = max(map(len, places), default=0)
    for name, report in places.items():
        if report:
            out.print(f"  {name:<{width}}  {report}", markup=False, soft_wrap=True)
    out.print(f"  {'all of it in the UI':<{width}}  DOCPIPE_HOME={settings.home} docpipe up", soft_wrap=True)
    out.print(
        "Your own plan sets: `docpipe up`, and in another terminal `docpipe upload FILE...`.\n",
        soft_wrap=True,
    )
