"""The sheet of shortcuts, read from what the window really obeys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

MOST_KEYS = 2  # a desktop may know five for one action
NATIVE = QKeySequence.SequenceFormat.NativeText


def shortcuts_of(window: QWidget) -> list[tuple[str, str]]:
    """What can be done with which keys, by name: actions, buttons, and shortcuts that say in `whatsThis` what they do."""
    found: set[tuple[str, str]] = set()
    for action in window.findChildren(QAction):
        keys = [key.toString(NATIVE) for key in action.shortcuts() if not key.isEmpty()]
        if keys and action.text():
            found.add((_where(action, window) + _plain(action.text()), ", ".join(keys[:MOST_KEYS])))
    for button in window.findChildren(QAbstractButton):
        if not button.shortcut().isEmpty() and button.text():
            found.add((_plain(button.text()), button.shortcut().toString(NATIVE)))
    for shortcut in window.findChildren(QShortcut):
        if shortcut.whatsThis() and not shortcut.key().isEmpty():
            found.add((shortcut.whatsThis(), shortcut.key().toString(NATIVE)))
    return sorted(found, key=lambda row: row[0].casefold())


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…")


def _where(action: QAction, window: QWidget) -> str:
    """The panel that an action belongs to, where it is not the window's own: "Runs: "."""
    place = action.parent()
    while isinstance(place, QWidget) and place is not window:
        if place.accessibleName():
            return f"{place.accessibleName()}: "
        place = place.parent()
    return ""


class ShortcutSheet(QDialog):
    """A table that can be searched by what is done or by the keys."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 600)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search shortcuts"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(self.tr("Shortcuts"))
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for does, keys in [*shortcuts_of(window), *self._moves()]:
            row = self.table.rowCount()
            self.table.insertRow(row)
            self.table.setItem(row, 0, QTableWidgetItem(does))
            self.table.setItem(row, 1, QTableWidgetItem(keys))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.search.setFocus()

    def shown(self) -> list[str]:
        """What the table offers now."""
        rows = range(self.table.rowCount())
        return [self._text(row, 0) for row in rows if not self.table.isRowHidden(row)]

    def _text(self, row: int, column: int) -> str:
        return str(self.table.model().index(row, column).data())

    def _moves(self) -> list[tuple[str, str]]:
        """Keys that every program has, and that no action stands for."""
        return [
            (self.tr("Next control, previous control"), self.tr("Tab, Shift+Tab")),
            (self.tr("Press the button, tick the box"), self.tr("Space")),
            (self.tr("Close a dialog or a menu"), self.tr("Esc")),
        ]

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self.table.rowCount()):
            text = f"{self._text(row, 0)} {self._text(row, 1)}".casefold()
            self.table.setRowHidden(row, not all(word in text for word in wanted))
