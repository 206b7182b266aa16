"""The page of the runs: the table above; the queue, the comparison of what is selected, its notes below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QTabWidget, QVBoxLayout, QWidget

from studio.gui.desktop.sentences import told_error
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.runs.differences_table import DifferencesTable
from studio.gui.runs.notes_panel import NotesPanel
from studio.gui.runs.overlay_plot import MOST_RUNS, OverlayPlot
from studio.gui.runs.queue_panel import QueuePanel
from studio.gui.runs.run_facts import DAMAGED, RunFacts
from studio.gui.runs.runs_table import RunsTable
from studio.gui.theme import LIGHT, Theme
from studio.plan.errors import StudioError
from studio.runs.curve import read_curve
from studio.runs.differences import differences

GAP = 8
HEIGHTS = [360, 320]
POINTS = 5000  # of all lines of the overlay together, so that it is read in about a tenth of a second
MOST_POINTS = 1000  # of one line: more than it has pixels


class RunsPage(QWidget):
    """Arranges the panels, and shows the selected runs in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RunsTable()
        self.clock = RedrawClock(self)
        self.overlay = OverlayPlot(self.clock)
        self.differences = DifferencesTable()
        self.notes = NotesPanel()
        self.queue = QueuePanel()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Queue, comparison and notes"))
        self.tabs.tabBar().setDrawBase(False)
        for panel, title in (
            (self.overlay, self.tr("Overlay")),
            (_on_card(self.differences), self.tr("What differs")),
            (_on_card(self.notes), self.tr("Notes")),
            (_on_card(self.queue), self.tr("Queue")),
        ):
            self.tabs.addTab(panel, title)
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setChildrenCollapsible(False)
        rows.setHandleWidth(GAP)
        rows.addWidget(_on_card(self.table))
        rows.addWidget(self.tabs)
        rows.setSizes(HEIGHTS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(rows)
        self.table.chosen.connect(self.show_chosen)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in a theme's colours."""
        for view in (self.table, self.overlay, self.queue):
            view.set_theme(theme)

    def show_overlay(self) -> None:
        """Draw what the selected runs have reported by now."""
        readable = _readable(self.table.selected_runs)
        most = min(MOST_POINTS, POINTS // max(1, len(readable)))
        self.overlay.show_curves([(facts.name, read_curve(facts.run.events_file, most)) for facts in readable])

    def show_chosen(self, chosen: list[RunFacts]) -> None:
        """Overlay and compare these runs; the notes are those of the only one."""
        readable = _readable(chosen)
        self.show_overlay()
        self.notes.show_run(readable[0] if len(readable) == 1 else None)
        if len(readable) < 2:
            self.differences.show_hint(self.tr("Select several runs (Ctrl or Shift and a click) to see what differs."))
            return
        try:
            plans = [facts.run.plan() for facts in readable]
        except StudioError as error:
            self.differences.show_hint(told_error(error))
            return
        self.differences.show_differences([facts.name for facts in readable], differences(plans))


def _readable(chosen: list[RunFacts]) -> list[RunFacts]:
    """As many runs as can be told apart; those that are damaged are left out."""
    return [facts for facts in chosen if facts.state != DAMAGED][:MOST_RUNS]


def _on_card(panel: QWidget) -> QFrame:
    """A panel on a white sheet."""
    card = QFrame()
    card.setProperty("card", True)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.addWidget(panel)
    return card
