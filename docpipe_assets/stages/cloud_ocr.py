"""Reading pages by Google Vision: who is sent, how many at once, what it costs, and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from docpipe_assets.ocr.google_vision import (
    BilledCall,
    CloudReading,
    GoogleVision,
    GoogleVisionOptions,
    Transport,
)
from docpipe_assets.ocr.read import OwnText, PageReading, confidence_of, read_image_here, read_own_text
from docpipe_assets.stages.call_pool import CallPool
from docpipe_assets.stages.checkpoint import PageTask, PageWork, share_out
from docpipe_assets.storage import documents, ledger
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.tables import PaidCall
from docpipe_assets.vocabulary import Engine, ErrorCode, OcrPages, Stage

if TYPE_CHECKING:
    from docpipe_assets.settings import Settings
    from docpipe_assets.stages.ocr_results import PagesToRead


def read_in_the_cloud(to_read: PagesToRead, todo: list[PageTask]) -> tuple[list[int], dict[int, str]]:
    """Send the pages whose own text cannot be believed, or all; those over the budget are read here.

    Returns the page numbers done, and failed with the reason. Raises what `share_out` raises.
    """
    settings = to_read.run.settings
    done: list[int] = []
    failed: dict[int, str] = {}
    reasons: dict[int, OwnText] = {}
    to_send = todo
    if settings.ocr_pages is OcrPages.AUTO:
        _, failed = share_out(to_read.run, to_read.document_id, _own_text(to_read, done, reasons), todo)
        to_send = [task for task in todo if task.page_number in reasons]
    over_budget: list[PageTask] = []
    _, refused = share_out(
        to_read.run, to_read.document_id, _cloud(to_read, done, reasons, over_budget), to_send
    )
    failed |= refused
    if over_budget:
        _, unread = share_out(to_read.run, to_read.document_id, _here(to_read, done, reasons), over_budget)
        failed |= unread
    return done, failed


def _own_text(to_read: PagesToRead, done: list[int], reasons: dict[int, OwnText]) -> PageWork[OwnText]:
    def store(session: Session, task: PageTask, own: OwnText, duration_s: float) -> None:
        if reading := own.reading():
            to_read.store(session, task, reading, duration_s)
            done.append(task.page_number)
        else:
            reasons[task.page_number] = own

    return PageWork(
        stage=Stage.OCR_RESULTS,
        function=_own_text_of_stored_page,
        arguments=to_read.arguments,
        store=store,
        timeout_s=to_read.run.settings.render_timeout_s,
        timed_out=ErrorCode.OCR_TIMEOUT,
        crashed=ErrorCode.OCR_CRASHED,
    )


def _cloud(
    to_read: PagesToRead, done: list[int], reasons: dict[int, OwnText], over_budget: list[PageTask]
) -> PageWork[CloudReading | None]:
    settings = to_read.run.settings
    price = settings.google_vision_usd_per_image
    unbilled: set[int] = set()

    def arguments(
        task: PageTask,
    ) -> tuple[Settings, str, float, Callable[[BilledCall], None], bool]:
        page = to_read.pages[task.page_id]
        budget = settings.document_budget_usd
        affordable = not budget or _spent(to_read) + (len(unbilled) + 1) * price <= budget
        if affordable:
            unbilled.add(task.page_number)
        return settings, page.image_key, page.dpi, partial(enter, task), affordable

    def enter(task: PageTask, call: BilledCall) -> None:
        _enter(to_read, task, call)
        unbilled.discard(task.page_number)

    def store(session: Session, task: PageTask, answer: CloudReading | None, duration_s: float) -> None:
        if answer is None:
            over_budget.append(task)
            return
        own = reasons.get(task.page_number)
        reason = own.reason if own else "every page is sent"
        reading = PageReading(Engine.GOOGLE_VISION, reason, answer.text, confidence_of(answer.text))
        if own:
            reading = own.completed(reading)
        to_read.store(session, task, reading, duration_s, answer.images * price)
        done.append(task.page_number)

    return PageWork(
        stage=Stage.OCR_RESULTS,
        function=_send,
        arguments=arguments,
        store=store,
        timeout_s=settings.ocr_timeout_s,
        pool=CallPool(settings.google_vision_in_flight),
    )


def _here(to_read: PagesToRead, done: list[int], reasons: dict[int, OwnText]) -> PageWork[PageReading]:
    def arguments(task: PageTask) -> tuple[str, str, float, bool]:
        page = to_read.pages[task.page_id]
        own = reasons.get(task.page_number)
        return to_read.run.settings.artifacts_url, page.image_key, page.dpi, bool(own and own.scan)

    def store(session: Session, task: PageTask, reading: PageReading, duration_s: float) -> None:
        own = reasons.get(task.page_number)
        to_read.store(session, task, own.completed(reading) if own else reading, duration_s)
        done.append(task.page_number)

    return PageWork(
        stage=Stage.OCR_RESULTS,
        function=_read_here,
        arguments=arguments,
        store=store,
        timeout_s=to_read.run.settings.ocr_timeout_s,
        timed_out=ErrorCode.OCR_TIMEOUT,
        crashed=ErrorCode.OCR_CRASHED,
    )


def _enter(to_read: PagesToRead, task: PageTask, call: BilledCall) -> None:
    """Put a paid call into the ledger at once: it is paid even if the page comes to nothing."""
    run = to_read.run
    with run.sessions.begin() as session:
        session.add(
            PaidCall(
                document_id=to_read.document_id,
                page_id=task.page_id,
                page_number=task.page_number,
                stage=Stage.OCR_RESULTS,
                engine=Engine.GOOGLE_VISION,
                images=call.images,
                input_tokens=0,
                output_tokens=0,
                cost_usd=call.images * run.settings.google_vision_usd_per_image,
                latency_s=call.latency_s,
                run_id=run.run_id,
                called_at=documents.now(),
            )
        )


def _spent(to_read: PagesToRead) -> float:
    with to_read.run.sessions() as session:
        return ledger.spent_usd(session, to_read.document_id)


def _own_text_of_stored_page(
    upload: Path,
    page_number: int,
    artifacts_url: str,
    image_key: str,
    dpi: float,
    width_px: int,
    height_px: int,
) -> OwnText:
    with open_bucket(artifacts_url).local_copy(image_key) as image:
        return read_own_text(upload, page_number, image, dpi, width_px, height_px)


def _send(
    settings: Settings, image_key: str, dpi: float, billed: Callable[[BilledCall], None], affordable: bool
) -> CloudReading | None:
    if not affordable:
        return None
    with open_bucket(settings.artifacts_url).local_copy(image_key) as image:
        return _engine(_options(settings)).read_image(image, dpi, billed)


def _read_here(artifacts_url: str, image_key: str, dpi: float, scan: bool) -> PageReading:
    with open_bucket(artifacts_url).local_copy(image_key) as image:
        return read_image_here(image, dpi, scan, "the document's budget for paid calls is spent")


def _options(settings: Settings) -> GoogleVisionOptions:
    return GoogleVisionOptions(
        endpoint=settings.google_vision_endpoint or GoogleVisionOptions().endpoint,
        transport=Transport(settings.google_vision_transport),
        credentials_file=settings.google_vision_credentials,
        language_hints=tuple(settings.google_vision_languages),
    )


@cache
def _engine(options: GoogleVisionOptions) -> GoogleVision:
    return GoogleVision(options)
