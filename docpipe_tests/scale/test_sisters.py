"""Sheets that could not be measured, held against the other sheets of their set."""

from __future__ import annotations

import pytest

from docpipe_assets.scale import Outcome
from docpipe_assets.scale.sisters import SetSheet, factors_of_sisters

FULL = SetSheet(Outcome.CONFIRMED, None, 36, 24)
REDUCED = SetSheet(Outcome.CONTRADICTED, 0.5, 18, 12)
BARE = SetSheet(Outcome.UNMEASURED, None, 18, 12)


def for_the_last(*sheets: SetSheet) -> float | None:
    return factors_of_sisters(sheets)[-1]


def test_two_sisters_at_one_size_tell_it() -> None:
    assert for_the_last(REDUCED, REDUCED, BARE) == pytest.approx(0.5)
    assert for_the_last(REDUCED, REDUCED, SetSheet(Outcome.UNMEASURED, None, 12, 18)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "sheets",
    [
        [REDUCED, BARE],
        [REDUCED, REDUCED, SetSheet(Outcome.UNMEASURED, None, 36, 24)],
        [REDUCED, SetSheet(Outcome.CONTRADICTED, 0.65, 18, 12), BARE],
        [REDUCED, REDUCED, *[SetSheet(Outcome.CONFIRMED, None, 18, 12)] * 2, BARE],
        [FULL, FULL, SetSheet(Outcome.UNMEASURED, None, 36, 24)],
    ],
    ids=["one sister", "other paper", "two sizes", "as many full size", "full size"],
)
def test_less_tells_nothing(sheets: list[SetSheet]) -> None:
    assert for_the_last(*sheets) is None


def test_a_sheet_with_a_measurement_of_its_own_speaks_for_itself() -> None:
    assert factors_of_sisters([REDUCED, REDUCED, SetSheet(Outcome.SUPPORTED, None, 18, 12)]) == [None] * 3
