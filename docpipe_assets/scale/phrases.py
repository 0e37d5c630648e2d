"""Scales written in words: NTS and AS NOTED in their many spellings, FULL SIZE and HALF SIZE, and `SCALE: 1/4"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from docpipe_assets.scale.canonical import CanonicalText
from docpipe_assets.scale.context import Surroundings, around
from docpipe_assets.scale.customary import ARCHITECTURAL_INCHES
from docpipe_assets.scale.values import Doubt, Notation, NotationKind, System

_NTS: Final = r"N\.T\.S\.?|NTS|N\. T\. S\.?|N T S|N/T/S"
_NOT_TO_SCALE: Final = re.compile(
    rf"(?<![A-Z0-9/.-])(?:(?P<short>{_NTS})"
    r"|NOT (?:DRAWN )?(?:TO|IN) (?:ANY |THE )?SCALE|(?P<strict>NO SCALE|NON? SCALE)|NOT-TO-SCALE|UNSCALED"
    r"|S ?/ ?(?:ESCALA|ESC\.?)|S\. ?ESCALA|SEM ESCALA|SIN ESCALA|FORA DE ESCALA|NO A ESCALA"
    r"|SANS ECHELLE|HORS ECHELLE|PAS A L'ECHELLE|NON A L'ECHELLE"
    r"|OHNE MASS?S?TAB|UNMASS?S?TABLICH|NICHT MASS?S?TAB(?:LICH|SGERECHT|SGETREU)|O\. ?M\."
    r"|OLCEKSIZ(?:DIR)?|EJ SKALENLIG(?:T|A)?|UTAN SKALA|INGEN SKALA|EJ I SKALA|UDEN MAL|IKKE I MAL(?:ESTOKK?)?"
    r"|FUORI SCALA|SENZA SCALA|NON IN SCALA|NIET OP SCHAAL)(?![A-Z0-9])"
)
_NONE: Final = re.compile(
    r"(?<![A-Z])(?:NONE|N ?/ ?A|NIL|S ?/ ?E|NENHUMA|NINGUNA|AUCUNE|KEINE|YOK|INGEN|-{2,5})(?![A-Z/])"
)
_VERB_BEFORE: Final = re.compile(r"(?:IS|ARE|BE|IF|WAS|WERE|BEEN|OR|THAT|OTHERWISE) ?\(?$")
_CONDITION_AFTER: Final = re.compile(r"^[ ,-]{0,3}(?:IF|UNLESS|WHEN|OR|WHERE|EXCEPT|IS|ARE)(?![A-Z])")
_EXPLAINED_AFTER: Final = re.compile(r"^[ .:=\-_]{0,40}(?:NOT|NO) (?:TO )?(?:ANY )?SCALE")
_EXPLAINED_BEFORE: Final = re.compile(rf"(?<![A-Z0-9])(?:{_NTS})[ .:=\-_(]{{0,40}}$")

_AS_NOTED: Final = re.compile(
    r"(?<![A-Z/])(?:AS (?:NOTED|SHOWN|INDICATED|STATED|SPECIFIED|GIVEN|DRAWN|MARKED|LISTED)"
    r"|AS PER (?:DRAWING|PLAN|DETAIL)S?"
    r"|(?:COMO |CONFORME |CF\. ?|LA )?INDICAD[AO]S?|(?:COMO|SEGUN) SE INDICA"
    r"|SELON INDICATIONS?|(?:COMME )?INDIQUEE?S?|WIE (?:ANGEGEBEN|DARGESTELLT)|BELIRTILDIGI GIBI|MUHTELIF"
    r"|SOM (?:ANGIVET|ANGIVEN|VIST)|ENL(?:IGT|\.) RITN(?:ING|\.)?"
    r"|COME INDICAT[OA]|INDICAT[AE]|ZOALS (?:AANGEGEVEN|VERMELD))(?![A-Z])"
)
_VARIES: Final = re.compile(
    r"(?<![A-Z/])(?:VARIES|VARIOUS|VARIED|VARYING|VARIABLE|MULTIPLE|MIXED|NOTED|SHOWN"
    r"|(?:SEE|REFER TO|PER) (?:THE )?(?:DRAWING|DWG|PLAN|DETAIL|VIEW|SHEET)S?"
    r"|VARIAS|VARIOS|VARIADAS?|VARIAVEL|DIVERSAS?|DIVERSOS|DIVERSES?|DIVERS|DIVERSE|VERSCHIEDEN|SIEHE PLAN"
    r"|CESITLI|DEGISKEN|VARIERAR|VARIERENDE|VARIE)(?![A-Z])"
)
_SIZE: Final = re.compile(
    r"(?<![A-Z0-9/])(?:(?P<name>TWICE FULL|DOUBLE|FULL|HALF|QUARTER)|(?P<part>1/2|1/4)(?: FULL)?)"
    r"[ -](?:SIZE|SCALE)(?: DETAILS?)?(?![A-Z])"
)
_SIZES: Final = {
    "TWICE FULL": Fraction(1, 2),
    "DOUBLE": Fraction(1, 2),
    "FULL": Fraction(1),
    "HALF": Fraction(2),
    "QUARTER": Fraction(4),
    "1/2": Fraction(2),
    "1/4": Fraction(4),
}
_LENGTH: Final = re.compile(
    r"""(?<![\w.,/'"-])(?P<whole>1[ -])?(?P<part>\d{1,2}/\d{1,2}) ?(?:"|INCH(?:ES)?|IN\.?)"""
    r"""(?![A-Z"'/=]| ?[=/:X]| ?(?:PER|TO|THICK)| ?-? ?\d)"""
)


def phrases(plain: CanonicalText) -> Iterator[Notation]:
    """Every scale that is written in words."""
    line = plain.text
    for found in _NOT_TO_SCALE.finditer(line):
        near = around(line, found.start(), found.end())
        if not _explains_itself(found, near):
            yield _worded(plain, found, near, NotationKind.NOT_TO_SCALE)
    for found in _NONE.finditer(line):
        near = around(line, found.start(), found.end())
        if near.labelled_before and near.ends_line:
            yield _worded(plain, found, near, NotationKind.NOT_TO_SCALE)
    for pattern, weak in ((_AS_NOTED, False), (_VARIES, True)):
        for found in pattern.finditer(line):
            near = around(line, found.start(), found.end())
            if near.labelled_before or near.alone:
                yield _worded(
                    plain, found, near, NotationKind.AS_NOTED, weak=weak and not near.labelled_before
                )
    yield from _sizes(plain)
    yield from _lengths_alone(plain)


def _explains_itself(found: re.Match[str], near: Surroundings) -> bool:
    """Whether the words explain an abbreviation, or speak of scale in a sentence."""
    if found["short"]:
        return _EXPLAINED_AFTER.search(near.after) is not None
    if found["strict"] and not near.ends_line and near.after[:1] not in {")", "]", "-", ",", "."}:
        return True
    return bool(
        _EXPLAINED_BEFORE.search(near.before)
        or _VERB_BEFORE.search(near.before)
        or _CONDITION_AFTER.search(near.after)
    )


def _sizes(plain: CanonicalText) -> Iterator[Notation]:
    for found in _SIZE.finditer(plain.text):
        near = around(plain.text, found.start(), found.end())
        ends_title = near.ends_line and near.before.rstrip(" ")[-1:] in {"-", ":", "(", "@", ","}
        if near.labelled_before or near.alone or ends_title:
            ratio = _SIZES[found["name"] or found["part"]]
            doubts = set() if near.labelled_before else {Doubt.SIZE_WORDS}
            yield _worded(plain, found, near, NotationKind.NUMERIC, ratio=ratio, doubts=doubts)


def _lengths_alone(plain: CanonicalText) -> Iterator[Notation]:
    """`SCALE: 1/4"` stands for one foot, though that is left unsaid."""
    for found in _LENGTH.finditer(plain.text):
        near = around(plain.text, found.start(), found.end())
        over, under = found["part"].split("/")
        inches = Fraction(int(over), int(under) or 1) + (1 if found["whole"] else 0)
        if near.labelled_before and near.ends_line and inches in ARCHITECTURAL_INCHES:
            yield _worded(
                plain,
                found,
                near,
                NotationKind.NUMERIC,
                ratio=12 / inches,
                system=System.IMPERIAL,
                doubts={Doubt.LENGTH_ALONE},
            )


def _worded(
    plain: CanonicalText,
    found: re.Match[str],
    near: Surroundings,
    kind: NotationKind,
    *,
    ratio: Fraction | None = None,
    system: System | None = None,
    doubts: set[Doubt] | None = None,
    weak: bool = False,
) -> Notation:
    start, end = plain.original_span(found.start(), found.end())
    return Notation(
        start,
        end,
        plain.original[start:end],
        kind,
        ratio,
        system,
        labelled=near.labelled_before,
        weak=weak,
        doubts=frozenset(doubts or ()),
    )
