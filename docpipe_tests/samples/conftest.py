"""The sample sets, drawn once for all tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docpipe_assets.samples import draw_samples


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    draw_samples(folder)
    return folder


@pytest.fixture
def opened(sample_folder: Path) -> Iterator[dict[str, Any]]:
    """The sample PDF documents by file name."""
    import pymupdf

    documents = {path.name: pymupdf.open(path) for path in sample_folder.glob("*.pdf")}
    yield documents
    for document in documents.values():
        document.close()
