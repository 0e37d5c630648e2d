"""How much of a sheet's lettering local OCR reads, with the sheet's own text layer as the truth.

    python -m docpipe_tests.benchmarks.ocr_recall [--misses] [FILE.pdf[:PAGE]...]

Each page is drawn to an image, which has no layer, and read by OCR. A word of the layer counts as read if it
stands, blanks aside, in a line that OCR read in that place; a scale if a line there gives the same ratio.
Lettering under 4.3 points (12 pixels) is counted apart as tiny. `extra` counts the lines that OCR read where
the layer has none: symbols taken for text, and lettering in pictures. `marks` are single letters and digits.
CPU seconds are those of reading alone. Without files: a few of the shared plans. Nothing is asserted: it is for
judging changes of the reader.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from docpipe_assets.ocr.normalise import normalise_text
from docpipe_assets.ocr.rapid import read_image
from docpipe_assets.page_text import Box, PageText, TextBlock
from docpipe_assets.pdf.render import render_page
from docpipe_assets.pdf.text_layer import read_text_layer
from docpipe_assets.scale.notation import find_notations

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans" / "drawings"
SHEETS = (
    "va_finish_plan_AF101.pdf:1",
    "farmhouse_open_source_blueprints.pdf:3",
    "farmhouse_open_source_blueprints.pdf:5",
    "farmhouse_open_source_blueprints.pdf:21",
    "kegonsa_30x42_set.pdf:1",
    "kegonsa_30x42_set.pdf:10",
    "kegonsa_30x42_set.pdf:13",
    "kegonsa_11x17_A101.pdf:1",
    "kegonsa_11x17_S101.pdf:1",
    "kegonsa_ask002_mixed.pdf:2",
    "kegonsa_site_plan_zoning.pdf:1",
)
KINDS = ("words", "numbers", "marks", "fractions", "sideways", "scales", "tiny")
TINY_PX = 12
DPI = 200
MEGAPIXELS = 60.0
CORE = 0.2


class Recall:
    """Counts of what there is to read and what of it was read, by kind."""

    def __init__(self) -> None:
        self.there: Counter[str] = Counter()
        self.read: Counter[str] = Counter()
        self.missed: list[str] = []
        self.extra = 0
        self.cpu_s = 0.0

    def count(self, kinds: Iterator[str], read: bool, what: str) -> None:
        for kind in kinds:
            self.there[kind] += 1
            self.read[kind] += read
        if not read:
            self.missed.append(what)

    def add(self, other: Recall) -> None:
        self.there += other.there
        self.read.update(other.read)
        self.extra += other.extra
        self.cpu_s += other.cpu_s

    def cells(self) -> list[str]:
        shares = [
            f"{self.read[kind]}/{self.there[kind]} {self.read[kind] / self.there[kind]:.1%}"
            if self.there[kind]
            else ""
            for kind in KINDS
        ]
        return [*shares, str(self.extra), f"{self.cpu_s:.1f}"]


def compare(truth: PageText, seen: PageText) -> Recall:
    """What of the lines of `truth` is in `seen`."""
    recall = Recall()
    for line in truth.blocks:
        tiny = line.type_size < TINY_PX
        for word in line.words:
            there = ["".join(other.text.split()) for other in _lines_at(word.box, seen)]
            read = any("".join(normalise_text(word.text).split()) in text for text in there)
            recall.count(_kinds(word.text, line, tiny), read, f"{word.text!r} at {word.box}: {there}")
        ratios = {notation.ratio for notation in find_notations(line.text)}
        if ratios and not tiny:
            there = [other.text for other in _lines_at(line.box, seen)]
            read = ratios <= {notation.ratio for text in there for notation in find_notations(text)}
            recall.count(iter(["scales"]), read, f"scale {line.text!r}: {there}")
    recall.extra = sum(
        not any(line.box.overlap(other.box) > 0 for other in truth.blocks) for line in seen.blocks
    )
    return recall


def _kinds(word: str, line: TextBlock, tiny: bool) -> Iterator[str]:
    if tiny:
        yield "tiny"
        return
    if re.search(r"[^\W\d_]{2}", word):
        yield "words"
    elif re.search(r"\d", word):
        yield "numbers"
    if len(word) == 1 and word.isalnum():
        yield "marks"
    if re.search(r"\d/\d", word):
        yield "fractions"
    if line.sideways and len(word) > 1:
        yield "sideways"


def _lines_at(box: Box, seen: PageText) -> list[TextBlock]:
    """The lines of which a word touches the core of `box`."""
    inset_x, inset_y = CORE * box.width, CORE * box.height
    core = Box(box.x + inset_x, box.y + inset_y, box.width - 2 * inset_x, box.height - 2 * inset_y)
    return [line for line in seen.blocks if any(word.box.overlap(core) > 0 for word in line.words)]


def main(sheets: list[str], show_misses: bool) -> None:
    console = Console(width=180)
    table = Table(
        "sheet",
        "in",
        *KINDS,
        "extra",
        "CPU s",
        title="What OCR reads of what the text layer says",
        padding=(0, 0),
    )
    total = Recall()
    with tempfile.TemporaryDirectory() as folder:
        image, thumbnail = Path(folder, "page.png"), Path(folder, "thumbnail.png")
        for sheet in sheets:
            name, _, number = sheet.rpartition(":") if ":" in sheet else (sheet, "", "1")
            path, page = Path(name), int(number)
            path = path if path.exists() else PLANS / path
            drawn = render_page(path, page, image, thumbnail, DPI, MEGAPIXELS)
            truth = read_text_layer(path, page, drawn.dpi, drawn.width_px, drawn.height_px).text
            started = time.process_time()
            seen = read_image(image, drawn.dpi, scan=False)
            seconds = time.process_time() - started
            recall = compare(truth, seen)
            recall.cpu_s = seconds
            total.add(recall)
            size = f"{drawn.width_in:.0f} x {drawn.height_in:.0f}"
            table.add_row(f"{path.stem}:{page}", size, *recall.cells())
            if show_misses:
                console.print(f"[bold]{sheet}", *recall.missed, sep="\n  ")
    table.add_section()
    table.add_row("all", "", *total.cells())
    console.print(table)
    console.print(f"Peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000} MB")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    files = [argument for argument in arguments if argument != "--misses"]
    main(files or list(SHEETS), "--misses" in arguments)
