import random
import re
import tracemalloc
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from docpipe_assets.page_text import Box
from docpipe_assets.report import (
    Confidences,
    Evidence,
    ListedSheet,
    ReportDocument,
    ReportPage,
    SheetList,
    SheetMeasurement,
    SheetRow,
    SheetView,
    cut_evidence,
    write_report,
)
from docpipe_assets.vocabulary import ScaleStatus
from docpipe_tests.report.samples import (
    DOCUMENT,
    calibrated_by_hand,
    failed,
    mismatch,
    picture,
    reduced,
    sheet_row,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\" onload='alert(3)' {{ 7*7 }} </style></title>"
)


class Page(HTMLParser):
    """The tags with their attributes, and the text, of a report."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def ids(self) -> set[str | None]:
        return {attributes.get("id") for _, attributes in self.tags}


def report(path: Path, *rows: SheetRow, document: ReportDocument = DOCUMENT, **crops: bytes) -> str:
    write_report(document, (ReportPage(row, picture(256, 171), crops) for row in rows), path / "report.html")
    return (path / "report.html").read_text("utf-8")


def section(html: str, page: int) -> str:
    match = re.search(rf'<section class="sheet \w+" id="p{page}">.*?</section>', html, re.DOTALL)
    assert match
    return match[0]


def index_line(html: str, page: int) -> str:
    match = re.search(rf'<tr class="\w+" data-page="p{page}".*?</tr>', html, re.DOTALL)
    assert match
    return match[0]


def test_the_head_counts_what_needs_a_look(tmp_path: Path) -> None:
    rows = (sheet_row(), mismatch(page=2), failed(page=3), sheet_row(page=4))
    text = Page(report(tmp_path, *rows)).text
    assert "Clinic, bid set.pdf 4 pages · read 2026-03-03 14:05 UTC" in text
    assert "2 of 4 pages need a look before anything is measured; 1 could not be read completely." in text
    assert "✓ Calibrated 2" in text
    assert "≠ Mismatch 1" in text


def test_a_set_without_doubts_says_so(tmp_path: Path) -> None:
    text = Page(report(tmp_path, sheet_row())).text
    assert "No page asks for a review." in text
    assert "need a look" not in text


def test_every_page_has_a_line_in_the_index_and_a_section_to_link_to(tmp_path: Path) -> None:
    html = report(tmp_path, *(sheet_row(page=n, sheet_number=f"A-{n}") for n in (1, 2, 3)))
    page = Page(html)
    assert {"p1", "p2", "p3"} <= page.ids()
    links = [attributes.get("href") for tag, attributes in page.tags if tag == "a"]
    assert {"#p1", "#p2", "#p3", "#index"} == set(links)
    assert all(f"A-{n}" in index_line(html, n) and f"A-{n}" in section(html, n) for n in (1, 2, 3))


def test_the_head_tells_what_the_sets_own_index_lists(tmp_path: Path) -> None:
    found = SheetList(
        12,
        missing=(ListedSheet("A-105", "ROOF PLAN"),),
        unlisted=((2, "A-900"),),
        retitled=((3, "PLAN", ListedSheet("A-101", "FIRST FLOOR PLAN")),),
    )
    head = replace(DOCUMENT, sheet_list=found)
    text = Page(report(tmp_path, sheet_row(), sheet_row(page=2), sheet_row(page=3), document=head)).text
    assert "The set's own index lists 12 sheets; 1 is not in this document" in text
    assert "A-105 ROOF PLAN is listed and not here." in text
    assert "Page 2 , A-900 , is not listed." in text
    assert "Page 3 , A-101 , is titled PLAN and listed as FIRST FLOOR PLAN." in text


def test_an_index_that_agrees_is_said_in_a_line(tmp_path: Path) -> None:
    html = report(tmp_path, sheet_row(), document=replace(DOCUMENT, sheet_list=SheetList(12)))
    assert "All 12 sheets of the set's own index are here." in Page(html).text


def test_what_the_drawing_measures_is_said_and_drawn(tmp_path: Path) -> None:
    part = section(report(tmp_path, reduced(), measured=picture(300, 60, kind="WEBP")), 1)
    text = Page(part).text
    assert "Measured 1:96.2 by 2 lengths on the drawing, ± 0.2 %" in text
    assert "the print is at 50 % of the full size." in text
    spots = [tag["title"] for name, tag in Page(part).tags if tag.get("class") == "spot length"]
    assert spots == ["40'-0\" measures 1:96.2", "20'-0\" measures 1:96.2"]
    assert "A measured length on page 1" in part


def test_a_scale_that_is_only_measured_is_a_proposal(tmp_path: Path) -> None:
    found = SheetMeasurement(96.2, 0.002, (), proposed_ratio=96.0)
    row = sheet_row(
        scale_status=ScaleStatus.NOT_FOUND,
        scale_text=None,
        scale_ratio=None,
        pixels_per_foot=None,
        scale_needs_review=True,
        measurement=found,
    )
    text = Page(section(report(tmp_path, row), 1)).text
    assert "It would be drawn at 1:96; no scale is written on the page." in text
    assert "Pixels per foot" not in text


def test_reasons_and_failures_are_said_in_the_index_and_in_the_section(tmp_path: Path) -> None:
    html = report(tmp_path, mismatch(), failed(page=2))
    for part in (index_line(html, 1), section(html, 1)):
        assert "its dimensions measure 1:96." in Page(part).text
    for part in (index_line(html, 2), section(html, 2)):
        assert "could not be drawn in 60 seconds. Print it to PDF again" in Page(part).text


@pytest.mark.parametrize("status", [status for status in ScaleStatus if status != ScaleStatus.CALIBRATED])
def test_a_scale_that_does_not_govern_never_looks_calibrated(status: ScaleStatus, tmp_path: Path) -> None:
    html = report(tmp_path, sheet_row(scale_status=status))
    for part in (index_line(html, 1), section(html, 1)):
        assert "calibrated" not in part.lower().replace("pixels per foot", "")
        assert f'class="chip {status}"' in part
    assert "Pixels per foot" not in section(html, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (failed(failure=None, scale_needs_review=True), "The page has not been through every stage."),
        (sheet_row(scale_needs_review=True), "The scale is not certain."),
        (
            sheet_row(classification_needs_review=True),
            "The number, title, type or discipline is not certain.",
        ),
    ],
)
def test_a_review_without_reasons_still_says_why(row: SheetRow, reason: str, tmp_path: Path) -> None:
    html = report(tmp_path, row)
    assert reason in Page(index_line(html, 1)).text
    assert reason in Page(section(html, 1)).text


def test_an_unsure_scale_asks_for_a_check(tmp_path: Path) -> None:
    html = report(tmp_path, sheet_row(scale_needs_review=True))
    assert "Check scale" in Page(index_line(html, 1)).text
    assert 'class="chip calibrated"' not in index_line(html, 1)


def test_a_hand_calibration_says_who_and_when(tmp_path: Path) -> None:
    text = Page(section(report(tmp_path, calibrated_by_hand()), 1)).text
    assert "Set by hand" in text
    assert "By m.ortiz, 2026-03-04 09:00: measured the grid" in text


def test_views_are_listed_with_their_scales(tmp_path: Path) -> None:
    views = (SheetView("SILL", '3" = 1\'-0"', 4.0), SheetView(None, None, None))
    text = Page(section(report(tmp_path, sheet_row(views=views)), 1)).text
    assert 'SILL 3" = 1\'-0" 1:4' in text
    assert "Untitled view none" in text


def test_the_least_certain_answer_stands_in_the_index(tmp_path: Path) -> None:
    row = sheet_row(confidences=Confidences(number=0.98, title=0.664, scale=0.9))
    assert "66 % title" in Page(index_line(report(tmp_path, row), 1)).text


def test_evidence_is_marked_on_the_sheet(tmp_path: Path) -> None:
    row = sheet_row(width_px=1000, height_px=500, evidence=Evidence(number=Box(900, 450, 50, 25)))
    html = section(report(tmp_path, row), 1)
    assert 'style="left:90.00%;top:90.00%;width:5.00%;height:5.00%"' in html


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    row = sheet_row(
        sheet_number=HOSTILE,
        sheet_title=HOSTILE,
        scale_text=HOSTILE,
        review_reasons=(HOSTILE,),
        failure=HOSTILE,
        views=(SheetView(HOSTILE, HOSTILE, None),),
    )
    html = report(tmp_path, row, document=ReportDocument(HOSTILE, DOCUMENT.made_at))
    plain = report(
        tmp_path, sheet_row(review_reasons=("x",), failure="x", views=(SheetView("x", "x", None),))
    )
    page = Page(html)
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in Page(plain).tags]
    assert not {name for _, attributes in page.tags for name in attributes if name.startswith("on")}
    assert "{{ 7*7 }}" in page.text


def test_the_report_needs_nothing_else(tmp_path: Path) -> None:
    html = report(tmp_path, sheet_row(), mismatch(page=2), number=picture(80, 40, kind="WEBP"))
    assert not re.search(r"https?://", html)
    assert "url(" not in html
    assert "@import" not in html
    page = Page(html)
    assert not [tag for tag, _ in page.tags if tag in ("link", "iframe", "object", "embed", "base")]
    sources = [value for _, attributes in page.tags if (value := attributes.get("src"))]
    assert sources
    assert all(source.startswith("data:image/") for source in sources)
    assert all(attributes["loading"] == "lazy" for tag, attributes in page.tags if tag == "img")
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; img-src data:;")


def test_pictures_are_bounded_and_the_crops_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(picture(4000, 3000, "navy"))
    crops = cut_evidence(path, {"number": Box(3500, 2800, 300, 100), "scale": Box(100, 2800, 300, 40)})
    page = ReportPage(sheet_row(), picture(2000, 1500, "navy"), crops)
    write_report(DOCUMENT, [page], tmp_path / "report.html")
    images = {
        attributes["alt"]: Image.open(BytesIO(b64decode(str(attributes["src"]).partition("base64,")[2])))
        for tag, attributes in Page((tmp_path / "report.html").read_text("utf-8")).tags
        if tag == "img"
    }
    assert set(images) == {"Page 1", "Sheet number on page 1", "Scale on page 1"}
    assert all(max(image.size) <= 1000 for image in images.values())


def test_a_page_without_a_picture_says_so(tmp_path: Path) -> None:
    write_report(DOCUMENT, [ReportPage(failed(), None, {})], tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text("utf-8")
    assert "no picture" in index_line(html, 1)
    assert "This page has no picture." in section(html, 1)
    assert "<img" not in html


def test_broken_characters_do_not_stop_the_report(tmp_path: Path) -> None:
    assert "PLAN " in report(tmp_path, sheet_row(sheet_title="PLAN \ud800 \x00"))


def test_300_pages_are_streamed(tmp_path: Path) -> None:
    crop_bytes = 100_000
    thumbnail = picture(256, 171)
    taken = 0

    def pages() -> Iterator[ReportPage]:
        nonlocal taken
        for number in range(1, 301):
            taken += 1
            crop = b"RIFF" + random.Random(number).randbytes(crop_bytes)
            yield ReportPage(sheet_row(page=number), thumbnail, {"number": crop})

    tracemalloc.start()
    try:
        write_report(DOCUMENT, pages(), tmp_path / "report.html")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert taken == 300
    assert peak < 60 * crop_bytes
    with (tmp_path / "report.html").open(encoding="utf-8") as file:
        assert sum(line.startswith('<section class="sheet') for line in file) == 300
    assert (tmp_path / "report.html").stat().st_size > 300 * crop_bytes
