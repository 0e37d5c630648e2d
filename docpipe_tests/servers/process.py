"""Server processes that end with whoever started them, however that one ends."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

# The starter holds the other end of fd 3: when that is closed, by the starter or by its death, the server is
# ended. The shell itself ends when the server does.
_LEASH = """
exec 3<&0
"$@" </dev/null 3<&- & server=$!
{ cat <&3; kill -s "$SERVER_SIGNAL" $server; } >/dev/null 2>&1 & leash=$!
wait $server; status=$?
kill $leash 2>/dev/null
exit $status
"""


class ServerMissingError(Exception):
    """The server's program is not installed."""


class ServerDiedError(Exception):
    """The server ended, or did not answer in time."""


def free_port(most: int = 65535) -> int:
    """A port of 127.0.0.1 that nobody listens on, not above `most`."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port <= most:
            return port


def unprivileged_user() -> str | None:
    """Whom to run a server as that refuses root; None where we are not root ourselves."""
    return "nobody" if os.geteuid() == 0 else None


@contextmanager
def server(
    command: Sequence[str | Path],
    answers: Callable[[], bool],
    *,
    log: Path,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
    end_with: signal.Signals = signal.SIGKILL,
    timeout_s: float = 60.0,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from the time it answers until the end of the block; its output goes to `log`."""
    entry = pwd.getpwnam(user) if user else None
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _LEASH, "sh", *map(str, command)],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=log.parent,
            env={**(os.environ if environment is None else environment), "SERVER_SIGNAL": end_with.name[3:]},
            start_new_session=True,
            user=entry.pw_uid if entry else None,
            group=entry.pw_gid if entry else None,
            extra_groups=[] if entry else None,
        )
    assert process.stdin is not None
    try:
        deadline = time.monotonic() + timeout_s
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline:
                said = log.read_text("utf-8", "replace")[-2000:]
                raise ServerDiedError(f"{Path(command[0]).name} does not answer: {said}")
            threading.Event().wait(0.05)
        yield process
    finally:
        process.stdin.close()
        process.wait(30)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
