"""Invented offices of many countries, their title blocks, projects and sheets."""

# ruff: noqa: E501

from __future__ import annotations

from docpipe_tests.classification.layouts import (
    Drawn,
    Office,
    all_turned,
    bare_strip,
    bottom_strip,
    coded_cells,
    corner_box,
    counted,
    inline,
    label_below,
    label_left,
    left_strip,
    right_strip,
    sketch,
    top_corner,
    turned_strip,
)

D, E, C, B, A1, A2, A3, LETTER = (
    (36, 24),
    (42, 30),
    (24, 18),
    (17, 11),
    (33.1, 23.4),
    (23.4, 16.5),
    (16.5, 11.7),
    (8.5, 11),
)
QUARTER, EIGHTH = '1/4" = 1\'-0"', '1/8" = 1\'-0"'
FLOOR, RCP, ROOF, SITE = "floor_plan", "reflected_ceiling_plan", "roof_plan", "site_plan"
FOUND, FRAME, ELEV, SECT = "foundation_plan", "framing_plan", "elevation", "section"
DET, SCHED, NOTES, COVER, DIAG, V3D = (
    "detail",
    "schedule",
    "general_notes",
    "title_sheet",
    "diagram",
    "3d_view",
)
ARCH, STR, CIV, LAND, MECH = "architectural", "structural", "civil", "landscape", "mechanical"
ELEC, PLUMB, FIRE, GEN = "electrical", "plumbing", "fire_protection", "general"


def sheet(number: str | None, title: str, kind: str, whose: str = ARCH, *views: str, scale: str = "", body: str = "",
          shown: str = "") -> Drawn:  # fmt: skip
    """A sheet; `|` parts the lines of its title, and each view takes the sheet's scale."""
    body = body or {SCHED: "schedule", NOTES: "notes", DET: "details", COVER: "cover", V3D: "bare"}.get(
        kind, "plan"
    )
    lines = tuple(title.split("|")) if title else ()
    return Drawn(number, lines, kind, whose, tuple((view, scale) for view in views), body, shown, scale)


