"""The two neural networks of local reading: one finds lines of text, the other reads a line.

PP-OCRv6 in the form of rapidocr, run by OpenVINO on the CPU. The models are files of the rapidocr package,
named here one by one, so nothing is ever downloaded: a missing model is an error. Nothing is reported either:
OpenVINO's telemetry is kept out of the process.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

DETECTION_MODEL = "PP-OCRv6_det_small.onnx"
RECOGNITION_MODEL = "PP-OCRv6_rec_small.onnx"

CANVAS = 704
"""The edge of the square in which lines are looked for, in pixels."""

# The network knows 16,000 ideographs. Drawings in scripts that are none need few of them, to see what is no text.
_IDEOGRAPHS = range(0x3400, 0xA000)
_OF_IDEOGRAPHS = 12
_NOTHING = 0

# OpenVINO would keep the prepared steps of every shape it ever saw, a gigabyte after a few pages.
_SHAPES_KEPT = "2000"

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Networks:
    """Both networks of a process. A call changes their buffers: one thread at a time."""

    detector: Any
    recogniser: Any
    characters: npt.NDArray[np.str_]

    def text_map(self, part: Pixels) -> Floats:
        """How likely each pixel of `part` (a canvas of three channels) is text, 0 to 1."""
        found: Floats = _run(self.detector, _as_input(part[np.newaxis]))[0, 0]
        return found

    def read(self, crops: Pixels, widths: list[int]) -> list[tuple[str, float, list[float]]]:
        """What stands in each crop of a batch (crops x 48 or 32 x width x 3), each filled up to its own width.

        A reading is the text, the mean confidence of its characters, 0 to 1, and where each character
        that is not a space has its middle, in pixels of the crop.
        """
        batch = _as_input(crops)
        for lines, width in zip(batch, widths, strict=True):
            lines[:, :, width:] = 0
        scores = _run(self.recogniser, batch)
        step = crops.shape[2] / scores.shape[1]
        best, sureness = scores.argmax(axis=2), scores.max(axis=2)
        return [self._line(*line, step) for line in zip(best, sureness, strict=True)]

    def _line(
        self, best: npt.NDArray[np.int64], sureness: Floats, step: float
    ) -> tuple[str, float, list[float]]:
        """The characters of a line: those that a column has and the one before has not, blanks left out."""
        new = np.flatnonzero((best != _NOTHING) & (best != np.concatenate([[_NOTHING], best[:-1]])))
        characters = self.characters[best[new]]
        places = (new[characters != " "] + 0.5) * step
        return "".join(characters), float(sureness[new].mean()) if len(new) else 0.0, places.tolist()


def _as_input(images: Pixels) -> Floats:
    """Images x height x width x 3 as the networks take them: channels first, -1 to 1."""
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2), dtype=np.float32) / np.float32(127.5) - 1


def _run(network: Any, images: Floats) -> Floats:
    network.infer([images])
    found: Floats = network.get_output_tensor().data
    return found


@cache
def networks(threads: int) -> Networks:
    """The networks of this process, loaded on the first call; each runs on `threads` threads."""
    # `import openvino` tells its maker over the network unless the package that does the telling is missing.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import cv2
    import openvino
    import rapidocr

    cv2.setNumThreads(threads)
    core = openvino.Core()
    models = Path(rapidocr.__file__).parent / "models"
    reader, characters = _of_few_characters(core.read_model(models / RECOGNITION_MODEL))
    settings = {"INFERENCE_NUM_THREADS": threads, "CPU_RUNTIME_CACHE_CAPACITY": _SHAPES_KEPT}
    detector = core.read_model(models / DETECTION_MODEL)
    # Of one size it needs less memory, and a seventh less time.
    detector.reshape([1, 3, CANVAS, CANVAS])
    finder, recogniser = (
        core.compile_model(model, "CPU", settings).create_infer_request() for model in (detector, reader)
    )
    return Networks(finder, recogniser, characters)


def _of_few_characters(reader: Any) -> tuple[Any, npt.NDArray[np.str_]]:
    """The reader without most of the ideographs, whose scores are a tenth of its work, and what it knows.

    Its last step multiplies by one column a character: the blank first, then each in order, then the space.
    """
    import openvino
    from openvino import opset13 as step

    known = reader.get_rt_info()["framework"]["character"].value.splitlines()
    characters = np.array(["", *known, " "])
    columns = [
        number
        for number, character in enumerate(characters)
        if len(character) != 1 or ord(character) not in _IDEOGRAPHS or number % _OF_IDEOGRAPHS == 0
    ]
    shares = _before(reader.outputs[0].get_node())
    sums = _before(shares)
    while sums.get_type_name() == "Identity":
        sums = _before(sums)
    products, bias = (sums.input_value(number).get_node() for number in (0, 1))
    weights = products.input_value(1).get_node()
    fewer = step.add(
        step.matmul(
            products.input_value(0),
            step.constant(np.ascontiguousarray(weights.data[:, columns])),
            transpose_a=False,
            transpose_b=False,
        ),
        step.constant(bias.data[columns]),
    )
    few = openvino.Model([step.softmax(fewer, axis=2).output(0)], reader.get_parameters(), "reader")
    _take_any_height(few)
    return few, characters[columns]


def _take_any_height(reader: Any) -> None:
    """Have the reader take the mean of all rows, however many, where it pools the three that 48 pixels become."""
    from openvino import opset13 as step

    (pool,) = (
        node
        for node in reader.get_ordered_ops()
        if node.get_type_name() == "AvgPool" and node.get_attributes()["kernel"] == [3, 2]
    )
    rows = step.reduce_mean(pool.input_value(0), np.array([2]), keep_dims=True)
    pooled = step.avg_pool(rows, [1, 2], [0, 0], [0, 0], [1, 2], exclude_pad=True)
    for target in pool.output(0).get_target_inputs():
        target.replace_source_output(pooled.output(0))
    reader.reshape([-1, 3, -1, -1])


def _before(step: Any) -> Any:
    return step.input_value(0).get_node()
