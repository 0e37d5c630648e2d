"""`docpipe migrate`."""

from __future__ import annotations


def migrate() -> None:
    """Bring the tables up to date. Safe at any time; `docpipe up` does it too."""
    from docpipe_assets.cli.installation import configured, missing_file, revisions, shown
    from docpipe_assets.cli.terminal import remarks, results
    from docpipe_assets.storage import database

    url = configured().database_url
    before, newest = (None, None) if missing_file(url) else revisions(url)
    with remarks().status("Bringing the tables up to date"):
        database.migrate(url)
    after, _ = revisions(url)
    words = "were up to date" if before == newest and before else "are up to date now"
    results().print(f"The tables in {shown(url)} {words} (revision {after}).", soft_wrap=True)
