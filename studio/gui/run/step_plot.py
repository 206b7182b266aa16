"""A plot over the steps of a run: it follows the run until the user zooms, and reads values under the pointer."""

import numpy as np
from PySide6.QtGui import QAction

from studio.gui.run.axes import StepAxis, ValueAxis
from studio.gui.run.canvas import PlotCanvas
from studio.gui.run.plot_card import PlotCard
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column, RunSeries
from studio.gui.run.step_link import StepLink

ROOM_TO_RESET = 216  # pixels of a card that has room for the figure and the button
MARGIN = 0.06  # of the height, above and below the curves


class StepPlot(PlotCard):
    """What a plot over steps adds to PlotCard: `update_curves`, `bounds`, `figure_text` and `short_figures`."""

    def __init__(
        self, heading: str, name: str, y_title: str, series: RunSeries, clock: RedrawClock, link: StepLink
    ) -> None:
        super().__init__(heading, name, PlotCanvas(StepAxis(), ValueAxis(y_title)), clock)
        self.series = series
        self._link = link
        self._y_held = False
        link.hoverMoved.connect(self._show_reading)
        link.windowChanged.connect(self._window_changed)
        self.canvas.pointed.connect(self._point)
        self.canvas.moved.connect(self._hold)
        self.canvas.holdRequested.connect(self.hold_or_follow)
        self.hold_action = QAction(self.tr("Hold all plots still (Space)"), self)
        self.hold_action.setCheckable(True)
        self.hold_action.triggered.connect(self.hold_or_follow)
        self.add_to_menu(self.hold_action)

    def update_curves(self) -> None:
        """Hand the newest data to the curves."""
        raise NotImplementedError

    def bounds(self, points: slice, steps: tuple[float, float]) -> tuple[float, float] | None:
        """Lowest and highest value to show at these points and steps; None where nothing is known."""
        raise NotImplementedError

    def figure_text(self, index: int | None) -> str:
        """The figure of the heading: the newest values, or those of the point under the reading line."""
        raise NotImplementedError

    def short_figures(self, index: int | None) -> tuple[str, ...]:
        """The same in fewer words, for a narrow card; each shorter than the one before."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """No step has been made."""
        return not len(self.series.points)

    def draw(self) -> None:
        """Curves, the range that is looked at, the figure."""
        self.update_curves()
        steps = self.series.points["step"]
        window = self._link.window or (0.0, max(1.0, self.series.last_step * 1.02))
        points = slice(int(np.searchsorted(steps, window[0])), int(np.searchsorted(steps, window[1], side="right")))
        bounds = None if self._y_held else self.bounds(points, window)
        if bounds is not None:
            air = (bounds[1] - bounds[0]) * MARGIN or abs(bounds[1]) * MARGIN or 0.5
            bounds = (bounds[0] - air if bounds[0] else 0.0, bounds[1] + air)
        self.canvas.show_range(window, bounds)
        moved = self._link.window is not None or self._y_held
        # On a narrow card it would leave no room for the figure; the wider ones above reset all plots of the link.
        self.reset_button.setVisible(moved and self.width() >= ROOM_TO_RESET)
        self.hold_action.setChecked(self._link.window is not None)
        self.hold_action.setEnabled(not self.is_empty())
        self._show_reading()

    def reset_view(self) -> None:
        """Follow the run again, in all plots of the link."""
        self._y_held = False
        self._link.follow()
        self.changed()

    def hold_or_follow(self) -> None:
        """Let all plots of the link stand still while the run goes on; asked again, follow it."""
        if self.is_empty():
            return
        if self._link.window is None:
            self._hold()
        else:
            self.reset_view()

    def _hold(self) -> None:
        self._y_held = True
        self._link.hold(*self.canvas.x_range)
        self.changed()

    def _window_changed(self) -> None:
        if self._link.window is None:
            self._y_held = False
        self.changed()

    def _point(self, x: float | None) -> None:
        index = None if x is None else self.series.points.at(x)
        self._link.hover(None if index is None else float(self.series.points["step"][index]))

    def _show_reading(self) -> None:
        step = self._link.hovered
        index = None if step is None else self.series.points.at(step)
        self.canvas.show_reading(None if index is None else step)
        text, shorter = ("", ()) if self.is_empty() else (self.figure_text(index), self.short_figures(index))
        self.set_figure(text, *shorter)
        self.canvas.setAccessibleDescription(text or self.hint)


def finite_bounds(*columns: Column) -> tuple[float, float] | None:
    """Lowest and highest finite value of all columns, or None where there is none."""
    finite = [column[np.isfinite(column)] for column in columns]
    filled = [column for column in finite if len(column)]
    if not filled:
        return None
    return min(float(column.min()) for column in filled), max(float(column.max()) for column in filled)
