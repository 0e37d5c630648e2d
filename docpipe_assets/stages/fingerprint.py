"""Fingerprints: a stage's result is current while the hash of everything that shaped it is the same."""

import hashlib
import json
from collections.abc import Iterable

from docpipe_assets.vocabulary import Stage

VERSIONS = {
    Stage.PAGES: "1",
    Stage.OCR_RESULTS: "3",
    Stage.CLASSIFICATIONS: "3",
    Stage.SCALE_CALIBRATIONS: "3",
    Stage.PLAN_SET: "2",
}
"""A stage's version: raise it whenever the stage would answer differently, and old results are made anew."""


def fingerprint(stage: Stage, *shaped_by: str | float | None) -> str:
    """Hash of the stage, its version, the settings that shape its result and the upstream fingerprints."""
    return _digest([stage, VERSIONS[stage], *shaped_by])


def combine(fingerprints: Iterable[str]) -> str:
    """One fingerprint for many, in their order."""
    return _digest(list(fingerprints))


def _digest(parts: list[str | float | None]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
