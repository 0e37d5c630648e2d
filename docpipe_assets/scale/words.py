"""The words of drawings, in the languages that plan sets come in.

All in the canonical spelling: capitals without accents (`ÖLÇEK` is `OLCEK`, `MÅLESTOK` is `MALESTOK`).
Each line of a list is one expression.
"""

from __future__ import annotations

import re
from typing import Final

from docpipe_assets.vocabulary import PageType


def _either(*lists: str) -> str:
    """An expression for any of the blank-separated words; `_` stands for a blank within one."""
    words = [word.replace("_", " ") for words in lists for word in words.split()]
    return rf"(?<![A-Z])(?:{'|'.join(words)})(?![A-Z])"


def _words(*lists: str) -> re.Pattern[str]:
    return re.compile(_either(*lists))


_OTHER_WORDS: Final = frozenset({"SALA", "SALE", "CALA"})
_ALIKE: Final = {"A": "A4", "C": "CGO(", "E": "EF3", "K": "KX", "L": "LI1|", "O": "O0Q", "S": "S58"}


def _lettered_alike(words: str) -> str:
    """An expression for any of the words with like letters confused, or without one of its letters."""
    spellings = []
    for word in words.split():
        spellings.append("".join(f"[{re.escape(_ALIKE.get(letter, letter))}]" for letter in word))
        spellings += [word[:at] + word[at + 1 :] for at in range(len(word))]
    spellings = [spelling for spelling in spellings if spelling not in _OTHER_WORDS]
    return rf"(?<![A-Z])(?:{'|'.join(spellings)})(?![A-Z])"


_LABELS: Final = (
    "SCALES? SCALED SCL SC(?=[.:]) ESCALAS? ESCALE ESC ECHELLES? ECH MASS?S?TABE? MST OLCEK OLCEGI",
    "SKALA SKALOR MALESTOKK? MALSTOKK? MAL(?=[.:_]) SCALA SCHAAL MITTAKAAVA MERITKO MIERKA MJERILO MERILO",
    "MERETARANY SCARA MASTELIS MOOTKAVA MEROGS ΚΛΙΜΑΚΑ МАСШТАБ TY_LE TI_LE 縮尺 比例",
)
_NOT_A_LABEL: Final = r"(?<!NOT )(?<!NO )(?<!ANY )(?<!TO )(?<!METRIC )"
LABEL: Final = _NOT_A_LABEL + _either(*_LABELS)
"""What stands before a scale and says that it is one."""

MISREAD_LABEL: Final = _NOT_A_LABEL + _lettered_alike("SCALE ESCALA ECHELLE OLCEK SKALA SCALA")
"""A label as scans misread it: like letters confused, or one letter lost."""

SHORT_LABELS: Final = "EMOМ"
"""Single letters that do the same, as in `E 1:50`, `M 1:100`, `Ö: 1/50`. Not `S`: it is a slope as often."""

TIGHT_LABEL: Final = r"(?<=SCALE)|(?<=ESCALA)|(?<=ESC)|(?<=ECHELLE)|(?<=OLCEK)|(?<=SKALA)"
"""A number may follow these without a blank."""

SLOPE: Final = _words(
    "SLOP(?:E|ES|ED|ING) FALLS? X-?FALLS? CROSS-?FALLS? PITCH(?:ED)? GRAD GRADES? GRADED GRADIENTS? RAMP(?:S|ED)?",
    "RISE RUN INCLINE[DS]? INCLINATION CAMBER(?:ED)? BATTER(?:ED)? TAPER(?:S|ED)? SPLAY(?:ED)? CHAMFER(?:ED)?",
    "BEVEL(?:ED)? SKEW(?:ED)? CANT DRAINS? DRAINAGE GULL(?:Y|IES) BANKS? EMBANKMENTS? CUT FILL",
    "MAX MIN MAXIMUM MINIMUM",
    "DECLIVIDADES? INCL INCLINACAO INCLINACION CAIMENTO CAIDA RAMPAS? RAMPES? PENDIENTES? PDTE PENTES? PENDENZ[AE]",
    "GEFALLE NEIGUNG LUTNING LUTAR LUTN FALD HELLING EGIM EGIMLI MEYIL TALUD(?:E|ES)? TALUS",
)
"""Beside a ratio they make it a slope."""

