"""Names that never change: the same bucket key always gives the same document, pages and partition."""

import hashlib
import uuid
from pathlib import PurePosixPath

from slugify import slugify

_NAMESPACE = uuid.UUID("7c1d4f0e-6b7c-5d0a-9a51-3f0f5c1f7a10")
_PARTITION_KEY_LENGTH = 64
_HASH_LENGTH = 8


def document_id(bucket_key: str) -> uuid.UUID:
    """The document's id: uuid5 of its bucket key."""
    return uuid.uuid5(_NAMESPACE, bucket_key)


def page_id(document: uuid.UUID, page_number: int) -> uuid.UUID:
    """The page's id: uuid5 of the document's id and the page number, counted from 1."""
    return uuid.uuid5(document, str(page_number))


def partition_key(bucket_key: str) -> str:
    """A readable, safe name for the document: slug of the file name and 8 hex digits of the key's hash.

    At most 64 characters of `[a-z0-9-]`; two keys with the same file name differ in the hash.
    """
    digest = hashlib.sha256(bucket_key.encode()).hexdigest()[:_HASH_LENGTH]
    room = _PARTITION_KEY_LENGTH - _HASH_LENGTH - 1
    slug = slugify(PurePosixPath(bucket_key).stem)[:room].strip("-") or "document"
    return f"{slug}-{digest}"
