"""The legend of a plot: a short piece of each line with its name, in a row that wraps."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

SWATCH = 18
BLOCK = 10
GAP = 6
BETWEEN = 14
LINE_HEIGHT = 16


@dataclass(frozen=True)
class LegendEntry:
    """One line of a plot. `marker` draws a dot on the swatch, `block` fills it (bars, areas)."""

    name: str
    pen: QPen
    marker: bool = False
    block: bool = False


class Legend(QWidget):
    """The entries in order, over as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[LegendEntry, ...] = ()
        self._text = QColor()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Legend")

    @property
    def entries(self) -> tuple[LegendEntry, ...]:
        """What is shown."""
        return self._entries

    def show_entries(self, entries: Sequence[LegendEntry], text: QColor) -> None:
        """Replace the entries; equal is silent."""
        if (tuple(entries), text) == (self._entries, self._text):
            return
        self._entries, self._text = tuple(entries), text
        self.setAccessibleDescription(", ".join(entry.name for entry in entries))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Pixels for all lines."""
        lines = {place.y() for place in self._places(width)}
        return LINE_HEIGHT * max(1, len(lines))

    def sizeHint(self) -> QSize:
        """As high as the present width asks for."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        """Every line: a legend that is cut off lies on its plot."""
        return QSize(0, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width may need other lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw swatches and names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, place in zip(self._entries, self._places(self.width())):
            middle = place.y() + LINE_HEIGHT / 2
            if entry.block:
                painter.fillRect(QRectF(place.x(), middle - BLOCK / 2, BLOCK, BLOCK), entry.pen.color())
            else:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # a thin soft line would all but vanish
                painter.setPen(entry.pen)
                painter.drawLine(QPointF(place.x(), middle), QPointF(place.x() + SWATCH, middle))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if entry.marker:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(entry.pen.color()))
                painter.drawEllipse(QPointF(place.x() + SWATCH / 2, middle), 3.5, 3.5)
            painter.setPen(self._text)
            rectangle = QRectF(place.x() + _swatch(entry) + GAP, place.y(), place.width(), LINE_HEIGHT)
            painter.drawText(rectangle, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, entry.name)
        painter.end()

    def _places(self, width: int) -> list[QRectF]:
        """Where each entry goes: its left upper corner, and the width of its name."""
        metrics = QFontMetricsF(self.font())
        places: list[QRectF] = []
        x, y = 0.0, 0.0
        for entry in self._entries:
            name_width = metrics.horizontalAdvance(entry.name) + 1
            swatch = _swatch(entry)
            if x and x + swatch + GAP + name_width > width:
                x, y = 0.0, y + LINE_HEIGHT
            places.append(QRectF(x, y, name_width, LINE_HEIGHT))
            x += swatch + GAP + name_width + BETWEEN
        return places


def _swatch(entry: LegendEntry) -> int:
    return BLOCK if entry.block else SWATCH
