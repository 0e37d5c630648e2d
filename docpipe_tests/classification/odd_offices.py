"""More invented offices: odd title blocks, projects named like drawings, titles without customary words."""

# ruff: noqa: E501

from __future__ import annotations

from docpipe_tests.classification.layouts import (
    Office,
    bare_strip,
    bottom_strip,
    corner_box,
    label_left,
    right_strip,
    turned_strip,
)
from docpipe_tests.classification.odd_layouts import (
    far_below,
    in_circle,
    number_and_revision,
    one_line,
    park_service,
    stacked,
    upper_corner,
)
from docpipe_tests.classification.offices import (
    A1,
    A2,
    A3,
    ARCH,
    CIV,
    COVER,
    DET,
    DIAG,
    EIGHTH,
    ELEC,
    ELEV,
    FIRE,
    FLOOR,
    FOUND,
    FRAME,
    GEN,
    LAND,
    MECH,
    NOTES,
    PLUMB,
    QUARTER,
    RCP,
    ROOF,
    SCHED,
    SECT,
    SITE,
    STR,
    V3D,
    B,
    C,
    D,
    E,
    sheet,
)  # fmt: skip

_US = {"project": "PROJECT", "job": "PROJ. NO.", "date": "DATE", "drawn": "DRAWN", "checked": "CHECKED", "title": "SHEET TITLE",
       "number": "SHEET NO.", "scale": "SCALE", "client": "CLIENT"}  # fmt: skip
_UK = {"rev": "Rev.", "date": "Date", "drawn": "Drn", "client": "Client", "project": "Job Title", "title": "Dwg Title", "checked": "Ckd",
       "scale": "Scale", "job": "Job Number", "number": "Dwg Number", "change": "Details"}  # fmt: skip

