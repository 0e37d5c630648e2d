"""What every test may ask for."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.storage.database import migrate, sessions

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that is skipped for want of a part on a laptop fails in CI, where every part is to be there."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
    return report


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
