"""The Help menu: the tour, the shortcuts, where to read more."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


class HelpMenu(QMenu):
    """Offers what explains the window."""

    tourAsked = Signal()
    shortcutsAsked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._add(window, self.tr("Tour of the window"), []).triggered.connect(self.tourAsked)
        keys = [QKeySequence("F1"), QKeySequence("Ctrl+/")]
        self._add(window, self.tr("Keyboard shortcuts"), keys).triggered.connect(self.shortcutsAsked)

    def _add(self, window: QWidget, text: str, keys: list[QKeySequence]) -> QAction:
        action = self.addAction(text)
        action.setShortcuts(keys)
        window.addAction(action)  # a menu that is closed hears no keys
        return action
