import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.scale.canonical import canonical


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1/4” = 1’-0”", '1/4" = 1\'-0"'),
        ("1/4″ = 1′-0″", '1/4" = 1\'-0"'),
        ("1/4'' = 1'-0''", '1/4" = 1\'-0"'),
        ('1½"', '1 1/2"'),
        ('¼"', '1/4"'),
        ("1⁄4\u00a0IN", "1/4 IN"),
        ("1\u00ad1/2", "1-1/2"),
        ("1\u22120", "1-0"),
        ("１：１００", "1:100"),
        ("Ölçek", "OLCEK"),
        ("Maßstab", "MASSSTAB"),
        ("mÅlestok", "MALESTOK"),
        ("a  \t b", "A B"),
        ("a \n b", "A\nB"),
        ("1\u200b:\u200b50", "1:50"),
        ("three eighths inch", "3/8 INCH"),
        ("one and one half inches", "1 1/2 INCHES"),
        ("one foot", "1 FOOT"),
        ("one bedroom", "ONE BEDROOM"),
    ],
)
def test_writes_each_character_one_way(written: str, read: str) -> None:
    assert canonical(written).text == read


@given(st.text(max_size=60))
def test_every_character_knows_where_it_came_from(text: str) -> None:
    plain = canonical(text)
    spans = list(zip(plain.starts, plain.ends, strict=True))
    assert len(spans) == len(plain.text)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


def test_spans_lead_back_to_what_was_written() -> None:
    plain = canonical("PLAN  ½” = 1’-0”")
    start = plain.text.index("1/2")
    assert plain.written(start, len(plain.text)) == "½” = 1’-0”"
