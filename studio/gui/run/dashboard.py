"""The dashboard: the live views of a run, arranged as the centre of the window."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from studio.gui.run.loss_plot import LossPlot
from studio.gui.run.memory_plot import MemoryPlot
from studio.gui.run.parameters_plot import ParametersPlot
from studio.gui.run.plan_card import PlanCard
from studio.gui.run.plot_card import PlotCard
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.samples_table import SamplesTable
from studio.gui.run.series import RunSeries
from studio.gui.run.small_plots import GradientPlot, LearningRatePlot, SpeedPlot
from studio.gui.run.step_link import StepLink
from studio.gui.theme import LIGHT, Theme
from studio.plan.events import Event

GAP = 8
HEIGHTS = [250, 240, 210]
WIDE_AND_NARROW = [450, 350]


class Dashboard(QWidget):
    """Loss and memory above; layers and parameters below them; then samples, and beside them, in tabs, the small plots and
    the plan of the run.

    One RunSeries serves all plots over steps, one clock draws them, one link lets them be read and zoomed together.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.series = RunSeries()
        self.clock = RedrawClock(self)
        self.link = StepLink(self)
        shared = (self.series, self.clock, self.link)
        self.loss = LossPlot(*shared)
        self.memory = MemoryPlot(*shared)
        self.learning_rate = LearningRatePlot(*shared)
        self.gradient = GradientPlot(*shared)
        self.speed = SpeedPlot(*shared)
        self.parameters = ParametersPlot(self.clock)
        self.samples = SamplesTable(self.clock)
        self.plan = PlanCard()
        self._step_plots: tuple[PlotCard, ...] = (self.loss, self.memory, self.learning_rate, self.gradient, self.speed)
        self._arrange()
        self.set_theme(LIGHT)

    def set_matrix(self, matrix: QWidget) -> None:
        """Put the matrix of layers and projections into its place, left of the parameters."""
        self._middle.insertWidget(0, matrix)
        self._middle.setStretchFactor(0, 5)
        self._middle.setStretchFactor(1, 3)
        self._middle.setSizes(WIDE_AND_NARROW)

    def show_targets(self, parameters: Mapping[str, int]) -> None:
        """Show the trainable parameters of each target, before the run too."""
        self.parameters.show_targets(parameters)

    def take(self, events: list[Event]) -> None:
        """Add what the events say; drawing follows at its own pace."""
        if self.series.take(events):
            for plot in self._step_plots:
                plot.changed()
        self.samples.take(events)

    def clear(self) -> None:
        """Forget the run. The parameters stay: they belong to the plan."""
        self.series.clear()
        self.link.hover(None)
        self.link.follow()
        self.samples.clear()
        self.plan.show_run(None)
        for plot in self._step_plots:
            plot.reset_view()

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in a theme's colours."""
        for plot in (*self._step_plots, self.parameters):
            plot.set_theme(theme)
        self.samples.set_theme(theme)

    def _arrange(self) -> None:
        top = _splitter(Qt.Orientation.Horizontal, self.loss, self.memory, stretch=(5, 3))
        top.setSizes(WIDE_AND_NARROW)
        self._middle = _splitter(Qt.Orientation.Horizontal, self.parameters, stretch=(1,))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Samples, further plots and the plan"))
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.samples, self.tr("Samples"))
        for view, title in (
            (self.learning_rate, self.tr("Learning rate")),
            (self.gradient, self.tr("Gradient norm")),
            (self.speed, self.tr("Speed")),
            (self.plan, self.tr("Plan")),
        ):
            self.tabs.addTab(view, title)
        rows = _splitter(Qt.Orientation.Vertical, top, self._middle, self.tabs, stretch=(4, 4, 3))
        rows.setSizes(HEIGHTS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(rows)


def _splitter(orientation: Qt.Orientation, *widgets: QWidget, stretch: tuple[int, ...]) -> QSplitter:
    """Widgets that the user can resize but not lose."""
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(GAP)
    for index, (widget, factor) in enumerate(zip(widgets, stretch, strict=True)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(index, factor)
    return splitter
