"""What `docpipe up`, `worker` and `demo` prepare and refuse; the parts themselves run in the end-to-end tests."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from docpipe_assets.cli import parts
from docpipe_assets.cli.demo import demo_settings, facts
from docpipe_assets.cli.installation import open_tables
from docpipe_assets.fleet.lock import only_one
from docpipe_assets.report import SheetRow
from docpipe_assets.samples.expected import ExpectedPage
from docpipe_assets.settings import Settings
from docpipe_assets.vocabulary import Discipline, PageType, ScaleStatus
from docpipe_tests.cli.conftest import Run


def test_a_second_one_is_refused_with_the_pid_of_the_first(run: Run, configuration: Settings) -> None:
    with only_one(parts.lock_file(configuration)):
        result = run("up")
    assert result.exit_code == 1
    assert f"process {os.getpid()}" in result.stderr


def test_a_taken_port_is_told_before_anything_starts(
    run: Run, configuration: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", configuration.ui_port)):
        result = run("up")
    assert result.exit_code == 1
    assert f"The UI cannot be at port {configuration.ui_port}" in result.stderr
    assert "DOCPIPE_UI_PORT" in result.stderr
    assert not configuration.dagster_home.exists()


def test_a_worker_without_an_instance_is_told_what_makes_one(
    run: Run, configuration: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    run("migrate")
    result = run("worker")
    assert result.exit_code == 1
    assert "`docpipe up`" in result.stderr


def test_preparing_makes_all_that_the_parts_need_and_can_be_repeated(configuration: Settings) -> None:
    parts.prepare(configuration)
    (configuration.home / "uploads" / "kept.pdf").touch()
    parts.prepare(configuration)
    open_tables(configuration)
    assert (configuration.dagster_home / "dagster.yaml").is_file()
    assert (configuration.dagster_home / "history").is_dir()
    assert (configuration.home / "uploads" / "kept.pdf").exists()
    instance = yaml.safe_load((configuration.dagster_home / "dagster.yaml").read_text())
    broker = instance["run_launcher"]["config"]["config_source"]["broker_transport_options"]
    assert configuration.home / broker["data_folder_in"] == parts.queue_folder(configuration)


def test_every_part_sees_the_settings_as_they_are_here(
    configuration: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changed = Settings(
        home=tmp_path / "other",
        render_dpi=150,
        log_json=True,
        google_vision_languages=["pt", "en"],
        vision_api_key=SecretStr("a key"),
        vision_prices={"a model": (Decimal("0.15"), Decimal("0.6"))},
    )
    for name, value in parts.environment(changed, tmp_path).items():
        monkeypatch.setenv(name, value)
    assert Settings() == changed


def test_the_parts_find_each_other(configuration: Settings) -> None:
    configuration.dagster_home.mkdir(parents=True)
    by_name = {part.name: part for part in parts.all_parts(configuration)}
    assert set(by_name) == {"code server", "webserver", "daemon", "worker"}
    workspace = configuration.dagster_home / "workspace.yaml"
    (location,) = yaml.safe_load(workspace.read_text())["load_from"]
    port = by_name["code server"].argv[by_name["code server"].argv.index("--port") + 1]
    assert location["grpc_server"] == {"host": "127.0.0.1", "port": int(port), "location_name": "docpipe"}
    for name in ("webserver", "daemon"):
        assert str(workspace) in by_name[name].argv
        assert by_name[name].after == "code server"
        assert Path(by_name[name].argv[0]).is_file()
    assert {part.cwd for part in by_name.values()} == {configuration.home}
    assert by_name["worker"].recycles


def test_the_demo_uses_no_service_whatever_the_settings_name(
    configuration: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_DATABASE_URL", "postgresql+psycopg://db/docpipe")
    monkeypatch.setenv("DOCPIPE_CELERY_BROKER_URL", "redis://redis/0")
    monkeypatch.setenv("DOCPIPE_UI_URL", "https://plans.example.com")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        configuration.ui_port = taken.getsockname()[1]
        chosen = demo_settings(configuration)
    assert chosen.home == configuration.home / "demo"
    assert chosen.database_url == f"sqlite:///{configuration.home}/demo/docpipe.db"
    assert chosen.celery_broker_url == "filesystem://"
    assert chosen.ui_port != configuration.ui_port
    assert chosen.ui_url == f"http://127.0.0.1:{chosen.ui_port}"


def test_the_demo_compares_what_was_found_with_the_truth() -> None:
    row = SheetRow(
        file="a.pdf",
        page=1,
        classification_needs_review=False,
        scale_needs_review=False,
        sheet_number="A-101",
        sheet_title="Floor  plan",
        page_type=PageType.FLOOR_PLAN,
        discipline=Discipline.ARCHITECTURAL,
        scale_status=ScaleStatus.CALIBRATED,
        scale_ratio=48.0,
        pixels_per_foot=50.0,
    )
    truth = ExpectedPage(
        "A-101",
        "FLOOR PLAN",
        PageType.FLOOR_PLAN,
        Discipline.ARCHITECTURAL,
        ScaleStatus.CALIBRATED,
        '1/4" = 1\'-0"',
        Fraction(48),
    )
    assert all(found == true for found, true in facts(row, truth).values())
    wrong = facts(replace(row, sheet_number=None, scale_ratio=96.0), truth)
    assert {fact for fact, (found, true) in wrong.items() if found != true} == {
        "the sheet number",
        "the scale's ratio",
    }
