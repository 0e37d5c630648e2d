"""The scale of one stored page: what is written on it, held against what it measures."""

from __future__ import annotations

from pathlib import Path

from docpipe_assets.linework import Linework
from docpipe_assets.measuring import Measurement, is_measurable, measure
from docpipe_assets.page_text import PageText
from docpipe_assets.pdf.linework import read_linework
from docpipe_assets.raster.lettering_height import lettering_height_in
from docpipe_assets.raster.linework import find_linework
from docpipe_assets.raster.skew import skew_of
from docpipe_assets.raster.upright import Turn
from docpipe_assets.scale import Outcome, ScaleCalibration, calibrate, verify
from docpipe_assets.storage.bucket import open_bucket
from docpipe_assets.vocabulary import PageType, ScaleStatus


def calibrate_page(
    upload: Path,
    page_number: int,
    artifacts_url: str,
    image_key: str,
    text: PageText,
    page_type: PageType,
    paper_assumed: bool,
) -> ScaleCalibration:
    """The scale of page `page_number` (from 1) of `upload`, whose page image is `image_key` and text `text`.

    Raises `DocumentError` if the upload does not open, and `PageError` if the page or its image cannot be read.
    """
    written = calibrate(text, page_type, paper_assumed)
    if written.status is ScaleStatus.NOT_A_DRAWING:
        return written
    measurement = _measured(upload, page_number, artifacts_url, image_key, text)
    checked = verify(written, measurement, text, page_type)
    if not _rests_on_lettering(checked) or not _was_read_off_image(text):
        return checked
    with open_bucket(artifacts_url).local_copy(image_key) as image:
        return verify(written, measurement, text, page_type, lettering_height_in(image, text))


def _rests_on_lettering(checked: ScaleCalibration) -> bool:
    """Whether nothing but the size of the lettering can tell a reduced print."""
    unmeasured = checked.verification is not None and checked.verification.outcome is Outcome.UNMEASURED
    return unmeasured and checked.ratio is not None


def _was_read_off_image(text: PageText) -> bool:
    """Whether lines have the loose boxes of an engine that read them off the image."""
    return any(block.confidence < 1 for block in text.blocks)


def _measured(
    upload: Path, page_number: int, artifacts_url: str, image_key: str, text: PageText
) -> Measurement:
    if not is_measurable(text):
        return measure(text, Linework.blank(text.width_px, text.height_px))
    vector = read_linework(upload, page_number, text.dpi, text.width_px, text.height_px)
    measurement = measure(text, vector.linework)
    # Plans over a picture, such as a coloured one, are drawn on it: only where their strokes say nothing is it a scan.
    if vector.scan and measurement.best is None:
        with open_bucket(artifacts_url).local_copy(image_key) as image:
            return _measure_scan(image, text)
    return measurement


def _measure_scan(image: Path, text: PageText) -> Measurement:
    """A scan is measured upright, and what was measured is given where it stands on the page image."""
    linework = find_linework(image, text)
    turn = Turn(-skew_of(linework), text.width_px, text.height_px)
    if not turn.degrees:
        return measure(text, linework)
    return measure(turn.text(text), turn.linework(linework)).moved(turn.back.box)
