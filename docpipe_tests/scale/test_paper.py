import pytest

from docpipe_assets.scale.paper import Fit, PaperFit, canonical_paper, fit_paper


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("A1", "A1"),
        ("ISO A3", "A3"),
        ("ARCH D", "ARCH D"),
        ("36 X 24", "24x36"),
        ('24" X 36"', "24x36"),
        ("8.5X11", "8.5x11"),
    ],
)
def test_names_sheets_one_way(written: str, name: str) -> None:
    assert canonical_paper(written) == name


def test_a_tile_is_no_sheet() -> None:
    assert canonical_paper("12 X 24") is None


@pytest.mark.parametrize(
    ("paper", "size", "fit"),
    [
        ("A1", (33.11, 23.39), Fit.SAME),
        ("A1", (23.39, 33.11), Fit.SAME),
        ("A1", (36.0, 24.0), Fit.SAME),
        ("A3", (33.0, 11.7), Fit.SAME),
        ("A1", (16.54, 11.69), Fit.RESIZED),
        ("24x36", (17.0, 11.0), Fit.RESIZED),
        ("A3", (33.11, 23.39), Fit.RESIZED),
        ("A1", (33.11, 20.0), Fit.UNCLEAR),
    ],
)
def test_tells_a_sheet_from_its_reduction(paper: str, size: tuple[float, float], fit: Fit) -> None:
    found = fit_paper(paper, *size)
    assert found is not None
    assert found.fit is fit


def test_measures_the_reduction() -> None:
    assert fit_paper("A1", 16.54, 11.69) == PaperFit(Fit.RESIZED, pytest.approx(0.5, abs=0.002))


def test_knows_no_other_names() -> None:
    assert fit_paper("A9", 1, 1) is None
