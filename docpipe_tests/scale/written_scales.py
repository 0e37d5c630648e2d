"""Ways that offices write a scale, for tests: strategies of (text, exact N of 1:N)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

Written = tuple[str, Fraction]

_ARCHITECTURAL = ["1/16", "3/32", "1/8", "3/16", "1/4", "3/8", "1/2", "3/4", "1", "1 1/2", "3"]
_ENGINEERING = [10, 20, 30, 40, 50, 60, 80, 100, 200, 400, 500, 1000, 2000]
_METRIC = [5, 10, 20, 25, 50, 75, 100, 125, 150, 200, 250, 500, 1000, 1250, 2500, 5000]

LABELS = [
    "SCALE: ",
    "Scale ",
    "SCALE ",
    "scale = ",
    "SCALE - ",
    "SCALE (",
    "ESCALA ",
    "Escala: ",
    "ESC. ",
    "ESC: ",
    "ÉCHELLE ",
    "Échelle : ",
    "ECHELLE ",
    "ESCALE ",
    "MASSTAB ",
    "Maßstab ",
    "ÖLÇEK: ",
    "Ölçek ",
    "SKALA ",
    "Skala: ",
    "MÅLESTOK ",
    "SCALA ",
    "GRAPHIC SCALE ",
    "DRAWING SCALE: ",
]
_AFTER = ["", "", " U.N.O.", ")", " "]


def inches(written: str) -> Fraction:
    """`1 1/2` as an exact number."""
    return sum((Fraction(part) for part in written.split()), Fraction(0))


def _mixed(written: str) -> st.SearchStrategy[str]:
    vulgar = {"1/8": "⅛", "1/4": "¼", "3/8": "⅜", "1/2": "½", "3/4": "¾", "1 1/2": "1½"}
    ways = [written, written.replace("/", " / "), written.replace("/", "⁄"), written.replace(" ", "-")]
    return st.sampled_from([*ways, *([vulgar[written]] if written in vulgar else [])])


_INCH = st.sampled_from(['"', '"', ' "', "''", "”", "″", "＂", " IN", " IN.", " in", " INCH", " inch"])
_EQUALS = st.sampled_from([" = ", "=", " =", "= ", "\u00a0=\u00a0", " == ", " equals "])
_FOOT = st.sampled_from(
    [
        "1'-0\"",
        "1'",
        "1' - 0\"",
        "1'0\"",
        "1' 0\"",
        "1’-0”",
        "1′−0″",
        "1'\xad0\"",
        "1 ' - 0 \"",
        "1'-0''",
        '1-0"',
        "1'-0",
        "1 FT",
        "1 FT.",
        "1ft",
        "1 FOOT",
        "1 foot",
        "1FT-0IN",
        "I'-0\"",
        "l'-O\"",
        "|'-0\"",
        "!'-0\"",
    ]
)


@st.composite
def architectural(draw: st.DrawFn) -> Written:
    """`1/4" = 1'-0"`, with or without a label."""
    paper = draw(st.sampled_from(_ARCHITECTURAL))
    label = draw(st.sampled_from(["", *LABELS]))
    note = draw(_mixed(paper)) + draw(_INCH) + draw(_EQUALS) + draw(_FOOT)
    return label + note + draw(st.sampled_from(_AFTER)), 12 / inches(paper)


@st.composite
def engineering(draw: st.DrawFn) -> Written:
    """`1" = 20'`, with or without a label."""
    feet = draw(st.sampled_from(_ENGINEERING))
    one = draw(st.sampled_from(["1", "1", "1", "I", "l", "|"]))
    unit = draw(st.sampled_from(["'", "'-0\"", "' - 0\"", ".0'", " FT", " FT.", " FEET", " feet", "’", "′"]))
    label = draw(st.sampled_from(["", *LABELS]))
    return f"{label}{one}{draw(_INCH)}{draw(_EQUALS)}{feet}{unit}", Fraction(12 * feet)


@st.composite
def inverted(draw: st.DrawFn) -> Written:
    """`1'=1/8"`."""
    paper = draw(st.sampled_from([p for p in _ARCHITECTURAL if p != "1"]))
    foot = draw(st.sampled_from(["1'", "1'-0\"", "1 FT", "1 FOOT", "1 foot"]))
    return f"{foot}{draw(_EQUALS)}{paper}{draw(_INCH)}", 12 / inches(paper)


@st.composite
def in_words(draw: st.DrawFn) -> Written:
    """`three eighths inch = one foot`."""
    spelled = {
        "one eighth inch": "1/8",
        "one quarter inch": "1/4",
        "three eighths inch": "3/8",
        "one half inch": "1/2",
        "three quarters inch": "3/4",
        "one inch": "1",
        "one and one half inches": "1 1/2",
        "three inches": "3",
        "half an inch": "1/2",
        "a quarter of an inch": "1/4",
    }
    words = draw(st.sampled_from(sorted(spelled)))
    case = draw(st.sampled_from([str, str.upper, str.title]))
    return case(words + " = one foot"), 12 / inches(spelled[words])


def _grouped(n: int) -> st.SearchStrategy[str]:
    ways = [str(n)] + (
        [f"{n:,}", f"{n:,}".replace(",", "."), f"{n:,}".replace(",", " ")] if n >= 1000 else []
    )
    return st.sampled_from(ways)


@st.composite
def metric(draw: st.DrawFn) -> Written:
    """`1:100`, alone, labelled, with paper, or at the end of a view's title."""
    n = draw(st.sampled_from(_METRIC))
    before = draw(
        st.sampled_from(
            [
                "",
                *LABELS,
                "GROUND FLOOR PLAN ",
                "SECTION A-A  ",
                "PLANTA BAIXA - ",
                "FASAD MOT NORR ",
                "M ",
                "M=",
                "E ",
            ]
        )
    )
    one = draw(st.sampled_from(["1", "1", "1", "l", "I", "１"]))
    sign = draw(st.sampled_from([":", " : ", ": ", " :", "∶", "："]))
    paper = draw(st.sampled_from(["", "", " @ A1", "@A1", " (A1)", " @A3", " at A1", " @ 24x36"]))
    return before + one + sign + draw(_grouped(n)) + paper, Fraction(n)


