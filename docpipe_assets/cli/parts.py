"""The parts of an embedded installation: what `docpipe up` prepares, and the commands that it keeps running."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from docpipe_assets.errors import DocpipeError
from docpipe_assets.fleet.supervisor import Part
from docpipe_assets.settings import CHECKOUT, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HOST = "127.0.0.1"
_READY_ANSWER_S = 0.9
_INSTANCE = "dagster.yaml"
_WORKSPACE = """load_from:
  - grpc_server:
      host: {host}
      port: {port}
      location_name: {location}
"""


class PortTakenError(DocpipeError):
    """Another program listens where the UI is to be."""


class InstanceError(DocpipeError):
    """There is no Dagster instance, or it cannot be made."""


def lock_file(settings: Settings) -> Path:
    """What the one `docpipe up` of a home holds."""
    return settings.home / "up.lock"


def log_folder(settings: Settings) -> Path:
    return settings.home / "logs"


def queue_folder(settings: Settings) -> Path:
    """Where runs wait for the worker on the embedded default's broker; `dagster.yaml` names it too."""
    return settings.home / "celery" / "queue"


def prepare(settings: Settings, instance: Path = CHECKOUT / _INSTANCE) -> None:
    """Make the home, bring all tables up to date, and copy Dagster's instance file into it. Safe to repeat.

    Raises `InstanceError`.
    """
    from docpipe_assets.storage.bucket import open_bucket
    from docpipe_assets.storage.database import migrate

    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    queue_folder(settings).mkdir(parents=True, exist_ok=True)
    for url in (settings.uploads_url, settings.artifacts_url):
        open_bucket(url)
    migrate(settings.database_url)
    shutil.copyfile(instance, settings.dagster_home / _INSTANCE)
    _make_instance(settings)


def _make_instance(settings: Settings) -> None:
    """Bring Dagster's own tables up to date before several processes try to do so at once and break them."""
    made_by = settings.dagster_home / "tables-made-by"
    wanted = f"dagster {version('dagster')}"
    if made_by.is_file() and made_by.read_text() == wanted:
        return
    done = subprocess.run(
        (_script("dagster"), "instance", "migrate"),
        env=environment(settings, settings.dagster_home),
        cwd=settings.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InstanceError(
            f"Dagster's tables in {settings.dagster_home} cannot be made or brought up to date: {reason}. "
            "Move that folder away to begin a new run history; docpipe's own results are kept elsewhere."
        )
    made_by.write_text(wanted)


def all_parts(settings: Settings, workers: int = 1) -> list[Part]:
    """Code server, webserver, daemon and workers, connected with each other. Writes the workspace file."""
    from docpipe_assets.cli.dagster_ui import LOCATION

    port = free_port()
    workspace = settings.dagster_home / "workspace.yaml"
    workspace.write_text(_WORKSPACE.format(host=_HOST, port=port, location=LOCATION))
    began = datetime.now(UTC)

    surroundings = environment(settings, settings.dagster_home)

    def part(name: str, *argv: str, ready: Callable[[], bool], after: str | None = None) -> Part:
        return Part(name, argv, surroundings, settings.home, ready, after)

    return [
        part(
            "code server",
            *(sys.executable, "-m", "dagster", "api", "grpc", "--host", _HOST, "--port", str(port)),
            *("--module-name", "docpipe_assets.definitions", "--location-name", LOCATION),
            ready=lambda: _listens(port),
        ),
        *worker_parts(settings, settings.dagster_home, workers),
        part(
            "webserver",
            *(_script("dagster-webserver"), "-h", _HOST, "-p", str(settings.ui_port), "-w", str(workspace)),
            ready=lambda: _ui_is_ready(settings),
            after="code server",
        ),
        part(
            "daemon",
            *(_script("dagster-daemon"), "run", "-w", str(workspace)),
            ready=lambda: _daemons_beat(settings, began),
            after="code server",
        ),
    ]


def worker_parts(settings: Settings, dagster_home: Path, count: int = 1) -> list[Part]:
    """Workers, each of which ends by itself now and then to give its memory back."""
    began = datetime.now(UTC)
    argv = (sys.executable, "-m", "docpipe_assets.fleet.worker")
    return [
        Part(
            "worker" if count == 1 else f"worker {number}",
            argv,
            environment(settings, dagster_home),
            settings.home,
            ready=lambda: _workers_beat(settings, began, count),
            recycles=True,
        )
        for number in range(1, count + 1)
    ]


def instance_folder(settings: Settings) -> Path:
    """The Dagster instance that a lone worker belongs to: `DAGSTER_HOME`, else the embedded one.

    Raises `InstanceError` when there is none.
    """
    folder = Path(os.environ.get("DAGSTER_HOME") or settings.dagster_home)
    if not (folder / _INSTANCE).is_file():
        raise InstanceError(
            f"There is no Dagster instance in {folder} for a worker to belong to: start `docpipe up` first, "
            "or set DAGSTER_HOME to the folder of a deployment's dagster.yaml."
        )
    return folder


def environment(settings: Settings, dagster_home: Path) -> Mapping[str, str]:
    """The environment of every part: this one's, with every setting as it is here."""
    resolved = {
        f"DOCPIPE_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
        for name, value in settings.model_dump(mode="json", exclude_none=True).items()
    }
    resolved["DOCPIPE_VISION_API_KEY"] = settings.vision_api_key.get_secret_value()
    return os.environ | resolved | {"DAGSTER_HOME": str(dagster_home), "PYTHONUNBUFFERED": "1"}


def refuse_taken_port(port: int) -> None:
    """Raises `PortTakenError` when something listens on the port already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise PortTakenError(
                f"The UI cannot be at port {port}: {(error.strerror or str(error)).lower()}. "
                f"End what uses it, or set DOCPIPE_UI_PORT to a free one, such as {free_port()}."
            ) from error


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _script(name: str) -> str:
    """A console script of this very installation, whatever PATH says."""
    return str(Path(sys.executable).with_name(name))


def _listens(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(_READY_ANSWER_S)
        return probe.connect_ex((_HOST, port)) == 0


def _ui_is_ready(settings: Settings) -> bool:
    from docpipe_assets.cli.dagster_ui import DagsterUi, UiUnreachableError

    try:
        return DagsterUi(local_ui(settings), _READY_ANSWER_S).health().location_error is None
    except UiUnreachableError:
        return False


def _daemons_beat(settings: Settings, began: datetime) -> bool:
    from docpipe_assets.cli.dagster_ui import DagsterUi, UiUnreachableError

    try:
        health = DagsterUi(local_ui(settings), _READY_ANSWER_S).health()
    except UiUnreachableError:
        return False
    return bool(health.daemons) and not health.silent_since(began)


def local_ui(settings: Settings) -> str:
    """Where the UI that `docpipe up` starts answers, whatever address it is known by."""
    return f"http://{_HOST}:{settings.ui_port}"


def _workers_beat(settings: Settings, began: datetime, count: int) -> bool:
    import psutil

    from docpipe_assets.fleet.heartbeats import workers_alive
    from docpipe_assets.storage.database import sessions

    with sessions(settings.database_url)() as session:
        here = [
            worker
            for worker in workers_alive(session)
            if worker.beat_at >= began
            and worker.host == socket.gethostname()
            and psutil.pid_exists(worker.pid)
        ]
    return len(here) >= count
