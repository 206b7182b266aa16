"""How a row of the layer tree is drawn, and with what its numbers are typed."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from studio.gui.fields import spin_box
from studio.gui.inputs import DecimalBox, WholeBox
from studio.gui.model.tree_model import ALPHA, PARAMETERS, RANK, TARGET, TYPED, TreeModel
from studio.gui.theme import LIGHT, Theme
from studio.plan.settings import settings

BOX = 14  # pixels of a check box
TICK = "#FFFFFF"  # as in resources/icons
HOOK = (QPointF(3.4, 7.4), QPointF(6, 10), QPointF(10.8, 4.4))
DASH = (QPointF(3.5, 7), QPointF(10.5, 7))
DOT = 1.25  # pixels, radius of what stands in place of a box that would not answer
GAP = 4  # pixels between box and text
SHOWN = "shown"  # the property of an editor that holds the number it was opened with

AnyIndex = QModelIndex | QPersistentModelIndex


class TreeDelegate(QStyledItemDelegate):
    """Quiet check boxes; what cannot be adapted is grey and has a dot in its place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The colour of the text; the box is drawn by `paint`."""
        super().initStyleOption(option, index)
        model = index.model()
        assert isinstance(model, TreeModel)
        node = model.node(index)
        mixed = index.column() not in (TARGET, PARAMETERS) and bool(node.children) and not node.own
        quiet = not node.ticked or mixed
        colour = QColor(self._theme.secondary if quiet else self._theme.text)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)
        if index.column() == TARGET:
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
            option.rect = option.rect.adjusted(BOX + GAP, 0, 0 if node.ticked else _empty_width(option.widget), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The row, then its box."""
        rect = QRect(option.rect)
        if index.column() == TARGET and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self._theme.selection))
        super().paint(painter, option, index)
        if index.column() == TARGET:
            model = index.model()
            assert isinstance(model, TreeModel)
            node = model.node(index)
            self._paint_box(painter, _box(rect), node.check_state, bool(node.leaves))

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        """A click on the box, or space, asks for the other state."""
        if index.column() != TARGET or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return super().editorEvent(event, model, option, index)  # type: ignore[arg-type]
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            if event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Select):  # type: ignore[attr-defined]
                return False
        elif kind in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick):
            place = event.position().toPoint()  # type: ignore[attr-defined]
            hit = _box(option.rect).adjusted(-4, -4, 4, 4).contains(place)
            if not hit or event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
                return False
            if kind == QEvent.Type.MouseButtonDblClick:
                return True  # the release has toggled already; a double click on the box is no wish to edit
        else:
            return False
        tree = index.model()
        assert isinstance(tree, TreeModel)
        return tree.setData(index, None, Qt.ItemDataRole.CheckStateRole)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A spin box with the limits that the plan has."""
        info = settings()[TYPED[index.column()]]
        mixed = _common_value(self.parent(), index) is None  # left unset, targets that differ stay as they are
        box = spin_box(info, parent, unset=mixed)
        box.setSpecialValueText(self.tr("mixed") if mixed else "")
        box.setStyleSheet("padding: 0px 2px; min-height: 0px;")
        box.setAccessibleName(info.shown.label)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """The number as it stands."""
        assert isinstance(editor, WholeBox | DecimalBox)
        common = _common_value(self.parent(), index)
        editor.setValue(editor.minimum() if common is None else common)  # type: ignore[arg-type]  # as above
        editor.setProperty(SHOWN, editor.value())
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: AnyIndex) -> None:
        """Ask for the typed number, where it is another one that the setting may have."""
        assert isinstance(editor, WholeBox | DecimalBox)
        editor.interpretText()
        tree = index.model()
        assert isinstance(tree, TreeModel)
        allowed = settings()[TYPED[index.column()]].allows(editor.value())
        if allowed and editor.value() != editor.property(SHOWN):
            tree.setData(index, editor.value(), Qt.ItemDataRole.EditRole)

    def _paint_box(self, painter: QPainter, box: QRect, state: Qt.CheckState, alive: bool) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        if not alive:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.secondary))
            painter.drawEllipse(frame.center(), DOT, DOT)
        elif state == Qt.CheckState.Unchecked:
            painter.setPen(QPen(QColor(theme.secondary), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 3, 3)
        else:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(QColor(theme.ticked))
            painter.drawRoundedRect(frame, 3, 3)
            painter.setPen(QPen(QColor(TICK), 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            mark = DASH if state == Qt.CheckState.PartiallyChecked else HOOK
            painter.drawPolyline(QPolygonF([QPointF(box.topLeft()) + point for point in mark]))
        painter.restore()


def _empty_width(tree: QWidget) -> int:
    """The columns that are empty beside a name without targets; it may write into them."""
    assert isinstance(tree, QTreeView)
    return tree.columnWidth(RANK) + tree.columnWidth(ALPHA)


def _common_value(tree: QObject | None, index: AnyIndex) -> Any:
    """The number that a row has, and all that are selected with it; None where they differ."""
    assert isinstance(tree, QTreeView)
    rows = [row.siblingAtColumn(index.column()) for row in tree.selectionModel().selectedRows(TARGET)]
    cells = rows if index in rows else [index]
    values = {cell.data(Qt.ItemDataRole.EditRole) for cell in cells if cell.flags() & Qt.ItemFlag.ItemIsEditable}
    return values.pop() if len(values) == 1 else None


def _box(rect: QRect) -> QRect:
    return QRect(rect.left() + 2, rect.center().y() - BOX // 2 + 1, BOX, BOX)
