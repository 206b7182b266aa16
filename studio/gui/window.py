"""The main window: where everything stands. What it does is wired in plan_wires, hub_wires, data_wires, run_wires and file_actions."""

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QUndoView,
    QVBoxLayout,
    QWidget,
)

from studio.gui.banner import Banner
from studio.gui.data.data_panel import DataPanel
from studio.gui.data_wires import DataWires
from studio.gui.desktop_wires import DesktopWires
from studio.gui.draft import Draft, load_draft
from studio.gui.estimate_bar import EstimateBar
from studio.gui.estimate_wires import EstimateWires
from studio.gui.file_actions import FileActions, dropped_plan
from studio.gui.help_menu import HelpMenu
from studio.gui.hub_wires import HubWires
from studio.gui.keys import Keys
from studio.gui.main_bar import MainBar
from studio.gui.model.matrix import LayerMatrix
from studio.gui.model.model_panel import ModelPanel
from studio.gui.plan_wires import PlanWires
from studio.gui.playground.panel import Playground
from studio.gui.remembered import Remembered
from studio.gui.run.dashboard import Dashboard
from studio.gui.run.run_bar import RunBar
from studio.gui.run_control import RunControl
from studio.gui.run_wires import RunWires
from studio.gui.runs.runs_page import RunsPage
from studio.gui.runs_wires import RunsWires
from studio.gui.service import Service
from studio.gui.session import Session
from studio.gui.setting_search import SettingSearch
from studio.gui.settings_panel import SettingsPanel
from studio.gui.theme import Theme, apply_theme, theme_named
from studio.gui.view_menu import ViewMenu
from studio.plan.planfile import load_plan
from studio.runs.places import quickstart_plan


