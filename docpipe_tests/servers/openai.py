"""A vision model on this machine: `/v1/chat/completions` with structured answers, and the faults that it may have.

`python -m docpipe_tests.servers.openai --port 8087` reads the sheets that it is shown with docpipe's own offline
parts. `GET /stats` tells what was asked.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import typer
from pydantic import BaseModel, Field, ValidationError

from docpipe_assets.page_text import Box, PageText
from docpipe_tests.servers.faults import CallStats, FaultyServer
from docpipe_tests.servers.json_http import JsonCall, JsonServer

_PATH = "/v1/chat/completions"
_TOKENS_AN_IMAGE = 1000
_LETTERS_A_TOKEN = 4


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class ImageUrl(BaseModel):
    url: str = Field(pattern=r"^data:image/png;base64,")
    detail: str = "auto"


class ImagePart(BaseModel):
    type: Literal["image_url"]
    image_url: ImageUrl


class Message(BaseModel):
    role: Literal["system", "user"]
    content: list[TextPart | ImagePart]


class Schema(BaseModel):
    name: str
    strict: Literal[True]
    schema_: dict[str, Any] = Field(alias="schema")


class ResponseFormat(BaseModel):
    type: Literal["json_schema"]
    json_schema: Schema


class ChatRequest(BaseModel):
    """The part of a request that this server understands; one without a schema or images is refused."""

    model: str
    messages: list[Message]
    response_format: ResponseFormat
    max_completion_tokens: int = Field(gt=0)

    @property
    def schema_name(self) -> str:
        return self.response_format.json_schema.name

    @property
    def words(self) -> list[str]:
        parts = (part for message in self.messages for part in message.content)
        return [part.text for part in parts if isinstance(part, TextPart)]

    @property
    def images(self) -> list[bytes]:
        parts = (part for message in self.messages for part in message.content)
        return [b64decode(p.image_url.url.partition(",")[2]) for p in parts if isinstance(p, ImagePart)]


Answer = Callable[[ChatRequest], Mapping[str, Any]]
"""What the model says, as the request's schema has it."""


def floor_plan(number: str, *scales: str) -> dict[str, Any]:
    """The answer to who a sheet is: a floor plan of that number, with these scales on it and no places."""
    return {
        "sheet_number": {"value": number, "confidence": 0.9, "place": None},
        "sheet_title": {"value": "FIRST FLOOR PLAN", "confidence": 0.9, "place": None},
        "discipline": {"value": "architectural", "confidence": 0.9, "place": None},
        "page_type": {"value": "floor_plan", "confidence": 0.9, "place": None},
        **scale_notes(*scales),
    }


def scale_notes(*scales: str) -> dict[str, Any]:
    """The answer to which numeric scales are written on a sheet, without their places."""
    notes = ({"text": text, "kind": "numeric", "confidence": 0.9, "place": None} for text in scales)
    return {"scales": list(notes)}


class Fault(StrEnum):
    """What may go wrong with a call instead of an answer."""

    THROTTLED = "throttled"
    NO_QUOTA = "no_quota"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"
    SLOW = "slow"
    DROPPED = "dropped"
    CUT_OFF = "cut_off"
    DENIED = "denied"
    FORBIDDEN = "forbidden"
    NO_SUCH_MODEL = "no_such_model"
    INVALID = "invalid"
    FILTERED_REQUEST = "filtered_request"
    MALFORMED = "malformed"
    OTHER_SHAPE = "other_shape"
    EMPTY = "empty"
    NO_JSON = "no_json"
    NO_CHOICES = "no_choices"
    NO_USAGE = "no_usage"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    FILTERED_ANSWER = "filtered_answer"


_STATUS = {
    Fault.THROTTLED: (429, "rate_limit_exceeded"),
    Fault.NO_QUOTA: (429, "insufficient_quota"),
    Fault.INTERNAL: (500, None),
    Fault.UNAVAILABLE: (503, None),
    Fault.DENIED: (401, "invalid_api_key"),
    Fault.FORBIDDEN: (403, None),
    Fault.NO_SUCH_MODEL: (404, "model_not_found"),
    Fault.INVALID: (400, None),
    Fault.FILTERED_REQUEST: (400, "content_filter"),
}


@dataclass
class Stats(CallStats):
    """What was asked so far; `answered` are the calls with a whole answer, which the client is billed for."""

    answered: int = 0


class OpenAIServer(FaultyServer[Fault, Stats]):
    """The protocol on 127.0.0.1, until `close`. `rates` are shares of calls that fail, drawn from `seed`.

    `latency_s` is what every call takes, and `slow_s` what a slow one takes.
    """

    def __init__(
        self,
        answer: Answer,
        *,
        port: int = 0,
        latency_s: float = 0.0,
        slow_s: float = 5.0,
        retry_after: str = "",
        rates: Mapping[Fault, float] | None = None,
        seed: int = 0,
    ) -> None:
        super().__init__(Stats(), rates, seed)
        self.answer = answer
        self.latency_s = latency_s
        self.slow_s = slow_s
        self.retry_after = retry_after
        self.requests: list[ChatRequest] = []
        self.keys: list[str | None] = []
        self.closing = threading.Event()
        self._http = _HttpServer(("127.0.0.1", port), self)
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        self.base_url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def completion(self, request: ChatRequest, fault: Fault | None) -> dict[str, Any]:
        """The answer to `request`, whole or spoilt."""
        content: str | None = json.dumps(self.answer(request))
        refusal, finish = None, "stop"
        match fault:
            case Fault.MALFORMED:
                content = '{"sheet_number": {"value": '
            case Fault.OTHER_SHAPE:
                content = '{"weather": "fine"}'
            case Fault.EMPTY:
                content = ""
            case Fault.REFUSED:
                content, refusal = None, "I'm sorry, I can't help with that."
            case Fault.TRUNCATED:
                content, finish = (content or "")[:5], "length"
            case Fault.FILTERED_ANSWER:
                content, finish = None, "content_filter"
        message = {"role": "assistant", "content": content, "refusal": refusal}
        output = len(content or refusal or "") // _LETTERS_A_TOKEN + 1
        asked = len(request.images) * _TOKENS_AN_IMAGE + sum(map(len, request.words)) // _LETTERS_A_TOKEN
        completion: dict[str, Any] = {
            "id": f"chatcmpl-{self.stats.calls}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": request.model,
            "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
            "usage": {"prompt_tokens": asked, "completion_tokens": output, "total_tokens": asked + output},
        }
        if fault is Fault.NO_CHOICES:
            del completion["choices"]
        if fault is Fault.NO_USAGE:
            del completion["usage"]
        with self._lock:
            self.requests.append(request)
            self.stats.answered += fault in (None, Fault.SLOW)
        return completion


