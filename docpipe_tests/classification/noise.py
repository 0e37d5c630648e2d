"""What a scan and an OCR engine do to the text of a page."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace

from docpipe_assets.page_text import Box, PageText, TextBlock

_CONFUSED = {
    "O": "0",
    "0": "O",
    "I": "1",
    "1": "I",
    "l": "1",
    "S": "5",
    "5": "S",
    "B": "8",
    "8": "B",
    ".": ",",
}


def scanned(text: PageText, seed: int, rate: float = 0.015) -> PageText:
    """`text` as read off a scan: like letters confused, spaces and accents lost, lines split, boxes uneven."""
    pick = random.Random(seed)
    blocks: list[TextBlock] = []
    for block in text.blocks:
        content = block.text
        if pick.random() < 0.5:
            content = "".join(
                c for c in unicodedata.normalize("NFKD", content) if not unicodedata.combining(c)
            )
        content = "".join(_CONFUSED.get(c, c) if pick.random() < rate else c for c in content)
        if pick.random() < 0.2:
            content = content.replace(" ", "")
        elif pick.random() < 0.08 and " " in content:
            blocks += _split(block, content, pick)
            continue
        blocks.append(_as_read(block, content, block.box, pick))
    return replace(text, blocks=tuple(blocks))


def _split(block: TextBlock, content: str, pick: random.Random) -> list[TextBlock]:
    at = content.index(" ")
    share, box = at / len(content), block.box
    if block.sideways:
        first = Box(box.x, box.y, box.width, box.height * share)
        second = Box(box.x, box.y + box.height * (share + 0.02), box.width, box.height * (0.98 - share))
        first, second = (second, first) if block.angle > 180 else (first, second)
    else:
        first = Box(box.x, box.y, box.width * share, box.height)
        second = Box(box.x + box.width * (share + 0.02), box.y, box.width * (0.98 - share), box.height)
    return [_as_read(block, content[:at], first, pick), _as_read(block, content[at + 1 :], second, pick)]


def _as_read(block: TextBlock, content: str, box: Box, pick: random.Random) -> TextBlock:
    grow = (
        box.height * pick.uniform(-0.04, 0.08)
        if not block.sideways
        else box.width * pick.uniform(-0.04, 0.08)
    )
    uneven = Box(box.x - grow / 2, box.y - grow / 2, box.width + grow, box.height + grow)
    return TextBlock(
        content, uneven, (), block.angle + pick.uniform(-0.6, 0.6) % 360, pick.uniform(0.86, 0.99)
    )
