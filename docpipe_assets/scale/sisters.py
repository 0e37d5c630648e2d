"""What the sheets of a set say of one another's size: a set is printed at one factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from docpipe_assets.scale.values import Outcome

_SAME_PAPER: Final = 0.02
_SAME_FACTOR: Final = 0.02
_LEAST_SISTERS: Final = 2
_MOST: Final = 0.6

SISTERS_TRUST: Final = 0.7
"""What its sisters' size leaves of the confidence in a sheet's own written scale."""


@dataclass(frozen=True, slots=True)
class SetSheet:
    """One sheet of a set: what measuring it said, the size of its print if that is another, its paper in inches."""

    outcome: Outcome | None
    print_factor: float | None
    width_in: float
    height_in: float

    @property
    def factor(self) -> float | None:
        """The size of the print over that of the drawing; None where it was not measured."""
        if self.outcome in (Outcome.CONFIRMED, Outcome.SUPPORTED):
            return 1.0
        return self.print_factor if self.outcome is Outcome.CONTRADICTED else None


def factors_of_sisters(sheets: Sequence[SetSheet]) -> list[float | None]:
    """For each sheet that could not be measured, the factor that its sisters are printed at, if not full size.

    Told only where at least two sheets on the same paper were measured, and most of those that were are prints
    at that one factor. Order is kept; None stands for all other sheets.
    """
    return [_factor_for(sheet, sheets) if sheet.outcome is Outcome.UNMEASURED else None for sheet in sheets]


def cause_in_sisters(factor: float) -> str:
    """Why such a sheet's written scale does not hold, in plain words."""
    return f"Other sheets of the set on this paper are prints at {factor:.0%} of their full size."


def _factor_for(sheet: SetSheet, sheets: Sequence[SetSheet]) -> float | None:
    known = [s.factor for s in sheets if s.factor is not None and _same_paper(s, sheet)]
    other = [factor for factor in known if abs(factor - 1) > _SAME_FACTOR]
    if not other:
        return None
    common = median(other)
    alike = [factor for factor in other if abs(factor / common - 1) <= _SAME_FACTOR]
    return common if len(alike) >= max(_LEAST_SISTERS, _MOST * len(known)) else None


def _same_paper(one: SetSheet, other: SetSheet) -> bool:
    sides = (sorted((sheet.width_in, sheet.height_in)) for sheet in (one, other))
    return all(abs(a / b - 1) <= _SAME_PAPER for a, b in zip(*sides, strict=True))
