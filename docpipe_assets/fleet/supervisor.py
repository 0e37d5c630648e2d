"""Keeps docpipe's parts running in the foreground: starts them, restarts what crashes, ends them all.

Every part is a command of its own with a `guardian`, which ends the part, and whatever the part started,
also when the supervisor is killed.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import IO, Self

_GUARDIAN = Path(__file__).with_name("guardian.py")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_READY_CHECK_S = 0.2
_FIRST_DELAY_S, _LONGEST_DELAY_S = 1.0, 30.0
_STEADY_S = 60.0
"""A part that ran this long has recovered: its next crash is again the first."""
_KILLED_S = 5.0
"""Time for processes to be gone after SIGKILL."""
_LOG_BYTES = 10_000_000
_LAST_LINES = 8
_LAST_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Part:
    """One command to keep running. `env` is its whole environment.

    `ready` says whether the part does its work yet; it is asked every 0.2 s and must answer within a
    second. `after` names a part that must be ready first. A part that `recycles` ends by itself with exit
    code 0 now and then, and is started again without a word.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    ready: Callable[[], bool] | None = None
    after: str | None = None
    recycles: bool = False


class Change(StrEnum):
    STARTED = "started"
    READY = "ready"
    CRASHED = "crashed"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class PartEvent:
    """What happened to a part. `recycled` says that it only gave way to its successor.

    `seconds` is how long it took to be `READY`; the last four are set for `CRASHED`.
    """

    part: Part
    change: Change
    recycled: bool = False
    seconds: float = 0.0
    cause: str = ""
    delay_s: float = 0.0
    log: Path | None = None
    last_lines: tuple[str, ...] = ()


@dataclass(slots=True)
class _Care:
    """A part and how it is doing."""

    part: Part
    log: Path
    process: subprocess.Popen[bytes] | None = None
    lifeline: socket.socket | None = None
    log_start: int = 0
    started_at: float = 0.0
    ready: bool = False
    crashes: int = 0
    recycled: bool = False
    start_at: float | None = 0.0
    """When it is to be started; None while it runs."""


