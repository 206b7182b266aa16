"""The data window: how rows are read, what of each token is learnt, and what all rows come to."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from studio.gui.data.facts import preview_line, scan_line
from studio.gui.data.lengths_tab import LengthsTab
from studio.gui.data.lens_tab import LensTab
from studio.gui.data.picker import title_of
from studio.gui.data.rows_tab import RowsTab
from studio.gui.data.scan_strip import ScanStrip
from studio.gui.elided_label import ElidedLabel
from studio.gui.theme import Theme
from studio.plan.errors import StudioError
from studio.plan.plan import Plan


class DataWindow(QWidget):
    """A window beside the main one; what is shown comes in by `show_...`, what is wanted goes out by signals.

    `draftChanged` carries a plan whose first rows are to be read; `lensWanted` a row or a jump, the row it begins from, and whether
    rows are packed.
    """

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)
    draftChanged = Signal(object)
    lensWanted = Signal(object, int, bool)
    clearRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("dataWindow")
        self.setWindowTitle(self.tr("Data"))
        self.resize(1080, 760)
        self.setMinimumSize(780, 540)
        self._preview: dict[str, Any] = {}
        self._statistics: dict[str, Any] | None = None
        self._train = ""
        self._name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("large", True)
        self._facts = ElidedLabel()
        self._facts.setObjectName("dataWindowFacts")
        self._facts.setProperty("secondary", True)
        self.scan = ScanStrip()
        self.rows = RowsTab()
        self.fetch = self.rows.fetch
        self.lens = LensTab()
        self.lengths = LengthsTab()
        self._tabs = QTabWidget()
        self._tabs.setObjectName("dataTabs")
        self._tabs.setAccessibleName(self.tr("Views of the data"))
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        for keys in (QKeySequence.StandardKey.Close, QKeySequence.StandardKey.Cancel):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        for tab, title in (
            (self.rows, self.tr("&Rows and columns")),
            (self.lens, self.tr("&Tokens")),
            (self.lengths, self.tr("&Lengths and problems")),
        ):
            self._tabs.addTab(tab, title)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._name)
        head.addWidget(self._facts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.scan)
        layout.addWidget(self._tabs, 1)
        for part in (self.rows, self.lengths):
            part.planEdited.connect(self.planEdited)
            part.problemChanged.connect(self.problemChanged)
        self.rows.draftChanged.connect(self.draftChanged)
        self.lens.lensWanted.connect(self.lensWanted)
        self.lengths.rowChosen.connect(self.go_to_row)
        self.lengths.clearRequested.connect(self.clearRequested)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        for part in (self.rows, self.lens, self.lengths):
            part.set_theme(theme)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's data."""
        if plan.data.train != self._train:
            self._train, self._preview = plan.data.train, {}
            self._name.setText(title_of(plan.data.train))
            self._name.setToolTip(plan.data.train)
        for part in (self.rows, self.lens, self.lengths):
            part.show_plan(plan)
        self._show_facts()

    def show_preview(self, preview: dict[str, Any] | None) -> None:
        """Show the first rows; None while they are being read: what is there stays."""
        if preview is not None:
            self._preview = preview
        self.rows.show_preview(preview)
        self._show_facts()

    def show_problem(self, problem: StudioError | None) -> None:
        """Say what is wrong with the data."""
        self.rows.show_problem(problem)

    def show_statistics(self, statistics: dict[str, Any] | None) -> None:
        """Show what is known of all rows; None where it is not."""
        self._statistics = statistics
        self.lens.show_known(statistics is not None)
        self.lengths.show_statistics(statistics)
        self._show_facts()

    def show_draft(self, preview: dict[str, Any] | None, problem: StudioError | None) -> None:
        """Show the first rows as a draft of a template writes them, or why it cannot."""
        self.rows.show_draft(preview, problem)

    def show_lens(self, answer: dict[str, Any]) -> None:
        """Show a row token by token."""
        self.lens.show_row(answer)

    def show_lens_problem(self, sentence: str) -> None:
        """Say why a row cannot be shown."""
        self.lens.show_problem(sentence)

    def show_cleared(self, freed_bytes: int) -> None:
        """The prepared data are gone."""
        self.lengths.show_cleared(freed_bytes)

    def show_clear_problem(self, sentence: str) -> None:
        """The prepared data could not be cleared."""
        self.lengths.show_clear_problem(sentence)

    def go_to_row(self, row: int) -> None:
        """Show a row, by its number from 0, in the lens."""
        self._tabs.setCurrentWidget(self.lens)
        self.lens.go_to_unpacked(row)

    def _show_facts(self) -> None:
        known = self._statistics
        self._facts.setText(scan_line(known) if known is not None else preview_line(self._preview))
