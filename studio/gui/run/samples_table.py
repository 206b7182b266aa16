"""The card of samples: prompts and answers side by side, the newest step beside the base."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QStackedWidget, QTableView, QWidget

from studio.gui.card import Card
from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.sample_dialog import SampleDialog
from studio.gui.run.samples import SamplesModel
from studio.gui.theme import Theme
from studio.plan.events import Event

NARROWEST = 128
ROW_AIR = 8
ROW_HEIGHTS = (24, 120)


class SamplesTable(Card):
    """Sample prompts with the base model's answer and one column for each sampled step."""

    def __init__(self, clock: RedrawClock, parent: QWidget | None = None) -> None:
        super().__init__(QT_TRANSLATE_NOOP("Card", "Samples"), parent)
        self._clock = clock
        self.model = SamplesModel()
        self.table = QTableView()
        self.table.setObjectName("samplesTable")
        self.table.setAccessibleName(self.tr("Samples: prompts and answers by step"))
        self.table.setModel(self.model)
        self.table.setWordWrap(True)
        self.table.setShowGrid(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setMinimumSectionSize(ROW_HEIGHTS[0])
        self.table.verticalHeader().setMaximumSectionSize(ROW_HEIGHTS[1])
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setAccessibleDescription(self.tr("Enter or a double click shows a sample whole"))
        self.table.activated.connect(self._open)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.table, context=Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)
        self._hint = QLabel(
            self.tr(
                "Answers to sample prompts appear here while the run goes on. Press Sample now to see them at once."
            )
        )
        self._hint.setProperty("secondary", True)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.table)
        self.body().addWidget(self._pages, 1)

    def take(self, events: list[Event]) -> None:
        """Add the answers among the events."""
        if self.model.take(events):
            self._clock.mark(self)

    def clear(self) -> None:
        """Forget the run."""
        self.model.clear()
        self.redraw()

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self.model.set_theme(theme)

    def redraw(self) -> None:
        """Columns share the width, rows are as high as their texts."""
        self._pages.setCurrentIndex(1 if self.model.rows else 0)
        steps = self.model.steps
        self.set_figure(self._figure_text(steps[-1]) if steps else "")
        columns = self.model.columnCount()
        # Room for the scroll bar is left even where there is none yet: columns that jump are hard to read.
        room = self.table.width() - self.table.verticalScrollBar().sizeHint().width()
        width = max(NARROWEST, room // columns)
        for column in range(columns):
            self.table.setColumnWidth(column, width)
        self.table.resizeRowsToContents()
        for row in range(self.model.rowCount()):
            self.table.setRowHeight(row, self.table.rowHeight(row) + ROW_AIR)

    def showEvent(self, event: QShowEvent) -> None:
        """What came while hidden is laid out now."""
        super().showEvent(event)
        self._clock.mark(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps differently."""
        super().resizeEvent(event)
        self._clock.mark(self)

    def _figure_text(self, step: int) -> str:
        verdicts = [row.is_right(step) for row in self.model.rows]
        known = [verdict for verdict in verdicts if verdict is not None]
        text = self.tr("step {0}").format(f"{step:,}")
        return text if not known else text + self.tr("   {0} of {1} as expected").format(sum(known), len(known))

    def _open(self, index: QModelIndex) -> None:
        SampleDialog(self.model.whole(index.row()), self).show()

    def _copy(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            QApplication.clipboard().setText(index.data(Qt.ItemDataRole.DisplayRole))
