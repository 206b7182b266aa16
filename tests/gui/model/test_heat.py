"""Heat colours against matplotlib's published tables."""

import pytest
from PySide6.QtGui import QColor

from studio.gui.model.heat import CIVIDIS, heat, ink_on


@pytest.mark.parametrize(
    ("value", "colour"),
    # matplotlib.colormaps["viridis"] at these places
    [(0.0, "#440154"), (0.1, "#482475"), (0.3, "#355f8d"), (0.5, "#21918c"), (0.7, "#44bf70"), (0.9, "#bddf26"), (1, "#fde725")],
)  # fmt: skip
def test_viridis_is_matplotlibs_within_a_few_shades(value: float, colour: str) -> None:
    made, expected = heat(value), QColor(colour)
    for part in ("red", "green", "blue"):
        assert abs(getattr(made, part)() - getattr(expected, part)()) <= 10


def test_values_outside_get_the_ends() -> None:
    assert heat(-1) == heat(0)
    assert heat(2, CIVIDIS) == QColor("#FEE838")


def test_ink_is_legible_everywhere() -> None:
    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for step in range(101):
        ground = heat(step / 100)
        low, high = sorted((luminance(ground), luminance(ink_on(ground))))
        assert (high + 0.05) / (low + 0.05) >= 4.5  # WCAG 2, level AA
