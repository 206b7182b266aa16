"""The table of the first rows: their cells, with the part of each column in the header."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from studio.gui.data.role_header import NARROWEST, RoleHeader
from studio.gui.desktop.sentences import told
from studio.gui.theme import LIGHT, Theme

MOST_COLUMNS = 60  # each has a drop-down
WIDEST = 280  # pixels of a column at first
ROW_HEIGHT = 28
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """The cells of a preview's rows."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[str] = []
        self._rows: list[dict[str, Any]] = []
        self._theme = LIGHT

    def show_rows(self, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.columns, self._rows = list(columns)[:MOST_COLUMNS], list(rows)
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._theme = theme
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(self._rows) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows of the preview."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns of the data, as many as are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as one line; whole in its tooltip."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = str(self._rows[index.row()].get("cells", {}).get(self.columns[index.column()], ""))
        return cell.replace("\n", "⏎ ") if role == Qt.ItemDataRole.DisplayRole else cell

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of columns, places of rows; a row that cannot be learnt is marked, and says why."""
        if way == Qt.Orientation.Horizontal:
            return self.columns[section] if role == Qt.ItemDataRole.DisplayRole else None
        row = self._rows[section]
        problem = row.get("problem")
        if role == Qt.ItemDataRole.DisplayRole:
            return f"! {told(row['place'])}" if problem else told(row["place"])
        if role == Qt.ItemDataRole.ToolTipRole:
            return told(problem or "")
        if role == Qt.ItemDataRole.ForegroundRole and problem:
            return QColor(self._theme.error)
        return None


class RowsTable(QTableView):
    """`roleChosen` carries a column and a part; `rowChosen` the place of a row among those shown."""

    roleChosen = Signal(str, str)
    rowChosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rowsTable")
        self.setAccessibleName(self.tr("First rows of the data"))
        self._rows = RowsModel()
        self._header = RoleHeader(self)
        self.setHorizontalHeader(self._header)
        self.setModel(self._rows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setHighlightSections(False)
        self._header.roleChosen.connect(self.roleChosen)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.rowChosen.emit(now.row()))

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._rows.set_theme(theme)

    def show_rows(self, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
        """Show a preview's rows; columns keep their widths while they are the same."""
        same = list(columns)[:MOST_COLUMNS] == self._rows.columns
        here = self.currentIndex().row()
        self._rows.show_rows(columns, rows)
        if not same:
            wide = self.fontMetrics().averageCharWidth()
            for column, name in enumerate(self._rows.columns):
                longest = max((len(str(row.get("cells", {}).get(name, ""))) for row in rows), default=0)
                self.setColumnWidth(column, min(max(NARROWEST, longest * wide), WIDEST))
        if 0 <= here < len(rows):
            self.selectRow(here)

    def show_roles(self, names: Sequence[str], roles: Mapping[str, str]) -> None:
        """Show which part each column plays."""
        self._header.show_roles(self._rows.columns, names, roles)
