"""The HTML page of an evaluation: every answer that is not right, with what it was read from."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docpipe_assets.evaluation.figures import Figures, Tally, by_engine, doubtful, figures
from docpipe_assets.evaluation.running import Evaluated
from docpipe_assets.evaluation.scoring import Mark, Question, Verdict
from docpipe_assets.evaluation.wording import QUESTION_LABELS, QUESTION_MEANINGS, VERDICT_LABELS
from docpipe_assets.page_text import Box
from docpipe_assets.vocabulary import Discipline, Engine, PageType

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_SHEET = "sheet"

_EVIDENCE_OF: Final = {
    Question.SHEET_NUMBER: ("number",),
    Question.NO_SHEET_NUMBER: ("number",),
    Question.SHEET_TITLE: ("title",),
    Question.PAGE_TYPE: ("title",),
    Question.DISCIPLINE: ("number", "title"),
}
_EVIDENCE_OF_SCALE: Final = ("scale", "measured")
"""What the answers to all other questions rest on."""

_CLOSED_SETS: Final = frozenset((*PageType, *Discipline))

_EVIDENCE_LABELS: Final = {
    "number": "Sheet number, where it was read",
    "title": "Sheet title, where it was read",
    "scale": "Scale, where it was read",
    "measured": "Where it was measured",
}


def write_report(name: str, results: Sequence[Evaluated], path: Path) -> None:
    """Write the page of an evaluation on the labels called `name`: one file that needs nothing else.

    The pictures that `results` name are read one page at a time. Raises OSError when they are gone or `path`
    cannot be written.
    """
    marks = [mark for result in results for mark in result.marks]
    pictures = {(result.file, page): crops for result in results for page, crops in result.pictures.items()}
    parts = (
        _environment()
        .get_template("evaluation.html")
        .generate(
            name=name,
            documents=len(results),
            pages=len({(mark.label.file, mark.label.page) for mark in marks}),
            total=figures(marks),
            engines=by_engine(marks),
            groups={
                question: [
                    _Entry(mark, pictures.get((mark.label.file, mark.label.page), {})) for mark in group
                ]
                for question, group in doubtful(marks).items()
            },
            failures=[(result.file, str(result.error)) for result in results if result.error is not None],
            unmarked=sum(mark.is_unmarked for mark in marks),
        )
    )
    # "replace": a broken font's lone surrogates have no UTF-8.
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(parts)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One answer for the template; its pictures are read when they are shown."""

    mark: Mark
    pictures: Mapping[str, Path]

    @property
    def sheet(self) -> Path | None:
        return self.pictures.get(_SHEET)

    @property
    def evidence(self) -> list[tuple[str, Path]]:
        """What the answer rests on: in words, and its picture."""
        names = _EVIDENCE_OF.get(self.mark.question, _EVIDENCE_OF_SCALE)
        return [(_EVIDENCE_LABELS[name], self.pictures[name]) for name in names if name in self.pictures]

    @property
    def spots(self) -> list[str]:
        """Where that stands on the page, as CSS positions."""
        row = self.mark.row
        if row is None or not row.width_px or not row.height_px:
            return []
        names, boxes = _EVIDENCE_OF.get(self.mark.question, _EVIDENCE_OF_SCALE), row.evidence.boxes()
        return [_position(boxes[name], row.width_px, row.height_px) for name in names if name in boxes]


def _position(box: Box, width: int, height: int) -> str:
    return (
        f"left:{100 * box.x / width:.2f}%;top:{100 * box.y / height:.2f}%;"
        f"width:{100 * box.width / width:.2f}%;height:{100 * box.height / height:.2f}%"
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "questions": QUESTION_LABELS,
        "meanings": QUESTION_MEANINGS,
        "verdicts": VERDICT_LABELS,
        "Verdict": Verdict,
    }
    environment.filters |= {"data_uri": _data_uri, "share": _share, "parts": _parts, "plainly": _plainly}
    return environment


def _data_uri(picture: Path) -> str:
    return f"data:image/webp;base64,{base64.b64encode(picture.read_bytes()).decode()}"


def _share(share: Fraction) -> str:
    return f"{100 * float(share):.1f}"


def _parts(engines: Mapping[Engine | None, Figures], question: Question) -> list[tuple[str, Tally]]:
    """The figures of one question by what read the text."""
    return [(engine or "nothing", found[question]) for engine, found in engines.items() if question in found]


def _plainly(words: str) -> str:
    """One word of a closed set as people write it; anything else as it is."""
    return words.replace("_", " ") if words in _CLOSED_SETS else words
