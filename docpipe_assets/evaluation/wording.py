"""What the questions and verdicts are called, and what they mean, for the people who read the figures."""

from __future__ import annotations

from typing import Final

from docpipe_assets.evaluation.scoring import Question, Verdict

QUESTION_LABELS: Final = {
    Question.SHEET_NUMBER: "Sheet number",
    Question.NO_SHEET_NUMBER: "No sheet number there",
    Question.SHEET_TITLE: "Sheet title",
    Question.PAGE_TYPE: "Page type",
    Question.DISCIPLINE: "Discipline",
    Question.SCALE: "Written scale",
    Question.NO_SCALE: "No numeric scale there",
    Question.TRUE_PRINT: "Print at its written scale",
    Question.RESIZED_PRINT: "Reduced or enlarged print",
    Question.UNWRITTEN_SCALE: "Scale only to be measured",
    Question.MEASURED_RATIO: "Measured ratio",
}

QUESTION_MEANINGS: Final = {
    Question.SHEET_NUMBER: "Pages with a number. Blanks, dashes and dots do not matter.",
    Question.NO_SHEET_NUMBER: "Pages without a number. Wrong: one was made up.",
    Question.SHEET_TITLE: "Near: the words of one title are all in the other.",
    Question.PAGE_TYPE: "Near: one kind of plan was taken for another.",
    Question.DISCIPLINE: "Who drew the sheet.",
    Question.SCALE: "Pages whose main view has a numeric scale. Wrong: another one was reported as calibrated. "
    "Asked: a person is to look.",
    Question.NO_SCALE: "Pages not to scale, as noted, or without scale. Wrong: a number was reported as calibrated. "
    "Near: none was, but for another reason.",
    Question.TRUE_PRINT: "Pages found to measure as written. Wrong: calibrated, and more than 3 % off on the "
    "page. Asked: a mismatch was reported, a false alarm.",
    Question.RESIZED_PRINT: "Pages that measure otherwise than written. Right: reported as mismatch. Near: "
    "calibrated by the measure. Wrong: calibrated as written.",
    Question.UNWRITTEN_SCALE: "Pages that can be measured and give no scale. Wrong: calibrated, and more than 3 % off.",
    Question.MEASURED_RATIO: "Pages measured by hand. Right: measured to the same within 3 %.",
}

VERDICT_LABELS: Final = {
    Verdict.RIGHT: "Right",
    Verdict.NEAR: "Near",
    Verdict.WRONG: "Wrong",
    Verdict.ASKED: "Asked",
    Verdict.UNANSWERED: "Unanswered",
}
