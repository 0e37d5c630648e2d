"""One running docpipe for the tests that can share it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docpipe_tests.e2e.running import Running, docpipe_up, state_of_checkout


@pytest.fixture(scope="session")
def checkout_state() -> str:
    """What git says of the checkout before anything runs."""
    return state_of_checkout()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, checkout_state: str) -> Iterator[Running]:
    with docpipe_up(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def one_sheet(tmp_path: Path) -> Path:
    """A one-page vector sheet, small and quick."""
    import pymupdf

    path = tmp_path / "sheet.pdf"
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=17 * 72, height=11 * 72)
        page.draw_rect(pymupdf.Rect(100, 100, 900, 600), width=2)
        page.insert_text((300, 650), "FIRST FLOOR PLAN", fontsize=16)
        page.insert_text((300, 670), 'SCALE: 1/4" = 1\'-0"', fontsize=9)
        page.insert_text((1080, 740), "FIRST FLOOR PLAN", fontsize=9)
        page.insert_text((1060, 770), "SHEET NO.", fontsize=6)
        page.insert_text((1120, 772), "A-101", fontsize=22)
        pdf.save(path)
    return path
