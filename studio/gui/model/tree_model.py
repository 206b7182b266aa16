"""The item model of the layer tree: rows from nodes, columns from what an adapter has."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from studio.gui.desktop.sentences import told
from studio.gui.inputs import number_text
from studio.gui.model.tree_nodes import Node, Nodes
from studio.plan.description import ModuleInfo
from studio.plan.targets import TargetSetting
from studio.plan.words import count_text, size_text

TARGET, RANK, ALPHA, DROPOUT, PARAMETERS, SHAPE, SIZE, MEMORY = range(8)
TYPED = {
    RANK: "lora.rank",
    ALPHA: "lora.alpha",
    DROPOUT: "lora.dropout",
}  # columns that can be edited, and their settings
BYTES_PER_PARAMETER = 4  # adapters are kept in float32
MANY = 32  # runs of changed rows, above which a view that looks at all it shows is faster than one that hears of each
AnyIndex = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Role = Qt.ItemDataRole


class TreeModel(QAbstractItemModel):
    """Shows targets; what the user wants changed leaves as a signal, and comes back through `show_targets`.

    `tickAsked` carries the adaptable names of a row, whether they shall be ticked, and the row's name; `numberAsked` the names,
    the column and the number.
    """

    tickAsked = Signal(list, bool, str)
    numberAsked = Signal(list, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes = Nodes(())
        self._trained_bytes = 0
        self._heads = (
            self.tr("Target"),
            self.tr("Rank"),
            self.tr("Alpha"),
            self.tr("Dropout"),
            self.tr("Params"),
            self.tr("Shape"),
            self.tr("Adapter size"),
            self.tr("Memory"),
        )

    def show_modules(self, modules: Sequence[ModuleInfo]) -> None:
        """Show a model's modules, none of them ticked."""
        self.beginResetModel()
        self._nodes = Nodes(modules)
        self.endResetModel()

    def show_targets(self, targets: Mapping[str, TargetSetting], trained_bytes: int) -> None:
        """Show these targets, whose parameters take `trained_bytes` each while training.

        Only rows that came to differ are told of, neighbours in one signal.
        """
        runs = _runs(self._nodes.show_targets(targets))
        other_price, self._trained_bytes = trained_bytes != self._trained_bytes, trained_bytes
        if len(runs) > MANY or other_price:
            self.layoutAboutToBeChanged.emit()
            self.layoutChanged.emit()
            return
        for first, last in runs:
            self.dataChanged.emit(self._index(first, TARGET), self._index(last, MEMORY))

    def node(self, index: AnyIndex) -> Node:
        """The node of a row."""
        return self._nodes.listed[index.internalId()]

    def index_of(self, name: str) -> QModelIndex:
        """The row of a module; invalid where it has none."""
        return self._index(self._nodes[name], TARGET) if name in self._nodes else QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex = ROOT) -> QModelIndex:
        """The index of a cell."""
        rows = self._rows(parent)
        if not 0 <= row < len(rows) or not 0 <= column <= MEMORY:
            return QModelIndex()
        return self.createIndex(row, column, rows[row].number)

    def parent(self, index: AnyIndex = ROOT) -> QModelIndex:  # type: ignore[override]  # QObject.parent has another meaning
        """The row above."""
        above = self.node(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self._index(above, TARGET)

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        """Rows below a row."""
        return len(self._rows(parent))

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        """The same in every row."""
        return MEMORY + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Column heads; numbers are right-aligned, as their columns are."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section <= MEMORY:
            return None
        if role == Role.DisplayRole:
            return self._heads[section]
        return _alignment(section) if role == Role.TextAlignmentRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rank, alpha and dropout can be typed where there is a target."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        node = self.node(index)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == TARGET and node.leaves:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() in TYPED and node.ticked:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        node, column = self.node(index), index.column()
        if role == Role.DisplayRole:
            return self._text(node, column)
        if role == Role.CheckStateRole:
            return node.check_state if column == TARGET else None
        if role == Role.EditRole:
            return _number(node, column) if column in TYPED else self._text(node, column)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return self._tip(node)
        if role == Role.AccessibleTextRole:
            return node.name if column == TARGET else self._text(node, column).strip("—") or self.tr("none")
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Role.EditRole) -> bool:
        """Ask for a change; the row itself changes when the new plan comes back."""
        node = self.node(index)
        if role == Role.CheckStateRole and index.column() == TARGET and node.leaves:
            self.tickAsked.emit(node.adaptable_names(), node.check_state != Qt.CheckState.Checked, node.name)
            return True
        if role != Role.EditRole or not node.ticked or value is None or index.column() not in TYPED:
            return False
        self.numberAsked.emit(node.adaptable_names(), index.column(), value)
        return True

    def _rows(self, parent: AnyIndex) -> list[Node]:
        if not parent.isValid():
            return self._nodes.roots
        return self.node(parent).children if parent.column() == TARGET else []

    def _index(self, node: Node, column: int) -> QModelIndex:
        return self.createIndex(node.row, column, node.number)

    def _text(self, node: Node, column: int) -> str:
        if column == TARGET:
            return node.label
        if column == SHAPE:
            shape = None if node.module is None else node.module.shape
            return "" if shape is None else " × ".join(f"{size:,}" for size in shape)
        if not node.ticked:
            return "—" if column == PARAMETERS else ""
        if column in TYPED:
            number = _number(node, column)
            return self.tr("mixed") if number is None else number_text(number)
        if column == PARAMETERS:
            return count_text(node.parameters)
        return size_text(node.parameters * (BYTES_PER_PARAMETER if column == SIZE else self._trained_bytes))

    def _tip(self, node: Node) -> str:
        lines = [node.name]
        if node.module is not None and node.module.shape is not None:
            lines.append(f"{node.module.kind}, {self._text(node, SHAPE)}")
        if not node.leaves:
            reason = None if node.module is None else node.module.reason
            lines.append(self.tr("cannot be adapted: {0}").format(told(reason or "") or self.tr("nothing in it can")))
        elif node.children:
            lines.append(self.tr("{0} of {1} targets").format(node.ticked, node.leaves))
        if node.ticked:
            rank, alpha = self._text(node, RANK), self._text(node, ALPHA)
            line = self.tr("rank {0}, alpha {1}").format(rank, alpha)
            lines.append(
                line if node.dropout == 0 else self.tr("{0}, dropout {1}").format(line, self._text(node, DROPOUT))
            )
            size, memory = self._text(node, SIZE), self._text(node, MEMORY)
            lines.append(self.tr("{0:,} trainable parameters, {1}").format(node.parameters, size))
            lines.append(self.tr("{0} while training, with gradients and optimizer").format(memory))
        return "\n".join(lines)


def _number(node: Node, column: int) -> int | float | None:
    """What a row's targets have in common in a column that can be typed in."""
    return {RANK: node.rank, ALPHA: node.alpha, DROPOUT: node.dropout}[column]


def _runs(nodes: Sequence[Node]) -> list[tuple[Node, Node]]:
    """First and last of each run of neighbouring rows; views do much work for every signal."""
    by_parent: dict[int, list[Node]] = {}
    for node in nodes:
        by_parent.setdefault(-1 if node.parent is None else node.parent.number, []).append(node)
    runs: list[tuple[Node, Node]] = []
    for siblings in by_parent.values():
        first = last = siblings[0]
        for node in siblings[1:]:
            if node.row > last.row + 1:
                runs.append((first, last))
                first = node
            last = node
        runs.append((first, last))
    return runs


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == TARGET else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
