"""Scales held against what pages measure, through the stages: vector pages, scans, and sheets of one set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.settings import Settings
from docpipe_assets.stages.classifications import classify_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.ocr_results import read_pages
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.stages.scale_calibrations import calibrate_pages
from docpipe_assets.stages.sheet_rows import sheet_rows
from docpipe_assets.storage.tables import Page, ScaleCalibrationRow
from docpipe_assets.vocabulary import ScaleStatus, Stage
from docpipe_tests.measuring.drawn_plan import Plan
from docpipe_tests.stages.conftest import PDF_NAME, StartRun

HALF = 0.5
SCAN_DPI = 200

Ingest = Callable[[Path], DocumentRun]


def plan(*, dimensioned: bool = True) -> Plan:
    """A floor plan at 1/4" = 1'-0" that says so."""
    drawn = Plan(48)
    if dimensioned:
        drawn.chain(4, 4, [42.0, 150.0, 96.0])
        drawn.chain(4, 6, [243.5, 88.0])
        drawn.chain(3, 20, [160.0, 374.0, 58.0], upright=True)
    drawn.view(4, 21, "FIRST FLOOR PLAN", 'SCALE: 1/4" = 1\'-0"')
    return drawn


def bound(folder: Path, *pages: Path) -> Path:
    """One document of many."""
    path = folder / "set.pdf"
    with pymupdf.open() as whole:
        for page in pages:
            with pymupdf.open(page) as one:
                whole.insert_pdf(one)
        whole.save(path)
    return path


@pytest.fixture
def ingest(start_run: StartRun, settings: Settings, make_session: sessionmaker[Session]) -> Ingest:
    """Brings a document as far as its scales, at the resolution that sheets are read at."""

    def ingested(path: Path) -> DocumentRun:
        run = start_run()
        run = replace(run, settings=run.settings.model_copy(update={"render_dpi": SCAN_DPI}))
        run.uploads.write(PDF_NAME, path)
        assert take_in(run.uploads, make_session, settings).uploads
        run_stage(run, Stage.PAGES, make_pages, last_try=False)
        run_stage(run, Stage.OCR_RESULTS, read_pages, last_try=False)
        run_stage(run, Stage.CLASSIFICATIONS, classify_pages, last_try=False)
        run_stage(run, Stage.SCALE_CALIBRATIONS, calibrate_pages, last_try=False)
        return run

    return ingested


def scales(run: DocumentRun) -> list[ScaleCalibrationRow]:
    with run.sessions() as session:
        return list(
            session.scalars(
                select(ScaleCalibrationRow)
                .join(Page, Page.id == ScaleCalibrationRow.page_id)
                .order_by(Page.page_number)
            )
        )


def test_a_full_size_print_is_calibrated_and_a_reduced_one_is_not(ingest: Ingest, tmp_path: Path) -> None:
    full = plan().save(tmp_path / "full.pdf")
    half = plan().save(tmp_path / "half.pdf", factor=HALF)
    run = ingest(bound(tmp_path, full, half))
    first, second = scales(run)
    assert (first.status, first.ratio) == (ScaleStatus.CALIBRATED, "48")
    assert (second.status, second.ratio, second.pixels_per_foot) == (ScaleStatus.MISMATCH, "48", None)
    with run.sessions() as session:
        rows = list(sheet_rows(session, run.document(session).id))
    assert [row.measured_ratio for row in rows] == [pytest.approx(48, rel=0.01), pytest.approx(96, rel=0.01)]
    assert any("1:96" in reason for reason in rows[1].review_reasons)
    assert rows[1].measurement is not None
    assert rows[1].measurement.print_factor == pytest.approx(HALF, rel=0.01)
    assert len(rows[1].measurement.lengths) >= 5
    assert rows[1].evidence.measured is not None


def test_a_scan_is_measured_on_its_image(ingest: Ingest, tmp_path: Path) -> None:
    with pymupdf.open(plan().save(tmp_path / "half.pdf", factor=HALF)) as drawn, pymupdf.open() as scan:
        picture = drawn[0].get_pixmap(dpi=SCAN_DPI, colorspace=pymupdf.csGRAY)
        page = scan.new_page(width=drawn[0].rect.width, height=drawn[0].rect.height)
        page.insert_image(page.rect, pixmap=picture)
        scan.save(tmp_path / "scan.pdf")
    (row,) = scales(ingest(tmp_path / "scan.pdf"))
    assert (row.status, row.pixels_per_foot) == (ScaleStatus.MISMATCH, None)
    assert row.scale_calibration_data["measured_ratio"] == pytest.approx(96, rel=0.02)


@pytest.mark.parametrize(("factor", "status"), [(1.0, ScaleStatus.CALIBRATED), (HALF, ScaleStatus.MISMATCH)])
def test_a_scan_that_cannot_be_measured_goes_by_its_lettering(
    ingest: Ingest, tmp_path: Path, factor: float, status: ScaleStatus
) -> None:
    sheet = Plan(48, width_in=17, height_in=11)
    sheet.view(2, 9, "FIRST FLOOR PLAN", 'SCALE: 1/4" = 1\'-0"')
    for row in range(16):
        sheet.write_at(9, 2 + row / 3, f"{row + 1}. SEE STRUCTURAL DRAWINGS", 9)
    sheet.save(tmp_path / "sheet.pdf", factor=factor)
    with pymupdf.open(tmp_path / "sheet.pdf") as drawn, pymupdf.open() as scan:
        picture = drawn[0].get_pixmap(dpi=SCAN_DPI, colorspace=pymupdf.csGRAY)
        page = scan.new_page(width=drawn[0].rect.width, height=drawn[0].rect.height)
        page.insert_image(page.rect, pixmap=picture)
        scan.save(tmp_path / "scan.pdf")
    (row_,) = scales(ingest(tmp_path / "scan.pdf"))
    assert (row_.status, row_.ratio) == (status, "48")


def test_a_sheet_that_cannot_be_measured_goes_with_its_sisters(ingest: Ingest, tmp_path: Path) -> None:
    """In sisters of full size its written scale stands, in reduced ones it does not."""
    bare = plan(dimensioned=False)
    reduced = [plan().save(tmp_path / f"{n}.pdf", factor=HALF) for n in range(2)]
    whole = [plan().save(tmp_path / f"full-{n}.pdf") for n in range(2)]
    half_set = bound(tmp_path, *reduced, bare.save(tmp_path / "bare.pdf", factor=HALF))
    *_, doubted = scales(ingest(half_set))
    assert (doubted.status, doubted.pixels_per_foot) == (ScaleStatus.MISMATCH, None)
    assert doubted.needs_review
    full_set = bound(tmp_path, *whole, bare.save(tmp_path / "bare.pdf"))
    *_, believed = scales(ingest(full_set))
    assert (believed.status, believed.ratio) == (ScaleStatus.CALIBRATED, "48")
    assert believed.pixels_per_foot == pytest.approx(SCAN_DPI * 12 / 48)


def test_a_sheet_is_believed_again_once_its_sisters_are_read_otherwise(
    ingest: Ingest, tmp_path: Path
) -> None:
    reduced = [plan().save(tmp_path / f"{n}.pdf", factor=HALF) for n in range(2)]
    bare = plan(dimensioned=False).save(tmp_path / "bare.pdf", factor=HALF)
    run = ingest(bound(tmp_path, *reduced, bare))
    before = scales(run)[-1]
    with run.sessions.begin() as session:
        for sister in session.scalars(select(ScaleCalibrationRow)):
            if sister.page_id != before.page_id:
                data = sister.scale_calibration_data
                verification = data["verification"] | {"outcome": "unmeasured"}
                sister.scale_calibration_data = data | {"verification": verification}
    run_stage(
        replace(run, run_id="a later run", pages=frozenset({3}), force=False),
        Stage.SCALE_CALIBRATIONS,
        calibrate_pages,
        last_try=False,
    )
    run_stage(
        replace(run, run_id="another", pages=frozenset({3}), force=True),
        Stage.SCALE_CALIBRATIONS,
        calibrate_pages,
        last_try=False,
    )
    after = scales(run)[-1]
    assert before.status is ScaleStatus.MISMATCH
    assert after.status is ScaleStatus.CALIBRATED
