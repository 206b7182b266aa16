"""The table of the queue, whose rows can be dragged to another place."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableWidget, QWidget

from studio.gui.theme import LIGHT, Theme

MARK = 2  # pixels of the line where a row would come to stand


class QueueTable(QTableWidget):
    """Moves no row itself: `rowDragged` carries which one was dragged, and by how many places it is to be moved down.

    `movable` are the rows that can be dragged. A row never leaves the table, so that this is no drag and drop of the desktop's.
    """

    rowDragged = Signal(int, int)

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(0, columns, parent)
        self.movable: frozenset[int] = frozenset()
        self._theme = LIGHT
        self._pressed: QPoint | None = None  # where a drag may begin
        self._place: int | None = None  # the row above which the dragged one would come to stand
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def set_theme(self, theme: Theme) -> None:
        """Paint in a theme's colours."""
        self._theme = theme

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select; what can be moved may be dragged from here."""
        super().mousePressEvent(event)
        place = event.position().toPoint()
        held = event.button() == Qt.MouseButton.LeftButton and self.rowAt(place.y()) in self.movable
        self._pressed = place if held else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark where the row would come to stand. Beyond an edge, scroll on; the selection stays with the row."""
        place = event.position().toPoint()
        if self._pressed is None:
            return
        if self._place is None and (place - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        bar, beyond = self.verticalScrollBar(), place.y() - self.viewport().height()
        bar.setValue(bar.value() + (place.y() < 0 and -1) + (beyond > 0 and 1))
        self._mark(self._place_at(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of the place."""
        super().mouseReleaseEvent(event)
        row, place = self.currentRow(), self._place
        self._let_go()
        if place is None or row not in self.movable:
            return
        by = place - row - (place > row)  # without it, those below stand one higher
        if by:
            self.rowDragged.emit(row, by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a dragged row where it is."""
        if event.key() == Qt.Key.Key_Escape and self._place is not None:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and over them the line where one would come to stand."""
        super().paintEvent(event)
        if self._place is None:
            return
        above = self._place - 1
        y = self.rowViewportPosition(above) + self.rowHeight(above) if self._place else self.rowViewportPosition(0)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(self._theme.accent), MARK))
        painter.drawLine(0, max(y, 1), self.viewport().width(), max(y, 1))
        painter.end()

    def _place_at(self, point: QPoint) -> int:
        """The row above which a point is; the number of rows at the end."""
        row = self.rowAt(max(point.y(), 0))
        if row < 0:
            return self.rowCount()
        return row + (point.y() > self.rowViewportPosition(row) + self.rowHeight(row) // 2)

    def _let_go(self) -> None:
        self._pressed = None
        self.viewport().unsetCursor()
        self._mark(None)

    def _mark(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            self.viewport().update()
