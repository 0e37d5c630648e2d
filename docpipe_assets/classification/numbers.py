"""What a sheet number looks like, and what only looks like one.

The U.S. National CAD Standard (Sheet Identification) writes a one- or two-letter discipline designator, a
sheet type digit and a sequence: `A-101`. Offices write `A1.01`, `S1.01a`, `P-03`, `3 of 9`, `101`,
`A-40.1-101`, `1402-PL-010`. So a shape gives a plausibility, and never decides alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docpipe_assets.classification.discipline_words import DESIGNATORS, KIND_DESIGNATORS
from docpipe_assets.classification.reading import fold, tidy

_CORE = re.compile(
    r"\(?(?P<letters>[A-Z]{1,4})\)? ?[-._]? ?(?P<digits>\d{1,4})"
    r"(?P<rest>(?: ?[-.] ?\d{1,3}[A-Z]?){0,2})(?P<suffix> ?-? ?[A-Z]{0,2}\d?)"
)
_COUNTED = re.compile(
    r"(?P<number>(?:[A-Z]{1,4}[- ]?)?\d{1,3}[A-Z]?) ?(?P<of>OF|/|DE|VON|SUR|AV|DI|VAN) ?(?P<total>\d{1,3})(?: SHEETS?)?"
)
_PARTS = re.compile(r"\(?[A-Z0-9]{1,8}\)?(?: ?[-_/.] ?\(?[A-Z0-9]{1,10}\)?){1,8}")
# With the class of the drawing after CI/SfB (RIBA): PL(20)03, 3027-A(00)101, (27)004.
_TABLED = re.compile(
    r"(?:\d{2,6}[A-Z]?[-_/ ])?(?:(?P<letters>[A-Z]{1,4})[-_ ]?)?\((?:\d{1,2}|--)\)[-_ ]?\d{1,4}[A-Z]?"
)
_DASHES = re.compile(r"[-~_\u2013](?: ?[-~\u2013])+")
_DIGITS = re.compile(r"\d{1,4}[A-Z]?")
_NOT_NUMBERS = (
    re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d{2}"),
    re.compile(r"(?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?"),
    re.compile(r"\d{1,2}[-./](?:19|20)\d{2}"),
    re.compile(r"[0-9OIL]{3,4}[-./ ]?(?:19|20)\d{2}"),
    re.compile(r"\d{1,2}[-. ]?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*[-. ]?\d{0,4}"),
    re.compile(r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC)[-. ]?\d{1,4}"),
    re.compile(r"(?:\d[-.])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}"),
    re.compile(r"\d{3}-\d{4}"),
    re.compile(r"\d{5}-\d{3,4}"),
    re.compile(r"[A-Z]{2} \d{5}"),
    re.compile(r"REV(?:ISION)?\.? ?[-:]?\d*[A-Z]?|REV\.? ?\d+|ISSUE \d+|NO\.? ?\d+|VER(?:SION)? ?\d.*|V\d\.\d+"),
    re.compile(r"[WCLMS]\d{1,2} ?X ?\d.*|HSS ?\d.*|\d+X\d+.*|M\d+X.*|UB ?\d+.*"),
    re.compile(r"ELEV.*|EL(?:[.:] ?[-+]?| ?[-+])\d.*\.\d+|EL[.:] ?\d.*|EL ?\d+\.\d+"),
    re.compile(r"R-\d\d|U-?0\.\d+|LOT \d+|UNIT \d+|PHASE \d+|LEVEL \d+|FLOOR \d+|BLDG \d+"),
    re.compile(r"[A-Z]?\d{1,2} ?/ ?[A-Z]{1,2}-?\d[\d.]*"),
    re.compile(r"[NS] ?\d{1,3}[^A-Z]*[EW]"),
    re.compile(r"[+-]\d.*|\d+[.,]\d+ ?(?:M|MM|CM|M2|SF|FT)"),
    re.compile(r"\d{1,2} ?(?:AM|PM)|\d{1,4} ?(?:MM|CM|M|FT|SF|IN|KG|LB|LBS|PSI|AMP|KW|W|V|TYP|MIN|MAX|EA|NOS|DEG)"),
    re.compile(r"(?:ASTM|ANSI|IBC|NFPA|ISO|DIN|NBR|IRC|ICC|ACI|AISC|ASCE|TEL|FAX|BOX|SUITE|STE)[- ]?\d.*"),
    re.compile(r"(?:UL|EN|BS|AS|TS)[- ]\d{4,5}.*"),
)  # fmt: skip
# 1/50 on a sheet is its scale.
_SCALES = frozenset([5, 10, 20, 25, 50, 75, 100, 125, 200, 250, 500])
# S-201 to a scan; other bare digits are sheet numbers as often: 501, 001, 5.03.
_DASHED = re.compile(r"5-\d{3}")
# A count or a scale with letters for its digits: I1/12, I/100.
_DIGITS_READ = re.compile(r"[\dOIL|!]{1,3} ?/ ?[\dOIL|!]{1,3}")
_PAPER_SIZE = re.compile(r"A[0-4]|ANSI ?[A-E]|ARCH ?[A-E]\d?")
_LETTERS_FOR_DIGITS = str.maketrans("OQIL|!", "001111")
_DIGITS_FOR_LETTERS = str.maketrans("058", "OSB")
_MISREAD = re.compile(
    r"(?<=\d)[-.][OQIL|!]+(?:[-.]|$)|^[A-Z]-[SBZ]\d\d|^[A-Z]{2,}\.\d|\d[OQIL|!]+(?:[\d.]|$)|(?<![A-Z])[OQIL|!]+\d|"
    r"^[A-Z](?:-[OIL]|[OIL]\.)"
)
_ROLE_PARTS = frozenset(
    ["A", "AR", "S", "ST", "C", "L", "M", "E", "P", "DR", "GA", "PL", "SK", "DE", "D", "EL", "SE", "K", "V", "RD"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberShape:
    """A text read as a sheet number. `plausibility` is in the units of the number's score, 0 is neutral."""

    value: str
    designator: str
    type_digit: int | None
    plausibility: float
    kind: str

    @property
    def key(self) -> str:
        """The number without what offices write differently on sheet and index."""
        return number_key(self.value)


