"""What reads as a sheet number and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.classification.numbers import number_key, parse_number


@pytest.mark.parametrize(
    ("text", "designator", "type_digit"),
    [
        ("A-101", "A", 1), ("AD101", "AD", 1), ("S1.01", "S", 1), ("A2.1a", "A", 2), ("E-02", "E", None),
        ("L-100", "L", 1), ("ASK - 002b", "ASK", 0), ("FP-101", "FP", 1), ("A0.0", "A", 0), ("AF101", "AF", 1),
        ("EL-101", "EL", 1), ("(PL)003", "PL", 0), ("SK-01", "SK", None), ("M601", "M", 6),
    ],
)  # fmt: skip
def test_designator_and_type_digit(text: str, designator: str, type_digit: int | None) -> None:
    shape = parse_number(text)
    assert shape is not None
    assert (shape.value, shape.designator, shape.type_digit) == (text, designator, type_digit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 of 9", "3"), ("1A of 9", "1A"), ("01/05", "01"), ("ARQ 02/05", "ARQ 02"), ("4 OF 9 SHEETS", "4"),
        ("101", "101"), ("BR-2 / 01", "BR-2 / 01"), ("1402/P/101", "1402/P/101"), ("A-40.1-101", "A-40.1-101"),
        ("- A-100", "A-100"),
    ],
)  # fmt: skip
def test_free_forms(text: str, value: str) -> None:
    shape = parse_number(text)
    assert shape is not None and shape.value == value


@pytest.mark.parametrize(
    "text",
    [
        "10/12/2019", "2019-05-12", "12.05.2019", "MAY 2018", "503-555-1234", "97201-1234", "OR 97201", "REV 2",
        "W12x26", "2x6", "8'-6\"", "1/4\" = 1'-0\"", "EL. 101.5", "R-19", "N 45 E", "100%", "12 MM", "ASTM A36",
        "NO. 4", "FLOOR PLAN", "12/4", "", "LEVEL 2",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(text: str) -> None:
    assert parse_number(text) is None


@given(
    st.sampled_from(["A", "S", "AD", "FP", "E", "TN"]),
    st.sampled_from(["", "-", " ", " - "]),
    st.integers(100, 999),
    st.sampled_from(["", "a", "B"]),
)
def test_national_cad_standard_numbers_are_kept_as_written(
    letters: str, dash: str, digits: int, tail: str
) -> None:
    written = f"{letters}{dash}{digits}{tail}"
    shape = parse_number(written)
    assert shape is not None
    assert (shape.value, shape.designator, shape.type_digit) == (written, letters, digits // 100)
    assert shape.key == number_key(f"{letters}{digits}{tail}")


@given(st.text(max_size=40), st.booleans())
def test_no_text_breaks_it(text: str, scanned: bool) -> None:
    shape = parse_number(text, scanned)
    assert shape is None or any(c.isdigit() for c in shape.value)
