"""Runs the migrations on the database that `database.migrate` names, one process at a time."""

from alembic import context
from sqlalchemy import Connection, text

from docpipe_assets.storage.database import connect
from docpipe_assets.storage.tables import Base

_LOCK = 0x646F6370697065
"""The advisory lock's number: `docpipe` in ASCII."""


def _wait_for_the_others(connection: Connection) -> None:
    """Take the right to change the tables until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    elif connection.dialect.name == "sqlite":
        # Python's driver would begin a transaction only at the first change of a row.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


with connect(context.config.attributes["url"]).begin() as connection:
    _wait_for_the_others(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
