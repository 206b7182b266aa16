"""The sparkline: a run's loss as a small line in its row."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from studio.gui.theme import LIGHT, Theme

WIDTH = 72
AIR = 6
LOSSES_ROLE = Qt.ItemDataRole.UserRole + 2


class SparklineDelegate(QStyledItemDelegate):
    """Draws the numbers of LOSSES_ROLE from left to right, lowest at the bottom; fewer than two are not drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """The colour that always means loss."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Wide enough to see a shape."""
        return QSize(WIDTH, super().sizeHint(option, index).height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row's ground, and the line on it."""
        super().paint(painter, option, index)
        losses = index.data(LOSSES_ROLE)
        if not losses or len(losses) < 2:
            return
        area = QRectF(option.rect).adjusted(AIR, AIR, -AIR, -AIR)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.loss), 1.2))
        painter.drawPolyline(polyline(losses, area))
        painter.restore()


def polyline(values: Sequence[float], area: QRectF) -> QPolygonF:
    """The points of `values` within an area, lowest at its bottom; equal values lie in its middle."""
    low, high = min(values), max(values)
    points = []
    for place, value in enumerate(values):
        height = (value - low) / (high - low) if high > low else 0.5
        points.append(
            QPointF(area.left() + area.width() * place / (len(values) - 1), area.bottom() - area.height() * height)
        )
    return QPolygonF(points)
