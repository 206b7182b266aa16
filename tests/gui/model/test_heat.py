"""Heat colours against pyqtgraph's copy of the published table."""

import pyqtgraph as pg
from PySide6.QtGui import QColor

from studio.gui.model.heat import heat, ink_on


def test_viridis_is_the_published_one_within_a_few_shades() -> None:
    published = pg.colormap.get("viridis")
    for step in range(101):
        made, expected = heat(step / 100), published.map(step / 100, mode="qcolor")
        for part in ("red", "green", "blue"):
            assert abs(getattr(made, part)() - getattr(expected, part)()) <= 10


def test_values_outside_get_the_ends() -> None:
    assert heat(-1) == heat(0)
    assert heat(2) == heat(1)


def test_ink_is_legible_everywhere() -> None:
    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for step in range(101):
        ground = heat(step / 100)
        low, high = sorted((luminance(ground), luminance(ink_on(ground))))
        assert (high + 0.05) / (low + 0.05) >= 4.5  # WCAG 2, level AA
