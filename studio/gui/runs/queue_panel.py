"""The queue as the user sees it: plans in their order, what became of each, and what can be changed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.gui.desktop.sentences import told
from studio.gui.elided_label import ElidedLabel
from studio.gui.flow_layout import FlowLayout
from studio.gui.runs.queue_table import QueueTable
from studio.gui.runs.runs_model import STATE_COLOURS, STATE_SIGNS
from studio.gui.theme import LIGHT, Theme
from studio.runs.queue import Entry, Queue

STATE, NAME, DETAIL = 0, 1, 2
LIKE = {
    "done": "finished",
    "waiting": "interrupted",
}  # the sign and colour of a run's state that an entry's state shares


class QueuePanel(QWidget):
    """Shows a Queue, and says what the user wants of it; ids name the entries.

    `goRequested` carries whether to go on or to hold; `moveRequested` an id and by how many places.
    """

    addRequested = Signal()
    goRequested = Signal(bool)
    moveRequested = Signal(str, int)
    removeRequested = Signal(str)
    takeBackRequested = Signal(str)
    tryAgainRequested = Signal(str)
    openRequested = Signal(str)
    clearRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = Queue()
        self._owned = True
        self._chosen: str | None = None  # the id of the selected entry
        self._theme = LIGHT
        self._summary = ElidedLabel()
        self.add_button = self._button(self.tr("Add plan"), self.tr("Put the plan on screen at the end of the queue"))
        self.go_button = self._button("", self.tr("Carry out what waits, one after the other"))
        self.add_button.clicked.connect(self.addRequested)
        self.go_button.clicked.connect(lambda: self.goRequested.emit(not self._queue.going))
        self.table = self._make_table()
        hint = self.tr("Nothing is lined up. Set up a plan and press Add plan; then another, then Run queue.")
        self._hint = QLabel(hint)
        self._hint.setProperty("secondary", True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.table)
        head, foot = QHBoxLayout(), FlowLayout()
        head.setSpacing(8)
        head.addWidget(self._summary, 1)
        head.addWidget(self.add_button)
        head.addWidget(self.go_button)
        self._make_edits(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
        self.show_queue(self._queue, owned=True)

    def set_theme(self, theme: Theme) -> None:
        """Colour the states."""
        self._theme = theme
        self.table.set_theme(theme)
        self._fill()

    def show_queue(self, queue: Queue, *, owned: bool) -> None:
        """Replace what is shown; the selected entry stays selected. Where it is not `owned`, nothing can be changed here."""
        self._queue, self._owned = queue, owned
        self._fill()

    @property
    def selected(self) -> Entry | None:
        """The entry that the buttons are about."""
        row = self.table.currentRow()
        return self._queue.entries[row] if 0 <= row < len(self._queue.entries) else None

    def select(self, entry_id: str) -> None:
        """Select an entry."""
        for row, entry in enumerate(self._queue.entries):
            if entry.id == entry_id:
                self.table.setCurrentCell(row, NAME)

    def _fill(self) -> None:
        chosen = self._chosen
        idle = {row for row, entry in enumerate(self._queue.entries) if entry.state != "running"}
        self.table.movable = frozenset(idle if self._owned else ())
        self.table.setRowCount(len(self._queue.entries))
        for row, entry in enumerate(self._queue.entries):
            like = LIKE.get(entry.state, entry.state)
            state = QTableWidgetItem(f"{STATE_SIGNS[like]} {self._word(entry.state)}")
            colour = self._theme.secondary if entry.state == "waiting" else getattr(self._theme, STATE_COLOURS[like])
            state.setForeground(QColor(colour))
            self.table.setItem(row, STATE, state)
            self.table.setItem(row, NAME, QTableWidgetItem(f"{row + 1}.  {entry.name}"))
            detail = QTableWidgetItem(told(entry.reason) or self._describe(entry))
            detail.setToolTip(detail.text())
            self.table.setItem(row, DETAIL, detail)
        if chosen is not None:
            self.select(chosen)
        self._pages.setCurrentIndex(1 if self._queue.entries else 0)
        self._choose()

    def _describe(self, entry: Entry) -> str:
        """What tells a plan from the others at a glance."""
        plan = entry.plan
        if plan.training.max_steps is not None:
            length = self.tr("steps {0}").format(f"{plan.training.max_steps:,}")
        else:
            length = self.tr("epochs {0}").format(f"{plan.training.epochs:g}")
        rank = self.tr("rank {0}").format(plan.lora.rank)
        rate = self.tr("learning rate {0}").format(f"{plan.training.learning_rate:g}")
        return "  ·  ".join((rank, length, rate))

    def _make_table(self) -> QueueTable:
        table = QueueTable(3)
        table.setObjectName("queueTable")
        table.setAccessibleName(self.tr("Queue"))
        table.setAccessibleDescription(self.tr("Rows can be dragged to another place, or moved by Alt+Up and Alt+Down"))
        table.setHorizontalHeaderLabels([self.tr("State"), self.tr("Plan"), self.tr("What it does, or why it failed")])
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(header.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        table.currentCellChanged.connect(self._choose)
        table.rowDragged.connect(self._move)
        table.cellDoubleClicked.connect(lambda *_: self._open())
        return table

    def _make_edits(self, row: FlowLayout) -> None:
        self.edits: dict[str, QPushButton] = {}
        for name, text, hint, keys, work in (
            (
                "up",
                self.tr("Up"),
                self.tr("Carry it out earlier (Alt+Up); a row can be dragged, too"),
                "Alt+Up",
                lambda i: self.moveRequested.emit(i, -1),
            ),
            (
                "down",
                self.tr("Down"),
                self.tr("Carry it out later (Alt+Down); a row can be dragged, too"),
                "Alt+Down",
                lambda i: self.moveRequested.emit(i, 1),
            ),
            (
                "take_back",
                self.tr("Edit"),
                self.tr("Take the plan out of the queue, back into the form"),
                "",
                self.takeBackRequested.emit,
            ),
            (
                "again",
                self.tr("Try again"),
                self.tr("Let it wait again, for a new run"),
                "",
                self.tryAgainRequested.emit,
            ),
            (
                "remove",
                self.tr("Remove"),
                self.tr("Take it out of the queue; a run that it left stays"),
                "Delete",
                self.removeRequested.emit,
            ),
        ):
            button = self._button(text, hint)
            button.setAccessibleName(self.tr("{0}: the selected plan of the queue").format(text))
            button.clicked.connect(lambda _checked=False, work=work: self._ask(work))
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self.table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(button.click)
            row.addWidget(button)
            self.edits[name] = button
        self.clear_button = self._button(self.tr("Clear ended"), self.tr("Take out everything that has ended"))
        self.clear_button.clicked.connect(self.clearRequested)
        row.addWidget(self.clear_button)

    def _button(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.setAccessibleName(text)
        return button

    def _ask(self, work: Callable[[str], None]) -> None:
        entry = self.selected
        if entry is not None:
            work(entry.id)

    def _move(self, row: int, by: int) -> None:
        self.moveRequested.emit(self._queue.entries[row].id, by)

    def _open(self) -> None:
        entry = self.selected
        if entry is not None and entry.run is not None:
            self.openRequested.emit(entry.run)

    def _choose(self) -> None:
        entry = self.selected
        self._chosen = None if entry is None else entry.id
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        queue, entry = self._queue, self.selected
        waiting = sum(other.state == "waiting" for other in queue.entries)
        ended = [other for other in queue.entries if other.state in ("done", "stopped", "failed")]
        failed = sum(other.state == "failed" for other in ended)
        self.go_button.setText(self.tr("Hold queue") if queue.going else self.tr("Run queue"))
        self.go_button.setAccessibleName(self.go_button.text())
        self.go_button.setEnabled(self._owned and (queue.going or waiting > 0))
        self.add_button.setEnabled(self._owned)
        self.clear_button.setEnabled(self._owned and bool(ended))
        place = -1 if entry is None else queue.entries.index(entry)
        idle = self._owned and entry is not None and entry.state != "running"
        allowed = {
            "up": idle and place > 0,
            "down": idle and place < len(queue.entries) - 1,
            "take_back": idle and entry is not None and entry.state == "waiting",
            "again": idle and entry is not None and entry.state in ("stopped", "failed"),
            "remove": idle,
        }
        for name, button in self.edits.items():
            button.setEnabled(allowed[name])
        words = [self.tr("{0} waiting").format(waiting), self.tr("{0} ended").format(len(ended))]
        if failed:
            words.append(self.tr("{0} of them failed").format(failed))
        if not self._owned:
            words = [self.tr("Another window carries out this queue.")]
        elif queue.entries and not queue.going:
            words.append(self.tr("held: nothing new begins") if queue.running else self.tr("not running"))
        self._summary.setText(",  ".join(words) if queue.entries or not self._owned else "")

    def _word(self, state: str) -> str:
        return {
            "waiting": self.tr("waiting"),
            "running": self.tr("running"),
            "done": self.tr("done"),
            "stopped": self.tr("stopped"),
            "failed": self.tr("failed"),
        }[state]
