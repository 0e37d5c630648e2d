"""The migrations make the tables that the models describe, from empty and again."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from docpipe_assets.storage.database import connect, migrate
from docpipe_assets.storage.tables import Base


def test_models_and_migrations_agree(database_url: str) -> None:
    with connect(database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(database_url: str) -> None:
    before = inspect(connect(database_url)).get_table_names()
    migrate(database_url)
    assert inspect(connect(database_url)).get_table_names() == before


def test_sqlite_is_opened_in_wal_mode_with_foreign_keys(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new folder' / 'docpipe.db'}"
    migrate(url)
    with connect(url).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
