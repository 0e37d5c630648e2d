"""The pages of a document as images."""

import dagster as dg

from docpipe_assets.defs import checks
from docpipe_assets.defs.assets.stage_asset import StageConfig, materialize, page_table, result, stage_asset
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.stages import summaries
from docpipe_assets.vocabulary import Stage


@stage_asset(Stage.PAGES, after="upload", kinds={"png"})
def pages(context: dg.AssetExecutionContext, config: StageConfig, docpipe: Docpipe) -> dg.MaterializeResult:
    """Every page of the document as a PNG (200 DPI unless very large) with a thumbnail, its size and rotation."""
    from docpipe_assets.stages.pages import make_pages

    run, outcome = materialize(context, docpipe, config, Stage.PAGES, make_pages)
    summary = summaries.of_pages(run)
    metadata = {"pages": page_table(summary)}
    return result(outcome, metadata, [checks.every_page(outcome)])
