"""The strip under the facts: how far all rows are read, with a way to end it, to begin again, or to see why it failed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from studio.gui.elided_label import ElidedLabel


class ScanStrip(QWidget):
    """Slim while rows are read, gone when they are known."""

    cancelRequested = Signal()
    scanRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ElidedLabel()
        self._said.setProperty("secondary", True)
        self._button = QPushButton()
        self._button.setProperty("flat", True)
        self._button.setObjectName("scanButton")
        self._button.clicked.connect(self._press)
        self._bar = QProgressBar()
        self._bar.setObjectName("scanProgress")
        self._bar.setAccessibleName(self.tr("Rows read"))
        self._bar.setTextVisible(False)
        self._problem = QLabel()
        self._problem.setProperty("error", True)
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._running = False
        line = QHBoxLayout()
        line.addWidget(self._said, 1)
        line.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._problem)
        layout.addLayout(line)
        layout.addWidget(self._bar)
        self.show_nothing()

    def show_nothing(self) -> None:
        """All is known, or nothing is to be read."""
        self._running = False
        self.hide()

    def show_progress(self, fraction: float | None, phase: str) -> None:
        """Rows are being read; an unknown `fraction` moves without an end."""
        self._show(phase or self.tr("Reading all rows"), self.tr("Cancel"), running=True)
        self._bar.setRange(0, 0 if fraction is None else 1000)
        self._bar.setValue(round(1000 * (fraction or 0.0)))
        self._bar.show()

    def show_ended(self, problem: str = "") -> None:
        """Reading was cancelled, or has failed with a sentence."""
        text = self.tr("Not all rows are read.")
        self._show(
            "" if problem else text, self.tr("Try again") if problem else self.tr("Read all rows"), running=False
        )
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _show(self, text: str, button: str, *, running: bool) -> None:
        self._running = running
        self._said.setText(text)
        self._button.setText(button)
        self._button.setAccessibleName(self.tr("Cancel reading all rows") if running else button)
        self._problem.hide()
        self._bar.hide()
        self.show()

    def _press(self) -> None:
        (self.cancelRequested if self._running else self.scanRequested).emit()
