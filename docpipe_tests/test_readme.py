"""The README's settings table is complete and true."""

import re

from docpipe_assets.settings import Settings
from docpipe_tests.conftest import CHECKOUT

ROWS = dict(
    re.findall(r"^\| `DOCPIPE_(\w+)` \| (.+?) \|", (CHECKOUT / "README.md").read_text("utf-8"), re.MULTILINE)
)


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    assert list(ROWS) == [name.upper() for name in Settings.model_fields]


def test_the_defaults_in_the_table_are_those_of_the_settings() -> None:
    for name, field in Settings.model_fields.items():
        if name != "home" and str(field.default) not in ("", "None"):
            assert ROWS[name.upper()] == f"`{field.default}`"
