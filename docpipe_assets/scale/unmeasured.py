"""What becomes of a written scale that nothing on the page could be measured against."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from docpipe_assets.measuring import Measurement
from docpipe_assets.scale.lettering import is_reduced
from docpipe_assets.scale.values import Outcome, Review, ScaleCalibration, Verification
from docpipe_assets.vocabulary import ScaleStatus

_TRUST: Final = 0.9
"""What is left of the confidence in it."""
_REVIEW_TRUST: Final = 0.7
_MANY_LENGTHS: Final = 8
"""So many lengths on a page could nearly always be measured, if the scale were right."""


def unmeasured(
    calibration: ScaleCalibration, measurement: Measurement, capitals: float | None
) -> ScaleCalibration:
    """The written scale stands, less sure, unless the page or its lettering says that the print is reduced.

    A person has to look where the page is full of lengths and none of them fits. `capitals` is their height in inches.
    """
    checked = replace(
        calibration,
        confidence=calibration.confidence * _TRUST,
        verification=Verification(Outcome.UNMEASURED, measurement),
    )
    if calibration.status is not ScaleStatus.CALIBRATED:
        return checked
    if Review.REDUCED_PRINT in checked.review:
        return _doubted(checked, "The page says that it is a reduced print.")
    if is_reduced(capitals):
        small = _reviewed(checked, Review.SMALL_LETTERING)
        return _doubted(
            small, "The lettering is too small for a full-size sheet, so this is likely a reduced print."
        )
    if measurement.dimensions >= _MANY_LENGTHS:
        return _reviewed(checked, Review.LENGTHS_DO_NOT_FIT)
    return checked


def _reviewed(checked: ScaleCalibration, reason: Review) -> ScaleCalibration:
    return replace(
        checked,
        confidence=_REVIEW_TRUST * checked.confidence,
        review=tuple(dict.fromkeys((*checked.review, reason))),
    )


def _doubted(checked: ScaleCalibration, cause: str) -> ScaleCalibration:
    """The written scale does not hold, though what holds instead could not be measured."""
    assert checked.verification is not None
    return replace(
        checked,
        status=ScaleStatus.MISMATCH,
        pixels_per_foot=None,
        verification=replace(checked.verification, cause=cause),
    )
