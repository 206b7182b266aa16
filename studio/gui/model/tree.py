"""The layer tree: every module of the model, ticked where it gets an adapter."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView, QWidget

from studio.gui.model.edits import Edit, targets_of, ticked, with_alpha, with_dropout, with_rank
from studio.gui.model.tree_delegate import TreeDelegate
from studio.gui.model.tree_filter import TreeFilter
from studio.gui.model.tree_menu import CLOSED, LAYERS, PARTS, WHOLE
from studio.gui.model.tree_model import ALPHA, DROPOUT, MEMORY, PARAMETERS, RANK, SHAPE, SIZE, TARGET, TreeModel
from studio.gui.model.tree_nodes import Node
from studio.gui.theme import Theme
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.plan.state import trained_bytes

# Pixels; the later ones give way first.
WIDTHS = {RANK: 44, PARAMETERS: 52, ALPHA: 44, SHAPE: 96, SIZE: 84, MEMORY: 72, DROPOUT: 60}
ALWAYS = (RANK, PARAMETERS)
# Pixels that a column must leave to the names, to be shown beside them.
NAME_WIDTHS = {ALPHA: 118, SHAPE: 148, SIZE: 148, MEMORY: 148, DROPOUT: 148}
EDITS: Mapping[int, Callable[..., Edit]] = {RANK: with_rank, ALPHA: with_alpha, DROPOUT: with_dropout}
INDENT = 10
FONT_SIZE = 12  # pixels; the names are long and stand deep


class ModelTree(QTreeView):
    """Shows a plan's targets and makes a new plan of each edit; `refused` carries why an edit could not be made."""

    planEdited = Signal(object, str)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelTree")
        self.setAccessibleName(self.tr("Layers"))
        self.setAccessibleDescription(self.tr("Space ticks a row; F2 or a number edits its rank or alpha"))
        self._plan: Plan | None = None
        self._description: ModelDescription | None = None
        self._chosen_columns: dict[int, bool] = {}
        self._model = TreeModel(self)
        self._model.tickAsked.connect(self._tick_shown)
        self._model.numberAsked.connect(self._set_number)
        self.setModel(self._model)
        self._filter = TreeFilter(self, self._model)
        self._delegate = TreeDelegate(self)
        self.setItemDelegate(self._delegate)
        font = self.font()
        font.setPixelSize(FONT_SIZE)
        self.setFont(font)
        self.header().setFont(font)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIndentation(INDENT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setExpandsOnDoubleClick(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._arrange_header()

    @property
    def tree_model(self) -> TreeModel:
        """The rows."""
        return self._model

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._delegate.set_theme(theme)
        self.viewport().update()

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's targets."""
        before, self._plan = self._plan, plan
        if before is None or before.lora != plan.lora or trained_bytes(before) != trained_bytes(plan):
            self._show_targets()

    def show_description(self, description: ModelDescription | None) -> None:
        """Show a model's modules; None where it is not known."""
        if description == self._description:
            return
        self._description = description
        self._model.show_modules(() if description is None else description.modules)
        self._show_targets()
        self._expand_first()

    def show_only(self, names: Collection[str]) -> None:
        """Show only the rows that lead to these modules, which alone are then edited; all rows where there are none."""
        self._filter.show_only(names)

    def open_down_to(self, how_far: int) -> None:
        """Open the rows down to the layers, to the layers' parts, or all; or close them (the constants of `tree_menu`)."""
        depth = self._depth_of_layers() + {LAYERS: -1, PARTS: 0}.get(how_far, 0)
        if how_far == WHOLE:
            self.expandAll()
        elif how_far == CLOSED or depth < 0:
            self.collapseAll()
        else:
            self.collapseAll()  # what stands open below would stay so
            self.expandToDepth(depth)

    def offer_columns(self, menu: QMenu) -> None:
        """Fill a menu with the columns, to show or hide each."""
        menu.clear()
        for column in sorted(WIDTHS):
            action = menu.addAction(self._model.headerData(column, Qt.Orientation.Horizontal))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(self._column_choice(column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the selected rows, whatever column the cursor is in; a number typed on a name is its rank."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self._tick_rows()
            return
        if index.column() == TARGET and (event.text().isdigit() or event.key() == Qt.Key.Key_F2):
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index.siblingAtColumn(RANK), keep)
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All columns but rank and parameters show themselves where there is room."""
        super().resizeEvent(event)
        self._arrange_columns()

    def _arrange_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(32)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(TARGET, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_columns)
        self._arrange_columns()

    def _arrange_columns(self) -> None:
        left = self.viewport().width()
        for column, width in WIDTHS.items():
            left -= width
            fits = column in ALWAYS or left >= NAME_WIDTHS[column]
            self.setColumnHidden(column, not self._chosen_columns.get(column, fits))

    def _open_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.offer_columns(menu)
        menu.exec(self.header().mapToGlobal(place))

    def _column_choice(self, column: int) -> Callable[[bool], None]:
        def choose(shown: bool) -> None:
            self._chosen_columns[column] = shown
            self._arrange_columns()

        return choose

    def _show_targets(self) -> None:
        if self._plan is not None and self._description is not None:
            targets = targets_of(self._plan.lora, self._description.modules)
            self._model.show_targets(targets, trained_bytes(self._plan))

    def _expand_first(self) -> None:
        """Open the way down to the first target layer, and that layer wholly."""
        index = self._model.index(0, TARGET)
        while index.isValid():
            self.expand(index)
            node = self._model.node(index)
            if node.label.rpartition(".")[2].isdigit():
                for row in range(self._model.rowCount(index)):
                    self.expand(self._model.index(row, TARGET, index))
                return
            index = self._first_child_with_leaves(index)

    def _depth_of_layers(self) -> int:
        """At which depth the first layer stands; 0 where there are no numbered layers."""
        index, depth = self._model.index(0, TARGET), 0
        while index.isValid():
            if self._model.node(index).label.rpartition(".")[2].isdigit():
                return depth
            index, depth = self._first_child_with_leaves(index), depth + 1
        return 0

    def _first_child_with_leaves(self, parent: QModelIndex) -> QModelIndex:
        children = [self._model.index(row, TARGET, parent) for row in range(self._model.rowCount(parent))]
        able = [child for child in children if self._model.node(child).leaves]
        return next((child for child in able if self._model.node(child).ticked), able[0] if able else QModelIndex())

    def _acted_on(self) -> list[Node]:
        """The rows that keys act on: the selected ones, or the cursor's where it stands outside them."""
        rows = self.selectionModel().selectedRows(TARGET)
        current = self.currentIndex().siblingAtColumn(TARGET)
        return [self._model.node(row) for row in (rows if current in rows else [current])]

    def _tick_rows(self) -> None:
        nodes = [node for node in self._acted_on() if node.leaves]
        on = any(node.check_state != Qt.CheckState.Checked for node in nodes)
        if nodes:
            self._tick_shown(_names(nodes), on, nodes[0].name if len(nodes) == 1 else "")

    def _tick_shown(self, names: list[str], on: bool, what: str) -> None:
        """Tick or untick; where part of a group is hidden, its state no longer says which of the two is meant."""
        if self._filter and self._plan is not None and self._description is not None:
            names, targets = self._filter.kept(names), targets_of(self._plan.lora, self._description.modules)
            on, what = any(name not in targets for name in names), ""
        self._edit(lambda plan, modules: ticked(plan, modules, names, on, what))

    def _with_selection(self, names: list[str]) -> list[str]:
        """What a number typed on a row means: that row, or all that are selected where it is one of them."""
        selected = _names([self._model.node(row) for row in self.selectionModel().selectedRows(TARGET)])
        return self._filter.kept(selected if set(names) <= set(selected) else names)

    def _set_number(self, names: list[str], column: int, number: int | float) -> None:
        chosen = self._with_selection(names)
        self._edit(lambda plan, modules: EDITS[column](plan, modules, chosen, number))

    def _edit(self, make: Callable[..., Edit]) -> None:
        if self._plan is None or self._description is None:
            return
        try:
            edit = make(self._plan, self._description.modules)
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        if edit.plan != self._plan:
            self.planEdited.emit(edit.plan, edit.text)


def _names(nodes: Sequence[Node]) -> list[str]:
    """The modules in or below these rows that can be targets, each once."""
    return list(dict.fromkeys(name for node in nodes for name in node.adaptable_names()))
