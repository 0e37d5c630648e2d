"""The report in a real browser: the filter works, and nothing leaves the file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from docpipe_assets.report import ReportPage, write_report
from docpipe_assets.vocabulary import Discipline, ScaleStatus
from docpipe_tests.report.samples import DOCUMENT, failed, mismatch, picture, sheet_row

ROWS = (
    sheet_row(page=1, sheet_number="A-101"),
    mismatch(page=2, sheet_number="A-102", sheet_title="ROOF PLAN"),
    sheet_row(page=3, sheet_number="S-101", discipline=Discipline.STRUCTURAL, sheet_title="ÉLÉVATION"),
    sheet_row(page=4, sheet_title="<script>alert(1)</script>", scale_status=ScaleStatus.NOT_TO_SCALE),
    failed(page=5),
)


@pytest.fixture(scope="module")
def opened(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The report of `ROWS`, opened once; anything it asks for or complains about fails the test."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(DOCUMENT, (ReportPage(row, picture(256, 171), {}) for row in ROWS), path)
    trouble: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: trouble.append(dialog.message))
        page.on("request", lambda request: trouble.append(request.url))
        page.goto(path.as_uri())
        yield page
        browser.close()
    allowed = ("data:", path.as_uri())
    assert [what for what in trouble if not what.startswith(allowed)] == []


def shown(page: Page) -> list[int]:
    """The pages whose line in the index and whose section are both visible."""
    lines = [n for n in range(1, 6) if page.locator(f"#index tr[data-page=p{n}]").is_visible()]
    assert lines == [n for n in range(1, 6) if page.locator(f"section#p{n}").is_visible()]
    return lines


@pytest.fixture
def page(opened: Page) -> Page:
    opened.get_by_role("button", name="Show all").click()
    assert shown(opened) == [1, 2, 3, 4, 5]
    return opened


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("a-10", [1, 2, 4]),
        ("elevation", [3]),
        ("structural S-101", [3]),
        ("mismatch", [2]),
        ('1/4" = 1\'-0" roof', [2]),
        ("60 seconds", [5]),
        ("nowhere", []),
    ],
)
def test_search_keeps_the_pages_with_all_the_words(page: Page, words: str, pages: list[int]) -> None:
    page.get_by_role("searchbox").fill(words)
    assert shown(page) == pages
    expect(page.locator("#shown")).to_have_text(f"{len(pages)} of 5 pages shown")
    assert page.get_by_text("No page matches.").is_visible() == (pages == [])


def test_needs_review_only(page: Page) -> None:
    page.get_by_label("Needs review only (2)").check()
    assert shown(page) == [2, 5]
    page.get_by_role("searchbox").fill("roof")
    assert shown(page) == [2]


def test_a_scale_mark_filters_and_lets_go(page: Page) -> None:
    chip = page.get_by_role("button", name="Calibrated 2")
    chip.click()
    assert shown(page) == [1, 3]
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    assert shown(page) == [1, 2, 3, 4, 5]


def test_a_line_leads_to_its_section(page: Page) -> None:
    page.set_viewport_size({"width": 1400, "height": 500})
    page.locator("#index tr[data-page=p3] td.number a").click()
    expect(page.locator("section#p3")).to_be_in_viewport()


def test_escape_clears_the_search(page: Page) -> None:
    page.get_by_role("searchbox").fill("roof")
    page.get_by_role("searchbox").press("Escape")
    assert shown(page) == [1, 2, 3, 4, 5]
