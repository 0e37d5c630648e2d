"""What a page says of the sheet it was drawn for, and whether the page still is that sheet.

Prints at half size keep their written scale; only the words for the original size, or a stamp, give them away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from docpipe_assets.page_text import PageText
from docpipe_assets.scale.canonical import canonical
from docpipe_assets.scale.lines import Line
from docpipe_assets.scale.paper import INCH_SIZE, ISO_NAME, PAPER_NAME, Fit, canonical_paper, fit_paper

_SHEET: Final = r"(?:SHEET|PAPER|ORIGINAL|ORIG|DRAWING|DWG|DRG|PLOT|PLOTTED|PRINT|FULL)"
_SIZE_OF_SHEET: Final = re.compile(
    rf"(?<![A-Z]){_SHEET}(?: (?:SHEET|PAPER|DRAWING|PRINT))? ?(?:SIZE|FORMAT)"
    rf"[ .:=-]{{0,4}}(?:IS |OF |@ ?)?(?P<paper>{PAPER_NAME})"
    rf"|(?<![A-Z])(?:FORMATO?|PAPIR|PAPIER|KAGIT)[ .:=-]{{0,4}}(?P<format>{ISO_NAME})"
    rf"|(?:LESS|SMALLER) THAN ?(?P<least>{INCH_SIZE}|{ISO_NAME})"
    r"|(?<![A-Z])(?:VALID|CORRECT|TRUE|ACCURATE) (?:ONLY )?(?:ON|FOR|AT|WHEN PRINTED (?:ON|AT)) ?(?:AN? )?"
    rf"(?P<valid>{INCH_SIZE}|{ISO_NAME})"
)
_SIZE_LABEL: Final = re.compile(rf"(?:{_SHEET} (?:SHEET |PAPER )?(?:SIZE|FORMAT)|FORMATO?)[ .:]*")
_STAMP: Final = re.compile(
    r"(?<![A-Z])(?:HALF[ -](?:SIZE|SCALE) (?:SETS?|PRINTS?|DRAWINGS?|PLANS?|SHEETS?|PLOTS?)"
    r"|(?:THIS (?:SHEET|DRAWING|PRINT) IS )HALF[ -](?:SIZE|SCALE)"
    r"|REDUCED (?:SETS?|PRINTS?|SIZE|SCALE|DRAWINGS?|COPY)"
    r"|(?:REDUCED|PRINTED|PLOTTED) (?:TO|AT) (?:HALF|50 ?%)|SCALED? TO FIT)(?![A-Z])"
)
_CONDITION: Final = re.compile(r"(?<![A-Z])(?:IF|WHEN|UNLESS|WHERE|SHOULD|MAY|FOR|ON|NOT)(?![A-Z])")
_BENEATH: Final = 3.0
_BESIDE: Final = 12.0


def declared_paper(lines: Sequence[Line]) -> str | None:
    """The sheet size that the page says it was drawn for (`ORIGINAL SHEET SIZE: A1`).

    `None` if it names none, or several.
    """
    papers: set[str | None] = set()
    for line in lines:
        plain = canonical(line.text).text
        if "SIZE" not in plain and "FORMAT" not in plain and "THAN" not in plain and " " not in plain:
            continue
        if found := _SIZE_OF_SHEET.search(plain):
            papers.add(canonical_paper(next(group for group in found.groups() if group)))
        elif _SIZE_LABEL.fullmatch(plain.strip()):
            papers |= {paper for other in lines if (paper := _named_beside(line, other))}
    papers -= {None}
    return papers.pop() if len(papers) == 1 else None


def _named_beside(label: Line, other: Line) -> str | None:
    size = max(label.size, other.size)
    if other is label or other.turn != label.turn:
        return None
    beside = (
        other.extent.rows_shared(label.extent) >= 0.5
        and 0 <= other.extent.left - label.extent.right <= _BESIDE * size
    )
    drop = other.extent.top - label.extent.bottom
    beneath = other.extent.columns_shared(label.extent) >= 0.5 and -0.5 * size <= drop <= _BENEATH * size
    plain = canonical(other.text).text.strip()
    return canonical_paper(plain) if (beside or beneath) and re.fullmatch(PAPER_NAME, plain) else None


def says_reduced(lines: Iterable[Line]) -> bool:
    """Whether a stamp says, without an if, that this print is smaller than the drawing."""
    for line in lines:
        plain = canonical(line.text).text
        found = _STAMP.search(plain)
        if found and not _CONDITION.search(plain[: found.start()]):
            return True
    return False


def fits(paper: str, page: PageText) -> Fit | None:
    """How the page relates to the sheet called `paper`; `None` for a name without a size."""
    fit = fit_paper(paper, page.width_px / page.dpi, page.height_px / page.dpi)
    return fit.fit if fit else None
