"""The scale of a sheet: what its notes say together, and whether the drawing measures so."""

from docpipe_assets.scale.calibration import calibrate
from docpipe_assets.scale.notation import find_notations
from docpipe_assets.scale.values import (
    Candidate,
    ClaimedNote,
    Doubt,
    Method,
    Notation,
    NotationKind,
    Outcome,
    Review,
    ScaleCalibration,
    Standing,
    System,
    Verification,
    View,
    Where,
)
from docpipe_assets.scale.verification import verify

__all__ = [
    "Candidate",
    "ClaimedNote",
    "Doubt",
    "Method",
    "Notation",
    "NotationKind",
    "Outcome",
    "Review",
    "ScaleCalibration",
    "Standing",
    "System",
    "Verification",
    "View",
    "Where",
    "calibrate",
    "find_notations",
    "verify",
]
