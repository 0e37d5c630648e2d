"""The terminal while docpipe runs: what is up, what crashed, and how each document gets on."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from docpipe_assets.cli import terminal
from docpipe_assets.cli.follow import DocumentWatch, News, Step
from docpipe_assets.fleet.supervisor import Change, PartEvent

if TYPE_CHECKING:
    from rich.progress import TaskID

    from docpipe_assets.storage.overview import DocumentOverview

_BARS = 8
"""Documents that get a bar of their own at once."""
_SLOW_START_S = 60.0
_LOOK_SHARE = 10.0
"""Looking at the documents takes at most every tenth second."""

_STYLES = {News.UPLOADED: "cyan", News.STAGE: "dim", News.READY: "green", News.ERROR: "bold red"}
_MARKS = {News.UPLOADED: "+", News.STAGE: "·", News.READY: "✓", News.ERROR: "✗"}


class Board:
    """Says what happens to parts and documents: lines that stay, and on a terminal bars that move below them.

    `hear` is for the supervisor, `refresh` is to be called about twice a second while entered.
    """

    def __init__(self, watch: DocumentWatch) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.console = terminal.results()
        self._watch = watch
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[now]}", style="dim"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
        self._bars: dict[uuid.UUID, TaskID] = {}
        self._starting: dict[str, float] = {}
        self._start_bar: TaskID | None = None
        self._crashed: set[str] = set()
        self._last_words: dict[str, tuple[str, ...]] = {}
        self._stopping = False
        self._outage = False
        self._look_at = 0.0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    @property
    def documents(self) -> list[DocumentOverview]:
        """The documents that were seen so far, as they were at the last look."""
        return list(self._watch.documents.values())

    def hear(self, event: PartEvent) -> None:
        """Say what happened to a part, unless it is nothing special."""
        name = event.part.name
        match event.change:
            case Change.STARTED if not event.recycled:
                self._starting[name] = time.monotonic()
            case Change.READY if not event.recycled:
                self._starting.pop(name, None)
                again = " again" if name in self._crashed else ""
                self._crashed.discard(name)
                self._say("✓", "green", name, f"is up{again} after {event.seconds:.1f} s")
            case Change.CRASHED:
                self._starting.pop(name, None)
                self._crashed.add(name)
                self._say(
                    "✗", "bold red", name, f"{event.cause}; it is started again in {event.delay_s:.0f} s"
                )
                if self._last_words.get(name) == event.last_lines:
                    self._indent("Its last words are the same as before.")
                else:
                    self._last_words[name] = event.last_lines
                    for line in event.last_lines:
                        self._indent(line)
                    self._indent(f"The whole log: {event.log}")
            case Change.STOPPING if not self._stopping:
                self._stopping = True
                self._progress.stop()
                self.console.print("Ending all parts; Ctrl-C again ends them at once.")
        self._show_starting()

    def refresh(self) -> list[Step]:
        """Look at the documents and say what happened to them; what that was."""
        from sqlalchemy.exc import SQLAlchemyError

        self._say_what_starts_slowly()
        began = time.monotonic()
        if began < self._look_at:
            return []
        try:
            steps = self._watch.look()
        except SQLAlchemyError as error:
            if not self._outage:
                self._say("!", "bold yellow", "database", f"does not answer: {error.args[0]}")
            self._outage = True
            return []
        self._outage = False
        # Long documents take a while to count, and the worker has better use for the disk.
        self._look_at = began + _LOOK_SHARE * (time.monotonic() - began)
        for step in steps:
            if step.news is not News.STAGE or not self.console.is_terminal:
                self._say(
                    _MARKS[step.news], _STYLES[step.news], step.document.bucket_key, f" {step.sentence}"
                )
        self._move_bars()
        return steps

    def _say(self, mark: str, style: str, who: str, what: str) -> None:
        from rich.text import Text

        clock = f"{datetime.now(UTC).astimezone():%H:%M:%S} "
        line = Text.assemble((clock, "dim"), (f"{mark} ", style), (who, "bold"), " ", what)
        self.console.print(line, soft_wrap=True)

    def _indent(self, line: str) -> None:
        from rich.text import Text

        self.console.print(Text(f"           {line}", style="dim"), soft_wrap=True)

    def _show_starting(self) -> None:
        if self._start_bar is not None:
            self._progress.remove_task(self._start_bar)
            self._start_bar = None
        if self._starting and not self._stopping:
            names = ", ".join(self._starting)
            self._start_bar = self._progress.add_task(f"Starting {names}", total=None, now="")

    def _say_what_starts_slowly(self) -> None:
        for name, since in list(self._starting.items()):
            if time.monotonic() - since > _SLOW_START_S:
                del self._starting[name]
                self._say(
                    "!", "bold yellow", name, f"is still not up after {_SLOW_START_S:.0f} s; see its log"
                )
                self._show_starting()

    def _move_bars(self) -> None:
        under_way = self._watch.under_way
        shown = sorted(under_way, key=lambda one: (one.started_at is None, one.uploaded_at))[:_BARS]
        for gone in self._bars.keys() - {one.id for one in shown}:
            self._progress.remove_task(self._bars.pop(gone))
        for one in shown:
            if one.id not in self._bars:
                self._bars[one.id] = self._progress.add_task(one.bucket_key, total=None, now="")
            done, total = _work(one)
            self._progress.update(self._bars[one.id], completed=done, total=total, now=_now(one))


def _work(one: DocumentOverview) -> tuple[int, int | None]:
    """Results that the page stages have given, of all they will give; None before the pages are counted."""
    if one.page_count is None:
        return 0, None
    settled = sum(one.pages_done.values()) + sum(one.pages_failed.values())
    return settled, len(one.pages_done) * one.page_count


def _now(one: DocumentOverview) -> str:
    if one.started_at is None or one.run_id is None:
        return "waits for its turn"
    done = one.pages_done.get(one.stage)
    return one.stage if done is None or one.page_count is None else f"{one.stage} {done}/{one.page_count}"
