"""Re-running a stage as the UI does it: only that stage, only those documents, only those pages."""

from __future__ import annotations

from typing import Any

import pytest

from docpipe_tests.e2e.running import Running, wait_for
from docpipe_tests.stages.conftest import sheets

TABLES = (
    "documents",
    "pages",
    "ocr_results",
    "classifications",
    "scale_calibrations",
    "plan_sets",
    "manual_calibrations",
    "stage_failures",
)


@pytest.fixture(scope="module")
def two_documents(running: Running, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The partition keys of two ready documents of two pages each."""
    keys = []
    for name in ("rerun one.pdf", "rerun two.pdf"):
        path = tmp_path_factory.mktemp("sets") / name
        path.write_bytes(sheets("A-101", "A-102"))
        keys.append(running.ready(running.drop(path))["partition_key"])
    return keys[0], keys[1]


def everything(running: Running) -> dict[str, list[dict[str, Any]]]:
    return {table: running.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in TABLES}


def changed_tables(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {table for table in TABLES if before[table] != after[table]}


def summary_of(running: Running, run_id: str, stage: str) -> dict[str, Any]:
    """The metadata that the run's materialization of a stage shows in the UI."""
    query = """
        query($id: ID!) {
          runOrError(runId: $id) { ... on Run { eventConnection(limit: 1000) { events {
            ... on MaterializationEvent {
              assetKey { path }
              metadataEntries { label ... on IntMetadataEntry { intValue } ... on TextMetadataEntry { text } }
            } } } } } }"""
    events = running.graphql(query, id=run_id)["runOrError"]["eventConnection"]["events"]
    (made,) = [event for event in events if event.get("assetKey", {}).get("path") == [stage]]
    return {entry["label"]: entry.get("intValue", entry.get("text")) for entry in made["metadataEntries"]}


def test_forced_rerun_of_one_stage_changes_only_its_table_and_its_document(
    running: Running, two_documents: tuple[str, str]
) -> None:
    before = everything(running)
    run_id = running.materialize(two_documents[0], ["ocr_results"], {"force": True})
    assert running.run_ended(run_id) == "SUCCESS"
    after = everything(running)
    assert changed_tables(before, after) - {"documents"} == {"ocr_results"}
    touched = [
        new for old, new in zip(before["ocr_results"], after["ocr_results"], strict=True) if old != new
    ]
    mine = running.rows(
        "SELECT p.id FROM pages p JOIN documents d ON d.id = p.document_id WHERE d.partition_key = :key",
        key=two_documents[0],
    )
    assert {row["page_id"] for row in touched} == {row["id"] for row in mine}
    assert {row["run_id"] for row in touched} == {run_id}
    assert {row["attempts"] for row in touched} == {2}
    documents = [
        (old, new) for old, new in zip(before["documents"], after["documents"], strict=True) if old != new
    ]
    for old, new in documents:
        assert old["partition_key"] == two_documents[0]
        assert {name for name in new if old[name] != new[name]} == {"run_id"}


def test_a_rerun_without_force_does_nothing_and_says_so(
    running: Running, two_documents: tuple[str, str]
) -> None:
    before = everything(running)
    run_id = running.materialize(two_documents[1], ["ocr_results"])
    assert running.run_ended(run_id) == "SUCCESS"
    assert changed_tables(before, everything(running)) <= {"documents"}
    said = summary_of(running, run_id, "ocr_results")
    assert (said["pages_done"], said["pages_skipped"]) == (0, 2)
    assert "Nothing to do" in said["summary"]


def test_only_the_chosen_pages_are_redone(running: Running, two_documents: tuple[str, str]) -> None:
    run_id = running.materialize(two_documents[1], ["pages"], {"pages": [2], "force": True})
    assert running.run_ended(run_id) == "SUCCESS"
    rows = running.rows(
        "SELECT p.page_number FROM pages p JOIN documents d ON d.id = p.document_id "
        "WHERE d.partition_key = :key AND p.run_id = :run",
        key=two_documents[1],
        run=run_id,
    )
    assert [row["page_number"] for row in rows] == [2]


def test_the_command_line_reruns_a_stage_and_what_follows(
    running: Running, two_documents: tuple[str, str]
) -> None:
    before = everything(running)
    said = running.cli(
        "rerun", "scale_calibrations", "--document", two_documents[0], "--force", "--downstream"
    )
    (run_id,) = {
        row["runId"]
        for row in running.graphql("{ runsOrError(limit: 1) { ... on Runs { results { runId } } } }")[
            "runsOrError"
        ]["results"]
    }
    assert run_id[:8] in said.stdout
    assert running.run_ended(run_id) == "SUCCESS"
    assert changed_tables(before, everything(running)) - {"documents"} == {"scale_calibrations", "plan_sets"}


def test_a_backfill_of_two_documents_is_one_run_each(
    running: Running, two_documents: tuple[str, str]
) -> None:
    mutation = """
        mutation($params: LaunchBackfillParams!) {
          launchPartitionBackfill(backfillParams: $params) {
            __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message }
          }
        }"""
    params = {
        "assetSelection": [{"path": ["classifications"]}],
        "partitionNames": list(two_documents),
        "fromFailure": False,
    }
    backfill = running.graphql(mutation, params=params)["launchPartitionBackfill"]
    assert backfill["__typename"] == "LaunchBackfillSuccess", backfill
    query = """
        query($filter: RunsFilter!) { runsOrError(filter: $filter) { ... on Runs { results {
          runId status tags { key value } } } } }"""

    def ended() -> list[dict[str, Any]]:
        runs = running.graphql(
            query, filter={"tags": [{"key": "dagster/backfill", "value": backfill["backfillId"]}]}
        )["runsOrError"]["results"]
        done = [run for run in runs if run["status"] in ("SUCCESS", "FAILURE", "CANCELED")]
        return done if len(done) == 2 else []

    runs = wait_for(ended, 120, "the backfill's two runs to end")
    assert {run["status"] for run in runs} == {"SUCCESS"}
    partitions = {tag["value"] for run in runs for tag in run["tags"] if tag["key"] == "dagster/partition"}
    assert partitions == set(two_documents)
