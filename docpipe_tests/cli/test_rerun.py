"""`docpipe rerun`, with a small web server in the place of Dagster's."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from docpipe_assets.cli import dagster_ui
from docpipe_assets.cli.parts import free_port
from docpipe_assets.cli.rerun import page_numbers
from docpipe_assets.cli.terminal import RequestError
from docpipe_assets.settings import settings
from docpipe_assets.storage.tables import Document
from docpipe_assets.vocabulary import DocumentStatus
from docpipe_tests.cli.conftest import NOW, Run, Ui, document


@pytest.fixture
def plan(session: Session) -> Document:
    row = document(session, "plan.pdf", page_count=9)
    session.commit()
    return row


def test_it_launches_the_stage_with_its_configuration(run: Run, plan: Document, ui: Ui) -> None:
    result = run("rerun", "ocr_results", "--document", "plan.pdf", "--pages", "3,7", "--force")
    assert result.exit_code == 0
    assert f"{ui.url}/runs/run-1" in result.stdout
    assert ui.asked[0]["path"] == "/graphql"
    assert ui.params == [
        {
            "selector": {
                "repositoryLocationName": "docpipe",
                "repositoryName": "__repository__",
                "jobName": "__ASSET_JOB",
                "assetSelection": [{"path": ["ocr_results"]}],
            },
            "runConfigData": {"ops": {"ocr_results": {"config": {"pages": [3, 7], "force": True}}}},
            "executionMetadata": {"tags": [{"key": "dagster/partition", "value": plan.partition_key}]},
        }
    ]


def test_downstream_takes_the_later_stages_along(run: Run, plan: Document, ui: Ui) -> None:
    run("rerun", "classifications", "--document", "plan.pdf", "--downstream")
    (params,) = ui.params
    later = ["classifications", "scale_calibrations", "plan_set"]
    assert [key["path"] for key in params["selector"]["assetSelection"]] == [[stage] for stage in later]
    assert params["runConfigData"]["ops"] == {
        stage: {"config": {"pages": [], "force": False}} for stage in later
    }


def test_one_run_for_each_document(run: Run, session: Session, plan: Document, ui: Ui) -> None:
    other = document(session, "other.pdf")
    session.commit()
    run("rerun", "pages", "--document", "plan.pdf", "other.pdf", "plan.pdf")
    tags = [params["executionMetadata"]["tags"][0]["value"] for params in ui.params]
    assert tags == [plan.partition_key, other.partition_key]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ocr_results", "--document", "nothing"], "No document is called 'nothing'"),
        (["ocr_results", "--document", "plan.pdf", "--pages", "3,10"], "has 9 pages, not 10"),
        (["ocr_results", "--document", "plan.pdf", "--pages", "x"], "'x' is no page"),
        (["plan_set", "--document", "plan.pdf", "--pages", "1"], "made of whole documents"),
        (["ocr_results", "--document", "plan.pdf", "gone.pdf"], "no longer in the upload bucket"),
        (["ocr_results", "--document", "plan.pdf", "raw.pdf", "--pages", "1"], "not known yet"),
        (["reading", "--document", "plan.pdf"], "not one of 'pages', 'ocr_results'"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_is_launched(
    run: Run, session: Session, plan: Document, ui: Ui, words: list[str], sentence: str
) -> None:
    document(session, "gone.pdf", removed_at=NOW)
    document(session, "raw.pdf", page_count=None, status=DocumentStatus.UPLOADED)
    session.commit()
    result = run("rerun", *words)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.replace("│", " ").split())
    assert not ui.asked


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            {"__typename": "RunConfigValidationInvalid", "errors": [{"message": "no field pagess"}]},
            "did not launch a run for plan-",
        ),
        ({"__typename": "PythonError", "message": "the queue is full"}, "the queue is full"),
        ({"__typename": "InvalidStepError"}, "InvalidStepError"),
    ],
)
def test_what_dagster_objects_is_passed_on(
    run: Run, plan: Document, ui: Ui, answer: dict[str, Any], sentence: str
) -> None:
    ui.answer = {"data": {"launchRun": answer}}
    result = run("rerun", "pages", "--document", "plan.pdf")
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_a_refused_query_is_passed_on(run: Run, plan: Document, ui: Ui) -> None:
    ui.answer = {"errors": [{"message": "read-only"}]}
    result = run("rerun", "pages", "--document", "plan.pdf")
    assert (result.exit_code, "read-only" in result.stderr) == (1, True)


def test_something_else_at_the_port_is_told_apart(run: Run, plan: Document, ui: Ui) -> None:
    ui.answer = b"<html>my blog</html>"
    result = run("rerun", "pages", "--document", "plan.pdf")
    assert (result.exit_code, "is not the Dagster UI" in result.stderr) == (1, True)


def test_without_a_ui_it_says_what_starts_one(
    run: Run, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_UI_URL", f"http://127.0.0.1:{free_port()}")
    settings.cache_clear()
    result = run("rerun", "pages", "--document", "plan.pdf")
    assert (result.exit_code, "`docpipe up`" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("text", "numbers"), [("", []), ("3,7", [3, 7]), (" 7 , 3,3", [3, 7]), ("1-3,9", [1, 2, 3, 9])]
)
def test_pages_are_named_one_by_one_or_as_ranges(text: str, numbers: list[int]) -> None:
    assert page_numbers(text) == numbers


@pytest.mark.parametrize("text", ["0", "3-1", "-1", "1-", "1.5", "²", "1--2"])
def test_what_is_no_page_is_refused(text: str) -> None:
    with pytest.raises(RequestError):
        page_numbers(text)


def test_every_query_fits_dagsters_own_schema() -> None:
    from dagster_graphql.schema import create_schema
    from graphql import parse, validate

    schema = create_schema().graphql_schema
    for query in (dagster_ui._LAUNCH, dagster_ui._HEALTH):
        assert validate(schema, parse(query)) == []
