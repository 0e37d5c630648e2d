"""A page's written scale held against what the drawing measures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from docpipe_assets.measuring import Evidence, Measured, MeasuredScale, Measurement, Unit
from docpipe_assets.page_text import Box, PageText
from docpipe_assets.scale.calibration import INCHES_PER_FOOT
from docpipe_assets.scale.causes import cause_of
from docpipe_assets.scale.customary import IMPERIAL_RATIOS, METRIC_RATIOS
from docpipe_assets.scale.governing import distance_to_title
from docpipe_assets.scale.lettering import capitals_in, is_print_at
from docpipe_assets.scale.lines import quarter_turn
from docpipe_assets.scale.paper import full_size
from docpipe_assets.scale.unmeasured import unmeasured
from docpipe_assets.scale.values import Method, Outcome, Review, ScaleCalibration, Verification, View
from docpipe_assets.vocabulary import PageType, ScaleStatus

_TYPICAL_PLAN: Final = 75.0
_TYPICAL: Final = {PageType.SITE_PLAN: 400.0, PageType.DETAIL: 10.0}
"""What sheets of a type are about drawn at, to tell millimetres from centimetres where no scale is written."""
_METRIC_UNITS: Final = frozenset({Unit.MILLIMETRE, Unit.CENTIMETRE, Unit.METRE})

AGREES: Final = 0.025
"""Measured and written ratio are one if they differ by less than this."""
_SNAPS: Final = 0.012
"""A measured ratio this near a customary scale is that scale."""
_FEW: Final = 1.8
"""Support from which a few dimensions can confirm a written scale, though not prove another ..."""
_BEYOND_CHANCE: Final = 0.25
"""... if it is this much more than chance gives."""
_HALF: Final = 0.005
_REDUCED: Final = 0.95
_FEW_STAND_OUT: Final = 1.3
_FEW_ALONE: Final = 1.6
"""How often the support that chance gives a few dimensions have, to tell a reduced print's size ..."""
_EXACT_FIT: Final = 0.006
"""... and how near that comes to a customary sheet on this paper."""
_SAID_REDUCED: Final = frozenset({Review.REDUCED_PRINT, Review.OTHER_PAPER})
_OWN_SHARE: Final = 0.5
_OWN_COUNT: Final = 3
"""A measured scale is a view's own if this part of its evidence, or so much of it, stands there."""
_AS_GOOD: Final = 0.5
"""The written scale holds if what agrees with it is at least this part of the best that does not."""
_CONFIRMED: Final = 0.99
_SUPPORTED: Final = 0.95
_REVIEW_TRUST: Final = 0.7
_CLEARED: Final = frozenset(
    {
        Review.DOUBTFUL_NOTE,
        Review.DOUBTFUL_READING,
        Review.OTHER_PAPER,
        Review.REDUCED_PRINT,
        Review.UNUSUAL_FOR_TYPE,
        Review.LOOSE_NOTE_ONLY,
        Review.NO_DRAWING_EXPECTED,
        Review.PAPER_SIZE_ASSUMED,
    }
)
"""Reasons to look that a measurement answers: each doubts whether the written scale holds on this page."""


def verify(
    calibration: ScaleCalibration,
    measurement: Measurement,
    text: PageText,
    page_type: PageType,
    lettering_in: float | None = None,
) -> ScaleCalibration:
    """The calibration with what the drawing measures: confirmed, contradicted (`mismatch`), or proposed.

    A written scale that a measurement confirms loses the doubts that it answers. One that the drawing
    contradicts has no pixels per foot. Where nothing is written, a measured scale is proposed and the status stays.
    On a page of `multiple` scales each view is held against its own dimensions. `lettering_in` is the height of
    the page's capitals in inches where it is known better than from the boxes of `text`.
    """
    if calibration.status is ScaleStatus.NOT_A_DRAWING:
        return calibration
    readings = _in_likely_units(calibration, measurement, page_type)
    measurement = replace(measurement, scales=readings)
    own = _by_view(calibration.views, readings, text)
    views = tuple(_measured_view(view, own[place]) for place, view in enumerate(calibration.views))
    calibration = replace(calibration, views=views)
    if calibration.ratio is not None:
        spoken = _of_main_views(calibration, readings, own)
        capitals = capitals_in(text) if lettering_in is None else lettering_in
        return _with_written(calibration, calibration.ratio, measurement, spoken, text, capitals)
    if calibration.status is ScaleStatus.MULTIPLE:
        return _with_views(calibration, measurement, text)
    return _proposed(calibration, measurement)


