"""`docpipe evaluate`: how much of labelled sheets is read right, and whether it has become worse."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from docpipe_assets.cli import terminal
from docpipe_assets.cli.terminal import RequestError
from docpipe_assets.errors import DocpipeError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from docpipe_assets.evaluation.figures import Figures, Tally
    from docpipe_assets.evaluation.running import Evaluated
    from docpipe_assets.evaluation.scoring import Mark
    from docpipe_assets.vocabulary import Engine, Stage

_FALLEN = 1


def evaluate(
    labels: Annotated[
        Path, typer.Argument(metavar="LABELS", help="The labels: JSON lines, one for each page.")
    ],
    documents: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder that the labels' files are in. Default: that of LABELS.",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html", help="Write a page that shows every wrong answer with its evidence."
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Earlier figures: exit code 1 when one of them is better than now."
        ),
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Write the figures to the --baseline file instead.")
    ] = False,
) -> None:
    """Read labelled sheets afresh and print what is right, wrong and unanswered, by what read the text.

    Each document goes through the same stages as an upload, with the settings in force, in a temporary home.

    A label is a line such as {"file": "drawings/house.pdf", "page": 3, "sheet_number": "A-101",
    "sheet_title": "FIRST FLOOR PLAN", "page_type": "floor_plan", "discipline": "architectural",
    "primary_scale": "1/4\\" = 1'-0\\"", "primary_scale_ratio": 48, "measured_ratio": 48}.
    Only file and page must be there; what is left out is not judged, and null says that the page has none.
    primary_scale is that of the main view, and measured_ratio the N of 1:N that a dimension on the page
    measures. Pages with another "kind" than drawing or cover are left out.
    """
    from docpipe_assets.cli.installation import configured
    from docpipe_assets.evaluation import figures
    from docpipe_assets.evaluation import report as reporting
    from docpipe_assets.evaluation.labels import by_document, read_labels
    from docpipe_assets.evaluation.running import evaluate as run

    if write_baseline and baseline is None:
        raise RequestError("Say with --baseline FILE where --write-baseline shall write.")
    for output in (report, baseline if write_baseline else None):
        if output is not None and not output.parent.is_dir():
            raise RequestError(f"There is no folder {output.parent} to write {output.name} in.")
    judged = read_labels(labels)
    before = figures.read_baseline(baseline) if baseline is not None and not write_baseline else None
    order = list(by_document(judged))
    with ExitStack() as stack:
        pictures = Path(stack.enter_context(TemporaryDirectory())) if report is not None else None
        with terminal.progress_bar(terminal.remarks()) as bar:
            watch = _Watch(bar, len(judged))
            results = list(run(judged, documents or labels.parent, configured(), watch, pictures))
        results.sort(key=lambda result: order.index(result.file))
        if report is not None:
            reporting.write_report(labels.name, results, report)
    marks = [mark for result in results for mark in result.marks]
    now = figures.figures(marks)
    _print_figures(now, figures.by_engine(marks))
    _print_doubtful(marks)
    _print_errors(results)
    if report is not None:
        terminal.remarks().print(
            f"The answers that are not right, with their evidence: {report}", soft_wrap=True
        )
    if baseline is not None and write_baseline:
        figures.write_baseline(now, baseline)
        terminal.remarks().print(f"The figures are in {baseline}.", soft_wrap=True)
    if before is not None:
        _compare(before, now)


class _Watch:
    """The progress bar: labelled pages that are done, and what was begun last."""

    def __init__(self, bar: Progress, pages: int) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("Starting", total=pages)

    def begins(self, file: str, stage: Stage) -> None:
        from rich.markup import escape

        self._bar.update(self._task, description=escape(f"{stage} of {Path(file).name}"))

    def ends(self, file: str, labels: int) -> None:
        self._bar.advance(self._task, labels)


def _print_figures(total: Figures, engines: Mapping[Engine | None, Figures]) -> None:
    from rich.text import Text

    from docpipe_assets.evaluation.wording import QUESTION_LABELS, VERDICT_LABELS

    headings = [f"{label}>" for label in VERDICT_LABELS.values()]
    table = terminal.plain_table("", "Text read by", "Pages>", "Right %>", *headings, "Unmarked>")
    for question, tally in total.items():
        sources = {engine: found[question] for engine, found in engines.items() if question in found}
        if len(sources) == 1:
            (source,) = map(_source, sources)
            table.add_row(QUESTION_LABELS[question], source, *_counts(tally))
            continue
        table.add_row(Text(QUESTION_LABELS[question], style="bold"), "all", *_counts(tally))
        for engine, part in sources.items():
            table.add_row("", _source(engine), *_counts(part), style="dim")
    terminal.results().print(table)


def _counts(tally: Tally) -> list[str]:
    from docpipe_assets.evaluation.scoring import Verdict

    counts = [str(tally.verdicts[verdict] or "·") for verdict in Verdict]
    return [
        str(tally.pages),
        f"{100 * float(tally.share(Verdict.RIGHT)):.1f}",
        *counts,
        str(tally.unmarked or "·"),
    ]


def _source(engine: Engine | None) -> str:
    return engine or "nothing"


def _print_doubtful(marks: Sequence[Mark]) -> None:
    """Every answer that is not right, by question, the wrong ones first."""
    from rich.markup import escape

    from docpipe_assets.evaluation.figures import doubtful
    from docpipe_assets.evaluation.wording import QUESTION_LABELS, VERDICT_LABELS

    table = terminal.plain_table("Not right", "", "Expected", "Found", "Sure>", "Review")
    for question, group in doubtful(marks).items():
        table.add_row(QUESTION_LABELS[question], style="bold")
        for mark in group:
            sure = "" if mark.confidence is None else f"{100 * mark.confidence:.0f} %"
            cells = (
                f"  {mark.label.file} p{mark.label.page}",
                VERDICT_LABELS[mark.verdict].lower(),
                mark.expected,
                mark.found or "",
                sure,
                "yes" if mark.asks_for_review else "no",
            )
            table.add_row(*map(escape, cells), style="red" if mark.is_unmarked else "")
    if table.row_count:
        terminal.results().print(table)


def _print_errors(results: Sequence[Evaluated]) -> None:
    for result in results:
        if isinstance(result.error, DocpipeError):
            terminal.complain(f"{result.file}: {result.error}")
        elif result.error is not None:
            terminal.complain(f"{result.file} met an error that docpipe does not know:")
            terminal.remarks().print("".join(traceback.format_exception(result.error)), markup=False)


def _compare(before: Figures, now: Figures) -> None:
    """Say what has become worse; raises `typer.Exit` with code 1 when something has."""
    from docpipe_assets.evaluation.figures import falls
    from docpipe_assets.evaluation.wording import QUESTION_LABELS, VERDICT_LABELS

    fallen = falls(before, now)
    if not fallen:
        terminal.remarks().print("No figure is worse than in the baseline.")
        return
    table = terminal.plain_table("Worse than the baseline", "", "Before>", "Now>")
    for fall in fallen:
        then, today = (
            f"{tally.verdicts[fall.verdict]} of {tally.pages}" for tally in (fall.before, fall.now)
        )
        table.add_row(QUESTION_LABELS[fall.question], VERDICT_LABELS[fall.verdict].lower(), then, today)
    terminal.results().print(table)
    raise typer.Exit(_FALLEN)
