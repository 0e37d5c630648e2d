"""Sheet sizes by name, and how a page relates to the sheet that a scale was written for.

ISO 216 for A and B sizes, ASME Y14.1 for ANSI and ARCH letters; sizes in inches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_MM: Final = 25.4
_ISO: Final = {
    "A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297),
    "B0": (1000, 1414), "B1": (707, 1000), "B2": (500, 707), "B3": (353, 500), "B4": (250, 353),
}  # fmt: skip
_LETTERS: Final = {
    "ANSI A": (8.5, 11), "ANSI B": (11, 17), "ANSI C": (17, 22), "ANSI D": (22, 34), "ANSI E": (34, 44),
    "ARCH A": (9, 12), "ARCH B": (12, 18), "ARCH C": (18, 24), "ARCH D": (24, 36), "ARCH E": (36, 48),
    "ARCH E1": (30, 42), "LETTER": (8.5, 11), "TABLOID": (11, 17), "LEDGER": (11, 17),
}  # fmt: skip
_BY_SIDES: Final = {
    f"{a:g}x{b:g}": (a, b)
    for a, b in [*_LETTERS.values(), (15, 21), (24, 30), (28, 40), (30, 40)]
}  # fmt: skip
_SIZES: Final = {name: (a / _MM, b / _MM) for name, (a, b) in _ISO.items()} | _LETTERS | _BY_SIDES

ISO_NAME: Final = r"[AB][0-4](?!\d|[.\-]\d|[A-Z])"
INCH_SIZE: Final = r"""(?:\d{1,2}(?:\.5)?) ?"? ?X ?(?:\d{1,2}(?:\.5)?)(?: ?"|(?!\d))"""
PAPER_NAME: Final = (
    rf"(?:{ISO_NAME}|ISO {ISO_NAME}|(?:ANSI|ARCH) [A-E]1?(?![A-Z])|{INCH_SIZE}|TABLOID|LEDGER)"
)

_SAME: Final = 0.04
"""Printers and scanners trim and stretch: sides within 4 % are the same sheet."""
_UNIFORM: Final = 0.035
"""Both sides resized alike, to within 3.5 %: one factor."""
_PRINT_MARGIN: Final = 0.025
"""Printing to fit a sheet leaves margins about this wide."""
_CLEARLY: Final = 0.07
"""Both sides more than 7 % smaller, or larger: resized, whatever the margins."""


def full_size(
    factor: float, width_in: float, height_in: float, tolerance: float = _PRINT_MARGIN
) -> str | None:
    """The customary sheet that gives a page of this size when it is printed at `factor`; None where none does.

    Printing to fit leaves margins: `tolerance` is how much smaller or larger the print may be than just fits.
    """
    fitting: list[tuple[float, str]] = []
    for name, sides in _SIZES.items():
        short, long = sorted(sides)
        fit = min(min(width_in, height_in) / short, max(width_in, height_in) / long)
        if abs(fit / factor - 1) <= tolerance:
            waste = max(min(width_in, height_in) / short, max(width_in, height_in) / long) / fit
            fitting.append((waste + abs(fit / factor - 1), name))
    return min(fitting)[1] if fitting else None


class Fit(StrEnum):
    """How a page relates to a named sheet."""

    SAME = "same"
    RESIZED = "resized"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class PaperFit:
    """`factor` is the page's size over the sheet's, `None` where the sides do not agree on one."""

    fit: Fit
    factor: float | None = None


def canonical_paper(written: str) -> str | None:
    """`A1`, `ARCH D` or `24x36` (short side first) for what the canonical spelling has; `None` if it is no sheet."""
    sides = re.findall(r"\d+(?:\.5)?", written) if "X" in written else []
    name = "x".join(sorted(sides, key=float)) if sides else " ".join(written.replace("ISO ", "").split())
    return name if name in _SIZES else None


def fit_paper(paper: str, width_in: float, height_in: float) -> PaperFit | None:
    """How a page of this size relates to the sheet called `paper`; `None` for what is no sheet's name."""
    sides = _SIZES.get(paper)
    if sides is None:
        return None
    short, long = sorted(sides)
    by_short, by_long = min(width_in, height_in) / short, max(width_in, height_in) / long
    if abs(by_short - 1) <= _SAME and by_long >= 1 - _SAME:
        return PaperFit(Fit.SAME, 1.0)
    if abs(by_short / by_long - 1) <= _UNIFORM:
        return PaperFit(Fit.RESIZED, (by_short + by_long) / 2)
    if max(by_short, by_long) < 1 - _CLEARLY or min(by_short, by_long) > 1 + _CLEARLY:
        return PaperFit(Fit.RESIZED)
    return PaperFit(Fit.UNCLEAR)
