"""Calls that wait for a service: in threads, so many at once and no more.

The counterpart of the page pool for work that costs waiting and money instead of cores.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from docpipe_assets.stages.pool import Outcome

K = TypeVar("K")
T = TypeVar("T")


class CallPool:
    """At most `in_flight` calls at a time. A call is never abandoned: what has been sent may have been paid."""

    def __init__(self, in_flight: int) -> None:
        self._in_flight = in_flight

    def map(
        self, function: Callable[..., T], calls: Iterable[tuple[K, tuple[Any, ...]]], timeout_s: float
    ) -> Generator[Outcome[K, T], None, None]:
        """`function(*arguments)` for each `(key, arguments)` of `calls`, taken lazily, as they complete.

        The function keeps its own time limit; `timeout_s` is there so that both pools are called alike.
        """
        done: queue.SimpleQueue[tuple[K, Future[T]]] = queue.SimpleQueue()
        waiting = iter(calls)
        under_way = 0
        with ThreadPoolExecutor(self._in_flight, thread_name_prefix="call") as threads:

            def start(key: K, arguments: tuple[Any, ...]) -> None:
                future = threads.submit(function, *arguments)
                future.add_done_callback(lambda finished: done.put((key, finished)))

            while True:
                while under_way < self._in_flight and (call := next(waiting, None)) is not None:
                    start(*call)
                    under_way += 1
                if not under_way:
                    return
                key, future = done.get()
                under_way -= 1
                error = future.exception()
                if error is None:
                    yield Outcome(key, future.result())
                elif isinstance(error, Exception):
                    yield Outcome(key, error=error)
                else:
                    raise error
