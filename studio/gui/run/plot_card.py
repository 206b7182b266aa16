"""A card with a plot: heading left, the figure that matters right, files out of it with one click."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QPen, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QVBoxLayout, QWidget

from studio.gui.card import Card
from studio.gui.run.canvas import PlotCanvas, line_pen, small_font
from studio.gui.run.export import IMAGE_SCALE, image_of, save_csv, save_image
from studio.gui.run.legend import Legend, LegendEntry
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.series import Column
from studio.gui.theme import LIGHT, Theme

BUTTON_HEIGHT = 26
BUTTON_AIR = 20


class PlotCard(Card):
    """A plot with its legend. Whoever changes what it shows calls `changed`; it is drawn when the clock says so.

    What a kind of plot adds: `draw` (curves and figure), `legend_entries`, `columns` (what goes into a CSV), `hint` (while empty).
    """

    hint = ""

    def __init__(self, heading: str, name: str, canvas: PlotCanvas, clock: RedrawClock) -> None:
        super().__init__(heading)
        self.theme = LIGHT
        self._pen_scale = self.devicePixelRatioF()
        self.canvas = canvas
        canvas.setObjectName(name)
        canvas.setAccessibleName(heading)
        self._clock = clock
        self.legend = Legend()
        # One widget around legend and plot: the part that goes into an image.
        self._picture = QWidget()
        inside = QVBoxLayout(self._picture)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.legend)
        inside.addWidget(canvas, 1)
        self.body().addWidget(self._picture, 1)
        self._add_menu(heading)
        self.reset_button = self.add_button(self.tr("Reset"), self.tr("Show the whole run, and follow it"))
        self.reset_button.setAccessibleName(self.tr("Reset view"))
        self.reset_button.clicked.connect(self.reset_view)
        self.reset_button.setObjectName("resetViewButton")
        self.reset_button.hide()
        canvas.resetRequested.connect(self.reset_view)

    def draw(self) -> None:
        """Bring curves, ranges and figure up to date."""
        raise NotImplementedError

    def legend_entries(self) -> list[LegendEntry]:
        """What the lines are."""
        raise NotImplementedError

    def columns(self) -> dict[str, Column]:
        """Everything that was reported, as columns of one length."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        raise NotImplementedError

    def reset_view(self) -> None:
        """Follow the data again."""
        raise NotImplementedError

    def changed(self) -> None:
        """Draw soon."""
        self._clock.mark(self)

    def redraw(self) -> None:
        """Draw now."""
        empty = self.is_empty()
        self.canvas.show_hint(self.hint if empty else None)
        self.draw()
        self._show_legend()

    def _show_legend(self) -> None:
        self.legend.show_entries(self.legend_entries(), QColor(self.theme.secondary))
        self.legend.setVisible(not self.is_empty() and bool(self.legend.entries))

    def _scale_pens(self, scale: float) -> None:
        """Lines of `scale` pixels for each pixel of the design."""
        self._pen_scale = scale
        self.canvas.set_theme(self.theme, scale)
        self.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """What came while hidden is drawn now."""
        super().showEvent(event)
        if self._pen_scale != self.devicePixelRatioF():
            self._scale_pens(self.devicePixelRatioF())
        self.changed()

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self.theme = theme
        self.legend.setFont(small_font(self.font()))
        self._scale_pens(self._pen_scale)
        self._show_legend()  # at once: words in another theme's colour cannot be read until the clock comes round
        self.changed()

    def restyle(self) -> None:
        """Give the curves the pens of the theme."""
        raise NotImplementedError

    def pen(
        self, colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine, alpha: float = 1.0
    ) -> QPen:
        """A pen whose width is in pixels of the design: a cosmetic pen alone would be half as thick on a screen of scale 2."""
        return line_pen(colour, width * self._pen_scale, style, alpha)

    def changeEvent(self, event: QEvent) -> None:
        """Another screen may have another scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._scale_pens(self.devicePixelRatioF())

    def add_curve(self) -> pg.PlotDataItem:
        """A curve that stays fast with a million points: clipped to what is seen, thinned to its peaks."""
        curve = pg.PlotDataItem()
        # Two values a pixel show all that a line can show; pyqtgraph's own choice draws five times as many.
        curve.opts["autoDownsampleFactor"] = 1.0
        self.canvas.addItem(curve)
        return curve

    def save(self, path: Path) -> None:
        """Write the plot as .png, .svg or .csv. Raises OSError."""
        if path.suffix.lower() == ".csv":
            save_csv(path, self.columns())
        else:
            with self._drawn_at(1.0 if path.suffix.lower() == ".svg" else IMAGE_SCALE):
                save_image(path, self._picture, QColor(self.theme.card))

    def _add_menu(self, heading: str) -> None:
        menu = QMenu(self)
        for text, suffix in (
            (self.tr("Save as PNG…"), "png"),
            (self.tr("Save as SVG…"), "svg"),
            (self.tr("Save values as CSV…"), "csv"),
        ):
            action = QAction(text, self)
            action.triggered.connect(lambda _checked=False, suffix=suffix: self._ask_and_save(suffix))
            menu.addAction(action)
        copy = QAction(self.tr("Copy image"), self)
        copy.triggered.connect(self._copy)
        menu.addAction(copy)
        self.canvas.addActions(menu.actions())
        self.menu_button = self._make_button("⋯", self.tr("What can be done with this plot"))
        self.header.addWidget(self.menu_button)
        self.menu_button.setAccessibleName(self.tr("Plot: {0}").format(heading))
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def add_to_menu(self, action: QAction) -> None:
        """Put an action above those that every plot has."""
        menu = self.menu_button.menu()
        first = menu.actions()[0]
        menu.insertAction(first, action)
        menu.insertSeparator(first)
        self.canvas.insertAction(first, action)

    def add_button(self, text: str, hint: str) -> QToolButton:
        """A flat button in the heading's row, left of the menu, which stands at the same place on every card."""
        button = self._make_button(text, hint)
        self.header.insertWidget(self.header.count() - 1, button)
        return button

    def _make_button(self, text: str, hint: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(hint)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        button.setFixedSize(button.fontMetrics().horizontalAdvance(text) + BUTTON_AIR, BUTTON_HEIGHT)
        return button

    def _ask_and_save(self, suffix: str) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save plot"), f"{self.canvas.objectName()}.{suffix}", f"*.{suffix}"
        )
        if name:
            path = Path(name)
            self.save(path if path.suffix else path.with_suffix(f".{suffix}"))

    def _copy(self) -> None:
        with self._drawn_at(IMAGE_SCALE):
            QGuiApplication.clipboard().setImage(image_of(self._picture, QColor(self.theme.card)))

    @contextmanager
    def _drawn_at(self, scale: float) -> Iterator[None]:
        """Lines as thick as a picture of this scale needs them, with the newest data."""
        self._scale_pens(scale)
        self.redraw()
        try:
            yield
        finally:
            self._scale_pens(self.devicePixelRatioF())