AMERICAN = (
    Office("american right strip", D, right_strip, (
        sheet("G-001", "COVER SHEET", COVER, GEN),
        sheet("A-101", "FIRST FLOOR PLAN", FLOOR, ARCH, "FIRST FLOOR PLAN", scale=EIGHTH),
        sheet("A-121", "FIRST FLOOR|REFLECTED CEILING PLAN", RCP, ARCH, "LEVEL 1 RCP", scale=EIGHTH),
        sheet("A-601", "DOOR SCHEDULE AND|FRAME TYPES", SCHED),
        sheet("S-201", "ROOF FRAMING PLAN", FRAME, STR, "ROOF FRAMING PLAN", scale=EIGHTH),
        sheet("M-101", "MECHANICAL PLAN", FLOOR, MECH, "FIRST FLOOR HVAC PLAN", scale=EIGHTH),
    ), words={"project": "PROJECT", "job": "PROJECT NUMBER", "date": "ISSUE DATE", "drawn": "DRAWN BY", "checked": "CHECKED BY",
              "title": "SHEET TITLE", "number": "SHEET NUMBER"},
        firm=("HOLLIS & MARCHETTI ARCHITECTS", "29 Canal Row, Studio 4", "Wexford, OH 44100"),
        project=("BRIARWOOD BRANCH LIBRARY",), address=("1180 TAMARACK PIKE", "WEXFORD, OH 44102"), job="2017.22", date="03/19/2018"),
    Office("american strip without labels", C, bare_strip, (
        sheet("A1.1", "MAIN LEVEL PLAN", FLOOR, ARCH, "MAIN LEVEL", scale=QUARTER),
        sheet("A2.1", "EXTERIOR ELEVATIONS", ELEV, ARCH, "NORTH", "EAST", scale=QUARTER),
        sheet("A4.2", "WALL SECTIONS", SECT, ARCH, "WALL SECTION AT PORCH", scale='1" = 1\'-0"', body="details"),
        sheet("S1.0", "FOUNDATION PLAN", FOUND, STR, "FOUNDATION PLAN", scale=QUARTER),
    ), firm=("PIKE + LARCH", "DESIGN WORKSHOP"), project=("HARGROVE CABIN",), address=("LOT 14 OSPREY LOOP", "TAMSIN LAKE, MT"),
        job="1811", date="JUNE 4, 2019"),
    Office("american turned strip", D, turned_strip, (
        sheet("A3", "BUILDING SECTIONS", SECT, ARCH, "SECTION A", "SECTION B", scale=QUARTER),
        sheet("E-02", "LIGHTING PLAN", FLOOR, ELEC, "LIGHTING PLAN - LEVEL 1", scale=QUARTER),
        sheet("C-3", "GRADING & DRAINAGE PLAN", SITE, CIV, "GRADING PLAN", scale="1\" = 20'"),
    ), words={"title": "DRAWING:", "number": "SHEET", "date": "DATE:"}, firm=("Vandermolen Studio PLLC",),
        project=("Sorrel Creek Townhomes",), address=("88 Sorrel Creek Rd", "Delphine, CO 80999"), date="9.14.16"),
    Office("american all turned", D, all_turned, (
        sheet("AD101", "DEMOLITION PLAN - LEVEL 1", FLOOR, ARCH, "LEVEL 1 DEMOLITION", scale=EIGHTH),
        sheet("P-101", "PLUMBING PLAN - LEVEL 1", FLOOR, PLUMB, "LEVEL 1 PLUMBING", scale=EIGHTH),
        sheet("E-601", "ONE-LINE DIAGRAM|AND PANEL SCHEDULES", DIAG, ELEC, "ONE-LINE DIAGRAM", scale="NO SCALE", body="schedule"),
    ), words={"project": "PROJECT NAME", "title": "SHEET NAME", "number": "SHEET NO.", "date": "DATE"},
        firm=("NORTHFORK ENGINEERING GROUP, INC.",), project=("TILDEN MIDDLE SCHOOL MODERNIZATION",),
        address=("5 ACADEMY WAY", "TILDEN, NE 68799"), date="2020-02-28"),
    Office("american bottom strip", D, bottom_strip, (
        sheet("L-100", "PLANTING PLAN", SITE, LAND, "PLANTING PLAN", scale="1\" = 30'-0\""),
        sheet("C-101", "SITE UTILITY PLAN", SITE, CIV, "UTILITY PLAN", scale="1\" = 30'-0\""),
        sheet("C-501", "EROSION CONTROL DETAILS", DET, CIV, "SILT FENCE", "INLET PROTECTION", "CHECK DAM", scale="N.T.S."),
    ), words={"project": "PROJECT", "client": "PREPARED FOR", "title": "SHEET TITLE", "scale": "SCALE", "date": "DATE",
              "job": "JOB NO.", "drawn": "DRAWN", "number": "SHEET", "rev": "REV"}, firm=("KETTERLY LAND CONSULTANTS", "Civil Engineers - Surveyors"),
        client="Ashgrove Holdings LLC", project=("MERIDIAN COMMONS",), address=("TOWNSHIP OF ABERNATHY",), job="4417-03", date="AUG 2015"),
    Office("federal below", E, label_below, (
        sheet("AF101", "FIRST FLOOR FINISH PLAN", FLOOR, ARCH, "FIRST FLOOR FINISH PLAN", scale=EIGHTH),
        sheet("FP101", "FIRE PROTECTION PLAN -|BASEMENT", FLOOR, FIRE, "BASEMENT SPRINKLER PLAN", scale=EIGHTH),
        sheet("A-201", "EXTERIOR ELEVATIONS", ELEV, ARCH, "WEST ELEVATION", "SOUTH ELEVATION", scale=EIGHTH),
    ), words={"project": "Project Title", "title": "Drawing Title", "number": "Drawing Number", "date": "Issue Date", "job": "Project Number"},
        firm=("CONSULTANTS:", "Office of Construction", "and Facilities Management"), project=("Renovate Ward 4B",),
        address=("Location: CALDER FALLS, WY",), job="612-14-228", date="10/30/2014"),
    Office("survey of a historic building", (33, 24), counted, (
        sheet("3 OF 9", "FIRST FLOOR PLAN", FLOOR, ARCH, "FIRST FLOOR PLAN", scale="1/4\" = 1'-0\""),
        sheet("5 OF 9", "SOUTH ELEVATION", ELEV, ARCH, "SOUTH ELEVATION", scale="1/4\" = 1'-0\""),
        sheet("8 OF 9", "SECTION A-A", SECT, ARCH, "SECTION A-A", scale="1/4\" = 1'-0\""),
    ), words={"number": "SHEET"}, firm=("STATE RECORD OF OLD BUILDINGS",), project=("TOLLIVER GRIST MILL",),
        address=("MILL LANE", "TOLLIVER COUNTY"), job="SURVEY NO. XX-418"),
    Office("road sheets", (34, 22), top_corner, (
        sheet("12", "PLAN AND PROFILE", SITE, CIV, "ROUTE 9 PLAN AND PROFILE", scale="1\" = 50'"),
        sheet("21", "DRAINAGE DETAILS", DET, CIV, "CATCH BASIN", "HEADWALL", scale="NOT TO SCALE"),
    ), words={"job": "PROJECT NO.", "number": "SHEET NO."}, firm=("DEPARTMENT OF TRANSPORTATION", "DIVISION OF HIGHWAYS"),
        project=("ROUTE 9 OVER ELM BROOK", "BRIDGE REPLACEMENT"), job="STP-009(14)"),
    Office("american left strip", D, left_strip, (
        sheet("A-401", "ENLARGED STAIR PLANS", DET, ARCH, "STAIR 1 - LEVEL 1", "STAIR 1 - LEVEL 2", scale=QUARTER),
        sheet("A-102", "SECOND FLOOR PLAN", FLOOR, ARCH, "SECOND FLOOR PLAN", scale=EIGHTH),
    ), words={"project": "Project:", "title": "Drawing Name:", "number": "Drawing No.:", "date": "Date:"},
        firm=("Ostrowski Tan Architecture",), project=("Foundry Row Lofts",), address=("700 Foundry Row",), date="Nov. 3, 2017"),
    Office("instruction sketch", LETTER, sketch, (
        sheet("SK-1", "REVISED CANOPY DETAIL", DET, ARCH, "CANOPY EDGE", scale='3" = 1\'-0"'),
        sheet("ASI-02", "SOFFIT CLARIFICATION", DET, ARCH, "SOFFIT DETAIL", scale='1 1/2" = 1\'-0"'),
    ), words={"number": "SKETCH NO.", "project": "PROJECT:", "title": "TITLE:", "ref": "REF. SHEET:", "date": "DATE:"},
        firm=("LINDGREN OYELARAN ARCHITECTS",), project=("QUARRY HILL DORMITORY",), date="01.22.20"),
    Office("shop drawing", B, corner_box, (
        sheet("E1", "STAIR #2 ERECTION PLAN", FRAME, STR, "STAIR 2 PLAN", scale=QUARTER),
        sheet("E2", "RAILING DETAILS", DET, STR, "RAILING AT LANDING", "BASE PLATE", scale='3" = 1\'-0"'),
    ), words={"rev": "REV", "date": "DATE", "drawn": "BY", "client": "CUSTOMER", "project": "JOB NAME", "title": "DESCRIPTION",
              "checked": "CHK", "scale": "SCALE", "job": "JOB NO", "number": "DWG NO"}, firm=("TRI-COUNTY STRUCTURAL STEEL FABRICATORS",),
        client="Beckwith Builders", project=("Larkspur Medical Plaza",), address=("Unit C",), job="19-077", date="4/9/19"),
    Office("plan-book house", C, inline, (
        sheet("A1", "FLOOR PLAN", FLOOR, ARCH, "FLOOR PLAN", scale=QUARTER),
        sheet("A3", "FOUNDATION PLAN & SECTION", FOUND, ARCH, "FOUNDATION PLAN", scale=QUARTER),
        sheet("A4", "ELECTRICAL PLAN", FLOOR, ARCH, "ELECTRICAL PLAN", scale=QUARTER),
    ), words={"project": "PROJECT:", "title": "TITLE:", "date": "DATE:", "scale": "SCALE:", "drawn": "DRAWN BY:", "number": "SHEET:"},
        firm=("Homestead Plan Co.",), project=("The Juniper 1640",), date="7-2-13"),
    Office("american sideways", D, right_strip, (
        sheet("S3.1", "TYPICAL CONCRETE DETAILS", DET, STR, "FOOTING AT COLUMN", "SLAB EDGE", "CONTROL JOINT", scale='3/4" = 1\'-0"'),
        sheet("S0.1", "GENERAL STRUCTURAL NOTES", NOTES, STR),
    ), words={"project": "PROJECT TITLE", "job": "JOB NUMBER", "date": "DATE", "drawn": "DRAWN", "checked": "CHECKED",
              "title": "SHEET CONTENTS", "number": "SHEET"}, firm=("Ruiz Abernathy Structural",), project=("CLEARWATER ICE ARENA",),
        address=("200 RINK DRIVE",), job="18-4410", date="2018.11.05", rotation=90),
)  # fmt: skip

