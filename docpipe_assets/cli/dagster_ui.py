"""Dagster's webserver, asked over GraphQL: to launch runs, and how its parts are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docpipe_assets.errors import DocpipeError
from docpipe_assets.vocabulary import Stage

LOCATION = "docpipe"
"""The code location's name, in every workspace file."""

_LAUNCH = """
mutation Launch($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on RunConfigValidationInvalid { errors { message } }
    ... on Error { message }
  }
}
"""

_HEALTH = """
query Health {
  instance { daemonHealth { allDaemonStatuses { daemonType required lastHeartbeatTime } } }
  workspaceOrError {
    __typename
    ... on Workspace {
      locationEntries {
        name
        loadStatus
        locationOrLoadError { __typename ... on PythonError { message } }
      }
    }
    ... on PythonError { message }
  }
}
"""


class UiUnreachableError(DocpipeError):
    """Nothing answers at the UI's address."""


class UiRefusedError(DocpipeError):
    """The UI answered, but not with what was asked for."""


@dataclass(frozen=True, slots=True)
class Health:
    """How Dagster's parts are. `daemons` tells of each required one when it last gave a sign of life.

    `location_error` is why the code location is not loaded; None when it is.
    """

    daemons: Mapping[str, datetime | None]
    location_error: str | None

    def silent_since(self, moment: datetime) -> list[str]:
        """The required daemons that gave no sign of life since."""
        return [name for name, beat in self.daemons.items() if beat is None or beat < moment]


class DagsterUi:
    """The webserver at `url`. Every call raises `UiUnreachableError` when nothing answers there in time."""

    def __init__(self, url: str, timeout_s: float = 30.0) -> None:
        self.url = url.rstrip("/")
        self._timeout_s = timeout_s

    def launch(
        self, stages: Sequence[Stage], partition_key: str, pages: Sequence[int], *, force: bool
    ) -> str:
        """Launch one run of these stages for one document; the run's id. Raises `UiRefusedError`."""
        config = {"pages": list(pages), "force": force}
        params = {
            "selector": {
                "repositoryLocationName": LOCATION,
                "repositoryName": "__repository__",
                "jobName": "__ASSET_JOB",
                "assetSelection": [{"path": [stage.value]} for stage in stages],
            },
            "runConfigData": {"ops": {stage.value: {"config": config} for stage in stages}},
            "executionMetadata": {"tags": [{"key": "dagster/partition", "value": partition_key}]},
        }
        answer = self._ask(_LAUNCH, {"params": params})["launchRun"]
        if answer["__typename"] == "LaunchRunSuccess":
            return str(answer["run"]["runId"])
        errors = [error["message"] for error in answer.get("errors", ())]
        reason = " ".join([*errors, answer.get("message") or ""]).strip() or answer["__typename"]
        raise UiRefusedError(f"Dagster did not launch a run for {partition_key}: {reason}")

    def health(self) -> Health:
        """How the daemons and the code location are. Raises `UiRefusedError`."""
        answer = self._ask(_HEALTH, {})
        daemons = answer["instance"]["daemonHealth"]["allDaemonStatuses"]
        return Health(
            {d["daemonType"]: _moment(d["lastHeartbeatTime"]) for d in daemons if d["required"]},
            _location_error(answer["workspaceOrError"]),
        )

    def run_link(self, run_id: str) -> str:
        return f"{self.url}/runs/{run_id}"

    def _ask(self, query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        import httpx

        request = {"query": query, "variables": variables}
        try:
            response = httpx.post(f"{self.url}/graphql", json=request, timeout=self._timeout_s)
        except httpx.HTTPError as error:
            raise UiUnreachableError(
                f"The Dagster UI does not answer at {self.url}. Start it with `docpipe up`, "
                "or set DOCPIPE_UI_URL to where it runs."
            ) from error
        try:
            answer = response.json()
        except ValueError as error:
            raise UiUnreachableError(
                f"What answers at {self.url} is not the Dagster UI (HTTP {response.status_code}). "
                "Set DOCPIPE_UI_PORT or DOCPIPE_UI_URL to where it runs."
            ) from error
        if answer.get("errors") or not answer.get("data"):
            reasons = (
                " ".join(e["message"] for e in answer.get("errors", ())) or f"HTTP {response.status_code}"
            )
            raise UiRefusedError(f"The Dagster UI at {self.url} refused the request: {reasons}")
        data: Mapping[str, Any] = answer["data"]
        return data


def _moment(timestamp: float | None) -> datetime | None:
    return None if timestamp is None else datetime.fromtimestamp(timestamp, UTC)


def _location_error(workspace: Mapping[str, Any]) -> str | None:
    if workspace["__typename"] == "PythonError":
        return str(workspace["message"])
    for entry in workspace["locationEntries"]:
        if entry["name"] == LOCATION:
            loaded = entry["locationOrLoadError"]
            if loaded is None:
                return "it is still loading"
            return str(loaded["message"]) if loaded["__typename"] == "PythonError" else None
    return f"the workspace has no code location called {LOCATION}"