ODD_OFFICES = (
    Office("number in a circle", D, in_circle, (
        sheet("A-1.2", "UPPER LEVEL PLAN", FLOOR, ARCH, "UPPER LEVEL PLAN", scale=QUARTER),
        sheet("S-4", "FRAMING DETAILS", DET, STR, "RAFTER AT PLATE", "BEAM POCKET", scale='1" = 1\'-0"'),
    ), firm=("Cole & Iverson, Architects",), project=("THE WHITTAKER BARN",), address=("Route 7, Halden, VT",), date="4/30/97"),
    Office("stacked count", C, stacked, (
        sheet("2 OF 6", "FLOOR PLAN AND|WINDOW SCHEDULE", FLOOR, ARCH, "FLOOR PLAN", scale=QUARTER),
        sheet("4 OF 6", "ROOF FRAMING PLAN", FRAME, STR, "ROOF FRAMING PLAN", scale=QUARTER),
        sheet("6 OF 6", "TRUSS BRACING & CONNECTIONS", DET, STR, "BRACING", "HURRICANE TIE", scale="NTS"),
    ), words={"project": "JOB", "title": "CONTENTS", "number": "SHEET"}, firm=("D&R HOME DESIGN",), project=("GUEST HOUSE FOR THE BELLS",)),
    Office("number in the upper corner", A3, upper_corner, (
        sheet("A12", "South Elevation", ELEV, ARCH, "South Elevation", scale="1:100"),
        sheet("A20", "Long Section", SECT, ARCH, "Long Section", scale="1:100"),
        sheet("A30", "Kitchen Joinery", DET, ARCH, "Island plan", "Island elevation", scale="1:20"),
    ), firm=("Otway Field",), project=("Hill House",), address=("Studio 3 presentation",), metric=True),
    Office("one line with a bar", B, one_line, (
        sheet("A-201", "Exterior Elevations", ELEV, ARCH, "North Elevation", "West Elevation", scale=EIGHTH),
        sheet("A-001", "Axonometric View", V3D, ARCH, "Axonometric", scale="NTS"),
    ), words={"between": " | "}, firm=("x",), project=("Micro Dwelling 03",), date="2021.03.02"),
    Office("one line with a dash", A3, one_line, (
        sheet("03", "Corte longitudinal", SECT, ARCH, "Corte longitudinal", scale="1:100"),
        sheet("01", "Planta baixa térreo", FLOOR, ARCH, "Planta térreo", scale="1:100"),
    ), language="portuguese", words={"between": " - "}, firm=("x",), project=("Pavilhão do Lago",), date="nov/2018", metric=True),
    Office("number with revision", A2, number_and_revision, (
        sheet("2041-P-110", "Proposed Lower Ground Floor", FLOOR, ARCH, "Lower Ground Floor", scale="1:50"),
        sheet("2041-P-210", "Proposed Section CC", SECT, ARCH, "Section CC", scale="1:50"),
        sheet("2041-P-150", "Proposed Roof", ROOF, ARCH, "Roof", scale="1:50"),
    ), words={**_UK, "number": "Drawing No:", "rev": " Rev C"}, firm=("Ferris & Moon Architects",), project=("Basement excavation",),
        address=("8 Old Forge Mews, SW99 1AA",), date="17.10.2020", metric=True),
    Office("park service", E, park_service, (
        sheet("A-1", "FLOOR PLAN", FLOOR, ARCH, "FLOOR PLAN", scale=QUARTER),
        sheet("C-2", "GRADING PLAN", SITE, CIV, "GRADING PLAN", scale="1\" = 20'-0\""),
    ), project=("COMFORT STATION REHABILITATION",), address=("OCHRE MESA NATIONAL MONUMENT",), date="6/88"),
    Office("values far below", D, far_below, (
        sheet("A2-01", "NORTH & SOUTH|ELEVATIONS", ELEV, ARCH, "NORTH ELEVATION", scale=EIGHTH),
        sheet("ID-3", "FINISH SCHEDULE", SCHED),
        sheet("T-101", "TECHNOLOGY PLAN", FLOOR, "telecommunications", "LEVEL 1 DATA", scale=EIGHTH),
        sheet("LS-1", "LIFE SAFETY PLAN AND|CODE SUMMARY", FLOOR, ARCH, "LEVEL 1 EGRESS PLAN", scale=EIGHTH),
    ), words=_US, firm=("MERIDIEN",), project=("FOUNDATION FOR THE ARTS",), address=("40 GALLERY SQUARE",), job="2216-A4", date="11-14-22"),
    Office("projects named like drawings", D, right_strip, (
        sheet("A-110", "LEVEL 2", FLOOR, ARCH, "LEVEL 2", scale=EIGHTH),
        sheet("A-540", "STOREFRONT", DET, ARCH, "STOREFRONT JAMB", "STOREFRONT SILL", scale='3" = 1\'-0"'),
        sheet("A-132", "LEVEL 3 RCP", RCP, ARCH, "LEVEL 3 CEILING", scale=EIGHTH),
    ), words=_US, firm=("SITEPLAN COLLABORATIVE",), project=("ROOF REPLACEMENT AND", "SITE IMPROVEMENTS"), address=("ELEVATION TOWER",),
        job="A-2231", date="05/05/2021"),
    Office("titles without customary words", D, bare_strip, (
        sheet("A4.1", "PORCH", DET, ARCH, "PORCH SECTION", "COLUMN BASE", "PORCH PLAN", scale='1" = 1\'-0"'),
        sheet("A1.3", "ATTIC", FLOOR, ARCH, "ATTIC PLAN", scale=QUARTER),
        sheet("A0.2", "GENERAL", NOTES),
    ), firm=("MAREN SOLBERG", "ARCHITECT"), project=("PARSONAGE RESTORATION",), address=("19 CHURCH STREET",), job="9806", date="31 MAR 1999"),
    Office("danish", A2, corner_box, (
        sheet("A-102", "Plan 1. sal", FLOOR, ARCH, "Plan 1. sal", scale="1:50"),
        sheet("A-301", "Snit A-A", SECT, ARCH, "Snit A-A", scale="1:50"),
        sheet("A-201", "Facade mod syd", ELEV, ARCH, "Facade mod syd", scale="1:100"),
    ), words={"rev": "Rev.", "date": "Dato", "drawn": "Tegn.", "client": "Bygherre", "project": "Sag", "title": "Emne", "checked": "Kontrol",
              "scale": "Mål", "job": "Sagsnr.", "number": "Tegn. nr.", "change": "Rettelse"}, language="swedish", firm=("Tegnestuen Ravn ApS",),
        client="Fam. Holm", project=("Tilbygning til enfamiliehus",), address=("Strandvej 8",), job="1407", date="12.01.2015", metric=True),
    Office("norwegian", A3, bottom_strip, (
        sheet("A-03", "FASADE SØR OG ØST", ELEV, ARCH, "FASADE SØR", scale="1:100"),
        sheet("A-01", "PLAN 1. ETASJE", FLOOR, ARCH, "PLAN 1. ETASJE", scale="1:100"),
    ), words={"project": "PROSJEKT", "client": "TILTAKSHAVER", "title": "TEGNING", "scale": "MÅLESTOKK", "date": "DATO", "job": "PROSJEKTNR.",
              "drawn": "TEGNET AV", "number": "TEGN.NR.", "rev": "REV."}, language="swedish", firm=("Fjordtegn AS",), client="K. Moe",
        project=("HYTTE",), address=("Gnr 12 Bnr 4",), job="1908", date="02.10.2019", metric=True),
    Office("polish", A3, corner_box, (
        sheet("A-03", "RZUT PARTERU", FLOOR, ARCH, "RZUT PARTERU", scale="1:50"),
        sheet("A-06", "PRZEKRÓJ A-A", SECT, ARCH, "PRZEKRÓJ A-A", scale="1:50"),
        sheet("A-08", "ELEWACJA POŁUDNIOWA", ELEV, ARCH, "ELEWACJA POŁUDNIOWA", scale="1:100"),
    ), words={"rev": "REW.", "date": "DATA", "drawn": "OPRACOWAŁ", "client": "INWESTOR", "project": "OBIEKT", "title": "TYTUŁ RYSUNKU",
              "checked": "SPRAWDZIŁ", "scale": "SKALA", "job": "NR PROJEKTU", "number": "NR RYSUNKU"}, language="german", firm=("Pracownia Lipa",),
        client="J. Nowak", project=("BUDYNEK MIESZKALNY",), address=("ul. Polna 4",), job="17/2018", date="05.2018", metric=True),
    Office("indonesian", A3, right_strip, (
        sheet("AR-02", "DENAH LANTAI 1", FLOOR, ARCH, "DENAH LANTAI 1", scale="1:100"),
        sheet("AR-05", "TAMPAK DEPAN", ELEV, ARCH, "TAMPAK DEPAN", scale="1:100"),
        sheet("AR-07", "POTONGAN A-A", SECT, ARCH, "POTONGAN A-A", scale="1:100"),
    ), words={"project": "PEKERJAAN", "job": "KODE", "date": "TANGGAL", "drawn": "DIGAMBAR", "checked": "DIPERIKSA", "title": "JUDUL GAMBAR",
              "number": "NO. GAMBAR"}, firm=("CV BANGUN KARYA",), project=("RUMAH TINGGAL",), address=("JL. MELATI 3",), job="ARS", date="2020", metric=True),
    Office("turkish bare with count", A2, turned_strip, (
        sheet("3/12", "BODRUM KAT PLANI", FLOOR, ARCH, "BODRUM KAT PLANI", scale="1/100"),
        sheet("9/12", "KUZEY CEPHESİ", ELEV, ARCH, "KUZEY CEPHESİ", scale="1/100"),
        sheet("11/12", "SİSTEM DETAYI", DET, ARCH, "SİSTEM DETAYI", scale="1/20"),
    ), language="turkish", words={"title": "ÇİZİM:", "number": "PAFTA", "date": "TARİH:"}, firm=("ATÖLYE ALTI",), project=("Kültür Merkezi Yarışması",),
        address=("İzmir",), date="2017", metric=True),
    Office("swedish installations", A1, corner_box, (
        sheet("V-57.1-101", "VENTILATION, PLAN 1", FLOOR, MECH, "PLAN 1", scale="1:50"),
        sheet("E-63.1-101", "KANALISATION OCH BELYSNING, PLAN 1", FLOOR, ELEC, "PLAN 1", scale="1:50"),
        sheet("L-30.1-001", "PLANTERINGSPLAN", SITE, LAND, "PLANTERINGSPLAN", scale="1:200"),
    ), words={"rev": "BET", "date": "DATUM", "drawn": "RITAD/KONSTR AV", "client": "BESTÄLLARE", "project": "PROJEKT", "title": "RITNINGENS INNEHÅLL",
              "checked": "HANDLÄGGARE", "scale": "SKALA", "job": "UPPDRAGSNUMMER", "number": "RITNINGSNUMMER", "change": "ÄNDRINGEN AVSER"},
        language="swedish", firm=("Tekniska Byrån i Väst AB",), client="Region Vänern", project=("VÅRDCENTRAL HUS 3",), address=("Kv. Lärkan",),
        job="10244", date="2014-03-01", metric=True),
    Office("engineers of one building", D, right_strip, (
        sheet("E-301", "LIGHTING FIXTURE SCHEDULE", SCHED, ELEC),
        sheet("M-501", "MECHANICAL DETAILS", DET, MECH, "DIFFUSER", "HANGER", scale="NTS"),
        sheet("P-301", "SANITARY RISER DIAGRAM", DIAG, PLUMB, "SANITARY RISER", scale="NTS"),
        sheet("FA-101", "FIRE ALARM PLAN", FLOOR, FIRE, "FIRE ALARM PLAN", scale=EIGHTH),
        sheet("E-001", "ELECTRICAL SYMBOLS AND ABBREVIATIONS", NOTES, ELEC),
        sheet("S-301", "FOUNDATION SECTIONS & DETAILS", DET, STR, "TYPICAL FOOTING", "GRADE BEAM", "PIER", scale='3/4" = 1\'-0"'),
        sheet("G-002", "CODE ANALYSIS AND|ABBREVIATIONS", NOTES, GEN),
    ), words=_US, firm=("OKONKWO MEP", "ENGINEERS"), project=("VALLEY TRANSIT HUB",), address=("1 DEPOT STREET",), job="E-1904", date="01/08/2020"),
    Office("caps cover", E, right_strip, (
        sheet("T1", "TITLE SHEET", COVER, GEN),
        sheet("A1", "SITE & ROOF PLAN", SITE, ARCH, "SITE PLAN", scale="1\" = 10'-0\""),
        sheet("A2", "FLOOR PLANS", FLOOR, ARCH, "MAIN FLOOR", "UPPER FLOOR", scale=QUARTER),
        sheet("S1", "FOUNDATION & FLOOR FRAMING", FOUND, STR, "FOUNDATION PLAN", scale=QUARTER),
    ), words=_US, firm=("Juno Park Design",), project=("ALDER STREET DUPLEX",), address=("2213 ALDER ST",), job="1915", date="8/8/2019"),
    Office("no number but a room list", A3, label_left, (
        sheet(None, "Existing Floor Plan", FLOOR, ARCH, "EXISTING FLOOR PLAN", scale="1:100"),
    ), words={"project": "Property", "address": "Address", "title": "Title", "date": "Date", "scale": "Scale"}, firm=("Survey & Sons",),
        project=("B-12 Warehouse",), address=("Unit C-3, Dock Road",), date="12.01.2024", metric=True),
)  # fmt: skip
