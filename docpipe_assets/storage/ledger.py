"""The ledger of paid calls: what was paid for which page, and what a document has cost so far."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docpipe_assets.storage.tables import PaidCall


def spent_usd(session: Session, document_id: uuid.UUID) -> float:
    """What all calls for a document have cost."""
    total = session.scalar(select(func.sum(PaidCall.cost_usd)).where(PaidCall.document_id == document_id))
    return float(total or 0.0)


def spent_by_engine(session: Session, document_id: uuid.UUID) -> dict[str, tuple[int, float]]:
    """For each engine the number of calls and their cost in USD."""
    rows = session.execute(
        select(PaidCall.engine, func.count(), func.sum(PaidCall.cost_usd))
        .where(PaidCall.document_id == document_id)
        .group_by(PaidCall.engine)
        .order_by(PaidCall.engine)
    )
    return {engine: (calls, float(cost)) for engine, calls, cost in rows}
