"""Files on their way into the upload bucket."""

from __future__ import annotations

from pathlib import Path

import pytest

from docpipe_assets import identity
from docpipe_assets.cli.terminal import RequestError
from docpipe_assets.cli.upload import chosen_uploads
from docpipe_assets.settings import Settings
from docpipe_assets.storage.bucket import open_bucket
from docpipe_tests.cli.conftest import Run

PDF = b"%PDF-1.7\n%%EOF\n"


def file(path: Path, content: bytes = PDF) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_file_arrives_whole_under_its_name_and_its_key_is_told(
    run: Run, configuration: Settings, tmp_path: Path
) -> None:
    plan = file(tmp_path / "Bid set,\u00a0rev 2 (ção) 100% #3.pdf", PDF * 1000)
    result = run("upload", plan)
    assert result.exit_code == 0
    bucket = open_bucket(configuration.uploads_url)
    assert [stored.key for stored in bucket.list().objects] == [plan.name]
    assert bucket.read(plan.name) == plan.read_bytes()
    assert identity.partition_key(plan.name) in result.stdout
    assert "`docpipe up` processes them" in result.stdout


def test_a_prefix_puts_files_into_a_folder(run: Run, configuration: Settings, tmp_path: Path) -> None:
    assert run("upload", file(tmp_path / "a.pdf"), "--prefix", "riverside/").exit_code == 0
    assert [stored.key for stored in open_bucket(configuration.uploads_url).list().objects] == [
        "riverside/a.pdf"
    ]


def test_a_folder_gives_its_plans_with_their_path_below_it(tmp_path: Path) -> None:
    for name in ("set/A.pdf", "set/old/A.pdf", "set/scan.TIFF", "set/notes.txt", "set/.hidden/B.pdf"):
        file(tmp_path / name)
    assert list(chosen_uploads([tmp_path / "set"])) == ["A.pdf", "old/A.pdf", "scan.TIFF"]


def test_a_name_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    one, other = file(tmp_path / "x/A.pdf"), file(tmp_path / "y/A.pdf")
    with pytest.raises(RequestError, match=r"both be uploaded as A\.pdf.*--prefix"):
        chosen_uploads([one, other])
    assert list(chosen_uploads([one, one])) == ["A.pdf"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere.pdf", "is not there"),
        ("empty", "no PDF or TIFF file"),
        (".secret.pdf", "ignores"),
        ("plan #2", "ignores"),
        ("a\nb.pdf", "ignores"),
    ],
)
def test_what_cannot_be_uploaded_is_refused_before_anything_is(
    run: Run, configuration: Settings, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "empty").mkdir()
    for ignored in (".secret.pdf", "plan #2", "a\nb.pdf"):
        file(tmp_path / ignored)
    result = run("upload", file(tmp_path / "good.pdf"), tmp_path / name)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not open_bucket(configuration.uploads_url).list().objects


def test_what_is_no_plan_is_uploaded_with_a_warning(
    run: Run, configuration: Settings, tmp_path: Path
) -> None:
    result = run("upload", file(tmp_path / "letter.pdf", b"Dear Sir"), file(tmp_path / "void.pdf", b""))
    assert result.exit_code == 0
    assert "letter.pdf is neither a PDF nor a TIFF" in result.stderr
    assert "void.pdf is empty" in result.stderr
    assert len(open_bucket(configuration.uploads_url).list().objects) == 2


def test_the_same_name_again_replaces_the_upload(run: Run, configuration: Settings, tmp_path: Path) -> None:
    run("upload", file(tmp_path / "a.pdf"))
    run("upload", file(tmp_path / "a.pdf", PDF + b"% second"))
    assert open_bucket(configuration.uploads_url).read("a.pdf").endswith(b"% second")
