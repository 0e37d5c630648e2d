"""How a person names documents on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from docpipe_assets.storage.tables import Document

# What follows the first key of `--document KEY...`: options take one value, so the rest are arguments.
MoreKeys = Annotated[list[str] | None, typer.Argument(hidden=True, metavar="KEY")]


def chosen_documents(session: Session, names: Sequence[str]) -> list[Document]:
    """The documents of these names, each once, or all when none is named. Raises what `overview.find` raises."""
    from sqlalchemy import select

    from docpipe_assets.storage import overview
    from docpipe_assets.storage.tables import Document

    if names:
        return list({found.id: found for found in (overview.find(session, name) for name in names)}.values())
    return list(session.scalars(select(Document).order_by(Document.bucket_key)))
