"""Asset checks: what a person should know of a stage's result although it did not fail."""

from __future__ import annotations

import dagster as dg

from docpipe_assets.stages.checkpoint import StageOutcome
from docpipe_assets.vocabulary import Stage

_EVERY_PAGE = "every_page_has_a_result"
_NO_REVIEW = "no_page_needs_review"


def every_page_spec(stage: Stage) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        _EVERY_PAGE,
        asset=stage.value,
        description="No page failed; those that did are named with the reason.",
    )


def every_page(outcome: StageOutcome) -> dg.AssetCheckResult:
    """Fails when the stage has no result for a page."""
    return dg.AssetCheckResult(
        check_name=_EVERY_PAGE,
        passed=not outcome.failed,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={f"page {number}": message for number, message in sorted(outcome.failed.items())},
    )


def no_review_spec(stage: Stage) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        _NO_REVIEW, asset=stage.value, description="Every answer is sure enough to be used without a look."
    )


def no_review(page_numbers: list[int]) -> dg.AssetCheckResult:
    """Warns when pages wait for a person's look."""
    return dg.AssetCheckResult(
        check_name=_NO_REVIEW,
        passed=not page_numbers,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"pages": ", ".join(map(str, page_numbers)) or "none"},
    )