def _in_likely_units(
    calibration: ScaleCalibration, measurement: Measurement, page_type: PageType
) -> tuple[MeasuredScale, ...]:
    """The measured scales with bare numbers in the unit that fits what is written, or else what is usual, best."""
    written = [ratio for ratio in (calibration.ratio, *(view.ratio for view in calibration.views)) if ratio]
    written += [candidate.ratio for candidate in calibration.candidates if candidate.ratio]
    expected = [float(ratio) for ratio in written] or [_TYPICAL.get(page_type, _TYPICAL_PLAN)]
    metric = any(ratio in METRIC_RATIOS for ratio in written)
    imperial = any(ratio in IMPERIAL_RATIOS for ratio in written)
    settled = []
    for scale in measurement.scales:
        choices = [scale, *(scale.as_unit(unit) for unit, _ in scale.others)]
        agreeing = [c for c in choices if any(_agree(c.ratio, ratio) for ratio in expected)]
        if not agreeing and metric != imperial:
            choices = [c for c in choices if (c.unit in _METRIC_UNITS) is metric] or choices
        settled.append(min(agreeing or choices, key=lambda c: _apart(c.ratio, expected)))
    return tuple(settled)


def _apart(ratio: float, expected: Sequence[float]) -> float:
    return min(abs(math.log(ratio / other)) for other in expected)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A measured scale with how much of its evidence belongs to what is asked about."""

    scale: MeasuredScale
    evidence: int

    @property
    def share(self) -> float:
        return self.evidence / len(self.scale.evidence)

    @property
    def owned(self) -> bool:
        return self.share >= _OWN_SHARE or self.evidence >= _OWN_COUNT

    @property
    def weight(self) -> float:
        return self.scale.support * self.share


def _by_view(
    views: Sequence[View], scales: Sequence[MeasuredScale], text: PageText
) -> Mapping[int, list[_Spoken]]:
    """For each view, the measured scales with how much of each stands there."""
    turns = [_turn(view, text) for view in views]
    own: dict[int, list[_Spoken]] = {place: [] for place in range(len(views))}
    for scale in scales:
        counts = dict.fromkeys(own, 0)
        for measured in scale.evidence if views else ():
            box = _place(measured)
            counts[min(own, key=lambda place: distance_to_title(box, views[place].box, turns[place]))] += 1
        for place, count in counts.items():
            if count:
                own[place].append(_Spoken(scale, count))
    return own


def _place(measured: Measured) -> Box:
    return measured.text_box.union(measured.line_box)


def _turn(view: View, text: PageText) -> int:
    """The reading direction of a view's title."""
    over = [block for block in text.blocks if block.box.overlap(view.box) > 0]
    angle = max(over, key=lambda block: block.box.overlap(view.box)).angle if over else 0.0
    return quarter_turn(angle)


def _of_main_views(
    calibration: ScaleCalibration, scales: Sequence[MeasuredScale], own: Mapping[int, list[_Spoken]]
) -> list[_Spoken]:
    """The measured scales as far as they speak for the views that the calibration rests on.

    Where all views have one scale, everything on the sheet does.
    """
    if len({view.ratio for view in calibration.views if view.ratio}) <= 1:
        return [_Spoken(scale, len(scale.evidence)) for scale in scales]
    main = [place for place, view in enumerate(calibration.views) if view.ratio == calibration.ratio]
    spoken = []
    for scale in scales:
        count = sum(s.evidence for place in main for s in own[place] if s.scale is scale)
        if count:
            spoken.append(_Spoken(scale, count))
    return spoken


