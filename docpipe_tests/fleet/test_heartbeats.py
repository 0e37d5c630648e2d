"""Signs of life: a worker that lives is not taken for lost, one that was killed is, at once."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker
from structlog.testing import capture_logs

from docpipe_assets.fleet import heartbeats
from docpipe_assets.fleet.heartbeats import Process, beating
from docpipe_assets.storage.documents import now
from docpipe_assets.storage.tables import RunHeartbeat, Worker
from docpipe_tests.e2e.running import wait_for


def lost(make_session: sessionmaker[Session], run_id: str = "run") -> str | None:
    with make_session() as session:
        return heartbeats.lost(session, run_id)


def test_a_run_in_hand_is_not_lost_until_it_is_put_down(make_session: sessionmaker[Session]) -> None:
    with beating(make_session) as heart:
        heart.take("run")
        assert lost(make_session) is None
        heart.put_down("run")
        assert "no worker" in (lost(make_session) or "")


def test_a_worker_is_alive_while_its_heart_beats(make_session: sessionmaker[Session]) -> None:
    with beating(make_session), make_session() as session:
        assert [worker.pid for worker in heartbeats.workers_alive(session)] == [Process.current().pid]
    with make_session() as session:
        assert heartbeats.workers_alive(session) == []


def test_a_silent_worker_on_another_host_is_lost(make_session: sessionmaker[Session]) -> None:
    with make_session.begin() as session:
        for run_id, age_s in (("fresh", 5), ("silent", 300)):
            session.add(
                RunHeartbeat(
                    run_id=run_id,
                    host="elsewhere",
                    pid=1,
                    process_started_at=now(),
                    beat_at=now() - timedelta(seconds=age_s),
                )
            )
    assert lost(make_session, "fresh") is None
    assert "silent since" in (lost(make_session, "silent") or "")


def test_a_killed_worker_on_this_host_is_lost_at_once(make_session: sessionmaker[Session]) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as worker:
        started_at = heartbeats.started_at(worker.pid)
        with make_session.begin() as session:
            session.add(
                RunHeartbeat(
                    run_id="run",
                    host=Process.current().host,
                    pid=worker.pid,
                    process_started_at=started_at,
                    beat_at=now(),
                )
            )
        assert lost(make_session) is None
        worker.kill()
        worker.wait()
    assert "is gone" in (lost(make_session) or "")


def test_a_later_process_with_the_same_pid_is_not_the_worker(make_session: sessionmaker[Session]) -> None:
    me = Process.current()
    with make_session.begin() as session:
        session.add(
            RunHeartbeat(
                run_id="run",
                host=me.host,
                pid=me.pid,
                process_started_at=me.started_at - timedelta(hours=1),
                beat_at=now(),
            )
        )
    assert "is gone" in (lost(make_session) or "")


def test_workers_that_went_silent_are_forgotten_with_what_they_had_in_hand(
    make_session: sessionmaker[Session],
) -> None:
    yesterday = now() - timedelta(days=1)
    with make_session.begin() as session:
        session.add(Worker(host="elsewhere", pid=1, beat_at=yesterday))
        session.add(
            RunHeartbeat(
                run_id="run", host="elsewhere", pid=1, process_started_at=yesterday, beat_at=yesterday
            )
        )
    with make_session() as session:
        assert heartbeats.runs_in_hand(session) == []
    with beating(make_session), make_session() as session:
        assert [worker.host for worker in session.query(Worker)] == [Process.current().host]
        assert session.query(RunHeartbeat).count() == 0


@pytest.mark.parametrize("exception", [None, RuntimeError])
def test_the_heart_stops_with_the_worker(
    make_session: sessionmaker[Session], exception: type[Exception] | None
) -> None:
    with contextlib.suppress(RuntimeError), beating(make_session):
        assert "heartbeat" in {thread.name for thread in threading.enumerate()}
        if exception:
            raise exception
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}


def test_a_run_that_was_delivered_twice_stays_with_the_worker_that_has_it(
    make_session: sessionmaker[Session],
) -> None:
    with make_session.begin() as session:
        session.add(
            RunHeartbeat(run_id="run", host="elsewhere", pid=1, process_started_at=now(), beat_at=now())
        )
    with beating(make_session) as heart:
        heart.take("run")
        heart.put_down("run")
    with make_session() as session:
        assert [beat.host for beat in session.query(RunHeartbeat)] == ["elsewhere"]


def test_a_run_whose_worker_was_lost_is_taken_over(make_session: sessionmaker[Session]) -> None:
    long_ago = now() - timedelta(hours=1)
    with make_session.begin() as session:
        session.add(
            RunHeartbeat(run_id="run", host="elsewhere", pid=1, process_started_at=long_ago, beat_at=long_ago)
        )
    with beating(make_session) as heart:
        heart.take("run")
        assert lost(make_session) is None
        heart.put_down("run")
        assert "no worker" in (lost(make_session) or "")


def test_a_heart_outlasts_a_database_that_fails(
    make_session: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeats, "BEAT_S", 0.02)
    with capture_logs() as logged, beating(make_session), make_session() as session:
        session.execute(text("ALTER TABLE workers RENAME TO away"))
        session.commit()
        wait_for(lambda: logged, 10, "a beat to fail")
        session.execute(text("ALTER TABLE away RENAME TO workers"))
        session.commit()
        mended = now()

        def beats_again() -> bool:
            session.rollback()
            return session.scalars(select(Worker.beat_at)).one() > mended

        wait_for(beats_again, 10, "another beat")
