"""One lane of the playground: who answers, how strongly, and what was said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.gui.inputs import Choice, DecimalBox
from studio.runs.folder import Run

STEPS = 20  # of the slider, to 1 as trained
LOUDEST = 2.0


class Lane(QWidget):
    """Offers runs, and the base model where it may. `edited` where another is chosen or it speaks louder."""

    edited = Signal()
    removeAsked = Signal()

    def __init__(self, name: str, *, base: bool, removable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._answer = ""
        self._runs: list[Run] = []
        self._who = Choice()
        self._who.setAccessibleName(self.tr("Who answers: {0}").format(name))
        self._who.setToolTip(self.tr("The base model, or the run whose adapter answers"))
        self._who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._who.currentIndexChanged.connect(self._show_scale)
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, round(LOUDEST * STEPS))
        self._slider.setPageStep(STEPS // 4)
        self._slider.setValue(STEPS)
        self._slider.setMinimumWidth(72)
        self._slider.setAccessibleName(self.tr("Scale: {0}").format(name))
        self._box = DecimalBox()
        self._box.setRange(0.0, LOUDEST)
        self._box.setSingleStep(1 / STEPS)
        self._box.setValue(1.0)
        self._box.setAccessibleName(self.tr("Scale as a number: {0}").format(name))
        for widget in (self._slider, self._box):
            widget.setToolTip(self.tr("How strongly the adapter acts: 0 is the base model, 1 as trained"))
        self._slider.valueChanged.connect(self._take)
        self._box.valueChanged.connect(self._follow)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Answer: {0}").format(name))
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(self.tr("The answer appears here, word by word."))
        self._proof = QLabel()
        self._proof.setProperty("secondary", True)
        self._proof.setTextFormat(Qt.TextFormat.PlainText)
        self._proof.setWordWrap(True)

        self._close = QToolButton()
        self._close.setText("×")
        self._close.setAccessibleName(self.tr("Remove this lane: {0}").format(name))
        self._close.setToolTip(self.tr("Remove this lane"))
        self._close.clicked.connect(self.removeAsked)
        self._close.setVisible(removable)
        top, scale = QHBoxLayout(), QHBoxLayout()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row in (top, scale, self._head):
            row.setSpacing(8)
        top.addWidget(self._who, 1)
        top.addWidget(self._close)
        scale.addWidget(self._slider, 1)
        scale.addWidget(self._box)
        self._head.addLayout(top, 3)
        self._head.addLayout(scale, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._head)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._proof)
        self.show_runs([])

    def show_runs(self, runs: list[Run]) -> None:
        """Offer these; the chosen one stays chosen."""
        chosen = self.run()
        self._runs = runs
        self._who.clear()
        if self._base:
            self._who.addItem(self.tr("Base model"))
        self._who.addItems([run.name for run in runs])
        if not self._who.count():
            self._who.addItem(self.tr("No adapter yet: train one first"))
        self.choose(chosen)
        self._show_scale()

    def show_beside(self, *, others: bool, removable: bool) -> None:
        """Take two rows for the head where there are `others` beside the first two."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(down if others else across)
        for widget in (self._slider, self._box):  # the answers begin at one height
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(others)
            widget.setSizePolicy(policy)
        self._close.setEnabled(removable)

    def focus(self) -> None:
        """Put the keyboard to the choice of who answers."""
        self._who.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, run: Run | None) -> None:
        """Let this run's adapter answer."""
        if run in self._runs:
            self._who.setCurrentIndex(self._runs.index(run) + self._base)

    def run(self) -> Run | None:
        """The run whose adapter answers; None for the base model."""
        index = self._who.currentIndex() - self._base
        return self._runs[index] if 0 <= index < len(self._runs) else None

    def scale(self) -> float:
        """How strongly it acts."""
        return float(self._box.value())

    def text(self) -> str:
        """What was said so far."""
        return self._text.toPlainText()

    def answer(self) -> str:
        """What was said to the last question."""
        return self._answer

    def begin(self, question: str = "") -> None:
        """Forget what was said; or, with a `question`, write it below and wait for its answer."""
        self._answer = ""
        self._proof.clear()
        if not question:
            self._text.clear()
            return
        self._write(("\n\n" if self.text() else "") + f"» {question}\n", asked=True)

    def add(self, piece: str) -> None:
        """Show more of the answer."""
        self._answer += piece
        self._write(piece)

    def show_proof(self, proof: str) -> None:
        """Say which weights spoke."""
        self._proof.setText(proof)

    def _write(self, text: str, *, asked: bool = False) -> None:
        """Add to the end; `asked` as a question stands out."""
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)
        style = QTextCharFormat()
        if asked:
            style.setFontWeight(QFont.Weight.Bold)
        self._text.setCurrentCharFormat(style)
        self._text.insertPlainText(text)

    def _take(self, value: int) -> None:
        if round(self._box.value() * STEPS) != value:  # otherwise a typed number would be rounded to a step
            self._box.setValue(value / STEPS)

    def _follow(self, value: float) -> None:
        self._slider.setValue(round(value * STEPS))
        self.edited.emit()

    def _show_scale(self) -> None:
        for widget in (self._slider, self._box):
            widget.setVisible(self.run() is not None)
        self.edited.emit()


class _Slider(QSlider):
    """Ignores the wheel unless it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