MIX: Final = _words(
    "MORTARS? CEMENT SAND LIME MIX(?:ES|TURE|ED)? CONCRETE GROUT(?:ED)? RENDER(?:ED|ING)? SCREED PLASTER(?:ED|ING)?",
    "AGGREGATE WATER BLEACH RATIOS? DILUTED? PARTS? TURNS? ODDS",
    "CEMENTO CIMENTO AREIA ARGAMASSA TRACO CAL MORTEL MORTIER BRUK MURBRUK HARC SIVA MALTA",
)
"""Beside a ratio they make it a mix."""

CLOCK: Final = re.compile(r"^ ?(?:[AP]\.? ?M\b|HRS?\b|HOURS\b|UHR\b|H\b|O'CLOCK)")

ELSEWHERE: Final = re.compile(
    _either("SEE REFER REFERENCE REF VIDE VER VOIR SIEHE BKZ SE_RITNING PER FROM SHOWN_ON")
    + r"(?: (?:TO|THE|ALSO|ON|IN|OF|ALL|OTHER)){0,3} ?$"
)
"""What follows belongs to another drawing."""

PREPOSITION: Final = re.compile(rf"(?:@|{_either('TO AT OF BY IN WITH DE EM EN CON COM MIT AUF TIL AV')}) ?$")
"""What follows belongs to a phrase, not to a title."""

DRAWING: Final = re.compile(
    _either(
        "PLANS? ELEVATIONS? ELEVS? SECTIONS? SECTS? DETAILS? DETS? DTLS? LAYOUTS? VIEWS? PROFILES? DIAGRAMS?",
        "SCHEMATICS? SURVEYS? MAPS? ISOMETRIC PERSPECTIVE",
        "PLANTAS? PLANOS? CORTES? FACHADAS? ALZADOS? ALCADOS? SECCION(?:ES)? SECAO DETALHES? DETALLES? ELEVACAO",
        "ELEVACOES VISTAS? IMPLANTACAO LOCACAO COUPES? FACADES? GRUNDRISS SCHNITT ANSICHT LAGEPLAN",
        "PIANTA SEZIONE PROSPETTO PLATTEGROND DOORSNEDE GEVEL",
        "PLANI KESITI? KESITLER GORUNUSU? CEPHE(?:SI)? DETAYI? FASADER? SEKTION(?:ER)? SEKT DETALJ(?:ER)?",
        "SNIT OPSTALT SNITT",
    )
    + r"|(?:PLAN|RISS|FASAD)(?![A-Z])"
)
"""What drawings are called, compounds such as `SITUATIONSPLAN` included."""

VIEW: Final = re.compile(
    DRAWING.pattern
    + "|"
    + _either(
        "RISER LEVEL FLOORS? FLR ROOFS? FOUNDATIONS? FRAMING CEILINGS? RCP BASEMENT MEZZANINE ATTIC",
        "SITE STAIRS? JAMB SILL HEAD EAVES? PARAPET KITCHEN BATH",
        "SITUACAO COBERTURA PAVIMENTO TERREO NIVEAU ETAGE REZ TOITURE MASSE VAZIYET KAT BJALKLAG VAN VANING",
    )
)
"""Words that view titles are made of: those, and the parts of buildings."""

