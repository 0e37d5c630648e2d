"""The scale of one stored page: what is written on it, held against what it measures."""

from __future__ import annotations

from pathlib import Path

from docpipe_assets.linework import Linework
from docpipe_assets.measuring import Measurement, is_measurable, measure
from docpipe_assets.page_text import PageText
from docpipe_assets.pdf.linework import read_linework
from docpipe_assets.raster.linework import find_linework
from docpipe_assets.raster.skew import skew_of
from docpipe_assets.raster.upright import Turn
from docpipe_assets.scale import ScaleCalibration, calibrate, verify
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
    if not is_measurable(text):
        return verify(written, measure(text, Linework.blank(text.width_px, text.height_px)), text, page_type)
    vector = read_linework(upload, page_number, text.dpi, text.width_px, text.height_px)
    measurement = measure(text, vector.linework)
    # Plans over a picture, such as a coloured one, are drawn on it: only where their strokes say nothing is it a scan.
    if vector.scan and measurement.best is None:
        with open_bucket(artifacts_url).local_copy(image_key) as image:
            measurement = _measure_scan(image, text)
    return verify(written, measurement, text, page_type)


def _measure_scan(image: Path, text: PageText) -> Measurement:
    """A scan is measured upright, and what was measured is given where it stands on the page image."""
    linework = find_linework(image, text)
    turn = Turn(-skew_of(linework), text.width_px, text.height_px)
    if not turn.degrees:
        return measure(text, linework)
    return measure(turn.text(text), turn.linework(linework)).moved(turn.back.box)
