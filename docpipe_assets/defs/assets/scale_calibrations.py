"""The drawing scale of each page of a document."""

import dagster as dg

from docpipe_assets.defs import checks
from docpipe_assets.defs.assets.stage_asset import (
    StageConfig,
    left_for_review,
    materialize,
    page_table,
    result,
    stage_asset,
)
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.stages import summaries
from docpipe_assets.vocabulary import Stage


@stage_asset(
    Stage.SCALE_CALIBRATIONS,
    checks.no_review_spec(Stage.SCALE_CALIBRATIONS),
    after="classifications",
    kinds={"table"},
)
def scale_calibrations(
    context: dg.AssetExecutionContext, config: StageConfig, docpipe: Docpipe
) -> dg.MaterializeResult:
    """The drawing scale of every page in pixels per foot, with every candidate and why it was chosen or not."""
    from docpipe_assets.stages.scale_calibrations import calibrate_pages

    run, outcome = materialize(context, docpipe, config, Stage.SCALE_CALIBRATIONS, calibrate_pages)
    summary = summaries.of_scale_calibrations(run)
    unsure = [row["page"] for row in summary.rows if row["needs_review"]]
    metadata = {
        "statuses": summary.counts,
        **summaries.paid(run),
        **left_for_review(docpipe, unsure),
        "pages": page_table(summary),
    }
    return result(outcome, metadata, [checks.every_page(outcome), checks.no_review(unsure)])
