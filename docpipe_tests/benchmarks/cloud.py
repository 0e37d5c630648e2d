"""How long an image-only document takes with paid services, and that trouble on the wire changes nothing.

    python -m docpipe_tests.benchmarks.cloud [PAGES] [when_unsure|never]

Starts `docpipe up` against a local Vision server that takes 0.8 s a call and a vision model that takes 2 s, both of
which answer 10 % of the calls with 429 and drop 5 %. Drops a document of scanned sheets into the folder, none of
which has a word that tells the rules what it is, so that the model is asked about every page (or `never`).
Prints the seconds until it is ready, their ratio to the calls' own time in a row, and the counts of calls, paid
answers and pages. Nothing is asserted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pymupdf
from rich.console import Console

from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_tests.e2e.running import docpipe_up, wait_for
from docpipe_tests.servers import google_vision, openai
from docpipe_tests.servers.google_vision import GoogleVisionServer, annotation
from docpipe_tests.servers.openai import ChatRequest, OpenAIServer, floor_plan, scale_notes

VISION_S = 0.8
MODEL_S = 2.0


def model_says(request: ChatRequest) -> dict[str, Any]:
    return scale_notes("1:50") if request.schema_name == "ScaleReading" else floor_plan("A-101", "1:50")


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


def main(pages: int, ask_model: str) -> None:
    box = Box(1000, 1000, 80, 20)
    said = annotation([TextBlock("KITCHEN", box, (Word("KITCHEN", box),))])
    vision = GoogleVisionServer(
        lambda _image: said,
        latency_s=VISION_S,
        rates={google_vision.Fault.THROTTLED: 0.1, google_vision.Fault.DROPPED: 0.05},
    )
    model = OpenAIServer(
        model_says, latency_s=MODEL_S, rates={openai.Fault.THROTTLED: 0.1, openai.Fault.DROPPED: 0.05}
    )
    with tempfile.TemporaryDirectory() as folder, closing(vision), closing(model):
        settings = {
            "DOCPIPE_OCR_ENGINE": "google_vision",
            "DOCPIPE_GOOGLE_VISION_ENDPOINT": vision.grpc_endpoint,
            "DOCPIPE_VISION_API_KEY": "a key",
            "DOCPIPE_VISION_BASE_URL": model.base_url,
            "DOCPIPE_VISION_MODEL": "a-model",
            "DOCPIPE_VISION_PRICES": '{"a-model": [2, 8]}',
            "DOCPIPE_VISION_CLASSIFY": ask_model,
            "DOCPIPE_VISION_SCALE": ask_model,
        }
        with docpipe_up(Path(folder, "home"), **settings) as running:
            path = scanned(Path(folder, "scanned.pdf"), pages)
            log = running.home / "logs" / "worker.log"
            wait_for(lambda: "worker ready" in log.read_text("utf-8"), 60, "the worker to be ready")
            dropped, started = datetime.now(UTC).replace(tzinfo=None), time.monotonic()
            running.ready(running.drop(path), timeout_s=600)
            seconds = time.monotonic() - started
            paid = running.rows("SELECT stage, count(*) AS n FROM paid_calls GROUP BY stage ORDER BY stage")
            stages = {
                stage: running.rows(f"SELECT min(made_at) AS first, max(made_at) AS last FROM {stage}")[0]
                for stage in ("pages", "ocr_results", "classifications", "scale_calibrations", "plan_sets")
            }
    in_a_row = pages * VISION_S + model.stats.answered * MODEL_S
    console = Console()
    console.print(f"{pages} pages ready in {seconds:.1f} s, {seconds / in_a_row:.2f} of the calls in a row")
    for name, stats, answered in (
        ("Google Vision", vision.stats, vision.stats.images),
        ("vision model", model.stats, model.stats.answered),
    ):
        console.print(
            f"{name}: {stats.calls} calls, {answered} answered, at most {stats.peak_in_flight} in flight"
        )
    console.print("paid calls: " + ", ".join(f"{row['stage']} {row['n']}" for row in paid))
    for stage, at in stages.items():
        first, last = (
            (datetime.fromisoformat(at[end]) - dropped).total_seconds() for end in ("first", "last")
        )
        console.print(f"{stage}: first page {first:.1f} s, last {last:.1f} s after the drop")


if __name__ == "__main__":
    pages, ask_model, *_ = [*sys.argv[1:], *("60", "when_unsure")[len(sys.argv) - 1 :]]
    main(int(pages), ask_model)
