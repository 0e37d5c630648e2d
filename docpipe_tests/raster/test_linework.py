"""Strokes and fills found on page images, clean and scanned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from docpipe_assets.errors import PageError
from docpipe_assets.linework import Linework
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.pdf.render import render_page
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.raster.linework import find_linework
from docpipe_assets.raster.upright import Turn
from docpipe_assets.vocabulary import ErrorCode
from docpipe_tests.raster.drawn import (
    ARROWED,
    BLOCKS,
    DPI,
    HEIGHT,
    NOTES,
    SLANTED,
    STOP,
    TICK,
    TICKED,
    UPRIGHT,
    WALL,
    WIDTH,
    draw,
)
from docpipe_tests.raster.scans import SCANNERS, Scanner

Places = npt.NDArray[np.float64]

NEAR_PX = {"clean": 2.0}
"""How near the ends of strokes are found; on scans, where ink spreads and blurs:"""
NEAR_ON_SCANS_PX = 4.0


def seen(scanner: Scanner, folder: Path, with_text: bool = True) -> Linework:
    """The linework of the drawn sheet's scan, put back to where it was drawn."""
    page, text = draw()
    image = folder / "page.png"
    cv2.imwrite(str(image), scanner.scan(page))
    turn = Turn(scanner.skew, WIDTH, HEIGHT)
    return turn.back.linework(find_linework(image, turn.text(text) if with_text else None))


@pytest.fixture(scope="module", params=sorted(SCANNERS))
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Linework, float]:
    """The sheet as one of the scanners shows it, and how near places are to be."""
    name = str(request.param)
    return seen(SCANNERS[name], tmp_path_factory.mktemp(name)), NEAR_PX.get(name, NEAR_ON_SCANS_PX)


def off(linework: Linework, *ends: float) -> float:
    """How far the ends of the stroke that is nearest to `ends`, either way round, are off."""
    wanted = np.array(ends).reshape(2, 2)
    strokes = linework.segments.reshape(-1, 2, 2)
    apart = [np.abs(strokes - order).max(axis=(1, 2)) for order in (wanted, wanted[::-1])]
    return float(np.minimum(*apart).min())


def test_dimension_lines_are_found_from_end_to_end(found: tuple[Linework, float]) -> None:
    linework, near = found
    x1, x2, y = ARROWED
    assert off(linework, x1, y, x2, y) <= near


def test_a_ticked_line_goes_no_further_than_its_ticks(found: tuple[Linework, float]) -> None:
    linework, near = found
    x1, x2, y = TICKED
    assert off(linework, x1 - TICK, y, x2 + TICK, y) <= TICK + near
    x, y1, y2 = UPRIGHT
    assert off(linework, x, y1 - TICK, x, y2 + TICK) <= TICK + near


def test_extension_lines_cross_them_where_they_were_drawn(found: tuple[Linework, float]) -> None:
    linework, near = found
    for stop in (TICKED[0], STOP, TICKED[1]):
        assert off(linework, stop, 260, stop, 640) <= near


def test_ticks_are_strokes_about_the_crossing(found: tuple[Linework, float]) -> None:
    linework, near = found
    strokes = linework.segments.reshape(-1, 2, 2)
    along, down = np.abs(strokes[:, 1] - strokes[:, 0]).T
    ticks = strokes[(along > 10) & (along < 32) & (down > 10) & (down < 32)].mean(axis=1)
    x, y1, y2 = UPRIGHT
    stops = [(TICKED[0], TICKED[2]), (STOP, TICKED[2]), (TICKED[1], TICKED[2]), (x, y1), (x, y2)]
    for stop in stops:
        assert np.hypot(*(ticks - stop).T).min() <= near


def test_arrow_heads_are_fills_on_the_line(found: tuple[Linework, float]) -> None:
    linework, _ = found
    for tip, out in ((ARROWED[0], 1), (ARROWED[1], -1)):
        head = Box(min(tip, tip + 26 * out), ARROWED[2] - 5, 26, 10)
        fills = [Box(*fill) for fill in linework.fills.tolist()]
        fills = [fill for fill in fills if fill.width < 45 and fill.height < 25]
        assert max(fill.overlap(head) / head.union(fill).area for fill in fills) > 0.25


