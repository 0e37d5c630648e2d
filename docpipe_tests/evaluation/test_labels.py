"""Reading the labels: what is judged, and what is said of a file that is not what it should be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.evaluation.labels import Label, LabelsError, by_document, read_labels
from docpipe_tests.evaluation.samples import label, write_labels


def test_only_drawings_and_covers_are_judged(tmp_path: Path) -> None:
    path = write_labels(
        tmp_path / "labels.jsonl",
        {"file": "set.pdf", "page": 2},
        {"file": "set.pdf", "page": 1, "kind": "cover", "remark": "for people"},
        {"file": "manual.pdf", "page": 1, "kind": "document"},
        {"file": "other.pdf", "page": 7, "kind": "drawing"},
    )
    judged = read_labels(path)
    assert [(found.file, found.page) for found in judged] == [
        ("set.pdf", 2),
        ("set.pdf", 1),
        ("other.pdf", 7),
    ]
    assert {file: list(pages) for file, pages in by_document(judged).items()} == {
        "set.pdf": [2, 1],
        "other.pdf": [7],
    }


def test_null_is_an_answer_and_absence_is_none() -> None:
    assert label(sheet_number=None).says("sheet_number")
    assert not label().says("sheet_number")


def test_blank_lines_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('\n{"file": "a.pdf", "page": 1}\n\n', encoding="utf-8")
    assert len(read_labels(path)) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"page": 1}, "Line 2 .*file: Field required"),
        ({"file": "b.pdf", "page": 0}, "Line 2 .*page: .*greater than 0"),
        ({"file": "b.pdf", "page": "1"}, "Line 2 .*page"),
        ({"file": "b.pdf", "page": 1, "page_type": "floorplan"}, "Line 2 .*page_type"),
        ({"file": "b.pdf", "page": 1, "primary_scale_ratio": -48}, "Line 2 .*primary_scale_ratio"),
        ({"file": "../b.pdf", "page": 1}, "Line 2 .*is not a path below the folder"),
        ({"file": "/plans/b.pdf", "page": 1}, "Line 2 .*is not a path below the folder"),
        ({"file": "a.pdf", "page": 1}, r"Line 2 .* labels page 1 of a\.pdf again"),
    ],
)
def test_a_line_that_is_no_label_is_named(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    path = write_labels(tmp_path / "labels.jsonl", {"file": "a.pdf", "page": 1}, row)
    with pytest.raises(LabelsError, match=said):
        read_labels(path)


@pytest.mark.parametrize("content", ["", '{"file": "a.pdf", "page": 1, "kind": "document"}'])
def test_labels_that_judge_nothing_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LabelsError, match="labels no page of a drawing"):
        read_labels(path)


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "labels.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LabelsError, match="cannot be read"):
        read_labels(path)


@given(st.text() | st.from_type(dict[str, int | str | None]).map(str))
def test_any_line_is_a_label_or_refused(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    path = tmp_path_factory.mktemp("labels") / "labels.jsonl"
    path.write_text(line, encoding="utf-8", errors="replace")
    try:
        assert all(isinstance(found, Label) for found in read_labels(path))
    except LabelsError as error:
        assert path.name in str(error)
