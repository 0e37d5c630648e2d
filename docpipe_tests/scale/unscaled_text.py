"""What stands on drawings and is no scale, for tests: strategies of lines."""

from __future__ import annotations

from hypothesis import strategies as st

_number = st.integers(1, 99)
_inch_fraction = st.sampled_from(["1/16", "1/8", "3/16", "1/4", "3/8", "1/2", "5/8", "3/4", "7/8"])


def _lines(pattern: str, **parts: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(parts).map(lambda chosen: pattern.format(**chosen))


def _either(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


dimensions = st.one_of(
    _lines("{f}'-{i}\"", f=_number, i=st.integers(0, 11)),
    _lines("{f}'-{i} {p}\"", f=_number, i=st.integers(0, 11), p=_inch_fraction),
    _lines("{f} ' - {i} {p} \"", f=_number, i=st.integers(0, 11), p=_inch_fraction),
    _lines(
        '{p}" {what}', p=_inch_fraction, what=_either("GWB", "PLYWOOD", "CLR.", "EXPANSION BOLT", "RADIUS")
    ),
    _lines(
        '{n} EQ RISERS @ {i} {p}" = {f}\'-{i}"', n=_number, f=_number, i=st.integers(1, 11), p=_inch_fraction
    ),
    _lines('{n} SPACES @ {i}" = {f}\'-0"', n=_number, f=_number, i=_number),
    _lines('{n} @ 3" = 1\'-0"', n=_number),
    _lines("{a} x {b} x {p}", a=_number, b=_number, p=_inch_fraction),
    _lines("{a} mm x {b} mm", a=_number, b=_number),
    st.sampled_from(
        ['1" = 25.4 mm', "1 FT = 12 IN", '12" = 1\'-0"', '1\'-0" = 12"', "R = 20'-0\"", "W = 1'-0\""]
    ),
)
slopes = st.one_of(
    _lines("{a}:12", a=st.integers(2, 24)),
    _lines("{a}/12", a=st.integers(2, 24)),
    _lines(
        "1:{n} {word}",
        n=_number,
        word=_either("FALL", "SLOPE", "RAMP", "GRADIENT", "MAX.", "MIN", "MAX SLOPE", "X-FALL", "EĞİM"),
    ),
    _lines(
        "{word} 1:{n}",
        n=_number,
        word=_either("FALL", "SLOPE", "RAMP UP", "LAID TO", "LAID AT", "PENDIENTE", "inclinação"),
    ),
    _lines("100mm dia @ 1:{n}", n=_number),
    _lines('{p}"/FT', p=_inch_fraction),
    _lines('{p}" PER FOOT', p=_inch_fraction),
    _lines('{p}" / 1\'-0"', p=_inch_fraction),
    _lines('SLOPE {p}" = 1\'-0"', p=_inch_fraction),
    _lines('{p}" : 12"', p=_inch_fraction),
    _lines("{a}:1 MAX", a=_number),
)
mixes = st.one_of(
    _lines(
        "1:{n} {what}",
        n=st.integers(2, 9),
        what=_either("MORTAR", "CEMENT MORTAR", "CEMENT:SAND", "lime mortar", "GROUT"),
    ),
    _lines(
        "{what} 1:{n}", n=st.integers(2, 9), what=_either("MORTAR", "CEMENT/SAND", "MIX", "ARGAMASSA TRAÇO")
    ),
    _lines("1:{a}:{b} CONCRETE", a=st.integers(1, 4), b=st.integers(2, 8)),
    _lines("1:{a}:{b}", a=st.integers(1, 4), b=st.integers(2, 8)),
)
moments = st.one_of(
    _lines(
        "{h}:{m:02d} {half}",
        h=st.integers(1, 12),
        m=st.integers(0, 59),
        half=_either("AM", "PM", "a.m.", "p.m."),
    ),
    _lines("{h:02d}:{m:02d}:{m:02d}", h=st.integers(0, 23), m=st.integers(0, 59)),
    _lines(
        "{m}/{d}/{y} {h}:{n:02d}:{n:02d} PM",
        m=st.integers(1, 12),
        d=st.integers(1, 28),
        y=st.integers(1990, 2030),
        h=st.integers(1, 12),
        n=st.integers(0, 59),
    ),
    _lines("{d:02d}.{m:02d}.{y}", d=st.integers(1, 28), m=st.integers(1, 12), y=st.integers(1990, 2030)),
    _lines("{y}-{m:02d}-{d:02d}", d=st.integers(1, 28), m=st.integers(1, 12), y=st.integers(1990, 2030)),
    _lines("{m}/{d}", m=st.integers(1, 12), d=st.integers(1, 31)),
)
marks = st.one_of(
    _lines('PT-{a} {p}"', a=_number, p=_inch_fraction),
    _lines("{corner} 1/4 OF SEC. {n}", corner=_either("SE", "NW", "NE", "SW"), n=_number),
    _lines("{corner} 1/4 CORNER", corner=_either("S", "E", "N", "W")),
    _lines("E 1/2 OF NW 1/4", n=_number),
    _lines("{a}-{b}-{c}", a=st.integers(200, 999), b=st.integers(200, 999), c=st.integers(1000, 9999)),
    _lines("SHEET {a} OF {b}", a=_number, b=_number),
    _lines("{a} of {b}", a=_number, b=_number),
    _lines("W{a}x{b}", a=_number, b=_number),
    _lines("HSS{a}x{a}x{p}", a=st.integers(2, 16), p=_inch_fraction),
    _lines('#{a} @ {b}" O.C.', a=st.integers(3, 11), b=st.integers(4, 24)),
    _lines("{a}/A-{b}", a=st.integers(1, 20), b=st.integers(100, 999)),
    _lines("FOLHA {a:02d}/{b}", a=_number, b=_number),
    _lines("{a} HR FIRE RATING", a=_number),
)
sentences = st.sampled_from(
    [
        "DO NOT SCALE",
        "DO NOT SCALE DRAWINGS.",
        "DO NOT SCALE FROM THIS DRAWING",
        "3. DO NOT SCALE THESE DRAWINGS.",
        "NTS NOT TO SCALE",
        "NTS = NOT TO SCALE",
        "N.T.S. ..... NOT TO SCALE",
        "UNLESS OTHERWISE NOTED",
        "U.N.O.",
        "SIZE VARIES",
        "HEIGHT AS SHOWN ON PLANS",
        "PROVIDE BLOCKING AS NOTED ON DRAWINGS",
        "FULL SIZE BED",
        "FULL SIZE REFRIGERATOR",
        "SCALE",
        "SCALE:",
        "GRAPHIC SCALE",
        "LARGE SCALE DETAILS TAKE PRECEDENCE",
        "SEE 1:50 PLANS",
        "REFER TO 1:20 DETAILS",
        "IF SHEET IS NOT FULL SIZE DRAWING IS NOT TO SCALE IF REDUCED",
        "KITCHEN",
        "BEDROOM 1",
        "FIRST FLOOR PLAN",
        "SECTION 1-1",
        'TYP. 2x4 @ 16" O.C.',
        "ALL WASTE PIPES LAID TO FALLS OF 1:40 AND 1:80 TOWARDS GULLY",
    ]
)

LINES = st.one_of(dimensions, slopes, mixes, moments, marks, sentences)
"""Any one line that is no scale."""