@st.composite
def labelled_ratio(draw: st.DrawFn) -> Written:
    """Any `1:N` beside a label, customary or not."""
    n = draw(st.integers(1, 99999))
    return draw(st.sampled_from(LABELS)) + f"1:{n}", Fraction(n)


@st.composite
def labelled_fraction(draw: st.DrawFn) -> Written:
    """`ÖLÇEK: 1/50`, `1/48th scale`."""
    n = draw(st.sampled_from([5, 10, 20, 25, 50, 75, 100, 200, 500, 1000]))
    label = draw(
        st.sampled_from(["ÖLÇEK: ", "ESC. ", "ESCALA ", "ECHELLE ", "Échelle : ", "SKALA ", "SCALE "])
    )
    suffix = draw(st.sampled_from(["", "e", "ème"] if "chelle" in label.lower() else [""]))
    after = draw(st.booleans())
    if after and not suffix:
        return (
            f"1/{n}{draw(st.sampled_from(['', 'th' if n % 10 == 0 or n % 10 == 5 else '']))} scale",
            Fraction(n),
        )
    return f"{label}1/{n}{suffix}", Fraction(n)


@st.composite
def any_fraction_of_an_inch(draw: st.DrawFn) -> Written:
    """`7/16" = 1'-0"`: customary or not, it reads as it is written."""
    under = draw(st.sampled_from([2, 4, 8, 16, 32]))
    over = draw(st.integers(1, under - 1))
    feet = draw(st.integers(1, 300))
    return f'{over}/{under}" = {feet}\'-0"', Fraction(12 * feet * under, over)


WRITTEN = st.one_of(
    architectural(),
    engineering(),
    inverted(),
    in_words(),
    metric(),
    labelled_ratio(),
    labelled_fraction(),
    any_fraction_of_an_inch(),
)
"""Every style at once."""
