"""Dimension texts in the spellings of many offices, and what only looks like one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.measuring import Family, find_lengths

INCHES, WHOLE, DECIMAL, MM = Family.INCHES, Family.WHOLE, Family.DECIMAL, Family.MILLIMETRES


@pytest.mark.parametrize(
    ("text", "value", "family"),
    [
        ("12'-6\"", 150, INCHES),
        ("12' - 6 1/2\"", 150.5, INCHES),
        ("12'-6 1/2\" TYP.", 150.5, INCHES),
        ("12’–6½”", 150.5, INCHES),
        ("12'-61/2\"", 150.5, INCHES),
        ("10'-111/4\"", 131.25, INCHES),
        ("111/4\"", 11.25, INCHES),
        ("0' - 7\"", 7, INCHES),
        ("12-6\"", 150, INCHES),
        ("l2'-O\"", 144, INCHES),
        ("12'", 144, INCHES),
        ("6 1/2\"", 6.5, INCHES),
        ("3/4\"", 0.75, INCHES),
        ("±12'-6\"", 150, INCHES),
        ("125.00'", 1500, INCHES),
        ("99.5 FT", 1194, INCHES),
        ("1,250.00'", 15000, INCHES),
        ("N 89°12'30\" E 125.00'", 1500, INCHES),
        ("N 15'-0\" W 150.00'", 1800, INCHES),
        ("\ufffd\ufffd150.00'", 1800, INCHES),
        ("3600", 3600, WHOLE),
        ("3 600", 3600, WHOLE),
        ("3.60", 3.6, DECIMAL),
        ("3,60", 3.6, DECIMAL),
        (".15", 0.15, DECIMAL),
        ("3.60 m", 3600, MM),
        ("360 cm", 3600, MM),
        ("3600mm", 3600, MM),
        ("(3600)", 3600, WHOLE),
        ("±3600", 3600, WHOLE),
        ("3600 TYP.", 3600, WHOLE),
        ("3.60 (CLR)", 3.6, DECIMAL),
        ("2@1200=2400", 2400, WHOLE),
        ("3@4'-0\"=12'-0\"", 144, INCHES),
        ("4 SPA @ 5'-0\" = 20'-0\"", 240, INCHES),
    ],
)  # fmt: skip
def test_one_length(text: str, value: float, family: Family) -> None:
    (found,) = find_lengths(text)
    assert (found.value, found.family) == (pytest.approx(value), family)


def test_a_missing_inch_mark_may_hide_a_fraction() -> None:
    (found,) = find_lengths("12'-6")
    assert found.value - found.slack <= 150 <= 150.9 <= found.value + found.slack


def test_a_chain_read_as_one_line_is_several() -> None:
    assert [found.value for found in find_lengths("3600 1200 3600")] == [3600, 1200, 3600]
    assert [found.value for found in find_lengths("6'-0\"  7'-4\"")] == [72, 88]


@pytest.mark.parametrize(
    "text",
    [
        "3'-0\" x 6'-8\"",
        "2x12 JOISTS",
        '@ 16" OC',
        '16" O.C.',
        "EL. 112'-6\"",
        "+10'-0\"",
        "R=25.00'",
        '1/4" = 1\'-0"',
        '30" MAX',
        '5/8" GYP. BD.',
        "21 SF",
        "4 m²",
        "7",
        "007",
        "A101",
        "5V METAL ROOF",
        "PROVIDE 12'-6\" CLEAR FROM THE FACE OF THE WALL",
        "12/12",
        "9/10/2015",
        "",
    ],
)
def test_what_is_no_dimension(text: str) -> None:
    assert find_lengths(text) == []


@given(sixteenths=st.integers(1, 400 * 192), spaced=st.booleans())
def test_every_length_in_sixteenths_reads_as_written(sixteenths: int, spaced: bool) -> None:
    feet, rest = divmod(Fraction(sixteenths, 16), 12)
    whole, part = divmod(rest, 1)
    inches = (
        " ".join(str(n) for n in ((whole or feet or None), part or None) if n is not None)
        if part
        else str(whole)
    )
    if feet:
        inches = f"{whole} {part}" if part else str(whole)
    text = f"{feet}'{' - ' if spaced else '-'}{inches}\"" if feet else f'{inches}"'
    (found,) = find_lengths(text)
    assert found.value == pytest.approx(sixteenths / 16)
    assert text[found.start : found.end] == text


@given(st.integers(10, 999999))
def test_whole_numbers_read_as_written(number: int) -> None:
    assert [found.value for found in find_lengths(str(number))] == [number]


@given(st.text(alphabet="0123456789'\"/-. ,mNSWE°½xR=@", max_size=60))
def test_any_text_gives_lengths_in_order_within_it(text: str) -> None:
    at = 0
    for found in find_lengths(text):
        assert at <= found.start < found.end <= len(text)
        assert found.value > 0
        at = found.end


def test_a_bare_number_behind_a_bearing_is_the_side_of_a_plot() -> None:
    (found,) = find_lengths("N 31°44' E 175.86")
    assert (found.value, found.family, found.bearing) == (175.86, DECIMAL, True)