SUBSIDIARY: Final = _words(
    "KEY_?PLAN KEY_?MAP VICINITY LOCATION_(?:MAP|PLAN|KEY) LOCALITY LOCATOR INDEX_MAP AREA_MAP",
    "SITUACAO LOCALIZACAO SITUACION EMPLACEMENT SITUATION ORIENTERINGSFIGUR ORIENTERINGSPLAN",
    "OVERSIKT OVERSIKTSPLAN NYCKELPLAN",
)
"""Titles of the small maps that say where the drawing is; nobody takes quantities off them."""

PICTORIAL: Final = _words(
    "ISOMETRICS? ISO PERSPECTIVES? AXONOMETRICS? AXON 3-?D(?:_VIEW)? RENDERING PERSPECTIVA ISOMETRICO"
)
"""Titles of views that hold no scale in any direction that can be measured."""

TITLE_BLOCK: Final = _words(
    "DRAWN DRN DESIGNED CHECKED CHK'?D? CKD APPROVED APP'?D REVIEWED DATE DATED ISSUED? PROJECT PROJ JOB SHEET",
    "DRAWING DWG DRG REV REVISIONS? TITLE CLIENT OWNER ARCHITECTS? ENGINEERS? CONSULTANTS? COPYRIGHT PHASE STATUS",
    "SEAL STAMP FILE CAD CONTRACT OFFICE",
    "DESENHO DATA FOLHA PRANCHA PROJETO CLIENTE OBRA AUTOR CONTEUDO ARQUIVO RESP CREA CAU",
    "PROYECTO FECHA PLANO DIBUJO LAMINA HOJA TARIH CIZEN PAFTA PROJE KONTROL ONAY ADA PARSEL",
    "DATUM RITAD(?:_AV)? HANDLAGGARE GRANSKAD UPPDRAG(?:SNR)? ANSVARIG NUMMER RITNING BET ANT",
    "BLATT GEZ GEPR BAUHERR PLANNR DESSINE INDICE AFFAIRE DISEGNO TAVOLA COMMITTENTE GETEKEND",
    "SAG TEGN TEGNET KONTR GODK DATO BYGHERRE",
)
"""Labels of title-block cells."""

NOT_A_TITLE: Final = _words("NOTES? LEGEND KEYNOTES? SEE REFER PROVIDE VERIFY INSTALL CONTRACTOR")
"""Words of notes; a line with them beside a scale is not its view's title."""

MAIN_VIEW: Final = {
    PageType.FLOOR_PLAN: re.compile(
        r"PLANTA|PIANTA|GRUNDRISS|PLANI?(?![A-Z])|(?:FLOOR|LEVEL|FLR|STORE?Y|BASEMENT|MEZZANINE|GROUND).{0,40}PLAN"
    ),
    PageType.REFLECTED_CEILING_PLAN: re.compile(r"CEILING|RCP|FORRO|TETO|(?<![A-Z])PLAN"),
    PageType.ROOF_PLAN: re.compile(r"ROOF|COBERTURA|TOITURE|CATI|TAK"),
    PageType.FOUNDATION_PLAN: re.compile(r"FOUNDATION|FOOTING|FUNDAC|CIMENT|TEMEL|GRUND"),
    PageType.FRAMING_PLAN: re.compile(r"FRAMING|STRUCTUR|(?<![A-Z])PLAN"),
    PageType.SITE_PLAN: re.compile(
        r"SITE|SURVEY|PLOT|GRADING|UTILITY|LANDSCAPE|IMPLANTACAO|LAGEPLAN|VAZIYET|SITUATIONSPLAN|MASSE"
    ),
}
"""For sheets of a type, what the titles of the views say that the sheet is there for."""

PART_VIEW: Final = _words(
    "ENLARGED ENLARGEMENT PARTIAL PART DETAILS? TYPICAL TYP KEY SECTIONS? ELEVATIONS? DETALHES? DETALLES? AMPLIAD[AO]",
    "AMPLIACAO CORTES? DETAYI? KESITI? DETALJ(?:ER)? SEKTION(?:ER)?",
)
"""Titles with these show a part of the building, or cut it."""
