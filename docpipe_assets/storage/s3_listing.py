"""Listing an S3 bucket of which one object has a name that obstore cannot read.

Such a name has an empty part, or one of dots: `a//b.pdf`, `/plans.pdf`. S3 takes it, and obstore refuses the whole
listing for it, so that a single careless upload would hide all others.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

from docpipe_assets.errors import TransientError


def list_by_boto3(url: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The objects below `url` as S3 describes them, with `Key` counted from `url`; and the names to be mended.

    Raises `TransientError` where the server does not answer.
    """
    import boto3  # type: ignore[import-untyped]
    from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

    parts = urlsplit(url)
    folder = parts.path.strip("/")
    prefix = f"{folder}/" if folder else ""
    objects: list[dict[str, Any]] = []
    unreadable: list[str] = []
    try:
        client = boto3.client("s3", region_name=os.environ.get("AWS_REGION"))
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=parts.netloc, Prefix=prefix):
            for found in page.get("Contents", ()):
                name = found["Key"].removeprefix(prefix)
                if {"", ".", ".."}.isdisjoint(name.rstrip("/").split("/")):
                    objects.append({**found, "Key": name.rstrip("/")})
                elif name:
                    unreadable.append(name)
    except (BotoCoreError, ClientError) as error:
        raise TransientError(f"{url} did not answer for a listing: {error}") from error
    return objects, unreadable
