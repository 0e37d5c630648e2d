"""What `docpipe doctor` finds."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from docpipe_assets.cli.parts import lock_file
from docpipe_assets.fleet.supervisor import only_one
from docpipe_assets.settings import Settings, settings
from docpipe_assets.storage.tables import Worker
from docpipe_tests.cli.conftest import Run, Ui

PARTS = [
    "home folder",
    "free disk",
    "database",
    "upload bucket",
    "artifacts bucket",
    "broker",
    "PDF reader",
    "text recognition",
    "UI",
    "code location",
    "daemon",
    "worker",
]


@pytest.fixture(autouse=True)
def wide_terminal(configuration: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")


def findings(shown: str) -> dict[str, str]:
    """The line of each part."""
    lines = [line.strip() for line in shown.splitlines()]
    return {part: line for line in lines for part in PARTS if line.startswith(part)}


def health(*, beat: datetime | None, location_error: str | None = None) -> dict[str, Any]:
    daemon = {"daemonType": "SENSOR", "required": True, "lastHeartbeatTime": beat and beat.timestamp()}
    loaded = {"__typename": "PythonError", "message": location_error} if location_error else None
    entry = {"name": "docpipe", "locationOrLoadError": loaded or {"__typename": "RepositoryLocation"}}
    return {
        "data": {
            "instance": {"daemonHealth": {"allDaemonStatuses": [daemon]}},
            "workspaceOrError": {"__typename": "Workspace", "locationEntries": [entry]},
        }
    }


def test_before_the_first_start_nothing_is_broken_and_nothing_is_made(
    run: Run, configuration: Settings
) -> None:
    result = run("doctor")
    found = findings(result.stdout)
    assert result.exit_code == 0
    assert list(found) == PARTS
    assert "`docpipe up`" in found["home folder"]
    assert "not running" in found["UI"]
    assert " ok " in found["PDF reader"]
    assert " ok " in found["text recognition"]
    assert not configuration.home.exists()


def test_what_runs_is_ok(run: Run, session: Session, ui: Ui) -> None:
    ui.answer = health(beat=datetime.now(UTC))
    session.add(Worker(host=socket.gethostname(), pid=4711, beat_at=datetime.now(UTC)))
    session.commit()
    found = findings(run("doctor").stdout)
    for part in ("home folder", "database", "UI", "code location", "daemon", "worker"):
        assert " ok " in found[part]
    assert "process 4711" in found["worker"]


@pytest.mark.parametrize(
    ("answer", "part", "words"),
    [
        (health(beat=datetime.now(UTC) - timedelta(minutes=5)), "daemon", "no sign of life from sensor"),
        (health(beat=None), "daemon", "no sign of life from sensor"),
        (health(beat=datetime.now(UTC), location_error="no module named cv2"), "code location", "cv2"),
        ({"errors": [{"message": "read-only"}]}, "UI", "read-only"),
    ],
)
def test_what_is_broken_is_named(run: Run, ui: Ui, answer: dict[str, Any], part: str, words: str) -> None:
    ui.answer = answer
    result = run("doctor")
    assert result.exit_code == 1
    assert "broken" in findings(result.stdout)[part]
    assert words in findings(result.stdout)[part]


def test_a_silent_ui_is_broken_while_docpipe_up_runs(run: Run, configuration: Settings) -> None:
    with only_one(lock_file(configuration)):
        result = run("doctor")
    assert result.exit_code == 1
    assert "broken" in findings(result.stdout)["UI"]


def test_tables_of_another_version_are_broken(run: Run, configuration: Settings) -> None:
    configuration.home.mkdir()
    (configuration.home / "docpipe.db").touch()
    result = run("doctor")
    assert result.exit_code == 1
    assert "`docpipe migrate`" in findings(result.stdout)["database"]


@pytest.mark.parametrize(
    ("setting", "value", "part"),
    [
        ("DATABASE_URL", "postgresql+psycopg://docpipe@127.0.0.1:1/docpipe", "database"),
        ("DATABASE_URL", "my database", "database"),
        ("CELERY_BROKER_URL", "amqp://127.0.0.1:1//", "broker"),
    ],
)
def test_a_service_that_does_not_answer_is_broken(
    run: Run, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, part: str
) -> None:
    monkeypatch.setenv(f"DOCPIPE_{setting}", value)
    settings.cache_clear()
    result = run("doctor")
    assert result.exit_code == 1
    assert "broken" in findings(result.stdout)[part]
    assert setting in result.stdout


def test_a_home_without_write_access_is_broken(run: Run, configuration: Settings, tmp_path: Path) -> None:
    configuration.home.write_text("a file where the folder should be")
    result = run("doctor")
    assert result.exit_code == 1
    assert "broken" in findings(result.stdout)["home folder"]
