"""Stands between the supervisor and one part, so that the part ends whatever happens to the supervisor.

Run as a script with nothing but the standard library, since there is one for every part:

    python -I -S guardian.py LIFELINE GRACE_S COMMAND...

LIFELINE is the descriptor of an inherited socket whose other end the supervisor holds. The guardian leads
a process group of its own. When the lifeline closes, because the supervisor wants the part to end or was
killed itself, the command gets SIGTERM and GRACE_S seconds. The guardian writes the command's exit code to
the lifeline and ends the whole group, itself included, so nothing that the command started is left.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time

CANNOT_RUN = 127
"""Exit code of a command that cannot be started, as shells have it."""


def guard(lifeline: socket.socket, grace_s: float, command: list[str]) -> int:
    """Run the command until it ends, or until the lifeline closes or a signal asks; its exit code.

    The code is negative for the signal that ended it, as in `subprocess`.
    """
    woken, wake = socket.socketpair()
    woken.setblocking(False)
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    # Handlers, not SIG_IGN: the command would inherit an ignored signal.
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
    try:
        process = subprocess.Popen(command)
    except OSError as error:
        sys.stderr.write(f"{command[0]} cannot be started: {error}\n")
        return CANNOT_RUN
    kill_at: float | None = None
    while process.poll() is None:
        if kill_at is None:
            readable, _, _ = select.select([woken, lifeline], [], [])
        else:
            readable, _, _ = select.select([woken], [], [], max(0.0, kill_at - time.monotonic()))
            if time.monotonic() >= kill_at:
                process.kill()
                return process.wait()
        asked = lifeline in readable
        if woken in readable:
            asked |= any(number != signal.SIGCHLD for number in woken.recv(64))
        if asked and kill_at is None and process.poll() is None:
            process.terminate()
            kill_at = time.monotonic() + grace_s
    return process.returncode


def main() -> None:
    lifeline = socket.socket(fileno=int(sys.argv[1]))
    code = guard(lifeline, float(sys.argv[2]), sys.argv[3:])
    with contextlib.suppress(OSError):  # of a supervisor that is gone, and does not need to know
        lifeline.sendall(f"{code}\n".encode())
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
