"""The small plots: learning rate, gradient norm, speed."""

import numpy as np
from PySide6.QtCore import Qt

from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.run.axes import number_text
from studio.gui.run.legend import LegendEntry
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column, RunSeries
from studio.gui.run.step_link import StepLink
from studio.gui.run.step_plot import StepPlot, finite_bounds


class ColumnPlot(StepPlot):
    """One column of the run over its steps. `colour` names a colour of the theme."""

    column = ""
    colour = ""
    line = Qt.PenStyle.SolidLine
    unit = ""

    def __init__(
        self, heading: str, name: str, y_title: str, series: RunSeries, clock: RedrawClock, link: StepLink
    ) -> None:
        super().__init__(heading, name, y_title, series, clock, link)
        self.hint = self.tr("{0} appears here once the run has started.").format(heading)
        self.curve = self.add_curve()

    def restyle(self) -> None:
        """The colour that always means this column."""
        self.curve.setPen(self.pen(getattr(self.theme, self.colour), style=self.line))

    def legend_entries(self) -> list[LegendEntry]:
        """None: one line needs no legend."""
        return []

    def columns(self) -> dict[str, Column]:
        """step and the column."""
        return {"step": self.series.points["step"], self.column: self.series.points[self.column]}

    def update_curves(self) -> None:
        """The newest data."""
        values = self.series.points[self.column]
        self.curve.setData(self.series.points["step"], np.where(np.isfinite(values), values, np.nan))

    def bounds(self, points: slice, steps: tuple[float, float]) -> tuple[float, float] | None:
        """From nothing to the highest value."""
        bounds = finite_bounds(self.series.points[self.column][points])
        return None if bounds is None else (min(0.0, bounds[0]), bounds[1])

    def figure_text(self, index: int | None) -> str:
        """The newest value, or that under the reading line with its step."""
        points = self.series.points
        value = self.value_text(float(points[self.column][-1 if index is None else index]))
        return value if index is None else self.tr("step {0}   {1}").format(f"{points['step'][index]:,.0f}", value)

    def short_figures(self, index: int | None) -> tuple[str, ...]:
        """The value alone, then without its unit, which stands on the axis, with two digits and with one."""
        value = float(self.series.points[self.column][-1 if index is None else index])
        if not np.isfinite(value):
            return (self.value_text(value),)
        size = abs(value) or 1.0
        return self.value_text(value), number_text(value, size / 10), number_text(value, size)

    def value_text(self, value: float) -> str:
        """A value as it is written."""
        raise NotImplementedError


class LearningRatePlot(ColumnPlot):
    """The learning rate of each step."""

    column = "learning_rate"
    colour = "learning_rate"

    def __init__(self, series: RunSeries, clock: RedrawClock, link: StepLink) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Card", "Learning rate"),
            "learningRatePlot",
            QT_TRANSLATE_NOOP("Card", "learning rate"),
            series,
            clock,
            link,
        )

    def value_text(self, value: float) -> str:
        """1.25e-04"""
        return f"{value:.2e}"


class GradientPlot(ColumnPlot):
    """The norm of the gradient before it was clipped."""

    column = "grad_norm"
    colour = "gradient"

    def __init__(self, series: RunSeries, clock: RedrawClock, link: StepLink) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Card", "Gradient norm"),
            "gradientPlot",
            QT_TRANSLATE_NOOP("Card", "norm"),
            series,
            clock,
            link,
        )

    def value_text(self, value: float) -> str:
        """0.512"""
        return f"{value:.3g}"


class SpeedPlot(ColumnPlot):
    """Tokens per second: real ones, no padding."""

    column = "tokens_per_second"
    colour = "speed"

    def __init__(self, series: RunSeries, clock: RedrawClock, link: StepLink) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Card", "Speed"), "speedPlot", QT_TRANSLATE_NOOP("Card", "tokens/s"), series, clock, link
        )

    def value_text(self, value: float) -> str:
        """5,210 tokens/s"""
        return self.tr("{0} tokens/s").format(f"{value:,.0f}")
