from fractions import Fraction

import pytest

from docpipe_assets.scale.lines import read_lines
from docpipe_assets.scale.notes import Note, find_notes
from docpipe_assets.scale.values import Doubt, NotationKind
from docpipe_tests.scale.drawn_sheet import Sheet


def notes(sheet: Sheet) -> list[Note]:
    return find_notes(read_lines(sheet.text))


def ratios(sheet: Sheet) -> list[Fraction | None]:
    return [note.notation.ratio for note in notes(sheet)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_joins_a_note_that_was_read_in_pieces(turn: int) -> None:
    step = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    sheet = Sheet()
    for text, along in (("SCALE:", 0.0), ('1/4"', 0.5), ("=", 0.85), ("1'-0\"", 0.98)):
        sheet.put(text, 10 + along * step[0], 10 + along * step[1], turn=turn)
    (note,) = notes(sheet)
    assert (note.notation.ratio, note.notation.text, note.labelled) == (48, '1/4" = 1\'-0"', True)


def test_the_box_is_around_the_note_alone() -> None:
    (note,) = notes(Sheet().put('FLOOR PLAN SCALE: 1/4" = 1\'-0"', 3, 20))
    words = Sheet().put('FLOOR PLAN SCALE: 1/4" = 1\'-0"', 3, 20).blocks[0].words
    assert note.box == words[3].box.union(words[5].box)


@pytest.mark.parametrize(
    ("sheet", "ratio"),
    [
        (Sheet().put('1 1/2" = 1\'-0"', 3, 20), 8),
        (Sheet().put('1 1/2" = 1\'-0"', 3, 20, gaps={1: 1.4}), 24),
        (Sheet().put("1", 3, 20).put('1/2" = 1\'-0"', 3.13, 20), 8),
        (Sheet().put("1", 2.9, 19.95, type_in=0.25).put('1/2" = 1\'-0"', 3.15, 20), 24),
        (Sheet().put("1", 2.5, 20).put('1/2" = 1\'-0"', 3.0, 20), 24),
    ],
    ids=["a word's gap", "a wide gap", "two blocks, a word's gap", "larger type", "two blocks apart"],
)
def test_the_gap_tells_a_mixed_number_from_a_bubble(sheet: Sheet, ratio: int) -> None:
    (note,) = notes(sheet)
    assert note.notation.ratio == ratio
    assert not note.notation.doubts


def test_doubt_stays_where_geometry_is_silent() -> None:
    (without_words,) = notes(Sheet().put('1 1/2" = 1\'-0"', 3, 20, worded=False))
    (after_a_title,) = notes(Sheet().put('SECTION 1 1/2" = 1\'-0"', 3, 20))
    assert Doubt.AMBIGUOUS_WHOLE in without_words.notation.doubts
    assert Doubt.AMBIGUOUS_WHOLE in after_a_title.notation.doubts


def test_a_label_speaks_for_the_value_beneath_or_beside_it() -> None:
    beneath = Sheet().put("SCALE", 30, 20, type_in=0.07).put("1/100", 30.1, 20.15)
    beside = Sheet().put("Scale @ A1", 30, 20).put("1/100", 32, 20)
    noted = Sheet().put("ESCALA", 30, 20).put("VARIAS", 30, 20.25)
    assert ratios(beneath) == ratios(beside) == [100]
    assert notes(beside)[0].notation.paper == "A1"
    assert [n.notation.kind for n in notes(noted)] == [NotationKind.AS_NOTED]
    assert all(note.label_apart for sheet in (beneath, beside, noted) for note in notes(sheet))


def test_a_label_speaks_for_no_other_cell() -> None:
    sheet = (
        Sheet()
        .put("SCALE", 30, 20, type_in=0.07)
        .put("DATE", 30, 20.3, type_in=0.07)
        .put("1/100", 30.1, 20.45)
    )
    assert not any(note.labelled for note in notes(sheet))


def test_an_abbreviation_list_is_no_note() -> None:
    listed = Sheet().put("NTS", 3, 3).put("NOT TO SCALE", 4, 3).put("OC", 3, 3.2).put("ON CENTER", 4, 3.2)
    assert notes(listed) == []
    assert len(notes(Sheet().put("NTS", 3, 3).put("NOT TO SCALE", 4, 9))) == 2


def test_text_drawn_twice_is_one_note() -> None:
    assert len(notes(Sheet().put("1:100", 3, 3).put("1:100", 3.01, 3.0))) == 1


def test_knows_how_surely_a_note_was_read() -> None:
    (note,) = notes(Sheet().put("1:100", 3, 3, confidence=0.6))
    assert note.confidence == 0.6
