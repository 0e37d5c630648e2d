"""The databases and buckets that a deployment uses."""

from docpipe_tests.servers.fixtures import (  # noqa: F401
    empty_postgres_url,
    postgres,
    postgres_template,
    postgres_url,
    s3,
    s3_url,
)
