"""What a document is, whether it opens, and whether its pages are all there."""

from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from docpipe_assets.errors import DocumentError
from docpipe_assets.pdf.document import SNIFF_BYTES, Format, inspect, sniff
from docpipe_assets.vocabulary import ErrorCode
from docpipe_tests.pdf.drawn import make_tiff, write


def refusal(path: Path, max_pages: int = 100) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        inspect(path, max_pages)
    return caught.value


def make_set(path: Path, pages: int, **options: object) -> Path:
    with pymupdf.open() as document:
        for number in range(pages):
            page = document.new_page()
            for line in range(40):
                write(page, 50, 50 + 18 * line, f"Sheet {number} line {line}", 10)
        document.save(path, garbage=1, deflate=True, **options)
    return path


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"junk before\n%PDF-1.4", Format.PDF),
        (b" " * (SNIFF_BYTES - 5) + b"%PDF-", Format.PDF),
        (b" " * SNIFF_BYTES + b"%PDF-", None),
        (b"II*\0rest", Format.TIFF),
        (b"MM\0*rest", Format.TIFF),
        (b"II+\0rest", Format.TIFF),
        (b"MM\0+rest", Format.TIFF),
        (b"II-\0rest", None),
        (b"", None),
        (b"PK\x03\x04", None),
        (b"\x89PNG\r\n", None),
    ],
)
def test_sniff_goes_by_content(head: bytes, expected: Format | None) -> None:
    assert sniff(head) is expected


def test_a_sound_pdf_tells_its_pages(tmp_path: Path) -> None:
    info = inspect(make_set(tmp_path / "set.pdf", 3), 3)
    assert (info.format, info.page_count, info.repaired) == (Format.PDF, 3, False)


def test_a_tiff_tells_its_pages(tmp_path: Path) -> None:
    page = Image.new("L", (200, 100), 255)
    info = inspect(make_tiff(tmp_path / "scan.tif", page, page, dpi=(200, 200)), 10)
    assert (info.format, info.page_count) == (Format.TIFF, 2)


def test_more_pages_than_are_taken(tmp_path: Path) -> None:
    error = refusal(make_set(tmp_path / "set.pdf", 4), max_pages=3)
    assert error.code is ErrorCode.TOO_MANY_PAGES
    assert "4 pages" in error.message


def test_a_password_to_open(tmp_path: Path) -> None:
    locked = make_set(
        tmp_path / "locked.pdf", 1, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="a", user_pw="b"
    )
    assert refusal(locked).code is ErrorCode.ENCRYPTED


def test_a_password_to_edit_only_does_not_matter(tmp_path: Path) -> None:
    restricted = make_set(tmp_path / "set.pdf", 2, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="a")
    assert inspect(restricted, 10).page_count == 2


def test_a_file_that_is_no_document(tmp_path: Path) -> None:
    text = tmp_path / "plans.pdf"
    text.write_text("Dear all, the plans follow by post.")
    assert refusal(text).code is ErrorCode.NOT_A_DOCUMENT


def test_a_missing_file_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "nothing.pdf", 10)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.8])
def test_a_pdf_that_was_cut_off_is_damaged(tmp_path: Path, share: float) -> None:
    whole = make_set(tmp_path / "set.pdf", 8)
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * share)])
    assert refusal(whole).code is ErrorCode.CORRUPT


def test_a_pdf_cut_off_among_its_pages_says_how_many_are_left(plans: Path, tmp_path: Path) -> None:
    content = (plans / "drawings" / "farmhouse_open_source_blueprints.pdf").read_bytes()
    half = tmp_path / "half.pdf"
    half.write_bytes(content[: len(content) // 2])
    error = refusal(half)
    assert error.code is ErrorCode.CORRUPT
    assert "only 8 of its 25 pages" in error.message


def test_a_pdf_that_lost_its_table_but_no_page_is_mended(tmp_path: Path) -> None:
    whole = make_set(tmp_path / "set.pdf", 3)
    content = whole.read_bytes()
    whole.write_bytes(content[: content.rindex(b"xref\n")])
    info = inspect(whole, 10)
    assert (info.page_count, info.repaired) == (3, True)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("share", [0.001, 0.5, 0.9])
def test_a_tiff_that_was_cut_off_is_damaged(tmp_path: Path, share: float) -> None:
    noise = Image.effect_noise((300, 300), 80)
    scan = make_tiff(tmp_path / "scan.tif", noise, noise, noise)
    content = scan.read_bytes()
    scan.write_bytes(content[: max(int(len(content) * share), 8)])
    assert refusal(scan).code is ErrorCode.CORRUPT


ODD_FILES: dict[str, int | set[ErrorCode]] = {
    "enc_aes256_r6_user": {ErrorCode.ENCRYPTED},
    "enc_r6_owner_only": 1,
    "empty_0_bytes": {ErrorCode.NOT_A_DOCUMENT},
    "header_only_44b": {ErrorCode.NOT_A_DOCUMENT, ErrorCode.CORRUPT},
    "fuzzed_poppler_742": {ErrorCode.NOT_A_DOCUMENT, ErrorCode.CORRUPT},
    "zero_pages_valid": {ErrorCode.NO_PAGES},
    "page_tree_cycle": {ErrorCode.CORRUPT},
    "xref_loop": 30,
    "leading_junk": 30,
    "no_contents": 1,
    "userunit_mixed_rot": 16,
    "cardinal_rotations": 4,
    "tiny_3x3pt": 10,
    "embedded_attachment": 1,
    "synthetic_form_laughs_1e9": 1,
    "synthetic_flate_bomb_400MB": 1,
}


@pytest.mark.parametrize("name", ODD_FILES)
def test_odd_documents(plans: Path, name: str) -> None:
    expected = ODD_FILES[name]
    path = plans / "odd" / f"{name}.pdf"
    if isinstance(expected, int):
        assert inspect(path, 100).page_count == expected
    else:
        assert refusal(path).code in expected


def test_every_odd_document_is_looked_at(plans: Path) -> None:
    assert {path.stem for path in (plans / "odd").glob("*.pdf")} == set(ODD_FILES)
