"""What people put in the bucket."""

import dagster as dg

from docpipe_assets.defs.assets.stage_asset import GROUP, OWNERS
from docpipe_assets.defs.partitions import documents

upload = dg.AssetSpec(
    "upload",
    description=(
        "One object of the upload bucket: a plan set as PDF or TIFF, in its newest version. "
        "The sensor observes it; docpipe never changes it."
    ),
    partitions_def=documents,
    group_name=GROUP,
    owners=OWNERS,
    kinds={"pdf", "tiff"},
)
