"""Buckets on a real S3 server: whole objects, awkward names, bounded memory, honest errors."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from docpipe_assets.errors import TransientError
from docpipe_assets.storage.bucket import Bucket, BucketRefusedError, ObjectMissingError
from docpipe_tests.servers.process import free_port
from docpipe_tests.servers.s3 import READ_ONLY_KEY, S3Server
from docpipe_tests.storage.test_bucket import AWKWARD

MB = 1_000_000


@pytest.fixture
def bucket(s3_url: str) -> Bucket:
    return Bucket(s3_url)


@pytest.fixture
def name(s3_url: str) -> str:
    """The bucket's name, as other clients call it."""
    return s3_url.removeprefix("s3://")


@pytest.fixture
def others(s3: S3Server) -> Any:
    """Another client than docpipe."""
    return s3.client()


def keys(bucket: Bucket) -> list[str]:
    return [found.key for found in bucket.list().objects]


@pytest.mark.parametrize("key", AWKWARD)
def test_an_object_is_read_under_the_name_that_another_client_gave_it(
    bucket: Bucket, others: Any, name: str, key: str
) -> None:
    others.put_object(Bucket=name, Key=key, Body=b"%PDF-")
    assert keys(bucket) == [key]
    assert bucket.read(key) == bucket.head(key) == b"%PDF-"
    with bucket.local_copy(key) as path:
        assert path.read_bytes() == b"%PDF-"


@pytest.mark.parametrize("key", AWKWARD)
def test_an_object_written_is_read_by_another_client(
    bucket: Bucket, others: Any, name: str, key: str
) -> None:
    bucket.write(key, b"whole")
    assert others.get_object(Bucket=name, Key=key)["Body"].read() == b"whole"


def test_a_bucket_is_not_a_folder_and_links_to_its_objects(bucket: Bucket, s3_url: str) -> None:
    assert not bucket.is_folder
    assert bucket.link("set 1/report.html") == f"{s3_url}/set 1/report.html"


def test_two_prefixes_of_one_bucket_are_two_buckets(s3_url: str) -> None:
    uploads, artifacts = Bucket(f"{s3_url}/uploads"), Bucket(f"{s3_url}/artifacts/")
    uploads.write("plan.pdf", b"u")
    artifacts.write("plan.pdf", b"a")
    assert (keys(uploads), uploads.read("plan.pdf")) == (["plan.pdf"], b"u")
    assert artifacts.link("plan.pdf") == f"{s3_url}/artifacts/plan.pdf"


def test_hidden_objects_and_marks_of_folders_are_left_out(bucket: Bucket, others: Any, name: str) -> None:
    for key in ("bids/", "bids/plan.pdf", ".trash/old.pdf", "bids/.DS_Store"):
        others.put_object(Bucket=name, Key=key, Body=b"x" if key[-1] != "/" else b"")
    assert keys(bucket) == ["bids/plan.pdf"]


def test_a_listing_is_complete_beyond_a_thousand_objects(bucket: Bucket) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: bucket.write(f"{number:04d}.pdf", b"x"), range(1234)))
    assert keys(bucket) == [f"{number:04d}.pdf" for number in range(1234)]
    bucket.delete(keys(bucket)[1:])
    assert keys(bucket) == ["0000.pdf"]


def test_the_etag_changes_with_the_content(bucket: Bucket) -> None:
    bucket.write("plan.pdf", b"first")
    first = bucket.list().objects[0]
    bucket.write("plan.pdf", b"again")
    again = bucket.list().objects[0]
    assert first.etag != again.etag
    assert (again.size, again.modified_at.utcoffset().total_seconds()) == (5, 0)  # type: ignore[union-attr]
    assert bucket.list().objects[0] == again


def test_head_and_end_of_short_and_empty_objects(bucket: Bucket) -> None:
    bucket.write("empty", b"")
    bucket.write("short", b"II*\0")
    bucket.write("whole.pdf", b"%PDF-" + b"x" * 5000 + b"%%EOF\n")
    assert (bucket.head("empty"), bucket.head("short"), len(bucket.head("whole.pdf"))) == (
        b"",
        b"II*\0",
        1024,
    )
    assert [bucket.ends_like_a_pdf(key) for key in ("whole.pdf", "short", "empty")] == [True, False, False]


