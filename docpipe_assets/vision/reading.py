"""What a vision model reads on a page image: who the sheet is, and which scales are written on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from docpipe_assets.classification import Classification, Finding
from docpipe_assets.page_text import Box
from docpipe_assets.scale import ClaimedNote
from docpipe_assets.vision.client import Answered, VisionModel
from docpipe_assets.vision.images import SentImage, sheet_images
from docpipe_assets.vision.prompts import READ_SCALE, READ_SHEET
from docpipe_assets.vision.responses import Place, ScaleNote, ScaleReading, SheetReading, TextReading
from docpipe_assets.vocabulary import ClassificationMethod

T = TypeVar("T")

_REASON = "The vision model read it."


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """Who a sheet is by the model, and the scale notes that it reads there, the largest view's first."""

    classification: Classification
    notes: tuple[ClaimedNote, ...]


def read_sheet(model: VisionModel, image_path: Path) -> Answered[ReadSheet]:
    """Who the page is whose image is at `image_path`, and its scale notes, with boxes in its pixels.

    One question for both, since most of its price is that of the images it shows. Raises what `VisionModel.ask`
    raises, and `PageError` (`page_unreadable`) if there is no such image.
    """
    images = sheet_images(image_path, model.options.image_edge_px)
    answered = model.ask(READ_SHEET, images, SheetReading)
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
    return _with_value(answered, ReadSheet(classification, _notes(reading.scales, images)))


def read_scale(model: VisionModel, image_path: Path) -> Answered[tuple[ClaimedNote, ...]]:
    """The scale notes of the page whose image is at `image_path`, the largest view's first; none if none is written.

    Raises what `VisionModel.ask` raises, and `PageError` (`page_unreadable`) if there is no such image.
    """
    images = sheet_images(image_path, model.options.image_edge_px)
    answered = model.ask(READ_SCALE, images, ScaleReading)
    return _with_value(answered, _notes(answered.value.scales, images))


def _notes(scales: Sequence[ScaleNote], images: Sequence[SentImage]) -> tuple[ClaimedNote, ...]:
    return tuple(
        ClaimedNote(note.text.strip(), note.kind, note.confidence, _on_page(note.place, images))
        for note in scales
        if note.text.strip()
    )


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
