"""What differs between runs, as a table: a row for each key that is not the same, a column for each run."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStackedWidget, QTableWidget, QTableWidgetItem, QWidget

from studio.gui.desktop.sentences import told
from studio.runs.differences import Difference

WIDEST_COLUMN = 200


class DifferencesTable(QStackedWidget):
    """Only what differs; where nothing does, it says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = QLabel()
        self._hint.setProperty("secondary", True)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table = QTableWidget()
        self.table.setObjectName("differencesTable")
        self.table.setAccessibleName(self.tr("What differs between the selected runs"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # paths differ at their ends
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header.setSectionResizeMode(header.ResizeMode.ResizeToContents)
        header.setMaximumSectionSize(WIDEST_COLUMN)
        self.addWidget(self._hint)
        self.addWidget(self.table)
        self.show_hint(self.tr("Select several runs to see what differs."))

    def show_hint(self, text: str) -> None:
        """Say why there is no table."""
        self._hint.setText(text)
        self.setCurrentWidget(self._hint)

    def show_differences(self, names: Sequence[str], found: Sequence[Difference]) -> None:
        """The runs' names over their values."""
        if not found:
            self.show_hint(self.tr("Nothing differs: the same plan, data, model and versions."))
            return
        parts = {
            "plan": self.tr("Plan"),
            "data": self.tr("Data"),
            "model": self.tr("Model"),
            "versions": self.tr("Version"),
        }
        self.table.setColumnCount(2 + len(names))
        self.table.setRowCount(len(found))
        for column, name in enumerate(["", self.tr("What differs"), *names]):
            title = QTableWidgetItem(name)
            title.setTextAlignment(Qt.AlignmentFlag.AlignLeft)
            title.setToolTip(name)
            self.table.setHorizontalHeaderItem(column, title)
        for row, difference in enumerate(found):
            for column, text in enumerate((parts[difference.part], told(difference.key), *difference.values)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.setCurrentWidget(self.table)
