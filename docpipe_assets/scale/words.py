"""The words of drawings, in the languages that plan sets come in, in the canonical spelling.

Canonical spelling: capitals without accents (`ÖLÇEK` is `OLCEK`, `MÅLESTOK` is `MALESTOK`).
"""

from __future__ import annotations

import re
from typing import Final

from docpipe_assets.vocabulary import PageType

LABELS: Final = (
    "SCALES?", "SCALED", "SCL", "SC(?=[.:])", "ESCALAS?", "ESCALE", "ESC", "ECHELLES?", "ECH", "MASS?S?TABE?", "MST",
    "OLCEK", "OLCEGI", "SKALA", "SKALOR", "MALESTOKK?", "MALSTOKK?", "MAL(?=[.: ])", "SCALA", "SCHAAL", "MITTAKAAVA",
    "MERITKO", "MIERKA", "MJERILO", "MERILO", "MERETARANY", "SCARA", "MASTELIS", "MOOTKAVA", "MEROGS", "ΚΛΙΜΑΚΑ", "МАСШТАБ",
    "TY LE", "TI LE", "縮尺", "比例",
)  # fmt: skip
"""What stands before a scale and says that it is one."""

SHORT_LABELS: Final = "EMOSМ"
"""Single letters that do the same, as in `E 1:50`, `M 1:100`, `Ö: 1/50`, `S=1:100`."""

_NOT_A_LABEL: Final = r"(?<!NOT )(?<!NO )(?<!ANY )(?<!TO )(?<!METRIC )"
LABEL: Final = rf"(?<![A-Z]){_NOT_A_LABEL}(?:{'|'.join(LABELS)})(?![A-Z])"

TIGHT_LABEL: Final = r"(?<=SCALE)|(?<=ESCALA)|(?<=ESC)|(?<=ECHELLE)|(?<=OLCEK)|(?<=SKALA)"
"""A number may follow these without a blank."""


def _any(*words: str) -> str:
    return rf"(?<![A-Z])(?:{'|'.join(words)})(?![A-Z])"


SLOPE: Final = re.compile(
    _any(
        "SLOP(?:E|ES|ED|ING)", "FALLS?", "X-?FALLS?", "CROSS-?FALLS?", "PITCH(?:ED)?", "GRAD", "GRADES?", "GRADED",
        "GRADIENTS?", "RAMP(?:S|ED)?", "RISE", "RUN", "INCLINE[DS]?", "INCLINATION", "CAMBER(?:ED)?", "BATTER(?:ED)?",
        "TAPER(?:S|ED)?", "SPLAY(?:ED)?", "CHAMFER(?:ED)?", "BEVEL(?:ED)?", "SKEW(?:ED)?", "CANT", "DRAINS?", "DRAINAGE", "GULL(?:Y|IES)",
        "BANKS?", "EMBANKMENTS?", "CUT", "FILL", "MAX", "MIN", "MAXIMUM", "MINIMUM", "DECLIVIDADES?", "INCL", "INCLINACAO",
        "INCLINACION", "CAIMENTO", "CAIDA", "RAMPAS?", "RAMPES?", "PENDIENTES?", "PDTE", "PENTES?", "PENDENZ[AE]", "GEFALLE",
        "NEIGUNG", "LUTNING", "LUTAR", "LUTN", "FALD", "HAELDNING", "HELLING", "EGIM", "EGIMLI", "MEYIL", "TALUD(?:E|ES)?", "TALUS",
    )
)  # fmt: skip
"""Beside a ratio they make it a slope."""

