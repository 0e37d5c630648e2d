"""What tests of asking the vision model share: a run with other settings, and what was paid."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pydantic import SecretStr
from sqlalchemy import select

from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.storage.tables import PaidCall
from docpipe_tests.servers.openai import OpenAIServer


def with_settings(run: DocumentRun, **changed: object) -> DocumentRun:
    return replace(run, settings=run.settings.model_copy(update=changed))


def with_model(run: DocumentRun, server: OpenAIServer) -> DocumentRun:
    """The run with a model that answers at `server`, and its price."""
    return with_settings(
        run,
        vision_api_key=SecretStr("a key"),
        vision_base_url=server.base_url,
        vision_model="a-model",
        vision_prices={"a-model": (Decimal(2), Decimal(8))},
    )


def paid(run: DocumentRun) -> list[PaidCall]:
    """The ledger, in the order of the pages."""
    with run.sessions() as session:
        return list(session.scalars(select(PaidCall).order_by(PaidCall.page_number)))
