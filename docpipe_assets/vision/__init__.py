"""Reading pages with a vision model, through any server that speaks OpenAI's chat protocol."""

from docpipe_assets.vision.client import Answered, Usage, VisionModel, VisionOptions
from docpipe_assets.vision.errors import (
    ModelSetupError,
    ModelUnavailableError,
    RejectedAnswerError,
    Rejection,
)
from docpipe_assets.vision.prices import PriceTable, cost_usd
from docpipe_assets.vision.prompts import READ_SCALE, READ_SHEET
from docpipe_assets.vision.reading import ReadSheet, read_scale, read_sheet

__all__ = [
    "READ_SCALE",
    "READ_SHEET",
    "Answered",
    "ModelSetupError",
    "ModelUnavailableError",
    "PriceTable",
    "ReadSheet",
    "RejectedAnswerError",
    "Rejection",
    "Usage",
    "VisionModel",
    "VisionOptions",
    "cost_usd",
    "read_scale",
    "read_sheet",
]
