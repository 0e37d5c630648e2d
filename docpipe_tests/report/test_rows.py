import json
import subprocess
import sys
from pathlib import Path

import pytest

from docpipe_assets.report import export_record, write_jsonl
from docpipe_assets.report.wording import (
    discipline_label,
    engine_label,
    page_type_label,
    ratio_label,
    scale_wording,
)
from docpipe_assets.vocabulary import Discipline, Engine, PageType, ScaleStatus
from docpipe_tests.report.samples import calibrated_by_hand, failed, mismatch, reduced, sheet_row


def test_the_export_has_exactly_the_agreed_keys_and_plain_values() -> None:
    record = export_record(sheet_row(scale_ratio=None, page_type=PageType.VIEW_3D))
    assert json.loads(json.dumps(record)) == {
        "file": "bids/Clinic, bid set.pdf",
        "page": 1,
        "sheet_number": "A-101",
        "sheet_title": "FIRST FLOOR PLAN",
        "page_type": "3d_view",
        "discipline": "architectural",
        "scale_status": "calibrated",
        "scale_text": '1/4" = 1\'-0"',
        "scale_ratio": None,
        "measured_ratio": None,
        "pixels_per_foot": 50.0,
        "dpi": 200.0,
        "needs_review": False,
    }


def test_a_measured_ratio_is_exported_beside_the_written_one() -> None:
    record = export_record(reduced())
    assert (record["scale_ratio"], record["measured_ratio"]) == (48.0, 96.2)


def test_a_failed_page_is_exported_as_needing_review() -> None:
    record = export_record(failed(page=4))
    assert (record["page"], record["needs_review"]) == (4, True)
    assert record["scale_status"] is None


def test_a_hand_calibration_is_exported_as_manual() -> None:
    assert export_record(calibrated_by_hand())["scale_status"] == "manual"


def test_the_scorer_of_the_real_sheets_accepts_every_kind_of_row(plans: Path, tmp_path: Path) -> None:
    rows = [sheet_row(), mismatch(page=2), calibrated_by_hand(page=3), failed(page=4)]
    write_jsonl(rows, tmp_path / "out.jsonl")
    answer = subprocess.run(
        [sys.executable, plans / "score.py", tmp_path / "out.jsonl"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert "4 predictions for pages without a label" in answer.stdout


@pytest.mark.parametrize("claim", [sheet_row, calibrated_by_hand])
@pytest.mark.parametrize("pixels", [None, 0.0])
def test_no_scale_is_claimed_without_pixels_per_foot(claim, pixels) -> None:
    with pytest.raises(ValueError, match="no pixels per foot"):
        claim(pixels_per_foot=pixels)


def test_a_hand_calibration_and_the_status_agree() -> None:
    with pytest.raises(ValueError, match="manual calibration"):
        calibrated_by_hand(scale_status=ScaleStatus.NOT_FOUND)
    with pytest.raises(ValueError, match="manual calibration"):
        calibrated_by_hand(manual=None)


@pytest.mark.parametrize(
    ("row", "look"),
    [
        (sheet_row(), "calibrated"),
        (sheet_row(classification_needs_review=True), "calibrated"),
        (sheet_row(scale_needs_review=True), "unsure"),
        (calibrated_by_hand(), "manual"),
        (mismatch(), "mismatch"),
        (failed(), "unread"),
        *((sheet_row(scale_status=status), status.value) for status in list(ScaleStatus)[1:]),
    ],
)
def test_only_a_sure_scale_looks_calibrated(row, look) -> None:
    assert scale_wording(row).look == look


def test_every_scale_status_is_called_something_else() -> None:
    rows = [sheet_row(scale_status=status) for status in ScaleStatus]
    rows += [sheet_row(scale_needs_review=True), calibrated_by_hand(), failed()]
    wordings = [scale_wording(row) for row in rows]
    for part in ("look", "mark", "label", "meaning"):
        assert len({getattr(words, part) for words in wordings}) == len(rows)


def test_every_word_has_a_label_that_people_read() -> None:
    labels = [discipline_label(word) for word in Discipline if word is not Discipline.NONE]
    labels += [page_type_label(word) for word in PageType] + [engine_label(word) for word in Engine]
    assert all(label and "_" not in label and label[0] == label[0].upper() for label in labels)
    assert discipline_label(Discipline.FIRE_PROTECTION) == "Fire protection"
    assert page_type_label(PageType.VIEW_3D) == "3D view"
    assert (discipline_label(None), discipline_label(Discipline.NONE), page_type_label(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("ratio", "label"),
    [
        (48.0, "1:48"),
        (94.488, "1:94.5"),
        (1200.0, "1:1200"),
        (1.0, "1:1"),
        (0.5, "1:0.5"),
        (1e6, "1:1000000"),
        (None, ""),
    ],
)
def test_ratios_read_as_on_a_drawing(ratio, label) -> None:
    assert ratio_label(ratio) == label
