"""How the sheets of a set compare with the sheet index on its cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docpipe_assets.classification.numbers import number_key
from docpipe_assets.classification.sheet_index import IndexRow
from docpipe_assets.classification.title_choice import same_title


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """How the sheets of a set compare with its sheet index."""

    missing: tuple[IndexRow, ...]
    """Listed in the index, but no page has the number."""
    unlisted: tuple[int, ...]
    """Positions of pages (from 0) whose number the index does not list."""
    retitled: tuple[tuple[int, IndexRow], ...] = ()
    """Positions of pages whose title reads otherwise than the index has it, each with its row there."""


def check_index(
    listed: Sequence[IndexRow], sheets: Sequence[tuple[str | None, str | None]]
) -> IndexCheck | None:
    """What the index lists and the set lacks, and the other way round; None where nothing is `listed`.

    `sheets` are number and title of each page, None where it has none.
    """
    rows = {row.key: row for row in listed}
    if not rows:
        return None
    keys = [number_key(number) if number else None for number, _ in sheets]
    return IndexCheck(
        missing=tuple(row for key, row in rows.items() if key not in keys),
        unlisted=tuple(at for at, key in enumerate(keys) if key is not None and key not in rows),
        retitled=tuple(
            (at, rows[key])
            for at, (key, (_, title)) in enumerate(zip(keys, sheets, strict=True))
            if key in rows and title is not None and not same_title(title, [rows[key].title])
        ),
    )
