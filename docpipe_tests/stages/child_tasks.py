"""What the tests of the page pool run in its children; light, for each child imports it."""

import os
import signal
import time
from pathlib import Path

from docpipe_assets.errors import PageError
from docpipe_assets.vocabulary import ErrorCode

MEMORY_LIMIT_MB = 300


def double(number: int) -> int:
    return 2 * number


def pid() -> int:
    return os.getpid()


def spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def note_and_spin(folder: Path, name: int) -> None:
    (folder / f"{name}").write_text(str(os.getpid()))
    spin(60)


def crash(number: int) -> int:
    if number == 1:
        os.kill(os.getpid(), signal.SIGSEGV)
    return number


def hang(number: int) -> int:
    if number == 1:
        spin(60)
    return number


def bloat(number: int) -> int:
    if number == 1:
        return len(bytearray(2 * MEMORY_LIMIT_MB * 1024 * 1024))
    return number


def refuse(number: int) -> int:
    raise PageError(ErrorCode.PAGE_TOO_LARGE, f"Page {number} is too large.")


class Stubborn(Exception):
    """An exception that pickles and does not come back."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"{first} and {second}")


def raise_stubborn() -> None:
    raise Stubborn(1, 2)


def raise_timeout() -> None:
    raise TimeoutError("a socket said so")
