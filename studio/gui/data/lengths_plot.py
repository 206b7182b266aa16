"""The plot of the rows' lengths, with a cut-off line that can be dragged."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy

from studio.gui.data.cutoff import LengthCounts
from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.run.axes import NumberAxis, ValueAxis, round_spacing
from studio.gui.run.canvas import PlotCanvas, small_font
from studio.gui.run.legend import LegendEntry
from studio.gui.run.plot_card import PlotCard
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column

MOST_BARS = 90
SHORTEST, FURTHEST = 8, 1_048_576  # what a plan's max_length may be
ROOM = 1.25  # how far beyond the longest row a cut-off is shown, times


class TokensAxis(NumberAxis):
    """The axis of tokens in a row: whole numbers."""

    def __init__(self) -> None:
        super().__init__("bottom", QT_TRANSLATE_NOOP("Card", "tokens in a row"))

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """One level of ticks, at least a token apart."""
        return [(max(1.0, round_spacing(maxVal - minVal, size / 64)), 0)]


class LengthsPlot(PlotCard):
    """`cutMoved` carries a cut-off while it is dragged, `cutChosen` where it was let go."""

    cutMoved = Signal(int)
    cutChosen = Signal(int)

    def __init__(self, clock: RedrawClock) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Card", "Lengths"),
            "lengthsPlot",
            PlotCanvas(TokensAxis(), ValueAxis(QT_TRANSLATE_NOOP("Card", "rows"))),
            clock,
        )
        self.hint = self.tr("How long the rows are appears here once all of them are read.")
        self.reset_button.setToolTip(self.tr("Show all lengths"))
        self.counts = LengthCounts()
        self._cut = 0
        self._window: tuple[float, float] | None = None
        self._pointed: float | None = None
        self.kept_bars = pg.BarGraphItem(x0=[], width=1, height=[])
        self.cut_bars = pg.BarGraphItem(x0=[], width=1, height=[])
        self.line = pg.InfiniteLine(angle=90, movable=True)
        self.line.setCursor(Qt.CursorShape.SizeHorCursor)
        self.label = pg.InfLineLabel(self.line, "", position=0.94, anchors=[(1.08, 0.5), (-0.08, 0.5)])
        for item in (self.kept_bars, self.cut_bars, self.line):
            self.canvas.addItem(item, ignoreBounds=True)
        self.line.setZValue(10)
        self.line.sigDragged.connect(self._drag)
        self.line.sigPositionChangeFinished.connect(self._let_go)
        self.canvas.moved.connect(self._hold)
        self.canvas.pointed.connect(self._point)
        # The plot takes the height that is left; what pyqtgraph would like is far too much.
        self.canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.canvas.setMinimumHeight(150)
        self.restyle()

    def show_counts(self, counts: LengthCounts) -> None:
        """Show how long the rows are."""
        self.counts, self._window = counts, None
        self.changed()

    def show_cut(self, cut: int) -> None:
        """Put the line where rows are cut."""
        self._cut = cut
        self.changed()

    def is_empty(self) -> bool:
        """Nothing is known of the rows."""
        return not self.counts

    def columns(self) -> dict[str, Column]:
        """tokens and rows."""
        return {"tokens": self.counts.lengths.astype(np.float64), "rows": self.counts.rows.astype(np.float64)}

    def legend_entries(self) -> list[LegendEntry]:
        """What the bars and the line are."""
        line = self.pen(self.theme.limit, 2.0, Qt.PenStyle.DashLine)
        return [
            LegendEntry(self.tr("kept whole"), self.pen(self.theme.loss), block=True),
            LegendEntry(self.tr("cut"), self._cut_pen(), block=True),
            LegendEntry(self.tr("cut-off, drag it"), line),
        ]

    def reset_view(self) -> None:
        """Show all lengths."""
        self._window = None
        self.changed()

    def restyle(self) -> None:
        """Bars and line in the theme's colours."""
        ground = QColor(self.theme.card)
        for bars, colour in ((self.kept_bars, QColor(self.theme.loss)), (self.cut_bars, self._cut_pen().color())):
            bars.setOpts(brush=colour, pen=pg.mkPen(ground, width=0.5))
        self.line.setPen(self.pen(self.theme.limit, 2.0, Qt.PenStyle.DashLine))
        self.line.setHoverPen(self.pen(self.theme.limit, 3.0))
        self.label.setColor(QColor(self.theme.text))
        self.label.fill = pg.mkBrush(self.theme.card)
        self.label.setFont(small_font(self.font()))

    def draw(self) -> None:
        """Bars of the lengths in sight, the line, the figure."""
        empty = self.is_empty()
        self.line.setVisible(not empty)
        self.reset_button.setVisible(self._window is not None and not empty)
        if empty:
            for bars in (self.kept_bars, self.cut_bars):
                bars.setOpts(x0=[], height=[], width=1)
            self.set_figure("")
            return
        window = self._window or (0.0, self._furthest)
        x, rows, width = self.counts.bars(*window, MOST_BARS)
        # A bar through which the line goes is cut where the line is not at its right end.
        cut = x + width > self._cut + 1
        self.kept_bars.setOpts(x0=x[~cut], height=rows[~cut], width=width)
        self.cut_bars.setOpts(x0=x[cut], height=rows[cut], width=width)
        self.canvas.show_range(window, (0.0, max(float(rows.max(initial=0)), 1.0) * 1.12))
        self.line.setValue(self._place_of(self._cut))
        self._write_cut()
        self._show_reading(x, rows, width)

    def _cut_pen(self) -> pg.QtGui.QPen:
        return self.pen(self.theme.limit, alpha=0.75)

    @property
    def _furthest(self) -> float:
        """The right end of all lengths, with room for a cut-off that lies a little beyond them."""
        longest = max(self.counts.longest, SHORTEST)
        return float(max(longest * 1.04, min(self._cut * 1.04, longest * ROOM)) + 1)

    def _place_of(self, cut: int) -> float:
        """Where the line stands: the bar of `cut` tokens is whole, those behind it are cut."""
        return min(cut + 1.0, self._furthest * 0.998)

    def _drag(self) -> None:
        cut = min(max(round(self.line.value()) - 1, SHORTEST), FURTHEST)
        if cut != self._cut:
            self._cut = cut
            self._write_cut()
            self.cutMoved.emit(cut)
            self.changed()

    def _write_cut(self) -> None:
        # As a format: pyqtgraph writes it anew whenever the line moves.
        self.label.setFormat(f"{self._cut:,} →" if self._cut > self._furthest else f"{self._cut:,}")

    def _let_go(self) -> None:
        self.cutChosen.emit(self._cut)

    def _hold(self) -> None:
        self._window = self.canvas.x_range
        self.changed()

    def _point(self, x: float | None) -> None:
        self._pointed = x
        self.changed()

    def _show_reading(self, x: np.ndarray, rows: np.ndarray, width: int) -> None:
        """The bar under the pointer, or how many rows there are."""
        at = None if self._pointed is None else int(np.searchsorted(x, self._pointed, side="right")) - 1
        if at is None or not 0 <= at < len(x):
            self.set_figure(self.tr("{0:,} rows").format(self.counts.total_rows))
            return
        span = f"{x[at]:,}" if width == 1 else f"{x[at]:,} – {x[at] + width - 1:,}"
        self.set_figure(self.tr("{0} tokens: {1:,} rows").format(span, int(rows[at])))
