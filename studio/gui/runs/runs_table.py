"""The table of runs, in which they are found, compared, opened, resumed, used again, exported or deleted."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
    SignalInstance,
)
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

from studio.gui.flow_layout import FlowLayout
from studio.gui.runs.run_facts import DAMAGED, RunFacts, read_facts
from studio.gui.runs.runs_model import BEGUN, FACTS_ROLE, NAME, SORT_ROLE, TREND, RunsModel
from studio.gui.runs.sparkline import SparklineDelegate
from studio.gui.theme import Theme
from studio.runs.folder import Run

WIDEST_COLUMN = 320


class RunsTable(QWidget):
    """Runs with what came of them. It asks; whoever listens does: opening, resuming, deleting (into the trash) happen elsewhere.

    `chosen` carries the facts of all selected runs, in the order of the table.
    """

    openRequested = Signal(object)
    resumeRequested = Signal(object)
    usePlanRequested = Signal(object)
    exportRequested = Signal(object)
    lineUpRequested = Signal(object)
    deleteRequested = Signal(object)
    trashRequested = Signal()
    chosen = Signal(list)

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
        self.search.setPlaceholderText(self.tr("Search names, states, tags, notes, dates"))
        self.search.setAccessibleName(self.tr("Search runs by name, state, tag, note or date"))
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
        self.trash_button = QPushButton(self.tr("Trash…"))
        self.trash_button.setToolTip(self.tr("Deleted runs: put them back, or delete them for good"))
        self.trash_button.setAccessibleName(self.tr("Trash"))
        self.trash_button.clicked.connect(self.trashRequested)
        finding, row = QHBoxLayout(), FlowLayout()
        finding.setSpacing(8)
        finding.addWidget(self.search, 1)
        finding.addWidget(self.trash_button)
        self._make_actions(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(finding)
        layout.addWidget(self._pages, 1)
        layout.addLayout(row)
        self._search("")
        self._show_what_can_be_done()

    def set_theme(self, theme: Theme) -> None:
        """Colour the states and the sparklines."""
        self.model.set_theme(theme)
        self._sparklines.set_theme(theme)

    def show_runs(self, runs: list[Run]) -> None:
        """Replace the list; what is selected stays selected if it is still there."""
        kept = {facts.run for facts in self.selected_runs}
        self.model.show_facts([read_facts(run) for run in runs])
        if kept != {facts.run for facts in self.selected_runs}:
            self._select(kept)
        self._search(self.search.text())
        self._show_what_can_be_done()

    @property
    def selected(self) -> RunFacts | None:
        """The run that the buttons are about; None where none or several are selected."""
        rows = self.selected_runs
        return rows[0] if len(rows) == 1 else None

    @property
    def selected_runs(self) -> list[RunFacts]:
        """All selected runs, in the order of the table."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self._sorted.index(row, NAME).data(FACTS_ROLE) for row in rows]

    def select(self, *runs: Run) -> None:
        """Select these runs, as far as they are in the list and not filtered out, and nothing else."""
        self._select(set(runs))

    def _select(self, runs: set[Run]) -> None:
        choice = QItemSelection()
        for row in range(self._sorted.rowCount()):
            place = self._sorted.index(row, NAME)
            if place.data(FACTS_ROLE).run in runs:
                choice.select(place, place)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(choice, flags.ClearAndSelect | flags.Rows)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("runsTable")
        table.setAccessibleName(self.tr("Runs"))
        table.setModel(self._sorted)
        table.setSortingEnabled(True)
        table.sortByColumn(BEGUN, Qt.SortOrder.DescendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(table.horizontalHeader().ResizeMode.ResizeToContents)
        table.horizontalHeader().setMaximumSectionSize(WIDEST_COLUMN)
        table.horizontalHeader().setStretchLastSection(True)
        self._sparklines = SparklineDelegate()
        table.setItemDelegateForColumn(TREND, self._sparklines)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._show_menu)
        table.doubleClicked.connect(self._open)
        table.selectionModel().selectionChanged.connect(self._choose)
        return table

    def _make_actions(self, row: FlowLayout) -> None:
        self.actions_by_name: dict[str, QAction] = {}
        self.buttons: dict[str, QPushButton] = {}
        for name, text, hint, keys, signal in (
            ("open", self.tr("Open"), self.tr("Show this run's plots"), "Return", self.openRequested),
            ("resume", self.tr("Resume"), self.tr("Go on from its last checkpoint"), "", self.resumeRequested),
            ("use_plan", self.tr("Use plan"), self.tr("Begin a new run with its plan"), "", self.usePlanRequested),
            (
                "line_up",
                self.tr("Line up"),
                self.tr("Put its plan at the end of the queue"),
                "",
                self.lineUpRequested,
            ),
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
            button.setAccessibleName(self.tr("{0}: the selected run").format(text.rstrip("…")))
            button.clicked.connect(action.trigger)
            row.addWidget(button)
            self.actions_by_name[name], self.buttons[name] = action, button

    def _ask(self, signal: SignalInstance) -> None:
        for facts in self.selected_runs:
            signal.emit(facts.run)

    def _open(self, _index: QModelIndex) -> None:
        self.actions_by_name["open"].trigger()

    def _show_menu(self, place: QPoint) -> None:
        if self.selected_runs:
            menu = QMenu(self)
            menu.addActions(list(self.actions_by_name.values()))
            menu.exec(self.table.viewport().mapToGlobal(place))

    def _choose(self) -> None:
        self._show_what_can_be_done()
        self.chosen.emit(self.selected_runs)

    def _show_what_can_be_done(self) -> None:
        facts, several = self.selected, self.selected_runs
        readable = facts is not None and facts.state != DAMAGED
        allowed = {
            "open": readable,
            "resume": facts is not None and facts.can_resume,
            "use_plan": readable,
            "export": facts is not None and facts.can_export,
            "line_up": bool(several) and all(one.state != DAMAGED for one in several),
            "delete": bool(several) and all(one.state != "running" for one in several),
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
