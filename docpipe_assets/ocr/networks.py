"""The two neural networks of local reading: one finds lines of text, the other reads a line.

PP-OCRv6 in the form of rapidocr, run by OpenVINO on the CPU. The models are files of the rapidocr package,
named here one by one, so nothing is ever downloaded: a missing model is an error. Nothing is reported either:
OpenVINO's telemetry is kept out of the process.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

DETECTION_MODEL = "PP-OCRv6_det_small.onnx"
RECOGNITION_MODEL = "PP-OCRv6_rec_small.onnx"

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Networks:
    """Both networks of a process. A call changes their buffers: one thread at a time."""

    detector: Any
    recogniser: Any

    def text_map(self, tile: Pixels) -> Floats:
        """How likely each pixel of `tile` (height x width x 3, multiples of 32) is text, 0 to 1."""
        found: Floats = self.detector.session(_as_input(tile[np.newaxis]))[0, 0]
        return found

    def read(self, crops: Pixels, widths: list[int]) -> list[tuple[str, float, list[float]]]:
        """What stands in each crop of a batch (crops x 48 x width x 3), each filled up to its own width.

        A reading is the text, the mean confidence of its characters, 0 to 1, and where each character
        that is not a space has its middle, in pixels of the crop.
        """
        batch = _as_input(crops)
        for lines, width in zip(batch, widths, strict=True):
            lines[:, :, width:] = 0
        scores: Floats = self.recogniser.session(batch)
        step = crops.shape[2] / scores.shape[1]
        lines, words = self.recogniser.postprocess_op.decode(
            scores.argmax(axis=2), scores.max(axis=2), True, [1.0] * len(crops), 1.0, remove_duplicate=True
        )
        return [
            (text, float(confidence), [(column + 0.5) * step for word in found.word_cols for column in word])
            for (text, confidence), found in zip(lines, words, strict=True)
        ]


def _as_input(images: Pixels) -> Floats:
    """Images x height x width x 3 as the networks take them: channels first, -1 to 1."""
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2), dtype=np.float32) / np.float32(127.5) - 1


@cache
def networks(threads: int) -> Networks:
    """The networks of this process, loaded on the first call; each runs on `threads` threads."""
    # `import openvino` tells its maker over the network unless the package that does the telling is missing.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import cv2
    import rapidocr
    from rapidocr.ch_ppocr_det import TextDetector
    from rapidocr.ch_ppocr_rec import TextRecognizer

    cv2.setNumThreads(threads)
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    models = Path(rapidocr.__file__).parent / "models"
    settings = rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.openvino.inference_num_threads": threads,
            "Det.engine_type": rapidocr.EngineType.OPENVINO,
            "Det.model_path": str(models / DETECTION_MODEL),
            "Rec.engine_type": rapidocr.EngineType.OPENVINO,
            "Rec.model_path": str(models / RECOGNITION_MODEL),
        }
    ).cfg
    for part in (settings.Det, settings.Rec):
        part.engine_cfg = settings.EngineConfig.openvino
    return Networks(TextDetector(settings.Det), TextRecognizer(settings.Rec))
