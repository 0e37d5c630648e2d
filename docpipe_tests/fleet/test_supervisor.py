"""The supervisor with small real processes as its parts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from docpipe_assets.fleet.lock import AlreadyRunningError, only_one, running_pid
from docpipe_assets.fleet.supervisor import Change, Part, PartEvent, Supervisor

CHECKOUT = Path(__file__).resolve().parents[2]
DEADLINE_S = 30.0

STAYS = "import pathlib, time, os; pathlib.Path('stays.pid').write_text(str(os.getpid())); time.sleep(600)"
HAS_CHILD = """
    import os, pathlib, subprocess, sys, time
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    pathlib.Path("family.tmp").write_text(f"{os.getpid()} {child.pid}")
    pathlib.Path("family.tmp").rename("family")
    time.sleep(600)
"""
ENDS_ONCE = """
    import pathlib, sys, time
    if not pathlib.Path("second").exists():
        pathlib.Path("second").touch()
        print("the sky is falling")
        sys.exit({code})
    time.sleep(600)
"""


def python(name: str, code: str, cwd: Path, **options: object) -> Part:
    argv = (sys.executable, "-c", textwrap.dedent(code))
    return Part(name, argv, dict(os.environ), cwd, **options)  # type: ignore[arg-type]


def wait_for(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {DEADLINE_S:.0f} s"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Told(list[PartEvent]):
    def of(self, change: Change) -> list[PartEvent]:
        return [event for event in self if event.change is change]


@pytest.fixture
def told() -> Told:
    return Told()


def within(seconds: float, condition: Callable[[], bool]) -> Callable[[], bool]:
    """A tick that is True when the condition is, and fails the test after `seconds`."""
    deadline = time.monotonic() + seconds

    def tick() -> bool:
        assert time.monotonic() < deadline
        return condition()

    return tick


def test_a_crashed_part_is_told_with_its_last_words_and_started_again(tmp_path: Path, told: Told) -> None:
    part = python("worker", ENDS_ONCE.format(code=3), tmp_path)
    with Supervisor([part], tmp_path / "logs", told.append) as it:
        it.watch(within(DEADLINE_S, lambda: len(told.of(Change.STARTED)) == 2), every_s=0.02)
    (event,) = told.of(Change.CRASHED)
    assert event.cause == "ended with exit code 3"
    assert event.last_lines[-1] == "the sky is falling"
    assert event.log == tmp_path / "logs" / "worker.log"
    assert [e.change for e in told][-1] is Change.STOPPING


def test_every_further_crash_waits_longer(tmp_path: Path, told: Told) -> None:
    part = python("worker", "raise SystemExit('no')", tmp_path)
    with Supervisor([part], tmp_path, told.append) as it:
        it.watch(within(DEADLINE_S, lambda: len(told.of(Change.CRASHED)) == 3), every_s=0.05)
    assert [event.delay_s for event in told.of(Change.CRASHED)] == [1, 2, 4]


def test_a_recycling_part_is_started_again_without_a_word(tmp_path: Path, told: Told) -> None:
    code = """
        import pathlib, time
        first = not pathlib.Path("up").exists()
        pathlib.Path("up").touch()
        while not (first and pathlib.Path("seen").exists()):
            time.sleep(0.02)
    """
    part = python("worker", code, tmp_path, recycles=True, ready=(tmp_path / "up").exists)

    def say(event: PartEvent) -> None:
        told.append(event)
        if event.change is Change.READY:
            (tmp_path / "seen").touch()

    with Supervisor([part], tmp_path, say) as it:
        it.watch(within(DEADLINE_S, lambda: len(told.of(Change.STARTED)) == 2), every_s=0.02)
    assert not told.of(Change.CRASHED)


def test_an_unexpected_end_without_an_error_is_told(tmp_path: Path, told: Told) -> None:
    part = python("daemon", ENDS_ONCE.format(code=0), tmp_path)
    with Supervisor([part], tmp_path, told.append) as it:
        it.watch(within(DEADLINE_S, lambda: bool(told.of(Change.CRASHED))), every_s=0.02)
    assert told.of(Change.CRASHED)[0].cause == "ended with exit code 0"


def test_a_command_that_does_not_exist_says_so(tmp_path: Path, told: Told) -> None:
    part = Part("webserver", ("/nowhere/webserver",), dict(os.environ), tmp_path)
    with Supervisor([part], tmp_path, told.append) as it:
        it.watch(within(DEADLINE_S, lambda: bool(told.of(Change.CRASHED))), every_s=0.02)
    assert "/nowhere/webserver cannot be started" in told.of(Change.CRASHED)[0].last_lines[-1]


def test_a_part_starts_when_the_one_before_it_is_ready(tmp_path: Path, told: Told) -> None:
    gate = tmp_path / "gate"
    first = python("code server", STAYS, tmp_path, ready=gate.exists)
    second = python("webserver", STAYS, tmp_path, after="code server")
    with Supervisor([second, first], tmp_path, told.append) as it:
        it.watch(within(DEADLINE_S, lambda: bool(told.of(Change.STARTED))), every_s=0.02)
        assert [e.part.name for e in told] == ["code server"]
        gate.touch()
        it.watch(within(DEADLINE_S, lambda: it.all_ready), every_s=0.02)
    assert [(e.part.name, e.change) for e in told][:4] == [
        ("code server", Change.STARTED),
        ("code server", Change.READY),
        ("webserver", Change.STARTED),
        ("webserver", Change.READY),
    ]


def test_leaving_ends_the_parts_and_what_they_started(tmp_path: Path, told: Told) -> None:
    part = python("worker", HAS_CHILD, tmp_path)
    with Supervisor([part], tmp_path, told.append) as it:
        it.watch(within(DEADLINE_S, (tmp_path / "family").exists), every_s=0.02)
    assert not any(runs(pid) for pid in family(tmp_path))


def test_a_part_that_ignores_the_request_to_end_is_killed(tmp_path: Path, told: Told) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + textwrap.dedent(HAS_CHILD)
    with Supervisor([python("worker", deaf, tmp_path)], tmp_path, told.append, grace_s=0.3) as it:
        it.watch(within(DEADLINE_S, (tmp_path / "family").exists), every_s=0.02)
    assert not any(runs(pid) for pid in family(tmp_path))


def test_a_killed_guardian_takes_nothing_along(tmp_path: Path, told: Told) -> None:
    with Supervisor([python("worker", HAS_CHILD, tmp_path)], tmp_path, told.append) as it:
        it.watch(within(DEADLINE_S, (tmp_path / "family").exists), every_s=0.02)
        first = family(tmp_path)
        (tmp_path / "family").unlink()
        os.kill(os.getpgid(first[0]), signal.SIGKILL)
        it.watch(within(DEADLINE_S, (tmp_path / "family").exists), every_s=0.02)
        assert not any(runs(pid) for pid in first)
    assert told.of(Change.CRASHED)


def test_a_long_log_is_put_aside(tmp_path: Path, told: Told) -> None:
    log = tmp_path / "worker.log"
    log.write_bytes(b"old line\n" * 1_200_000)
    with Supervisor([python("worker", STAYS, tmp_path)], tmp_path, told.append) as it:
        it.watch(within(DEADLINE_S, (tmp_path / "stays.pid").exists), every_s=0.02)
    assert log.stat().st_size < 1000
    assert (tmp_path / "worker.log.1").stat().st_size > 10_000_000


DRIVER = """
    import os, sys
    from pathlib import Path
    from docpipe_assets.fleet.lock import only_one
    from docpipe_assets.fleet.supervisor import Part, Supervisor

    folder, code = Path(sys.argv[1]), sys.argv[2]
    part = Part("worker", (sys.executable, "-c", code), dict(os.environ), folder)
    with only_one(folder / "up.lock") as lock:
        with Supervisor([part], folder, print, keep_open=(lock,), grace_s=5) as it:
            asked = it.watch(lambda: False)
    print("asked to end by", asked.name)
