"""What a person says of a page: the labels that answers are judged by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from docpipe_assets.errors import DocpipeError
from docpipe_assets.vocabulary import Discipline, PageType

JUDGED_KINDS = frozenset({"drawing", "cover"})

Ratio = Annotated[float, Field(gt=0)]


class LabelsError(DocpipeError):
    """The file of labels cannot be used as it is."""


class Label(BaseModel):
    """One line of the file of labels: a JSON object about one page.

    `file` is the document's path below the folder of documents, `page` counts from 1. What is left out is not
    judged; null says that the page has none. Other keys are remarks for people.

    kind: only `drawing` and `cover` pages are judged; this is the default.
    primary_scale, primary_scale_ratio: the scale of the main view as written, and N of 1:N; the ratio is null
    where the sheet is not to scale, refers to its views, or gives no scale.
    scales: every scale written on the page. measured_ratio: N of 1:N as measured on the page with a dimension
    or a scale bar; where it differs from the written one, the print is reduced or enlarged or the note is wrong.
    hard: why the page is hard to read.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    file: Annotated[str, Field(min_length=1)]
    page: Annotated[int, Field(gt=0)]
    kind: str = "drawing"
    sheet_number: str | None = None
    sheet_title: str | None = None
    page_type: Annotated[PageType | None, Field(strict=False)] = None
    discipline: Annotated[Discipline | None, Field(strict=False)] = None
    scales: tuple[str, ...] = Field((), strict=False)
    primary_scale: str | None = None
    primary_scale_ratio: Ratio | None = None
    measured_ratio: Ratio | None = None
    hard: str = ""

    @field_validator("file")
    @classmethod
    def _below_the_folder(cls, file: str) -> str:
        path = PurePosixPath(file)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError("is not a path below the folder of documents")
        return file

    def says(self, field: str) -> bool:
        """Whether the label answers the question, be it with null."""
        return field in self.model_fields_set

    @property
    def is_judged(self) -> bool:
        return self.kind in JUDGED_KINDS


def read_labels(path: Path) -> tuple[Label, ...]:
    """The labels of pages that are judged, in the order of the file.

    Raises `LabelsError` naming the line when the file is not what it should be, or judges nothing.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"The labels {path} cannot be read: {error}.") from error
    labels: dict[tuple[str, int], Label] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            label = Label.model_validate_json(line)
        except ValidationError as error:
            raise LabelsError(f"Line {number} of {path.name} is no label: {_said(error)}.") from error
        if (label.file, label.page) in labels:
            raise LabelsError(
                f"Line {number} of {path.name} labels page {label.page} of {label.file} again. Keep one of them."
            )
        labels[label.file, label.page] = label
    judged = tuple(label for label in labels.values() if label.is_judged)
    if not judged:
        raise LabelsError(f"{path.name} labels no page of a drawing.")
    return judged


def by_document(labels: Iterable[Label]) -> dict[str, dict[int, Label]]:
    """The labels by file and page."""
    found: dict[str, dict[int, Label]] = {}
    for label in labels:
        found.setdefault(label.file, {})[label.page] = label
    return found


def _said(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, found['loc'])) or 'the line'}: {found['msg'].removeprefix('Value error, ')}"
        for found in error.errors()
    )
