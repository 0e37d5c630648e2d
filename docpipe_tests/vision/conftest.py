"""A model on this machine, and small page images to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from docpipe_assets.vision import VisionModel, VisionOptions
from docpipe_tests.servers.openai import ChatRequest, OpenAIServer

SCALES: list[dict[str, Any]] = [
    {
        "text": '1/4" = 1\'-0"',
        "kind": "numeric",
        "confidence": 0.9,
        "place": {"image": 1, "x": 10, "y": 20, "width": 30, "height": 5},
    }
]
SHEET: dict[str, Any] = {
    "sheet_number": {
        "value": "A-101",
        "confidence": 0.9,
        "place": {"image": 1, "x": 80, "y": 40, "width": 10, "height": 5},
    },
    "sheet_title": {"value": " FIRST  FLOOR PLAN ", "confidence": 0.8, "place": None},
    "discipline": {"value": "architectural", "confidence": 0.95, "place": None},
    "page_type": {"value": "floor_plan", "confidence": 0.85, "place": None},
    "scales": SCALES,
}


def answer(request: ChatRequest) -> dict[str, Any]:
    return SHEET if request.schema_name == "SheetReading" else {"scales": SCALES}


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    server = OpenAIServer(answer)
    yield server
    server.close()


@pytest.fixture
def model(server: OpenAIServer) -> Callable[..., VisionModel]:
    def build(**options: Any) -> VisionModel:
        known: dict[str, Any] = {
            "api_key": "a-key",
            "model": "a-model",
            "base_url": server.base_url,
            "image_edge_px": 100,
            "timeout_s": 20.0,
            "attempts": 3,
        }
        return VisionModel(VisionOptions(**(known | options)))

    return build


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A page image of 600 x 400 pixels, white with a dark corner at the bottom right."""
    pixels = np.full((400, 600), 255, np.uint8)
    pixels[350:, 550:] = 0
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), pixels)
    return path
