"""Signs of life of the workers and of the runs they have in hand.

A worker that was killed cannot say so; its heartbeats stop. On the worker's own host a look at the process
tells at once.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psutil
import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.storage.documents import now
from docpipe_assets.storage.tables import RunHeartbeat, Worker

BEAT_S = 3.0
SILENT_AFTER = timedelta(seconds=30)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Process:
    """This process, told from any other on any host."""

    host: str
    pid: int
    started_at: datetime

    @classmethod
    def current(cls) -> Process:
        return cls(socket.gethostname(), os.getpid(), started_at(os.getpid()))


class Heart:
    """Beats for a worker, and for the run it has in hand, from a thread of its own."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions
        self._me = Process.current()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._run_id: str | None = None
        self._thread = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)

    def start(self) -> None:
        with self._sessions.begin() as session:
            for kind in (Worker, RunHeartbeat):
                session.execute(delete(kind).where(kind.beat_at < now() - SILENT_AFTER))
        self._beat()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()
        with self._sessions.begin() as session:
            session.execute(delete(Worker).where(Worker.host == self._me.host, Worker.pid == self._me.pid))

    def take(self, run_id: str) -> None:
        """The worker takes a run in hand."""
        with self._lock:
            self._run_id = run_id
        self._beat()

    def put_down(self, run_id: str) -> None:
        """The worker is done with the run, whatever became of it."""
        with self._lock:
            self._run_id = None
        mine = (
            RunHeartbeat.run_id == run_id,
            RunHeartbeat.host == self._me.host,
            RunHeartbeat.pid == self._me.pid,
        )
        with self._sessions.begin() as session:
            session.execute(delete(RunHeartbeat).where(*mine))

    def _beat_on(self) -> None:
        while not self._stop.wait(BEAT_S):
            try:
                self._beat()
            except SQLAlchemyError as error:
                # A database that is being restarted: a heart that stopped for it would give up the run in hand.
                log.warning("heartbeat failed", error=str(error))

    def _beat(self) -> None:
        me = self._me
        with self._lock, self._sessions.begin() as session:
            session.merge(Worker(host=me.host, pid=me.pid, beat_at=now()))
            if self._run_id is not None and not self._another_has(session, self._run_id):
                session.merge(
                    RunHeartbeat(
                        run_id=self._run_id,
                        host=me.host,
                        pid=me.pid,
                        process_started_at=me.started_at,
                        beat_at=now(),
                    )
                )

    def _another_has(self, session: Session, run_id: str) -> bool:
        # A broker may deliver a message twice. Dagster sends the second worker away, and the run stays the first's.
        beat = session.get(RunHeartbeat, run_id)
        if beat is None or (beat.host, beat.pid) == (self._me.host, self._me.pid):
            return False
        return lost(session, run_id) is None


@contextmanager
def beating(sessions: sessionmaker[Session]) -> Iterator[Heart]:
    """A heart that beats inside the block."""
    heart = Heart(sessions)
    heart.start()
    try:
        yield heart
    finally:
        heart.stop()


def lost(session: Session, run_id: str) -> str | None:
    """Why the worker that had a started run is taken for gone, or None while it lives."""
    beat = session.get(RunHeartbeat, run_id)
    if beat is None:
        return "no worker has this run in hand any more"
    worker = f"the worker that had this run (process {beat.pid} on {beat.host})"
    if beat.host == socket.gethostname() and not _lives(beat.pid, beat.process_started_at):
        return f"{worker} is gone"
    if beat.beat_at < now() - SILENT_AFTER:
        return f"{worker} has been silent since {beat.beat_at:%H:%M:%S} UTC"
    return None


def runs_in_hand(session: Session) -> list[str]:
    """The ids of the runs that workers have in hand."""
    lately = RunHeartbeat.beat_at >= now() - SILENT_AFTER
    return list(session.scalars(select(RunHeartbeat.run_id).where(lately)))


def workers_alive(session: Session) -> list[Worker]:
    """The workers that have given a sign of life lately."""
    return list(session.scalars(select(Worker).where(Worker.beat_at >= now() - SILENT_AFTER)))


def started_at(pid: int) -> datetime:
    """When a process began. Raises psutil.NoSuchProcess."""
    return datetime.fromtimestamp(psutil.Process(pid).create_time(), UTC)


def _lives(pid: int, since: datetime) -> bool:
    try:
        process = psutil.Process(pid)
        return (
            abs(started_at(pid) - since) < timedelta(seconds=2) and process.status() != psutil.STATUS_ZOMBIE
        )
    except psutil.NoSuchProcess:
        return False