BRITISH = (
    Office("british corner box", A1, corner_box, (
        sheet("1734-A-101", "Proposed Ground Floor Plan", FLOOR, ARCH, "Ground Floor Plan", scale="1:50"),
        sheet("1734-A-201", "Existing and Proposed|Elevations", ELEV, ARCH, "Street Elevation", "Garden Elevation", scale="1:100"),
        sheet("1734-A-001", "Site Location Plan and|Block Plan", SITE, ARCH, "Location Plan", scale="1:1250"),
    ), words={"rev": "Rev", "date": "Date", "drawn": "Drawn", "client": "Client", "project": "Project", "title": "Drawing Title",
              "checked": "Chkd", "scale": "Scale @ A1", "job": "Job No.", "number": "Drg No.", "change": "Amendment"},
        firm=("Thistlewood Pryce Architects LLP", "The Maltings, Fen Street, Ely CB7 9ZZ", "t: 01632 960 441"), client="Mr & Mrs Okafor",
        project=("Loft conversion and rear extension",), address=("31 Wren Terrace, London N99 4ZZ",), job="1734", date="12.01.24", metric=True),
    Office("british coded cells", A1, coded_cells, (
        sheet("7702-TPA-XX-00-DR-A-1001", "GA Plan - Level 00", FLOOR, ARCH, "Level 00", scale="1:100"),
        sheet("7702-TPA-XX-XX-DR-A-2001", "GA Elevations|Sheet 1 of 2", ELEV, ARCH, "North Elevation", "East Elevation", scale="1:100"),
        sheet("7702-KSE-XX-01-DR-S-1101", "Level 01 Steel Framing Plan", FRAME, STR, "Level 01 Framing", scale="1:100"),
    ), firm=("Merrow Structures and Architecture",), client="Harrowgate Borough Council", project=("Kestrel Primary School",),
        address=("Kestrel Way, Harrow",), date="14/02/23", metric=True),
    Office("british one-piece code", A1, corner_box, (
        sheet("ABC-XX-00-DR-A-1001", "General Arrangement Plan|Ground Floor", FLOOR, ARCH, "Ground Floor GA", scale="1:100"),
        sheet("ABC-XX-ZZ-DR-A-3001", "Sections A-A & B-B", SECT, ARCH, "Section A-A", "Section B-B", scale="1:50"),
        sheet("ABC-XX-ZZ-DR-M-5001", "Ventilation Schematic", DIAG, MECH, "Ventilation Schematic", scale="NTS"),
    ), words={"rev": "Revision", "date": "Date", "drawn": "Drawn by", "client": "Client", "project": "Project", "title": "Title",
              "checked": "Checked by", "scale": "Scale (A1)", "job": "Project No", "number": "Drawing No"},
        firm=("Fulmar Whitlock Ltd", "Consulting Engineers & Architects"), client="Isle Ferries plc", project=("Harbour Terminal",),
        address=("Quay Road, Port Ness",), job="60219", date="2021-11-08", metric=True),
    Office("australian right strip", A1, right_strip, (
        sheet("A-100-P1", "GROUND FLOOR PLAN", FLOOR, ARCH, "GROUND FLOOR PLAN", scale="1:100"),
        sheet("A-500-P2", "WET AREA DETAILS", DET, ARCH, "ENSUITE", "LAUNDRY", scale="1:20"),
        sheet("A-050-P1", "SITE ANALYSIS PLAN", SITE, ARCH, "SITE ANALYSIS", scale="1:500"),
    ), words={"project": "PROJECT", "job": "PROJECT NUMBER", "date": "DATE", "drawn": "DRAWN", "checked": "CHECKED", "title": "DRAWING TITLE",
              "number": "DRAWING NUMBER"}, firm=("BANKSIA ROW ARCHITECTS PTY LTD", "ABN 00 111 222 333"), project=("ALTERATIONS AND ADDITIONS",),
        address=("14 WATTLEBIRD CRES", "MOUNT EDEN NSW 2999"), job="2108", date="22/06/2021", metric=True),
    Office("australian inline", A3, inline, (
        sheet("03", "ELEVATIONS", ELEV, ARCH, "NORTH ELEVATION", "SOUTH ELEVATION", scale="1:100"),
        sheet("01", "SITE PLAN", SITE, ARCH, "SITE PLAN", scale="1:200"),
        sheet("05", "SECTION & WINDOW SCHEDULE", SECT, ARCH, "SECTION A-A", scale="1:100"),
    ), words={"project": "PROPOSED:", "title": "DRAWING:", "date": "DATE:", "scale": "SCALE:", "drawn": "DRAWN:", "number": "SHEET:"},
        firm=("Ridgeback Drafting Services",), project=("Dwelling & Shed at Lot 7 Tallow Road",), date="11-3-12", metric=True),
    Office("irish label left", A3, label_left, (
        sheet("PL-03", "Proposed First Floor Plan", FLOOR, ARCH, "First Floor Plan", scale="1:100"),
        sheet("PL-06", "Contiguous Elevations", ELEV, ARCH, "Contiguous Elevation", scale="1:200"),
    ), words={"project": "Project", "address": "Address", "client": "Client", "title": "Drawing", "job": "Job No", "date": "Date",
              "scale": "Scale", "number": "Dwg No"}, firm=("Corrigan Daly Architects",), client="S. Breathnach", project=("New Dwelling",),
        address=("Clonmeen, Co. Galway",), job="0914", date="May 2012", metric=True),
    Office("british sideways", A2, corner_box, (
        sheet("224/P/04", "First Floor Plan as Proposed", FLOOR, ARCH, "First Floor", scale="1:50"),
        sheet("224/P/05", "Roof Plan as Proposed", ROOF, ARCH, "Roof Plan", scale="1:50"),
    ), words={"rev": "rev", "date": "date", "drawn": "drawn", "client": "client", "project": "project", "title": "drawing",
              "checked": "checked", "scale": "scale", "job": "job no", "number": "drawing no"}, firm=("studio heron",), client="Mr A. Lister",
        project=("Barn conversion",), address=("Lower Nethercott Farm, Devon",), job="224", date="03.09.19", rotation=270, metric=True),
)  # fmt: skip

