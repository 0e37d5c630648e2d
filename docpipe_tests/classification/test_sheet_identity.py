"""Number and title of sheets that come alone, in title blocks of many kinds."""

import pytest

from docpipe_assets.page_text import PageText
from docpipe_tests.classification.blocks import bottom_strip, in_labelled_rows, lettered_upwards, right_strip
from docpipe_tests.classification.paper import QUARTER_INCH, Paper, classify, drawn, identity

PLAN = ("FIRST FLOOR PLAN", QUARTER_INCH)


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("A-101", ["FIRST FLOOR PLAN"]),
        ("AD101", ["FIRST FLOOR", "DEMOLITION PLAN"]),
        ("S1.01", ["FOUNDATION PLAN &", "FIRST FLOOR FRAMING", "PLAN"]),
        ("A2.1a", ["1ST FLOOR RCP /", "ELECTRICAL PLAN"]),
        ("FP-101", ["FIRE SPRINKLER PLAN -", "LEVEL 1"]),
        ("101", ["SECOND FLOOR PLAN"]),
        ("P-03", ["Kitchen Joinery"]),
    ],
)
def test_labels_in_a_strip_along_the_right_edge(number: str, title: list[str]) -> None:
    assert identity(right_strip(number, title, PLAN).page()) == (number, " ".join(title))


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_a_sheet_may_lie_on_its_side(turned: int) -> None:
    page = right_strip("M-201", ["HVAC PLAN - LEVEL 2"], ("LEVEL 2 HVAC PLAN", QUARTER_INCH)).page(turned)
    found = classify(page)[0]
    assert found.sheet_number is not None and found.sheet_number.value == "M-201"
    assert found.sheet_number.box is not None
    assert any(b.text == "M-201" and b.box.overlap(found.sheet_number.box) > 0 for b in page.blocks)
    assert found.sheet_title is not None and found.sheet_title.value == "HVAC PLAN - LEVEL 2"


@pytest.mark.parametrize(
    ("number", "title"),
    [("C-101", ["GRADING AND", "DRAINAGE PLAN"]), ("A0.0", ["SITE PLAN"]), ("L-100", ["PLANTING PLAN"])],
)
def test_the_largest_type_in_the_corner_needs_no_label(number: str, title: list[str]) -> None:
    assert identity(bottom_strip(number, title, PLAN).page()) == (number, " ".join(title))


def test_a_title_that_reads_upwards() -> None:
    page = lettered_upwards(
        "A3", "BUILDING SECTIONS", ("SECTION A", QUARTER_INCH), ("SECTION B", QUARTER_INCH)
    )
    assert identity(page.page()) == ("A3", "BUILDING SECTIONS")


def test_a_small_sheet_with_number_and_title_on_one_line() -> None:
    paper = drawn(Paper(17, 11), PLAN, to=0.9).put("SMITH HOUSE", 1, 10.4, 0.15)
    assert identity(paper.put("A-101 FIRST FLOOR PLAN", 12.5, 10.4, 0.2).page()) == (
        "A-101",
        "FIRST FLOOR PLAN",
    )


@pytest.mark.parametrize(
    ("said", "number"),
    [("SHEET 4 OF 7", "4"), ("SHEET: A1.0", "A1.0"), ("DWG. NO.: E-02", "E-02"), ("SHEET 1A of 9", "1A")],
)
def test_label_and_number_on_one_line(said: str, number: str) -> None:
    paper = drawn(Paper(24, 18), ("FRONT ELEVATION", QUARTER_INCH)).put("CUSTOM HOME FOR", 21, 6)
    paper.put("ELEVATIONS", 21, 14, 0.2).put("DATE: 4-12-16", 21, 15).put(said, 21, 16.5, 0.15)
    assert identity(paper.page()) == (number, "ELEVATIONS")


def test_the_word_after_sheet_is_not_its_number() -> None:
    paper = drawn(Paper(), PLAN).put("SHEET TITLE", 33, 20, 0.1).put("ROOF PLAN", 33, 20.3, 0.2)
    paper.put("SHEET INDEX", 30, 2, 0.2).put("SHEET METAL FLASHING, TYP.", 32, 21, 0.1)
    assert identity(paper.page()) == (None, "ROOF PLAN")


def test_labels_below_their_values() -> None:
    paper = drawn(Paper(), PLAN).put("HARBOR POINT OFFICE", 33, 18, 0.2).put("PROJECT", 33, 18.3, 0.08)
    paper.lines(["SECOND FLOOR", "REFLECTED CEILING PLAN"], 33, 20.5, 0.16).put("SHEET TITLE", 33, 21, 0.08)
    paper.put("A-122", 33, 22, 0.4).put("SHEET NUMBER", 33, 22.5, 0.08)
    assert identity(paper.page()) == ("A-122", "SECOND FLOOR REFLECTED CEILING PLAN")


