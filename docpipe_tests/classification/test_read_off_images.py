"""What an engine makes of lettering that it reads off an image, and what a page is all the same."""

import pytest

from docpipe_assets.classification import Classification, classify_set, gather_evidence
from docpipe_assets.classification.numbers import parse_number
from docpipe_assets.page_text import Box, PageText, TextBlock
from docpipe_tests.classification.paper import QUARTER_INCH, Paper, classify, drawn, named

READ = 0.97


class Image:
    """An A1 sheet as it was read: each line with its box in pixels and how surely it was read."""

    def __init__(self) -> None:
        self._blocks: list[TextBlock] = []

    def put(self, text: str, x: float, y: float, width: float, height: float, read: float = READ) -> "Image":
        self._blocks.append(TextBlock(text, Box(x, y, width, height), confidence=read))
        return self

    def page(self) -> PageText:
        rooms = [("KITCHEN", 900), ("BEDROOM", 1700), ("HALL", 2500), ("2400", 1200), ("1150", 2200)]
        for text, x in rooms:
            self.put(text, x, 1500, 20 * len(text), 34)
        return PageText(tuple(self._blocks), 6620, 4680, 200.0)

    def read(self) -> Classification:
        return classify_set([gather_evidence(self.page())])[0]


def block(number: str, *, label: str = "PRANCHA", read: float = READ) -> Image:
    """A title block in the corner, but for the title: its number is lettered large."""
    image = Image().put("PROJETO", 5200, 3700, 90, 26).put("CASA DA SERRA", 5200, 3730, 280, 42)
    image.put("DATA", 5200, 4300, 50, 26).put("12/03/2021", 5205, 4328, 170, 40)
    return image.put(label, 6230, 4150, 90, 26).put(number, 6240, 4180, 210, 80, read)


def test_an_accent_does_not_part_the_lines_of_a_title() -> None:
    image = block("HID 02").put("TÍTULO", 5200, 4100, 60, 26)
    image.put("INSTALAÇÕES HIDROSSANITÁRIAS", 5200, 4118, 589, 56).put("PLANTA BAIXA", 5202, 4170, 248, 36)
    assert named(image.read()) == ("HID 02", "INSTALAÇÕES HIDROSSANITÁRIAS PLANTA BAIXA")


def test_a_title_goes_on_below_its_first_line() -> None:
    image = block("03/04").put("ASSUNTO", 5195, 4152, 72, 27)
    image.put("CORTES AA E BB", 5204, 4179, 273, 34).put("FACHADA FRONTAL", 5201, 4216, 326, 33)
    for at, view in enumerate(["CORTE AA", "CORTE BB", "FACHADA FRONTAL"]):
        image.put(view, 800 + 1300 * at, 2900, 22 * len(view), 50)
        image.put("ESC.: 1/50", 800 + 1300 * at, 2955, 150, 32)
    found = image.read()
    assert named(found) == ("03", "CORTES AA E BB FACHADA FRONTAL")
    assert found.page_type.value == "section"


def test_the_scale_in_the_cell_below_does_not_make_a_view_of_the_title() -> None:
    image = block("A-40-1-0110", label="NUMMER").put("HUS 1, PLAN 11, DEL A", 5139, 4157, 420, 49)
    image.put("PLANRITNING", 5139, 4202, 257, 44).put("SKALA", 5133, 4262, 47, 26).put(
        "1:50 (A1)", 5135, 4283, 140, 39
    )
    assert named(image.read()) == ("A-40-1-0110", "HUS 1, PLAN 11, DEL A PLANRITNING")


def test_a_date_closes_the_cell_of_its_label() -> None:
    image = block("K-25-1-001", label="NUMMER").put("DATUM", 5150, 4060, 44, 30)
    image.put("2019-02-01", 5158, 4082, 127, 40).put("TAKBJÄLKLAG, PLAN", 5162, 4135, 343, 53)
    image.put("STOMPLAN", 5158, 4184, 197, 47)
    assert named(image.read()) == ("K-25-1-001", "TAKBJÄLKLAG, PLAN STOMPLAN")


@pytest.mark.parametrize("label", ["PLAN N-", "PLAN N'", "FOLHA N9", "N- DE PLAN"])
def test_the_sign_for_number_may_be_misread(label: str) -> None:
    image = block("PC 03", label=label, read=0.906).put("TÍTULO", 5200, 4150, 60, 26)
    assert named(image.put("PLAN DE COUPE", 5200, 4180, 300, 39).read()) == ("PC 03", "PLAN DE COUPE")


