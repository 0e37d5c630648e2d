"""Google Cloud Vision as an engine: the text of a page image, read by the service.

Limits of `images:annotate`: 75 megapixels an image, 10 MB a request as it goes over the wire, 16 images a request.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docpipe_assets.errors import DocumentError
from docpipe_assets.ocr.google_calls import with_retries
from docpipe_assets.ocr.google_text import MalformedAnswerError, read_lines
from docpipe_assets.ocr.google_tiles import Tile, cut, merge
from docpipe_assets.page_text import PageText, TextBlock
from docpipe_assets.vocabulary import ErrorCode

if TYPE_CHECKING:
    from google.auth.credentials import Credentials
    from google.cloud.vision_v1 import ImageAnnotatorClient
    from google.cloud.vision_v1.types import AnnotateImageResponse

_IMAGES_A_REQUEST = 16
# What a request says about an image beside its bytes: features and language hints.
_BESIDE_THE_IMAGE = 1024
_SCOPE = "https://www.googleapis.com/auth/cloud-vision"
_CONNECTIONS = 64
_MOST_RECONNECT_MS = 5000


class Transport(StrEnum):
    """How calls reach the service."""

    GRPC = "grpc"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class GoogleVisionOptions:
    """Where the service is and how it is asked.

    `endpoint` is `host`, `host:port` or a URL; one that starts with `http://`, or names this machine without a
    scheme, is a local server: called in plain text and without credentials. `credentials_file` is the key of a
    service account; without it Google's default chain counts. `language_hints` are BCP-47 tags, and
    `max_request_bytes` are bytes on the wire, where REST carries images as base64.
    """

    endpoint: str = "vision.googleapis.com"
    transport: Transport = Transport.GRPC
    credentials_file: Path | None = None
    language_hints: tuple[str, ...] = ()
    timeout_s: float = 60.0
    attempts: int = 6
    max_image_megapixels: float = 75.0
    max_request_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class BilledCall:
    """One request that was answered: how many images it is billed for, and the seconds it took."""

    images: int
    latency_s: float


@dataclass(frozen=True, slots=True)
class CloudReading:
    """The text of a page in pixels of its image, and the calls that it took."""

    text: PageText
    calls: tuple[BilledCall, ...]

    @property
    def images(self) -> int:
        return sum(call.images for call in self.calls)


class GoogleVision:
    """The engine. One for a process: threads share its connections.

    Raises `DocumentError` (`engine_rejected`) when there are no credentials to call the service with.
    """

    def __init__(self, options: GoogleVisionOptions) -> None:
        self._options = options
        self._client = _connect(options)

    def read_image(
        self, image_path: Path, dpi: float, billed: Callable[[BilledCall], None] = lambda _call: None
    ) -> CloudReading:
        """The text on the page image at `image_path`, drawn or scanned at `dpi`.

        `billed` is told of every call as soon as it is answered, whatever becomes of the page.

        Raises `PageError` if the image cannot be read (`page_unreadable`), brought within the limits
        (`page_too_large`), or is refused (`engine_rejected`), and `TransientError` if the service does not
        answer, or not so that it can be read.
        """
        options = self._options
        most_bytes = _bytes_within(options.max_request_bytes - 2 * _BESIDE_THE_IMAGE, options.transport)
        page = cut(image_path, dpi, options.max_image_megapixels * 1e6, most_bytes)
        calls: list[BilledCall] = []

        def note(call: BilledCall) -> None:
            calls.append(call)
            billed(call)

        readings: list[list[TextBlock]] = []
        for batch in self._batches(page.tiles):
            readings += self._read(batch, image_path.name, note)
        lines = merge([tile.box for tile in page.tiles], readings)
        text = PageText(tuple(lines), page.width, page.height, dpi)
        return CloudReading(text, tuple(calls))

    def _batches(self, tiles: Sequence[Tile]) -> Iterator[list[Tile]]:
        batch: list[Tile] = []
        size = _BESIDE_THE_IMAGE
        for tile in tiles:
            more = _BESIDE_THE_IMAGE + _bytes_on_the_wire(len(tile.content), self._options.transport)
            if batch and (len(batch) == _IMAGES_A_REQUEST or size + more > self._options.max_request_bytes):
                yield batch
                batch, size = [], _BESIDE_THE_IMAGE
            batch.append(tile)
            size += more
        yield batch

    def _read(
        self, batch: Sequence[Tile], image_name: str, note: Callable[[BilledCall], None]
    ) -> list[list[TextBlock]]:
        """The lines on each tile of a batch. Only tiles without an answer are asked for again."""
        from google.api_core.exceptions import from_grpc_status

        lines: dict[int, list[TextBlock]] = {}

        def ask() -> None:
            numbers = [number for number in range(len(batch)) if number not in lines]
            began = time.monotonic()
            answers = self._annotate([batch[number].content for number in numbers])
            latency_s = time.monotonic() - began
            if len(answers) != len(numbers):
                raise MalformedAnswerError(f"{len(answers)} answers for {len(numbers)} images")
            failed = [answer.error for answer in answers if answer.error.code]
            for number, answer in zip(numbers, answers, strict=True):
                if not answer.error.code:
                    box = batch[number].box
                    lines[number] = read_lines(answer.full_text_annotation, box.x, box.y)
            if len(failed) < len(answers):
                note(BilledCall(len(answers) - len(failed), latency_s))
            if failed:
                raise from_grpc_status(failed[0].code, failed[0].message)

        with_retries(ask, self._options.attempts, image_name)
        return [lines[number] for number in range(len(batch))]

    def _annotate(self, images: Sequence[bytes]) -> Sequence[AnnotateImageResponse]:
        """One call. Google's own retries are off: an answer that was lost is asked for in one place only."""
        from google.api_core.exceptions import ServiceUnavailable
        from google.cloud import vision_v1 as vision

        requests = [
            vision.AnnotateImageRequest(
                image=vision.Image(content=content),
                features=[vision.Feature(type_=vision.Feature.Type.DOCUMENT_TEXT_DETECTION)],
                image_context=vision.ImageContext(language_hints=list(self._options.language_hints)),
            )
            for content in images
        ]
        try:
            answer = self._client.batch_annotate_images(
                requests=requests, retry=None, timeout=self._options.timeout_s
            )
        except AttributeError as error:
            # Google's client takes the JSON of every failure for its own; gateways in between write others.
            raise ServiceUnavailable("a failure that is not the service's own") from error
        responses: Sequence[AnnotateImageResponse] = answer.responses
        return responses


