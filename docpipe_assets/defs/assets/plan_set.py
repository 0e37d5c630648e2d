"""What people open."""

import base64

import dagster as dg

from docpipe_assets.defs import checks
from docpipe_assets.defs.assets.stage_asset import StageConfig, materialize, result, stage_asset
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.vocabulary import Stage


@stage_asset(Stage.PLAN_SET, after="scale_calibrations", kinds={"csv", "excel", "html"})
def plan_set(
    context: dg.AssetExecutionContext, config: StageConfig, docpipe: Docpipe
) -> dg.MaterializeResult:
    """The sheet index of the document as CSV, XLSX and JSON, and one HTML report with the evidence."""
    from docpipe_assets.stages.plan_set import (
        contact_sheet_of,
        index_metadata,
        make_plan_set,
        output_places,
    )

    run, outcome = materialize(context, docpipe, config, Stage.PLAN_SET, make_plan_set)
    picture = base64.b64encode(contact_sheet_of(run)).decode()
    metadata = {
        **{name: _place(place) for name, place in output_places(run).items()},
        **index_metadata(run),
        "contact_sheet": dg.MetadataValue.md(f"![the pages of the set](data:image/jpeg;base64,{picture})"),
    }
    return result(outcome, metadata, [checks.every_page(outcome)])


def _place(place: str) -> dg.MetadataValue:
    # A browser does not follow a page's link into the file system, so a path is shown to be copied.
    return dg.MetadataValue.path(place) if place.startswith("/") else dg.MetadataValue.url(place)