ROMANCE = (
    Office("brazilian corner box", A1, corner_box, (
        sheet("01/05", "PLANTA BAIXA - PAVIMENTO TÉRREO", FLOOR, ARCH, "PLANTA BAIXA", scale="1:50"),
        sheet("03/05", "CORTES AA E BB", SECT, ARCH, "CORTE AA", "CORTE BB", scale="1:50"),
        sheet("05/05", "PLANTA DE SITUAÇÃO E|COBERTURA", SITE, ARCH, "SITUAÇÃO", "COBERTURA", scale="1:200"),
    ), words={"rev": "REV.", "date": "DATA", "drawn": "DESENHO", "client": "PROPRIETÁRIO", "project": "OBRA", "title": "CONTEÚDO",
              "checked": "VERIF.", "scale": "ESCALA", "job": "CÓD.", "number": "PRANCHA", "change": "DESCRIÇÃO"}, language="portuguese",
        firm=("Ateliê Jacarandá Arquitetura",), client="Maria Aparecida Lopes", project=("RESIDÊNCIA UNIFAMILIAR",),
        address=("RUA DAS ACÁCIAS, 412 - LOTE 09",), job="0218", date="12/01/2024", metric=True),
    Office("brazilian strip", A1, right_strip, (
        sheet("ARQ-02", "FACHADAS FRONTAL E|LATERAL DIREITA", ELEV, ARCH, "FACHADA FRONTAL", scale="1:75"),
        sheet("EST-04", "FORMAS DO PAVIMENTO TIPO", FRAME, STR, "FORMAS TIPO", scale="1:50"),
        sheet("HID-01", "ÁGUA FRIA E ESGOTO -|PLANTA BAIXA", FLOOR, PLUMB, "PLANTA BAIXA TÉRREO", scale="1:50"),
        sheet("ELE-02", "DIAGRAMA UNIFILAR E QUADRO DE CARGAS", DIAG, ELEC, "DIAGRAMA UNIFILAR", scale="S/ ESC.", body="schedule"),
    ), words={"project": "EMPREENDIMENTO", "job": "CÓDIGO", "date": "DATA", "drawn": "DESENHO", "checked": "REVISÃO", "title": "TÍTULO",
              "number": "FOLHA"}, language="portuguese", firm=("CONSTRUTORA VEREDA LTDA",), project=("EDIFÍCIO IPÊ ROXO",),
        address=("AV. DOS BANDEIRANTES, 1500",), job="VRD-33", date="MAR/2016", metric=True),
    Office("portuguese label left", A3, label_left, (
        sheet("07", "Alçado Principal e Alçado Posterior", ELEV, ARCH, "Alçado Principal", "Alçado Posterior", scale="1/100"),
        sheet("02", "Planta de Implantação", SITE, ARCH, "Implantação", scale="1/200"),
        sheet("09", "Mapa de Vãos", SCHED, ARCH),
    ), words={"project": "Obra", "address": "Local", "client": "Requerente", "title": "Designação", "job": "Processo", "date": "Data",
              "scale": "Escala", "number": "Desenho nº"}, language="portuguese", firm=("Gabinete de Arquitectura Sobreiro",),
        client="António Vale", project=("Moradia unifamiliar",), address=("Quinta da Ribeira, Évora",), job="88/14", date="Abril 2014", metric=True),
    Office("spanish bottom strip", (35, 23), bottom_strip, (
        sheet("A-03", "PLANTA DE CUBIERTA", ROOF, ARCH, "PLANTA DE CUBIERTA", scale="1:100"),
        sheet("A-05", "ALZADOS Y SECCIONES", ELEV, ARCH, "ALZADO NORTE", "ALZADO SUR", "SECCIÓN A-A'", scale="1:100"),
        sheet("E-02", "CIMENTACIÓN", FOUND, STR, "PLANTA DE CIMENTACIÓN", scale="1:50"),
        sheet("I-04", "INSTALACIÓN DE FONTANERÍA|Y SANEAMIENTO. PLANTA BAJA", FLOOR, PLUMB, "PLANTA BAJA", scale="1:75"),
    ), words={"project": "PROYECTO", "client": "PROMOTOR", "title": "PLANO DE", "scale": "ESCALA", "date": "FECHA", "job": "EXPTE.",
              "drawn": "DIBUJADO", "number": "Nº PLANO", "rev": "REV."}, language="spanish", firm=("Estudio Olmo Arquitectos SLP",),
        client="Hnos. Quiroga S.A.", project=("12 VIVIENDAS Y GARAJE",), address=("C/ ALMENDRO 8, VALDERAS",), job="22-015", date="FEBRERO 2022", metric=True),
    Office("mexican strip", (36, 24), right_strip, (
        sheet("A-2", "PLANTA ARQUITECTÓNICA|PLANTA ALTA", FLOOR, ARCH, "PLANTA ALTA", scale="1:75"),
        sheet("A-4", "CORTES Y FACHADAS", SECT, ARCH, "CORTE A-A'", "CORTE B-B'", "FACHADA PRINCIPAL", scale="1:75"),
        sheet("IE-1", "INSTALACIÓN ELÉCTRICA", FLOOR, ELEC, "PLANTA BAJA ELÉCTRICA", scale="1:75"),
    ), words={"project": "PROYECTO:", "job": "CLAVE INTERNA", "date": "FECHA:", "drawn": "DIBUJÓ:", "checked": "REVISÓ:", "title": "PLANO:",
              "number": "LÁMINA:"}, language="spanish", firm=("TALLER NOPAL S.C.",), project=("CASA HABITACIÓN",),
        address=("COL. EL MIRADOR",), job="CH-118", date="ENERO 2019", metric=True),
    Office("french permit", A3, corner_box, (
        sheet("PC2", "PLAN DE MASSE", SITE, ARCH, "Plan de masse", scale="1/200"),
        sheet("PC3", "COUPE DU TERRAIN ET|DE LA CONSTRUCTION", SECT, ARCH, "Coupe AA", scale="1/100"),
        sheet("PC5", "PLAN DES FAÇADES ET TOITURES", ELEV, ARCH, "Façade Sud", "Façade Nord", scale="1/100"),
    ), words={"rev": "Ind.", "date": "Date", "drawn": "Dessiné", "client": "Maître d'ouvrage", "project": "Opération", "title": "Objet",
              "checked": "Vérifié", "scale": "Éch.", "job": "Affaire", "number": "Pièce n°", "change": "Modification"}, language="french",
        firm=("Atelier Noisetier, architectes DPLG",), client="M. et Mme Lacombe", project=("Construction d'une maison individuelle",),
        address=("Chemin des Vignes, 38000 Saint-Aubin",), job="2013-07", date="12.03.2013", metric=True),
    Office("french planche", A1, bottom_strip, (
        sheet("A-102", "PLAN DU REZ-DE-CHAUSSÉE", FLOOR, ARCH, "REZ-DE-CHAUSSÉE", scale="1:50"),
        sheet("A-301", "COUPES LONGITUDINALES", SECT, ARCH, "COUPE A", "COUPE B", scale="1:50"),
        sheet("S-201", "COFFRAGE PLANCHER HAUT|DU REZ-DE-CHAUSSÉE", FRAME, STR, "COFFRAGE PH RDC", scale="1:50"),
    ), words={"project": "PROJET", "client": "CLIENT", "title": "TITRE", "scale": "ÉCHELLE", "date": "DATE", "job": "DOSSIER", "drawn": "DESSINÉ PAR",
              "number": "PLANCHE", "rev": "RÉV."}, language="french", firm=("Boréal Tremblay architectes inc.",), client="Ville de Lac-Perdu",
        project=("CASERNE INCENDIE",), address=("45, RUE DES PINS",), job="1209", date="2019-05-30", metric=True),
    Office("italian label left", A3, label_left, (
        sheet("TAV. 04", "Pianta piano primo", FLOOR, ARCH, "Pianta piano primo", scale="1:100", shown="04"),
        sheet("TAV. 06", "Prospetti", ELEV, ARCH, "Prospetto nord", "Prospetto est", scale="1:100", shown="06"),
    ), words={"project": "Progetto", "address": "Comune", "client": "Committente", "title": "Oggetto", "job": "Commessa", "date": "Data",
              "scale": "Scala", "number": "Tavola"}, language="italian", firm=("Studio tecnico geom. Ferrandi",), client="Sig.ra Bassi",
        project=("Ristrutturazione edilizia",), address=("Borgo Alto (XX)",), job="14-B", date="marzo 2018", metric=True),
)  # fmt: skip

