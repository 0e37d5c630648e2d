"""The code location: everything that Dagster sees, assembled in one place."""

import dagster as dg

from docpipe_assets.defs.assets.classifications import classifications
from docpipe_assets.defs.assets.ocr_results import ocr_results
from docpipe_assets.defs.assets.pages import pages
from docpipe_assets.defs.assets.plan_set import plan_set
from docpipe_assets.defs.assets.scale_calibrations import scale_calibrations
from docpipe_assets.defs.assets.upload import upload
from docpipe_assets.defs.jobs import ingest
from docpipe_assets.defs.resources import Docpipe
from docpipe_assets.defs.sensors import ended_run_sensor, failed_run_sensor, upload_bucket_sensor


@dg.definitions
def defs() -> dg.Definitions:
    """Six assets of one document, the job that makes them, and the sensors."""
    return dg.Definitions(
        assets=[upload, pages, ocr_results, classifications, scale_calibrations, plan_set],
        jobs=[ingest],
        sensors=[upload_bucket_sensor, failed_run_sensor, ended_run_sensor],
        resources={"docpipe": Docpipe()},
        executor=dg.in_process_executor,
    )
