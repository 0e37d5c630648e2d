"""The real client against a real server: answers, and everything that may come instead of one."""

from __future__ import annotations

import pickle
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from docpipe_assets.errors import PageError, TransientError
from docpipe_assets.vision import (
    READ_SHEET,
    ModelSetupError,
    ModelUnavailableError,
    RejectedAnswerError,
    Rejection,
    VisionModel,
    VisionOptions,
    read_sheet,
)
from docpipe_assets.vocabulary import ErrorCode
from docpipe_tests.servers.openai import Fault, OpenAIServer

Build = Callable[..., VisionModel]


def test_an_answer_comes_with_what_it_took(server: OpenAIServer, model: Build, sheet: Path) -> None:
    server.latency_s = 0.05
    answered = read_sheet(model(max_output_tokens=321), sheet)
    assert answered.model == "a-model"
    assert answered.prompt_version == READ_SHEET.version
    assert answered.usage.input_tokens > 4000  # four images
    assert answered.usage.output_tokens > 0
    assert answered.latency_s >= 0.05
    (request,) = server.requests
    assert request.max_completion_tokens == 321
    assert request.schema_name == "SheetReading"
    assert server.keys == ["Bearer a-key"]


@pytest.mark.parametrize(
    "fault", [Fault.THROTTLED, Fault.INTERNAL, Fault.UNAVAILABLE, Fault.DROPPED, Fault.CUT_OFF]
)
def test_what_may_pass_is_tried_again(server: OpenAIServer, model: Build, sheet: Path, fault: Fault) -> None:
    server.fail_next(fault)
    classification = read_sheet(model(), sheet).value.classification
    assert classification.sheet_number is not None
    assert classification.sheet_number.value == "A-101"
    assert (server.stats.calls, server.stats.answered) == (2, 1)


def test_what_does_not_pass_is_given_up_after_the_attempts(
    server: OpenAIServer, model: Build, sheet: Path
) -> None:
    server.fail_next(Fault.INTERNAL, 2)
    with pytest.raises(TransientError, match="run the stage again later"):
        read_sheet(model(attempts=2), sheet)
    assert server.stats.calls == 2


def test_a_slow_answer_is_not_waited_for(server: OpenAIServer, model: Build, sheet: Path) -> None:
    server.slow_s = 60
    server.fail_next(Fault.SLOW)
    began = time.monotonic()
    with pytest.raises(TransientError):
        read_sheet(model(timeout_s=0.2, attempts=1), sheet)
    assert time.monotonic() - began < server.slow_s


def test_nobody_at_the_address(model: Build, sheet: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TransientError, match="DOCPIPE_VISION_BASE_URL"):
        read_sheet(model(base_url=f"http://127.0.0.1:{port}/v1", attempts=1), sheet)


@pytest.mark.parametrize("as_date", [False, True])
def test_the_service_is_left_alone_for_as_long_as_it_asks(
    server: OpenAIServer, model: Build, sheet: Path, as_date: bool
) -> None:
    asked = model()
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
    server.retry_after = format_datetime(until, usegmt=True) if as_date else "1"
    server.fail_next(Fault.THROTTLED)
    read_sheet(asked, sheet)
    first, second = server.called_at
    assert datetime.now(UTC) >= until if as_date else second - first >= 1


def test_a_service_that_asks_for_an_hour_is_not_waited_for(
    server: OpenAIServer, model: Build, sheet: Path
) -> None:
    server.retry_after = "3600"
    server.fail_next(Fault.THROTTLED)
    with pytest.raises(TransientError):
        read_sheet(model(), sheet)
    assert server.stats.calls == 1


@pytest.mark.parametrize(
    ("fault", "rejection", "billed"),
    [
        (Fault.REFUSED, Rejection.REFUSAL, True),
        (Fault.FILTERED_ANSWER, Rejection.CONTENT_FILTER, True),
        (Fault.TRUNCATED, Rejection.TRUNCATED, True),
        (Fault.MALFORMED, Rejection.MALFORMED, True),
        (Fault.OTHER_SHAPE, Rejection.MALFORMED, True),
        (Fault.EMPTY, Rejection.MALFORMED, True),
        (Fault.NO_CHOICES, Rejection.MALFORMED, True),
        (Fault.NO_JSON, Rejection.MALFORMED, False),
        (Fault.INVALID, Rejection.BAD_REQUEST, False),
        (Fault.FILTERED_REQUEST, Rejection.CONTENT_FILTER, False),
    ],
)
def test_an_answer_of_no_use_is_the_page_s_own_error_and_paid_once(
    server: OpenAIServer, model: Build, sheet: Path, fault: Fault, rejection: Rejection, billed: bool
) -> None:
    server.fail_next(fault)
    with pytest.raises(RejectedAnswerError) as caught:
        read_sheet(model(), sheet)
    error = caught.value
    assert isinstance(error, PageError)
    assert error.code is ErrorCode.ENGINE_REJECTED
    assert error.rejection is rejection
    assert (error.billed is not None) is billed
    if error.billed:
        assert error.billed.usage.input_tokens > 4000
        assert error.billed.prompt_version == READ_SHEET.version
    assert server.stats.calls == 1
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.rejection, copy.billed) == (str(error), rejection, error.billed)


@pytest.mark.parametrize(
    ("fault", "setting"),
    [
        (Fault.DENIED, "DOCPIPE_VISION_API_KEY"),
        (Fault.FORBIDDEN, "DOCPIPE_VISION_MODEL"),
        (Fault.NO_SUCH_MODEL, "DOCPIPE_VISION_MODEL"),
        (Fault.NO_QUOTA, "DOCPIPE_VISION_API_KEY"),
        (Fault.NO_USAGE, "DOCPIPE_VISION_BASE_URL"),
    ],
)
def test_a_wrong_setting_is_named(
    server: OpenAIServer, model: Build, sheet: Path, fault: Fault, setting: str
) -> None:
    server.fail_next(fault)
    with pytest.raises(ModelSetupError, match=setting):
        read_sheet(model(), sheet)
    assert server.stats.calls == 1


def test_no_key() -> None:
    with pytest.raises(ModelSetupError, match="DOCPIPE_VISION_API_KEY"):
        VisionModel(VisionOptions(api_key="", model="a-model"))


def test_a_model_that_fails_on_and_on_is_not_asked_any_more(
    server: OpenAIServer, model: Build, sheet: Path
) -> None:
    asked = model(attempts=1, failures_in_a_row=2)
    server.fail_next(Fault.INTERNAL, 2)
    for _ in range(2):
        with pytest.raises(TransientError):
            read_sheet(asked, sheet)
    with pytest.raises(ModelUnavailableError, match="2 times in a row"):
        read_sheet(asked, sheet)
    assert server.stats.calls == 2


def test_threads_share_a_model_through_throttling_and_lost_connections(
    server: OpenAIServer, model: Build, sheet: Path
) -> None:
    server.rates = {Fault.THROTTLED: 0.2, Fault.DROPPED: 0.1}
    asked = model(attempts=8)
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: read_sheet(asked, sheet), range(24)))
    titles = [answer.value.classification.sheet_title for answer in answers]
    assert {title.value for title in titles if title} == {"FIRST FLOOR PLAN"}
    assert server.stats.answered == 24 < server.stats.calls
