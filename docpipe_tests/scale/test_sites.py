from docpipe_assets.scale import Candidate, Standing, Where, calibrate
from docpipe_assets.vocabulary import PageType, ScaleStatus
from docpipe_tests.scale.drawn_sheet import Sheet

QUARTER = '1/4" = 1\'-0"'
EIGHTH = '1/8" = 1\'-0"'


def candidates(sheet: Sheet, page_type: PageType = PageType.FLOOR_PLAN) -> dict[str, Candidate]:
    return {candidate.text: candidate for candidate in calibrate(sheet.text, page_type).candidates}


def test_tells_where_notes_stand() -> None:
    sheet = Sheet().view("FLOOR PLAN", QUARTER, 3, 20).title_block(EIGHTH).put('1" = 1\'-0"', 15, 4)
    sheet.put('SCALE: 3" = 1\'-0"', 15, 9)
    where = {text: candidate.where for text, candidate in candidates(sheet).items()}
    assert where == {
        QUARTER: Where.VIEW_TITLE,
        EIGHTH: Where.TITLE_BLOCK,
        '1" = 1\'-0"': Where.LOOSE,
        '3" = 1\'-0"': Where.LABELLED,
    }


def test_title_blocks_may_stand_sideways_at_the_right_edge() -> None:
    sheet = Sheet().put("SCALE", 35, 20, turn=270, type_in=0.07).put(EIGHTH, 35.2, 20, turn=270)
    sheet.put("DATE", 35, 17, turn=270, type_in=0.07).put("DRAWN BY", 35, 14, turn=270, type_in=0.07)
    assert candidates(sheet)[EIGHTH].where is Where.TITLE_BLOCK


def test_a_legend_of_scale_bars_is_not_the_sheets_scale() -> None:
    legend = ['1/16" = 1\'-0"', EIGHTH, '1/2" = 1\'-0"', '3/4" = 1\'-0"']
    words = ["one eighth inch = one foot", "one half inch = one foot", "three inches = one foot"]
    for texts in (legend, words):
        sheet = Sheet()
        for row, text in enumerate(texts):
            sheet.put(text, 0.5, 4 + 4 * row, turn=270)
        assert {c.standing for c in candidates(sheet).values()} == {Standing.GENERIC_BAR}
        assert calibrate(sheet.text, PageType.FLOOR_PLAN).status is ScaleStatus.NOT_FOUND
        assert calibrate(sheet.view("FLOOR PLAN", QUARTER, 5, 20).text, PageType.FLOOR_PLAN).ratio == 48


def test_the_scale_column_of_a_sheet_index_is_not_the_sheets_scale() -> None:
    sheet = Sheet()
    for row in range(6):
        sheet.put(f"A-10{row} FLOOR PLAN LEVEL {row}", 3, 5 + 0.25 * row).put("1:100", 9, 5 + 0.25 * row)
    found = calibrate(sheet.text, PageType.TITLE_SHEET)
    assert found.status is ScaleStatus.NOT_A_DRAWING
    assert {c.standing for c in found.candidates} == {Standing.LISTED}


def test_bare_ratios_in_the_drawing_are_slopes() -> None:
    sheet = Sheet()
    for column in range(3):
        sheet.put("1:50", 4 + 3 * column, 10 + column)
    assert {c.standing for c in candidates(sheet).values()} == {Standing.WEAK}
    assert {c.standing for c in candidates(Sheet().put("1:20", 4, 10)).values()} == {Standing.WEAK}


def test_pictures_and_vertical_axes_do_not_speak_for_the_sheet() -> None:
    sheet = Sheet().view("ISOMETRIC VIEW", QUARTER, 3, 20).put("VERT. SCALE: 1\"=4'", 15, 15)
    standings = {text: c.standing for text, c in candidates(sheet).items()}
    assert standings == {QUARTER: Standing.PICTORIAL_VIEW, "1\"=4'": Standing.VERTICAL}


def test_varies_needs_a_label_and_as_noted_a_place() -> None:
    assert candidates(Sheet().put("VARIES", 15, 10).put("AS NOTED", 15, 12)) == {}
    assert set(candidates(Sheet().title_block("VARIES"))) == {"VARIES"}


def test_a_slope_takes_no_neighbours_words_for_its_title() -> None:
    for words, type_in in (("FLAT ROOF", 0.125), ("RAMP UP", 0.25)):
        sheet = Sheet().put(words, 15, 10, type_in=type_in).put("1:20", 15, 10.3)
        found = calibrate(sheet.text, PageType.ROOF_PLAN)
        assert (found.status, found.views) == (ScaleStatus.NOT_FOUND, ())
    titled = Sheet().put("ROOF PLAN", 15, 10).put("1:50", 15, 10.2)
    assert calibrate(titled.text, PageType.ROOF_PLAN).ratio == 50
