"""The grid of the layer matrix: one cell a target, ticked by painting across cells."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from studio.gui.model.matrix_colours import (
    RANK,
    Scale,
    measured_scale,
    rank_scale,
)
from studio.gui.model.matrix_layout import Cell, cells_between, grid_of
from studio.gui.model.matrix_painter import NOTHING, MatrixPainter, MatrixView
from studio.gui.model.matrix_room import MatrixRoom
from studio.gui.model.matrix_words import cell_words
from studio.gui.model.rank_box import RankBox
from studio.gui.theme import Theme
from studio.plan.description import ModelDescription
from studio.plan.targets import TargetSetting

STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_PageUp: (-8, 0), Qt.Key.Key_PageDown: (8, 0),
    Qt.Key.Key_Home: (0, -(1 << 16)), Qt.Key.Key_End: (0, 1 << 16),
}  # fmt: skip
DIGITS = tuple("123456789")  # a rank begins with one
COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class MatrixGrid(MatrixRoom):
    """Shows targets; asks for changes. `tickAsked` carries names and whether they shall be ticked, `rankAsked` names and a rank.

    A click ticks or unticks a cell, a drag all that it crosses, as the first one decided. Shift with a click or an arrow selects;
    a label selects its row or column. A number sets the rank of the selection. A cell of several experts is ticked as a whole.
    """

    tickAsked = Signal(list, bool)
    rankAsked = Signal(list, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._description: ModelDescription | None = None
        self._measured: dict[str, Mapping[str, float]] = {}
        self._kind = RANK
        self._view = NOTHING
        self._anchor: Cell = (0, 0)
        self._painter = MatrixPainter()
        self._box = RankBox(self.viewport())
        self._box.entered.connect(self._enter_rank)
        self._box.finished.connect(self.setFocus)
        self.zoomChanged.connect(self._box.hide)

    def set_theme(self, theme: Theme) -> None:
        """Paint in a theme's colours."""
        self._painter.theme = theme
        self.viewport().update()

    def show_description(self, description: ModelDescription | None) -> None:
        """Show a model's layers; None where it is not known."""
        self._description = description
        self._anchor = (0, 0)
        self._box.hide()
        self._view = NOTHING if description is None else replace(NOTHING, grid=grid_of(description.modules))
        self._show_grid(self._view.grid)
        self._change()

    def show_targets(self, targets: Mapping[str, TargetSetting]) -> None:
        """Show these targets."""
        self._change(targets=dict(targets))

    @property
    def view(self) -> MatrixView:
        """Everything that is to be seen now."""
        return self._view

    @property
    def scale(self) -> Scale | None:
        """What the colours mean."""
        return self._view.scale

    def show_measured(self, measured: Mapping[str, Mapping[str, float]]) -> None:
        """Take what a run has measured of each target, by kind."""
        self._measured = dict(measured)
        self._change()

    def colour_by(self, kind: str) -> None:
        """Colour the cells by one kind of what was measured, or by rank."""
        self._kind = kind
        self._change()

    def cell_of(self, name: str) -> Cell | None:
        """The cell of a module."""
        return next((cell for cell, held in self._view.grid.cells.items() if name in held), None)

    def words(self, cell: Cell) -> str:
        """What a cell says to a tooltip or a screen reader."""
        grid = self._view.grid
        names = grid.names(cell) or ((grid.refused[cell],) if cell in grid.refused else ())
        known = {} if self._description is None else self._description.by_name
        return cell_words([known[name] for name in names], self._view.targets, self._measured)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible cells."""
        painter = QPainter(self.viewport())
        view = self._view if self.hasFocus() else replace(self._view, cursor=None)
        self._painter.paint(painter, view, self._geometry(), self._offset(), self.viewport().size())
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Labels stay, so that everything is painted anew."""
        self._box.hide()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips are the cells' own."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if cell is None else self.words(cell), self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to paint, or to select."""
        place = event.position().toPoint()
        cell = self._cell_at(place)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if cell is None:
            self._select_line(place)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._select_to(cell)
        else:
            self._anchor = cell
            if not self._view.grid.names(cell):
                self._change(cursor=cell, selected=frozenset((cell,)))
                return
            ticking = not self._view.is_ticked(cell)
            self._change(cursor=cell, selected=frozenset(), pending=frozenset((cell,)), ticking=ticking)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Paint on."""
        cell = self._cell_at(event.position().toPoint())
        if self._view.pending and cell is not None and self._view.grid.names(cell):
            # The mouse tells of where it is now and then; the cells on the way were meant too.
            crossed = self._with_module(cells_between(self._view.cursor or cell, cell))
            self._change(pending=self._view.pending.union(crossed), cursor=cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for what was painted; it stays selected, so that a number can follow."""
        painted = self._view.pending
        if painted and event.button() == Qt.MouseButton.LeftButton:
            self._change(pending=frozenset(), selected=painted)
            self._ask_tick(painted, self._view.ticking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, space ticks, digits give a rank."""
        key = Qt.Key(event.key())
        cursor = self._view.cursor or (0, 0)
        if not self._view.grid.rows:
            super().keyPressEvent(event)
        elif key in STEPS:
            self._move(cursor, STEPS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Space:
            cells = self._view.selected or frozenset((cursor,))
            self._ask_tick(cells, not all(self._view.is_ticked(cell) for cell in self._with_module(cells)))
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._change(selected=frozenset(self._view.grid.cells))
        elif key == Qt.Key.Key_Escape and (self._view.selected or self._view.pending):
            self._change(selected=frozenset(), pending=frozenset())
        elif event.text() in DIGITS and not event.modifiers() & COMMANDING:
            self._open_box(cursor, int(event.text()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        """The cursor shows where the keys will act."""
        if self._view.cursor is None and self._view.grid.rows:
            self._change(cursor=(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        """The cursor hides."""
        self.viewport().update()

    def _change(self, **values: object) -> None:
        """The view with some parts changed, and its colours made to fit."""
        view = replace(self._view, **values)  # type: ignore[arg-type]
        measured = self._measured.get(self._kind) or None
        scale = rank_scale(view.targets) if measured is None else measured_scale(self._kind, measured)
        self._view = replace(view, values=measured, scale=scale)
        if self._view.cursor is not None:
            self.setAccessibleDescription(self.words(self._view.cursor).replace("\n", ", "))
        self.viewport().update()

    def _move(self, cursor: Cell, step: Cell, selecting: bool) -> None:
        grid = self._view.grid
        row = min(max(cursor[0] + step[0], 0), len(grid.rows) - 1)
        column = min(max(cursor[1] + step[1], 0), len(grid.columns) - 1)
        if selecting:
            self._select_to((row, column))
        else:
            self._anchor = (row, column)
            self._change(cursor=(row, column), selected=frozenset())
        self._scroll_to((row, column))

    def _select_to(self, cell: Cell) -> None:
        rows, columns = sorted((self._anchor[0], cell[0])), sorted((self._anchor[1], cell[1]))
        block = ((row, column) for row in range(rows[0], rows[1] + 1) for column in range(columns[0], columns[1] + 1))
        self._change(cursor=cell, selected=frozenset(block))

    def _select_line(self, place: QPoint) -> None:
        """A label at the left selects its layer, one at the top its projection."""
        row, column = self._geometry().cell(place, self._offset())
        cells = self._view.grid.cells
        line = frozenset(cell for cell in cells if (row < 0 or cell[0] == row) and (column < 0 or cell[1] == column))
        if line and (row < 0) != (column < 0):
            self._anchor = min(line)
            self._change(cursor=min(line), selected=line)
        else:
            self._change(selected=frozenset())

    def _with_module(self, cells: Collection[Cell]) -> list[Cell]:
        return [cell for cell in sorted(cells) if self._view.grid.names(cell)]

    def _names(self, cells: Collection[Cell]) -> list[str]:
        return [name for cell in sorted(cells) for name in self._view.grid.names(cell)]

    def _ask_tick(self, cells: Collection[Cell], on: bool) -> None:
        names = [name for name in self._names(cells) if (name in self._view.targets) != on]
        if names:
            self.tickAsked.emit(names, on)

    def _open_box(self, cursor: Cell, digit: int) -> None:
        self._box.open(self._geometry().rect(cursor, self._offset()), digit)

    def _enter_rank(self, rank: int) -> None:
        names = self._names(self._view.selected or frozenset((self._view.cursor or (0, 0),)))
        if names:
            self.rankAsked.emit(names, rank)
