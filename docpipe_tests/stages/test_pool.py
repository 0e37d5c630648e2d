"""The page pool: one bad call ends in a typed error, the others go on, and nothing is left running."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from docpipe_assets.errors import PageError
from docpipe_assets.settings import Settings
from docpipe_assets.stages.pool import (
    ChildCrashed,
    ChildOutOfMemory,
    ChildTimedOut,
    Outcome,
    PagePool,
    shared_pool,
)
from docpipe_assets.vocabulary import ErrorCode
from docpipe_tests.stages.child_tasks import (
    MEMORY_LIMIT_MB,
    bloat,
    crash,
    double,
    hang,
    note_and_spin,
    pid,
    raise_stubborn,
    raise_timeout,
    refuse,
    spin,
)

CHECKOUT = Path(__file__).resolve().parents[2]
LINUX = sys.platform == "linux"


@pytest.fixture(scope="module")
def pool() -> Iterator[PagePool]:
    with PagePool(workers=2, memory_limit_mb=MEMORY_LIMIT_MB) as pool:
        yield pool


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true"
        time.sleep(0.02)


def gone(process: int) -> bool:
    try:
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def numbers(count: int) -> list[tuple[str, tuple[int]]]:
    return [(f"page {number}", (number,)) for number in range(count)]


def test_map_gives_every_result_under_its_key(pool: PagePool) -> None:
    outcomes = list(pool.map(double, numbers(20), timeout_s=30))
    assert {outcome.key: outcome.result() for outcome in outcomes} == {f"page {n}": 2 * n for n in range(20)}


def test_run_gives_the_result_and_works_in_another_process(pool: PagePool) -> None:
    assert pool.run(double, 21, timeout_s=30) == 42
    assert pool.run(pid, timeout_s=30) != os.getpid()


def test_a_child_stays_warm_until_its_calls_are_up() -> None:
    with PagePool(workers=1, memory_limit_mb=MEMORY_LIMIT_MB, tasks_per_child=3) as pool:
        pids = [pool.run(pid, timeout_s=30) for _ in range(4)]
    assert pids[0] == pids[1] == pids[2] != pids[3]


def test_a_call_that_takes_too_long_is_ended_and_the_others_go_on(pool: PagePool) -> None:
    begin = time.monotonic()
    outcomes = {o.key: o for o in pool.map(hang, numbers(12), timeout_s=2)}
    assert isinstance(outcomes.pop("page 1").error, ChildTimedOut)
    assert [outcome.result() for outcome in outcomes.values()] == [0, *range(2, 12)]
    assert time.monotonic() - begin < 20


def test_the_time_limit_counts_from_the_start_in_a_child(pool: PagePool) -> None:
    calls = [(number, (0.5,)) for number in range(8)]
    assert all(outcome.error is None for outcome in pool.map(spin, calls, timeout_s=1.7))


def test_a_crash_is_told_from_a_time_out_and_the_others_go_on(pool: PagePool) -> None:
    outcomes = {o.key: o for o in pool.map(crash, numbers(12), timeout_s=30)}
    error = outcomes.pop("page 1").error
    assert isinstance(error, ChildCrashed)
    assert error.exit_code == -signal.SIGSEGV
    assert "SIGSEGV" in str(error)
    assert {outcome.result() for outcome in outcomes.values()} == {0, *range(2, 12)}


@pytest.mark.skipif(not LINUX, reason="only Linux enforces the memory limit")
def test_running_out_of_memory_is_an_error_of_the_one_call(pool: PagePool) -> None:
    outcomes = {o.key: o for o in pool.map(bloat, numbers(6), timeout_s=30)}
    assert isinstance(outcomes.pop("page 1").error, ChildOutOfMemory)
    assert {outcome.result() for outcome in outcomes.values()} == {0, 2, 3, 4, 5}


def test_what_the_function_raises_comes_through_as_itself(pool: PagePool) -> None:
    with pytest.raises(PageError) as caught:
        pool.run(refuse, 7, timeout_s=30)
    assert caught.value.code is ErrorCode.PAGE_TOO_LARGE
    assert str(caught.value) == "Page 7 is too large."
    assert "in refuse" in caught.value.__notes__[0]


def test_an_error_that_cannot_travel_is_told_in_words(pool: PagePool) -> None:
    with pytest.raises(RuntimeError, match="Stubborn: 1 and 2"):
        pool.run(raise_stubborn, timeout_s=30)


def test_a_time_out_of_the_functions_own_is_not_the_pools(pool: PagePool) -> None:
    with pytest.raises(TimeoutError, match="a socket said so"):
        pool.run(raise_timeout, timeout_s=30)


def test_what_cannot_be_sent_is_an_error_and_not_a_hang(pool: PagePool) -> None:
    with pytest.raises(Exception, match=r"pickle|local object"):
        pool.run(lambda: 1, timeout_s=30)
    assert pool.run(double, 1, timeout_s=30) == 2


def test_calls_are_taken_as_children_become_free(pool: PagePool) -> None:
    taken = 0

    def calls() -> Iterator[tuple[int, tuple[int]]]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield number, (number,)

    ahead = [taken - given for given, _ in enumerate(pool.map(double, calls(), timeout_s=30), start=1)]
    assert taken == 40
    assert max(ahead) <= 4


def test_run_works_while_a_map_is_under_way(pool: PagePool) -> None:
    results = [
        (outcome.result(), pool.run(double, 100, timeout_s=30))
        for outcome in pool.map(double, numbers(6), timeout_s=30)
    ]
    assert sorted(results) == [(2 * n, 200) for n in range(6)]


def test_closing_a_map_early_ends_its_children_and_the_pool_goes_on(tmp_path: Path) -> None:
    def calls() -> Iterator[tuple[int, tuple[Path, int]]]:
        yield 0, (tmp_path / "missing", 0)
        for number in range(1, 10):
            yield number, (tmp_path, number)

    with PagePool(workers=2, memory_limit_mb=MEMORY_LIMIT_MB) as pool:
        with closing(pool.map(note_and_spin, calls(), timeout_s=60)) as outcomes:
            assert isinstance(next(outcomes).error, FileNotFoundError)
            until(lambda: any(tmp_path.iterdir()))
        started = list(tmp_path.iterdir())
        assert all(gone(int(note.read_text())) for note in started)
        assert pool.run(double, 1, timeout_s=30) == 2
        assert list(tmp_path.iterdir()) == started


def test_a_pool_whose_idle_child_was_killed_goes_on(pool: PagePool) -> None:
    children = {pool.run(pid, timeout_s=30) for _ in range(4)}
    for child in children:
        os.kill(child, signal.SIGKILL)
    assert [pool.run(double, n, timeout_s=30) for n in range(4)] == [0, 2, 4, 6]


def test_close_ends_every_child() -> None:
    with PagePool(workers=2, memory_limit_mb=MEMORY_LIMIT_MB) as pool:
        children = {o.result() for o in pool.map(pid, [(n, ()) for n in range(8)], timeout_s=30)}
    assert children
    assert all(gone(child) for child in children)


def test_the_pool_of_this_process_is_one_for_the_same_settings() -> None:
    settings = Settings(page_workers=1, page_memory_mb=1000)
    with shared_pool(settings) as pool:
        assert shared_pool(settings) is pool
        assert pool.run(double, 4, timeout_s=30) == 8


MAIN = """
import sys
from docpipe_assets.stages.pool import PagePool
from docpipe_tests.stages.child_tasks import double

