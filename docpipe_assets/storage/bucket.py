"""A bucket of objects: a folder (`file://`) or anything obstore speaks to (`s3://`).

An `s3://` bucket takes its endpoint, region and credentials from the `AWS_*` variables that every AWS client
reads, and from the rest of the AWS default chain where no keys are set.
"""

from __future__ import annotations

import contextlib
import hashlib
import mimetypes
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

from docpipe_assets.errors import DocpipeError, TransientError
from docpipe_assets.storage.s3_listing import list_by_boto3

if TYPE_CHECKING:
    from obstore.auth.boto3 import Boto3CredentialProvider
    from obstore.store import ClientConfig, RetryConfig

CHUNK_BYTES = 8 * 1024 * 1024
_HEAD_BYTES = _TAIL_BYTES = 1024
_STAGED = re.compile(r"#\d+$")
"""obstore writes a folder's object as `name#1` first and renames it when it is whole."""

# A request may carry a whole download, so what ends it early is silence.
_CLIENT: ClientConfig = {"timeout": "30m", "read_timeout": "30s", "connect_timeout": "5s"}
_RETRIES: RetryConfig = {"max_retries": 5, "retry_timeout": timedelta(minutes=1)}
_CREDENTIALS_TTL = timedelta(minutes=5)
"""The chain renews credentials ten minutes before they end; they must be asked for more often than that."""
_STATUS = re.compile(r"status code: (\d{3})")
_WORTH_A_RETRY = {408, 409, 429}


class ObjectMissingError(DocpipeError):
    """The bucket has no object under that key."""


class BucketRefusedError(DocpipeError):
    """The bucket does not serve us, now or on a retry: wrong keys, no permission, no bucket of that name."""


class UnreadableNameError(BucketRefusedError):
    """A name in the bucket is none that obstore reads."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What a listing says of one object."""

    key: str
    etag: str
    size: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """All objects of a bucket, and the names in it that cannot be keys."""

    objects: tuple[StoredObject, ...]
    unreadable_names: tuple[str, ...] = ()


class Bucket:
    """Reads and writes whole objects; large ones are streamed in chunks of 8 MiB.

    Lost connections and server errors surface as `TransientError`, refusals as `BucketRefusedError`.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        self._folder = Path(unquote(parts.path)) if parts.scheme == "file" else None
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self._store = _open_store(url)

    @property
    def is_folder(self) -> bool:
        return self._folder is not None

    def list(self) -> Listing:
        """Every object under the bucket's URL; hidden files and files that obstore still writes are left out."""
        if self._folder is not None:
            return _list_folder(self._folder)
        import obstore

        unreadable: list[str] = []
        try:
            with _typed_errors(self.url):
                objects = [
                    StoredObject(meta["path"], meta["e_tag"] or "", meta["size"], meta["last_modified"])
                    for batch in obstore.list(self._store)
                    for meta in batch
                ]
        except UnreadableNameError:
            found, unreadable = list_by_boto3(self.url)
            objects = [
                StoredObject(meta["Key"], meta["ETag"], meta["Size"], meta["LastModified"]) for meta in found
            ]
        shown = [found for found in objects if found.key and not _hidden(found.key)]
        return Listing(tuple(_without_markers(shown)), tuple(unreadable))

    def head(self, key: str) -> bytes:
        """The first 1024 bytes of an object, or all of a shorter one."""
        import obstore

        with _typed_errors(self.url, key):
            if obstore.head(self._store, key)["size"] == 0:
                return b""
            return bytes(obstore.get_range(self._store, key, start=0, length=_HEAD_BYTES))

    def ends_like_a_pdf(self, key: str) -> bool:
        """Whether a PDF's end mark stands in the last 1024 bytes, as it does once the file is whole."""
        import obstore

        with _typed_errors(self.url, key):
            size = obstore.head(self._store, key)["size"]
            if size == 0:
                return False
            start = max(size - _TAIL_BYTES, 0)
            return b"%%EOF" in bytes(obstore.get_range(self._store, key, start=start, end=size))

    def read(self, key: str) -> bytes:
        """A whole small object."""
        import obstore

        with _typed_errors(self.url, key):
            return bytes(obstore.get(self._store, key).bytes())

    def write(self, key: str, content: bytes | Path) -> None:
        """Store an object whole or not at all."""
        import obstore

        with _typed_errors(self.url, key):
            if self._folder is not None:
                obstore.put(self._store, key, content)
            else:
                media_type = mimetypes.guess_type(key)[0] or "application/octet-stream"
                obstore.put(self._store, key, content, attributes={"Content-Type": media_type})

    def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those that are gone already do not matter."""
        import obstore

        if self._folder is None:
            with _typed_errors(self.url):
                obstore.delete(self._store, list(keys))
            return
        for key in keys:
            with contextlib.suppress(ObjectMissingError), _typed_errors(self.url, key):
                obstore.delete(self._store, key)

    def download(self, key: str, target: IO[bytes]) -> str:
        """Stream an object into an open file and return the sha256 of its bytes."""
        import obstore

        digest = hashlib.sha256()
        with _typed_errors(self.url, key):
            for chunk in obstore.get(self._store, key).stream(min_chunk_size=CHUNK_BYTES):
                block = bytes(chunk)
                digest.update(block)
                target.write(block)
        target.flush()
        return digest.hexdigest()

    @contextlib.contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """A readable file with the object's bytes: the object itself in a folder, else a scratch copy."""
        if self._folder is not None:
            path = self._folder / key
            if not path.is_file():
                raise ObjectMissingError(f"{key} is not in {self.url}")
            yield path
            return
        with tempfile.NamedTemporaryFile(suffix=Path(key).suffix) as scratch:
            self.download(key, scratch)
            yield Path(scratch.name)

    def link(self, key: str) -> str:
        """The object's URL: of the file in a folder, or in the bucket."""
        if self._folder is not None:
            return (self._folder / key).as_uri()
        return f"{self.url.rstrip('/')}/{key}"

    def place(self, key: str) -> str:
        """Where a person finds the object: its path in a folder, or its URL in the bucket."""
        if self._folder is not None:
            return str(self._folder / key)
        return self.link(key)


