"""`docpipe doctor`: whether each part is as it should be, and what to do where it is not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import typer

from docpipe_assets.cli import terminal
from docpipe_assets.cli.self_test import Library
from docpipe_assets.errors import DocpipeError
from docpipe_assets.vocabulary import Engine

if TYPE_CHECKING:
    from docpipe_assets.settings import Settings

_BROKER_ANSWER_S = 3.0
_UI_ANSWER_S = 10.0
_DAEMON_SILENT_AFTER = timedelta(seconds=90)
"""Three of the daemon's own intervals."""
_LITTLE_DISK, _NO_DISK = 5e9, 0.5e9
_LIBRARY_ANSWER_S = 60.0
_INSTALL_AGAIN = "Install docpipe again: `make install`."
_INSTALL_CLIENTS = "Install docpipe with the extra `cloud`: `pip install 'docpipe[cloud]'`."


class State(StrEnum):
    OK = "ok"
    OFF = "not running"
    ABSENT = "not there yet"
    WARNING = "look at it"
    BROKEN = "broken"


_STYLES = {State.OK: "green", State.BROKEN: "bold red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is, in words, and what to do about it."""

    state: State
    words: str
    to_do: str = ""


def doctor() -> None:
    """Look at every part and say what to do where one fails.

    Exit code 1 when something that docpipe cannot do without is broken.
    """
    from rich.text import Text

    from docpipe_assets.cli.installation import configured

    settings = configured()
    table = terminal.plain_table("Part", "State", "", "What to do")
    broken = False
    with terminal.remarks().status("Looking") as spinner:
        for part, examine in examinations(settings):
            spinner.update(f"Looking at the {part}")
            finding = examine()
            broken |= finding.state is State.BROKEN
            state = Text(finding.state, style=_STYLES.get(finding.state, "yellow"))
            table.add_row(part, state, finding.words, finding.to_do)
    terminal.results().print(table)
    if broken:
        raise typer.Exit(1)


def examinations(settings: Settings) -> Iterator[tuple[str, Callable[[], Finding]]]:
    """Every part and how to look at it, to be done in this order."""
    yield "home folder", lambda: _home(settings)
    yield "free disk", lambda: _disk(settings)
    yield "database", lambda: _database(settings)
    yield "upload bucket", lambda: _bucket(settings.uploads_url, "DOCPIPE_UPLOADS_URL")
    yield "artifacts bucket", lambda: _bucket(settings.artifacts_url, "DOCPIPE_ARTIFACTS_URL")
    yield "broker", lambda: _broker(settings)
    yield "PDF reader", lambda: _library(Library.PDF_READER)
    yield "text recognition", lambda: _library(Library.TEXT_RECOGNITION)
    if settings.ocr_engine is Engine.GOOGLE_VISION:
        yield "Google Vision", lambda: _google_vision(settings)
    if settings.vision_api_key.get_secret_value():
        yield "vision model", lambda: _vision_model(settings)
    yield from _dagster(settings)
    yield "worker", lambda: _worker(settings)


def _home(settings: Settings) -> Finding:
    home = settings.home
    if not home.exists():
        return Finding(State.ABSENT, str(home), "`docpipe up` makes it.")
    try:
        with TemporaryFile(dir=home):
            pass
    except OSError as error:
        return Finding(
            State.BROKEN, f"{home}: {error.strerror}", "Give yourself write access, or set DOCPIPE_HOME."
        )
    return Finding(State.OK, str(home))


def _disk(settings: Settings) -> Finding:
    folder = next(parent for parent in (settings.home, *settings.home.parents) if parent.exists())
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:,.1f} GB are free"
    if free > _LITTLE_DISK:
        return Finding(State.OK, words)
    to_do = "Page images take about 3 MB each: make room, or set DOCPIPE_HOME to a larger disk."
    return Finding(State.WARNING if free > _NO_DISK else State.BROKEN, words, to_do)


def _database(settings: Settings) -> Finding:
    from docpipe_assets.cli.installation import TablesError, missing_file, revisions, shown

    url = settings.database_url
    try:
        if missing := missing_file(url):
            return Finding(State.ABSENT, str(missing), "`docpipe up` makes it.")
        revision, newest = revisions(url)
    except TablesError as error:
        return Finding(State.BROKEN, "", str(error))
    if revision != newest:
        words = (
            f"{shown(url)}, tables of revision {revision}" if revision else f"{shown(url)}, without tables"
        )
        return Finding(State.BROKEN, words, "Run `docpipe migrate`.")
    return Finding(State.OK, f"{shown(url)}, revision {revision}")


def _bucket(url: str, setting: str) -> Finding:
    from obstore.exceptions import BaseError

    from docpipe_assets.storage.bucket import open_bucket

    place = terminal.place(url)
    parts = urlsplit(url)
    if parts.scheme == "file" and not Path(unquote(parts.path)).exists():
        return Finding(State.ABSENT, place, "`docpipe up` makes it.")
    try:
        objects = len(open_bucket(url).list().objects)
    except (DocpipeError, BaseError, OSError, ValueError) as error:
        cause = str(error).splitlines()[0]
        return Finding(State.BROKEN, place, f"{cause} Check {setting} and its credentials.")
    return Finding(State.OK, f"{place}, {terminal.counted(objects, 'object')}")


