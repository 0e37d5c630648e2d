"""The closed sets of words that tables, exports, the command line and the UI share."""

from enum import StrEnum
from typing import Final


class DocumentStatus(StrEnum):
    """Where a document stands. `READY` means every stage of every page is done."""

    UPLOADED = "uploaded"
    PROCESSING = "processing"
    READY = "ready"
    ERROR = "error"


class Stage(StrEnum):
    """The assets that a document goes through, in order."""

    PAGES = "pages"
    OCR_RESULTS = "ocr_results"
    CLASSIFICATIONS = "classifications"
    SCALE_CALIBRATIONS = "scale_calibrations"
    PLAN_SET = "plan_set"


class Engine(StrEnum):
    """What read the text of a page."""

    TEXT_LAYER = "text_layer"
    RAPIDOCR = "rapidocr"
    GOOGLE_VISION = "google_vision"


class OcrPages(StrEnum):
    """Which pages the OCR engine reads: those without a text layer to be trusted, or all."""

    AUTO = "auto"
    ALWAYS = "always"


class AskModel(StrEnum):
    """When the vision model is asked."""

    WHEN_UNSURE = "when_unsure"
    ALWAYS = "always"
    NEVER = "never"


class Discipline(StrEnum):
    """Who drew the sheet."""

    ARCHITECTURAL = "architectural"
    STRUCTURAL = "structural"
    CIVIL = "civil"
    LANDSCAPE = "landscape"
    MECHANICAL = "mechanical"
    ELECTRICAL = "electrical"
    PLUMBING = "plumbing"
    FIRE_PROTECTION = "fire_protection"
    TELECOMMUNICATIONS = "telecommunications"
    GENERAL = "general"
    OTHER = "other"
    NONE = "none"


class PageType(StrEnum):
    """What a page shows."""

    TITLE_SHEET = "title_sheet"
    GENERAL_NOTES = "general_notes"
    FLOOR_PLAN = "floor_plan"
    REFLECTED_CEILING_PLAN = "reflected_ceiling_plan"
    ROOF_PLAN = "roof_plan"
    FOUNDATION_PLAN = "foundation_plan"
    FRAMING_PLAN = "framing_plan"
    SITE_PLAN = "site_plan"
    ELEVATION = "elevation"
    SECTION = "section"
    DETAIL = "detail"
    SCHEDULE = "schedule"
    DIAGRAM = "diagram"
    VIEW_3D = "3d_view"
    SPECIFICATION = "specification"
    OTHER = "other"


class ClassificationMethod(StrEnum):
    """How a page was classified."""

    RULES = "rules"
    VISION = "vision"


class ScaleStatus(StrEnum):
    """What is known of a page's scale. Only `CALIBRATED` may be measured with unseen."""

    CALIBRATED = "calibrated"
    MULTIPLE = "multiple"
    AS_NOTED = "as_noted"
    NOT_TO_SCALE = "not_to_scale"
    MISMATCH = "mismatch"
    NOT_FOUND = "not_found"
    NOT_A_DRAWING = "not_a_drawing"


MANUAL: Final = "manual"
"""The scale status of a page that a person calibrated; the pipeline itself never gives it."""


class ErrorCode(StrEnum):
    """Why a document or a page could not be processed."""

    ENCRYPTED = "encrypted"
    NOT_A_DOCUMENT = "not_a_document"
    CORRUPT = "corrupt"
    NO_PAGES = "no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LARGE = "too_large"
    REMOVED = "removed"

    PAGE_TOO_LARGE = "page_too_large"
    RENDER_TIMEOUT = "render_timeout"
    RENDER_CRASHED = "render_crashed"
    PAGE_UNREADABLE = "page_unreadable"
    OCR_TIMEOUT = "ocr_timeout"
    OCR_CRASHED = "ocr_crashed"
    ENGINE_REJECTED = "engine_rejected"

    PAGES_FAILED = "pages_failed"
    TERMINATED = "terminated"
    INCOMPLETE = "incomplete"
    UNEXPECTED = "unexpected"
    RUN_FAILED = "run_failed"
