"""How long a service asks its callers to wait before they ask again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_s(error: BaseException | None) -> float:
    """Seconds to wait by the header Retry-After (RFC 9110) of the answer that `error` carries; 0 without one.

    The header says seconds, or a date until which to wait. A value that is neither asks for nothing.
    """
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    asked = str(headers.get("Retry-After", "")).strip()
    if asked.isdecimal():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return 0.0
    return max((until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)