def number_key(value: str) -> str:
    """Upper case without spaces, dashes, dots and underscores."""
    return re.sub(r"[\s\-._]", "", fold(value))


@lru_cache(maxsize=20_000)
def parse_number(text: str, scanned: bool = False) -> NumberShape | None:
    """`text`, the whole of it, as a sheet number; None where it cannot be one.

    With `scanned`, letters that scans take for digits are read as digits behind the designator.
    """
    written = tidy(text).strip(" :;,~#*|[]")
    if written.startswith("-") or written.endswith("-"):
        written = written.strip(" -")
    if scanned and not re.search(r"[a-km-z]", written):
        written = written.replace("l", "1").replace("|", "1")
    if scanned and _DIGITS_READ.fullmatch(written.upper()):
        written = written.upper().translate(_LETTERS_FOR_DIGITS)
    if scanned and any(c.isalpha() for c in written):
        written = re.sub(r"(?<=\d),(?=\d)", ".", written)
    written = _DASHES.sub("-", written)
    plain = fold(written)
    if not plain or len(plain) > 32 or not any(c.isdigit() or c in "OIL" for c in plain):
        return None
    if any(pattern.fullmatch(plain) for pattern in _NOT_NUMBERS) or any(c in plain for c in "'\"=+%@$"):
        return None
    shape = _parse(plain, written)
    lettered = any(c.isalpha() for c in plain) or _DASHED.fullmatch(plain)
    if scanned and lettered and (shape is None or _looks_misread(shape, plain)):
        repaired = _repaired(plain)
        read = _parse(repaired, repaired) if repaired != plain else None
        if read is not None and (
            shape is None or read.plausibility >= shape.plausibility or read.kind == "digits"
        ):
            return read
    return shape


def with_letter(shape: NumberShape) -> NumberShape | None:
    """Bare digits as a number whose letter a scan took for a digit: 501 as S01; None if there is no such letter."""
    repaired = shape.value[:1].translate(_DIGITS_FOR_LETTERS) + shape.value[1:]
    read = _parse(fold(repaired), repaired) if shape.kind == "digits" and repaired != shape.value else None
    return read if read is not None and read.designator in DESIGNATORS else None


def _looks_misread(shape: NumberShape, plain: str) -> bool:
    """Whether letters stand where digits belong: an unknown designator, `AO.1`, `A-1O1`, `14O2/P/101`."""
    known = shape.designator in DESIGNATORS or shape.designator in KIND_DESIGNATORS
    return not known or _MISREAD.search(plain) is not None