def _broker(settings: Settings) -> Finding:
    from docpipe_assets.cli.parts import queue_folder

    url = settings.celery_broker_url
    if url.startswith("filesystem:"):
        queue = queue_folder(settings)
        if not queue.exists():
            return Finding(State.ABSENT, str(queue), "`docpipe up` makes it.")
        waiting = sum(1 for _ in queue.iterdir())
        return Finding(State.OK, f"{queue}, {terminal.counted(waiting, 'run')} waiting")
    from kombu import Connection
    from kombu.exceptions import KombuError

    shown = Connection(url).as_uri()
    try:
        with Connection(url, connect_timeout=_BROKER_ANSWER_S) as connection:
            connection.ensure_connection(max_retries=1, timeout=_BROKER_ANSWER_S)
    except (KombuError, OSError, ImportError) as error:
        return Finding(
            State.BROKEN, shown, f"It does not answer ({error}). Start it, or set DOCPIPE_CELERY_BROKER_URL."
        )
    return Finding(State.OK, shown)


def _library(library: Library) -> Finding:
    command = (sys.executable, "-m", "docpipe_assets.cli.self_test", library)
    try:
        tried = subprocess.run(
            command, capture_output=True, text=True, timeout=_LIBRARY_ANSWER_S, check=False
        )
    except subprocess.TimeoutExpired:
        return Finding(State.BROKEN, f"it is not done after {_LIBRARY_ANSWER_S:.0f} s", _INSTALL_AGAIN)
    if tried.returncode == 0:
        return Finding(State.OK, tried.stdout)
    last_words = (tried.stderr.strip().splitlines() or [f"it ended with code {tried.returncode}"])[-1]
    return Finding(State.BROKEN, last_words, _INSTALL_AGAIN)


def _google_vision(settings: Settings) -> Finding:
    """Whether it can be asked; asking it would cost money."""
    if not _is_installed("google.cloud.vision"):
        return Finding(State.BROKEN, "its client is not installed", _INSTALL_CLIENTS)
    path = settings.google_vision_credentials
    if path is None:
        return Finding(State.OK, "credentials of this machine's environment")
    try:
        account = json.loads(path.read_text("utf-8"))
    except OSError as error:
        to_do = "Let docpipe's user read it, or set DOCPIPE_GOOGLE_VISION_CREDENTIALS."
        return Finding(State.BROKEN, f"{path}: {error.strerror}", to_do)
    except ValueError:
        account = None
    if not isinstance(account, dict) or "client_email" not in account:
        to_do = "Set DOCPIPE_GOOGLE_VISION_CREDENTIALS to the JSON key file of a service account."
        return Finding(State.BROKEN, f"{path} is no key file", to_do)
    return Finding(State.OK, f"{account['client_email']}, by {path}")


def _vision_model(settings: Settings) -> Finding:
    """Whether it can be asked; asking it would cost money."""
    if not _is_installed("openai"):
        return Finding(State.BROKEN, "its client is not installed", _INSTALL_CLIENTS)
    model = settings.vision_model
    if not model:
        return Finding(State.BROKEN, "no model is named", "Set DOCPIPE_VISION_MODEL.")
    if model not in settings.vision_prices:
        return Finding(State.BROKEN, f"{model} has no price", "Set DOCPIPE_VISION_PRICES.")
    return Finding(State.OK, f"{model}, at {settings.vision_base_url or 'OpenAI'}")


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _dagster(settings: Settings) -> Iterator[tuple[str, Callable[[], Finding]]]:
    from docpipe_assets.cli.dagster_ui import DagsterUi, Health, UiRefusedError, UiUnreachableError
    from docpipe_assets.cli.parts import lock_file, log_folder
    from docpipe_assets.fleet.lock import running_pid

    health: Health | None = None
    running = running_pid(lock_file(settings))
    logs = f"Look into {log_folder(settings)}"

    def ui() -> Finding:
        nonlocal health
        try:
            health = DagsterUi(settings.ui_url, _UI_ANSWER_S).health()
        except UiUnreachableError as error:
            if running:
                return Finding(State.BROKEN, f"{settings.ui_url} does not answer", f"{logs}/webserver.log.")
            return Finding(State.OFF, str(error).split(". ", maxsplit=1)[0], "Start it with `docpipe up`.")
        except UiRefusedError as error:
            return Finding(State.BROKEN, str(error), f"{logs}/webserver.log.")
        return Finding(State.OK, settings.ui_url)

    def code_location() -> Finding:
        if health is None:
            return Finding(State.OFF, "unknown without the UI")
        if health.location_error:
            return Finding(State.BROKEN, health.location_error.splitlines()[0], f"{logs}/code-server.log.")
        return Finding(State.OK, "loaded")

    def daemon() -> Finding:
        if health is None:
            return Finding(State.OFF, "unknown without the UI")
        silent = health.silent_since(datetime.now(UTC) - _DAEMON_SILENT_AFTER)
        if silent:
            words = f"no sign of life from {', '.join(silent).lower().replace('_', ' ')}"
            return Finding(State.BROKEN, words, f"{logs}/daemon.log, or start it with `docpipe up`.")
        return Finding(State.OK, f"{len(health.daemons)} daemons beat")

    yield "UI", ui
    yield "code location", code_location
    yield "daemon", daemon


def _worker(settings: Settings) -> Finding:
    from docpipe_assets.cli.installation import open_tables
    from docpipe_assets.fleet.heartbeats import workers_alive

    to_do = "Start one with `docpipe up` or `docpipe worker`: without it, runs wait."
    try:
        with open_tables(settings)() as session:
            alive = workers_alive(session)
    except DocpipeError:
        return Finding(State.OFF, "unknown without the database", to_do)
    if not alive:
        return Finding(State.OFF, "no worker gives a sign of life", to_do)
    named = ", ".join(f"process {worker.pid} on {worker.host}" for worker in alive)
    return Finding(State.OK, named)
