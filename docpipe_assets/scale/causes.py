"""Why a drawing may measure otherwise than it says, in plain words."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from docpipe_assets.measuring import MeasuredScale, Unit
from docpipe_assets.page_text import PageText
from docpipe_assets.scale.customary import ENGINEERING_FEET, IMPERIAL_RATIOS, METRIC_RATIOS
from docpipe_assets.scale.paper import full_size
from docpipe_assets.scale.values import ScaleCalibration

_SAME: Final = 0.015
_ROUND_FACTORS: Final = (0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1.5, 2.0, 4.0)
_PLAIN_SIZES: Final = (0.1, 4.0)
"""Prints are made this much smaller or larger; beyond, the note is wrong."""


def cause_of(
    calibration: ScaleCalibration, measured: MeasuredScale, text: PageText, *, assumed_paper: bool
) -> str:
    """What may have happened to a page that says `calibration.ratio` and measures `measured.ratio`."""
    written = float(calibration.ratio or 1)
    factor = written / measured.ratio
    numbers = f"The drawing measures 1:{_short(measured.ratio)}, not 1:{_short(written)} as written"
    if assumed_paper:
        return f"{numbers}: the scan does not state its resolution, and the one assumed is not the real one."
    others = {float(c.ratio) for c in calibration.candidates if c.ratio and c.ratio != calibration.ratio}
    if any(abs(measured.ratio / other - 1) <= _SAME for other in others):
        return f"{numbers}: another note on the page gives the scale that it measures."
    sheet = full_size(factor, text.width_px / text.dpi, text.height_px / text.dpi) if factor < 1 else None
    if sheet:
        return f"{numbers}: the print is at {factor:.0%} of its full size, as a sheet of {sheet} is on this paper."
    customary = _customary(measured.ratio, measured.unit)
    round_factor = any(abs(factor / known - 1) <= _SAME for known in _ROUND_FACTORS)
    if customary and not round_factor:
        return f"{numbers}: the note is wrong, and the drawing is at {customary}."
    if not _PLAIN_SIZES[0] <= factor <= _PLAIN_SIZES[1]:
        return f"{numbers}: the note is wrong, or belongs to another drawing."
    kind = "reduced" if factor < 1 else "enlarged"
    print_of = f"the print is at {factor:.0%} of its full size ({kind})"
    return f"{numbers}: {print_of}" + (
        f", or the note is wrong and the drawing is at {customary}." if customary else "."
    )


def _customary(ratio: float, unit: Unit) -> str | None:
    """The customary scale of a ratio as offices write it; None where it is none."""
    imperial = unit in (Unit.INCH, Unit.FOOT)
    series = IMPERIAL_RATIOS if imperial else METRIC_RATIOS
    nearest = min(series, key=lambda known: abs(ratio / float(known) - 1))
    if abs(ratio / float(nearest) - 1) > _SAME:
        return None
    if not imperial:
        return f"1:{nearest}"
    if nearest / 12 in ENGINEERING_FEET and nearest > 192:
        return f"1\" = {nearest / 12}'"
    inches = Fraction(12) / nearest
    whole, part = divmod(inches, 1)
    written = " ".join(str(n) for n in (whole, part) if n)
    return f'{written}" = 1\'-0"'


def _short(ratio: float) -> str:
    return f"{ratio:.4g}" if ratio < 1000 else f"{ratio:.0f}"