print("main module imported")
with PagePool(workers=1, memory_limit_mb=300) as pool:
    print(pool.run(double, 21, timeout_s=30))
"""


def test_children_do_not_import_the_main_module(tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text(MAIN)
    ran = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout.split("\n") == ["main module imported", "42", ""]
    assert ran.stderr == ""


PARENT = """
import signal
import sys
from pathlib import Path
from docpipe_assets.stages.pool import PagePool
from docpipe_tests.stages.child_tasks import note_and_spin

if __name__ == "__main__":
    # A process inherits what its starter ignores or blocks, whatever other tests have left there.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    folder = Path(sys.argv[1])
    with PagePool(workers=2, memory_limit_mb=300) as pool:
        list(pool.map(note_and_spin, [(n, (folder, n)) for n in range(2)], timeout_s=float(sys.argv[2])))
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_children_die_with_their_parent(tmp_path: Path, ending: signal.Signals) -> None:
    script, notes = tmp_path / "parent.py", tmp_path / "notes"
    script.write_text(PARENT)
    notes.mkdir()
    parent = subprocess.Popen(
        # Elsewhere than on Linux a child outlives its parent until its own time is up.
        [sys.executable, script, notes, "50" if LINUX else "3"],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    try:
        until(lambda: len([note for note in notes.iterdir() if note.read_text()]) == 2)
    finally:
        parent.send_signal(ending)
        parent.wait(timeout=20)
    until(lambda: all(gone(int(note.read_text())) for note in notes.iterdir()), seconds=15)


def test_an_outcome_without_error_gives_its_value_even_if_that_is_none() -> None:
    assert Outcome("page 1").result() is None