@pytest.mark.parametrize("label", ["MEET TITLE", "SNGET TITLE", "SHEET TITLÉ"])
def test_a_badly_read_label_is_still_one(label: str) -> None:
    image = block("A4.1", label="SHEET HO.", read=0.99).put(label, 5200, 4110, 190, 26, 0.93)
    assert named(image.put("DECORATIVE TILES", 5200, 4150, 330, 36).read()) == ("A4.1", "DECORATIVE TILES")


@pytest.mark.parametrize("number", ["001", "0201", "501", "801", "5.03", "051"])
def test_bare_digits_stay_digits(number: str) -> None:
    shape = parse_number(number, scanned=True)
    assert shape is not None and shape.value == number


@pytest.mark.parametrize(("written", "number"), [("A1O1", "A101"), ("5-201", "S-201"), ("FP-1O1", "FP-101")])
def test_letters_and_digits_are_told_apart_by_their_place(written: str, number: str) -> None:
    shape = parse_number(written, scanned=True)
    assert shape is not None and shape.value == number


@pytest.mark.parametrize("number", ["PL(20)03", "(27)004", "A(00)101", "3027-L(0)01"])
def test_numbers_may_hold_the_class_of_the_drawing(number: str) -> None:
    shape = parse_number(number)
    assert shape is not None and shape.value == number


def test_sisters_tell_the_letter_that_was_read_as_a_digit() -> None:
    titles = ["FOUNDATION PLAN", "FRAMING PLAN", "SECTIONS", "DETAILS"]
    pages = [
        drawn(Paper(), (title, QUARTER_INCH)).put(title, 33, 20, 0.2).put(number, 33, 21.5, 0.35)
        for number, title in zip(["S01", "S02", "503", "S04"], titles, strict=True)
    ]
    found = classify(*(page.page(confidence=READ) for page in pages))
    assert [named(sheet)[0] for sheet in found] == ["S01", "S02", "S03", "S04"]
    assert found[2].needs_review


@pytest.mark.parametrize("stamp", ["8/22/2014 9:22:10 AM-", "10/22/2014 11:43:04 AM", "2014-08-22 09:22 "])
def test_a_plot_stamp_is_no_part_of_the_number(stamp: str) -> None:
    image = Image().put("Site Plan", 6100, 4450, 190, 56)
    assert named(image.put(f"{stamp}A-100", 5400, 4510, 930, 68).read()) == ("A-100", "Site Plan")


def test_a_figure_that_two_boxes_cut_is_there_once() -> None:
    image = Image().put("First Floor Plan", 5300, 4200, 600, 100).put("A-50", 5420, 4400, 275, 170)
    assert named(image.put("01", 5711, 4405, 105, 160, 0.93).read())[0] == "A-501"


def test_a_number_that_was_badly_read_needs_review() -> None:
    image = block("SA-188", read=0.514).put("TÍTULO", 5200, 4110, 60, 26)
    found = image.put("PLANTA BAIXA", 5200, 4150, 300, 39).read()
    assert found.sheet_number is not None and found.sheet_number.confidence < 0.65
    assert found.needs_review


def test_letters_over_a_labelled_number_are_no_bubble() -> None:
    image = Image().put("drawn", 5700, 4120, 60, 29).put("FL", 5732, 4140, 30, 45)
    image.put("drawing title", 5700, 4000, 110, 26).put("Site Location Plan", 5705, 4030, 240, 39)
    found = image.put("drawing no", 5700, 4197, 80, 27).put("001", 5712, 4220, 64, 51).read()
    assert named(found) == ("001", "Site Location Plan")


def test_elevations_are_the_architects_whatever_g_stands_for() -> None:
    image = block("G-04-b", label="Plannummer").put("Planinhalt", 5200, 4110, 100, 26)
    found = image.put("Ansichten Nord und Ost", 5200, 4150, 400, 45).read()
    assert (found.page_type.value, found.discipline.value) == ("elevation", "architectural")


def test_a_storey_in_the_title_of_a_ceiling_plan_only_says_where() -> None:
    image = block("A-111", label="SHEET NO.").put("1st Floor RCP", 5200, 4110, 330, 60)
    image.put("1st Floor", 900, 2900, 150, 46).put('1/4" = 1\'-0"', 900, 2950, 180, 34)
    assert image.read().page_type.value == "reflected_ceiling_plan"


def test_the_box_of_a_large_number_reaches_into_its_label() -> None:
    image = Image().put("PAFTA NO", 4118, 4214, 81, 28).put("01", 4130, 4227, 79, 80)
    image.put("PAFTA ADI", 3215, 4214, 90, 28).put("VAZIYET PLANI", 3215, 4245, 305, 46)
    assert named(image.read()) == ("01", "VAZIYET PLANI")
