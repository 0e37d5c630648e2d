"""One partition per document."""

import dagster as dg

from docpipe_assets.storage.tables import Document

documents = dg.DynamicPartitionsDefinition(name="documents")


def run_keys(document: Document) -> tuple[str, str]:
    """The keys by which Dagster starts one run of an upload at most: partition key and etag.

    Dagster remembers a run key for ever. The second one is for an object that was taken away unread and put
    back unchanged: a new upload with the etag of the old one.
    """
    key = f"{document.partition_key}:{document.etag}"
    return key, f"{key}:{document.uploaded_at:%Y%m%dT%H%M%S}"
