"""Runs the migrations on the database that `database.migrate` names."""

from alembic import context

from docpipe_assets.storage.database import connect
from docpipe_assets.storage.tables import Base

with connect(context.config.attributes["url"]).begin() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
