"""Google Cloud Vision on this machine: `images:annotate` over REST and gRPC, with the faults that it may have.

`python -m docpipe_tests.servers.google_vision --port 8085` serves REST on that port and gRPC on the next one, and
reads images with the local engine. `GET /stats` tells what was asked.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import cv2
import grpc
import numpy as np
import typer
from google.cloud.vision_v1 import types as vision
from google.protobuf import any_pb2, duration_pb2, json_format
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status  # type: ignore[import-untyped]

from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_tests.servers.faults import CallStats, FaultyServer
from docpipe_tests.servers.json_http import JsonCall, JsonServer

Answer = Callable[[bytes], vision.TextAnnotation]
"""What is written on an image, given as PNG or JPEG."""

MOST_IMAGES = 16
MOST_BYTES = 10_000_000
MOST_PIXELS = 75_000_000
_METHOD = "/google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages"
_THREADS = 64
_NO_MESSAGE = b"\xff\xff not a message"
_BREAK = vision.TextAnnotation.DetectedBreak.BreakType


class Fault(StrEnum):
    """What may go wrong with a call instead of an answer."""

    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    BAD_GATEWAY = "bad_gateway"
    INTERNAL = "internal"
    DROPPED = "dropped"
    MALFORMED = "malformed"
    IMAGE_ERROR = "image_error"
    DENIED = "denied"
    INVALID = "invalid"


_STATUS = {
    Fault.THROTTLED: (429, code_pb2.RESOURCE_EXHAUSTED),
    Fault.UNAVAILABLE: (503, code_pb2.UNAVAILABLE),
    Fault.BAD_GATEWAY: (502, code_pb2.UNAVAILABLE),
    Fault.INTERNAL: (500, code_pb2.INTERNAL),
    Fault.DENIED: (403, code_pb2.PERMISSION_DENIED),
    Fault.INVALID: (400, code_pb2.INVALID_ARGUMENT),
}


@dataclass
class Stats(CallStats):
    """What was asked and answered so far; `images` and `requests` are those answered without a fault."""

    requests: int = 0
    images: int = 0


class Faulty(Exception):
    """A call that is not answered, and why."""

    def __init__(self, fault: Fault, message: str = "") -> None:
        super().__init__(message or f"the server was told to be {fault}")
        self.fault = fault


class GoogleVisionServer(FaultyServer[Fault, Stats]):
    """Both protocols on 127.0.0.1, until `close`. `rates` are shares of calls that fail, drawn from `seed`.

    A drop over REST closes the socket. Over gRPC calls share one connection, so a drop is the status that
    clients report for a lost one.
    """

    def __init__(
        self,
        answer: Answer,
        *,
        port: int = 0,
        grpc_port: int = 0,
        latency_s: float = 0.0,
        retry_after_s: int = 0,
        rates: Mapping[Fault, float] | None = None,
        seed: int = 0,
        image_error: tuple[int, str] = (code_pb2.INVALID_ARGUMENT, "Bad image data."),
    ) -> None:
        super().__init__(Stats(), rates, seed)
        self.answer = answer
        self.latency_s = latency_s
        self.retry_after_s = retry_after_s
        self.image_error = image_error
        self.batches: list[list[vision.AnnotateImageRequest]] = []
        self._rest = _RestServer(("127.0.0.1", port), self)
        threading.Thread(target=self._rest.serve_forever, args=(0.05,), daemon=True).start()
        self._grpc = grpc.server(
            ThreadPoolExecutor(_THREADS),
            options=[("grpc.max_receive_message_length", 2 * MOST_BYTES), ("grpc.so_reuseport", 0)],
        )
        self._grpc.add_generic_rpc_handlers([_GrpcCalls(self)])
        self.grpc_endpoint = f"http://127.0.0.1:{self._grpc.add_insecure_port(f'127.0.0.1:{grpc_port}')}"
        self.rest_endpoint = f"http://127.0.0.1:{self._rest.server_port}"
        self._grpc.start()

    def close(self) -> None:
        self._rest.shutdown()
        self._rest.server_close()
        self._grpc.stop(None).wait()

    def annotate(
        self, request: vision.BatchAnnotateImagesRequest, size: int
    ) -> vision.BatchAnnotateImagesResponse:
        """The answer to a request of `size` bytes; raises `Faulty` where there is to be none."""
        self.batches.append(list(request.requests))
        with self.counted() as fault:
            time.sleep(self.latency_s)
            if fault and fault is not Fault.IMAGE_ERROR:
                raise Faulty(fault)
            images = list(request.requests)
            if not 0 < len(images) <= MOST_IMAGES or size > MOST_BYTES:
                raise Faulty(Fault.INVALID, f"{len(images)} images in {size} bytes are not within the limits")
            answers = [self._annotate_one(image.image.content) for image in images]
            if fault:
                code, message = self.image_error
                answers[-1] = vision.AnnotateImageResponse(
                    error=status_pb2.Status(code=code, message=message)
                )
            with self._lock:
                self.stats.requests += 1
                self.stats.images += sum(not answer.error.code for answer in answers)
            return vision.BatchAnnotateImagesResponse(responses=answers)

    def _annotate_one(self, content: bytes) -> vision.AnnotateImageResponse:
        if not 0 < _pixels(content) <= MOST_PIXELS:
            status = status_pb2.Status(code=code_pb2.INVALID_ARGUMENT, message="Bad image data.")
            return vision.AnnotateImageResponse(error=status)
        return vision.AnnotateImageResponse(full_text_annotation=self.answer(content))


class _RestServer(JsonServer):
    def __init__(self, address: tuple[str, int], vision_server: GoogleVisionServer) -> None:
        super().__init__(address, _RestCall)
        self.vision_server = vision_server


class _RestCall(JsonCall):
    server: _RestServer

    def do_GET(self) -> None:
        self.send(200, json.dumps(asdict(self.server.vision_server.stats)).encode())

    def do_POST(self) -> None:
        body = self.body()
        if self.path.partition("?")[0] != "/v1/images:annotate":
            self.send(404, b"{}")
            return
        request = vision.BatchAnnotateImagesRequest()
        json_format.Parse(body, vision.BatchAnnotateImagesRequest.pb(request))
        try:
            answer = self.server.vision_server.annotate(request, len(body))
        except Faulty as error:
            self._fail(error)
        else:
            message = vision.BatchAnnotateImagesResponse.pb(answer)
            self.send(200, json_format.MessageToJson(message).encode())

    def _fail(self, error: Faulty) -> None:
        if error.fault is Fault.DROPPED:
            self.close_connection = True
        elif error.fault is Fault.MALFORMED:
            self.send(200, b'{"responses": [{"fullTextAnnotation": {"pages": [')
        elif error.fault is Fault.BAD_GATEWAY:
            self.send(502, b'{"error": "bad gateway"}')
        else:
            http_status, code = _STATUS[error.fault]
            status = {"code": http_status, "message": str(error), "status": code_pb2.Code.Name(code)}
            asked = self.server.vision_server.retry_after_s if error.fault is Fault.THROTTLED else 0
            body = json.dumps({"error": status}).encode()
            self.send(http_status, body, retry_after=str(asked) if asked else "")


class _GrpcCalls(grpc.GenericRpcHandler):  # type: ignore[misc]
    def __init__(self, vision_server: GoogleVisionServer) -> None:
        self._server = vision_server

    def service(self, call: Any) -> Any:
        return grpc.unary_unary_rpc_method_handler(self._annotate) if call.method == _METHOD else None

    def _annotate(self, content: bytes, context: Any) -> bytes:
        request = vision.BatchAnnotateImagesRequest.deserialize(content)
        try:
            answer = self._server.annotate(request, len(content))
        except Faulty as error:
            if error.fault is Fault.MALFORMED:
                return _NO_MESSAGE
            if error.fault is Fault.DROPPED:
                context.abort(grpc.StatusCode.UNAVAILABLE, "Socket closed")
            context.abort_with_status(rpc_status.to_status(self._status(error)))
        return bytes(vision.BatchAnnotateImagesResponse.serialize(answer))

    def _status(self, error: Faulty) -> status_pb2.Status:
        status = status_pb2.Status(code=_STATUS[error.fault][1], message=str(error))
        if self._server.retry_after_s and error.fault is Fault.THROTTLED:
            detail = any_pb2.Any()
            delay = duration_pb2.Duration(seconds=self._server.retry_after_s)
            detail.Pack(error_details_pb2.RetryInfo(retry_delay=delay))
            status.details.append(detail)
        return status


def _pixels(content: bytes) -> int:
    """How many pixels an image has; 0 if it is none."""
    if content.startswith(b"\x89PNG") and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width * height)
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_ANYCOLOR) if content else None
    return 0 if image is None else image.shape[0] * image.shape[1]


def annotation(lines: Iterable[TextBlock]) -> vision.TextAnnotation:
    """`lines` as Vision tells them: every line a paragraph, words cut at punctuation, breaks at symbols.

    Each line has its words; letters are taken to be equally wide.
    """
    blocks = [
        vision.Block(paragraphs=[vision.Paragraph(words=list(_words(line)))], block_type="TEXT")
        for line in lines
    ]
    return vision.TextAnnotation(pages=[vision.Page(blocks=blocks)]) if blocks else vision.TextAnnotation()


def _words(line: TextBlock) -> Iterator[vision.Word]:
    for number, word in enumerate(line.words, 1):
        last = _BREAK.LINE_BREAK if number == len(line.words) else _BREAK.SPACE
        start = 0
        for text in re.findall(r"\w+|\W", word.text):
            end = start + len(text)
            yield _word(word, text, start, end, last if end == len(word.text) else _BREAK.UNKNOWN, line.angle)
            start = end


def _word(word: Word, text: str, start: int, end: int, last: int, angle: float) -> vision.Word:
    """Letters `start` to `end` of a word as one of Vision's."""
    symbols = [vision.Symbol(text=letter, confidence=word.confidence) for letter in text]
    symbols[-1].property = vision.TextAnnotation.TextProperty(
        detected_break=vision.TextAnnotation.DetectedBreak(type_=last)
    )
    return vision.Word(
        symbols=symbols,
        confidence=word.confidence,
        bounding_box=_polygon(word.box, start / len(word.text), end / len(word.text), round(angle / 90) % 4),
    )


