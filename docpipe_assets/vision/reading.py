"""What a vision model reads on a page image: who the sheet is, and which scales are written on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from docpipe_assets.classification import Classification, Finding
from docpipe_assets.page_text import Box
from docpipe_assets.scale import ClaimedNote
from docpipe_assets.vision.client import Answered, VisionModel
from docpipe_assets.vision.images import SentImage, sheet_images
from docpipe_assets.vision.prompts import CLASSIFY_SHEET, READ_SCALE
from docpipe_assets.vision.responses import Place, ScaleReading, SheetReading, TextReading
from docpipe_assets.vocabulary import ClassificationMethod

T = TypeVar("T")

_REASON = "The vision model read it."


def classify_sheet(model: VisionModel, image_path: Path) -> Answered[Classification]:
    """Who the page is whose image is at `image_path`, with boxes in its pixels.

    Raises what `VisionModel.ask` raises, and `PageError` (`page_unreadable`) if there is no such image.
    """
    images = sheet_images(image_path, model.options.image_edge_px)
    answered = model.ask(CLASSIFY_SHEET, images, SheetReading)
    reading = answered.value
    classification = Classification(
        _text(reading.sheet_number, images),
        _text(reading.sheet_title, images),
        Finding(
            reading.discipline.value,
            reading.discipline.confidence,
            _on_page(reading.discipline.place, images),
            _REASON,
        ),
        Finding(
            reading.page_type.value,
            reading.page_type.confidence,
            _on_page(reading.page_type.place, images),
            _REASON,
        ),
        method=ClassificationMethod.VISION,
    )
    return _with_value(answered, classification)


def read_scale(model: VisionModel, image_path: Path) -> Answered[tuple[ClaimedNote, ...]]:
    """The scale notes of the page whose image is at `image_path`, the largest view's first; none if none is written.

    Raises what `VisionModel.ask` raises, and `PageError` (`page_unreadable`) if there is no such image.
    """
    images = sheet_images(image_path, model.options.image_edge_px)
    answered = model.ask(READ_SCALE, images, ScaleReading)
    notes = tuple(
        ClaimedNote(note.text.strip(), note.kind, note.confidence, _on_page(note.place, images))
        for note in answered.value.notes
        if note.text.strip()
    )
    return _with_value(answered, notes)


def _text(reading: TextReading | None, images: Sequence[SentImage]) -> Finding[str] | None:
    if reading is None or not reading.value.strip():
        return None
    words = " ".join(reading.value.split())
    return Finding(words, reading.confidence, _on_page(reading.place, images), _REASON)


def _on_page(place: Place | None, images: Sequence[SentImage]) -> Box | None:
    """The place in pixels of the page image; None where the model names no place that was shown to it."""
    if place is None or not 1 <= place.image <= len(images):
        return None
    return images[place.image - 1].on_page(Box(place.x, place.y, place.width, place.height))


def _with_value(answered: Answered[Any], value: T) -> Answered[T]:
    return Answered(value, answered.usage, answered.latency_s, answered.model, answered.prompt_version)
