"""What every command works on: the settings, and the tables as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docpipe_assets.errors import DocpipeError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session, sessionmaker

    from docpipe_assets.settings import Settings


class SettingsError(DocpipeError):
    """A setting has a value that it cannot have."""


class TablesError(DocpipeError):
    """The database cannot be reached, or its tables are not as this version needs them."""


def configured() -> Settings:
    """The settings of this process. Raises `SettingsError` naming every setting that is wrong."""
    from pydantic import ValidationError

    from docpipe_assets.settings import settings

    try:
        return settings()
    except ValidationError as error:
        wrong = (
            f"DOCPIPE_{'_'.join(map(str, e['loc'])).upper()} is {e['input']!r}, but {_decapitalised(e['msg'])}."
            for e in error.errors()
        )
        raise SettingsError(" ".join(wrong)) from error


def open_tables(settings: Settings) -> sessionmaker[Session]:
    """Makes sessions on tables that are up to date. Raises `TablesError` when they are not."""
    from sqlalchemy import make_url

    from docpipe_assets.storage.database import connect, sessions

    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and not _exists(url.database):
        raise TablesError(
            f"There is no database at {url.database} yet: `docpipe up` makes it, and so does `docpipe migrate`."
        )
    current, newest = revisions(connect(settings.database_url))
    if current != newest:
        raise TablesError(
            f"The tables in {url.render_as_string()} are not those of this version of docpipe: "
            "run `docpipe migrate`."
        )
    return sessions(settings.database_url)


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """The tables' revision as it is and as this version needs it. Raises `TablesError`."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy.exc import SQLAlchemyError

    from docpipe_assets.storage.database import MIGRATIONS

    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), newest
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise TablesError(
            f"The database {engine.url.render_as_string()} does not answer: {cause}. "
            "Check DOCPIPE_DATABASE_URL and that the database runs."
        ) from error


def _exists(path: str) -> bool:
    from pathlib import Path

    return path == ":memory:" or Path(path).exists()


def _decapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
