"""Who a page is: sheet number, sheet title, discipline and page type, from its text and where it stands."""

from docpipe_assets.classification.classify import classify_set
from docpipe_assets.classification.evidence import PageEvidence, gather_evidence
from docpipe_assets.classification.findings import Alternative, Classification, Finding
from docpipe_assets.classification.index_check import IndexCheck, check_index
from docpipe_assets.classification.sheet_index import IndexRow

__all__ = [
    "Alternative",
    "Classification",
    "Finding",
    "IndexCheck",
    "IndexRow",
    "PageEvidence",
    "check_index",
    "classify_set",
    "gather_evidence",
]