def test_references_and_other_numbers_are_not_the_sheets() -> None:
    paper = drawn(Paper(), PLAN, to=0.95)
    paper.put("PROJECT NO.", 31, 21, 0.08).put("A-1904", 32.2, 21, 0.12).put("DATE", 31, 21.4, 0.08)
    paper.put("10-12-2019", 32.2, 21.4, 0.12).put("503-555-1234", 31, 22, 0.12).put(
        "97201-1234", 31, 22.3, 0.12
    )
    paper.put("SEE A-301", 31, 22.6, 0.12).put("3/A-501", 31, 22.9, 0.12).put("REV 2", 33, 22.9, 0.12)
    found = classify(paper.page())[0]
    assert found.sheet_number is None
    assert found.needs_review and any("number" in reason for reason in found.review_reasons)


def test_without_a_title_the_main_view_serves_with_less_confidence() -> None:
    page = drawn(Paper(), ("SECOND FLOOR PLAN", QUARTER_INCH)).put("A-102", 33, 22, 0.5).page()
    found = classify(page)[0]
    assert found.sheet_title is not None and found.sheet_title.value == "SECOND FLOOR PLAN"
    assert found.sheet_title.confidence < 0.6 and found.needs_review


def test_names_addresses_and_dates_are_not_titles() -> None:
    paper = drawn(Paper(), ("FIREPLACE - SECTION", QUARTER_INCH), ("FIREPLACE - PLAN", QUARTER_INCH))
    paper.lines(["Anna and Otto", "Lindqvist"], 33, 18, 0.2).put("32 Alder Lane", 33, 19, 0.2)
    paper.put("Fireplace", 33, 19.7, 0.2).put("12.11.2014", 34, 20.4).put("A-400", 33, 21, 0.4)
    assert identity(paper.page()) == ("A-400", "Fireplace")


def test_every_finding_says_why_and_where() -> None:
    found = classify(right_strip("A-101", ["FIRST FLOOR PLAN"], PLAN).page())[0]
    assert found.sheet_number is not None and "SHEET NUMBER" in found.sheet_number.reason
    assert found.sheet_title is not None and found.sheet_title.box is not None
    assert not found.needs_review and found.review_reasons == ()
    assert 0.9 < found.sheet_number.confidence <= 1
    data = found.to_json()
    assert data["sheet_number"]["value"] == "A-101" and data["method"] == "rules"
    assert set(data["sheet_number"]["box"]) == {"x", "y", "width", "height"}


def test_runners_up_are_offered() -> None:
    paper = drawn(Paper(), PLAN).put("DRAWING NO.", 32, 22, 0.08).put("A-101", 32, 22.2, 0.3)
    paper.put("SHEET", 33.5, 22, 0.08).put("3 OF 9", 33.5, 22.2, 0.3).put("FLOOR PLAN", 32, 21, 0.2)
    found = classify(paper.page())[0]
    assert found.sheet_number is not None and found.sheet_number.value == "A-101"
    assert "3" in [a.value for a in found.alternatives if a.field == "sheet_number"]


@pytest.mark.parametrize(
    ("written", "read"),
    [("A-1O1", "A-101"), ("AI.2", "A1.2"), ("S-l00", "S-100"), ("AO.1", "A0.1"), ("AD101", "AD101")],
)
def test_letters_that_a_scan_takes_for_digits(written: str, read: str) -> None:
    page = right_strip(written, ["FIRSTFLOORPLAN"], PLAN).page(confidence=0.93)
    assert identity(page) == (read, "FIRST FLOOR PLAN")


def test_a_scan_that_runs_label_and_number_together() -> None:
    paper = drawn(Paper(), PLAN).put("SECTI0NS", 33, 20.5, 0.2).put("SHEETNO.A-301", 33, 22, 0.2)
    assert identity(paper.page(confidence=0.9)) == ("A-301", "SECTIONS")


def test_numbers_in_the_manner_of_iso_19650_may_stand_in_cells() -> None:
    paper = drawn(Paper(33.1, 23.4), ("GA Section AA", "1:50")).put("Drawing Title", 27, 19, 0.08)
    paper.put("GA Section AA", 27, 19.2, 0.15).put("Drawing Number", 27, 21, 0.08)
    for at, part in enumerate(["1234", "ABC", "Z1", "XX", "DR", "A", "03001"]):
        paper.put(part, 27 + at * 0.65, 21.3, 0.14)
    assert identity(paper.page()) == ("1234-ABC-Z1-XX-DR-A-03001", "GA Section AA")


def test_an_empty_page_has_no_identity() -> None:
    found = classify(PageText((), 1700, 2200, 200.0))[0]
    assert found.sheet_number is None and found.sheet_title is None and found.needs_review


