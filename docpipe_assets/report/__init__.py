"""What people open when a plan set is done: the sheet index as files, and one HTML report a document.

Values in, files out; importing it loads no drawing, table or template library.
"""

from docpipe_assets.report.crops import contact_sheet, cut_evidence
from docpipe_assets.report.html import ReportDocument, ReportPage, write_report
from docpipe_assets.report.rows import (
    Confidences,
    Evidence,
    ListedSheet,
    ManualCalibration,
    MeasuredLength,
    SheetList,
    SheetMeasurement,
    SheetRow,
    SheetView,
    export_record,
)
from docpipe_assets.report.sheet_index import write_csv, write_json, write_jsonl, write_xlsx
from docpipe_assets.vocabulary import MANUAL

__all__ = [
    "MANUAL",
    "Confidences",
    "Evidence",
    "ListedSheet",
    "ManualCalibration",
    "MeasuredLength",
    "ReportDocument",
    "ReportPage",
    "SheetList",
    "SheetMeasurement",
    "SheetRow",
    "SheetView",
    "contact_sheet",
    "cut_evidence",
    "export_record",
    "write_csv",
    "write_json",
    "write_jsonl",
    "write_report",
    "write_xlsx",
]
