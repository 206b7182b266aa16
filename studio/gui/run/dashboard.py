"""The dashboard: the live views of a run, arranged as the centre of the window."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QTabWidget, QToolButton, QVBoxLayout, QWidget

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
HEIGHTS = [250, 240, 0, 210]
ALL_HEIGHTS = [190, 180, 150, 150]
NARROW = 560  # pixels below which the small plots stand one above the other
WIDE_AND_NARROW = [450, 350]


class Dashboard(QWidget):
    """Loss and memory above; layers and parameters below them; then samples, and beside them, in tabs, the small plots and
    the plan of the run. `all_action`, while checked, brings the small plots out of their tabs into a row of their own.

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
        self.all_action = QAction(self.tr("All plots"), self)
        self.all_action.setShortcut("Ctrl+L")
        self.all_action.setToolTip(self.tr("Show every plot at once, none behind a tab (Ctrl+L)"))
        self.all_action.setCheckable(True)
        self.all_action.toggled.connect(self._show_all)
        self._arrange()
        self.set_theme(LIGHT)

    def reset_layout(self) -> None:
        """As on the first start: the small plots in tabs, every row and column at its first size."""
        self.all_action.setChecked(False)
        self._set_sizes()

    def set_matrix(self, matrix: QWidget) -> None:
        """Put the matrix of layers and projections into its place, left of the parameters."""
        self._middle.insertWidget(0, matrix)
        self._middle.setStretchFactor(0, 5)
        self._middle.setStretchFactor(1, 3)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(self._middle.minimumSizeHint().width() + bar)
        self._set_sizes()

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
        self._top = _splitter(Qt.Orientation.Horizontal, self.loss, self.memory, stretch=(5, 3))
        self._middle = _splitter(Qt.Orientation.Horizontal, self.parameters, stretch=(1,))
        self._row = _splitter(Qt.Orientation.Horizontal)
        self._row.hide()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Samples, further plots and the plan"))
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)  # names give way, so that no tab is out of sight
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.addTab(self.samples, self.tr("Samples"))
        self.tabs.addTab(self.plan, self.tr("Plan"))
        button = QToolButton()
        button.setDefaultAction(self.all_action)
        button.setAccessibleName(self.all_action.text())
        self.tabs.setCornerWidget(button)
        self._rows = _splitter(
            Qt.Orientation.Vertical, self._top, self._middle, self._row, self.tabs, stretch=(4, 4, 3, 3)
        )
        self._show_all(False)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is too low for all rows scrolls; what is too narrow for three plots stacks them."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._row.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def _small_plots(self) -> tuple[tuple[PlotCard, str], ...]:
        return (
            (self.learning_rate, self.tr("Learning rate")),
            (self.gradient, self.tr("Gradient norm")),
            (self.speed, self.tr("Speed")),
        )

    def _show_all(self, at_once: bool) -> None:
        """Put the small plots beside each other, or one behind the other between the samples and the plan."""
        for place, (plot, title) in enumerate(self._small_plots(), 1):
            if at_once:
                self._row.addWidget(plot)  # which takes it out of the tabs
                plot.show()
            else:
                self.tabs.insertTab(place, plot, title)
        self._row.setVisible(at_once)
        self._set_sizes()

    def _set_sizes(self) -> None:
        for row in (self._top, self._middle):
            row.setSizes(WIDE_AND_NARROW)
        self._row.setSizes([1] * self._row.count())
        self._rows.setSizes(ALL_HEIGHTS if self.all_action.isChecked() else HEIGHTS)


def _splitter(orientation: Qt.Orientation, *widgets: QWidget, stretch: tuple[int, ...] = ()) -> QSplitter:
    """Widgets that the user can resize but not lose."""
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(GAP)
    for index, (widget, factor) in enumerate(zip(widgets, stretch, strict=True)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(index, factor)
    return splitter
