"""What can go wrong with a vision model beside a service that does not answer (`TransientError`)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from docpipe_assets.errors import PageError, PermanentError, TransientError
from docpipe_assets.vocabulary import ErrorCode

if TYPE_CHECKING:
    from docpipe_assets.vision.client import Answered


class Rejection(StrEnum):
    """Why there is no answer for a page."""

    REFUSAL = "refusal"
    CONTENT_FILTER = "content_filter"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    BAD_REQUEST = "bad_request"


class RejectedAnswerError(PageError):
    """The model gave no answer that can be used (`engine_rejected`).

    `billed` is what the call took where the service said so: it is to be paid all the same.
    """

    def __init__(self, message: str, rejection: Rejection, billed: Answered[None] | None) -> None:
        super().__init__(ErrorCode.ENGINE_REJECTED, message)
        self.args = message, rejection, billed
        self.rejection = rejection
        self.billed = billed


class ModelSetupError(PermanentError):
    """The model cannot be asked at all with these settings; the message names the one to check."""

    def __init__(self, message: str) -> None:
        super().__init__(ErrorCode.ENGINE_REJECTED, message)
        self.args = (message,)


class ModelUnavailableError(TransientError):
    """The model failed so often in a row that it is not asked any more."""
