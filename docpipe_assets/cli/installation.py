"""What every command works on: the settings, and the tables as they are now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docpipe_assets.errors import DocpipeError

if TYPE_CHECKING:
    from sqlalchemy import URL
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
    from docpipe_assets.storage.database import sessions

    url = settings.database_url
    if missing := missing_file(url):
        raise TablesError(
            f"There is no database at {missing} yet: `docpipe up` makes it, and so does `docpipe migrate`."
        )
    current, newest = revisions(url)
    if current != newest:
        raise TablesError(
            f"The tables in {shown(url)} are not those of this version of docpipe: run `docpipe migrate`."
        )
    return sessions(url)


def missing_file(url: str) -> Path | None:
    """The file of an SQLite database that is not there yet. Raises `TablesError` for what is no database URL."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    path = Path(parsed.database)
    return None if path.exists() else path


def shown(url: str) -> str:
    """A database as a person names it: its file, or its URL without the password. Raises `TablesError`."""
    parsed = _parsed(url)
    return parsed.database or url if parsed.get_backend_name() == "sqlite" else parsed.render_as_string()


def revisions(url: str) -> tuple[str | None, str | None]:
    """The tables' revision as it is and as this version needs it. Raises `TablesError`."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy.exc import SQLAlchemyError

    from docpipe_assets.storage.database import MIGRATIONS, connect

    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    name = shown(url)
    try:
        with connect(url).connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), newest
    except (SQLAlchemyError, ImportError, OSError) as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise TablesError(
            f"The database {name} does not answer: {cause}. Check DOCPIPE_DATABASE_URL and that the database runs."
        ) from error


def _parsed(url: str) -> URL:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url)
    except ArgumentError as error:
        raise TablesError(
            "DOCPIPE_DATABASE_URL is no database URL, such as sqlite:////srv/docpipe.db."
        ) from error


def _decapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