"""


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program of its own that supervises a part with a child."""
    command = [sys.executable, "-c", textwrap.dedent(DRIVER), str(tmp_path), textwrap.dedent(HAS_CHILD)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        wait_for((tmp_path / "family").exists, "the start of the part")
        yield process
        process.kill()


def family(folder: Path) -> list[int]:
    return [int(pid) for pid in (folder / "family").read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_everything(
    driver: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    driver.send_signal(number)
    output, _ = driver.communicate(timeout=DEADLINE_S)
    assert driver.returncode == 0
    assert not any(runs(pid) for pid in family(tmp_path))
    assert f"asked to end by {number.name}" in output


def test_nothing_survives_the_supervisor_being_killed(driver: subprocess.Popen[str], tmp_path: Path) -> None:
    driver.kill()
    wait_for(lambda: not any(runs(pid) for pid in family(tmp_path)), "the end of the part and its child")


def test_a_second_one_on_the_same_home_is_refused(driver: subprocess.Popen[str], tmp_path: Path) -> None:
    lock = tmp_path / "up.lock"
    assert running_pid(lock) == driver.pid
    with (
        pytest.raises(AlreadyRunningError, match=rf"already runs on .*process {driver.pid}\)"),
        only_one(lock),
    ):
        pass


def test_the_next_one_waits_for_the_parts_of_a_killed_one(
    driver: subprocess.Popen[str], tmp_path: Path
) -> None:
    driver.kill()
    driver.wait()
    with only_one(tmp_path / "up.lock", wait_s=DEADLINE_S):
        assert not any(runs(pid) for pid in family(tmp_path))


def test_nobody_holds_a_lock_that_was_given_back(tmp_path: Path) -> None:
    lock = tmp_path / "up.lock"
    assert running_pid(lock) is None
    with only_one(lock):
        pass
    assert running_pid(lock) is None