def _parse(plain: str, written: str) -> NumberShape | None:
    if counted := _COUNTED.fullmatch(plain):
        shape = _counted(counted, written)
        if shape is not None or counted["number"].isdigit():
            return shape
    if core := _CORE.fullmatch(plain):
        return _core(core, written)
    if tabled := _TABLED.fullmatch(plain):
        letters = tabled["letters"] or ""
        return NumberShape(written, letters, None, 1.8 if letters else 1.0, "parts")
    if _DIGITS.fullmatch(plain):
        digit = int(plain[0]) if len(plain.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == 3 else None
        plausibility = {1: -2.2, 2: -1.8, 3: -1.2, 4: -1.8}[min(len(re.sub(r"\D", "", plain)), 4)]
        return NumberShape(written, "", digit, plausibility, "digits")
    if _PARTS.fullmatch(plain) and sum(c.isdigit() for c in plain) >= 2:
        return _parts(plain, written)
    return None


def _counted(match: re.Match[str], written: str) -> NumberShape | None:
    number, total = match["number"], int(match["total"])
    digits = int(re.sub(r"\D", "", number))
    if not 0 < digits <= total or (match["of"] == "/" and total < 2):
        return None
    lettered = re.match(r"[A-Z]+", number)
    plausibility = 0.6 if match["of"] != "/" else -0.6
    if match["of"] == "/" and digits == 1 and total in _SCALES:
        plausibility = -2.6
    # The count is the set's, not the sheet's: "3 of 9" is sheet 3.
    value = written[: len(number)] if fold(written[: len(number)]) == number else number
    return NumberShape(value, lettered[0] if lettered else "", None, plausibility, "counted")


def _core(match: re.Match[str], written: str) -> NumberShape | None:
    letters, digits, rest = match["letters"], match["digits"], match["rest"]
    known = letters in DESIGNATORS or letters in KIND_DESIGNATORS
    if len(letters) >= 4 and not known:
        return None
    all_digits = digits + re.sub(r"\D", "", rest)
    plausibility = {1: 0.6, 2: 1.4}.get(len(all_digits), 2.0)
    if rest:
        plausibility += 0.4
    if not known:
        plausibility -= 0.9 if len(letters) > 1 else 0.4
    if match["suffix"].strip():
        plausibility -= 0.2
    if _PAPER_SIZE.fullmatch(written.upper()):
        plausibility -= 0.6
    return NumberShape(written, letters, _type_digit(digits, rest), plausibility, "designator")


def _type_digit(digits: str, rest: str) -> int | None:
    """The National CAD Standard's sheet type: the first of three digits, or the digit before the dot."""
    if len(digits) == 3 or (len(digits) == 1 and rest.lstrip().startswith((".", "-"))):
        return int(digits[0])
    return None


def _parts(plain: str, written: str) -> NumberShape | None:
    # "11. FLOOR" opens a numbered note.
    if re.search(r"[A-Z]{6,}", plain) or re.match(r"\d{1,2}\. ?[A-Z]{3}", plain):
        return None
    parts = [part for part in re.split(r"[-_/. ()]+", plain) if part]
    if len(parts) < 2:
        return None
    lettered = [part for part in parts if part.isalpha() or _CORE.fullmatch(part)]
    if not lettered:
        # Digits and dots alone may be anything: a job number, an area, a date.
        return NumberShape(written, "", None, -1.0, "parts")
    role = next((part for part in reversed(parts) if part in _ROLE_PARTS or part in DESIGNATORS), "")
    tail = next((m for part in reversed(parts) if (m := _CORE.fullmatch(part))), None)
    if not role and tail is not None:
        role = tail["letters"]
    last = re.fullmatch(r"[A-Z]{0,2}(\d)\d\d[A-Z]?", parts[-1])
    plausibility = 0.4 + (0.5 if role in _ROLE_PARTS or role in DESIGNATORS else 0.0)
    plausibility += 0.3 if len(parts) >= 3 else 0.0
    return NumberShape(written, role, int(last[1]) if last else None, plausibility, "parts")


def _repaired(plain: str) -> str:
    """`plain` with digits for the letters that look like them, behind the designator and between digits."""
    head = re.match(r"[A-Z058]{1,2}?(?=(?:[-. ]?[0-9OQIL|!SBZ]){2})", plain)
    if head is None or re.fullmatch(r"[IOL|]\d{2,}(?:[A-Z]|[-/.].*)", plain):
        letters, tail = "", plain
    else:
        letters, tail = head[0].translate(_DIGITS_FOR_LETTERS), plain[head.end() :]
    tail = re.sub(r"(?<![A-Z])[OQIL|!]+(?=[\d.]|$)|(?<=\d)[OQIL|!]+", _as_digits, tail)
    tail = re.sub(r"(?<=[-.])[OQIL|!]+(?=[-.]|$)", _as_digits, tail)
    tail = re.sub(
        r"(?<=\d)[SBZ](?=\d)|(?<=^-)[SBZ](?=\d\d)", lambda m: {"S": "5", "B": "8", "Z": "2"}[m[0]], tail
    )
    return letters + re.sub(r"(?<![A-Z])[OQIL|!]+(?=\d)", _as_digits, tail)


def _as_digits(letters: re.Match[str]) -> str:
    return letters[0].translate(_LETTERS_FOR_DIGITS)
