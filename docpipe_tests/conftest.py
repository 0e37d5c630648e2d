"""What every test may ask for."""

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def plans() -> Path:
    """The folder of real plan sheets beside the checkout."""
    folder = CHECKOUT.parent / "shared" / "plans"
    if not folder.is_dir():
        pytest.skip(f"the real plan sheets are not at {folder}")
    return folder
