"""What is sent of a page, and what its answers say in the page's own pixels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.errors import PageError
from docpipe_assets.page_text import Box
from docpipe_assets.scale import NotationKind
from docpipe_assets.vision import VisionModel, read_scale, read_sheet
from docpipe_assets.vision.images import SentImage, sheet_images
from docpipe_assets.vocabulary import ClassificationMethod, Discipline, ErrorCode, PageType
from docpipe_tests.servers.openai import OpenAIServer
from docpipe_tests.vision.conftest import SHEET

Build = Callable[..., VisionModel]


def test_the_sheet_is_sent_whole_and_its_corner_as_it_is(
    server: OpenAIServer, model: Build, sheet: Path
) -> None:
    read_sheet(model(), sheet)
    (request,) = server.requests
    whole, corner, right, bottom = (
        cv2.imdecode(np.frombuffer(image, np.uint8), cv2.IMREAD_UNCHANGED) for image in request.images
    )
    assert whole is not None and corner is not None and right is not None and bottom is not None
    assert whole.shape == (67, 100)
    page = cv2.imread(str(sheet), cv2.IMREAD_GRAYSCALE)
    assert page is not None
    assert np.array_equal(corner, page[300:, 500:])
    assert right.shape == (100, 25)
    assert bottom.shape == (11, 100)
    assert [words.rpartition(", ")[2] for words in request.words[1:]] == [
        "100 x 67 pixels",
        "100 x 100 pixels",
        "25 x 100 pixels",
        "100 x 11 pixels",
    ]


def test_a_small_sheet_is_sent_once_as_it_is(sheet: Path) -> None:
    (whole,) = sheet_images(sheet, 600)
    assert (whole.width, whole.height) == (600, 400)


def test_who_the_sheet_is(model: Build, sheet: Path) -> None:
    page = read_sheet(model(), sheet).value.classification
    assert page.sheet_number is not None and page.sheet_title is not None
    assert (page.sheet_number.value, page.sheet_number.confidence) == ("A-101", 0.9)
    assert page.sheet_title.value == "FIRST FLOOR PLAN"
    assert page.sheet_title.box is None
    assert page.discipline.value is Discipline.ARCHITECTURAL
    assert page.page_type.value is PageType.FLOOR_PLAN
    assert page.method is ClassificationMethod.VISION
    box = page.sheet_number.box
    assert box is not None
    assert box.to_json() == {"x": 480, "y": 238.8, "width": 60, "height": 29.9}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"image": 2, "x": 50, "y": 50, "width": 10, "height": 5}, Box(550, 350, 10, 5)),
        ({"image": 2, "x": 90, "y": 90, "width": 99, "height": 99}, Box(590, 390, 10, 10)),
        ({"image": 3, "x": 0, "y": 50, "width": 25, "height": 50}, Box(500, 200, 100, 200)),
        ({"image": 2, "x": 500, "y": 350, "width": 10, "height": 5}, None),
        ({"image": 1, "x": 5, "y": 5, "width": 0, "height": 5}, None),
        ({"image": 9, "x": 5, "y": 5, "width": 5, "height": 5}, None),
        ({"image": 0, "x": 5, "y": 5, "width": 5, "height": 5}, None),
    ],
)
def test_a_place_on_any_image_is_one_on_the_page(
    server: OpenAIServer, model: Build, sheet: Path, place: dict[str, float], expected: Box | None
) -> None:
    number = {"value": "A-101", "confidence": 0.9, "place": place}
    server.answer = lambda _: {**SHEET, "sheet_number": number}
    page = read_sheet(model(), sheet).value.classification
    assert page.sheet_number is not None
    assert page.sheet_number.box == expected


def test_words_that_are_blank_are_none(server: OpenAIServer, model: Build, sheet: Path) -> None:
    server.answer = lambda _: {
        **SHEET,
        "sheet_number": {"value": " ", "confidence": 0.2, "place": None},
        "sheet_title": None,
    }
    page = read_sheet(model(), sheet).value.classification
    assert (page.sheet_number, page.sheet_title) == (None, None)


def test_the_scales_of_a_sheet(model: Build, sheet: Path) -> None:
    (note,) = read_scale(model(), sheet).value
    assert note.text == '1/4" = 1\'-0"'
    assert note.kind is NotationKind.NUMERIC
    assert note.box is not None
    assert note.box.to_json() == {"x": 60, "y": 119.4, "width": 180, "height": 29.9}


def test_no_scale_written(server: OpenAIServer, model: Build, sheet: Path) -> None:
    server.answer = lambda _: {"scales": []}
    assert read_scale(model(), sheet).value == ()


def test_no_image(model: Build, tmp_path: Path) -> None:
    with pytest.raises(PageError) as caught:
        read_sheet(model(), tmp_path / "none.png")
    assert caught.value.code is ErrorCode.PAGE_UNREADABLE


coordinates = st.floats(-1e4, 1e4, allow_nan=False)


@given(coordinates, coordinates, coordinates, coordinates)
def test_no_box_leaves_what_the_image_shows(x: float, y: float, width: float, height: float) -> None:
    image = SentImage("a strip", b"", 50, 200, Box(700, 100, 100, 400))
    box = image.on_page(Box(x, y, width, height))
    assert box is None or (
        box.width > 0 and box.height > 0 and image.window.union(box).area <= image.window.area * (1 + 1e-9)
    )
