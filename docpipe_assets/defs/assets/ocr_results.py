"""The text of a document's pages."""

import dagster as dg

from docpipe_assets.defs import checks
from docpipe_assets.defs.assets.stage_asset import StageConfig, materialize, page_table, result, stage_asset
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.stages import summaries
from docpipe_assets.vocabulary import Stage


@stage_asset(Stage.OCR_RESULTS, after="pages", kinds={"ocr"}, pool="google_vision")
def ocr_results(
    context: dg.AssetExecutionContext, config: StageConfig, docpipe: Docpipe
) -> dg.MaterializeResult:
    """The text of every page with the position of each line and word, and which engine read it."""
    from docpipe_assets.stages.ocr_results import read_pages

    run, outcome = materialize(context, docpipe, config, Stage.OCR_RESULTS, read_pages)
    summary = summaries.of_ocr_results(run)
    metadata = {"engines": summary.counts, **summaries.paid(run), "pages": page_table(summary)}
    return result(outcome, metadata, [checks.every_page(outcome)])
