"""Connecting to docpipe's database and bringing its tables up to date."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

MIGRATIONS = Path(__file__).with_name("migrations")
_SQLITE_BUSY_S = 60


@cache
def connect(url: str) -> Engine:
    """The process-wide engine for a database URL; SQLite is opened in WAL mode and enforces foreign keys."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _SQLITE_BUSY_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


@cache
def sessions(url: str) -> sessionmaker[Session]:
    """Makes sessions; rows stay readable after a commit, so that they can be handed on as values."""
    return sessionmaker(connect(url), expire_on_commit=False)


def migrate(url: str) -> None:
    """Create or upgrade the tables to the newest revision. Safe to run at every start."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")
