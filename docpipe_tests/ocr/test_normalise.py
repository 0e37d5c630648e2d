import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.ocr.normalise import normalise_text


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("1/4″ = 1′-0″", '1/4" = 1\'-0"'),
        ("1/4” = 1’–0”", '1/4" = 1\'-0"'),
        ("12’−6”", "12'-6\""),
        ("１：１００", "1:100"),
        ("SCALE：1∶50", "SCALE:1:50"),
        ("1½” = 1’-0”", '1 1/2" = 1\'-0"'),
        ("¼” = 1’", "1/4\" = 1'"),
        ("A\u00a0101", "A 101"),
        ("A\u00ad101", "A-101"),
        ("  TWO \t BLANKS  ", "TWO BLANKS"),
        ("⌀20", "Ø20"),
        ("120 m²", "120 m²"),
        ("45°", "45°"),
        ("CORTE TRANSVERSAL – AÇÃO", "CORTE TRANSVERSAL - AÇÃO"),
        ("ÖLÇEK 1/100 İĞŞ", "ÖLÇEK 1/100 İĞŞ"),
    ],
)
def test_characters_become_what_drawings_mean(read: str, meant: str) -> None:
    assert normalise_text(read) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("SCALE: 3/4° = 1'-0°", 'SCALE: 3/4" = 1\'-0"'),
        ('1-1/2" = 1°-0"', '1-1/2" = 1\'-0"'),
        ("5/16° PLYWOOD", '5/16" PLYWOOD'),
        ("N 45°30'15\" E", "N 45°30'15\" E"),
        ("SLOPE 30° MAX", "SLOPE 30° MAX"),
    ],
)
def test_ticks_that_ran_together_are_not_degrees(read: str, meant: str) -> None:
    assert normalise_text(read) == meant


@given(st.text(string.ascii_letters + string.digits + "\"'-/:=.,()#&@ "))
def test_plain_text_only_loses_extra_blanks(text: str) -> None:
    assert normalise_text(text) == " ".join(text.split())


@given(st.text())
def test_normal_text_stays_as_it_is(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once
