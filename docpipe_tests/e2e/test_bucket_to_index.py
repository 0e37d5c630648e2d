"""From the upload folder to the sheet index through the real sensor, daemon, run queue and worker."""

from __future__ import annotations

import json
from pathlib import Path

from docpipe_tests.e2e.running import Running, wait_for
from docpipe_tests.stages.conftest import sheets

TABLES = ("pages", "ocr_results", "classifications", "scale_calibrations", "plan_sets")


def test_a_dropped_sheet_becomes_a_sheet_index_with_its_scale(running: Running, one_sheet: Path) -> None:
    key = running.drop(one_sheet, "bids/North wing, rev 2.pdf")
    row = running.ready(key)
    assert row["page_count"] == 1
    exported = running.cli("export", "--document", row["partition_key"], "--format", "jsonl").stdout
    (line,) = [json.loads(text) for text in exported.splitlines()]
    assert (line["file"], line["page"], line["sheet_number"]) == (key, 1, "A-101")
    assert (line["scale_status"], line["scale_ratio"], line["dpi"]) == ("calibrated", 48, 200)
    assert line["pixels_per_foot"] == 50
    assert line["page_type"] == "floor_plan"


def test_every_asset_of_the_partition_is_materialized_with_its_lineage(
    running: Running, one_sheet: Path
) -> None:
    row = running.ready(running.drop(one_sheet, "lineage.pdf"))
    query = """
        query($key: AssetKeyInput!) {
          assetOrError(assetKey: $key) {
            ... on Asset { assetMaterializations(limit: 50) { partition runOrError { ... on Run { runId } } } }
          }
        }"""
    for stage in ("pages", "ocr_results", "classifications", "scale_calibrations", "plan_set"):
        made = running.graphql(query, key={"path": [stage]})["assetOrError"]["assetMaterializations"]
        runs = [m["runOrError"]["runId"] for m in made if m["partition"] == row["partition_key"]]
        assert runs == [row["run_id"]]


def test_the_report_and_the_index_are_in_the_artifacts_bucket(running: Running, one_sheet: Path) -> None:
    row = running.ready(running.drop(one_sheet, "outputs.pdf"))
    (outputs,) = running.rows(
        "SELECT p.* FROM plan_sets p JOIN documents d ON d.id = p.document_id WHERE d.bucket_key = 'outputs.pdf'"
    )
    for name in ("csv_key", "xlsx_key", "json_key", "report_key"):
        assert (running.home / "artifacts" / outputs[name]).stat().st_size > 0
    assert "A-101" in (running.home / "artifacts" / outputs["report_key"]).read_text("utf-8")
    assert row["status"] == "ready"


def test_a_new_upload_under_the_same_key_is_processed_again(
    running: Running, one_sheet: Path, tmp_path: Path
) -> None:
    key = running.drop(one_sheet, "again.pdf")
    first = running.ready(key)
    longer = tmp_path / "longer.pdf"
    longer.write_bytes(sheets("A-101", "A-102"))
    running.drop(longer, key)

    def second() -> bool:
        row = running.document(key)
        return row is not None and row["etag"] != first["etag"] and row["status"] == "ready"

    wait_for(second, 120, "the second upload to be ready")
    row = running.document(key)
    assert row is not None
    assert (row["page_count"], row["id"], row["partition_key"]) == (2, first["id"], first["partition_key"])
    pages = running.rows("SELECT page_number FROM pages WHERE document_id = :id ORDER BY 1", id=row["id"])
    assert [page["page_number"] for page in pages] == [1, 2]


def test_bad_files_end_in_error_with_a_sentence_and_hinder_nobody(
    running: Running, one_sheet: Path, tmp_path: Path
) -> None:
    import pymupdf

    locked = tmp_path / "locked.pdf"
    with pymupdf.open(one_sheet) as pdf:
        pdf.save(locked, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="owner")
    whole = one_sheet.read_bytes()
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "truncated.pdf").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "letter.pdf").write_bytes(b"PK\x03\x04 a letter that was renamed")
    bad = {
        "bad/locked.pdf": (locked, {"encrypted"}, "password"),
        "bad/empty.pdf": (tmp_path / "empty.pdf", {"not_a_document"}, "empty"),
        "bad/truncated.pdf": (tmp_path / "truncated.pdf", {"corrupt", "no_pages"}, ""),
        "bad/letter.pdf": (tmp_path / "letter.pdf", {"not_a_document"}, "neither a PDF nor a TIFF"),
    }
    for key, (path, _, _) in bad.items():
        running.drop(path, key)
    good = running.drop(one_sheet, "bad/good.pdf")
    for key, (_, codes, said) in bad.items():
        row = running.settled(key)
        assert row["status"] == "error", row
        assert row["error_code"] in codes, row
        assert said in row["error_message"]
        assert row["error_message"].count("\n") == 0
    running.ready(good)
