"""The box in which a rank is typed over the layer matrix."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.gui.inputs import WholeBox
from studio.plan.settings import settings

WIDTH = 56


class RankBox(WholeBox):
    """Opens over a cell at the first digit. Enter, or leaving it, tells of the rank by `entered`; Escape does not.

    `finished` comes once it is closed by a key.
    """

    entered = Signal(int)
    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        info = settings()["lora.rank"]
        self.setRange(int(info.minimum or 1), int(info.maximum or 1))
        self.setAccessibleName(info.shown.label)
        self.setStyleSheet("padding: 0px 4px; min-height: 0px;")
        self._taking = False
        self.hide()

    def open(self, cell: QRect, digit: int) -> None:
        """Show it over a cell, with the first digit typed."""
        width, height = max(WIDTH, cell.width()), max(cell.height(), 24)
        box = QRect(0, 0, width, height)
        box.moveCenter(cell.center())
        self.setGeometry(box)
        self.setValue(digit)
        self.show()
        self._taking = True
        self.setFocus()
        self.lineEdit().end(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the rank, Escape leaves everything as it was."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close(True)
        elif event.key() == Qt.Key.Key_Escape:
            self._close(False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it takes the rank."""
        super().focusOutEvent(event)
        self._take()
        self.hide()

    def _close(self, taken: bool) -> None:
        self._taking = self._taking and taken
        self._take()
        self.hide()
        self.finished.emit()

    def _take(self) -> None:
        if self._taking:
            self._taking = False
            self.interpretText()
            self.entered.emit(self.value())
