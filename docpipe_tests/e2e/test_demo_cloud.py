"""`make demo-cloud`: every production part on one machine, from the upload bucket to the ledger, and its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import make_url, text

from docpipe_assets.samples.expected import EXPECTED, HOUSE
from docpipe_assets.settings import CHECKOUT
from docpipe_assets.storage.database import connect
from docpipe_tests.e2e.running import Running, wait_for

COMMAND = [sys.executable, "-m", "docpipe_tests.demo_cloud"]
STAYS = "Everything keeps running"
SCANNED = len(EXPECTED[HOUSE].pages)


def start(home: Path, *options: str, **environment: str) -> subprocess.Popen[bytes]:
    """The demo in a home of its own, as from a shell that sets none of docpipe's variables."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DOCPIPE_")}
    home.mkdir(parents=True, exist_ok=True)
    with (home / "out").open("wb") as output:
        return subprocess.Popen(
            [*COMMAND, *options],
            env={**clean, "DOCPIPE_HOME": str(home), **environment},
            cwd=CHECKOUT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def printed(home: Path) -> str:
    return (home / "out").read_text("utf-8")


def wait_until_printed(process: subprocess.Popen[bytes], home: Path, words: str, timeout_s: float) -> None:
    """Skips where a server is not installed here."""

    def look() -> bool:
        ended = process.poll() is not None
        if ended and "is not installed" in printed(home):
            pytest.skip(printed(home).strip())
        assert not ended, printed(home)
        return words in printed(home)

    wait_for(look, timeout_s, f"the demo to print {words!r}")


def end(process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGINT) -> list[psutil.Process]:
    """End the demo as Ctrl-C does; what it leaves running."""
    begun = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    process.wait(90)
    return psutil.wait_procs(begun, timeout=30)[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo once it has processed everything, kept running for a look at it."""
    home = tmp_path_factory.mktemp("cloud")
    process = start(home, "--stay")
    try:
        wait_until_printed(process, home, STAYS, timeout_s=540)
        sourced = subprocess.run(
            ["/bin/sh", "-c", f". '{home / 'demo-cloud' / 'environment'}'; exec env -0"],
            capture_output=True,
            text=True,
            check=True,
        )
        environment = dict(line.split("=", 1) for line in sourced.stdout.split("\0") if line)
        environment["COLUMNS"] = "150"
        yield Running(home / "demo-cloud", environment, process, environment["DOCPIPE_UI_URL"])
    finally:
        if process.poll() is None:
            end(process)


def dagsters(demo: Running, query: str) -> list[tuple[Any, ...]]:
    """Rows of Dagster's own tables."""
    url = make_url(demo.environment["DOCPIPE_DATABASE_URL"]).set(database="dagster")
    with connect(url.render_as_string(hide_password=False)).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def s3(demo: Running) -> Any:
    import boto3  # type: ignore[import-untyped]

    return boto3.client(
        "s3",
        endpoint_url=demo.environment["AWS_ENDPOINT_URL"],
        region_name=demo.environment["AWS_REGION"],
        aws_access_key_id=demo.environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=demo.environment["AWS_SECRET_ACCESS_KEY"],
    )


def keys(demo: Running, bucket: str) -> list[str]:
    return [found["Key"] for found in s3(demo).list_objects_v2(Bucket=bucket).get("Contents", [])]


def test_every_sample_is_ready_and_every_fact_is_right(demo: Running) -> None:
    rows = demo.rows("SELECT bucket_key, status, page_count FROM documents")
    assert {row["bucket_key"]: (row["status"], row["page_count"]) for row in rows} == {
        name: ("ready", len(expected.pages)) for name, expected in EXPECTED.items()
    }
    facts = 6 * sum(len(expected.pages) for expected in EXPECTED.values())
    assert f"{facts} of {facts} facts" in printed(demo.home.parent)


def test_dagster_keeps_its_runs_in_postgresql_and_its_logs_in_s3(demo: Running) -> None:
    runs = dagsters(demo, "SELECT run_id, status FROM runs")
    assert [status for _, status in runs] == ["SUCCESS"] * len(EXPECTED)
    assert not list((demo.home / "dagster").rglob("*.db"))
    logs = keys(demo, "logs")
    for run_id, _ in runs:
        (log,) = [key for key in logs if run_id in key and key.endswith(".err")]
        kept = s3(demo).get_object(Bucket="logs", Key=log)["Body"].read().decode()
        assert "page done" in kept
    query = 'query { instance { concurrencyLimit(concurrencyKey: "google_vision") { limit } } }'
    assert demo.graphql(query)["instance"]["concurrencyLimit"]["limit"] == 2


def test_two_workers_share_the_runs_through_redis(demo: Running) -> None:
    assert demo.environment["DOCPIPE_CELERY_BROKER_URL"].startswith("redis://127.0.0.1:")
    assert len(demo.rows("SELECT DISTINCT pid FROM workers")) == 2
    assert not list((demo.home / "celery").rglob("*.msg"))


def test_images_and_outputs_are_in_s3_alone(demo: Running) -> None:
    assert set(keys(demo, "uploads")) == set(EXPECTED)
    stored = set(keys(demo, "artifacts"))
    assert {row["image_key"] for row in demo.rows("SELECT image_key FROM pages")} < stored
    assert {row["report_key"] for row in demo.rows("SELECT report_key FROM plan_sets")} < stored
    assert not list(demo.home.glob("uploads/*")) + list(demo.home.glob("artifacts/*"))


def test_the_ledger_has_every_call_that_the_paid_services_answered(demo: Running) -> None:
    read = demo.rows("SELECT page_number, images FROM paid_calls WHERE engine = 'google_vision' ORDER BY 1")
    assert [(call["page_number"], call["images"]) for call in read] == [(n, 1) for n in range(1, SCANNED + 1)]
    asked = demo.rows("SELECT input_tokens, cost_usd FROM paid_calls WHERE engine = 'vision_model'")
    assert asked
    assert all(call["input_tokens"] > 0 and call["cost_usd"] > 0 for call in asked)
    said = printed(demo.home.parent)
    assert f"{SCANNED} images read" in said
    assert f"{len(asked)} answered" in said


def test_the_command_line_works_on_the_running_demo(demo: Running) -> None:
    shown = json.loads(demo.cli("status", HOUSE, "--json").stdout)
    (paid,) = demo.rows(
        "SELECT sum(cost_usd) AS usd FROM paid_calls JOIN documents ON documents.id = document_id "
        "WHERE bucket_key = :key",
        key=HOUSE,
    )
    assert shown["cost_usd"] == pytest.approx(paid["usd"])
    assert shown["outputs"]["report"].startswith("s3://artifacts/")
    assert "Google Vision" in demo.cli("status", HOUSE).stdout
    exported = demo.cli("export", "--format", "jsonl").stdout
    assert len(exported.splitlines()) == sum(len(expected.pages) for expected in EXPECTED.values())


def test_ctrl_c_ends_every_part_and_leaves_the_reports(demo: Running) -> None:
    assert end(demo.process) == []
    assert demo.process.returncode == 0
    reports = list((demo.home / "outputs").glob("*/report.html"))
    assert len(reports) == len(EXPECTED)
    assert all(report.as_uri() in printed(demo.home.parent) for report in reports)


def test_a_demo_that_is_ended_early_leaves_nothing_running(tmp_path: Path) -> None:
    process = start(tmp_path)
    wait_until_printed(process, tmp_path, "are up on 127.0.0.1", timeout_s=180)
    assert end(process, signal.SIGTERM) == []
    assert process.returncode == 130
    assert "interrupted" in printed(tmp_path)


def test_a_missing_server_is_named_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    process = start(tmp_path, PATH="")
    assert process.wait(60) == 1
    assert "redis-server is not installed" in printed(tmp_path)
    assert time.monotonic() - began < 60
    assert not (tmp_path / "demo-cloud").exists()
