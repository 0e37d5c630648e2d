import time
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docpipe_assets.scale import Doubt, NotationKind, System, find_notations
from docpipe_assets.scale.notation import is_label
from docpipe_assets.scale.values import Axis
from docpipe_tests.scale.unscaled_text import LINES
from docpipe_tests.scale.written_scales import WRITTEN


@settings(max_examples=600, deadline=None)
@given(WRITTEN)
def test_every_written_ratio_reads_back_exactly(written: tuple[str, Fraction]) -> None:
    text, ratio = written
    assert [notation.ratio for notation in find_notations(text)] == [ratio]


@settings(max_examples=600, deadline=None)
@given(LINES)
def test_no_line_without_a_scale_gives_one(line: str) -> None:
    assert find_notations(line) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, min_size=2, max_size=6), WRITTEN)
def test_a_scale_is_found_among_lines_that_are_none(lines: list[str], written: tuple[str, Fraction]) -> None:
    text, ratio = written
    page = "\n".join([*lines[:1], text, *lines[1:]])
    found = find_notations(page)
    assert [notation.ratio for notation in found] == [ratio]
    assert page[found[0].start : found[0].end] == found[0].text
    assert found[0].text in text


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="1234I|/:='\"- \nSCALENTS.@A½”", max_size=60))
def test_notes_lie_in_order_within_the_text(text: str) -> None:
    found = find_notations(text)
    assert all(text[n.start : n.end] == n.text and n.text for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(n.ratio is None or n.ratio > 0 for n in found)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("3/32\"=1'", 128),
        ('1-1/2" = 1\'-0"', 8),
        ("SCALE: HALF SIZE", 2),
        ("FULL SIZE", 1),
        ("DOOR JAMB - HALF FULL SIZE", None),
        ("1/4 SIZE", 4),
        ("SCALE 2:1", Fraction(1, 2)),
        ("SCALE 1:12.5", Fraction(25, 2)),
        ("SCALE 1:2,5", Fraction(5, 2)),
        ("1 inch = 20 ft.", 240),
        ('1" = 1 MILE', 63360),
        ('SCALE: 1"=20', 240),
        ("1 cm = 1 m", 100),
        ('SCALE 1/4": 1\'-0"', 48),
        ('SCALE 1/4" TO 1 FOOT', 48),
        ("0.125\"=1'", 96),
        ("1/4 = 1'-0\"", 48),
        ("1/4' = 1'-0\"", 48),
        ('1/4" = T-0"', 48),
        ("SCALE:1:1OO", 100),
        ('SCALE: 1/4"', 48),
        ("KAT PLANI 1/50", 50),
        ("1/100 VAZİYET PLANI", 100),
        ("S=1:100", None),
        ("SCALE: 1/4", None),
        ("1:12", 12),
        ("1:12.5", None),
    ],
)
def test_reads_rarer_ways(text: str, ratio: int | Fraction | None) -> None:
    assert [n.ratio for n in find_notations(text)] == ([] if ratio is None else [ratio])


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ('773-425-6456 1/4" = 1\'-0"', 48),
        ('2 1/4" = 1\'-0"', 48),
        ('12 3/32" = 1\'-0"', 128),
        ('A1 1/8" = 1\'-0"', 96),
        ('LEVEL 1 1/8" = 1\'-0"', 96),
        ('PT-1 1/8" = 1\'-0"', 96),
        ('21/4" = 1\'-0"', 48),
        ('1      1/2" = 1\'-0"', 24),
    ],
)
def test_leaves_a_neighbours_number_out(text: str, ratio: int) -> None:
    (note,) = find_notations(text)
    assert note.ratio == ratio
    assert note.text.startswith(("1/", "3/", "21/"))


@pytest.mark.parametrize(
    "text", ['1 1/2" = 1\'-0"', 'SECTION 1 1/2" = 1\'-0"', '11/2" = 1\'-0"', '1 - 1/2" = 1\'-0"']
)
def test_says_when_a_number_may_be_a_neighbours(text: str) -> None:
    (note,) = find_notations(text)
    assert Doubt.AMBIGUOUS_WHOLE in note.doubts
    assert note.confidence <= 0.5


def test_geometry_settles_whose_the_number_is() -> None:
    (note,) = find_notations('1 1/2" = 1\'-0"')
    ours, theirs = note.settled(whole_is_ours=True), note.settled(whole_is_ours=False)
    assert (ours.ratio, ours.text, ours.doubts) == (8, '1 1/2" = 1\'-0"', frozenset())
    assert (theirs.ratio, theirs.text, theirs.doubts) == (24, '1/2" = 1\'-0"', frozenset())


