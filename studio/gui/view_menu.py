"""The View menu: panels, theme, layout."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from studio.gui.remembered import Remembered

if TYPE_CHECKING:
    from studio.gui.window import MainWindow


class ViewMenu(QMenu):
    """What is shown, and how it looks. `themeChosen` carries light, dark, contrast or system."""

    themeChosen = Signal(str)

    def __init__(self, window: "MainWindow", remembered: Remembered) -> None:
        super().__init__(window)
        for dock in (window.model_dock, window.plan_dock):
            self.addAction(dock.toggleViewAction())
        self.addSeparator()
        group = QActionGroup(self)
        for name, text in (
            ("system", self.tr("Follow the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        ):
            action = QAction(text, self)
            action.setCheckable(True)
            action.setChecked(name == remembered.theme)
            action.setData(name)
            group.addAction(action)
            self.addAction(action)
        group.triggered.connect(self._chosen)
        self.addSeparator()
        self.addAction(self.tr("Reset layout"), window.reset_layout)
        self.addAction(window.copy_action)

    def _chosen(self, action: QAction) -> None:
        self.themeChosen.emit(action.data())
