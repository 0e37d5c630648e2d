"""Google's own client against a local server that speaks its protocols."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from google.cloud.vision_v1 import types as vision
from google.rpc import code_pb2
from hypothesis import example, given
from hypothesis import strategies as st

from docpipe_assets.errors import DocumentError, PageError, TransientError
from docpipe_assets.ocr.google_text import read_lines
from docpipe_assets.ocr.google_vision import BilledCall, GoogleVision, GoogleVisionOptions, Transport
from docpipe_assets.ocr.normalise import normalise_text
from docpipe_assets.page_text import Box, TextBlock, Word
from docpipe_assets.vocabulary import ErrorCode
from docpipe_tests.servers.google_vision import MOST_BYTES, Fault, GoogleVisionServer, annotation

DPI = 200.0
PAPER = 255
# Words are painted as rectangles of one grey each.
GREYS = range(10, 210, 8)


def line(
    text: str, x: float, y: float, angle: float = 0.0, letter: float = 12, size: float = 24
) -> TextBlock:
    """A line that starts at `x`, `y` and runs towards `angle`, a letter's width between words."""
    words = []
    at = 0.0
    for word in text.split():
        length = len(word) * letter
        box = {
            0: Box(x + at, y, length, size),
            90: Box(x, y + at, size, length),
            180: Box(x - at - length, y, length, size),
            270: Box(x, y - at - length, size, length),
        }[round(angle)]
        words.append(Word(word, box, 0.5))
        at += length + letter
    return TextBlock(text, Box.around(word.box for word in words), tuple(words), angle, 0.5)


