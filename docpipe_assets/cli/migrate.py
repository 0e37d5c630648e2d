"""`docpipe migrate`."""

from __future__ import annotations


def migrate() -> None:
    """Bring the tables up to date. Safe at any time; `docpipe up` does it too."""
    from docpipe_assets.cli.installation import configured, revisions
    from docpipe_assets.cli.terminal import remarks, results
    from docpipe_assets.storage import database

    url = configured().database_url
    engine = database.connect(url)
    before, newest = revisions(engine)
    with remarks().status("Bringing the tables up to date"):
        database.migrate(url)
    shown = engine.url.render_as_string()
    if before == newest:
        results().print(f"The tables in {shown} were up to date (revision {newest}).", soft_wrap=True)
    else:
        results().print(f"The tables in {shown} are now at revision {newest}.", soft_wrap=True)