class MainWindow(QMainWindow):
    """One window; the whole main job without leaving it."""

    def __init__(self, remembered: Remembered) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("LoRA Studio"))
        self.resize(1280, 800)
        self.setMinimumSize(900, 600)
        self.setAcceptDrops(True)
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks)

        self.session = Session(load_draft() or load_plan(quickstart_plan()), self)
        self.draft = Draft(self.session)
        self.service = Service(self)
        self.control = RunControl(self.service, self)
        self.banner = Banner()
        self.model_panel = ModelPanel()
        self.matrix = LayerMatrix()
        self.data_panel = DataPanel()
        self.settings_panel = SettingsPanel()
        self.dashboard = Dashboard()
        self.dashboard.set_matrix(self.matrix)
        self.estimate_bar = EstimateBar()
        self.run_bar = RunBar()
        self.runs_page = RunsPage()
        self.runs_table = self.runs_page.table
        self.playground = Playground(self.service)
        self._make_actions()
        self._arrange()
        self._remembered = remembered
        self.hub_wires = HubWires(self)
        self.plan_wires = PlanWires(self, remembered)
        self.data_wires = DataWires(self, remembered)
        self.estimate_wires = EstimateWires(self)
        self.runs_wires = RunsWires(self)
        self.run_wires = RunWires(self)
        self.file_actions = FileActions(self, remembered)
        self.views = ViewMenu(self, remembered)
        self.views.themeChosen.connect(self.use_theme)
        self.view_button.setMenu(self.views)
        self.help_menu = HelpMenu(self)
        self.help_button.setMenu(self.help_menu)
        self.keys = Keys(self)
        self.desktop_wires = DesktopWires(self, remembered)
        self._default_layout = self.saveState()
        self._restore_layout()

    def begin(self) -> None:
        """The first work after the window is up."""
        self._set_theme(theme_named(self._remembered.theme))
        self.service.warm_up()
        self.plan_wires.begin()
        self.data_wires.begin()
        self.run_wires.begin()
        self.runs_wires.begin()
        self.desktop_wires.begin()
        self.keys.enter(self.model_dock)

    def use_theme(self, name: str) -> None:
        """light, dark, contrast or system, now and at the next start."""
        theme = theme_named(name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)
        self._set_theme(theme)
        if name != self._remembered.theme:
            self._remembered.set_theme(name)

    def _set_theme(self, theme: Theme) -> None:
        for view in (
            self.model_panel,
            self.matrix,
            self.data_panel,
            self.data_wires,
            self.dashboard,
            self.estimate_bar,
            self.runs_page,
        ):
            view.set_theme(theme)

    def reset_layout(self) -> None:
        """Put every panel and every plot back where it was on the first start."""
        self.restoreState(self._default_layout)
        self.dashboard.reset_layout()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Plan files and runs may be dropped anywhere that has no other use for them."""
        if dropped_plan(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped plan is opened."""
        path = dropped_plan(event)
        if path is not None:
            self.file_actions.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A run outlives the window, if the user wants it to."""
        if not self.run_wires.may_close():
            event.ignore()
            return
        self.desktop_wires.close()
        self.runs_wires.close()
        self.run_wires.close()
        self.draft.close()
        settings = QSettings()
        settings.setValue("geometry", self.saveGeometry())
        settings.setValue("layout", self.saveState())
        self.control.close()
        self.service.close()
        event.accept()

    def _make_actions(self) -> None:
        key = QKeySequence.StandardKey
        self.new_action = self._action(
            self.tr("New"), key.New, self.tr("Start over with the starter model and its data")
        )
        self.open_action = self._action(self.tr("Open"), key.Open, self.tr("Open a plan file or a run"))
        self.save_action = self._action(self.tr("Save plan"), key.Save, self.tr("Save the plan as a file"))
        self.copy_action = self._action(
            self.tr("Copy command line"), None, self.tr("Copy the command that does the same without a window")
        )
        self.sample_action = self._action(self.tr("Sample now"), "Ctrl+T", self.tr("Answer the sample prompts now"))
        self.keep_action = self._action(self.tr("Save now"), "Ctrl+K", self.tr("Write a checkpoint now"))
        self.export_action = self._action(self.tr("Export…"), "Ctrl+E", self.tr("Export the adapter or a merged model"))
        self.undo_action = self.session.undo.createUndoAction(self, self.tr("Undo"))
        self.undo_action.setIconText(self.tr("Undo"))  # the tool bar keeps its width; the tip says what
        self.undo_action.setShortcuts(key.Undo)
        self.redo_action = self.session.undo.createRedoAction(self, self.tr("Redo"))
        self.redo_action.setIconText(self.tr("Redo"))
        self.redo_action.setShortcuts(key.Redo)
        self.addActions([self.undo_action, self.redo_action])

    def _action(self, text: str, keys: QKeySequence.StandardKey | str | None, hint: str) -> QAction:
        action = QAction(text, self)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
            hint = f"{hint} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(hint)
        self.addAction(action)
        return action

    def _arrange(self) -> None:
        edits = (self.new_action, self.open_action, self.save_action, self.undo_action, self.redo_action)
        self.main_bar = bar = MainBar(edits, (self.sample_action, self.keep_action))
        self.addToolBar(bar)
        self.start_button, self.pause_button, self.stop_button = bar.start_button, bar.pause_button, bar.stop_button
        self.title, self.export_button, self.help_button = bar.title, bar.export_button, bar.help_button
        self.view_button, self.runs_button = bar.view_button, bar.runs_button
        self.playground_button = bar.playground_button
        self.export_button.clicked.connect(self.export_action.trigger)
        self.runs_button.clicked.connect(self._show_runs)
        self.playground_button.clicked.connect(self._show_playground)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(8)
        self.pages = QStackedWidget()
        for page in (self.dashboard, self.runs_page, self.playground):
            self.pages.addWidget(page)
        layout.addWidget(self.banner)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(centre)

        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.setting_search = SettingSearch((*self.data_panel.form.keys, *self.settings_panel.keys))
        column.addWidget(self.setting_search)
        column.addWidget(self.data_panel)
        column.addWidget(self.settings_panel)
        column.addStretch(1)
        self.plan_scroll = scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it would be a second, nameless stop of the Tab key
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(side)
        # Never narrower than what it holds: a form that is cut off at the right hides what its values come to.
        scroll.setMinimumWidth(side.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        self.model_dock = self._dock(
            "modelDock", self.tr("Model"), self.model_panel, Qt.DockWidgetArea.LeftDockWidgetArea
        )
        self.plan_dock = self._dock("planDock", self.tr("Plan"), scroll, Qt.DockWidgetArea.RightDockWidgetArea)
        self.resizeDocks([self.model_dock, self.plan_dock], [288, 320], Qt.Orientation.Horizontal)
        self.history = QUndoView(self.session.undo)
        self.history.setObjectName("history")
        self.history.setAccessibleName(self.tr("History"))
        self.history.setEmptyLabel(self.tr("as it was opened"))
        self.history_dock = self._dock(
            "historyDock", self.tr("History"), self.history, Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.history_dock.hide()
        self.statusBar().setSizeGripEnabled(False)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(24)
        row.addWidget(self.estimate_bar, 1)
        row.addWidget(self.run_bar, 1)
        self.statusBar().addWidget(foot, 1)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def show_page(self, page: QWidget) -> None:
        """Show the dashboard, the runs or the playground as the centre of the window."""
        self.pages.setCurrentWidget(page)
        self.runs_button.setChecked(page is self.runs_page)
        self.playground_button.setChecked(page is self.playground)

    def _show_runs(self, shown: bool) -> None:
        self.show_page(self.runs_page if shown else self.dashboard)

    def _show_playground(self, shown: bool) -> None:
        self.show_page(self.playground if shown else self.dashboard)

    def _restore_layout(self) -> None:
        settings = QSettings()
        for key, restore in (("geometry", self.restoreGeometry), ("layout", self.restoreState)):
            value = settings.value(key)
            if isinstance(value, QByteArray):
                restore(value)
