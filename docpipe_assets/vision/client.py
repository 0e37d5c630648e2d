"""A vision model behind any server that speaks OpenAI's chat protocol, held to a schema for its answers."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from docpipe_assets.vision.breaker import Breaker
from docpipe_assets.vision.errors import ModelSetupError, RejectedAnswerError, Rejection
from docpipe_assets.vision.images import SentImage
from docpipe_assets.vision.prompts import Prompt
from docpipe_assets.vision.retries import with_retries

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionContentPartParam

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class VisionOptions:
    """Which model is asked, and how.

    `base_url` is the server's address up to and with `/v1`; empty means OpenAI's own. `image_edge_px` is the
    longest edge of an image that is sent. `timeout_s` is for one call, of which there are up to `attempts`.
    After `failures_in_a_row` asks without an answer the model is not asked any more.
    """

    api_key: str
    model: str
    base_url: str = ""
    image_edge_px: int = 2048
    timeout_s: float = 120.0
    attempts: int = 6
    max_output_tokens: int = 4000
    failures_in_a_row: int = 5


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens that a call is billed for."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """What the model says, and what the call took that it was said in."""

    value: T
    usage: Usage
    latency_s: float
    model: str
    prompt_version: str


class VisionModel:
    """The model, for as long as one stage runs over a document: threads share its connections and its breaker.

    Raises `ModelSetupError` without a key.
    """

    def __init__(self, options: VisionOptions) -> None:
        from openai import OpenAI

        if not options.api_key:
            raise ModelSetupError("The vision model has no key; set DOCPIPE_VISION_API_KEY.")
        self.options = options
        self._breaker = Breaker(options.failures_in_a_row)
        self._client = OpenAI(
            api_key=options.api_key,
            base_url=options.base_url or None,
            timeout=options.timeout_s,
            max_retries=0,
        )

    def ask(self, prompt: Prompt, images: Sequence[SentImage], answer: type[M]) -> Answered[M]:
        """The model's answer to `prompt` about `images`, which it is told the numbers (from 1) and sizes of.

        Raises `TransientError` if the service does not answer, and its subclass `ModelUnavailableError` once it
        has not for too often; `RejectedAnswerError` (a `PageError`) if there is no answer for these images, or
        none that can be read; and `ModelSetupError` if a setting is wrong.
        """
        with self._breaker.watch():
            answered = with_retries(partial(self._call, prompt, images, answer), self.options.attempts)
            return _answer_in(answered)

    def _call(
        self, prompt: Prompt, images: Sequence[SentImage], answer: type[M]
    ) -> tuple[Any, Answered[None] | None]:
        """The response as it came, which is parsed later: what cannot be parsed has been paid as well."""
        began = time.monotonic()
        response = self._client.chat.completions.with_raw_response.parse(
            model=self.options.model,
            messages=[{"role": "user", "content": list(_parts(prompt, images))}],
            response_format=answer,
            max_completion_tokens=self.options.max_output_tokens,
        )
        latency_s = time.monotonic() - began
        usage = _usage_in(response.http_response.content)
        billed = Answered(None, usage, latency_s, self.options.model, prompt.version) if usage else None
        return response, billed


def _parts(prompt: Prompt, images: Sequence[SentImage]) -> Iterator[ChatCompletionContentPartParam]:
    yield {"type": "text", "text": prompt.text}
    for number, image in enumerate(images, 1):
        size = f"{image.width} x {image.height} pixels"
        yield {"type": "text", "text": f"Image {number}: {image.name}, {size}"}
        url = f"data:image/png;base64,{b64encode(image.content).decode()}"
        yield {"type": "image_url", "image_url": {"url": url, "detail": "high"}}


class _Tokens(BaseModel):
    prompt_tokens: int
    completion_tokens: int


class _Billed(BaseModel):
    usage: _Tokens


def _usage_in(body: bytes) -> Usage | None:
    try:
        tokens = _Billed.model_validate_json(body).usage
    except ValidationError:
        return None
    return Usage(tokens.prompt_tokens, tokens.completion_tokens)


def _answer_in(called: tuple[Any, Answered[None] | None]) -> Answered[Any]:
    from openai import ContentFilterFinishReasonError, LengthFinishReasonError

    response, billed = called

    def reject(rejection: Rejection, what_happened: str, cause: Exception | None = None) -> NoReturn:
        raise RejectedAnswerError(
            f"The vision model {what_happened}; a person has to read the page.", rejection, billed
        ) from cause

    try:
        message = response.parse().choices[0].message
    except LengthFinishReasonError as error:
        longer = "was cut short in its answer (raise DOCPIPE_VISION_MAX_OUTPUT_TOKENS if this happens often)"
        reject(Rejection.TRUNCATED, longer, error)
    except ContentFilterFinishReasonError as error:
        reject(Rejection.CONTENT_FILTER, "was stopped by its content filter", error)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # The client takes whatever JSON it gets for a completion and trips over what it lacks.
        reject(Rejection.MALFORMED, f"gave an answer that cannot be read ({type(error).__name__})", error)
    if message.refusal:
        reject(Rejection.REFUSAL, f"refused to read the page ({message.refusal[:200]})")
    if message.parsed is None:
        reject(Rejection.MALFORMED, "gave an empty answer")
    if billed is None:
        raise ModelSetupError(
            "The vision model's server does not say how many tokens a call takes, so it cannot be accounted for; "
            "choose another server with DOCPIPE_VISION_BASE_URL."
        )
    return Answered(message.parsed, billed.usage, billed.latency_s, billed.model, billed.prompt_version)
