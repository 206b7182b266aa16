"""The loss plot: each step, the trend, the evaluations, the best one."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.run.canvas import small_font
from studio.gui.run.legend import LegendEntry
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column, RunSeries
from studio.gui.run.step_link import StepLink
from studio.gui.run.step_plot import StepPlot, finite_bounds

RAW_ALPHA = 0.4
TOP_SHARE = 0.96  # how high in the view the label of the best evaluation stands


class LossPlot(StepPlot):
    """Mean loss per supervised token, in nats: raw (soft), smoothed (bold), evaluation (dashed, dots), best (dotted, its value)."""

    def __init__(self, series: RunSeries, clock: RedrawClock, link: StepLink) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Card", "Loss"),
            "lossPlot",
            QT_TRANSLATE_NOOP("Card", "nats per token"),
            series,
            clock,
            link,
        )
        self.hint = self.tr("The loss of each step appears here once the run has started.")
        self.raw = self.add_curve()
        self.smoothed = self.add_curve()
        self.evaluation = self.add_curve()
        self.evaluation.setSymbol("o")
        self.evaluation.setSymbolSize(7)
        self.best_line = pg.InfiniteLine(angle=90, movable=False)
        self.best_label = pg.TextItem()
        for item in (self.best_line, self.best_label):
            item.hide()
            self.canvas.addItem(item, ignoreBounds=True)
        self.canvas.view.sigRangeChanged.connect(self._place_best)
        self.log_button = self.add_button(self.tr("Log"), self.tr("Logarithmic loss axis"))
        self.log_button.setAccessibleName(self.tr("Logarithmic loss axis"))
        self.log_button.setCheckable(True)
        self.log_button.toggled.connect(self._set_log)

    def restyle(self) -> None:
        """Blue for the loss, orange for evaluation."""
        theme = self.theme
        self.raw.setPen(self.pen(theme.loss, alpha=RAW_ALPHA))
        self.smoothed.setPen(self.pen(theme.loss, 2))
        self.evaluation.setPen(self.pen(theme.evaluation, 1.5, Qt.PenStyle.DashLine))
        self.evaluation.setSymbolBrush(QColor(theme.evaluation))
        self.evaluation.setSymbolPen(self.pen(theme.card))
        self.best_line.setPen(self.pen(theme.secondary, style=Qt.PenStyle.DotLine))
        self.best_label.setColor(QColor(theme.secondary))
        self.best_label.setFont(small_font(self.font()))

    def legend_entries(self) -> list[LegendEntry]:
        """The lines that are there."""
        entries = [
            LegendEntry(self.tr("each step"), self.raw.opts["pen"]),
            LegendEntry(self.tr("smoothed"), self.smoothed.opts["pen"]),
        ]
        if len(self.series.evaluations):
            entries.append(LegendEntry(self.tr("evaluation"), self.evaluation.opts["pen"], marker=True))
        return entries

    def columns(self) -> dict[str, Column]:
        """step, loss, smoothed_loss, evaluation_loss."""
        points, evaluations = self.series.points, self.series.evaluations
        steps = np.union1d(points["step"], evaluations["step"])
        columns = {"step": steps}
        for name, own_steps, values in (
            ("loss", points["step"], points["loss"]),
            ("smoothed_loss", points["step"], points["smoothed"]),
            ("evaluation_loss", evaluations["step"], evaluations["loss"]),
        ):
            columns[name] = np.full(len(steps), np.nan)
            columns[name][np.searchsorted(steps, own_steps)] = values
        return columns

    def update_curves(self) -> None:
        """The newest data."""
        points, evaluations = self.series.points, self.series.evaluations
        self.raw.setData(points["step"], _finite(points["loss"]))
        self.smoothed.setData(points["step"], points["smoothed"])
        self.evaluation.setData(evaluations["step"], _finite(evaluations["loss"]))
        self._place_best()

    def bounds(self, points: slice, steps: tuple[float, float]) -> tuple[float, float] | None:
        """All three curves, as log10 on a log axis."""
        series = self.series
        seen = (series.evaluations["step"] >= steps[0]) & (series.evaluations["step"] <= steps[1])
        columns = [series.points["loss"][points], series.evaluations["loss"][seen]]
        if not self.log_button.isChecked():
            return finite_bounds(*columns)
        bounds = finite_bounds(*(column[column > 0] for column in columns))
        return None if bounds is None else (math.log10(bounds[0]), math.log10(bounds[1]))

    def figure_text(self, index: int | None) -> str:
        """step, smoothed loss, last evaluation; under the reading line also the raw loss."""
        points, evaluations = self.series.points, self.series.evaluations
        at = -1 if index is None else index
        step = points["step"][at]
        parts = [self.tr("step {0}").format(f"{step:,.0f}")]
        if index is None:
            parts.append(f"{points['smoothed'][at]:.3f}")
        else:
            parts.append(
                self.tr("{0}, smoothed {1}").format(f"{points['loss'][at]:.3f}", f"{points['smoothed'][at]:.3f}")
            )
        scored = int(np.searchsorted(evaluations["step"], step, side="right"))
        if scored:
            parts.append(self.tr("eval {0}").format(f"{evaluations['loss'][scored - 1]:.3f}"))
        return "   ".join(parts)

    def short_figures(self, index: int | None) -> tuple[str, ...]:
        """Step and loss, then the loss alone: smoothed, or the raw one under the reading line."""
        points, at = self.series.points, -1 if index is None else index
        loss = f"{points['smoothed' if index is None else 'loss'][at]:.3f}"
        step = self.tr("step {0}").format(f"{points['step'][at]:,.0f}")
        return f"{step}   {loss}", loss

    def _set_log(self, log: bool) -> None:
        self.canvas.getPlotItem().setLogMode(x=False, y=log)
        self.reset_view()

    def _place_best(self) -> None:
        best = self.series.best
        for item in (self.best_line, self.best_label):
            item.setVisible(best is not None)
        if best is None:
            return
        step, loss = best
        (first, last), (low, high) = self.canvas.view.viewRange()
        self.best_line.setPos(step)
        self.best_label.setText(self.tr("best {0}").format(f"{loss:.3f}"))
        # The label keeps inside: left of the line where there is no room on its right.
        self.best_label.setAnchor((1, 0) if step > first + 0.75 * (last - first) else (0, 0))
        self.best_label.setPos(step, low + (high - low) * TOP_SHARE)


def _finite(values: Column) -> Column:
    """Infinity leaves a gap, as NaN does."""
    return values if np.isfinite(values).all() else np.where(np.isfinite(values), values, np.nan)
