"""Buckets in a folder: whole objects, awkward names, honest errors."""

import hashlib
import os
from pathlib import Path

import pytest

from docpipe_assets.errors import TransientError
from docpipe_assets.storage.bucket import Bucket, ObjectMissingError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


@pytest.fixture
def bucket(folder: Path) -> Bucket:
    return Bucket(folder.as_uri())


AWKWARD = [
    "plan set.pdf",
    "a, b & c.pdf",
    "Grundriß Ölçek 1.pdf",
    "50% review.pdf",
    "per%20cent.pdf",
    "sheet #1 (rev).pdf",
    "what?.pdf",
    "deep/er/plan.pdf",
    "[x]{y}|z.pdf",
]


@pytest.mark.parametrize("name", AWKWARD)
def test_a_file_put_in_the_folder_is_an_object_under_its_name(
    bucket: Bucket, folder: Path, name: str
) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"%PDF-")
    assert [found.key for found in bucket.list().objects] == [name]
    assert bucket.read(name) == b"%PDF-"


@pytest.mark.parametrize("name", AWKWARD)
def test_an_object_written_is_a_file_under_its_name(bucket: Bucket, folder: Path, name: str) -> None:
    bucket.write(name, b"whole")
    assert (folder / name).read_bytes() == b"whole"
    assert [found.key for found in bucket.list().objects] == [name]


def test_a_name_that_cannot_be_a_key_is_reported_and_hides_nothing(bucket: Bucket, folder: Path) -> None:
    (folder / "good.pdf").write_bytes(b"x")
    (folder / "line\nbreak.pdf").write_bytes(b"x")
    Path(os.fsdecode(os.fsencode(folder) + b"/latin\xff.pdf")).write_bytes(b"x")
    listing = bucket.list()
    assert [found.key for found in listing.objects] == ["good.pdf"]
    assert len(listing.unreadable_names) == 2


def test_hidden_files_and_files_being_staged_are_not_objects(bucket: Bucket, folder: Path) -> None:
    for name in (".DS_Store", ".git/config", "plan.pdf#1"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    assert bucket.list().objects == ()


def test_a_listing_is_complete_beyond_a_thousand_objects(bucket: Bucket, folder: Path) -> None:
    for number in range(2345):
        (folder / f"{number:04d}.pdf").touch()
    assert len({found.key for found in bucket.list().objects}) == 2345


def test_the_etag_changes_with_the_content(bucket: Bucket, folder: Path) -> None:
    bucket.write("plan.pdf", b"first")
    first = bucket.list().objects[0]
    bucket.write("plan.pdf", b"second, longer")
    second = bucket.list().objects[0]
    assert first.etag != second.etag
    assert second.size == 14


def test_a_folder_that_is_gone_is_an_error_not_an_empty_listing(bucket: Bucket, folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(TransientError, match="cannot be listed"):
        bucket.list()


def test_a_missing_object_is_named(bucket: Bucket) -> None:
    with pytest.raises(ObjectMissingError, match=r"gone\.pdf"):
        bucket.read("gone.pdf")
    with pytest.raises(ObjectMissingError, match=r"gone\.pdf"), bucket.local_copy("gone.pdf"):
        pass


def test_head_reads_short_and_empty_objects(bucket: Bucket) -> None:
    bucket.write("empty", b"")
    bucket.write("short", b"II*\0")
    bucket.write("long", b"%PDF-" + b"x" * 5000)
    assert (bucket.head("empty"), bucket.head("short"), len(bucket.head("long"))) == (b"", b"II*\0", 1024)


def test_the_end_mark_of_a_pdf_is_seen(bucket: Bucket) -> None:
    bucket.write("whole.pdf", b"%PDF-" + b"x" * 5000 + b"%%EOF\n")
    bucket.write("part.pdf", b"%PDF-" + b"x" * 5000)
    bucket.write("empty.pdf", b"")
    assert [bucket.ends_like_a_pdf(key) for key in ("whole.pdf", "part.pdf", "empty.pdf")] == [
        True,
        False,
        False,
    ]


def test_a_download_is_hashed(bucket: Bucket, tmp_path: Path) -> None:
    content = os.urandom(20_000_000)
    bucket.write("big.pdf", content)
    with (tmp_path / "copy").open("wb") as target:
        digest = bucket.download("big.pdf", target)
    assert (tmp_path / "copy").read_bytes() == content
    assert digest == hashlib.sha256(content).hexdigest()


def test_objects_are_deleted_and_missing_ones_do_not_matter(bucket: Bucket) -> None:
    for key in ("pages/1.png", "pages/2.png"):
        bucket.write(key, b"x")
    bucket.delete(["pages/2.png", "pages/3.png"])
    assert [found.key for found in bucket.list().objects] == ["pages/1.png"]
