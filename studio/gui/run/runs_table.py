"""The list of runs: find one, open it, resume it, use its plan again, export it, delete it."""

from PySide6.QtCore import QModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from studio.gui.run.run_facts import DAMAGED, RunFacts, read_facts
from studio.gui.run.runs_model import BEGUN, FACTS_ROLE, NAME, SORT_ROLE, RunsModel
from studio.gui.theme import Theme
from studio.runs.folder import Run

WIDEST_COLUMN = 320


class RunsTable(QWidget):
    """Runs with what came of them. It asks; whoever listens does: opening, resuming, deleting (into the trash) happen elsewhere."""

    openRequested = Signal(object)
    resumeRequested = Signal(object)
    usePlanRequested = Signal(object)
    exportRequested = Signal(object)
    deleteRequested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RunsModel()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setFilterKeyColumn(-1)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setObjectName("runsSearch")
        self.search.setPlaceholderText(self.tr("Search runs"))
        self.search.setAccessibleName(self.tr("Search runs by name, state or date"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.table = self._make_table()
        self._hint = QLabel()
        self._hint.setProperty("secondary", True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        self._make_actions(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._pages, 1)
        self._search("")
        self._show_what_can_be_done()

    def set_theme(self, theme: Theme) -> None:
        """Colour the states."""
        self.model.set_theme(theme)

    def show_runs(self, runs: list[Run]) -> None:
        """Replace the list; what is selected stays selected if it is still there."""
        chosen = self.selected
        self.model.show_facts([read_facts(run) for run in runs])
        if chosen is not None:
            self.select(chosen.run)
        self._search(self.search.text())
        self._show_what_can_be_done()

    @property
    def selected(self) -> RunFacts | None:
        """The run that the buttons are about."""
        rows = self.table.selectionModel().selectedRows()
        return rows[0].data(FACTS_ROLE) if rows else None

    def select(self, run: Run) -> None:
        """Select a run, if it is in the list and not filtered out."""
        for row in range(self._sorted.rowCount()):
            if self._sorted.index(row, NAME).data(FACTS_ROLE).run == run:
                self.table.selectRow(row)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("runsTable")
        table.setAccessibleName(self.tr("Runs"))
        table.setModel(self._sorted)
        table.setSortingEnabled(True)
        table.sortByColumn(BEGUN, Qt.SortOrder.DescendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(table.horizontalHeader().ResizeMode.ResizeToContents)
        table.horizontalHeader().setMaximumSectionSize(WIDEST_COLUMN)
        table.horizontalHeader().setStretchLastSection(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._show_menu)
        table.doubleClicked.connect(self._open)
        table.selectionModel().selectionChanged.connect(self._show_what_can_be_done)
        return table

    def _make_actions(self, row: QHBoxLayout) -> None:
        self.actions_by_name: dict[str, QAction] = {}
        self.buttons: dict[str, QPushButton] = {}
        for name, text, hint, keys, signal in (
            ("open", self.tr("Open"), self.tr("Show this run's plots"), "Return", self.openRequested),
            ("resume", self.tr("Resume"), self.tr("Go on from its last checkpoint"), "", self.resumeRequested),
            ("use_plan", self.tr("Use plan"), self.tr("Begin a new run with its plan"), "", self.usePlanRequested),
            ("export", self.tr("Export…"), self.tr("Export its adapter or a merged model"), "", self.exportRequested),
            (
                "delete",
                self.tr("Delete"),
                self.tr("Move the run's folder to the trash"),
                "Delete",
                self.deleteRequested,
            ),
        ):
            action = QAction(text, self.table)
            action.setToolTip(hint)
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, signal=signal: self._ask(signal))
            self.table.addAction(action)
            button = QPushButton(text)
            button.setToolTip(hint)
            button.setAccessibleName(self.tr("{0} the selected run").format(text.rstrip("…")))
            button.clicked.connect(action.trigger)
            row.addWidget(button)
            self.actions_by_name[name], self.buttons[name] = action, button

    def _ask(self, signal: SignalInstance) -> None:
        facts = self.selected
        if facts is not None:
            signal.emit(facts.run)

    def _open(self, _index: QModelIndex) -> None:
        self.actions_by_name["open"].trigger()

    def _show_menu(self, place: QPoint) -> None:
        if self.selected is not None:
            menu = QMenu(self)
            menu.addActions(list(self.actions_by_name.values()))
            menu.exec(self.table.viewport().mapToGlobal(place))

    def _show_what_can_be_done(self) -> None:
        facts = self.selected
        readable = facts is not None and facts.state != DAMAGED
        allowed = {
            "open": readable,
            "resume": facts is not None and facts.can_resume,
            "use_plan": readable,
            "export": facts is not None and facts.can_export,
            "delete": facts is not None and facts.state != "running",
        }
        for name, yes in allowed.items():
            self.actions_by_name[name].setEnabled(yes)
            self.buttons[name].setEnabled(yes)

    def _search(self, words: str) -> None:
        self._sorted.setFilterFixedString(words.strip())
        self._pages.setCurrentIndex(1 if self._sorted.rowCount() else 0)
        if self.model.rowCount():
            self._hint.setText(self.tr("No run matches. Clear the search to see all runs."))
        else:
            self._hint.setText(self.tr("Your runs will be listed here. Press Start to make the first one."))
