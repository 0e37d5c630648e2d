"""Hatches stay inside of what they fill."""

from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets.samples.canvas import hatching, inside

sizes = st.floats(min_value=20, max_value=300)


@given(
    sizes, sizes, st.floats(min_value=3, max_value=9), st.sampled_from([0.0, 30.0, 45.0, 60.0, 90.0, -45.0])
)
def test_strokes_cover_a_notched_area_evenly(
    width: float, height: float, spacing: float, degrees: float
) -> None:
    outline = [
        (0.0, 0.0),
        (width, 0.0),
        (width, height),
        (width / 2, height),
        (width / 2, height / 2),
        (0, height / 2),
    ]
    strokes = hatching(outline, spacing, degrees)
    for (x0, y0), (x1, y1) in strokes:
        assert inside(outline, ((x0 + x1) / 2, (y0 + y1) / 2))
    total = sum(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 for (x0, y0), (x1, y1) in strokes)
    area = width * height * 3 / 4
    assert abs(total * spacing - area) <= spacing * 2 * (width + height)