@cache
def open_bucket(url: str) -> Bucket:
    """The process-wide bucket for a URL."""
    return Bucket(url)


def _open_store(url: str) -> Any:
    from obstore import exceptions
    from obstore.store import LocalStore, S3Store, from_url

    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(unquote(parts.path))
    if parts.scheme != "s3":
        return from_url(cast("Any", url))
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL", "")
    try:
        return S3Store.from_url(
            url,
            client_options={**_CLIENT, "allow_http": endpoint.startswith("http://")},
            retry_config=_RETRIES,
            credential_provider=_default_chain(url),
        )
    except exceptions.BaseError as error:
        raise BucketRefusedError(
            f"{url} cannot be opened. Check it and the AWS_* variables. {error}"
        ) from error


def _default_chain(url: str) -> Boto3CredentialProvider | None:
    """The AWS default chain: profiles, single sign-on, roles. obstore itself reads keys in the environment."""
    if os.environ.get("AWS_ACCESS_KEY_ID") or os.environ.get("AWS_SKIP_SIGNATURE"):
        return None
    from obstore.auth.boto3 import Boto3CredentialProvider

    try:
        return Boto3CredentialProvider(ttl=_CREDENTIALS_TTL)
    except ValueError as error:
        raise BucketRefusedError(
            f"There are no credentials for {url}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
        ) from error


def _without_markers(objects: Sequence[StoredObject]) -> Iterator[StoredObject]:
    """Without the empty objects that stand for folders; obstore drops the slash at the end of their names."""
    folders = {str(parent) for found in objects for parent in PurePosixPath(found.key).parents}
    return (found for found in objects if found.size or found.key not in folders)


def _hidden(key: str) -> bool:
    return any(part.startswith(".") for part in key.split("/"))


def _list_folder(folder: Path) -> Listing:
    # obstore's own listing of a folder fails whole on one name with a control character or broken UTF-8.
    objects, unreadable = [], []
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or _STAGED.search(name):
                continue
            path = Path(parent, name)
            key = path.relative_to(folder).as_posix()
            if not _is_key(key):
                unreadable.append(key.encode("utf-8", "backslashreplace").decode())
                continue
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue  # moved away since the folder was read, or a link to nothing
            etag = f"{stat.st_ino:x}-{stat.st_mtime_ns // 1000:x}-{stat.st_size:x}"
            objects.append(
                StoredObject(
                    key, etag, stat.st_size, datetime.fromtimestamp(max(stat.st_mtime, stat.st_ctime), UTC)
                )
            )
    return Listing(tuple(objects), tuple(unreadable))


def _refuse(error: OSError) -> None:
    raise TransientError(f"the folder {error.filename} cannot be listed: {error.strerror}") from error


def _is_key(key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return not any(ord(c) < 0x20 or ord(c) == 0x7F for c in key)


@contextlib.contextmanager
def _typed_errors(url: str, key: str = "") -> Iterator[None]:
    from obstore import exceptions

    subject = f"{key} in {url}" if key else url
    try:
        yield
    except (exceptions.BaseError, FileNotFoundError) as error:
        answer = str(error).partition("\n\nDebug source")[0].strip()
        found = _STATUS.search(answer)
        status = int(found[1]) if found else None
        if "NoSuchBucket" in answer or (status == 404 and not key):
            raise BucketRefusedError(f"There is no bucket {url}. Make it, or correct its URL.") from error
        if isinstance(error, exceptions.NotFoundError | FileNotFoundError):
            raise ObjectMissingError(f"{key} is not in {url}") from error
        if status in (401, 403) or isinstance(
            error, exceptions.PermissionDeniedError | exceptions.UnauthenticatedError
        ):
            raise BucketRefusedError(
                f"{subject} is not open to us. Check the credentials and what they are allowed to do. {answer}"
            ) from error
        if isinstance(error, exceptions.InvalidPathError):
            raise UnreadableNameError(f"{url} has a name that cannot be read. Rename it: {answer}") from error
        client_error = status is not None and 300 <= status < 500 and status not in _WORTH_A_RETRY
        if client_error or "redirect" in answer or not isinstance(error, exceptions.GenericError):
            raise BucketRefusedError(f"{subject} is refused: {answer}") from error
        raise TransientError(f"{url} did not answer for {key or 'a listing'}: {answer}") from error