@pytest.mark.parametrize(
    ("rows", "number", "title"),
    [
        (
            [("Client", "Mr & Mrs Patel"), ("Project", "Rear extension, 22 Elm Road"),
             ("Drawing Title", "Proposed Ground Floor Plan"), ("Scale", "1:50 @ A1"), ("Drawn", "HL"),
             ("Date", "12 Mar 2018"), ("Job No", "1402")],
            ("Drawing No.", "1402/P/101"), "Proposed Ground Floor Plan",
        ),
        (
            [("OBRA", "RESIDÊNCIA UNIFAMILIAR"), ("PROPRIETÁRIO", "JOSÉ DA SILVA"), ("DATA", "MAIO/2019"),
             ("ENDEREÇO", "RUA DAS FLORES, 123"), ("CONTEÚDO", "PLANTA BAIXA - TÉRREO"), ("ESCALA", "1:50")],
            ("PRANCHA Nº", "01/03"), "PLANTA BAIXA - TÉRREO",
        ),
        (
            [("İŞİN ADI", "KONUT PROJESİ"), ("MAL SAHİBİ", "AHMET YILMAZ"), ("ADA / PARSEL", "1234 / 5"),
             ("PAFTA ADI", "ZEMİN KAT PLANI"), ("ÖLÇEK", "1/50"), ("TARİH", "12.05.2019")],
            ("PAFTA NO", "A-02"), "ZEMİN KAT PLANI",
        ),
        (
            [("UPPDRAG NR", "15042"), ("RITAD AV", "L. BERG"), ("DATUM", "2016-04-12"), ("ANSVARIG", "K. LIND"),
             ("INNEHÅLL", "FASAD MOT SÖDER"), ("SKALA", "1:100 (A1)")],
            ("RITNINGSNUMMER", "A-40.3-101"), "FASAD MOT SÖDER",
        ),
        (
            [("Bauvorhaben", "Neubau Einfamilienhaus"), ("Bauherr", "Familie Müller"), ("Datum", "12.05.2019"),
             ("Planinhalt", "Grundriss Erdgeschoss"), ("Maßstab", "1:100")],
            ("Plan-Nr.", "03"), "Grundriss Erdgeschoss",
        ),
        (
            [("Maître d'ouvrage", "M. et Mme Dupont"), ("Titre du plan", "Coupes AA et BB"), ("Echelle", "1/50"),
             ("Date", "12/05/2019")],
            ("N° de plan", "PC-03"), "Coupes AA et BB",
        ),
        (
            [("PROYECTO", "VIVIENDA UNIFAMILIAR"), ("PLANO", "PLANTA BAJA"), ("ESCALA", "1:75"),
             ("FECHA", "MAYO 2019"), ("DIBUJÓ", "J.L.M.")],
            ("LÁMINA", "A-03"), "PLANTA BAJA",
        ),
        (
            [("COMMITTENTE", "Sig. Rossi"), ("TITOLO", "PIANTA PIANO TERRA"), ("SCALA", "1:100"),
             ("DATA", "12/05/2019")],
            ("TAVOLA", "02"), "PIANTA PIANO TERRA",
        ),
        (
            [("opdrachtgever", "Fam. de Vries"), ("onderwerp", "Plattegrond begane grond"), ("schaal", "1:50"),
             ("formaat", "A1"), ("datum", "12-05-2019")],
            ("bladnummer", "B-02"), "Plattegrond begane grond",
        ),
    ],
    ids=["british", "brazilian", "turkish", "swedish", "german", "french", "spanish", "italian", "dutch"],
)  # fmt: skip
def test_title_blocks_of_other_countries(
    rows: list[tuple[str, str]], number: tuple[str, str], title: str
) -> None:
    found_number, found_title = identity(in_labelled_rows(rows, number, (title, "1:50")).page())
    assert found_title == title
    assert found_number is not None and found_number in {number[1], number[1].split("/")[0]}


def test_letters_that_only_say_sheet_name_no_discipline() -> None:
    paper = in_labelled_rows([("CONTENIDO", "CORTE LONGITUDINAL")], ("LÁMINA", "L-06"), ("CORTE X", "1:75"))
    found = classify(paper.page())[0]
    assert found.sheet_number is not None and found.sheet_number.value == "L-06"
    assert found.discipline.value == "architectural"


def test_a_job_number_beside_its_label_is_not_the_sheets() -> None:
    paper = drawn(Paper(17, 11), PLAN).put("Drawing:", 11.5, 9, 0.08).put("KITCHEN PLAN", 13, 9, 0.11)
    paper.put("Job No:", 11.5, 9.6, 0.08).put("K-204", 13, 9.6, 0.11)
    found = classify(paper.page())[0]
    assert found.sheet_number is None or (found.sheet_number.confidence < 0.65 and found.needs_review)


def test_a_number_lettered_in_two_storeys() -> None:
    paper = (
        drawn(Paper(), PLAN).put("ROOF PLAN", 33, 20, 0.2).put("A", 34.2, 21, 0.4).put("1.2", 34, 21.6, 0.4)
    )
    assert identity(paper.page()) == ("A-1.2", "ROOF PLAN")
