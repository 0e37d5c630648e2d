"""How the closed sets of words, and numbers, are put to the people who read a report."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe_assets.report.rows import SheetRow
from docpipe_assets.vocabulary import MANUAL, Discipline, Engine, PageType, ScaleStatus

_ENGINES = {
    Engine.TEXT_LAYER: "The PDF's own text",
    Engine.RAPIDOCR: "Text recognition (OCR)",
    Engine.GOOGLE_VISION: "Text recognition (Google Vision)",
}


@dataclass(frozen=True, slots=True)
class ScaleWording:
    """What a page's scale status is called, its mark, and what it means for whoever measures."""

    look: str
    """CSS class of the chip; `calibrated` is the only calm one."""
    mark: str
    label: str
    meaning: str


SURE = ScaleWording(
    "calibrated",
    "✓",
    "Calibrated",
    "One scale governs the page, and nothing found on it says otherwise.",
)
UNSURE = ScaleWording(
    "unsure",
    "!",
    "Check scale",
    "A scale was found but is not certain. Check it against a known dimension before you measure.",
)
UNREAD = ScaleWording(
    "unread",
    "×",
    "Not read",
    "The page did not get as far as its scale.",
)
BY_STATUS = {
    MANUAL: ScaleWording(
        MANUAL,
        "✎",
        "Set by hand",
        "A person calibrated this page. That wins over what was found on the sheet.",
    ),
    ScaleStatus.MULTIPLE: ScaleWording(
        ScaleStatus.MULTIPLE,
        "≡",
        "Several scales",
        "Views at different scales share the page and none governs. Use the scale of the view you measure.",
    ),
    ScaleStatus.AS_NOTED: ScaleWording(
        ScaleStatus.AS_NOTED,
        "…",
        "As noted",
        "The sheet refers to the scale of each view and gives none for the page. "
        "Calibrate the view you measure.",
    ),
    ScaleStatus.NOT_TO_SCALE: ScaleWording(
        ScaleStatus.NOT_TO_SCALE,
        "⊘",
        "Not to scale",
        "The sheet says that it is not drawn to scale. Do not measure it.",
    ),
    ScaleStatus.MISMATCH: ScaleWording(
        ScaleStatus.MISMATCH,
        "≠",
        "Mismatch",
        "The drawing measures otherwise than its written scale says, as reduced prints do. "
        "Do not measure with the written scale: calibrate with a known dimension.",
    ),
    ScaleStatus.NOT_FOUND: ScaleWording(
        ScaleStatus.NOT_FOUND,
        "?",
        "No scale found",
        "No scale was found on the page. Calibrate with a known dimension before you measure.",
    ),
    ScaleStatus.NOT_A_DRAWING: ScaleWording(
        ScaleStatus.NOT_A_DRAWING,
        "–",
        "Nothing to scale",
        "The page holds text or tables rather than a drawing.",
    ),
}
LEGEND = (SURE, UNSURE, *BY_STATUS.values(), UNREAD)


def scale_wording(row: SheetRow) -> ScaleWording:
    """The wording of the row's scale; only a scale that may be measured with unseen is called calibrated."""
    if row.scale_status is None:
        return UNREAD
    if row.scale_status == ScaleStatus.CALIBRATED:
        return SURE if row.scale_is_sure else UNSURE
    return BY_STATUS[row.scale_status]


def discipline_label(discipline: Discipline | None) -> str:
    return "" if discipline in (None, Discipline.NONE) else _sentence(discipline)


def page_type_label(page_type: PageType | None) -> str:
    if page_type is None:
        return ""
    return "3D view" if page_type is PageType.VIEW_3D else _sentence(page_type)


def engine_label(engine: Engine | None) -> str:
    return "" if engine is None else _ENGINES[engine]


def ratio_label(ratio: float | None) -> str:
    """`1:48`, or `1:94.5` where N is not whole."""
    return "" if ratio is None else f"1:{round(ratio, 1 if ratio >= 10 else 3):.12g}"


def _sentence(word: str) -> str:
    return word.replace("_", " ").capitalize()