def _measured_view(view: View, spoken: Sequence[_Spoken]) -> View:
    """The view with what its own dimensions measure, if they are its own beyond doubt."""
    best = _best(spoken)
    if best is None and view.ratio is not None:
        best = _few(spoken, float(view.ratio))
    return replace(view, measured_ratio=best.scale.ratio) if best else view


def _best(spoken: Sequence[_Spoken]) -> _Spoken | None:
    reliable = [s for s in spoken if s.scale.reliable and s.owned]
    return max(reliable, key=lambda s: s.weight, default=None)


def _few(spoken: Sequence[_Spoken], written: float) -> _Spoken | None:
    """What agrees with the written scale on a few dimensions only, if nothing else has more."""
    near = [s for s in spoken if s.owned and _agree(s.scale.ratio, written) and _is_enough(s.scale)]
    best = max(near, key=lambda s: s.weight, default=None)
    most = max((s.weight for s in spoken if not _agree(s.scale.ratio, written)), default=0.0)
    return best if best and best.weight >= _AS_GOOD * most else None


def _is_enough(scale: MeasuredScale) -> bool:
    ruled = any(measured.kind is not Evidence.DIMENSION for measured in scale.evidence)
    return ruled or (scale.support >= _FEW and scale.support >= scale.chance + _BEYOND_CHANCE)


def _agree(measured: float, written: float) -> bool:
    return abs(measured / written - 1) <= AGREES


def _with_written(
    calibration: ScaleCalibration,
    written: Fraction,
    measurement: Measurement,
    spoken: Sequence[_Spoken],
    text: PageText,
    capitals: float | None,
) -> ScaleCalibration:
    agreeing = [s for s in spoken if s.scale.reliable and s.owned and _agree(s.scale.ratio, float(written))]
    against = _best([s for s in spoken if not _agree(s.scale.ratio, float(written))])
    holds = max(agreeing, key=lambda s: s.weight, default=None)
    if holds and (against is None or holds.weight >= _AS_GOOD * against.weight):
        return _confirmed(calibration, written, measurement, holds.scale, text, Outcome.CONFIRMED, _CONFIRMED)
    if against:
        return _contradicted(calibration, written, measurement, against.scale, text)
    few = _few(spoken, float(written))
    if few:
        return _confirmed(calibration, written, measurement, few.scale, text, Outcome.SUPPORTED, _SUPPORTED)
    reduced = _few_reduced(calibration, spoken, float(written), text, capitals)
    if reduced:
        return _contradicted(calibration, written, measurement, reduced.scale, text, trust=_SUPPORTED)
    return unmeasured(calibration, measurement, capitals)


def _few_reduced(
    calibration: ScaleCalibration,
    spoken: Sequence[_Spoken],
    written: float,
    text: PageText,
    capitals: float | None,
) -> _Spoken | None:
    """A few dimensions that say how much a print is reduced, where something else says that it is reduced, too.

    That is a note on it, lettering as small as the dimensions make it, a customary sheet that gives this paper when
    it is reduced like that, or that they are just half as long as the written scale makes them: half-size prints are
    the commonest. Nothing else may have as much support.
    """
    ranked = sorted((s for s in spoken if s.owned), key=lambda s: -s.weight)
    best = next((s for s in ranked if _is_enough(s.scale)), None)
    if best is None or best is not ranked[0]:
        return None
    scale, factor = best.scale, written / best.scale.ratio
    if abs(factor / 0.5 - 1) <= _HALF:
        return best
    if factor >= _REDUCED or scale.support < _FEW_STAND_OUT * scale.chance:
        return None
    if _SAID_REDUCED & set(calibration.review) or is_print_at(factor, capitals):
        return best
    fits = full_size(factor, text.width_px / text.dpi, text.height_px / text.dpi, _EXACT_FIT) is not None
    return best if fits and scale.support >= _FEW_ALONE * scale.chance else None


