"""The strip of a data set that is not on this machine: what is missing, a way to fetch it, and how far that is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio.gui.elided_label import ElidedLabel

NOT_FETCHED = "data-not-fetched"


class FetchStrip(QWidget):
    """There while data are missing, gone once they are here."""

    fetchRequested = Signal()
    cancelRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self._missing = QLabel()
        self._missing.setObjectName("fetchDataText")
        self._missing.setTextFormat(Qt.TextFormat.PlainText)
        self._missing.setWordWrap(True)
        # A name may be longer than the panel is wide, which it must not widen.
        self._missing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._said = ElidedLabel()
        self._said.setObjectName("fetchDataSize")
        self._said.setProperty("secondary", True)
        self._button = QPushButton()
        self._button.setObjectName("fetchDataButton")
        self._button.clicked.connect(self._press)
        self._bar = QProgressBar()
        self._bar.setObjectName("fetchDataProgress")
        self._bar.setAccessibleName(self.tr("Fetched of the data set"))
        self._bar.setTextVisible(False)
        self._problem = QLabel()
        self._problem.setObjectName("fetchDataProblem")
        self._problem.setProperty("error", True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._missing, 1)
        line.addWidget(self._said, 1)
        line.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._problem)
        layout.addLayout(line)
        layout.addWidget(self._bar)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is missing."""
        self._running = False
        self.hide()

    def show_missing(self, name: str, problem: str = "") -> None:
        """A data set is not here; `problem` says why fetching it has failed."""
        self._running = False
        text = self.tr("{0} is not on this machine yet").format(name)
        self._missing.setText(text)
        self._missing.setToolTip(text)
        self._problem.setText(problem)
        self._button.setText(self.tr("Try again") if problem else self.tr("Fetch"))
        self._button.setAccessibleName(self.tr("Fetch {0}").format(name))
        self._arrange(problem)

    def show_progress(self, fraction: float | None, text: str) -> None:
        """It is being fetched; an unknown `fraction` moves without an end."""
        self._running = True
        self._said.setText(text)
        self._bar.setRange(0, 0 if fraction is None else 1000)
        self._bar.setValue(round(1000 * (fraction or 0.0)))
        self._button.setText(self.tr("Cancel"))
        self._button.setAccessibleName(self.tr("Cancel fetching the data set"))
        self._arrange("")

    def _arrange(self, problem: str) -> None:
        self._missing.setVisible(not self._running)
        self._problem.setVisible(bool(problem))
        self._said.setVisible(self._running)
        self._bar.setVisible(self._running)
        self.show()

    def _press(self) -> None:
        (self.cancelRequested if self._running else self.fetchRequested).emit()