@dataclass
class Supervisor:
    """Looks after `parts` while it is entered; leaving it ends them all and waits until none is left.

    SIGINT, SIGTERM and SIGHUP are taken over meanwhile: the first asks `watch` to return, a second one
    while the parts end kills them. Enter it in the main thread.

    `say` hears of every change, in the order they happen.
    Log files are `log_dir/<part>.log`; one over 10 MB is put aside as `.log.1` when its part starts.
    `keep_open` are descriptors, such as a lock's, that stay open until the last part has ended.
    """

    parts: Sequence[Part]
    log_dir: Path
    say: Callable[[PartEvent], None]
    keep_open: tuple[int, ...] = ()
    grace_s: float = 5.0

    _cared: dict[str, _Care] = field(init=False, default_factory=dict)
    _selector: selectors.BaseSelector = field(init=False, default_factory=selectors.DefaultSelector)
    _asked: signal.Signals | None = field(init=False, default=None)
    _undo: contextlib.ExitStack = field(init=False, default_factory=contextlib.ExitStack)

    def __enter__(self) -> Self:
        self.log_dir.mkdir(parents=True, exist_ok=True)
        self._cared = {p.name: _Care(p, self.log_dir / f"{p.name.replace(' ', '-')}.log") for p in self.parts}
        self._listen_for_signals()
        return self

    def __exit__(self, *_exception: object) -> None:
        try:
            self._stop()
        finally:
            self._undo.close()

    @property
    def all_ready(self) -> bool:
        return all(care.ready for care in self._cared.values())

    def watch(self, tick: Callable[[], bool], every_s: float = 0.5) -> signal.Signals | None:
        """Keep the parts running until `tick`, called every `every_s`, returns True or a signal asks to end.

        Returns the signal, or None.
        """
        tick_at = time.monotonic()
        while self._asked is None:
            if time.monotonic() >= tick_at:
                if tick():
                    return None
                tick_at = time.monotonic() + every_s
            wake_at = min(tick_at, self._start_what_is_due(), self._look_who_is_ready())
            self._hear(wake_at)
        return self._asked

    def _listen_for_signals(self) -> None:
        woken, wake = socket.socketpair()
        for end in (woken, wake):
            end.setblocking(False)
            self._undo.callback(end.close)
        self._selector.register(woken, selectors.EVENT_READ)
        self._undo.callback(self._selector.close)
        self._undo.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(wake.fileno()))
        for number in _SIGNALS:
            self._undo.callback(signal.signal, number, signal.signal(number, self._note))

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self._asked is not None:
            for care in self._running():
                _signal_group(care.process, signal.SIGKILL)
        self._asked = signal.Signals(number)

    def _running(self) -> list[_Care]:
        return [care for care in self._cared.values() if care.process is not None]

    def _hear(self, until: float) -> None:
        """Wait for the end of a part, a signal, or the moment `until`."""
        for key, _ in self._selector.select(max(0.0, until - time.monotonic())):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    key.fileobj.recv(64)  # type: ignore[union-attr]
            else:
                self._ended(key.data)

    def _start_what_is_due(self) -> float:
        """Start the parts whose time has come; the moment of the next one."""
        next_at = float("inf")
        for care in self._cared.values():
            if care.start_at is None:
                continue
            if care.part.after and not self._cared[care.part.after].ready:
                continue
            if care.start_at <= time.monotonic():
                self._start(care)
            else:
                next_at = min(next_at, care.start_at)
        return next_at

    def _look_who_is_ready(self) -> float:
        starting = [care for care in self._running() if not care.ready]
        for care in starting:
            if care.part.ready is None or care.part.ready():
                care.ready = True
                seconds = time.monotonic() - care.started_at
                self.say(PartEvent(care.part, Change.READY, recycled=care.recycled, seconds=seconds))
        # At once when somebody became ready: another part may have waited for it.
        if any(care.ready for care in starting):
            return time.monotonic()
        return time.monotonic() + _READY_CHECK_S if starting else float("inf")

    def _start(self, care: _Care) -> None:
        ours, theirs = socket.socketpair()
        with _open_log(care.log) as log, theirs:
            care.log_start = log.tell()
            guardian = (sys.executable, "-I", "-S", str(_GUARDIAN), str(theirs.fileno()), str(self.grace_s))
            care.process = subprocess.Popen(
                guardian + care.part.argv,
                env=dict(care.part.env),
                cwd=care.part.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(theirs.fileno(), *self.keep_open),
                start_new_session=True,
            )
        care.lifeline = ours
        care.started_at, care.start_at, care.ready = time.monotonic(), None, False
        self._selector.register(ours, selectors.EVENT_READ, care)
        self.say(PartEvent(care.part, Change.STARTED, recycled=care.recycled))

    def _ended(self, care: _Care) -> None:
        lived_s = time.monotonic() - care.started_at
        worked = care.ready or lived_s > _FIRST_DELAY_S
        code = self._bury(care)
        if self._asked is not None:
            return
        care.recycled = code == 0 and care.part.recycles and worked
        if care.recycled:
            care.start_at = time.monotonic()
            return
        care.crashes = 1 if lived_s > _STEADY_S else care.crashes + 1
        delay_s = min(_FIRST_DELAY_S * 2 ** (care.crashes - 1), _LONGEST_DELAY_S)
        care.start_at = time.monotonic() + delay_s
        self.say(
            PartEvent(
                care.part,
                Change.CRASHED,
                cause=_cause(code),
                delay_s=delay_s,
                log=care.log,
                last_lines=_last_lines(care.log, care.log_start),
            )
        )

    def _bury(self, care: _Care) -> int | None:
        """Take leave of a part that has ended; its exit code, or None when its guardian was killed."""
        process, lifeline = care.process, care.lifeline
        assert process is not None and lifeline is not None
        self._selector.unregister(lifeline)
        with lifeline, contextlib.suppress(ConnectionError):
            answer = lifeline.recv(64)
        # The guardian is not yet waited for, so its group's number cannot belong to anyone else.
        _signal_group(process, signal.SIGKILL)
        process.wait()
        _wait_until_gone(process.pid)
        care.process = care.lifeline = None
        care.ready = False
        return int(answer) if answer else None

    def _stop(self) -> None:
        if self._asked is None:
            self._asked = signal.SIGTERM
        for care in self._running():
            assert care.lifeline is not None
            self.say(PartEvent(care.part, Change.STOPPING))
            with contextlib.suppress(OSError):  # of a guardian that has just ended
                care.lifeline.shutdown(socket.SHUT_WR)
        kill_at = time.monotonic() + self.grace_s + _KILLED_S
        while running := self._running():
            self._hear(kill_at)
            if time.monotonic() >= kill_at:
                for care in running:
                    _signal_group(care.process, signal.SIGKILL)
                kill_at += _KILLED_S


def _signal_group(process: subprocess.Popen[bytes] | None, number: signal.Signals) -> None:
    # ProcessLookupError: all gone. PermissionError: what macOS says of a group of zombies.
    if process is not None and process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


def _wait_until_gone(group: int) -> None:
    """Wait until no process of a killed group runs any more, for 5 s at most."""
    import psutil

    def members() -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return
    psutil.wait_procs(members(), timeout=_KILLED_S)


def _open_log(path: Path) -> IO[bytes]:
    if path.is_file() and path.stat().st_size > _LOG_BYTES:
        path.replace(path.with_name(f"{path.name}.1"))
    log = path.open("ab")
    log.write(f"--- started at {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n".encode())
    log.flush()
    return log


def _last_lines(log: Path, start: int) -> tuple[str, ...]:
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(start, size - _LAST_BYTES))
        text = file.read().decode("utf-8", "replace")
    return tuple(line.rstrip() for line in text.splitlines() if line.strip())[-_LAST_LINES:]


def _cause(code: int | None) -> str:
    if code is None:
        return "was killed together with its guardian"
    if code >= 0:
        return f"ended with exit code {code}"
    with contextlib.suppress(ValueError):
        return f"was ended by {signal.Signals(-code).name}"
    return f"was ended by signal {-code}"
