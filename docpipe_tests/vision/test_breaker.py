from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from docpipe_assets.errors import DocpipeError, TransientError
from docpipe_assets.vision.breaker import Breaker
from docpipe_assets.vision.errors import ModelUnavailableError


def fail(breaker: Breaker, error: Exception) -> None:
    with pytest.raises(type(error)), breaker.watch():
        raise error


def test_it_opens_after_so_many_failures_and_says_the_last() -> None:
    breaker = Breaker(2)
    fail(breaker, TransientError("first"))
    fail(breaker, TransientError("second"))
    with pytest.raises(ModelUnavailableError, match=r"2 times in a row .* second"), breaker.watch():
        pytest.fail("a call was let through")


def test_a_success_between_failures_starts_the_count_again() -> None:
    breaker = Breaker(2)
    for _ in range(3):
        fail(breaker, DocpipeError("lost"))
        with breaker.watch():
            pass


def test_a_call_under_way_that_succeeds_closes_it() -> None:
    breaker = Breaker(1)
    with breaker.watch():
        fail(breaker, TransientError("lost"))
    with breaker.watch():
        pass


def test_a_fault_of_the_program_is_no_failure_of_the_model() -> None:
    breaker = Breaker(1)
    fail(breaker, KeyError("a bug"))
    with breaker.watch():
        pass


def test_failures_of_all_threads_count_together() -> None:
    breaker = Breaker(50)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: fail(breaker, TransientError("lost")), range(50)))
    with pytest.raises(ModelUnavailableError, match="50 times"), breaker.watch():
        pass
