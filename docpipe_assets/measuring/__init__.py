"""A drawing measured against itself: its dimensions and scale bars against the lengths that are drawn."""

from docpipe_assets.measuring.lengths import Family, Length, find_lengths
from docpipe_assets.measuring.measure import is_measurable, measure
from docpipe_assets.measuring.values import Evidence, Measured, MeasuredScale, Measurement, Unit

__all__ = [
    "Evidence",
    "Family",
    "Length",
    "Measured",
    "MeasuredScale",
    "Measurement",
    "Unit",
    "find_lengths",
    "is_measurable",
    "measure",
]