def _bytes_on_the_wire(size: int, transport: Transport) -> int:
    return -(-size // 3) * 4 if transport is Transport.REST else size


def _bytes_within(size: int, transport: Transport) -> int:
    return size // 4 * 3 if transport is Transport.REST else size


def _connect(options: GoogleVisionOptions) -> ImageAnnotatorClient:
    from google.cloud.vision_v1 import ImageAnnotatorClient

    address = options.endpoint if "//" in options.endpoint else f"//{options.endpoint}"
    parts = urlsplit(address)
    local = parts.scheme == "http" or (not parts.scheme and _is_this_machine(parts.hostname or ""))
    connect = _over_rest if options.transport is Transport.REST else _over_grpc
    return ImageAnnotatorClient(transport=connect(parts.netloc, local, options.credentials_file))


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _over_grpc(host: str, local: bool, credentials_file: Path | None) -> Any:
    import grpc
    from google.cloud.vision_v1.services.image_annotator.transports import ImageAnnotatorGrpcTransport

    settings = [
        ("grpc.enable_retries", 0),
        ("grpc.max_reconnect_backoff_ms", _MOST_RECONNECT_MS),
        ("grpc.max_send_message_length", -1),
        ("grpc.max_receive_message_length", -1),
    ]
    if local:
        channel = grpc.insecure_channel(host, [*settings, ("grpc.enable_http_proxy", 0)])
    else:
        channel = ImageAnnotatorGrpcTransport.create_channel(
            host if ":" in host else f"{host}:443",
            credentials=_credentials(credentials_file),
            options=settings,
        )
    return ImageAnnotatorGrpcTransport(channel=channel)


def _over_rest(host: str, local: bool, credentials_file: Path | None) -> Any:
    from google.auth.credentials import AnonymousCredentials
    from google.cloud.vision_v1.services.image_annotator.transports import ImageAnnotatorRestTransport
    from requests.adapters import HTTPAdapter

    transport = ImageAnnotatorRestTransport(
        host=host,
        credentials=AnonymousCredentials() if local else _credentials(credentials_file),
        url_scheme="http" if local else "https",
    )
    transport._session.mount(  # as many connections as there are threads
        "http://" if local else "https://", HTTPAdapter(pool_maxsize=_CONNECTIONS)
    )
    return transport


def _credentials(file: Path | None) -> Credentials:
    import google.auth
    from google.auth.exceptions import GoogleAuthError
    from google.oauth2 import service_account

    try:
        if file:
            return service_account.Credentials.from_service_account_file(str(file), scopes=[_SCOPE])
        return google.auth.default(scopes=[_SCOPE])[0]
    except (GoogleAuthError, OSError, ValueError) as error:
        raise DocumentError(
            ErrorCode.ENGINE_REJECTED,
            "Google Vision cannot be called without credentials: name the key file of a service account, or "
            "set up Google's application default credentials, then run the stage again.",
        ) from error
