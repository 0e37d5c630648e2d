"""What can be launched as a whole."""

import dagster as dg

from docpipe_assets.vocabulary import Stage

ingest = dg.define_asset_job(
    "ingest",
    selection=dg.AssetSelection.assets(*[stage.value for stage in Stage]),
    description="Everything for one document: pages, text, sheet index and scales.",
    executor_def=dg.in_process_executor,
)
