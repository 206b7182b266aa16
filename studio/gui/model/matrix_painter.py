"""How the layer matrix is painted: labels, cells, cursor and selection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from studio.gui.model.heat import ink_on, mixed
from studio.gui.model.matrix_colours import Scale
from studio.gui.model.matrix_layout import Cell, Geometry, Grid
from studio.gui.model.matrix_words import mean, span_text
from studio.gui.theme import LIGHT, Theme
from studio.plan.targets import TargetSetting

RADIUS = 3
BAR = 0.18  # of a cell's height, where only some of its experts are targets
LABEL_AIR = 1.4  # height of a row label, as a multiple of its letters


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

    def share_ticked(self, cell: Cell) -> float:
        """How many of a cell's modules show as targets, 0 to 1."""
        if cell in self.pending:
            return float(self.ticking)
        names = self.grid.names(cell)
        return sum(name in self.targets for name in names) / len(names) if names else 0.0

    def is_ticked(self, cell: Cell) -> bool:
        """Whether all of a cell's modules show as targets."""
        return self.share_ticked(cell) == 1.0


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
        theme, names = self.theme, view.grid.names(cell)
        frame = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = min(RADIUS, rect.height() / 3)
        share = view.share_ticked(cell)
        if not names:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(frame, radius, radius)
            return
        if share < 1:
            painter.setPen(QPen(QColor(theme.secondary if share else theme.line), 1))
            painter.setBrush(QColor(theme.card))
            painter.drawRoundedRect(frame, radius, radius)
        if not share:
            return
        chosen = [view.targets[name] for name in names if name in view.targets]
        colour = self._colour(view, names, chosen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if share < 1:  # some of the experts: as much of a bar along the foot
            bar = max(round(rect.height() * BAR), 2)
            painter.drawRect(QRectF(rect.left() + 1, rect.bottom() - bar, (rect.width() - 2) * share, bar))
        else:
            painter.drawRoundedRect(QRectF(rect), radius, radius)
        if chosen:
            text, metrics = span_text([setting.rank for setting in chosen]), painter.fontMetrics()
            if metrics.capHeight() + 2 <= rect.height() and metrics.horizontalAdvance(text) + 2 <= rect.width():
                painter.setPen(ink_on(colour) if share == 1 else QColor(theme.text))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _colour(self, view: MatrixView, names: Sequence[str], chosen: Sequence[TargetSetting]) -> QColor:
        if view.values is not None:
            value = mean([view.values[name] for name in names if name in view.values])
            if value is None or view.scale is None:
                return mixed(QColor(self.theme.card), QColor(self.theme.secondary), 0.35)
            return view.scale.colour_at(view.scale.share(value), self.theme)
        value = mean([setting.rank for setting in chosen])
        if view.scale is None or value is None:
            return mixed(QColor(self.theme.card), QColor(self.theme.accent), 0.5)
        return view.scale.colour_at(view.scale.share(value), self.theme)

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
        painter.setClipRect(QRect(geometry.left - 4, 0, 1 << 16, geometry.top))
        for column in columns:
            rect, label = geometry.rect((0, column), offset), view.grid.columns[column]
            if geometry.upright:
                painter.save()
                painter.translate(rect.center().x() + metrics.capHeight() / 2, geometry.top - 4)
                painter.rotate(-90)
                painter.drawText(0, 0, metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, geometry.top - 4))
                painter.restore()
                continue
            text = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, rect.width() + 2)
            painter.drawText(
                QRect(rect.left() - 2, 0, rect.width() + 4, geometry.top - 4), Qt.AlignmentFlag.AlignCenter, text
            )
        painter.setClipRect(QRect(0, geometry.top - 4, geometry.left, 1 << 16))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        each = ceil(
            metrics.capHeight() * LABEL_AIR / geometry.height
        )  # rows too low for a label of their own share one
        for row in rows:
            if row % each == 0:
                middle = geometry.rect((row, 0), offset).center().y()
                place = QRect(0, middle - metrics.height() // 2, geometry.left - 10, metrics.height())
                painter.drawText(place, side, view.grid.rows[row])
        painter.setClipping(False)


def _visible(grid: Grid, geometry: Geometry, offset: QPoint, room: QSize) -> tuple[range, range]:
    first_row, first_column = offset.y() // geometry.height, offset.x() // geometry.width
    last_row = (offset.y() + room.height() - geometry.top) // geometry.height + 1
    last_column = (offset.x() + room.width() - geometry.left) // geometry.width + 1
    return range(first_row, min(last_row, len(grid.rows))), range(first_column, min(last_column, len(grid.columns)))
