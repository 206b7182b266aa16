"""The memory plot: what the run holds, what was predicted, where the limit is."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.run.legend import LegendEntry
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column, RunSeries
from studio.gui.run.step_link import StepLink
from studio.gui.run.step_plot import StepPlot, finite_bounds
from studio.plan.words import size_text

UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
FILL_ALPHA = 0.12
FAR = 2.5  # a limit so many times above everything else is named, not drawn: it would press the curve to the ground


class MemoryPlot(StepPlot):
    """Memory of the device where it has its own (allocated, reserved), else of the worker process; predicted peak dotted, limit dashed."""

    def __init__(self, series: RunSeries, clock: RedrawClock, link: StepLink) -> None:
        super().__init__(QT_TRANSLATE_NOOP("Card", "Memory"), "memoryPlot", "GB", series, clock, link)
        self.hint = self.tr("The memory that the run holds appears here, beside what was predicted.")
        self._unit, self._unit_name = UNITS[0]
        self.used = self.add_curve()
        self.used.setFillLevel(0)
        self.reserved = self.add_curve()
        self.predicted_line = pg.InfiniteLine(angle=0, movable=False)
        self.limit_line = pg.InfiniteLine(angle=0, movable=False)
        for line in (self.predicted_line, self.limit_line):
            line.hide()
            self.canvas.addItem(line, ignoreBounds=True)

    @property
    def on_device(self) -> bool:
        """Whether the run's memory is that of a device of its own."""
        return self.series.newest("allocated") is not None

    @property
    def predicted(self) -> int | None:
        """Bytes that the estimate expects at the peak."""
        return None if self.series.started is None else self.series.started.predicted_peak_bytes

    @property
    def limit(self) -> int | None:
        """Bytes that there are."""
        return None if self.series.started is None else self.series.started.limit_bytes

    def restyle(self) -> None:
        """Green for memory, vermillion for the limit."""
        theme = self.theme
        fill = QColor(theme.memory)
        fill.setAlphaF(FILL_ALPHA)
        self.used.setPen(self.pen(theme.memory, 2))
        self.used.setFillBrush(fill)
        self.reserved.setPen(self.pen(theme.memory, style=Qt.PenStyle.DashDotLine))
        self.predicted_line.setPen(self.pen(theme.secondary, 1.2, Qt.PenStyle.DotLine))
        self.limit_line.setPen(self.pen(theme.limit, 1.5, Qt.PenStyle.DashLine))

    def legend_entries(self) -> list[LegendEntry]:
        """The lines that are there; the limit with its size."""
        used = self.tr("allocated") if self.on_device else self.tr("in use")
        entries = [LegendEntry(used, self.used.opts["pen"])]
        if self.on_device:
            entries.append(LegendEntry(self.tr("reserved"), self.reserved.opts["pen"]))
        if self.predicted is not None:
            words = self.tr("predicted {0}").format(size_text(self.predicted))
            entries.append(LegendEntry(words, self.predicted_line.pen))
        if self.limit is not None:
            words = self.tr("limit {0}") if self._limit_is_near() else self.tr("limit {0}, above")
            entries.append(LegendEntry(words.format(size_text(self.limit)), self.limit_line.pen))
        return entries

    def columns(self) -> dict[str, Column]:
        """step and every kind of memory, in bytes."""
        kinds = ("rss", "allocated", "reserved", "device_used", "device_total")
        return {"step": self.series.points["step"]} | {f"{kind}_bytes": self.series.points[kind] for kind in kinds}

    def update_curves(self) -> None:
        """The newest data, in the unit that suits them."""
        points = self.series.points
        top = self._top()
        self._unit, self._unit_name = next((unit for unit in UNITS if top >= unit[0]), UNITS[-1])
        self.canvas.y_axis.set_title(self._unit_name)
        self.used.setData(points["step"], points["allocated" if self.on_device else "rss"] / self._unit)
        self.reserved.setData(points["step"], points["reserved"] / self._unit)
        self.reserved.setVisible(self.on_device)
        for line, size in ((self.predicted_line, self.predicted), (self.limit_line, self.limit)):
            line.setVisible(size is not None)
            if size is not None:
                line.setPos(size / self._unit)

    def bounds(self, points: slice, steps: tuple[float, float]) -> tuple[float, float] | None:
        """From nothing to the highest line that is near."""
        top = self.limit if self.limit is not None and self._limit_is_near() else self._top()
        return (0.0, top / self._unit) if top else None

    def figure_text(self, index: int | None) -> str:
        """What is held now; under the reading line what was held then."""
        if index is not None:
            return self.tr("step {0}   {1}").format(f"{self.series.points['step'][index]:,.0f}", self._held(index))
        return self.tr("{0} now").format(self._held(-1))

    def short_figures(self, index: int | None) -> tuple[str, ...]:
        """The size alone."""
        return (self._held(-1 if index is None else index),)

    def _held(self, at: int) -> str:
        held = self.series.points["reserved" if self.on_device else "rss"][at]
        return size_text(int(held)) if held == held else self.tr("not known")

    def _top(self) -> float:
        """The highest of the curves and the prediction, in bytes."""
        points = self.series.points
        bounds = (
            finite_bounds(points["reserved"], points["allocated"]) if self.on_device else finite_bounds(points["rss"])
        )
        return max(0.0 if bounds is None else bounds[1], self.predicted or 0.0)

    def _limit_is_near(self) -> bool:
        return self.limit is not None and self.limit <= FAR * self._top()