@pytest.mark.parametrize(
    "text", ['SCALE: 1 1/2" = 1\'-0"', '1-1/2" = 1\'-0"', "one and one half inches = one foot"]
)
def test_a_label_or_a_hyphen_leaves_no_doubt(text: str) -> None:
    (note,) = find_notations(text)
    assert (note.ratio, note.doubts) == (8, frozenset())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, NotationKind.NOT_TO_SCALE)
            for text in (
                "NTS",
                "N.T.S.",
                "N.T.S",
                "(NTS)",
                "NOT TO SCALE",
                "(NOT TO SCALE)",
                "NO SCALE",
                "SCALE: NTS",
                "SCALE: NONE",
                "Scale N/A",
                "RISER DIAGRAM - N.T.S.",
                "S/ESCALA",
                "S/ ESC.",
                "SEM ESCALA",
                "SIN ESCALA",
                "ESC.: S/E",
                "SANS ÉCHELLE",
                "ohne Maßstab",
                "ÖLÇEKSİZ",
                "EJ SKALENLIG",
                "UTAN SKALA",
                "NOT DRAWN TO SCALE",
            )
        ),
        *(
            (text, NotationKind.AS_NOTED)
            for text in (
                "AS NOTED",
                "SCALE: AS NOTED",
                "AS SHOWN",
                "Scale As indicated",
                "VARIES",
                "SCALE VARIES",
                "INDICADA",
                "ESCALA: INDICADA",
                "ESC. INDICADAS",
                "SCALE: SEE PLANS",
                "COMO INDICADO",
                "ÖLÇEK: MUHTELİF",
                "Skala enligt ritning",
            )
        ),
    ],
)
def test_reads_notes_without_a_number(text: str, kind: NotationKind) -> None:
    assert [(n.kind, n.ratio) for n in find_notations(text)] == [(kind, None)]


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("1:100 @ A1", ["A1"]),
        ("SCALE @ A1: 1:100", ["A1"]),
        ("1:50 @ A1 / 1:100 @ A3", ["A1", "A3"]),
        ("Skala 1:50 (A1) 1:100 (A3)", ["A1", "A3"]),
        ("SKALA A1 1:50 A3 1:100", ["A1", "A3"]),
        ("A1 1:50 A3 1:100", ["A1", "A3"]),
        ("A1: 1:50, A3: 1:100", ["A1", "A3"]),
        ("escala 1:50 en A2", ["A2"]),
        ('SCALE: 1/8"=1\'-0" (24x36)  1/16"=1\'-0" (12x18)', ["24x36", "12x18"]),
        ('A1 1/8" = 1\'-0"', [None]),
        ("1:100", [None]),
    ],
)
def test_knows_the_paper_that_each_note_is_for(text: str, papers: list[str | None]) -> None:
    assert [n.paper for n in find_notations(text)] == papers


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("HORIZ. SCALE: 1\"=40'", [Axis.HORIZONTAL]),
        ("SCALE: H: 1\"=20'  V: 1\"=4'", [Axis.HORIZONTAL, Axis.VERTICAL]),
        ("ESC H: 1:500 V: 1:50", [Axis.HORIZONTAL, Axis.VERTICAL]),
        ("SCALE 1\" = 20' HORIZ. 1\" = 2' VERT.", [Axis.HORIZONTAL, Axis.VERTICAL]),
        ("SCALE 1\" = 20'", [None]),
    ],
)
def test_knows_the_axis_that_each_note_is_for(text: str, axes: list[Axis | None]) -> None:
    assert [n.axis for n in find_notations(text)] == axes


def test_a_list_shares_its_label() -> None:
    assert [(n.ratio, n.labelled) for n in find_notations("ESCALAS 1:50 E 1:100")] == [
        (50, True),
        (100, True),
    ]


def test_tells_imperial_from_metric() -> None:
    texts = ['1/4" = 1\'-0"', "1\" = 20'", "1:100", "1:48"]
    assert [find_notations(text)[0].system for text in texts] == [
        System.IMPERIAL,
        System.IMPERIAL,
        System.METRIC,
        System.IMPERIAL,
    ]


def test_trusts_customary_scales_more() -> None:
    customary, odd = find_notations('1/4" = 1\'-0"')[0], find_notations('5/16" = 1\'-0"')[0]
    assert customary.confidence == 1.0
    assert odd.doubts == {Doubt.UNCUSTOMARY}
    assert odd.confidence == 0.5


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("SCALE:", True),
        ("Scale @ A1", True),
        ("ESC.:", True),
        ("DRAWN BY: MK  SCALE", True),
        ("DO NOT SCALE", False),
        ("NO SCALE", False),
        ("ESCALATOR", False),
    ],
)
def test_knows_a_label_without_its_value(text: str, label: bool) -> None:
    assert is_label(text) is label


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "I",
        "1:",
        "1/",
        "'",
        " ",
        "=",
        '1/4"=',
        "1 1/2 =",
        "SCALE ",
        "SCALE:",
        "N.T.S. ",
        "A1 ",
        "24x36 ",
        ".",
        "-",
        "one and one half inch = ",
        "½",
        "1:1,000,",
    ],
)
@pytest.mark.timeout(120)
def test_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        """The best of a few tries, which other work on the machine disturbs least."""
        text = (piece * (length // len(piece) + 1))[:length]
        tries = []
        for _ in range(5):
            begun = time.process_time()
            find_notations(text)
            tries.append(time.process_time() - begun)
        return min(tries)

    short, long = max(seconds(3000), 0.002), seconds(24000)
    assert long / short < 40, "eight times the text took far more than eight times as long"
