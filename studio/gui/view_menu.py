"""The View menu: panels, plots, theme, language, layout."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from studio.gui.desktop.language import LANGUAGES
from studio.gui.remembered import Remembered

if TYPE_CHECKING:
    from studio.gui.window import MainWindow


class ViewMenu(QMenu):
    """What is shown, and how it looks.

    `themeChosen` carries light, dark, contrast or system; `languageChosen` a language's code, or system.
    """

    themeChosen = Signal(str)
    languageChosen = Signal(str)

    def __init__(self, window: "MainWindow", remembered: Remembered) -> None:
        super().__init__(window)
        for dock in (window.model_dock, window.plan_dock, window.history_dock):
            self.addAction(dock.toggleViewAction())
        all_plots = window.dashboard.all_action
        all_plots.setChecked(remembered.all_plots)
        all_plots.toggled.connect(remembered.set_all_plots)
        self.addAction(all_plots)
        self.addSeparator()
        themes = (
            ("system", self.tr("Follow the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        )
        self._offer(self, themes, remembered.theme).connect(self._choose_theme)
        self.addSeparator()
        languages = (("system", self.tr("The system's language")), *LANGUAGES.items())
        self._offer(self.addMenu(self.tr("Language")), languages, remembered.language).connect(self._choose_language)
        self.addSeparator()
        self.addAction(self.tr("Reset layout"), window.reset_layout)
        self.addAction(window.copy_action)

    def _offer(self, menu: QMenu, choices: Iterable[tuple[str, str]], chosen: str) -> SignalInstance:
        """Add one choice out of several to a menu; the signal brings the action that was picked."""
        group = QActionGroup(self)
        for name, text in choices:
            action = QAction(text, self)
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.setData(name)
            group.addAction(action)
            menu.addAction(action)
        return group.triggered

    def _choose_theme(self, action: QAction) -> None:
        self.themeChosen.emit(action.data())

    def _choose_language(self, action: QAction) -> None:
        self.languageChosen.emit(action.data())
