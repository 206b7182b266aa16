"""The plot of trainable parameters: a bar for each layer, stacked by kind."""

from collections.abc import Mapping

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QBrush, QColor

from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.run.axes import NumberAxis, ValueAxis
from studio.gui.run.canvas import PlotCanvas
from studio.gui.run.layers import KINDS, LayerBar, bars_by_layer
from studio.gui.run.legend import LegendEntry
from studio.gui.run.plot_card import PlotCard
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column
from studio.plan.words import count_text

BAR_WIDTH = 0.64
UNITS = (
    (1e9, QT_TRANSLATE_NOOP("ParametersPlot", "billions")),
    (1e6, QT_TRANSLATE_NOOP("ParametersPlot", "millions")),
    (1e3, QT_TRANSLATE_NOOP("ParametersPlot", "thousands")),
    (1.0, QT_TRANSLATE_NOOP("ParametersPlot", "parameters")),
)
COLOURS = {"attention": "attention", "mlp": "mlp", "other": "secondary"}


class LayerAxis(NumberAxis):
    """The axis of layers: as many labels as there is room for."""

    def __init__(self) -> None:
        super().__init__("bottom", QT_TRANSLATE_NOOP("Card", "layer"))
        self._labels: list[str] = []

    def show_labels(self, labels: list[str]) -> None:
        """Name the bars."""
        self._labels = labels
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """Every bar, or every second, fifth, ... where they stand close."""
        room = max(1.0, size / 20)
        stride = next(
            stride for stride in (1, 2, 4, 8, 16, 32, 64, 128, 256, 1024) if len(self._labels) <= room * stride
        )
        return [(stride, [float(place) for place in range(0, len(self._labels), stride)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The layers' numbers."""
        return [self._labels[round(value)] for value in values]


class ParametersPlot(PlotCard):
    """Trainable parameters by layer: attention below, MLP on it, anything else on top. Shown before a run too, as the plan is edited."""

    def __init__(self, clock: RedrawClock) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Card", "Trainable parameters"),
            "parametersPlot",
            PlotCanvas(LayerAxis(), ValueAxis(QT_TRANSLATE_NOOP("Card", "parameters"))),
            clock,
        )
        self.hint = self.tr("Choose a model and its targets to see what each layer will train.")
        self._parameters: dict[str, int] = {}
        self._bars: list[LayerBar] = []
        self._hovered: int | None = None
        self.items = {kind: pg.BarGraphItem(x=[], height=[], width=BAR_WIDTH) for kind in KINDS}
        for item in self.items.values():
            self.canvas.addItem(item)
        self.canvas.view.setMouseEnabled(x=False, y=False)
        self.canvas.pointed.connect(self._point)

    @property
    def bars(self) -> tuple[LayerBar, ...]:
        """What is shown."""
        return tuple(self._bars)

    def show_targets(self, parameters: Mapping[str, int]) -> None:
        """Show targets with the trainable parameters of each; equal is silent."""
        if dict(parameters) != self._parameters:
            self._parameters = dict(parameters)
            self._bars = bars_by_layer(parameters)
            self.changed()

    def is_empty(self) -> bool:
        """No target is known."""
        return not self._bars

    def restyle(self) -> None:
        """Two blues and a grey, apart in lightness too."""
        for kind, item in self.items.items():
            item.setOpts(brush=QBrush(QColor(getattr(self.theme, COLOURS[kind]))), pen=self.pen(self.theme.card))

    def legend_entries(self) -> list[LegendEntry]:
        """The kinds that occur."""
        words = {"attention": self.tr("attention"), "mlp": self.tr("MLP"), "other": self.tr("other")}
        return [
            LegendEntry(words[kind], self.pen(getattr(self.theme, COLOURS[kind])), block=True)
            for kind in KINDS
            if any(getattr(bar, kind) for bar in self._bars)
        ]

    def columns(self) -> dict[str, Column]:
        """layer (the one after the last: outside all layers) and the parameters of each kind."""
        return {"layer": np.arange(len(self._bars), dtype=np.float64)} | {
            f"{kind}_parameters": self._heights(kind) for kind in KINDS
        }

    def draw(self) -> None:
        """Bars, range, figure."""
        unit, word = next(unit for unit in UNITS if self._highest() >= unit[0] or unit[0] == 1)
        self.canvas.y_axis.set_title(QCoreApplication.translate("ParametersPlot", word))
        places = np.arange(len(self._bars), dtype=np.float64)
        ground = np.zeros(len(self._bars))
        for kind, item in self.items.items():
            heights = self._heights(kind) / unit
            item.setOpts(x=places, y0=ground, height=heights, width=BAR_WIDTH)
            ground = ground + heights
        axis = self.canvas.x_axis
        assert isinstance(axis, LayerAxis)
        axis.show_labels([bar.label for bar in self._bars])
        self.canvas.show_range((-0.7, max(len(self._bars), 4) - 0.3), (0.0, self._highest() / unit * 1.06 or 1.0))
        self._show_figure()

    def reset_view(self) -> None:
        """Draw anew; this plot always shows all layers."""
        self.changed()

    def _heights(self, kind: str) -> Column:
        return np.array([getattr(bar, kind) for bar in self._bars], dtype=np.float64)

    def _highest(self) -> int:
        return max((bar.total for bar in self._bars), default=0)

    def _point(self, x: float | None) -> None:
        index = None if x is None or not self._bars else min(max(round(x), 0), len(self._bars) - 1)
        self._hovered = index
        self.canvas.show_reading(None if index is None else float(index))
        self._show_figure()

    def _show_figure(self) -> None:
        text = "" if self.is_empty() else count_text(sum(self._parameters.values()))
        if self._hovered is not None and self._hovered < len(self._bars):
            bar = self._bars[self._hovered]
            counts = [(self.tr("attention"), bar.attention), (self.tr("MLP"), bar.mlp), (self.tr("other"), bar.other)]
            parts = [f"{word} {count_text(count)}" for word, count in counts if count]
            place = self.tr("layer {0}").format(bar.label) if bar.label.isdigit() else bar.label
            text = f"{place}   {' · '.join(parts) or '0'}"
        self.set_figure(text)
        self.canvas.setAccessibleDescription(text or self.hint)
