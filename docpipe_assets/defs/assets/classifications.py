"""What each page of a document is."""

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
    Stage.CLASSIFICATIONS, checks.no_review_spec(Stage.CLASSIFICATIONS), after="ocr_results", kinds={"table"}
)
def classifications(
    context: dg.AssetExecutionContext, config: StageConfig, docpipe: Docpipe
) -> dg.MaterializeResult:
    """Sheet number, sheet title, discipline and page type of every page, each with confidence and evidence."""
    from docpipe_assets.stages.classifications import classify_pages

    run, outcome = materialize(context, docpipe, config, Stage.CLASSIFICATIONS, classify_pages)
    summary = summaries.of_classifications(run)
    unsure = [row["page"] for row in summary.rows if row["needs_review"]]
    metadata = {
        "page_types": summary.counts,
        **summaries.paid(run),
        **left_for_review(docpipe, unsure),
        "pages": page_table(summary),
    }
    return result(outcome, metadata, [checks.every_page(outcome), checks.no_review(unsure)])