MIX: Final = re.compile(
    _any(
        "MORTARS?", "CEMENT", "SAND", "LIME", "MIX(?:ES|TURE|ED)?", "CONCRETE", "GROUT(?:ED)?", "RENDER(?:ED|ING)?", "SCREED",
        "PLASTER(?:ED|ING)?", "AGGREGATE", "WATER", "BLEACH", "RATIOS?", "DILUTED?", "PARTS?", "CEMENTO", "AREIA", "ARGAMASSA",
        "TRACO", "CAL", "MORTEL", "MORTIER", "BRUK", "MURBRUK", "HARC", "SIVA", "MALTA", "TURNS?", "RATIO", "ODDS",
    )
)  # fmt: skip
"""Beside a ratio they make it a mix."""

CLOCK: Final = re.compile(r"^ ?(?:[AP]\.? ?M\b|HRS?\b|HOURS\b|UHR\b|H\b|O'CLOCK)")

ELSEWHERE: Final = re.compile(
    _any(
        "SEE", "REFER", "REFERENCE", "REF", "VIDE", "VER", "VOIR", "SIEHE", "BKZ", "SE RITNING", "PER", "ENLARGED TO", "FROM",
        "SHOWN ON", "AND",
    )
    + r"(?: (?:TO|THE|ALSO|ON|IN|OF|ALL|OTHER)){0,3} ?$"
)  # fmt: skip
"""What follows belongs to another drawing, or to a list in a sentence."""

VIEW: Final = re.compile(
    r"(?:(?<![A-Z])(?:PLANS?|ELEVATIONS?|ELEVS?|SECTIONS?|SECTS?|DETAILS?|DETS?|DTLS?|LAYOUTS?|VIEWS?|PROFILES?|DIAGRAMS?|"
    r"SCHEMATICS?|RISER|LEVEL|FLOORS?|FLR|ROOF|ROOFS|FOUNDATIONS?|FRAMING|CEILING|CEILINGS|RCP|BASEMENT|MEZZANINE|ATTIC|"
    r"SURVEYS?|MAPS?|ISOMETRIC|PERSPECTIVE|SITE|STAIRS?|FACADES?|JAMB|SILL|HEAD|EAVES?|PARAPET|KITCHEN|BATH|"
    r"PLANTAS?|PLANOS?|CORTES?|FACHADAS?|ALZADOS?|ALCADOS?|SECCION(?:ES)?|SECAO|DETALHES?|DETALLES?|ELEVACAO|ELEVACOES|VISTAS?|"
    r"IMPLANTACAO|SITUACAO|COBERTURA|LOCACAO|PAVIMENTO|TERREO|COUPES?|FACADE|NIVEAU|ETAGE|REZ|TOITURE|MASSE|"
    r"GRUNDRISS|SCHNITT|ANSICHT|LAGEPLAN|PIANTA|SEZIONE|PROSPETTO|PLATTEGROND|DOORSNEDE|GEVEL|"
    r"PLANI|KESITI?|KESITLER|GORUNUSU?|CEPHE(?:SI)?|DETAYI?|VAZIYET|KAT|FASADER?|SEKTION(?:ER)?|SEKT|DETALJ(?:ER)?|ELEVATION|"
    r"SNIT|OPSTALT|SNITT|BJALKLAG|TAKPLAN|VAN|VANING)(?![A-Z])"
    r"|PLAN(?![A-Z])|RISS(?![A-Z])|FASAD(?![A-Z]))"
)
"""Words that view titles are made of."""

SUBSIDIARY: Final = re.compile(
    _any(
        "KEY ?PLAN", "KEY ?MAP", "VICINITY", "LOCATION (?:MAP|PLAN|KEY)", "LOCALITY", "LOCATOR", "INDEX MAP", "AREA MAP",
        "SITUACAO", "LOCALIZACAO", "SITUACION", "EMPLACEMENT", "SITUATION", "ORIENTERINGSFIGUR", "ORIENTERINGSPLAN",
        "OVERSIKT", "OVERSIKTSPLAN", "NYCKELPLAN",
    )
)  # fmt: skip
"""Titles of the small maps that say where the drawing is; nobody takes quantities off them."""