def _confirmed(
    calibration: ScaleCalibration,
    written: Fraction,
    measurement: Measurement,
    scale: MeasuredScale,
    text: PageText,
    outcome: Outcome,
    trust: float,
) -> ScaleCalibration:
    review = tuple(reason for reason in calibration.review if reason not in _CLEARED)
    return replace(
        calibration,
        status=ScaleStatus.CALIBRATED,
        pixels_per_foot=float(Fraction(text.dpi) * INCHES_PER_FOOT / written),
        confidence=max(trust * _REVIEW_TRUST ** len(review), calibration.confidence),
        review=review,
        measured_ratio=scale.ratio,
        verification=Verification(outcome, measurement),
    )


def _contradicted(
    calibration: ScaleCalibration,
    written: Fraction,
    measurement: Measurement,
    scale: MeasuredScale,
    text: PageText,
    trust: float = _CONFIRMED,
) -> ScaleCalibration:
    factor = float(written) / scale.ratio
    assumed = Review.PAPER_SIZE_ASSUMED in calibration.review
    cause = cause_of(calibration, scale, text, assumed_paper=assumed)
    return replace(
        calibration,
        status=ScaleStatus.MISMATCH,
        pixels_per_foot=None,
        confidence=trust,
        review=_added(calibration.review, Review.MEASURES_OTHERWISE),
        measured_ratio=scale.ratio,
        verification=Verification(Outcome.CONTRADICTED, measurement, factor, cause),
    )


def _with_views(calibration: ScaleCalibration, measurement: Measurement, text: PageText) -> ScaleCalibration:
    """A page of several scales: each view that could be measured, against its own."""
    known = [v for v in calibration.views if v.ratio is not None and v.measured_ratio is not None]
    wrong = [
        v for v in known if v.ratio and v.measured_ratio and not _agree(v.measured_ratio, float(v.ratio))
    ]
    if wrong and len(wrong) == len(known):
        view = wrong[0]
        scale = next(s for s in measurement.scales if s.ratio == view.measured_ratio)
        written = view.ratio or Fraction(1)
        cause = cause_of(replace(calibration, ratio=written), scale, text, assumed_paper=False)
        return replace(
            calibration,
            status=ScaleStatus.MISMATCH,
            confidence=_CONFIRMED,
            review=_added(calibration.review, Review.MEASURES_OTHERWISE),
            verification=Verification(Outcome.CONTRADICTED, measurement, float(written) / scale.ratio, cause),
        )
    review = _added(calibration.review, Review.VIEW_MEASURES_OTHERWISE) if wrong else calibration.review
    outcome = Outcome.VIEWS_MEASURED if known else Outcome.UNMEASURED
    return replace(calibration, review=review, verification=Verification(outcome, measurement))


def _proposed(calibration: ScaleCalibration, measurement: Measurement) -> ScaleCalibration:
    """A page without a written number: the scale that it measures, for a person to accept."""
    best = measurement.best
    if best is None:
        return replace(calibration, verification=Verification(Outcome.UNMEASURED, measurement))
    ratio = customary_near(best.ratio, best.unit)
    found = replace(
        calibration,
        review=_added(calibration.review, Review.SCALE_PROPOSED),
        measured_ratio=best.ratio,
        verification=Verification(Outcome.PROPOSED, measurement, proposed_ratio=ratio),
    )
    if calibration.status is not ScaleStatus.NOT_FOUND:
        return found
    return replace(found, ratio=ratio, method=Method.MEASURED)


def customary_near(ratio: float, unit: Unit) -> Fraction:
    """The customary scale that a measured ratio stands for; else the ratio itself, to three digits."""
    for series in (
        (METRIC_RATIOS, IMPERIAL_RATIOS) if unit in _METRIC_UNITS else (IMPERIAL_RATIOS, METRIC_RATIOS)
    ):
        nearest = min(series, key=lambda known: abs(ratio / float(known) - 1))
        if abs(ratio / float(nearest) - 1) <= _SNAPS:
            return nearest
    return Fraction(f"{ratio:.3g}")


def _added(review: tuple[Review, ...], *reasons: Review) -> tuple[Review, ...]:
    return tuple(dict.fromkeys((*review, *reasons)))
