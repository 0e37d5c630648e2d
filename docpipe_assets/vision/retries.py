"""Calls of the model's service: what is tried again and when, and what a failure says."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, TypeVar

from docpipe_assets.errors import PermanentError, TransientError
from docpipe_assets.retry_after import retry_after_s
from docpipe_assets.vision.errors import ModelSetupError, RejectedAnswerError, Rejection

T = TypeVar("T")

_FIRST_WAIT_S: Final = 0.5
_LONGEST_WAIT_S: Final = 60.0
_PASSING: Final = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
_NO_QUOTA: Final = "insufficient_quota"
_SETTINGS: Final = {
    HTTPStatus.UNAUTHORIZED: "check DOCPIPE_VISION_API_KEY",
    HTTPStatus.FORBIDDEN: "check that DOCPIPE_VISION_API_KEY may use the model of DOCPIPE_VISION_MODEL",
    HTTPStatus.NOT_FOUND: "check DOCPIPE_VISION_MODEL and DOCPIPE_VISION_BASE_URL",
}


def with_retries(call: Callable[[], T], attempts: int) -> T:
    """What `call` answers, tried up to `attempts` times with growing, random waits.

    Throttling, failures inside the service, timeouts and lost connections are tried again, not before the
    service asked for it. Raises `TransientError` when they last, or the service asks for a wait of more than a
    minute; `ModelSetupError` at once when the key, the model or the address is wrong or the account is empty;
    and `RejectedAnswerError` when the service refuses the request.
    """
    from openai import APIError
    from tenacity import (
        RetryCallState,
        Retrying,
        retry_if_exception,
        wait_random_exponential,
    )

    def enough(state: RetryCallState) -> bool:
        return state.attempt_number >= attempts or retry_after_s(_error(state)) > _LONGEST_WAIT_S

    backoff = wait_random_exponential(_FIRST_WAIT_S, _LONGEST_WAIT_S)
    retrying = Retrying(
        retry=retry_if_exception(_may_pass),
        stop=enough,
        wait=lambda state: retry_after_s(_error(state)) + backoff(state),
        reraise=True,
    )
    try:
        return retrying(call)
    except APIError as error:
        if _may_pass(error):
            raise TransientError(
                f"The vision model did not answer ({_first_line(error)}); run the stage again later, and if it "
                "never answers check DOCPIPE_VISION_BASE_URL."
            ) from error
        raise _refused(error) from error


def _may_pass(error: BaseException) -> bool:
    """Whether the same call may well be answered later."""
    from openai import APIConnectionError, APIStatusError

    if isinstance(error, APIStatusError):
        failed = error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        lasting = error.status_code == HTTPStatus.NOT_IMPLEMENTED or error.code == _NO_QUOTA
        return not lasting and (failed or error.status_code in _PASSING)
    return isinstance(error, APIConnectionError)


def _refused(error: Any) -> PermanentError:
    status = getattr(error, "status_code", None)
    if error.code == _NO_QUOTA:
        return ModelSetupError(
            f"The account of the vision model has no money left ({_first_line(error)}); "
            "fill it up or check DOCPIPE_VISION_API_KEY, then run the stage again."
        )
    if status in _SETTINGS:
        return ModelSetupError(
            f"The vision model cannot be used ({_first_line(error)}); {_SETTINGS[status]}, "
            "then run the stage again."
        )
    filtered = error.code == Rejection.CONTENT_FILTER
    return RejectedAnswerError(
        f"The vision model's service refused the page ({_first_line(error)}); a person has to read it.",
        Rejection.CONTENT_FILTER if filtered else Rejection.BAD_REQUEST,
        None,
    )


def _error(state: Any) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