PICTORIAL: Final = re.compile(
    _any(
        "ISOMETRICS?",
        "ISO",
        "PERSPECTIVES?",
        "AXONOMETRICS?",
        "AXON",
        "3-?D(?: VIEW)?",
        "RENDERING",
        "PERSPECTIVA",
        "ISOMETRICO",
    )
)
"""Titles of views that hold no scale in any direction that can be measured."""

TITLE_BLOCK: Final = re.compile(
    _any(
        "DRAWN", "DRN", "DRAWN BY", "DESIGNED", "CHECKED", "CHK'?D?", "CKD", "APPROVED", "APP'?D", "REVIEWED", "DATE", "DATED", "ISSUED?",
        "PROJECT", "PROJ", "JOB", "SHEET", "DRAWING", "DWG", "DRG", "REV", "REVISIONS?", "TITLE", "CLIENT", "OWNER", "ARCHITECTS?",
        "ENGINEERS?", "CONSULTANTS?", "COPYRIGHT", "PHASE", "STATUS", "SEAL", "STAMP", "FILE", "CAD", "CONTRACT", "OFFICE",
        "DESENHO", "DATA", "FOLHA", "PRANCHA", "PROJETO", "CLIENTE", "OBRA", "AUTOR", "CONTEUDO", "ARQUIVO", "RESP", "CREA", "CAU",
        "PROYECTO", "FECHA", "PLANO", "DIBUJO", "LAMINA", "HOJA", "TARIH", "CIZEN", "PAFTA", "PROJE", "KONTROL", "ONAY", "ADA", "PARSEL",
        "DATUM", "RITAD", "RITAD AV", "HANDLAGGARE", "GRANSKAD", "UPPDRAG", "UPPDRAGSNR", "ANSVARIG", "NUMMER", "RITNING", "BET", "ANT",
        "BLATT", "GEZ", "GEPR", "BAUHERR", "PLANNR", "DESSINE", "INDICE", "AFFAIRE", "DISEGNO", "TAVOLA", "COMMITTENTE", "GETEKEND",
        "SAG", "TEGN", "TEGNET", "KONTR", "GODK", "DATO", "BYGHERRE",
    )
)  # fmt: skip
"""Labels of title-block cells."""

NOT_A_TITLE: Final = re.compile(
    _any(
        "NOTES?",
        "LEGEND",
        "GENERAL NOTES",
        "KEYNOTES?",
        "TYP",
        "TYPICAL U",
        "SEE",
        "REFER",
        "PROVIDE",
        "VERIFY",
        "INSTALL",
        "CONTRACTOR",
    )
)
"""Words of notes; a line with them beside a scale is not its view's title."""

_FLOOR: Final = re.compile(
    r"PLANTA|PIANTA|GRUNDRISS|(?:FLOOR|LEVEL|FLR|STORY|STOREY|BASEMENT|MEZZANINE|GROUND|KAT).{0,40}PLAN|PLANI?(?![A-Z])"
)
MAIN_VIEW: Final = {
    PageType.FLOOR_PLAN: _FLOOR,
    PageType.REFLECTED_CEILING_PLAN: re.compile(r"CEILING|RCP|FORRO|TETO|(?<![A-Z])PLAN"),
    PageType.ROOF_PLAN: re.compile(r"ROOF|COBERTURA|TOITURE|CATI|TAK"),
    PageType.FOUNDATION_PLAN: re.compile(r"FOUNDATION|FOOTING|FUNDAC|CIMENT|TEMEL|GRUND"),
    PageType.FRAMING_PLAN: re.compile(r"FRAMING|STRUCTUR|(?<![A-Z])PLAN"),
    PageType.SITE_PLAN: re.compile(r"SITE|SURVEY|PLOT|GRADING|UTILITY|LANDSCAPE|IMPLANTACAO|LAGEPLAN|VAZIYET|SITUATIONSPLAN|MASSE"),
}
"""For sheets of a type, what the titles of the views say that the sheet is there for."""
