"""The scale that is written on a sheet: notes in text, and what they say of the page together."""

from docpipe_assets.scale.calibration import calibrate
from docpipe_assets.scale.notation import find_notations
from docpipe_assets.scale.values import (
    Candidate,
    ClaimedNote,
    Doubt,
    Method,
    Notation,
    NotationKind,
    Review,
    ScaleCalibration,
    Standing,
    System,
    View,
    Where,
)

__all__ = [
    "Candidate",
    "ClaimedNote",
    "Doubt",
    "Method",
    "Notation",
    "NotationKind",
    "Review",
    "ScaleCalibration",
    "Standing",
    "System",
    "View",
    "Where",
    "calibrate",
    "find_notations",
]
