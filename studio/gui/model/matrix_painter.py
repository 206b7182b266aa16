"""How the layer matrix is painted: labels, cells, cursor and selection."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from studio.gui.model.heat import ink_on, mixed
from studio.gui.model.matrix_colours import Scale
from studio.gui.model.matrix_layout import Cell, Geometry, Grid
from studio.gui.theme import LIGHT, Theme
from studio.plan.targets import TargetSetting

RADIUS = 3


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Everything that is to be seen.

    `values` are what the cells are coloured by, None for ranks; `pending` are cells painted over but not yet let go, `ticking` what
    becomes of them.
    """

    grid: Grid
    targets: dict[str, TargetSetting]
    values: Mapping[str, float] | None = None
    scale: Scale | None = None
    cursor: Cell | None = None
    selected: frozenset[Cell] = frozenset()
    pending: frozenset[Cell] = frozenset()
    ticking: bool = True

    def is_ticked(self, cell: Cell) -> bool:
        """Whether a cell shows as a target."""
        return self.ticking if cell in self.pending else self.grid.name(cell) in self.targets


NOTHING = MatrixView(Grid(), {})


class MatrixPainter:
    """Paints a view in a theme's colours."""

    def __init__(self) -> None:
        self.theme: Theme = LIGHT

    def paint(self, painter: QPainter, view: MatrixView, geometry: Geometry, offset: QPoint, room: QSize) -> None:
        """Paint what is visible of the view."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows, columns = _visible(view.grid, geometry, offset, room)
        painter.setClipRect(QRect(geometry.left - 3, geometry.top - 3, room.width(), room.height()))
        for row in rows:
            for column in columns:
                self._paint_cell(painter, view, (row, column), geometry.rect((row, column), offset))
        self._paint_marks(painter, view, geometry, offset)
        painter.setClipping(False)
        self._paint_labels(painter, view, geometry, offset, rows, columns)

    def _paint_cell(self, painter: QPainter, view: MatrixView, cell: Cell, rect: QRect) -> None:
        theme, name = self.theme, view.grid.name(cell)
        frame = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        if name is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
            return
        if not view.is_ticked(cell):
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.card))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
            return
        colour = self._colour(view, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
        if name in view.targets:
            painter.setPen(ink_on(colour))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(view.targets[name].rank))

    def _colour(self, view: MatrixView, name: str) -> QColor:
        unknown = mixed(QColor(self.theme.card), QColor(self.theme.accent), 0.5)
        if view.values is not None:
            value = view.values.get(name)
            if value is None or view.scale is None:
                return mixed(QColor(self.theme.card), QColor(self.theme.secondary), 0.35)
            return view.scale.colour_at(view.scale.share(value), self.theme)
        if view.scale is None or name not in view.targets:
            return unknown
        return view.scale.colour_at(view.scale.share(view.targets[name].rank), self.theme)

    def _paint_marks(self, painter: QPainter, view: MatrixView, geometry: Geometry, offset: QPoint) -> None:
        """Rings in the colour of text, so that they stand out from any cell; the cursor's is the thicker."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        cursor = frozenset() if view.cursor is None else frozenset((view.cursor,))
        for cells, width in ((view.selected - cursor, 1.0), (cursor, 2.0)):
            for cell in cells:
                frame = QRectF(geometry.rect(cell, offset))
                painter.setPen(QPen(QColor(self.theme.card), 1))
                painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
                painter.setPen(QPen(QColor(self.theme.text), width))
                painter.drawRoundedRect(frame.adjusted(-1, -1, 1, 1), RADIUS + 1, RADIUS + 1)

    def _paint_labels(
        self, painter: QPainter, view: MatrixView, geometry: Geometry, offset: QPoint, rows: range, columns: range
    ) -> None:
        painter.setPen(QColor(self.theme.secondary))
        metrics = painter.fontMetrics()
        painter.setClipRect(QRect(geometry.left, 0, 1 << 16, geometry.top))
        for column in columns:
            rect = geometry.rect((0, column), offset)
            text = metrics.elidedText(view.grid.columns[column], Qt.TextElideMode.ElideMiddle, rect.width() + 2)
            painter.drawText(
                QRect(rect.left() - 2, 0, rect.width() + 4, geometry.top - 4), Qt.AlignmentFlag.AlignCenter, text
            )
        painter.setClipRect(QRect(0, geometry.top, geometry.left, 1 << 16))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in rows:
            rect = geometry.rect((row, 0), offset)
            painter.drawText(QRect(0, rect.top(), geometry.left - 10, rect.height()), side, view.grid.rows[row])
        painter.setClipping(False)


def _visible(grid: Grid, geometry: Geometry, offset: QPoint, room: QSize) -> tuple[range, range]:
    first_row, first_column = offset.y() // geometry.height, offset.x() // geometry.width
    last_row = (offset.y() + room.height() - geometry.top) // geometry.height + 1
    last_column = (offset.x() + room.width() - geometry.left) // geometry.width + 1
    return range(first_row, min(last_row, len(grid.rows))), range(first_column, min(last_column, len(grid.columns)))
