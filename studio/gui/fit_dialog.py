"""Make it fit: the changes that would lower a plan's peak, one click each. Undo takes them back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio.gui.desktop.sentences import told
from studio.plan.estimate import Estimate
from studio.plan.estimate_words import memory_words, time_words
from studio.plan.fitting import Saving
from studio.plan.words import size_text

ROW_WIDTH = 520


class FitDialog(QDialog):
    """Stays open while changes are made, and shows what they come to. Emits `planEdited(plan, words)`."""

    planEdited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fitDialog")
        self.setWindowTitle(self.tr("Make it fit"))
        self._now = QLabel()
        self._now.setProperty("figure", True)
        self._sources = QLabel()
        self._sources.setProperty("secondary", True)
        for label in (self._now, self._sources):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._rows = QScrollArea()
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.setWidgetResizable(True)
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._now)
        layout.addWidget(self._sources)
        layout.addWidget(self._rows, 1)
        layout.addLayout(foot)
        self.resize(ROW_WIDTH + 64, 520)

    def show_savings(self, changes: list[Saving], estimate: Estimate | None) -> None:
        """Show a plan's estimate and what would lower it."""
        self._now.setText(self.tr("Choose a model first") if estimate is None else self._peak(estimate))
        sources = [] if estimate is None else [self._time(estimate), told(memory_words(estimate))]
        self._sources.setText("\n".join(words for words in sources if words))
        self._sources.setVisible(bool(self._sources.text()))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(16)
        for change in changes:
            column.addWidget(self._row(change))
        if not changes:
            empty = QLabel(self.tr("No change of the plan would lower its memory by much."))
            empty.setProperty("secondary", True)
            column.addWidget(empty)
        column.addStretch(1)
        self._rows.setWidget(body)

    def _peak(self, estimate: Estimate) -> str:
        peak = size_text(estimate.peak_bytes)
        if estimate.available_bytes is None:
            return self.tr("{0} predicted").format(peak)
        verdict = self.tr("fits") if estimate.fits else self.tr("does not fit")
        return self.tr("{0} of {1} · {2}").format(peak, size_text(estimate.available_bytes), verdict)

    def _time(self, estimate: Estimate) -> str:
        words = told(time_words(estimate))
        return self.tr("Time: {0}.").format(words) if words else ""

    def _row(self, change: Saving) -> QWidget:
        row = QWidget()
        name = QLabel(told(change.name))
        price = QLabel(self.tr("Price: {0}").format(told(change.price)))
        price.setProperty("secondary", True)
        for label in (name, price):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(price)
        gain = QLabel(self.tr("−{0}").format(size_text(change.gain_bytes)))
        gain.setProperty("figure", True)
        verdict = QLabel({True: self.tr("fits"), False: self.tr("still too large"), None: ""}[change.fits])
        verdict.setProperty("secondary", True)
        figures = QVBoxLayout()
        figures.setSpacing(2)
        for label in (gain, verdict):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            figures.addWidget(label)
        apply = QPushButton(self.tr("Apply"))
        apply.setAccessibleName(self.tr("Apply: {0}").format(told(change.name)))
        apply.clicked.connect(lambda: self.planEdited.emit(change.plan, told(change.name)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addLayout(words, 1)
        line.addLayout(figures)
        line.addWidget(apply)
        return row
