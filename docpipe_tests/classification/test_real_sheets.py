"""Real plan sheets with labels made by looking, as whole sets and each page alone."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from rapidfuzz import fuzz

from docpipe_assets.classification import Classification, PageEvidence, classify_set, gather_evidence
from docpipe_assets.pdf.text_layer import read_text_layer

DPI = 200
Key = tuple[str, int]


@pytest.fixture(scope="module")
def labels(plans: Path) -> dict[Key, dict[str, Any]]:
    rows = map(json.loads, (plans / "labels.jsonl").read_text("utf-8").splitlines())
    return {(row["file"], row["page"]): row for row in rows}


@pytest.fixture(scope="module")
def evidence(plans: Path, labels: dict[Key, dict[str, Any]]) -> dict[Key, PageEvidence]:
    found = {}
    for file in dict.fromkeys(file for file, _ in labels):
        with pymupdf.open(plans / file) as document:
            sizes = [page.rect for page in document]
        for number, size in enumerate(sizes, 1):
            width, height = round(size.width * DPI / 72), round(size.height * DPI / 72)
            text = read_text_layer(plans / file, number, DPI, width, height).text
            found[file, number] = gather_evidence(text)
    return found


@pytest.fixture(scope="module", params=["as sets", "alone"])
def classified(
    request: pytest.FixtureRequest, evidence: dict[Key, PageEvidence]
) -> dict[Key, Classification]:
    if request.param == "alone":
        return {key: classify_set([page])[0] for key, page in evidence.items()}
    sets: defaultdict[str, list[Key]] = defaultdict(list)
    for key in evidence:
        sets[key[0]].append(key)
    found: dict[Key, Classification] = {}
    for keys in sets.values():
        found |= zip(keys, classify_set([evidence[key] for key in keys]), strict=True)
    return found


def words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.upper()).split())


def key_of(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())


def wrong(found: Classification, label: dict[str, Any]) -> list[str]:
    """The fields in which `found` differs from what a person read."""
    number, title = found.sheet_number, found.sheet_title
    fields = []
    if key_of(number.value if number else "") != key_of(label["sheet_number"] or ""):
        fields.append("number")
    if bool(title) != bool(label["sheet_title"]) or (
        title and fuzz.token_sort_ratio(words(title.value), words(label["sheet_title"])) < 90
    ):
        fields.append("title")
    if found.page_type.value != label["page_type"]:
        fields.append("type")
    if found.discipline.value != label["discipline"] and {found.discipline.value, label["discipline"]} != {
        "other",
        "none",
    }:
        fields.append("discipline")
    return fields


@pytest.mark.parametrize(
    ("field", "least"), [("number", 0.98), ("title", 0.96), ("type", 0.94), ("discipline", 0.97)]
)
def test_most_sheets_are_read_right(
    field: str, least: float, classified: dict[Key, Classification], labels: dict[Key, dict[str, Any]]
) -> None:
    missed = [key for key, found in classified.items() if field in wrong(found, labels[key])]
    assert 1 - len(missed) / len(classified) >= least, missed


def test_what_is_wrong_is_flagged(
    classified: dict[Key, Classification], labels: dict[Key, dict[str, Any]]
) -> None:
    silent = [
        key for key, found in classified.items() if wrong(found, labels[key]) and not found.needs_review
    ]
    assert len(silent) <= 1, silent


def test_most_sheets_need_no_review(
    classified: dict[Key, Classification], labels: dict[Key, dict[str, Any]]
) -> None:
    drawings = [key for key, label in labels.items() if label["kind"] in ("drawing", "cover")]
    assert sum(classified[key].needs_review for key in drawings) <= 0.2 * len(drawings)
