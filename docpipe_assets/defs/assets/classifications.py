"""What each page of a document is."""

import dagster as dg

from docpipe_assets.defs import checks
from docpipe_assets.defs.assets.stage_asset import (
    GROUP,
    OWNERS,
    RETRY_POLICY,
    StageConfig,
    materialize,
    page_table,
    result,
)
from docpipe_assets.defs.partitions import documents
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.stages import summaries
from docpipe_assets.stages.classifications import classify_pages
from docpipe_assets.stages.fingerprint import VERSIONS
from docpipe_assets.vocabulary import Stage


@dg.asset(
    deps=["ocr_results"],
    partitions_def=documents,
    code_version=VERSIONS[Stage.CLASSIFICATIONS],
    retry_policy=RETRY_POLICY,
    group_name=GROUP,
    owners=OWNERS,
    kinds={"table"},
    check_specs=[checks.every_page_spec(Stage.CLASSIFICATIONS), checks.no_review_spec(Stage.CLASSIFICATIONS)],
)
def classifications(
    context: dg.AssetExecutionContext, config: StageConfig, docpipe: Docpipe
) -> dg.MaterializeResult:
    """Sheet number, sheet title, discipline and page type of every page, each with confidence and evidence."""
    run, outcome = materialize(context, docpipe, config, Stage.CLASSIFICATIONS, classify_pages)
    summary = summaries.of_classifications(run)
    metadata = {"page_types": summary.counts, "pages": page_table(summary)}
    return result(
        outcome,
        metadata,
        [
            checks.every_page(outcome),
            checks.no_review([row["page"] for row in summary.rows if row["needs_review"]]),
        ],
    )
