"""What `docpipe doctor` finds."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from docpipe_assets.cli.doctor import Finding, State, examinations
from docpipe_assets.cli.parts import lock_file, queue_folder
from docpipe_assets.fleet.lock import only_one
from docpipe_assets.settings import Settings, settings
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.tables import Worker
from docpipe_assets.vocabulary import Engine
from docpipe_tests.cli.conftest import Run, Ui

LIBRARIES = {"PDF reader", "text recognition"}


def look() -> dict[str, Finding]:
    """What is found of every part but the libraries, which take seconds."""
    return {part: examine() for part, examine in examinations(settings()) if part not in LIBRARIES}


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
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    states = {
        part: line for part, _ in examinations(configuration) for line in lines if line.startswith(part)
    }
    assert len(states) == 12
    assert all(" ok " in states[part] for part in LIBRARIES)
    assert "not running" in states["UI"]
    assert "`docpipe up` makes it." in states["home folder"]
    assert not configuration.home.exists()


def test_what_is_broken_gives_exit_code_1(run: Run, configuration: Settings) -> None:
    configuration.home.write_text("a file where the folder should be")
    result = run("doctor")
    assert result.exit_code == 1
    assert "broken" in result.stdout


def test_what_runs_is_ok(session: Session, configuration: Settings, ui: Ui) -> None:
    for url in (configuration.uploads_url, configuration.artifacts_url):
        open_bucket(url)
    queue_folder(configuration).mkdir(parents=True)
    ui.answer = health(beat=datetime.now(UTC))
    session.add(Worker(host=socket.gethostname(), pid=4711, beat_at=datetime.now(UTC)))
    session.commit()
    found = look()
    assert {part: finding for part, finding in found.items() if finding.state is not State.OK} == {}
    assert "process 4711" in found["worker"].words


@pytest.mark.parametrize(
    ("answer", "part", "words"),
    [
        (health(beat=datetime.now(UTC) - timedelta(minutes=5)), "daemon", "no sign of life from sensor"),
        (health(beat=None), "daemon", "no sign of life from sensor"),
        (health(beat=datetime.now(UTC), location_error="no module named cv2"), "code location", "cv2"),
        ({"errors": [{"message": "read-only"}]}, "UI", "read-only"),
    ],
)
def test_a_part_of_dagster_that_is_broken_is_named(
    ui: Ui, answer: dict[str, Any], part: str, words: str
) -> None:
    ui.answer = answer
    found = look()[part]
    assert found.state is State.BROKEN
    assert words in found.words


def test_a_silent_ui_is_broken_only_while_docpipe_up_runs(configuration: Settings) -> None:
    assert look()["UI"].state is State.OFF
    with only_one(lock_file(configuration)):
        assert look()["UI"].state is State.BROKEN


def test_a_database_without_tables_is_broken(configuration: Settings) -> None:
    configuration.home.mkdir()
    (configuration.home / "docpipe.db").touch()
    found = look()["database"]
    assert found.state is State.BROKEN
    assert found.to_do == "Run `docpipe migrate`."


@pytest.mark.parametrize(
    ("setting", "value", "part"),
    [
        ("DATABASE_URL", "postgresql+psycopg://docpipe@127.0.0.1:1/docpipe", "database"),
        ("DATABASE_URL", "my database", "database"),
        ("CELERY_BROKER_URL", "amqp://127.0.0.1:1//", "broker"),
        ("UPLOADS_URL", "gopher://uploads", "upload bucket"),
    ],
)
def test_a_service_that_does_not_answer_is_broken(
    configuration: Settings, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, part: str
) -> None:
    monkeypatch.setenv(f"DOCPIPE_{setting}", value)
    settings.cache_clear()
    found = look()[part]
    assert found.state is State.BROKEN
    assert setting in found.to_do


@pytest.mark.parametrize(
    ("content", "state", "words"),
    [
        (None, State.BROKEN, "No such file"),
        ("not JSON", State.BROKEN, "is no key file"),
        ('{"type": "authorized_user"}', State.BROKEN, "is no key file"),
        ('{"client_email": "docpipe@plans"}', State.OK, "docpipe@plans"),
    ],
)
def test_googles_key_file_is_looked_into(
    configuration: Settings, tmp_path: Path, content: str | None, state: State, words: str
) -> None:
    key = tmp_path / "key.json"
    if content is not None:
        key.write_text(content)
    google = configuration.model_copy(
        update={"ocr_engine": Engine.GOOGLE_VISION, "google_vision_credentials": key}
    )
    finding = dict(examinations(google))["Google Vision"]()
    assert finding.state is state
    assert words in finding.words


@pytest.mark.parametrize(
    ("update", "state", "words"),
    [
        ({}, State.BROKEN, "no model is named"),
        ({"vision_model": "draftsman"}, State.BROKEN, "draftsman has no price"),
        (
            {"vision_model": "draftsman", "vision_prices": {"draftsman": (1, 4)}},
            State.OK,
            "draftsman, at OpenAI",
        ),
    ],
)
def test_a_vision_model_needs_a_name_and_a_price(
    configuration: Settings, update: dict[str, Any], state: State, words: str
) -> None:
    model = configuration.model_copy(update={"vision_api_key": SecretStr("a key"), **update})
    finding = dict(examinations(model))["vision model"]()
    assert (finding.state, finding.words) == (state, words)


def test_paid_services_that_are_not_used_are_not_looked_at(configuration: Settings) -> None:
    assert {"Google Vision", "vision model"}.isdisjoint(dict(examinations(configuration)))