def _polygon(box: Box, start: float, end: float, quarters: int) -> vision.BoundingPoly:
    """A piece of a box along its reading direction, from where the first letter has its top."""
    low, high = (start, end) if quarters < 2 else (1 - end, 1 - start)
    if quarters % 2:
        box = Box(box.x, box.y + low * box.height, box.width, (high - low) * box.height)
    else:
        box = Box(box.x + low * box.width, box.y, (high - low) * box.width, box.height)
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    turned = corners[quarters:] + corners[:quarters]
    return vision.BoundingPoly(vertices=[vision.Vertex(x=round(x), y=round(y)) for x, y in turned])


class LocalReader:
    """Reads images with the local engine, one at a time, and each once."""

    def __init__(self, dpi: float) -> None:
        self._dpi = dpi
        self._known: dict[bytes, vision.TextAnnotation] = {}
        self._lock = threading.Lock()

    def __call__(self, content: bytes) -> vision.TextAnnotation:
        from docpipe_assets.ocr.rapid import read_image

        key = hashlib.sha256(content).digest()
        with self._lock:
            if key not in self._known:
                with tempfile.TemporaryDirectory() as folder:
                    image = Path(folder) / "image"
                    image.write_bytes(content)
                    self._known[key] = annotation(read_image(image, self._dpi, scan=True).blocks)
            return self._known[key]


def main(
    port: int = 8085,
    grpc_port: int = 0,
    latency_s: float = 0.0,
    throttled: float = 0.0,
    dropped: float = 0.0,
    retry_after_s: int = 0,
    seed: int = 0,
    dpi: float = 200.0,
) -> None:
    """Serve Google Vision's protocol on 127.0.0.1; gRPC is on the port after `port` unless told."""
    server = GoogleVisionServer(
        LocalReader(dpi),
        port=port,
        grpc_port=grpc_port or port + 1,
        latency_s=latency_s,
        retry_after_s=retry_after_s,
        rates={Fault.THROTTLED: throttled, Fault.DROPPED: dropped},
        seed=seed,
    )
    typer.echo(f"REST {server.rest_endpoint}, gRPC {server.grpc_endpoint}; stop with Ctrl+C")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.close()


if __name__ == "__main__":
    typer.run(main)
