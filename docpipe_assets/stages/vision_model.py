"""Asking the vision model about pages: which model, for how much, and how the answer enters the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy.orm import Session

from docpipe_assets.errors import PermanentError, TransientError
from docpipe_assets.stages.call_pool import CallPool
from docpipe_assets.stages.checkpoint import PageTask, PageWork, share_out
from docpipe_assets.storage import documents, ledger
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.tables import PaidCall
from docpipe_assets.vision import (
    Answered,
    RejectedAnswerError,
    Usage,
    VisionModel,
    VisionOptions,
    cost_usd,
)
from docpipe_assets.vocabulary import AskModel, Stage

if TYPE_CHECKING:
    import uuid

    from docpipe_assets.settings import Settings
    from docpipe_assets.stages.document_run import DocumentRun

ENGINE = "vision_model"

T = TypeVar("T")
Question = Callable[[VisionModel, Path], Answered[T]]
"""What the model is asked about a page image, such as `vision.read_sheet`."""


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """What asking led to: an answer, or why there is none; `billed` is what was paid either way."""

    answer: T | None
    why_not: str
    billed: Answered[Any] | None


def open_model(settings: Settings, when: AskModel) -> VisionModel | None:
    """The model to ask in one stage of one document, with a circuit breaker of its own.

    None without a key, or where it is to be asked `never`.
    """
    key = settings.vision_api_key.get_secret_value()
    if not key or when is AskModel.NEVER:
        return None
    return VisionModel(
        VisionOptions(
            api_key=key,
            model=settings.vision_model,
            base_url=settings.vision_base_url,
            image_edge_px=settings.vision_image_edge_px,
            max_output_tokens=settings.vision_max_output_tokens,
            failures_in_a_row=settings.vision_failures_in_a_row,
        )
    )


def ask_pages(
    run: DocumentRun,
    document_id: uuid.UUID,
    stage: Stage,
    model: VisionModel,
    question: Question[T],
    tasks: Sequence[PageTask],
    keep: Callable[[Session, PageTask, Asked[T], float], None],
) -> tuple[list[int], dict[int, str]]:
    """Ask the model about pages; `keep` stores what comes of each answer.

    An answer's price is in the ledger at once: it is paid even if the page comes to nothing.

    A model that does not answer leaves the page to a person. Gives the page numbers done, and failed with the
    reason; raises what `share_out` raises.
    """
    with run.sessions() as session:
        image_keys = {page.id: page.image_key for page in run.page_rows(session, document_id)}

    def arguments(
        task: PageTask,
    ) -> tuple[Question[T], VisionModel, Settings, str, bool, Callable[[Answered[Any]], None]]:
        affordable = _affordable(run, document_id)
        enter = partial(_enter, run, document_id, task, stage)
        return question, model, run.settings, image_keys[task.page_id], affordable, enter

    work = PageWork(
        stage=stage,
        function=_ask,
        arguments=arguments,
        store=keep,
        timeout_s=run.settings.ocr_timeout_s,
        pool=CallPool(run.settings.vision_in_flight),
    )
    return share_out(run, document_id, work, tasks)


def provenance(asked: Asked[Any]) -> dict[str, Any]:
    """Where an answer came from, for the result's row."""
    if asked.billed is None:
        return {"why_not": asked.why_not}
    return {
        "model": asked.billed.model,
        "prompt_version": asked.billed.prompt_version,
        "input_tokens": asked.billed.usage.input_tokens,
        "output_tokens": asked.billed.usage.output_tokens,
        "latency_s": round(asked.billed.latency_s, 2),
    }


def _ask(
    question: Question[T],
    model: VisionModel,
    settings: Settings,
    image_key: str,
    affordable: bool,
    enter: Callable[[Answered[Any]], None],
) -> Asked[T]:
    if not affordable:
        return Asked(None, "The document's budget for paid calls is spent.", None)
    try:
        cost_usd(Usage(0, 0), settings.vision_model, settings.vision_prices)
        with open_bucket(settings.artifacts_url).local_copy(image_key) as image:
            answered = question(model, image)
    except RejectedAnswerError as error:
        if error.billed is not None:
            enter(error.billed)
        return Asked(None, str(error), error.billed)
    except (PermanentError, TransientError) as error:
        return Asked(None, str(error), None)
    enter(answered)
    return Asked(answered.value, "", answered)


def _affordable(run: DocumentRun, document_id: uuid.UUID) -> bool:
    budget = run.settings.document_budget_usd
    if not budget:
        return True
    with run.sessions() as session:
        return ledger.spent_usd(session, document_id) < budget


def _enter(
    run: DocumentRun,
    document_id: uuid.UUID,
    task: PageTask,
    stage: Stage,
    billed: Answered[Any],
) -> None:
    with run.sessions.begin() as session:
        session.add(
            PaidCall(
                document_id=document_id,
                page_id=task.page_id,
                page_number=task.page_number,
                stage=stage,
                engine=ENGINE,
                model=billed.model,
                prompt_version=billed.prompt_version,
                images=0,
                input_tokens=billed.usage.input_tokens,
                output_tokens=billed.usage.output_tokens,
                cost_usd=float(cost_usd(billed.usage, run.settings.vision_model, run.settings.vision_prices)),
                latency_s=billed.latency_s,
                run_id=run.run_id,
                called_at=documents.now(),
            )
        )
