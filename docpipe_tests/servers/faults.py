"""The calls of a local server: how many there were, how many at once, and which of them are to fail."""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

F = TypeVar("F", bound=StrEnum)
S = TypeVar("S", bound="CallStats")


@dataclass
class CallStats:
    """What was asked so far."""

    calls: int = 0
    in_flight: int = 0
    peak_in_flight: int = 0


class FaultyServer(Generic[F, S]):
    """What every local server knows of its calls. `rates` are shares of calls that fail, drawn from `seed`."""

    def __init__(self, stats: S, rates: Mapping[F, float] | None, seed: int) -> None:
        self.stats = stats
        self.rates = dict(rates or {})
        self.called_at: list[float] = []
        self._random = random.Random(seed)
        self._next: deque[F] = deque()
        self._lock = threading.Lock()

    def fail_next(self, fault: F, calls: int = 1) -> None:
        """Answer the next `calls` calls with `fault`."""
        with self._lock:
            self._next.extend([fault] * calls)

    @contextmanager
    def counted(self) -> Iterator[F | None]:
        """Around one call, whose fault is given."""
        with self._lock:
            self.called_at.append(time.monotonic())
            self.stats.calls += 1
            self.stats.in_flight += 1
            self.stats.peak_in_flight = max(self.stats.peak_in_flight, self.stats.in_flight)
            fault = self._next.popleft() if self._next else self._drawn_fault()
        try:
            yield fault
        finally:
            with self._lock:
                self.stats.in_flight -= 1

    def _drawn_fault(self) -> F | None:
        chance = self._random.random()
        for fault, rate in self.rates.items():
            chance -= rate
            if chance < 0:
                return fault
        return None
