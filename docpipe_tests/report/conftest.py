"""What the tests of the report may ask for."""

import os
import shutil

import pytest

BROWSERS = (
    "chromium",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium: where there is none the test is skipped, but fails in CI."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    reason = "Chromium is not installed"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
