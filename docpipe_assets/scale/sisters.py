"""What the sheets of a set say of one another's size: a set is printed at one factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from docpipe_assets.scale.values import Outcome, Review, ScaleCalibration, Verification
from docpipe_assets.vocabulary import ScaleStatus

_SAME_PAPER: Final = 0.02
_SAME_FACTOR: Final = 0.02
_LEAST_SISTERS: Final = 2
_MOST: Final = 0.6
_TRUST: Final = 0.7


@dataclass(frozen=True, slots=True)
class SetSheet:
    """One sheet of a set: its calibration, after it was held against its own dimensions, and its paper in inches."""

    calibration: ScaleCalibration
    width_in: float
    height_in: float


def verify_set(sheets: Sequence[SetSheet]) -> list[ScaleCalibration]:
    """The calibrations, those that nothing on their own page confirms held against their sisters'.

    Where at least two sheets on the same paper were measured, and most of those that were are prints at one
    other size, an unmeasured sheet's written scale does not hold either: it becomes a `mismatch`. Order is kept.
    """
    return [_checked(sheet, [s for s in sheets if _same_paper(s, sheet)]) for sheet in sheets]


def _checked(sheet: SetSheet, sisters: Sequence[SetSheet]) -> ScaleCalibration:
    calibration = sheet.calibration
    verification = calibration.verification
    unmeasured = verification is not None and verification.outcome is Outcome.UNMEASURED
    if calibration.status is not ScaleStatus.CALIBRATED or verification is None or not unmeasured:
        return calibration
    factors = [_factor(sister.calibration) for sister in sisters]
    known = [factor for factor in factors if factor is not None]
    other = [factor for factor in known if abs(factor - 1) > _SAME_FACTOR]
    if not other:
        return calibration
    common = median(other)
    alike = [factor for factor in other if abs(factor / common - 1) <= _SAME_FACTOR]
    if len(alike) < _LEAST_SISTERS or len(alike) < _MOST * len(known):
        return calibration
    return replace(
        calibration,
        status=ScaleStatus.MISMATCH,
        pixels_per_foot=None,
        confidence=_TRUST,
        review=tuple(dict.fromkeys((*calibration.review, Review.SISTERS_REDUCED))),
        verification=Verification(
            Outcome.UNMEASURED,
            verification.measurement,
            common,
            f"Other sheets of the set on this paper are prints at {common:.0%} of their full size.",
        ),
    )


def _factor(calibration: ScaleCalibration) -> float | None:
    """The size of the print over that of the drawing; None where it was not measured."""
    verification = calibration.verification
    if verification is None:
        return None
    if verification.outcome in (Outcome.CONFIRMED, Outcome.SUPPORTED):
        return 1.0
    return verification.print_factor if verification.outcome is Outcome.CONTRADICTED else None


def _same_paper(one: SetSheet, other: SetSheet) -> bool:
    sides = (sorted((sheet.width_in, sheet.height_in)) for sheet in (one, other))
    return all(abs(a / b - 1) <= _SAME_PAPER for a, b in zip(*sides, strict=True))
