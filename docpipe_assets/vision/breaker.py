"""The circuit breaker: a model that fails again and again is left alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from docpipe_assets.errors import DocpipeError
from docpipe_assets.vision.errors import ModelUnavailableError


class Breaker:
    """Opens after `failures` calls have failed in a row, of all threads together, and stays open.

    A call under way while it opens is not cut short, and if it succeeds closes it again.
    """

    def __init__(self, failures: int) -> None:
        self._failures = failures
        self._in_a_row = 0
        self._last = ""
        self._lock = threading.Lock()

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Around one call, whose `DocpipeError` is a failure. Raises `ModelUnavailableError` when open."""
        with self._lock:
            if self._in_a_row >= self._failures:
                raise ModelUnavailableError(
                    f"The vision model failed {self._in_a_row} times in a row and is not asked any more; "
                    f"remove the cause and run the stage again. Its last failure: {self._last}"
                )
        try:
            yield
        except DocpipeError as error:
            with self._lock:
                self._in_a_row += 1
                self._last = str(error)
            raise
        with self._lock:
            self._in_a_row = 0
