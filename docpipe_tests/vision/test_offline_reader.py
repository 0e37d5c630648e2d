"""The model of the demo: what it says of a sheet is what docpipe itself reads on it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from docpipe_assets.scale import find_notations
from docpipe_assets.vision import VisionModel, read_scale, read_sheet
from docpipe_tests.servers.openai import OfflineReader, OpenAIServer


def test_it_reads_what_is_drawn(
    server: OpenAIServer, model: Callable[..., VisionModel], tmp_path: Path
) -> None:
    pixels = np.full((500, 700), 255, np.uint8)
    for text, place in (("FLOOR PLAN", (60, 200)), ("SCALE 1:100", (60, 240)), ("A-101", (560, 470))):
        cv2.putText(pixels, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2, cv2.LINE_AA)
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), pixels)
    server.answer = OfflineReader()
    asked = model(image_edge_px=700)
    (note,) = read_scale(asked, path).value
    assert [notation.ratio for notation in find_notations(note.text)] == [Fraction(100)]
    assert note.box is not None
    assert note.box.x < 300 and 200 < note.box.y < 250
    number = read_sheet(asked, path).value.classification.sheet_number
    assert number is not None
    assert number.value == "A-101"
