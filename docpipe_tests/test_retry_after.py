"""What the header Retry-After asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.retry_after import retry_after_s


def refused(value: str | None) -> httpx.HTTPStatusError:
    """A client's error for an answer with that header."""
    headers = {} if value is None else {"retry-after": value}
    request = httpx.Request("POST", "http://127.0.0.1")
    return httpx.HTTPStatusError("", request=request, response=httpx.Response(429, headers=headers))


@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7), (" 120 ", 120), ("0", 0), ("-5", 0), ("soon", 0), ("", 0)]
)
def test_seconds_are_taken_and_nonsense_is_not(value: str, seconds: float) -> None:
    assert retry_after_s(refused(value)) == seconds


@pytest.mark.parametrize("usegmt", [True, False])
def test_a_date_is_the_time_until_then(usegmt: bool) -> None:
    in_half_a_minute = datetime.now(UTC) + timedelta(seconds=30)
    assert 25 < retry_after_s(refused(format_datetime(in_half_a_minute, usegmt=usegmt))) <= 30
    assert retry_after_s(refused(format_datetime(in_half_a_minute - timedelta(days=1), usegmt=usegmt))) == 0


@pytest.mark.parametrize("error", [None, ValueError("no answer at all"), refused(None)])
def test_without_the_header_nothing_is_asked(error: Exception | None) -> None:
    assert retry_after_s(error) == 0


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_whatever_the_header_says_the_wait_is_a_time(value: str) -> None:
    assert retry_after_s(refused(value)) >= 0
