"""Sheets of invented offices of many countries: drawn to PDF, read back, alone and as sets, clean and as scanned."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from docpipe_assets.classification import Classification, classify_set, gather_evidence
from docpipe_assets.classification.phrases import type_words
from docpipe_assets.page_text import PageText
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_tests.classification.bodies import fill
from docpipe_tests.classification.drafting import Pen, save
from docpipe_tests.classification.layouts import Drawn, Office
from docpipe_tests.classification.noise import scanned
from docpipe_tests.classification.odd_offices import ODD_OFFICES
from docpipe_tests.classification.offices import OFFICES
from docpipe_tests.classification.sheet_names import SHEET_NAMES

DPI = 200
ALL = (*OFFICES, *ODD_OFFICES)
Sets = list[tuple[Office, list[PageText]]]


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Sets:
    folder = tmp_path_factory.mktemp("offices")
    return [(office, read(office, folder / f"{at}.pdf")) for at, office in enumerate(ALL)]


def read(office: Office, path: Path) -> list[PageText]:
    """The text of the office's set, drawn to a PDF at `path`."""
    sheets = []
    for sheet in office.sheets:
        pen = Pen(*office.size)
        fill(pen, office, sheet, office.layout(pen, office, sheet))
        sheets.append((pen, office.rotation))
    save(sheets, path)
    width, height = office.size if office.rotation % 180 == 0 else office.size[::-1]
    pixels = round(width * DPI), round(height * DPI)
    return [read_text_layer(path, page, DPI, *pixels).text for page in range(1, len(sheets) + 1)]


@pytest.mark.parametrize("together", [True, False], ids=["as sets", "alone"])
@pytest.mark.parametrize("seed", [None, 1], ids=["text layer", "scan"])
def test_most_sheets_of_other_offices_are_read_right(sets: Sets, seed: int | None, together: bool) -> None:
    count: Counter[str] = Counter()
    missed = []
    for at, (office, pages) in enumerate(sets):
        evidence = [
            gather_evidence(page if seed is None else scanned(page, 1000 * seed + 10 * at + n))
            for n, page in enumerate(pages)
        ]
        found = classify_set(evidence) if together else [classify_set([page])[0] for page in evidence]
        for sheet, classification in zip(office.sheets, found, strict=True):
            fields = wrong(classification, sheet)
            count.update(fields)
            count["silent"] += bool(fields) and not classification.needs_review
            missed += [f"{office.key}, {sheet.number}: {field}" for field in fields]
    total = sum(len(office.sheets) for office in ALL)
    allowed = {"number": 0.04, "title": 0.05, "type": 0.04, "discipline": 0.04, "silent": 0.04}
    assert {field: n for field, n in count.items() if n > allowed[field] * total} == {}, missed


@pytest.mark.parametrize("kind", SHEET_NAMES)
def test_titles_name_their_kind_of_drawing(kind: str) -> None:
    for title in SHEET_NAMES[kind].split("|"):
        named = type_words(title)
        assert named and max(named, key=lambda t: named[t]) == kind, (title, named)


def test_no_sheet_number_is_sure_where_there_is_none(sets: Sets) -> None:
    for office, pages in sets:
        for sheet, page in zip(office.sheets, pages, strict=True):
            if sheet.number is None:
                found = classify_set([gather_evidence(page)])[0]
                assert found.sheet_number is None or found.sheet_number.confidence < 0.65, office.key
                assert found.needs_review


def wrong(found: Classification, sheet: Drawn) -> list[str]:
    """The fields in which `found` differs from what was drawn."""
    number = found.sheet_number.value if found.sheet_number else None
    title = found.sheet_title.value if found.sheet_title else ""
    fields = []
    if (key(number) if number else "") not in keys(sheet.number or ""):
        fields.append("number")
    if fuzz.token_sort_ratio(words(title), words(sheet.name or "")) < 90:
        fields.append("title")
    if found.page_type.value != sheet.page_type:
        fields.append("type")
    if found.discipline.value != sheet.discipline:
        fields.append("discipline")
    return fields


def key(number: str) -> str:
    return re.sub(r"[\W_]", "", re.sub(r"^TAV\.? ", "", number.upper()))


def keys(number: str) -> set[str]:
    """The ways to give the number; of "3 of 9" the 3 will do."""
    alone = re.match(r"^(.*\S)\s*(?:\bOF\b|/)\s*\d+$", number.upper())
    return {key(number)} | ({key(alone[1])} if alone else set())


def words(text: str) -> str:
    """Upper case without accents, which scans lose."""
    plain = unicodedata.normalize("NFKD", text.upper().translate(str.maketrans("ØŁİ", "OLI")))
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))
