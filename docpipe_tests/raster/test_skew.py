"""How far a page lies askew, and the page put upright."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.raster.linework import find_linework
from docpipe_assets.raster.skew import skew_degrees, skew_of
from docpipe_assets.raster.upright import Turn
from docpipe_tests.raster.drawn import HEIGHT, WIDTH, draw
from docpipe_tests.raster.scans import SCANNERS


@pytest.mark.parametrize("degrees", [-2.7, -1.0, -0.3, 0.15, 0.5, 2.0])
@pytest.mark.parametrize("name", sorted(SCANNERS))
def test_the_skew_of_a_scan_is_found(name: str, degrees: float) -> None:
    page, _ = draw()
    scan = replace(SCANNERS[name], skew=degrees).scan(page)
    assert skew_degrees(scan) == pytest.approx(degrees, abs=0.05)


def test_the_strokes_tell_the_same(tmp_path: Path) -> None:
    page, _ = draw()
    image = tmp_path / "page.png"
    cv2.imwrite(str(image), SCANNERS["coarse"].scan(page))
    assert skew_of(find_linework(image, None)) == pytest.approx(SCANNERS["coarse"].skew, abs=0.05)


def test_a_drawn_page_has_none() -> None:
    page, _ = draw()
    assert skew_degrees(page) == 0.0
    assert skew_degrees(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR).astype(np.uint8)) == 0.0


def test_a_page_without_lines_has_none() -> None:
    assert skew_degrees(np.full((400, 600), 255, np.uint8)) == 0.0


def test_a_building_that_is_drawn_askew_does_not_turn_its_sheet() -> None:
    page, _ = draw()
    cv2.rectangle(page, (50, 50), (WIDTH - 50, HEIGHT - 50), 0, 3)
    cv2.line(page, (1000, 1000), (1900, 1023), 0, 2, cv2.LINE_AA)
    cv2.line(page, (1000, 1100), (1900, 1123), 0, 2, cv2.LINE_AA)
    assert skew_degrees(page) == 0.0


def test_the_sheet_put_upright_is_the_sheet_as_drawn() -> None:
    _, text = draw()
    scanner = SCANNERS["bilevel"]
    turn = Turn(scanner.skew, WIDTH, HEIGHT)
    places = np.array([[0.0, 0.0], [WIDTH, 0.0], [700.0, 300.0]])
    wanted = places @ scanner.affine(WIDTH, HEIGHT)[:, :2].T + scanner.affine(WIDTH, HEIGHT)[:, 2]
    np.testing.assert_allclose(turn.places(places), wanted, atol=1e-6)
    there_and_back = turn.back.text(turn.text(text))
    for block, again in zip(text.blocks, there_and_back.blocks, strict=True):
        assert again.box.center == pytest.approx(block.box.center)
        assert again.box.width == pytest.approx(block.box.width)
        assert again.text == block.text


@given(st.floats(-3, 3), st.floats(0, 9000), st.floats(0, 9000), st.floats(0, 9000), st.floats(0, 9000))
def test_turning_keeps_lengths(degrees: float, x1: float, y1: float, x2: float, y2: float) -> None:
    ends = np.array([[x1, y1], [x2, y2]])
    turned = Turn(degrees, 8400, 6000).places(ends)
    assert np.hypot(*(turned[1] - turned[0])) == pytest.approx(np.hypot(x2 - x1, y2 - y1), abs=1e-6)
