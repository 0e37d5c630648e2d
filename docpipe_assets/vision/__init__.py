"""Reading pages with a vision model, through any server that speaks OpenAI's chat protocol."""

from docpipe_assets.vision.client import Answered, Usage, VisionModel, VisionOptions
from docpipe_assets.vision.errors import (
    ModelSetupError,
    ModelUnavailableError,
    RejectedAnswerError,
    Rejection,
)
from docpipe_assets.vision.prices import PriceTable, cost_usd
from docpipe_assets.vision.prompts import CLASSIFY_SHEET, READ_SCALE
from docpipe_assets.vision.reading import classify_sheet, read_scale

__all__ = [
    "CLASSIFY_SHEET",
    "READ_SCALE",
    "Answered",
    "ModelSetupError",
    "ModelUnavailableError",
    "PriceTable",
    "RejectedAnswerError",
    "Rejection",
    "Usage",
    "VisionModel",
    "VisionOptions",
    "classify_sheet",
    "cost_usd",
    "read_scale",
]
