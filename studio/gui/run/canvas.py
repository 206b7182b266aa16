"""The drawing area of a plot: pyqtgraph without its menus, driven by mouse and by keys."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QKeyEvent, QMouseEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel

from studio.gui.run.axes import NumberAxis
from studio.gui.theme import Theme

KEY_STEP = 0.02  # of the width, for a press of an arrow key
KEY_ZOOM = 0.8


class PlotCanvas(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A plot area. The arrow keys move the reading line, plus and minus zoom, Space holds, Escape shows everything again."""

    pointed = Signal(object)  # x under the pointer, or None
    moved = Signal()  # the user zoomed or dragged
    resetRequested = Signal()
    holdRequested = Signal()  # the user wants it to stand still

    def __init__(self, x_axis: NumberAxis, y_axis: NumberAxis) -> None:
        super().__init__(axisItems={"bottom": x_axis, "left": y_axis}, enableMenu=False)
        self.x_axis, self.y_axis = x_axis, y_axis
        self.view = self.getPlotItem().getViewBox()
        y_axis.setZValue(self.view.zValue() - 1)  # grid lines lie under bars and curves
        self.getPlotItem().hideButtons()
        # On the plot, not on a curve: a curve takes over the plot's modes when it is added.
        self.getPlotItem().setClipToView(True)
        self.getPlotItem().setDownsampling(auto=True, mode="peak")
        self.view.disableAutoRange()
        self.view.sigRangeChangedManually.connect(self.moved)
        self.reading = pg.InfiniteLine(angle=90, movable=False)
        self.reading.hide()
        self.addItem(self.reading, ignoreBounds=True)
        self._hint = QLabel(self)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it would be a second, nameless stop of the Tab key
        self.setMinimumSize(120, 92)  # the lower axis takes a third of it
        self.setFrameShape(self.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Our colours in place of pyqtgraph's black; `scale` is how many pixels of the screen are one of the design."""
        self.setBackground(theme.card)
        for axis in (self.x_axis, self.y_axis):
            axis.set_theme(theme, small_font(self.font()), scale)
        self.y_axis.setGrid(110)
        palette = self._hint.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.secondary))
        self._hint.setPalette(palette)
        self.reading.setPen(line_pen(theme.secondary, scale, Qt.PenStyle.DotLine))

    def show_hint(self, text: str | None) -> None:
        """Say what will be here, in place of empty axes; None shows the axes."""
        self._hint.setText(text or "")
        self._hint.setVisible(text is not None)
        for axis in (self.x_axis, self.y_axis):
            axis.setVisible(text is None)

    def show_range(self, x: tuple[float, float], y: tuple[float, float] | None) -> None:
        """Look at these values; y None keeps its range. Ranges of no width are widened."""
        if y is None:
            self.view.setXRange(*_wide(x), padding=0)
        else:
            self.view.setRange(xRange=_wide(x), yRange=_wide(y), padding=0)

    @property
    def x_range(self) -> tuple[float, float]:
        """The values of x that are seen."""
        first, last = self.view.viewRange()[0]
        return float(first), float(last)

    def show_reading(self, x: float | None) -> None:
        """Put the reading line at x, or hide it."""
        self.reading.setVisible(x is not None)
        if x is not None:
            self.reading.setPos(x)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint fills the plot, with air."""
        super().resizeEvent(event)
        if event is not None:  # pyqtgraph calls this itself, without an event
            self._hint.setGeometry(self.rect().adjusted(16, 0, -16, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Report what lies under the pointer."""
        super().mouseMoveEvent(event)
        place: QPointF = self.mapToScene(event.position().toPoint())
        inside = self.view.sceneBoundingRect().contains(place)
        self.pointed.emit(self.view.mapSceneToView(place).x() if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer reads nothing outside."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again."""
        self.resetRequested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read and zoom without a mouse."""
        first, last = self.x_range
        line = self.reading.value() if self.reading.isVisible() else last
        stride = max((last - first) * KEY_STEP, 1.0)
        match event.key():
            case Qt.Key.Key_Left:
                self.pointed.emit(max(line - stride, first))
            case Qt.Key.Key_Right:
                self.pointed.emit(min(line + stride, last))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom(KEY_ZOOM)
            case Qt.Key.Key_Minus:
                self._zoom(1 / KEY_ZOOM)
            case Qt.Key.Key_Escape | Qt.Key.Key_0:
                self.pointed.emit(None)
                self.resetRequested.emit()
            case Qt.Key.Key_Space:
                self.holdRequested.emit()
            case _:
                event.ignore()

    def _zoom(self, factor: float) -> None:
        """Zoom in x around the reading line, or around the middle."""
        first, last = self.x_range
        around = self.reading.value() if self.reading.isVisible() else (first + last) / 2
        self.view.setXRange(around - (around - first) * factor, around + (last - around) * factor, padding=0)
        self.moved.emit()


def small_font(font: QFont) -> QFont:
    """The font of axes and legends: two pixels smaller. Pixels, because a style sheet may leave no point size to scale."""
    small = QFont(font)
    small.setPixelSize(max(9, QFontInfo(font).pixelSize() - 2))
    return small


def line_pen(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine, alpha: float = 1.0) -> QPen:
    """A pen whose width stays the same at every zoom."""
    paint = QColor(colour)
    paint.setAlphaF(alpha)
    pen = QPen(paint, width, style)
    pen.setCosmetic(True)
    return pen


def _wide(span: tuple[float, float]) -> tuple[float, float]:
    first, last = span
    return (first, last) if last > first else (first - 0.5, first + 0.5)
