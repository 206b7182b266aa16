"""The bar along the top: the plan's file, the run's buttons, the pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolBar, QToolButton, QWidget

from studio.gui.elided_label import ElidedLabel


class MainBar(QToolBar):
    """Actions of the plan, start, pause and stop, actions of the run, the title, and the buttons of pages and menus."""

    def __init__(
        self, plan_actions: Sequence[QAction], run_actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Main"))
        self.setObjectName("mainBar")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.addActions(list(plan_actions))
        self.start_button = self._run_button(self.tr("Start"), "startButton")
        self.start_button.setProperty("primary", True)
        self.start_button.setShortcut("Ctrl+R")
        self.pause_button = self._run_button(self.tr("Pause"), "pauseButton")
        self.stop_button = self._run_button(self.tr("Stop"), "stopButton")
        self.addActions(list(run_actions))
        self.title = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self.addWidget(self.title)
        self.runs_button = self._flat_button(self.tr("Runs"))
        self.playground_button = self._flat_button(self.tr("Playground"))
        for button in (self.runs_button, self.playground_button):
            button.setCheckable(True)
        self.export_button = self._flat_button(self.tr("Export…"))
        self.export_button.setObjectName("exportButton")
        self.export_button.setAccessibleName(self.tr("Export"))
        self.view_button = self._flat_button(self.tr("View"))
        self.view_button.setAccessibleName(self.tr("Panels, theme and layout"))
        self.help_button = self._flat_button(self.tr("Help"))
        for action in self.actions():
            self.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's tool bars leave Tab out

        more = self.findChild(QToolButton, "qt_toolbar_ext_button")  # Qt's own, where the window is too narrow for all
        assert more is not None
        more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)  # its icon cannot be seen on dark ground
        more.setText("»")
        more.setAccessibleName(self.tr("More"))
        more.setToolTip(self.tr("What the window has no room for"))

    def _run_button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setEnabled(False)
        self.addWidget(button)
        return button

    def _flat_button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("flat", True)
        self.addWidget(button)
        return button
