import pytest

from docpipe_assets.scale import Method, Review, ScaleCalibration, Standing, calibrate
from docpipe_assets.vocabulary import PageType, ScaleStatus
from docpipe_tests.scale.drawn_sheet import Sheet

QUARTER = '1/4" = 1\'-0"'
EIGHTH = '1/8" = 1\'-0"'
DETAIL = '1 1/2" = 1\'-0"'
A1, A3 = (33.11, 23.39), (16.54, 11.69)


def read(sheet: Sheet, page_type: PageType = PageType.FLOOR_PLAN) -> ScaleCalibration:
    return calibrate(sheet.text, page_type)


def plan(note: str = QUARTER) -> Sheet:
    return Sheet().view("FIRST FLOOR PLAN", note, 3, 20)


def test_one_scale_over_all_views_governs() -> None:
    found = read(plan().view("SECOND FLOOR PLAN", QUARTER, 18, 20, number="2"))
    assert (found.status, found.ratio, found.method, found.review) == (
        ScaleStatus.CALIBRATED, 48, Method.VIEW_TITLES, (),
    )  # fmt: skip


def test_a_title_block_that_agrees_makes_surer() -> None:
    agreeing, alone, noted = (
        read(plan().title_block(QUARTER)),
        read(plan()),
        read(plan().title_block("AS NOTED")),
    )
    assert agreeing.method is Method.VIEWS_AND_TITLE_BLOCK
    assert agreeing.confidence > alone.confidence == noted.confidence
    assert {a.ratio for a in (agreeing, alone, noted)} == {48}


def test_a_title_block_that_contradicts_is_never_passed_over() -> None:
    found = read(plan(QUARTER).title_block(EIGHTH))
    assert (found.status, found.ratio) == (ScaleStatus.MULTIPLE, None)
    assert found.review == (Review.TITLE_BLOCK_DIFFERS,)
    none = read(plan(QUARTER).title_block("NONE"))
    assert Review.TITLE_BLOCK_DIFFERS in none.review


def test_the_title_block_alone_governs_where_no_view_has_a_note() -> None:
    found = read(Sheet().put("FIRST FLOOR PLAN", 3, 20).title_block(EIGHTH))
    assert (found.ratio, found.method, found.review) == (96, Method.TITLE_BLOCK, ())
    assert read(Sheet().title_block("1:50, 1:100")).status is ScaleStatus.MULTIPLE


def test_as_noted_is_never_a_number() -> None:
    found = read(Sheet().title_block("AS NOTED"))
    assert (found.status, found.ratio, found.needs_review) == (ScaleStatus.AS_NOTED, None, True)


def test_views_that_differ_do_not_govern() -> None:
    sheet = Sheet().view("DETAIL A", "1:5", 3, 20).view("DETAIL B", "1:10", 20, 20, number="2")
    found = read(sheet, PageType.DETAIL)
    assert (found.status, found.ratio, found.review) == (ScaleStatus.MULTIPLE, None, (Review.VIEWS_DIFFER,))
    assert {candidate.standing for candidate in found.candidates} == {Standing.OTHER_SCALE}


def test_the_plan_of_a_plan_sheet_governs_over_its_details_and_is_looked_at() -> None:
    sheet = (
        plan(EIGHTH)
        .view("SECTION", '3/4" = 1\'-0"', 27, 6, number="2")
        .view("DETAIL", DETAIL, 27, 12, number="3")
    )
    for x in range(2, 24, 3):
        for y in range(2, 18, 3):
            sheet.put("BEDROOM", x, y)
    found = read(sheet)
    assert (found.status, found.ratio, found.method) == (ScaleStatus.CALIBRATED, 96, Method.DOMINANT_VIEWS)
    assert found.review == (Review.VIEWS_DIFFER,)
    assert found.confidence < 0.5


def test_most_views_of_a_detail_sheet_govern_when_they_fill_it() -> None:
    sheet = Sheet()
    for column in range(3):
        for row in range(2):
            x, y = 3 + 10 * column, 10 + 10 * row
            sheet.view("DETAIL", '3/4" = 1\'-0"' if column == row == 1 else DETAIL, x, y)
            for step in range(6):
                sheet.put("2x4 STUDS", x + step, y - 1 - step)
    found = read(sheet, PageType.DETAIL)
    assert (found.status, found.ratio, found.needs_review) == (ScaleStatus.CALIBRATED, 8, True)


def test_a_vicinity_map_does_not_govern() -> None:
    sheet = (
        Sheet().view("SITE PLAN", "1\" = 20'", 3, 20).view("VICINITY MAP", "1\" = 2000'", 20, 8, number="2")
    )
    found = read(sheet, PageType.SITE_PLAN)
    assert (found.ratio, found.review) == (240, ())
    alone = read(Sheet().view("VICINITY MAP", "1\" = 2000'", 20, 8), PageType.SITE_PLAN)
    assert alone.review == (Review.SUBSIDIARY_VIEW_ONLY,)


def test_views_that_are_not_to_scale_are_weighed() -> None:
    one = plan().view("DETAIL", "NTS", 20, 20, number="2")
    many = plan().view("DETAIL", "NTS", 20, 20, number="2").view("DETAIL", "N.T.S.", 20, 10, number="3")
    assert read(one).review == ()
    assert read(many).review == (Review.MOSTLY_NOT_TO_SCALE,)
    only = Sheet().view("RISER DIAGRAM", "NTS", 3, 20).title_block("AS NOTED")
    assert read(only, PageType.DIAGRAM).status is ScaleStatus.NOT_TO_SCALE


def test_a_note_far_from_everything_is_looked_at() -> None:
    found = read(Sheet().put(QUARTER, 15, 12))
    assert (found.status, found.ratio, found.review) == (
        ScaleStatus.CALIBRATED,
        48,
        (Review.LOOSE_NOTE_ONLY,),
    )


def test_a_profile_has_two_scales() -> None:
    sheet = Sheet().put("HORIZ. SCALE: 1\"=40'", 3, 20).put("VERT. SCALE: 1\"=4'", 3, 20.3)
    found = read(sheet, PageType.SECTION)
    assert (found.ratio, found.review) == (480, (Review.AXES_DIFFER,))


@pytest.mark.parametrize(
    ("size", "ratio"),
    [(A1, 50), (A3, 100)],
)
def test_the_note_for_this_paper_governs(size: tuple[float, float], ratio: int) -> None:
    found = read(Sheet(*size).put("GROUND FLOOR PLAN", 2, 9).title_block("1:50 @ A1 / 1:100 @ A3"))
    assert (found.status, found.ratio, found.review) == (ScaleStatus.CALIBRATED, ratio, ())
    assert Standing.OTHER_PAPER in {candidate.standing for candidate in found.candidates}


def test_full_size_legends_do_not_disturb() -> None:
    sheet = (
        Sheet().view("FLOOR PLAN", "1 : 100", 3, 20).view("DOOR TYPES ELEVATION", "1 : 1", 25, 20, number="2")
    )
    assert (read(sheet).ratio, read(sheet).review) == (100, ())
