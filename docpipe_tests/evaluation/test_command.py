"""`docpipe evaluate` on small sheets, through the real stages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from docpipe_assets.cli import app
from docpipe_assets.settings import settings
from docpipe_tests.evaluation.samples import write_labels
from docpipe_tests.stages.conftest import sheets

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs `docpipe evaluate` with these words, where no home is yet."""
    monkeypatch.setenv("DOCPIPE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DOCPIPE_RENDER_DPI", "72")
    monkeypatch.setenv("DOCPIPE_PAGE_WORKERS", "1")
    monkeypatch.setenv("COLUMNS", "180")
    settings.cache_clear()

    def run(*words: str | Path) -> Result:
        result = CliRunner().invoke(app, ["evaluate", *map(str, words)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    yield run
    settings.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a set of two sheets, and documents that cannot be processed."""
    folder = tmp_path / "plans"
    (folder / "bids").mkdir(parents=True)
    (folder / "bids" / "set.pdf").write_bytes(sheets("A-101", "A-102"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    (folder / "letter.pdf").write_text("Dear all")
    (folder / ".hidden.pdf").write_bytes(sheets("A-101"))
    return folder


def sheet(page: int, **facts: Any) -> dict[str, Any]:
    """The label of a page of the set, true but for `facts`."""
    truth = {
        "sheet_number": f"A-10{page}",
        "sheet_title": "FIRST FLOOR PLAN",
        "page_type": "floor_plan",
        "discipline": "architectural",
        "primary_scale": '1/4" = 1\'-0"',
        "primary_scale_ratio": 48,
    }
    return {"file": "bids/set.pdf", "page": page} | truth | facts


def figures_of(output: str) -> dict[str, list[str]]:
    """The lines of the table of figures, by question: the engine and the counts."""
    lines = (re.split(r"\s{2,}", line.strip()) for line in output.splitlines())
    return {line[0]: line[1:] for line in lines if len(line) == 10}


def test_right_answers_make_a_table_and_a_baseline_that_wrong_ones_fail(run: Run, folder: Path) -> None:
    labels = write_labels(folder / "labels.jsonl", sheet(1), sheet(2))
    baseline = folder / "figures.json"
    result = run(labels, "--baseline", baseline, "--write-baseline")
    assert result.exit_code == 0
    table = figures_of(result.stdout)
    for question in ("Sheet number", "Sheet title", "Page type", "Discipline", "Written scale"):
        assert table[question] == ["text_layer", "2", "100.0", "2", "·", "·", "·", "·", "·"]
    assert "Not right" not in result.stdout
    assert not (folder.parent / "home").exists()

    write_labels(labels, sheet(1, sheet_number="S-900"), sheet(2))
    worse = run(labels, "--baseline", baseline)
    assert worse.exit_code == 1
    told = worse.stdout.partition("Worse than the baseline")[2]
    assert re.search(r"Sheet number\s+right\s+2 of 2\s+1 of 2", told)
    assert re.search(r"Sheet number\s+wrong\s+0 of 2\s+1 of 2", told)
    assert "Sheet title" not in told


def test_wrong_answers_are_listed_and_shown(run: Run, folder: Path, tmp_path: Path) -> None:
    remark = "<b>hard</b> & small"
    labels = write_labels(
        tmp_path / "labels.jsonl",
        sheet(1, sheet_title="FIRST FLOOR PLAN AND SECTIONS", primary_scale_ratio=96, hard=remark),
        sheet(2, measured_ratio=130, sheet_number=None),
        sheet(3),
    )
    report = tmp_path / "wrong.html"
    result = run(labels, "--documents", folder, "--report", report)
    assert result.exit_code == 0
    assert figures_of(result.stdout)["Reduced or enlarged print"][1:3] == ["1", "0.0"]
    assert "bids/set.pdf p2" in result.stdout
    assert "mismatch: 1:48 written, 1:130 drawn" in result.stdout
    html = report.read_text("utf-8")
    shown = re.findall(r'<article class="answer (\w+)" id="(\w+)-\d+">', html)
    assert ("wrong", "scale") in shown
    assert ("near", "sheet_title") in shown
    assert ("unanswered", "sheet_number") in shown
    assert ("wrong", "no_sheet_number") in shown
    assert "&lt;b&gt;hard&lt;/b&gt; &amp; small" in html
    assert remark not in html
    wrong_scale = html.partition('id="scale-1"')[2].partition("</article>")[0]
    assert wrong_scale.count('src="data:image/webp;base64,') == 2
    assert not re.search(r'(?:src|href)="(?!data:|#)', html)


def test_documents_that_cannot_be_processed_are_told_and_the_others_go_on(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_PAGE_WORKERS", "2")
    files = ["broken.pdf", "letter.pdf", ".hidden.pdf", "gone.pdf"]
    lost = [{"file": file, "page": 1, "sheet_number": "A-1"} for file in files]
    labels = write_labels(folder / "labels.jsonl", *lost, sheet(1))
    report, baseline = folder / "wrong.html", folder / "figures.json"
    baseline.write_text('{"sheet_number": {"right": 1, "unanswered": 4}}', encoding="utf-8")
    result = run(labels, "--report", report, "--baseline", baseline)
    assert result.exit_code == 0
    assert "No figure is worse" in result.stderr
    complaints = [line for line in result.stderr.splitlines() if line.startswith("✗")]
    assert [complaint.split()[1] for complaint in complaints] == [f"{file}:" for file in files]
    assert "is neither a PDF nor a TIFF" in complaints[1]
    assert "There is no file gone.pdf" in complaints[3]
    table = figures_of(result.stdout)
    assert table["Sheet number"] == ["all", "5", "20.0", "1", "·", "·", "·", "4", "·"]
    assert report.read_text("utf-8").count("This page has no picture.") == 4


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["nothing.jsonl"], 1, "cannot be read"),
        (["labels.jsonl", "--write-baseline"], 2, "Say with --baseline FILE"),
        (["labels.jsonl", "--report", "nowhere/wrong.html"], 2, "There is no folder nowhere"),
        (["labels.jsonl", "--baseline", "labels.jsonl"], 1, "cannot be used"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_read(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, sentence: str
) -> None:
    write_labels(folder / "labels.jsonl", sheet(1), sheet(2))
    monkeypatch.chdir(folder)
    result = run(*words)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert result.stdout == ""