class Painted:
    """A page of painted words, which the server reads as far as it sees them."""

    def __init__(self, width: int, height: int, lines: list[TextBlock]) -> None:
        self.image = np.full((height, width), PAPER, np.uint8)
        self.lines = lines
        words = [word for whole in lines for word in whole.words]
        self.greys = {id(word): grey for word, grey in zip(words, GREYS[: len(words)], strict=True)}
        for word in words:
            box, grey = word.box, self.greys[id(word)]
            self.image[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = grey

    def save(self, folder: Path) -> Path:
        path = folder / "page.png"
        cv2.imwrite(str(path), self.image)
        return path

    def answer(self, content: bytes) -> vision.TextAnnotation:
        """Lines made of the visible parts of words; of a cut word, as many letters as are seen."""
        seen = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
        assert seen is not None
        lines = []
        for whole in self.lines:
            words = [part for word in whole.words if (part := self._part(seen, word))]
            if words:
                lines.append(TextBlock("", Box.around(w.box for w in words), tuple(words), whole.angle))
        return annotation(lines)

    def _part(self, seen: Any, word: Word) -> Word | None:
        grey = self.greys[id(word)]
        x, y, width, height = cv2.boundingRect(cv2.inRange(seen, np.array(grey - 3), np.array(grey + 3)))
        box = Box(float(x), float(y), float(width), float(height))
        letters = round(len(word.text) * box.area / word.box.area)
        return Word(word.text[:letters], box, 0.5) if letters else None


class Vision:
    """A server whose answer can be set, and engines that call it."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.server = GoogleVisionServer(self._answer)
        self.lines = [line('SCALE: 1/4" = 1\'-0"', 40, 40)]
        self.painted: Painted | None = None
        endpoint = self.server.rest_endpoint if transport is Transport.REST else self.server.grpc_endpoint
        self.options = GoogleVisionOptions(endpoint=endpoint, transport=transport, timeout_s=10)

    def _answer(self, content: bytes) -> vision.TextAnnotation:
        return self.painted.answer(content) if self.painted else annotation(self.lines)

    def engine(self, **changes: Any) -> GoogleVision:
        return GoogleVision(replace(self.options, **changes))


@pytest.fixture(params=list(Transport))
def service(request: pytest.FixtureRequest) -> Iterator[Vision]:
    service = Vision(request.param)
    yield service
    service.server.close()


@pytest.fixture
def rest() -> Iterator[Vision]:
    service = Vision(Transport.REST)
    yield service
    service.server.close()


@pytest.fixture
def image(tmp_path: Path) -> Path:
    return Painted(600, 400, []).save(tmp_path)


def as_answered(answer: vision.TextAnnotation, service: Vision, image: Path) -> list[str]:
    service.server.answer = lambda content: answer
    return [block.text for block in service.engine().read_image(image, DPI).text.blocks]


def paragraph(*words: tuple[str, int], is_prefix: bool = False) -> vision.TextAnnotation:
    """One paragraph of words with the breaks after them, on one line of letters 10 pixels wide."""
    made = []
    x = 0
    for text, mark in words:
        box = [(x, 0), (x + 10 * len(text), 0), (x + 10 * len(text), 20), (x, 20)]
        symbols = [vision.Symbol(text=letter) for letter in text]
        broken = symbols[0 if is_prefix else -1]
        broken.property = vision.TextAnnotation.TextProperty(
            detected_break=vision.TextAnnotation.DetectedBreak(type_=mark, is_prefix=is_prefix)
        )
        vertices = [vision.Vertex(x=corner[0], y=corner[1]) for corner in box]
        made.append(vision.Word(symbols=symbols, bounding_box=vision.BoundingPoly(vertices=vertices)))
        x += 10 * len(text) + 10
    block = vision.Block(paragraphs=[vision.Paragraph(words=made)])
    return vision.TextAnnotation(pages=[vision.Page(blocks=[block])])


def test_a_page_is_read_with_words_places_and_confidence(service: Vision, image: Path) -> None:
    reading = service.engine(language_hints=("pt", "en")).read_image(image, DPI)

    (block,) = reading.text.blocks
    assert block.text == 'SCALE: 1/4" = 1\'-0"'
    assert [word.text for word in block.words] == ["SCALE:", '1/4"', "=", "1'-0\""]
    assert [word.box for word in block.words] == [word.box for word in service.lines[0].words]
    assert block.confidence == pytest.approx(0.5)
    assert block.angle == 0
    assert (reading.text.width_px, reading.text.height_px, reading.text.dpi) == (600, 400, DPI)
    assert (reading.images, len(reading.calls)) == (1, 1)
    assert reading.calls[0].latency_s > 0
    ((asked,),) = service.server.batches
    assert asked.image.content == image.read_bytes()
    assert [feature.type_.name for feature in asked.features] == ["DOCUMENT_TEXT_DETECTION"]
    assert list(asked.image_context.language_hints) == ["pt", "en"]


@pytest.mark.parametrize("angle", [0.0, 90.0, 180.0, 270.0])
def test_the_reading_direction_comes_from_the_order_of_vertices(
    rest: Vision, image: Path, angle: float
) -> None:
    rest.lines = [line("DOOR 3'-0\" WIDE", 300, 200, angle)]
    (block,) = rest.engine().read_image(image, DPI).text.blocks
    assert (block.angle, block.text, block.box) == (angle, "DOOR 3'-0\" WIDE", rest.lines[0].box)


def test_breaks_between_symbols_make_words_and_lines(rest: Vision, image: Path) -> None:
    answer = paragraph(("CON", 4), ("CRETE", 1), ("SLAB", 3), ("TYP", 0), (".", 2), ("UNO", 5))
    assert as_answered(answer, rest, image) == ["CON-", "CRETE SLAB", "TYP. UNO"]


@given(
    st.lists(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1), min_size=1)
)
@example(['1/4"', "=", "1'-0\""])
def test_punctuation_stays_where_it_was_written(words: list[str]) -> None:
    written = " ".join(words)
    (block,) = read_lines(annotation([line(written, 0, 0)]))
    assert block.text == normalise_text(written)


def test_a_break_may_stand_before_its_symbol(rest: Vision, image: Path) -> None:
    answer = paragraph(("A", 0), ("101", 1), ("PLAN", 5), is_prefix=True)
    assert as_answered(answer, rest, image) == ["A 101", "PLAN"]


def test_cells_of_a_table_are_blocks_of_their_own(rest: Vision, image: Path) -> None:
    words = (*line("DOOR SIZE", 20, 20).words, *line("FIRE RATING", 300, 20).words)
    rest.lines = [TextBlock("", Box.around(w.box for w in words), words)]
    assert [b.text for b in rest.engine().read_image(image, DPI).text.blocks] == ["DOOR SIZE", "FIRE RATING"]


def test_a_page_without_text_is_empty(service: Vision, image: Path) -> None:
    service.lines = []
    reading = service.engine().read_image(image, DPI)
    assert (reading.text.blocks, reading.images) == ((), 1)


@pytest.mark.parametrize(
    "fault", [Fault.THROTTLED, Fault.UNAVAILABLE, Fault.BAD_GATEWAY, Fault.INTERNAL, Fault.DROPPED]
)
def test_what_passes_is_tried_again(service: Vision, image: Path, fault: Fault) -> None:
    service.server.fail_next(fault)
    reading = service.engine().read_image(image, DPI)
    assert len(reading.text.blocks) == 1
    assert (len(reading.calls), service.server.stats.calls, service.server.stats.images) == (1, 2, 1)


def test_a_slow_answer_is_given_up_and_asked_for_again(service: Vision, image: Path) -> None:
    service.server.latency_s = 0.4
    with pytest.raises(TransientError, match="did not answer"):
        service.engine(timeout_s=0.05, attempts=2).read_image(image, DPI)
    assert service.server.stats.calls == 2


def test_the_service_is_not_asked_before_the_time_that_it_gave(service: Vision, image: Path) -> None:
    service.server.retry_after_s = 1
    service.server.fail_next(Fault.THROTTLED)
    service.engine().read_image(image, DPI)
    first, second = service.server.called_at
    assert second - first >= 1


def test_a_wait_of_more_than_a_minute_is_left_to_a_later_run(service: Vision, image: Path) -> None:
    service.server.retry_after_s = 3600
    service.server.fail_next(Fault.THROTTLED)
    with pytest.raises(TransientError):
        service.engine().read_image(image, DPI)
    assert service.server.stats.calls == 1


def test_attempts_are_bounded(service: Vision, image: Path) -> None:
    service.server.fail_next(Fault.UNAVAILABLE, 5)
    sentence = r"did not answer for the page image page\.png \(503 .*\); run the stage again later\."
    with pytest.raises(TransientError, match=sentence):
        service.engine(attempts=2).read_image(image, DPI)
    assert service.server.stats.calls == 2


@pytest.mark.parametrize("fault", [Fault.DENIED, Fault.INVALID, Fault.IMAGE_ERROR])
def test_a_refusal_is_final(service: Vision, image: Path, fault: Fault) -> None:
    service.server.fail_next(fault)
    with pytest.raises(PageError, match=r"refused the page image page\.png") as caught:
        service.engine().read_image(image, DPI)
    assert caught.value.code is ErrorCode.ENGINE_REJECTED
    assert service.server.stats.calls == 1


def test_an_answer_that_cannot_be_read_is_not_paid_again(service: Vision, image: Path) -> None:
    service.server.fail_next(Fault.MALFORMED)
    with pytest.raises(TransientError, match="cannot be read"):
        service.engine().read_image(image, DPI)
    assert service.server.stats.calls == 1


def test_a_word_without_a_place_is_an_answer_that_cannot_be_read(rest: Vision, image: Path) -> None:
    answer = paragraph(("A101", 5))
    answer.pages[0].blocks[0].paragraphs[0].words[0].bounding_box = vision.BoundingPoly()
    with pytest.raises(TransientError, match="a word has 0 corners"):
        as_answered(answer, rest, image)


def test_nobody_listening_is_a_lost_connection(service: Vision, image: Path) -> None:
    service.server.close()
    with pytest.raises(TransientError):
        service.engine(attempts=2).read_image(image, DPI)


def test_threads_share_an_engine_and_faults_change_nothing(service: Vision, image: Path) -> None:
    service.server.rates = {Fault.THROTTLED: 0.1, Fault.DROPPED: 0.05}
    service.server.latency_s = 0.05
    engine = service.engine()
    with ThreadPoolExecutor(12) as threads:
        readings = list(threads.map(lambda _: engine.read_image(image, DPI), range(60)))
    assert {reading.text.text for reading in readings} == {'SCALE: 1/4" = 1\'-0"'}
    assert service.server.stats.images == sum(reading.images for reading in readings) == 60
    assert service.server.stats.calls > 60
    assert 1 < service.server.stats.peak_in_flight <= 12


def test_a_page_of_100_megapixels_goes_in_tiles_and_comes_back_whole(service: Vision, tmp_path: Path) -> None:
    lines = [
        line("SECOND FLOOR REFLECTED PLAN", 5700, 200, letter=30, size=60),
        line("NORTH", 300, 300),
        line("GRID LINE C UP", 6200, 7900, 270.0),
        line("A201", 12100, 7900),
    ]
    painted = Painted(12500, 8000, lines)
    service.painted = painted

    reading = service.engine().read_image(painted.save(tmp_path), DPI)

    blocks = reading.text.blocks
    assert sorted(block.text for block in blocks) == sorted(whole.text for whole in lines)
    found = {block.text: block for block in blocks}
    for whole in lines:
        assert (found[whole.text].box, found[whole.text].angle) == (whole.box, whole.angle)
    assert (reading.text.width_px, reading.text.height_px) == (12500, 8000)
    assert (reading.images, len(reading.calls)) == (2, 1)


def test_a_line_across_a_seam_is_put_together_wherever_it_stands(rest: Vision, tmp_path: Path) -> None:
    lines = [line("WALL TYPE SCHEDULE AND NOTES", 150 + 60 * n, 40 + 60 * n, size=20) for n in range(3)]
    lines.append(line("SEE SHEET A501", 30, 560, 270.0, size=20))
    painted = Painted(800, 600, lines)
    rest.painted = painted
    engine = rest.engine(max_image_megapixels=0.2)
    reading = engine.read_image(painted.save(tmp_path), DPI)
    assert reading.images > 2
    assert sorted(block.text for block in reading.text.blocks) == sorted(whole.text for whole in lines)


def noise(folder: Path, side: int) -> Path:
    path = folder / "noise.png"
    cv2.imwrite(str(path), np.random.default_rng(1).integers(0, 256, (side, side), np.uint8))
    return path


def test_no_request_is_larger_than_the_limit(service: Vision, tmp_path: Path) -> None:
    service.lines = []
    limit = 200_000
    reading = service.engine(max_request_bytes=limit).read_image(noise(tmp_path, 900), DPI)
    wire = 4 / 3 if service.transport is Transport.REST else 1
    sizes = [sum(len(image.image.content) for image in batch) for batch in service.server.batches]
    assert len(sizes) == len(reading.calls) > 1
    assert max(sizes) * wire <= limit < MOST_BYTES
    assert all(len(batch) <= 16 for batch in service.server.batches)


def test_what_was_answered_is_billed_even_if_the_page_is_refused(service: Vision, tmp_path: Path) -> None:
    service.lines = []
    billed: list[BilledCall] = []

    def note(call: BilledCall) -> None:
        billed.append(call)
        service.server.fail_next(Fault.INVALID)

    with pytest.raises(PageError):
        service.engine(max_request_bytes=200_000).read_image(noise(tmp_path, 900), DPI, note)
    assert [call.images for call in billed] == [service.server.stats.images]


def test_only_tiles_without_an_answer_are_asked_for_again(service: Vision, tmp_path: Path) -> None:
    service.lines = []
    service.server.image_error = code_pb2.UNAVAILABLE, "Try again."
    service.server.fail_next(Fault.IMAGE_ERROR)
    path = Painted(800, 600, []).save(tmp_path)
    reading = service.engine(max_image_megapixels=0.2).read_image(path, DPI)
    first, second = service.server.batches
    assert [image.image.content for image in second] == [first[-1].image.content]
    assert (reading.images, len(reading.calls)) == (len(first), 2)


def test_an_image_that_cannot_be_brought_within_the_limits_is_refused(rest: Vision, tmp_path: Path) -> None:
    with pytest.raises(PageError) as caught:
        rest.engine(max_request_bytes=3000).read_image(noise(tmp_path, 2000), DPI)
    assert caught.value.code is ErrorCode.PAGE_TOO_LARGE


@pytest.mark.parametrize("content", [b"", b"no image", None])
def test_an_image_that_cannot_be_read_is_not_sent(
    rest: Vision, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "page.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PageError) as caught:
        rest.engine().read_image(path, DPI)
    assert caught.value.code is ErrorCode.PAGE_UNREADABLE
    assert rest.server.stats.calls == 0


def test_credentials_that_are_not_there_are_said_before_a_page_is_sent(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="credentials"):
        GoogleVision(GoogleVisionOptions(credentials_file=tmp_path / "key.json"))
