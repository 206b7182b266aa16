"""The axes of the plots: a title with its unit, few grid lines, numbers that a person would write."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGraphicsSceneResizeEvent

from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.theme import Theme

MOST_TICKS = 6
LABEL_MARGIN = 5  # pyqtgraph moves titles outwards by so many pixels; with this margin they still end at the edge
OVERHANG = 16  # pixels by which a number may stand out beyond the end of its axis


class NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis with plain numbers: 12,000 or 0.75 or 2e-4, never 1.2e+01. On a log axis the values are powers of ten."""

    def __init__(self, orientation: str, title: str) -> None:
        super().__init__(orientation)
        self._title = QCoreApplication.translate("Card", title)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=0, autoExpandTextSpace=True, hideOverlappingLabels=OVERHANG, tickTextOffset=5)
        self.label.document().setDocumentMargin(LABEL_MARGIN)
        self.setLabel(self._title)

    @property
    def title(self) -> str:
        """What the axis counts, with its unit."""
        return self._title

    def set_title(self, title: str) -> None:
        """Name what the axis counts."""
        if title != self._title:
            self._title = title
            self.setLabel(title)
            self._fit_title()

    def set_theme(self, theme: Theme, font: QFont, scale: float = 1.0) -> None:
        """Secondary text, faint lines, which are `scale` pixels of the screen thick."""
        self.setPen(pg.mkPen(theme.line, width=scale))
        self.setTickPen(pg.mkPen(theme.line, width=scale))
        self.setTextPen(theme.secondary)  # last: the others would give the title their colour
        self.setTickFont(font)
        self.label.setFont(font)
        self.setLabel(self._title)
        if self.orientation == "bottom":
            self.setHeight(2 * QFontMetrics(font).height() + 7)
        self._fit_title()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        """A title that is longer than its axis would be cut at both ends."""
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        length = self.size().height() if self.orientation == "left" else self.size().width()
        self.label.setVisible(self.label.document().idealWidth() - 2 * LABEL_MARGIN <= length)

    def boundingRect(self) -> QRectF:
        """With room for numbers that stand at the very ends of the axis."""
        rectangle: QRectF = super().boundingRect()
        if self.orientation == "left":
            return rectangle.adjusted(0, -OVERHANG / 2, 0, OVERHANG / 2)
        return rectangle

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The numbers at the ticks."""
        if self.logMode:
            return [number_text(10.0**value, 10.0**value) for value in values]
        return [number_text(value * scale, spacing * scale) for value in values]


class StepAxis(NumberAxis):
    """The axis of optimizer steps: whole numbers only."""

    def __init__(self) -> None:
        super().__init__("bottom", QT_TRANSLATE_NOOP("Card", "step"))

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """One level of ticks, at least a step apart."""
        return [(max(1.0, round_spacing(maxVal - minVal, size / 56)), 0)]


class ValueAxis(NumberAxis):
    """The axis of values: a few ticks on round numbers."""

    def __init__(self, title: str) -> None:
        super().__init__("left", title)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """One level of ticks."""
        if self.logMode:
            return list(super().tickSpacing(minVal, maxVal, size))
        return [(round_spacing(maxVal - minVal, min(MOST_TICKS, size / 28)), 0)]


def round_spacing(length: float, most: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that needs no more than `most` intervals."""
    least = length / max(most, 1.0)
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * 0.999)


def number_text(value: float, spacing: float) -> str:
    """A number as precise as its neighbours at a distance of `spacing` need."""
    if value == 0:
        return "0"
    if abs(value) >= 1_000_000:
        return f"{value / 1_000_000:.{_places(spacing / 1_000_000)}f} M"
    if abs(value) < 0.001:
        exponent = math.floor(math.log10(abs(value)) + 1e-9)
        mantissa = value / 10.0**exponent
        return f"{mantissa:.{_places(spacing / 10.0**exponent)}f}e{exponent}"
    return f"{value:,.{_places(spacing)}f}"


def _places(spacing: float) -> int:
    return max(0, -math.floor(math.log10(spacing) + 1e-9))
