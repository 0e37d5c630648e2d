"""Paid services that know the pages they are shown, count what they are asked, and hold answers back."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf
from google.cloud.vision_v1 import types as google

from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_assets.vocabulary import Stage
from docpipe_tests.servers.google_vision import annotation
from docpipe_tests.servers.openai import ChatRequest, floor_plan, scale_notes

PAGES = 3
MARK_PX = 40
SHADES = 20
HELD_AT_MOST_S = 120
PAID = {Stage.OCR_RESULTS: [1, 2, 3], Stage.CLASSIFICATIONS: [1, 2], Stage.SCALE_CALIBRATIONS: [3]}
"""The pages that are paid for in each stage. Only the last one says what it is, and none has a scale."""

Call = tuple[Stage, int, int]
"""What a paid service is asked: for which stage, about which document and page."""


@dataclass
class FarEnds:
    """What both paid services answer, how often they were asked, and which answers they hold back."""

    asked: Counter[Call] = field(default_factory=Counter)
    held: dict[Call, threading.Event] = field(default_factory=dict)

    def read(self, image: bytes) -> google.TextAnnotation:
        """Google's answer."""
        number, page = which(image)
        self._asked((Stage.OCR_RESULTS, number, page))
        who = [line("FLOOR PLAN", 900, 700), line("SHEET NO.", 950, 740), line(f"A-10{page}", 950, 765)]
        return annotation([line("SOUTH WING", 300, 680), *(who if page == PAGES else [])])

    def look(self, request: ChatRequest) -> Mapping[str, Any]:
        """The model's answer."""
        number, page = which(request.images[0])
        if request.schema_name == "ScaleReading":
            self._asked((Stage.SCALE_CALIBRATIONS, number, page))
            return scale_notes("1:50")
        self._asked((Stage.CLASSIFICATIONS, number, page))
        return floor_plan(f"A-10{page}", "1:50")

    def calls(self, stage: Stage, number: int) -> int:
        return sum(self.asked[stage, number, page] for page in PAID[stage])

    def _asked(self, call: Call) -> None:
        self.asked[call] += 1
        if hold := self.held.get(call):
            assert hold.wait(HELD_AT_MOST_S)


def line(words: str, x: float, y: float) -> TextBlock:
    boxes = [Word(word, Box(x + 12 * words.index(word), y, 10 * len(word), 14)) for word in words.split(" ")]
    return TextBlock(words, Box(x, y, 12 * len(words), 14), tuple(boxes))


def scanned(path: Path, number: int) -> Path:
    """Pages that are pictures, with a mark of two greys by which whoever sees an image knows it again."""
    with pymupdf.open() as pdf:
        for page in range(1, PAGES + 1):
            with pymupdf.open() as drawn:
                picture = drawn.new_page(width=792, height=612)
                picture.draw_rect(pymupdf.Rect(100, 100, 600, 400), width=2)
                for place, shade in enumerate((number, page)):
                    grey = (shade / SHADES,) * 3
                    box = pymupdf.Rect(place * MARK_PX, 0, (place + 1) * MARK_PX, MARK_PX)
                    picture.draw_rect(box, color=grey, fill=grey)
                pixels = picture.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY)
            sheet = pdf.new_page(width=792, height=612)
            sheet.insert_image(sheet.rect, pixmap=pixels)
        pdf.save(path)
    return path


def which(image: bytes) -> tuple[int, int]:
    """The numbers of document and page that an image is marked with."""
    pixels = pymupdf.Pixmap(image)
    number, page = (pixels.pixel(MARK_PX // 2 + place * MARK_PX, MARK_PX // 2)[0] for place in range(2))
    return round(number / 255 * SHADES), round(page / 255 * SHADES)
