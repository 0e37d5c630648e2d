"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.storage.database import migrate, sessions

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def plans() -> Path:
    """The folder of real plan sheets beside the checkout."""
    folder = CHECKOUT.parent / "shared" / "plans"
    if not folder.is_dir():
        pytest.skip(f"the real plan sheets are not at {folder}")
    return folder


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A fresh SQLite database with docpipe's tables."""
    url = f"sqlite:///{tmp_path / 'docpipe.db'}"
    migrate(url)
    return url


@pytest.fixture
def make_session(database_url: str) -> sessionmaker[Session]:
    return sessions(database_url)


@pytest.fixture
def session(make_session: sessionmaker[Session]) -> Iterator[Session]:
    with make_session() as session:
        yield session
