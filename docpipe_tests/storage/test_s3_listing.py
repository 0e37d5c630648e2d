"""A bucket with a name that obstore cannot read: S3's listing as AWS gives it, which SeaweedFS would tidy up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

from docpipe_assets.storage.bucket import Bucket


@dataclass
class Listed:
    """A server that lists these keys, so many a page."""

    keys: list[str] = field(default_factory=list)
    page_size: int = 2

    def page(self, query: dict[str, list[str]]) -> str:
        prefix = query.get("prefix", [""])[0]
        keys = [key for key in self.keys if key.startswith(prefix)]
        start = int(query.get("continuation-token", ["0"])[0])
        more = start + self.page_size < len(keys)
        entries = "".join(
            f"<Contents><Key>{escape(key)}</Key><ETag>&quot;{number}&quot;</ETag><Size>9</Size>"
            "<LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>"
            for number, key in enumerate(keys)
            if start <= number < start + self.page_size
        )
        token = f"<NextContinuationToken>{start + self.page_size}</NextContinuationToken>" if more else ""
        return f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>{token}{entries}</ListBucketResult>"


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listed]:
    listed = Listed()

    class Call(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = listed.page(parse_qs(urlsplit(self.path).query)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Call) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_REGION", "us-east-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
        yield listed
        server.shutdown()


def test_one_unreadable_name_hides_no_other(listed: Listed) -> None:
    listed.keys = ["/first.pdf", "a//b.pdf", "a/c.pdf", "d.pdf", "e/../f.pdf", "e/.hidden", "g.pdf"]
    listing = Bucket("s3://uploads").list()
    assert [found.key for found in listing.objects] == ["a/c.pdf", "d.pdf", "g.pdf"]
    assert listing.unreadable_names == ("/first.pdf", "a//b.pdf", "e/../f.pdf")


def test_what_is_listed_is_the_same_with_and_without_such_a_name(listed: Listed) -> None:
    listed.keys = ["a.pdf", "b/c.pdf"]
    before = Bucket("s3://uploads").list().objects
    listed.keys = ["a.pdf", "b/c.pdf", "z//z.pdf"]
    after = Bucket("s3://uploads").list()
    assert after.objects == before
    assert after.unreadable_names == ("z//z.pdf",)


def test_keys_count_from_the_folder_that_the_url_names(listed: Listed) -> None:
    listed.keys = ["bids/a.pdf", "bids/b//c.pdf", "other.pdf"]
    listing = Bucket("s3://uploads/bids").list()
    assert [found.key for found in listing.objects] == ["a.pdf"]
    assert listing.unreadable_names == ("b//c.pdf",)
