"""Following documents through the stages, by looking at the tables now and then."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from docpipe_assets.cli import terminal
from docpipe_assets.vocabulary import DocumentStatus

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from docpipe_assets.storage.overview import DocumentOverview


class News(StrEnum):
    UPLOADED = "uploaded"
    STAGE = "stage"
    READY = "ready"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a document, and how the document is now."""

    news: News
    document: DocumentOverview

    @property
    def sentence(self) -> str:
        one = self.document
        match self.news:
            case News.UPLOADED:
                return f"uploaded, {terminal.size(one.size_bytes)}"
            case News.STAGE:
                pages = "" if one.page_count is None else f", {terminal.counted(one.page_count, 'page')}"
                return f"stage {one.stage}{pages}"
            case News.READY:
                from docpipe_assets.cli.status import scale_summary

                seconds = (one.ready_at - one.uploaded_at).total_seconds() if one.ready_at else 0.0
                scales = scale_summary(one)
                pages = terminal.counted(one.page_count or 0, "page")
                return f"ready in {seconds:.1f} s: {pages}" + (f", {scales}" if scales else "")
            case News.ERROR:
                return f"error: {one.error_message or one.error_code}"


@dataclass
class DocumentWatch:
    """Tells what happened to documents since it looked last; the first look goes back to `since`."""

    sessions: sessionmaker[Session]
    since: datetime
    _known: dict[uuid.UUID, DocumentOverview] = field(default_factory=dict)

    @property
    def documents(self) -> Mapping[uuid.UUID, DocumentOverview]:
        """Every document that was seen, as it was at the last look."""
        return self._known

    @property
    def under_way(self) -> list[DocumentOverview]:
        return [one for one in self._known.values() if one.under_way]

    def look(self) -> list[Step]:
        """What happened since the last look, oldest upload first. Raises SQLAlchemy's errors."""
        from docpipe_assets.storage import overview

        also = [one.id for one in self.under_way]
        with self.sessions() as session:
            found = overview.active_since(session, self.since, also)
        steps = [step for one in found for step in self._steps(self._known.get(one.id), one)]
        self._known |= {one.id: one for one in found}
        return steps

    def _steps(self, before: DocumentOverview | None, now: DocumentOverview) -> list[Step]:
        steps = []
        if before is None or before.uploaded_at != now.uploaded_at:
            steps.append(Step(News.UPLOADED, now))
            before = None
        if before is not None and (before.status, before.stage) == (now.status, now.stage):
            return steps
        match now.status:
            case DocumentStatus.PROCESSING:
                steps.append(Step(News.STAGE, now))
            case DocumentStatus.READY if before is None or before.status != now.status:
                steps.append(Step(News.READY, now))
            case DocumentStatus.ERROR if before is None or before.status != now.status:
                steps.append(Step(News.ERROR, now))
        return steps