def test_blocks_of_a_bar_and_walls_are_fills(found: tuple[Linework, float]) -> None:
    linework, near = found
    for block in (*BLOCKS, WALL):
        x, y, width, height = block
        sides = linework.fills[:, :2], linework.fills[:, :2] + linework.fills[:, 2:]
        # A long shape that lies askew has a higher box.
        lean = 0.04 * width
        left = np.abs(sides[0] - (x, y)) <= (near, near + lean)
        right = np.abs(sides[1] - (x + width, y + height)) <= (near, near + lean)
        assert (left & right).all(axis=1).any(), block


def test_slanted_lines_are_found(found: tuple[Linework, float]) -> None:
    linework, near = found
    assert off(linework, *SLANTED) <= 2 * near


@pytest.mark.parametrize("factor", [0.75, 1.5, 2.0])
def test_images_of_other_resolutions_show_the_same(tmp_path: Path, factor: float) -> None:
    page, text = draw()
    size = round(WIDTH * factor), round(HEIGHT * factor)
    image = tmp_path / "page.png"
    cv2.imwrite(str(image), cv2.resize(page, size, interpolation=cv2.INTER_AREA))
    linework = find_linework(image, magnified(text, factor))
    assert (linework.width_px, linework.height_px) == size
    near = 3 * max(factor, 1.0)
    for x1, x2, y in (TICKED, ARROWED):
        assert off(linework, x1 * factor, y * factor, x2 * factor, y * factor) <= near + TICK * factor
    assert off(linework, *(end * factor for end in SLANTED)) <= 2 * near
    assert linework.error_px * DPI / (DPI * factor) <= 0.5 + 1e-6


def magnified(text: PageText, factor: float) -> PageText:
    blocks = (
        replace(b, box=Box(b.box.x * factor, b.box.y * factor, b.box.width * factor, b.box.height * factor))
        for b in text.blocks
    )
    return PageText(tuple(blocks), round(WIDTH * factor), round(HEIGHT * factor), DPI * factor)


def test_heads_of_arrows_reach_to_the_line_that_they_meet(tmp_path: Path) -> None:
    """Two arrows tip to tip at an extension line."""
    page = np.full((600, 1400), 255, np.uint8)
    cv2.line(page, (150, 300), (1200, 300), 0, 2)
    cv2.line(page, (700, 250), (700, 400), 0, 2)
    for tip, out in ((700, -1), (700, 1)):
        head = [(tip, 300), (tip + 20 * out, 295), (tip + 20 * out, 305)]
        cv2.fillPoly(page, [np.array(head, np.int32)], 0)
    image = tmp_path / "page.png"
    cv2.imwrite(str(image), page)
    fills = find_linework(image, None).fills
    edges = np.concatenate([fills[:, 0], fills[:, 0] + fills[:, 2]])
    assert len(fills) == 2
    assert np.sort(np.abs(edges - 700.5))[:2].max() <= 1.5


def test_lettering_leaves_few_strokes(found: tuple[Linework, float]) -> None:
    linework, _ = found
    assert len(linework.segments) <= 30
    assert strokes_in_notes(linework) <= 2


def test_lettering_that_stands_alone_is_known_by_its_shape(tmp_path: Path) -> None:
    strokes = strokes_in_notes(seen(SCANNERS["clean"], tmp_path, with_text=False))
    assert strokes <= sum(note.count("I") for note, _, _ in NOTES)  # an I is a stroke


def strokes_in_notes(linework: Linework) -> int:
    _, text = draw()
    middles = linework.segments.reshape(-1, 2, 2).mean(axis=1)
    return sum(
        int(((middles >= (b.box.x, b.box.y)) & (middles <= (b.box.right, b.box.bottom))).all(axis=1).sum())
        for b in text.blocks[: len(NOTES)]
    )