GERMANIC = (
    Office("swedish corner box", A1, corner_box, (
        sheet("A-40.1-101", "PLAN 1, HUS A", FLOOR, ARCH, "PLAN 1", scale="1:50"),
        sheet("A-40.2-001", "SEKTION A-A OCH B-B", SECT, ARCH, "SEKTION A-A", scale="1:100"),
        sheet("A-40.3-001", "FASADER MOT NORR OCH ÖSTER", ELEV, ARCH, "FASAD MOT NORR", scale="1:100"),
        sheet("K-20.1-001", "GRUNDLÄGGNING, PLAN", FOUND, STR, "GRUNDPLAN", scale="1:100"),
    ), words={"rev": "BET", "date": "DATUM", "drawn": "RITAD AV", "client": "BESTÄLLARE", "project": "PROJEKT", "title": "INNEHÅLL",
              "checked": "HANDLÄGGARE", "scale": "SKALA A1", "job": "UPPDRAG NR", "number": "NUMMER", "change": "ÄNDRINGEN AVSER"},
        language="swedish", firm=("Granlund Wik Arkitekter AB",), client="Kommunfastigheter i Näs", project=("BJÖRKSKOLAN OM- OCH TILLBYGGNAD",),
        address=("Kv. Tranan 4",), job="15-112", date="2016-09-30", metric=True),
    Office("swedish label above", A3, bottom_strip, (
        sheet("A01", "SITUATIONSPLAN", SITE, ARCH, "SITUATIONSPLAN", scale="1:400"),
        sheet("A02", "PLANRITNING ENTRÉPLAN", FLOOR, ARCH, "ENTRÉPLAN", scale="1:100"),
    ), words={"project": "OBJEKT", "client": "BYGGHERRE", "title": "RITNING", "scale": "SKALA", "date": "DATUM", "job": "PROJEKTNR", "drawn": "RITAD",
              "number": "RITNINGSNUMMER", "rev": "BET"}, language="swedish", firm=("Husritarna i Dalby",), client="Fam. Ek",
        project=("NYBYGGNAD AV FRITIDSHUS",), address=("Sjövägen 3",), job="2204", date="2022-04-11", metric=True),
    Office("german corner box", A1, corner_box, (
        sheet("05", "Ansicht Süd und Ansicht West", ELEV, ARCH, "Ansicht Süd", "Ansicht West", scale="1:100"),
        sheet("02", "Grundriss Obergeschoss", FLOOR, ARCH, "Grundriss OG", scale="1:100"),
        sheet("04", "Schnitt A-A, Schnitt B-B", SECT, ARCH, "Schnitt A-A", scale="1:100"),
        sheet("01", "Lageplan", SITE, ARCH, "Lageplan", scale="1:500"),
    ), words={"rev": "Index", "date": "Datum", "drawn": "gez.", "client": "Bauherr", "project": "Bauvorhaben", "title": "Planinhalt",
              "checked": "gepr.", "scale": "Maßstab", "job": "Projekt-Nr.", "number": "Plan-Nr.", "change": "Änderung"}, language="german",
        firm=("Architekturbüro Hagenow",), client="Eheleute Brandt", project=("Neubau Einfamilienhaus mit Garage",),
        address=("Am Mühlbach 6, 99999 Neudorf",), job="1308", date="12.01.2024", metric=True),
    Office("german label left", A3, label_left, (
        sheet("A-401", "Detail Attika", DET, ARCH, "Detail Attika", "Detail Sockel", scale="1:5"),
        sheet("A-210", "Deckenspiegel Erdgeschoss", RCP, ARCH, "Deckenspiegel EG", scale="1:50"),
    ), words={"project": "Projekt", "address": "Adresse", "client": "Auftraggeber", "title": "Plantitel", "job": "Auftrag", "date": "Datum",
              "scale": "Massstab", "number": "Blatt"}, language="german", firm=("Zimmerli Graf Architekten ETH",), client="Gemeinde Oberalp",
        project=("Sanierung Schulhaus",), address=("Dorfstrasse 10",), job="417", date="3. Mai 2017", metric=True),
    Office("dutch corner box", A2, corner_box, (
        sheet("B-03", "Gevelaanzichten", ELEV, ARCH, "Voorgevel", "Achtergevel", scale="1:100"),
        sheet("B-04", "Doorsneden A-A en B-B", SECT, ARCH, "Doorsnede A-A", scale="1:100"),
    ), words={"rev": "wijz.", "date": "datum", "drawn": "get.", "client": "opdrachtgever", "project": "werk", "title": "onderdeel", "checked": "gec.",
              "scale": "schaal", "job": "werknr.", "number": "blad", "change": "omschrijving"}, language="dutch",
        firm=("Bouwkundig Buro Kievit",), client="Fam. Zandstra", project=("Nieuwbouw woning met bijgebouw",), address=("Dijkweg 12, Westerend",),
        job="1611", date="07-06-2016", metric=True),
)  # fmt: skip

