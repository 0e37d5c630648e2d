"""Stage `plan_set`: the sheet index as CSV, XLSX and JSON, and the HTML report, in the artifacts bucket."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from docpipe_assets.page_text import Box
from docpipe_assets.report import (
    ReportDocument,
    ReportPage,
    SheetList,
    SheetRow,
    contact_sheet,
    cut_evidence,
    write_csv,
    write_json,
    write_report,
    write_xlsx,
)
from docpipe_assets.stages.checkpoint import PageTask, PageWork, StageOutcome, share_out
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.fingerprint import fingerprint
from docpipe_assets.stages.sheet_list import sheet_list
from docpipe_assets.stages.sheet_rows import sheet_rows
from docpipe_assets.storage import documents
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.tables import (
    Document,
    ManualCalibration,
    OcrResult,
    Page,
    PageClassification,
    PlanSet,
    ScaleCalibrationRow,
)
from docpipe_assets.vocabulary import Stage


def make_plan_set(run: DocumentRun) -> StageOutcome:
    """Write the outputs of the whole document, also where some of its pages failed and say so."""
    started = time.monotonic()
    with run.sessions() as session:
        document = run.document(session)
        current = plan_set_fingerprint(session, document.id)
        made = session.get(PlanSet, document.id)
        rows = list(sheet_rows(session, document.id))
        listed = sheet_list(session, document.id)
        pages = {page.page_number: page for page in run.page_rows(session, document.id)}
    numbers = tuple(row.page for row in rows)
    if made is not None and made.fingerprint == current and not run.force:
        return StageOutcome(Stage.PLAN_SET, (), numbers, {}, time.monotonic() - started, current)
    with run.scratch_folder() as folder:
        failed = _cut_all_evidence(run, document, rows, pages, folder)
        keys = _write_outputs(run, document, rows, listed, pages, folder)
    with run.sessions.begin() as session:
        session.merge(
            PlanSet(
                document_id=document.id,
                **keys,
                fingerprint=current,
                run_id=run.run_id,
                duration_s=time.monotonic() - started,
                made_at=documents.now(),
            )
        )
    done = tuple(number for number in numbers if number not in failed)
    return StageOutcome(Stage.PLAN_SET, done, (), failed, time.monotonic() - started, current)


def plan_set_fingerprint(session: Session, document_id: uuid.UUID) -> str:
    """The fingerprint of a document's outputs: of every page's results, a person's calibrations and failures."""
    results = session.execute(
        select(
            Page.page_number,
            Page.fingerprint,
            OcrResult.fingerprint,
            PageClassification.fingerprint,
            ScaleCalibrationRow.fingerprint,
            ManualCalibration.pixels_per_foot,
        )
        .outerjoin(OcrResult, OcrResult.page_id == Page.id)
        .outerjoin(PageClassification, PageClassification.page_id == Page.id)
        .outerjoin(ScaleCalibrationRow, ScaleCalibrationRow.page_id == Page.id)
        .outerjoin(ManualCalibration, ManualCalibration.page_id == Page.id)
        .where(Page.document_id == document_id)
        .order_by(Page.page_number)
    )
    failed = [f"{f.stage} {f.page_number} {f.error_code}" for f in documents.failures(session, document_id)]
    return fingerprint(Stage.PLAN_SET, *(value for row in results for value in row), *failed)


def output_places(run: DocumentRun) -> dict[str, str]:
    """Where a person finds each output."""
    with run.sessions() as session:
        made = session.get_one(PlanSet, run.document(session).id)
    keys = {"report": made.report_key, "csv": made.csv_key, "xlsx": made.xlsx_key, "json": made.json_key}
    return {name: run.artifacts.place(key) for name, key in keys.items()}


def index_metadata(run: DocumentRun) -> dict[str, list[str]]:
    """What the set's own sheet index says otherwise than the document, by kind; empty where nothing."""
    with run.sessions() as session:
        found = sheet_list(session, run.document(session).id)
    if found is None:
        return {}
    said = {
        "missing_sheets": [f"{sheet.number} {sheet.title}" for sheet in found.missing],
        "unlisted_sheets": [f"page {page}: {number}" for page, number in found.unlisted],
        "retitled_sheets": [
            f"page {page}: {title}, listed as {sheet.title}" for page, title, sheet in found.retitled
        ],
    }
    return {kind: sheets for kind, sheets in said.items() if sheets}


def contact_sheet_of(run: DocumentRun) -> bytes:
    """A small picture of all pages, for the asset's page in the UI."""
    with run.sessions() as session:
        keys = [page.thumbnail_key for page in run.page_rows(session, run.document(session).id)]
    return contact_sheet(run.artifacts.read(key) for key in keys)


def _cut_all_evidence(
    run: DocumentRun, document: Document, rows: list[SheetRow], pages: dict[int, Page], folder: Path
) -> dict[int, str]:
    boxes = {row.page: row.evidence.boxes() for row in rows}

    def arguments(task: PageTask) -> tuple[str, str, dict[str, Box]]:
        number = task.page_number
        return run.settings.artifacts_url, pages[number].image_key, boxes[number]

    def store(_session: Session, task: PageTask, crops: dict[str, bytes], _duration_s: float) -> None:
        for name, picture in crops.items():
            _crop_path(folder, task.page_number, name).write_bytes(picture)

    work = PageWork(
        stage=Stage.PLAN_SET,
        function=_cut,
        arguments=arguments,
        store=store,
        timeout_s=run.settings.render_timeout_s,
    )
    tasks = [PageTask(pages[row.page].id, row.page, "") for row in rows if row.page in pages]
    _, failed = share_out(run, document.id, work, tasks)
    return failed


def _cut(artifacts_url: str, image_key: str, boxes: dict[str, Box]) -> dict[str, bytes]:
    with open_bucket(artifacts_url).local_copy(image_key) as image:
        return cut_evidence(image, boxes)


def _crop_path(folder: Path, page_number: int, name: str) -> Path:
    return folder / f"{page_number}-{name}.webp"


def _write_outputs(
    run: DocumentRun,
    document: Document,
    rows: list[SheetRow],
    listed: SheetList | None,
    pages: dict[int, Page],
    folder: Path,
) -> dict[str, str]:
    def report_pages() -> Iterator[ReportPage]:
        for row in rows:
            page = pages.get(row.page)
            thumbnail = run.artifacts.read(page.thumbnail_key) if page else None
            crops = {
                path.stem.partition("-")[2]: path.read_bytes() for path in folder.glob(f"{row.page}-*.webp")
            }
            yield ReportPage(row, thumbnail, crops)

    outputs = {
        "csv_key": folder / "sheet-index.csv",
        "xlsx_key": folder / "sheet-index.xlsx",
        "json_key": folder / "sheet-index.json",
        "report_key": folder / "report.html",
    }
    write_csv(rows, outputs["csv_key"])
    write_xlsx(rows, outputs["xlsx_key"])
    write_json(rows, outputs["json_key"])
    head = ReportDocument(document.file_name, documents.now(), listed)
    write_report(head, report_pages(), outputs["report_key"])
    keys = {}
    for name, path in outputs.items():
        keys[name] = f"documents/{document.id}/{path.name}"
        run.artifacts.write(keys[name], path)
    return keys
