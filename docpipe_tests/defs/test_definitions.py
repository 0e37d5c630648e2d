"""The code location: what it holds, and that it loads light."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import dagster as dg
import pytest

from docpipe_assets.definitions import defs
from docpipe_assets.vocabulary import Stage

definitions: dg.Definitions = defs() if callable(defs) else defs
HEAVY = (
    "numpy",
    "pymupdf",
    "cv2",
    "google",
    "openai",
    "rapidocr",
    "openvino",
    "onnxruntime",
    "pandas",
    "PIL",
    "jinja2",
    "openpyxl",
)


def spec(name: str) -> dg.AssetSpec:
    return definitions.resolve_asset_graph().get(dg.AssetKey(name)).to_asset_spec()


def test_the_graph_is_one_line_from_the_upload_to_the_plan_set() -> None:
    graph = definitions.resolve_asset_graph()
    line = ["upload", *[stage.value for stage in Stage]]
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == set(line)
    for parent, child in pairwise(line):
        assert graph.get(dg.AssetKey(child)).parent_keys == {dg.AssetKey(parent)}


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_says_what_it_is_whose_it_is_and_what_version_it_has(stage: Stage) -> None:
    node = definitions.resolve_asset_graph().get(dg.AssetKey(stage.value))
    assert node.code_version
    assert node.owners == ["team:docpipe"]
    assert node.kinds
    assert node.group_name == "plan_sets"
    assert node.partitions_def == dg.DynamicPartitionsDefinition(name="documents")
    assert len(node.description or "") > 40


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_is_retried_with_growing_delays(stage: Stage) -> None:
    asset = definitions.get_repository_def().assets_defs_by_key[dg.AssetKey(stage.value)]
    policy = asset.op.retry_policy
    assert policy is not None
    assert (policy.max_retries, policy.backoff) == (3, dg.Backoff.EXPONENTIAL)


def test_the_bucket_is_watched_unless_somebody_stops_it() -> None:
    sensors = {sensor.name: sensor for sensor in definitions.get_repository_def().sensor_defs}
    assert set(sensors) == {"upload_bucket_sensor", "failed_run_sensor", "ended_run_sensor"}
    assert all(sensor.default_status is dg.DefaultSensorStatus.RUNNING for sensor in sensors.values())


def test_the_job_makes_everything_of_one_document() -> None:
    job = definitions.resolve_job_def("ingest")
    assert {key.to_user_string() for key in job.asset_layer.executable_asset_keys} == {s.value for s in Stage}


def test_loading_the_code_location_loads_nothing_heavy() -> None:
    program = (
        "import sys, docpipe_assets.definitions as d; d.defs() if callable(d.defs) else d.defs;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