TURKISH = (
    Office("turkish corner box", A1, corner_box, (
        sheet("A-03", "1. KAT PLANI", FLOOR, ARCH, "1. KAT PLANI", scale="1/50"),
        sheet("A-06", "A-A VE B-B KESİTLERİ", SECT, ARCH, "A-A KESİTİ", "B-B KESİTİ", scale="1/50"),
        sheet("A-08", "GÜNEY VE DOĞU GÖRÜNÜŞLERİ", ELEV, ARCH, "GÜNEY GÖRÜNÜŞÜ", scale="1/50"),
        sheet("A-01", "VAZİYET PLANI", SITE, ARCH, "VAZİYET PLANI", scale="1/500"),
    ), words={"rev": "REV.", "date": "TARİH", "drawn": "ÇİZEN", "client": "MAL SAHİBİ", "project": "PROJE ADI", "title": "PAFTA ADI",
              "checked": "KONTROL", "scale": "ÖLÇEK", "job": "PROJE NO", "number": "PAFTA NO", "change": "AÇIKLAMA"}, language="turkish",
        firm=("ÇINAR MİMARLIK LTD. ŞTİ.",), client="Hasan Demirel", project=("KONUT PROJESİ",), address=("ADA 112 PARSEL 7",),
        job="2019-14", date="12.01.2024", metric=True),
    Office("turkish structural strip", A1, right_strip, (
        sheet("S-02", "TEMEL KALIP PLANI", FOUND, STR, "TEMEL KALIP PLANI", scale="1/50"),
        sheet("S-05", "KOLON APLİKASYON PLANI", FRAME, STR, "KOLON APLİKASYON PLANI", scale="1/50"),
    ), words={"project": "İŞİN ADI", "job": "DOSYA NO", "date": "TARİH", "drawn": "ÇİZEN", "checked": "KONTROL", "title": "PAFTANIN ADI",
              "number": "PAFTA NO"}, language="turkish", firm=("DİREK STATİK PROJE BÜROSU",), project=("5 KATLI BETONARME BİNA",),
        address=("YENİ MAHALLE",), job="S-2018-9", date="05.2018", metric=True),
)  # fmt: skip

