"""The servers as fixtures: started once a session, when a test first asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docpipe_assets.storage import database
from docpipe_tests.servers.postgres import PostgresServer, postgres_server
from docpipe_tests.servers.process import ServerMissingError
from docpipe_tests.servers.redis import redis_server
from docpipe_tests.servers.s3 import S3Server, s3_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running PostgreSQL."""
    try:
        with postgres_server() as running:
            yield running
    except ServerMissingError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of a database with docpipe's tables, to make others from."""
    name = postgres.create_database()
    database.migrate(postgres.url(name))
    database.connect(postgres.url(name)).dispose()  # a template must have no connections
    return name


@pytest.fixture
def empty_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A new database without tables."""
    yield from _database(postgres, "template1")


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A new database with docpipe's tables."""
    yield from _database(postgres, postgres_template)


def _database(postgres: PostgresServer, template: str) -> Iterator[str]:
    name = postgres.create_database(template)
    yield postgres.url(name)
    database.connect(postgres.url(name)).dispose()
    postgres.drop_database(name)


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """A running S3 server."""
    try:
        with s3_server() as running:
            yield running
    except ServerMissingError as error:
        pytest.skip(str(error))


@pytest.fixture
def s3_url(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket, which this process and its children may use."""
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    return s3.create_bucket()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A running Redis."""
    try:
        with redis_server() as url:
            yield url
    except ServerMissingError as error:
        pytest.skip(str(error))
