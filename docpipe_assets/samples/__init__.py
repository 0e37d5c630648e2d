"""Three invented plan sets: an imperial bid set, a metric set and a scanned set.

Every project, firm, person and place in them is made up. `expected.EXPECTED` says what each page holds.
"""

from pathlib import Path


def draw_samples(folder: Path) -> list[Path]:
    """Draw the sample sets into `folder`, which is made when missing; returns the files in upload order.

    The same call gives the same bytes with the same libraries.
    """
    from docpipe_assets.samples import clinic, house, offices
    from docpipe_assets.samples.expected import CLINIC, HOUSE, OFFICES
    from docpipe_assets.samples.scan import save, scan
    from docpipe_assets.samples.sheet import draw_set
    from docpipe_assets.samples.title_blocks import bottom_strip, corner_block, right_strip

    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in (CLINIC, OFFICES, HOUSE)]
    save(draw_set(clinic.PROJECT, clinic.SHEETS, clinic.SIZE, right_strip), paths[0])
    save(draw_set(offices.PROJECT, offices.SHEETS, offices.SIZE, bottom_strip), paths[1])
    scan(draw_set(house.PROJECT, house.SHEETS, house.SIZE, corner_block), house.FEEDS, paths[2])
    return paths
