"""Calls of Google Vision: what is tried again and when, and what a failure says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from docpipe_assets.errors import PageError, TransientError
from docpipe_assets.ocr.google_text import MalformedAnswerError
from docpipe_assets.retry_after import retry_after_s
from docpipe_assets.vocabulary import ErrorCode

T = TypeVar("T")

_ADDRESS = re.compile(r"^(\d+ )?[A-Z]+ https?://\S+: ")
_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 60.0
_REQUEST_TIMEOUT = 408
_NOT_IMPLEMENTED = 501


def with_retries(call: Callable[[], T], attempts: int, image_name: str) -> T:
    """What `call` answers, tried up to `attempts` times with growing, random waits.

    Throttling, failures inside the service and lost connections are tried again, not before the service
    asked for it. Raises `TransientError` when they last, or the service asks for a wait of more than a
    minute, and `PageError` (`engine_rejected`) at once when the service refuses. An answer that cannot be
    read is not asked for again here, since it has been paid: `TransientError`.
    """
    import requests
    from google.api_core.exceptions import GoogleAPICallError
    from google.auth.exceptions import GoogleAuthError
    from google.protobuf.json_format import ParseError
    from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

    backoff = wait_random_exponential(_FIRST_WAIT_S, _LONGEST_WAIT_S)
    retrying = Retrying(
        retry=retry_if_exception(lambda error: _may_pass(error) and _asked_wait_s(error) <= _LONGEST_WAIT_S),
        stop=stop_after_attempt(attempts),
        wait=lambda state: (
            backoff(state) + _asked_wait_s(state.outcome.exception() if state.outcome else None)
        ),
        reraise=True,
    )
    try:
        return retrying(call)
    except (ParseError, UnicodeDecodeError, MalformedAnswerError) as error:
        raise _unreadable(image_name, error) from error
    except (GoogleAPICallError, GoogleAuthError, requests.RequestException) as error:
        if _is_unreadable(error):
            raise _unreadable(image_name, error) from error
        if _may_pass(error):
            raise TransientError(
                f"Google Vision did not answer for the page image {image_name} ({_reason(error)}); "
                "run the stage again later."
            ) from error
        raise PageError(
            ErrorCode.ENGINE_REJECTED,
            f"Google Vision refused the page image {image_name} ({_reason(error)}); "
            "remove the cause and run the stage again.",
        ) from error


def _unreadable(image_name: str, error: Exception) -> TransientError:
    return TransientError(
        f"Google Vision gave an answer for the page image {image_name} that cannot be read "
        f"({_reason(error)}); run the stage again."
    )


def _may_pass(error: BaseException) -> bool:
    """Whether the same call may well be answered later."""
    import requests
    from google.api_core import exceptions
    from google.auth.exceptions import GoogleAuthError, TransportError

    if isinstance(error, exceptions.GoogleAPICallError):
        lasting = error.code == _NOT_IMPLEMENTED or _is_unreadable(error)
        passing = exceptions.TooManyRequests, exceptions.ServerError, exceptions.Aborted, exceptions.Cancelled
        # Without a code there was no answer at all.
        return not lasting and (isinstance(error, passing) or error.code in (None, _REQUEST_TIMEOUT))
    if isinstance(error, GoogleAuthError):
        return isinstance(error, TransportError) or error.retryable
    return isinstance(
        error,
        requests.ConnectionError
        | requests.Timeout
        | requests.exceptions.ChunkedEncodingError
        | requests.exceptions.ContentDecodingError,
    )


def _is_unreadable(error: Exception) -> bool:
    """gRPC's client reports an answer that is no message as an internal error."""
    return "deserializing response" in str(error)


def _asked_wait_s(error: BaseException | None) -> float:
    """How long the service asks to wait: the header Retry-After, or RetryInfo among the details."""
    waits = [retry_after_s(error)]
    for detail in getattr(error, "details", None) or ():
        if isinstance(detail, dict):
            waits.append(_duration_s(detail.get("retryDelay", "")))
        elif hasattr(detail, "retry_delay"):
            waits.append(detail.retry_delay.seconds + detail.retry_delay.nanos / 1e9)
    return max(waits)


def _duration_s(text: Any) -> float:
    """A protobuf duration as JSON writes it, `1.5s`; 0 where it is none."""
    try:
        return float(str(text).removesuffix("s"))
    except ValueError:
        return 0.0


def _reason(error: Exception) -> str:
    """What went wrong in the service's own words, on one line and without the address that was called."""
    import requests
    from google.auth.exceptions import TransportError

    if isinstance(error, TransportError):
        return "Google's sign-in cannot be reached"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.RequestException):
        return "the connection was lost"
    lines = _ADDRESS.sub(r"\1", str(error)).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
