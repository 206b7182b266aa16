"""The losses of several runs over each other, by step, tokens or time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QComboBox

from studio.gui.run.axes import NumberAxis, ValueAxis
from studio.gui.run.canvas import PlotCanvas
from studio.gui.run.legend import LegendEntry
from studio.gui.run.plot_card import PlotCard
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column, Smoother, span_for
from studio.plan.words import seconds_text, whole_text
from studio.runs.curve import Curve

COLOURS = ("loss", "limit", "memory", "learning_rate", "evaluation", "gradient")
DASHES = (
    Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DashDotDotLine,
)  # fmt: skip
MOST_RUNS = len(COLOURS) * len(DASHES)  # as many pairs of colour and dash, none twice: 6 and 5 have no common divisor
MARGIN = 0.06
LINE_WIDTH = 1.5  # thinner, dots all but vanish; a thousand points are drawn fast enough at this width


@dataclass(frozen=True)
class _Line:
    name: str
    curve: Curve
    smoothed: Column


class OverlayPlot(PlotCard):
    """One smoothed line a run. Each has a colour and a dash of its own, so that either alone tells neighbours apart."""

    def __init__(self, clock: RedrawClock) -> None:
        canvas = PlotCanvas(NumberAxis("bottom", "step"), ValueAxis("loss"))
        super().__init__(self.tr("Loss"), "overlayPlot", canvas, clock)
        self.hint = self.tr("Select one run or several in the table to see their losses here.")
        self._lines: list[_Line] = []
        self._curves = [self.add_curve() for _ in range(MOST_RUNS)]
        self._held = False
        self._reading: float | None = None
        self.by = QComboBox()
        self.by.setAccessibleName(self.tr("Draw the loss over"))
        self.by.setToolTip(self.tr("What the runs are lined up by"))
        for name, text in (
            ("steps", self.tr("by step")),
            ("tokens", self.tr("by tokens")),
            ("seconds", self.tr("by time")),
        ):
            self.by.addItem(text, name)
        self.by.currentIndexChanged.connect(self.reset_view)
        self.header.insertWidget(self.header.count() - 1, self.by)
        canvas.moved.connect(self._hold)
        canvas.pointed.connect(self._point)

    def show_curves(self, named: Sequence[tuple[str, Curve]]) -> None:
        """Replace the lines, at most MOST_RUNS; runs without a step are left out."""
        shown = [(name, curve) for name, curve in named if curve.steps][:MOST_RUNS]
        if [(line.name, line.curve) for line in self._lines] != shown:
            self._lines = [_Line(name, curve, _smoothed(curve)) for name, curve in shown]
            self.changed()

    def draw(self) -> None:
        """Lines, range, figure."""
        for place, curve in enumerate(self._curves):
            line = self._lines[place] if place < len(self._lines) else None
            if line is None:
                curve.setData([], [])
            else:
                curve.setData(self._across(line), line.smoothed)
        titles = {
            "steps": self.tr("step"),
            "tokens": self.tr("tokens"),
            "seconds": self.tr("seconds since the first step"),
        }
        self.canvas.x_axis.set_title(titles[self.by.currentData()])
        if self._lines and not self._held:
            high = max(float(line.smoothed.max()) for line in self._lines)
            low = min(float(line.smoothed.min()) for line in self._lines)
            air = (high - low) * MARGIN or 0.5
            end = max(float(self._across(line)[-1]) for line in self._lines)
            self.canvas.show_range((0.0, max(1.0, end * 1.02)), (low - air, high + air))
        self.reset_button.setVisible(self._held)
        self._show_figure()

    def restyle(self) -> None:
        """Colour and dash by place."""
        for place, curve in enumerate(self._curves):
            curve.setPen(self._pen_of(place))

    def legend_entries(self) -> list[LegendEntry]:
        """The runs' names."""
        return [LegendEntry(line.name, self._pen_of(place)) for place, line in enumerate(self._lines)]

    def columns(self) -> dict[str, Column]:
        """Step, tokens, seconds and loss of each run, filled up with NaN to one length."""
        longest = max((len(line.curve.steps) for line in self._lines), default=0)
        found: dict[str, Column] = {}
        for line in self._lines:
            for name in ("steps", "tokens", "seconds", "losses"):
                values = np.asarray(getattr(line.curve, name), dtype=np.float64)
                found[f"{line.name} {name}"] = np.pad(values, (0, longest - len(values)), constant_values=np.nan)
        return found

    def is_empty(self) -> bool:
        """No run with a step is shown."""
        return not self._lines

    def reset_view(self) -> None:
        """Show the whole runs again."""
        self._held = False
        self.changed()

    def _pen_of(self, place: int) -> QPen:
        colour = getattr(self.theme, COLOURS[place % len(COLOURS)])
        return self.pen(colour, width=LINE_WIDTH, style=DASHES[place % len(DASHES)])

    def _across(self, line: _Line) -> Column:
        return np.asarray(getattr(line.curve, self.by.currentData()), dtype=np.float64)

    def _hold(self) -> None:
        self._held = True
        self.changed()

    def _point(self, x: float | None) -> None:
        self._reading = x
        self.canvas.show_reading(x)
        self._show_figure()

    def _show_figure(self) -> None:
        if self._reading is None or not self._lines:
            thinned = any(line.curve.thinned for line in self._lines)
            text = self.tr("smoothed, evenly spread steps of long runs") if thinned else self.tr("smoothed")
            self.set_figure(text if self._lines else "")
            return
        place = max(0.0, self._reading)
        words = {
            "steps": self.tr("step {0}").format(f"{place:,.0f}"),
            "tokens": self.tr("{0} tokens").format(whole_text(place)),
            "seconds": seconds_text(place),
        }[self.by.currentData()]
        values = []
        for line in self._lines:
            across = self._across(line)
            at = int(np.searchsorted(across, place))
            values.append(f"{line.smoothed[at]:.3f}" if at < len(across) else "—")
        self.set_figure("   ".join([words, *values]))
        self.canvas.setAccessibleDescription(self.figure())


def _smoothed(curve: Curve) -> Column:
    smoother = Smoother(span_for(len(curve.steps)))
    return np.array([smoother.add(loss) for loss in curve.losses])
