"""HTTP as the local servers speak it: JSON, connections kept open, many callers at once."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class JsonServer(ThreadingHTTPServer):
    """A thread for every connection; none of them outlives the process."""

    daemon_threads = True
    request_queue_size = 256


class JsonCall(BaseHTTPRequestHandler):
    """One call; the server counts calls and logs none."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def send(self, status: int, body: bytes, *, missing: int = 0, retry_after: str = "") -> None:
        """Send `body`; with `missing`, after a promise of so many bytes more, which never come."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(body) + missing))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or missing > 0

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""
