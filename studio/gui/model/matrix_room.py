"""The room of the layer matrix: where its cells lie, what of them is seen, and how large."""

import math

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from studio.gui.model.matrix_layout import ZOOMS, Cell, Geometry, Grid, geometry_for

NOTCH = 120  # what a wheel turns by, in Qt's eighths of a degree
SCROLL_STEP = 24  # pixels


class MatrixRoom(QAbstractScrollArea):
    """Scrolls and zooms a grid; what is in its cells is the affair of whoever paints them. `zoomChanged` carries the new zoom.

    Zoom 1 fills the room as far as cells stay legible. Ctrl with the wheel keeps the cell under the pointer where it is.
    """

    zoomChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.setMinimumSize(160, 96)
        self._grid = Grid()
        self._zoom = 1.0
        self._turned = 0

    @property
    def zoom(self) -> float:
        """How large cells are, as a multiple of what fits."""
        return self._zoom

    def set_zoom(self, zoom: float, around: QPoint | None = None) -> None:
        """Make cells so many times as large as fits, at the nearest of the steps; the point `around`, or the middle, stays."""
        zoom = min(ZOOMS, key=lambda step: abs(math.log(step / zoom)))
        if zoom == self._zoom:
            return
        room = self.viewport().rect()
        point, before, offset = around or room.center(), self._geometry(), self._offset()
        across = (point.x() + offset.x() - before.left) / before.width
        down = (point.y() + offset.y() - before.top) / before.height
        self._zoom = zoom
        self._arrange()
        now = self._geometry()
        self.horizontalScrollBar().setValue(round(across * now.width) + now.left - point.x())
        self.verticalScrollBar().setValue(round(down * now.height) + now.top - point.y())
        self.viewport().update()
        words = self.tr("cells at {0} %").format(round(zoom * 100))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.zoomChanged.emit(zoom)

    def zoom_by(self, steps: int, around: QPoint | None = None) -> None:
        """Make cells larger, or smaller where `steps` is negative."""
        place = ZOOMS.index(self._zoom) + steps
        self.set_zoom(ZOOMS[min(max(place, 0), len(ZOOMS) - 1)], around)

    def cell_rect(self, cell: Cell) -> QRect:
        """Where a cell lies in the viewport."""
        return self._geometry().rect(cell, self._offset())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms; without, it scrolls."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)  # a touch pad turns by less than a notch at a time
        self._turned -= steps * NOTCH
        self.zoom_by(steps, event.position().toPoint())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cells grow and shrink with the room."""
        super().resizeEvent(event)
        self._arrange()

    def _show_grid(self, grid: Grid) -> None:
        self._grid = grid
        self._arrange()

    def _geometry(self) -> Geometry:
        metrics, grid = self.fontMetrics(), self._grid
        left = max((metrics.horizontalAdvance(label) for label in grid.rows), default=0) + 20
        widest = max((metrics.horizontalAdvance(label) for label in grid.columns), default=0)
        return geometry_for(grid, self.viewport().size(), left, metrics.height() + 8, widest, self._zoom)

    def _arrange(self) -> None:
        room, needs = self.viewport().size(), self._geometry().size(self._grid)
        for bar, need, have in (
            (self.verticalScrollBar(), needs.height(), room.height()),
            (self.horizontalScrollBar(), needs.width(), room.width()),
        ):
            bar.setRange(0, max(need - have, 0))
            bar.setPageStep(have)
            bar.setSingleStep(SCROLL_STEP)

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _cell_at(self, place: QPoint) -> Cell | None:
        row, column = self._geometry().cell(place, self._offset())
        inside = 0 <= row < len(self._grid.rows) and 0 <= column < len(self._grid.columns)
        return (row, column) if inside else None

    def _scroll_to(self, cell: Cell) -> None:
        geometry, room = self._geometry(), self.viewport().size()
        rect = geometry.rect(cell, QPoint())
        for bar, first, last, start, end in (
            (self.verticalScrollBar(), rect.top(), rect.bottom(), geometry.top, room.height()),
            (self.horizontalScrollBar(), rect.left(), rect.right(), geometry.left, room.width()),
        ):
            bar.setValue(min(max(bar.value(), last + 4 - end), first - start))
