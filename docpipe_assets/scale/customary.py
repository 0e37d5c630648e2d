"""The scales that offices draw at, as N of 1:N.

Architectural and engineering series: the faces of the US architect's and engineer's scales, as listed in the
United States National CAD Standard, and their usual multiples. Metric series: ISO 5455 and the fractions and multiples
(1:25, 1:75, 1:125, 1:250, 1:1250 ...) that building and land survey add to it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from docpipe_assets.scale.values import System

ARCHITECTURAL_INCHES: Final = tuple(
    Fraction(inches)
    for inches in (
        "1/64",
        "1/32",
        "1/16",
        "3/32",
        "1/8",
        "3/16",
        "1/4",
        "3/8",
        "1/2",
        "3/4",
        "1",
        "3/2",
        "3",
        "6",
    )
)
"""Inches of paper for one foot."""

ENGINEERING_FEET: Final = (
    1, 2, 4, 5, 8, 10, 16, 20, 25, 30, 32, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1200,
    1500, 2000, 2500, 3000, 4000, 5000, 10000,
)  # fmt: skip
"""Feet for one inch of paper."""

METRIC_RATIOS: Final = frozenset(
    Fraction(n)
    for n in (
        1, 2, 5, 10, 20, 25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1000, 1250, 1500, 2000, 2500, 4000,
        5000, 10000, 20000, 25000, 50000, 100000,
    )
)  # fmt: skip

IMPERIAL_RATIOS: Final = frozenset(
    [Fraction(12) / inches for inches in ARCHITECTURAL_INCHES]
    + [Fraction(12 * feet) for feet in ENGINEERING_FEET]
    + [Fraction(1)]
)

INCHES_PER_MILE: Final = 63360


def is_customary(ratio: Fraction, system: System) -> bool:
    """Whether offices that write in `system` draw at 1:`ratio`."""
    return ratio in (METRIC_RATIOS if system is System.METRIC else IMPERIAL_RATIOS)
