"""The legend of the layer matrix: a strip of its colours between the words for its ends."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.gui.model.matrix_colours import Scale
from studio.gui.theme import LIGHT, Theme

STRIP = QSize(116, 8)  # pixels
NARROWEST = 24  # pixels of the strip
GAP = 8


class MatrixLegend(QWidget):
    """Shows a scale; nothing where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._scale: Scale | None = None
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(18)

    def set_theme(self, theme: Theme) -> None:
        """Paint in a theme's colours."""
        self._theme = theme
        self.update()

    def show_scale(self, title: str, scale: Scale | None) -> None:
        """Show what the colours mean; `title` names what is measured."""
        self._title, self._scale = title, scale
        self.setAccessibleName("" if scale is None else f"{title} {scale.words[0]} – {scale.words[1]}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, low end, strip, high end; one swatch where all values are alike."""
        scale = self._scale
        if scale is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.secondary))
        alike = scale.low == scale.high
        low, high = ("", scale.words[1]) if alike else scale.words
        words = [text for text in (self._title, low) if text]
        room = self._room_for_strip(painter, (*words, high))
        if room < NARROWEST:  # the ends say more than the title
            words, room = words[1:], self._room_for_strip(painter, (*words[1:], high))
        x = 0.0
        for text in words:
            x = self._write(painter, x, text) + GAP
        width = STRIP.height() if alike else min(STRIP.width(), max(room, NARROWEST))
        strip = QRectF(x, (self.height() - STRIP.height()) / 2, width, STRIP.height())
        gradient = QLinearGradient(strip.topLeft(), strip.topRight())
        for step in range(9):
            gradient.setColorAt(step / 8, scale.colour_at(1.0 if alike else step / 8, self._theme))
        painter.fillRect(strip, gradient)
        self._write(painter, strip.right() + GAP, high)
        painter.end()

    def _room_for_strip(self, painter: QPainter, words: Iterable[str]) -> float:
        return self.width() - sum(painter.fontMetrics().horizontalAdvance(text) + GAP for text in words)

    def _write(self, painter: QPainter, x: float, text: str) -> float:
        """Write from x on; where the text ends."""
        width = painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(QRectF(x, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return x + width