class _HttpServer(JsonServer):
    def __init__(self, address: tuple[str, int], model: OpenAIServer) -> None:
        super().__init__(address, _Call)
        self.model = model


class _Call(JsonCall):
    server: _HttpServer

    def do_GET(self) -> None:
        self.send(200, json.dumps(asdict(self.server.model.stats)).encode())

    def do_POST(self) -> None:
        model = self.server.model
        body = self.body()
        model.keys.append(self.headers["Authorization"])
        with model.counted() as fault:
            model.closing.wait(model.slow_s if fault is Fault.SLOW else model.latency_s)
            try:
                request = ChatRequest.model_validate_json(body)
            except ValidationError as error:
                self._fail(400, None, str(error))
                return
            if self.path != _PATH:
                self._fail(404, None, f"there is nothing at {self.path}")
            elif fault is Fault.DROPPED:
                self.close_connection = True
            elif fault in _STATUS:
                self._fail(*_STATUS[fault], f"the server was told to be {fault}")
            elif fault is Fault.NO_JSON:
                self.send(200, b"<html>Welcome to the hotel's network")
            else:
                self._answer(model.completion(request, fault), cut=fault is Fault.CUT_OFF)

    def _answer(self, completion: dict[str, Any], *, cut: bool) -> None:
        body = json.dumps(completion).encode()
        try:
            self.send(200, body, missing=len(body) if cut else 0)
        except ConnectionError:  # a client that waited no longer
            self.close_connection = True

    def _fail(self, status: int, code: str | None, message: str) -> None:
        error = {"message": message, "type": "error", "param": None, "code": code}
        wait = self.server.model.retry_after if status == 429 else ""
        self.send(status, json.dumps({"error": error}).encode(), retry_after=wait)


class OfflineReader:
    """Reads the first image of a request with docpipe's own parts, one at a time, as if it were a large sheet.

    What it has read it keeps, since a sheet is asked about more than once.
    """

    _LONG_EDGE_IN = 36.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: dict[bytes, PageText] = {}

    def __call__(self, request: ChatRequest) -> dict[str, Any]:
        content = request.images[0]
        image_hash = sha256(content).digest()
        with self._lock, tempfile.TemporaryDirectory() as folder:
            if image_hash not in self._texts:
                image = Path(folder) / "sheet.png"
                image.write_bytes(content)
                self._texts[image_hash] = self._read(image)
            text = self._texts[image_hash]
        who = self._who(text) if request.schema_name == "SheetReading" else {}
        return {**who, "scales": self._scales(text)}

    def _read(self, image: Path) -> PageText:
        import cv2

        from docpipe_assets.ocr.rapid import read_image

        pixels = cv2.imread(str(image), cv2.IMREAD_GRAYSCALE)
        if pixels is None:
            raise ValueError("the first image of the request is no image")
        return read_image(image, max(pixels.shape) / self._LONG_EDGE_IN, scan=True)

    def _who(self, text: PageText) -> dict[str, Any]:
        from docpipe_assets.classification import Finding, classify_set, gather_evidence

        def told(finding: Finding[Any] | None) -> dict[str, Any] | None:
            if finding is None:
                return None
            return {"value": finding.value, "confidence": finding.confidence, "place": _place(finding.box)}

        (page,) = classify_set([gather_evidence(text)])
        return {
            "sheet_number": told(page.sheet_number),
            "sheet_title": told(page.sheet_title),
            "discipline": told(page.discipline),
            "page_type": told(page.page_type),
        }

    def _scales(self, text: PageText) -> list[dict[str, Any]]:
        from docpipe_assets.scale import calibrate
        from docpipe_assets.vocabulary import PageType

        candidates = calibrate(text, PageType.OTHER).candidates
        return [
            {"text": c.text, "kind": c.kind, "confidence": c.confidence, "place": _place(c.box)}
            for c in candidates
        ]


def _place(box: Box | None) -> dict[str, float] | None:
    return {"image": 1, **box.to_json()} if box else None


def main(
    port: int = 8087,
    latency_s: float = 0.0,
    throttled: float = 0.0,
    dropped: float = 0.0,
    retry_after: str = "",
    seed: int = 0,
) -> None:
    """Serve a vision model's protocol on 127.0.0.1."""
    server = OpenAIServer(
        OfflineReader(),
        port=port,
        latency_s=latency_s,
        retry_after=retry_after,
        rates={Fault.THROTTLED: throttled, Fault.DROPPED: dropped},
        seed=seed,
    )
    typer.echo(f"{server.base_url}; stop with Ctrl+C")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.close()


if __name__ == "__main__":
    typer.run(main)
