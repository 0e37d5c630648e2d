"""Labels for the tests of the evaluation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docpipe_assets.evaluation.labels import Label


def label(**facts: Any) -> Label:
    """A label of page 1 of `a.pdf` that says only `facts`."""
    return Label.model_validate_json(json.dumps({"file": "a.pdf", "page": 1} | facts))


def write_labels(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
