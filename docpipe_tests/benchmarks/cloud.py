"""How long an image-only document takes with Google Vision, and that trouble on the wire changes nothing.

    python -m docpipe_tests.benchmarks.cloud [PAGES]

Starts `docpipe up` against a local Vision server that takes 0.8 s a call, answers 10 % of them with 429 and drops
5 %, drops a document of scanned sheets into the folder, and prints the seconds until it is ready, their ratio to
the calls' own time in a row, and the counts of calls, paid images and pages. Nothing is asserted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pymupdf
from rich.console import Console

from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_tests.e2e.running import docpipe_up
from docpipe_tests.servers.google_vision import Fault, GoogleVisionServer, annotation

LATENCY_S = 0.8


def scanned(path: Path, pages: int) -> Path:
    with pymupdf.open() as pdf:
        for number in range(pages):
            with pymupdf.open() as drawn:
                page = drawn.new_page(width=17 * 72, height=11 * 72)
                page.draw_rect(pymupdf.Rect(100, 100, 900, 600), width=2)
                page.insert_text((300, 650), f"FLOOR PLAN {number}", fontsize=20)
                picture = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
            pdf.new_page(width=17 * 72, height=11 * 72).insert_image(page_rect(), pixmap=picture)
        pdf.save(path, deflate=True)
    return path


def page_rect() -> pymupdf.Rect:
    return pymupdf.Rect(0, 0, 17 * 72, 11 * 72)


def main(pages: int) -> None:
    box = Box(1000, 1000, 80, 20)
    said = annotation([TextBlock("A-101", box, (Word("A-101", box),))])
    rates = {Fault.THROTTLED: 0.1, Fault.DROPPED: 0.05}
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(GoogleVisionServer(lambda _image: said, latency_s=LATENCY_S, rates=rates)) as server,
    ):
        settings = {
            "DOCPIPE_OCR_ENGINE": "google_vision",
            "DOCPIPE_GOOGLE_VISION_ENDPOINT": server.grpc_endpoint,
        }
        with docpipe_up(Path(folder, "home"), **settings) as running:
            path = scanned(Path(folder, "scanned.pdf"), pages)
            started = time.monotonic()
            running.ready(running.drop(path), timeout_s=600)
            seconds = time.monotonic() - started
            paid = running.rows("SELECT count(*) AS n FROM paid_calls")[0]["n"]
    console = Console()
    console.print(
        f"{pages} pages ready in {seconds:.1f} s, {seconds / (pages * LATENCY_S):.2f} of the calls in a row"
    )
    console.print(
        f"{server.stats.calls} calls, {server.stats.images} answered images, {paid} paid pages, "
        f"at most {server.stats.peak_in_flight} in flight"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
