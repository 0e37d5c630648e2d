"""Putting labelled documents through the stages, several at a time, and marking what comes out."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets import identity
from docpipe_assets.errors import DocpipeError, RunEndedError
from docpipe_assets.evaluation.labels import Label, by_document
from docpipe_assets.evaluation.scoring import Mark, Verdict, judge
from docpipe_assets.page_text import Box
from docpipe_assets.report import SheetRow, cut_evidence
from docpipe_assets.settings import Settings
from docpipe_assets.stages.classifications import classify_pages
from docpipe_assets.stages.document_run import DocumentRun
from docpipe_assets.stages.intake import take_in
from docpipe_assets.stages.lifecycle import run_stage
from docpipe_assets.stages.ocr_results import read_pages
from docpipe_assets.stages.pages import make_pages
from docpipe_assets.stages.pool import PagePool, page_workers
from docpipe_assets.stages.scale_calibrations import calibrate_pages
from docpipe_assets.stages.sheet_rows import sheet_rows
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.storage.database import connect, migrate, sessions
from docpipe_assets.vocabulary import DocumentStatus, Stage

# Without plan_set, which puts into files what the stages before it have found.
_WORK: Final = {
    Stage.PAGES: make_pages,
    Stage.OCR_RESULTS: read_pages,
    Stage.CLASSIFICATIONS: classify_pages,
    Stage.SCALE_CALIBRATIONS: calibrate_pages,
}
_RUN_ID: Final = "evaluation"


class NotTakenInError(DocpipeError):
    """A labelled document did not get as far as the stages."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One document: what is known of its pages, the marks of those that are labelled, and what went wrong.

    `pictures` has for each page with a mark other than right what `cut_evidence` gave, as files. `error` says
    why the document, or some of its pages, could not be processed; what was done counts all the same.
    """

    file: str
    rows: tuple[SheetRow, ...]
    marks: tuple[Mark, ...]
    pictures: Mapping[int, Mapping[str, Path]]
    error: Exception | None


class Progress(Protocol):
    """Hears how the evaluation gets on, from several threads."""

    def begins(self, file: str, stage: Stage) -> None: ...

    def ends(self, file: str, labels: int) -> None: ...


def evaluate(
    labels: Iterable[Label],
    folder: Path,
    settings: Settings,
    progress: Progress,
    pictures: Path | None = None,
) -> Iterator[Evaluated]:
    """Each labelled document of `folder`, afresh through all stages, in the order in which they are done.

    `settings` says how to read, but not where to keep things: that is a temporary home. Pictures of pages that
    are not all right are put into the folder `pictures`, if there is one. A document that cannot be processed
    is among the results, with its error.
    """
    documents = by_document(labels)
    with _temporary_home(settings) as home, ExitStack() as stack:
        make_session = sessions(home.database_url)
        errors = _take_in(documents, folder, home, make_session)
        slots = min(page_workers(home), len(documents))
        desk = _Desk(_shared_out(home, slots), make_session, progress, pictures, threading.Event())
        pools: queue.SimpleQueue[PagePool] = queue.SimpleQueue()
        for _ in range(slots):
            pool = stack.enter_context(PagePool(max(1, page_workers(home) // slots), home.page_memory_mb))
            # All from this thread: spawning changes the process for a moment.
            pool.start()
            pools.put(pool)

        def work(file: str) -> Evaluated:
            pool = pools.get()
            try:
                return desk.evaluate(file, documents[file], errors.get(file), pool)
            finally:
                pools.put(pool)

        threads = stack.enter_context(ThreadPoolExecutor(slots, thread_name_prefix="document"))
        # The longest first, so that none of them is left alone at the end.
        by_length = sorted(documents, key=lambda file: len(documents[file]), reverse=True)
        under_way = [threads.submit(work, file) for file in by_length]
        try:
            for done in as_completed(under_way):
                yield done.result()
        finally:
            desk.ended.set()
            threads.shutdown(cancel_futures=True)


@contextmanager
def _temporary_home(settings: Settings) -> Iterator[Settings]:
    """`settings` with a home of its own, its tables ready, that is gone afterwards."""
    with TemporaryDirectory(prefix="docpipe-evaluate-") as folder:
        home = Path(folder)
        url = f"sqlite:///{home / 'docpipe.db'}"
        migrate(url)
        try:
            yield settings.model_copy(
                update={
                    "home": home,
                    "database_url": url,
                    "uploads_url": (home / "uploads").as_uri(),
                    "artifacts_url": (home / "artifacts").as_uri(),
                    "settle_s": 0.0,
                }
            )
        finally:
            connect(url).dispose()


def _take_in(
    files: Iterable[str], folder: Path, home: Settings, make_session: sessionmaker[Session]
) -> dict[str, DocpipeError]:
    """Upload the documents as anybody would; why some of them did not get in."""
    uploads = open_bucket(home.uploads_url)
    errors: dict[str, DocpipeError] = {}
    for file in files:
        try:
            if not (folder / file).is_file():
                raise NotTakenInError(f"There is no file {file} in {folder}.")
            uploads.write(file, folder / file)
        except DocpipeError as error:
            errors[file] = error
    intake = take_in(uploads, make_session, home)
    known = {document.bucket_key for document in intake.uploads} | set(intake.refused)
    for file in files:
        if file not in known:
            errors.setdefault(file, NotTakenInError(f"The upload bucket ignores a name such as {file!r}."))
    return errors


def _shared_out(settings: Settings, slots: int) -> Settings:
    """The settings for each of so many documents at a time: what a service may be sent at once is divided."""
    return settings.model_copy(
        update={
            name: max(1, getattr(settings, name) // slots)
            for name in ("google_vision_in_flight", "vision_in_flight")
        }
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every document is worked on with."""

    settings: Settings
    sessions: sessionmaker[Session]
    progress: Progress
    pictures: Path | None
    ended: threading.Event

    def evaluate(
        self, file: str, labels: Mapping[int, Label], error: Exception | None, pool: PagePool
    ) -> Evaluated:
        run = self._run(file, pool)
        rows: dict[int, SheetRow] = {}
        if error is None:
            error = self._process(run, file)
            with run.sessions() as session:
                rows = {row.page: row for row in sheet_rows(session, run.document(session).id)}
        marks = tuple(mark for page, label in labels.items() for mark in judge(label, rows.get(page)))
        doubtful = {mark.label.page for mark in marks if mark.verdict is not Verdict.RIGHT}
        pictures = self._picture(run, [rows[page] for page in sorted(doubtful & rows.keys())])
        if rows:
            _drop_images(run)
        self.progress.ends(file, len(labels))
        return Evaluated(file, tuple(rows.values()), marks, pictures, error)

    def _run(self, file: str, pool: PagePool) -> DocumentRun:
        return DocumentRun(
            partition_key=identity.partition_key(file),
            run_id=_RUN_ID,
            stages=frozenset(_WORK),
            settings=self.settings,
            sessions=self.sessions,
            uploads=open_bucket(self.settings.uploads_url),
            artifacts=open_bucket(self.settings.artifacts_url),
            pool=pool,
            check_wanted=self._check_wanted,
            log=_silent(),
        )

    def _check_wanted(self) -> None:
        if self.ended.is_set():
            raise RunEndedError("The evaluation was ended.")

    def _process(self, run: DocumentRun, file: str) -> Exception | None:
        """Work through the stages; what stood in the way, of the document or of some of its pages."""
        with run.sessions() as session:
            document = run.document(session)
            if document.status is DocumentStatus.ERROR:
                return NotTakenInError(document.error_message)
        try:
            for stage, work in _WORK.items():
                self.progress.begins(file, stage)
                run_stage(run, stage, work, last_try=True)
        except RunEndedError:
            raise
        except Exception as error:  # noqa: BLE001 - one document must not end the evaluation of the others
            return error
        return None

    def _picture(self, run: DocumentRun, rows: Sequence[SheetRow]) -> dict[int, dict[str, Path]]:
        if self.pictures is None or not rows:
            return {}
        with run.sessions() as session:
            document = run.document(session)
            images = {page.page_number: page.image_key for page in run.page_rows(session, document.id)}
        calls = [
            (row.page, (run.settings.artifacts_url, images[row.page], row.evidence.boxes()))
            for row in rows
            if row.page in images
        ]
        pictures: dict[int, dict[str, Path]] = {}
        with closing(run.pool.map(_cut, calls, timeout_s=run.settings.render_timeout_s)) as outcomes:
            for outcome in outcomes:
                pictures[outcome.key] = {}
                for name, picture in outcome.result().items():
                    path = self.pictures / f"{document.id}-{outcome.key}-{name}.webp"
                    path.write_bytes(picture)
                    pictures[outcome.key][name] = path
        return pictures


def _cut(artifacts_url: str, image_key: str, boxes: Mapping[str, Box]) -> dict[str, bytes]:
    with open_bucket(artifacts_url).local_copy(image_key) as image:
        return cut_evidence(image, boxes)


def _drop_images(run: DocumentRun) -> None:
    """Make room: the images of one document take more than everything else that is kept of all."""
    with run.sessions() as session:
        pages = run.page_rows(session, run.document(session).id)
    run.artifacts.delete([key for page in pages for key in (page.image_key, page.thumbnail_key)])


def _silent() -> Any:
    """A logger that says nothing: what a page failed of is among the results."""
    import structlog

    return structlog.wrap_logger(None, wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