def test_a_report_opens_in_a_browser(bucket: Bucket, others: Any, name: str) -> None:
    bucket.write("report.html", b"<html>")
    bucket.write("pages/1.png", b"x")
    types = [
        others.head_object(Bucket=name, Key=key)["ContentType"] for key in ("report.html", "pages/1.png")
    ]
    assert types == ["text/html", "image/png"]


MEASURE = r"""
import re, sys, tempfile
from pathlib import Path
from docpipe_assets.storage.bucket import Bucket

def peak():
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024

bucket = Bucket(sys.argv[1])
bucket.write("small", b"x")
before = peak()
if sys.argv[2] == "up":
    bucket.write("big", Path(sys.argv[3]))
else:
    with tempfile.TemporaryFile() as target:
        print(bucket.download("big", target))
print(peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured on Linux")
def test_a_big_file_goes_up_and_down_in_chunks(bucket: Bucket, s3_url: str, tmp_path: Path) -> None:
    content = os.urandom(120 * MB)
    (tmp_path / "big").write_bytes(content)

    def measure(way: str) -> list[str]:
        command = [sys.executable, "-c", MEASURE, s3_url, way, str(tmp_path / "big")]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()

    (growth_up,) = measure("up")
    digest, growth_down = measure("down")
    assert digest == hashlib.sha256(content).hexdigest()
    assert int(growth_up) < 95 * MB
    assert int(growth_down) < 65 * MB


def test_a_missing_object_is_named(bucket: Bucket) -> None:
    for look in (bucket.read, bucket.head, bucket.ends_like_a_pdf):
        with pytest.raises(ObjectMissingError, match=r"gone\.pdf"):
            look("gone.pdf")
    with pytest.raises(ObjectMissingError, match=r"gone\.pdf"), bucket.local_copy("gone.pdf"):
        pass
    bucket.delete(["gone.pdf"])


@pytest.mark.parametrize(
    ("variable", "value"), [("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ACCESS_KEY_ID", "nobody")]
)
def test_wrong_credentials_are_a_refusal(
    s3_url: str, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    bucket = Bucket(s3_url)
    for look in (bucket.list, lambda: bucket.read("x"), lambda: bucket.head("x")):
        with pytest.raises(BucketRefusedError, match="credentials"):
            look()
    with pytest.raises(BucketRefusedError, match="credentials"):
        bucket.write("x", b"x")


def test_keys_that_may_only_read_are_refused_to_write(
    bucket: Bucket, s3_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.write("x", b"x")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", READ_ONLY_KEY)
    reader = Bucket(s3_url)
    assert reader.read("x") == b"x"
    with pytest.raises(BucketRefusedError, match="allowed"):
        reader.write("x", b"y")


def test_a_bucket_that_does_not_exist_is_a_refusal(bucket: Bucket) -> None:
    absent = Bucket("s3://no-such-bucket")
    for look in (absent.list, lambda: absent.read("x"), lambda: absent.write("x", b"x")):
        with pytest.raises(BucketRefusedError, match="no bucket"):
            look()


def test_without_keys_the_credentials_come_from_a_profile(
    bucket: Bucket, s3: S3Server, s3_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.write("x", b"x")
    values = s3.environment
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
        monkeypatch.delenv(variable)
    (tmp_path / "credentials").write_text(
        f"[plans]\naws_access_key_id={values['AWS_ACCESS_KEY_ID']}\n"
        f"aws_secret_access_key={values['AWS_SECRET_ACCESS_KEY']}\nregion={values['AWS_REGION']}\n"
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_PROFILE", "plans")
    assert Bucket(s3_url).read("x") == b"x"


def test_no_credentials_at_all_are_a_refusal(
    s3_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(variable)
    for variable in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(variable, str(tmp_path / "absent"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(BucketRefusedError, match="no credentials"):
        Bucket(s3_url)


def test_a_server_that_is_gone_may_come_back(s3_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    bucket = Bucket(s3_url)
    for look in (bucket.list, lambda: bucket.write("x", b"x")):
        with pytest.raises(TransientError, match="did not answer"):
            look()