def test_a_broken_line_is_one_stroke_and_a_dashed_line_is_not(tmp_path: Path) -> None:
    page = np.full((600, 1200), 255, np.uint8)
    for start in range(100, 1000, 60):
        page[200:203, start : start + 55] = 0
        page[400:403, start : start + 40] = 0
    image = tmp_path / "page.png"
    cv2.imwrite(str(image), page)
    linework = find_linework(image, None)
    assert off(linework, 100, 201.5, 995, 201.5) <= 1
    dashes = linework.segments[np.abs(linework.segments[:, 1] - 401.5) < 2]
    assert len(dashes) == 15
    np.testing.assert_allclose(dashes[:, 2] - dashes[:, 0], 40, atol=1)


def test_faint_lines_on_uneven_paper_are_found(tmp_path: Path) -> None:
    shade = np.linspace(245, 170, 1200)[np.newaxis] * np.ones((800, 1))
    shade[300:302, 150:1050] *= 0.75
    image = tmp_path / "page.png"
    cv2.imwrite(str(image), shade.round().astype(np.uint8))
    linework = find_linework(image, None)
    assert off(linework, 150, 301, 1050, 301) <= 1
    assert len(linework.segments) == 1


def test_a_blank_page_has_nothing(tmp_path: Path) -> None:
    image = tmp_path / "page.png"
    cv2.imwrite(str(image), np.full((500, 700, 3), 255, np.uint8))
    linework = find_linework(image, PageText((), 700, 500, DPI))
    assert (linework.width_px, linework.height_px) == (700, 500)
    assert linework.segments.shape == (0, 4)
    assert linework.fills.shape == (0, 4)
    assert linework.widths.shape == (0,)


def test_a_page_that_is_not_there_is_an_error_of_the_page(tmp_path: Path) -> None:
    with pytest.raises(PageError) as failure:
        find_linework(tmp_path / "missing.png", None)
    assert failure.value.code is ErrorCode.PAGE_UNREADABLE


@pytest.mark.parametrize("scanner", ["clean", "grey", "coarse"])
def test_the_dimension_lines_of_a_real_sheet_are_found(plans: Path, tmp_path: Path, scanner: str) -> None:
    import pymupdf

    path, image, number = plans / "drawings" / "farmhouse_open_source_blueprints.pdf", tmp_path / "p.png", 5
    drawn = render_page(path, number, image, tmp_path / "t.png", 200, 60)
    text = read_text_layer(path, number, drawn.dpi, drawn.width_px, drawn.height_px).text
    page = cv2.imread(str(image), cv2.IMREAD_GRAYSCALE)
    assert page is not None
    cv2.imwrite(str(image), SCANNERS[scanner].scan(np.asarray(page, np.uint8)))
    turn = Turn(SCANNERS[scanner].skew, drawn.width_px, drawn.height_px)
    linework = turn.back.linework(find_linework(image, turn.text(text)))

    with pymupdf.open(path) as document:
        # Ticks are the short slanted strokes; what is level between two of them is a dimension.
        strokes = [
            np.array([*item[1], *item[2]]) * 200 / 72
            for drawing in document[number - 1].get_cdrawings()
            for item in drawing["items"]
            if item[0] == "l"
        ]
    ticks = [
        s.reshape(2, 2).mean(axis=0)
        for s in strokes
        if 6 < abs(s[2] - s[0]) < 20 and 6 < abs(s[3] - s[1]) < 20
    ]
    lines = [
        s
        for s in strokes
        if abs(s[3] - s[1]) < 0.3
        and abs(s[2] - s[0]) > 80
        and any(np.hypot(*(t - s[:2])) < 30 for t in ticks)
    ]
    assert len(lines) > 10
    covered = [any(_covers(segment, line) for segment in linework.segments) for line in lines]
    assert np.mean(covered) > 0.9


def _covers(segment: npt.NDArray[np.float32], line: Places) -> bool:
    """Whether a level stroke lies on a line and reaches both of its ends."""
    return bool(
        abs(segment[1] - line[1]) < 3
        and abs(segment[3] - line[3]) < 3
        and min(segment[0], segment[2]) < min(line[0], line[2]) + 5
        and max(segment[0], segment[2]) > max(line[0], line[2]) - 5
    )