UNNUMBERED = (
    Office("no number, dates and jobs only", B, label_left, (
        sheet(None, "Kitchen Layout Option B", FLOOR, ARCH, "KITCHEN PLAN", scale='1/2" = 1\'-0"'),
    ), words={"project": "Project", "address": "Address", "client": "Client", "title": "Drawing", "job": "Job No", "date": "Date",
              "scale": "Scale"}, firm=("Cabinet Works",), client="D. Osei", project=("Osei Kitchen",), address=("41 Fern Ct",), job="K-204",
        date="12.01.2024"),
    Office("no number, bare", C, bare_strip, (
        sheet(None, "SITE PLAN", SITE, ARCH, "SITE PLAN", scale="1\" = 10'-0\""),
    ), firm=("R. MCALLISTER, DESIGNER",), project=("GARAGE FOR B. TRAN",), address=("1209 PLUM ST",), job="DRAWN 4-11-09", date="REV. 2"),
    Office("no number, metric", A3, corner_box, (
        sheet(None, "PLANTA BAIXA", FLOOR, ARCH, "PLANTA BAIXA", scale="1:100"),
    ), words={"date": "DATA", "drawn": "DESENHO", "client": "CLIENTE", "project": "PROJETO", "title": "TÍTULO", "scale": "ESCALA", "job": "CÓDIGO"},
        language="portuguese", firm=("Estúdio Caju",), client="Família Nunes", project=("Casa de praia",), address=("Praia do Forte",),
        job="C-09", date="10/2020", metric=True),
)  # fmt: skip

OFFICES = (*AMERICAN, *BRITISH, *ROMANCE, *GERMANIC, *TURKISH, *UNNUMBERED)
