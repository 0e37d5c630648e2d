"""Calls of a service: bounded, lazy, never abandoned."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from docpipe_assets.errors import TransientError
from docpipe_assets.stages.call_pool import CallPool


def test_every_call_has_its_outcome() -> None:
    calls = [(n, (n,)) for n in range(20)]
    outcomes = CallPool(4).map(lambda n: n * n, calls, timeout_s=1)
    assert {outcome.key: outcome.result() for outcome in outcomes} == {n: n * n for n in range(20)}


def test_never_more_in_flight_than_allowed_and_as_many_as_that() -> None:
    meeting = threading.Barrier(3)
    lock, now, most = threading.Lock(), 0, 0

    def call(_n: int) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        meeting.wait(10)  # passes only when three are in flight together
        with lock:
            now -= 1

    assert all(outcome.error is None for outcome in CallPool(3).map(call, [(n, (n,)) for n in range(9)], 1))
    assert most == 3


def test_calls_are_taken_only_when_there_is_room() -> None:
    taken: list[int] = []

    def calls() -> Iterator[tuple[int, tuple[int]]]:
        for n in range(10):
            taken.append(n)
            yield n, (n,)

    outcomes = CallPool(2).map(lambda n: n, calls(), timeout_s=1)
    next(outcomes)
    assert len(taken) == 2
    assert len(list(outcomes)) == 9


def test_an_error_is_the_outcome_of_its_call_only() -> None:
    def call(n: int) -> int:
        if n == 1:
            raise TransientError("too many requests")
        return n

    outcomes = {o.key: o for o in CallPool(2).map(call, [(n, (n,)) for n in range(3)], timeout_s=1)}
    with pytest.raises(TransientError):
        outcomes[1].result()
    assert (outcomes[0].result(), outcomes[2].result()) == (0, 2)


def test_what_is_under_way_is_finished_when_nobody_listens_any_more() -> None:
    finished: list[int] = []
    gate = threading.Event()

    def call(n: int) -> int:
        if n:
            gate.wait(10)
        finished.append(n)
        return n

    outcomes = CallPool(3).map(call, [(n, (n,)) for n in range(3)], timeout_s=1)
    next(outcomes)
    gate.set()
    outcomes.close()
    assert sorted(finished) == [0, 1, 2]
