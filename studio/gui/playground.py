"""The playground: one prompt, answered by the base model and by an adapter, side by side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from studio.gui.inputs import Choice, DecimalBox, WholeBox
from studio.gui.service import Service
from studio.plan.events import Answered, Cancelled, Event, Failed, Worded
from studio.runs.folder import Run


class Playground(QWidget):
    """Asks a worker to generate; knows nothing of training. `failed` carries the sentence of what went wrong."""

    failed = Signal(str)

    def __init__(self, service: Service, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("playground")
        self.setAccessibleName(self.tr("Playground"))
        self._service = service
        self._number: int | None = None
        self._runs: list[Run] = []

        self._run = Choice()
        self._run.setAccessibleName(self.tr("Run whose adapter answers"))
        self._run.setToolTip(self.tr("The run whose adapter answers beside its base model"))
        self._run.currentIndexChanged.connect(self._show_ready)
        self._scale = DecimalBox()
        self._scale.setRange(0.0, 1.5)
        self._scale.setSingleStep(0.1)
        self._scale.setValue(1.0)
        self._scale.setPrefix(self.tr("scale "))
        self._scale.setAccessibleName(self.tr("Adapter scale"))
        self._scale.setToolTip(self.tr("How strongly the adapter acts: 0 is the base model, 1 as trained"))
        self._length = WholeBox()
        self._length.setRange(1, 4096)
        self._length.setValue(96)
        self._length.setSuffix(self.tr(" tokens"))
        self._length.setAccessibleName(self.tr("Longest answer"))
        self._length.setToolTip(self.tr("The answer is cut here if it has not ended by itself"))
        self._temperature = DecimalBox()
        self._temperature.setRange(0.0, 2.0)
        self._temperature.setSingleStep(0.1)
        self._temperature.setPrefix(self.tr("temperature "))
        self._temperature.setAccessibleName(self.tr("Temperature"))
        self._temperature.setToolTip(self.tr("0: always the likeliest word; higher: more varied"))

        self._prompt = QPlainTextEdit()
        self._prompt.setObjectName("promptEdit")
        self._prompt.setAccessibleName(self.tr("Prompt"))
        self._prompt.setPlaceholderText(
            self.tr("Write a prompt as in your training data, then press Generate (Ctrl+Enter).")
        )
        self._prompt.setTabChangesFocus(True)
        self._prompt.setMaximumHeight(88)
        self._prompt.textChanged.connect(self._show_ready)
        self._go = QPushButton(self.tr("Generate"))
        self._go.setObjectName("generateButton")
        self._go.setProperty("primary", True)
        self._go.clicked.connect(self._ask)
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.setToolTip(self.tr("End the answers where they are"))
        self._stop.clicked.connect(self._cancel)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._ask, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

        self._base = _answer_box(self.tr("Base model's answer"))
        self._adapted = _answer_box(self.tr("Adapter's answer"))
        self._proof = QLabel()
        self._proof.setProperty("secondary", True)
        self._proof.setTextFormat(Qt.TextFormat.PlainText)

        controls = QHBoxLayout()
        controls.addWidget(self._run, 1)
        for widget in (self._scale, self._length, self._temperature):
            controls.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self._proof, 1)
        buttons.addWidget(self._stop)
        buttons.addWidget(self._go)
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(controls, 0, 0, 1, 2)
        layout.addWidget(self._prompt, 1, 0, 1, 2)
        layout.addLayout(buttons, 2, 0, 1, 2)
        layout.addWidget(_heading(self.tr("Base model")), 3, 0)
        layout.addWidget(_heading(self.tr("With the adapter")), 3, 1)
        layout.addWidget(self._base, 4, 0)
        layout.addWidget(self._adapted, 4, 1)
        layout.setRowStretch(4, 1)
        self.show_runs([])

    def show_runs(self, runs: list[Run]) -> None:
        """Offer the runs that have an adapter; the chosen one stays chosen."""
        runs = [run for run in runs if run.adapter.is_dir()]
        if runs == self._runs and self._run.count():
            return
        chosen = self.chosen()
        self._runs = runs
        self._run.clear()
        self._run.addItems([run.name for run in runs] or [self.tr("No adapter yet: train one first")])
        self.choose(chosen)
        self._show_ready()

    def choose(self, run: Run | None) -> None:
        """Let this run's adapter answer."""
        if run in self._runs:
            self._run.setCurrentIndex(self._runs.index(run))

    def chosen(self) -> Run | None:
        """The run whose adapter answers."""
        index = self._run.currentIndex()
        return self._runs[index] if 0 <= index < len(self._runs) else None

    def set_prompt(self, text: str) -> None:
        """Offer a prompt, unless the user has begun one."""
        if not self._prompt.toPlainText():
            self._prompt.setPlainText(text)

    def answers(self) -> tuple[str, str]:
        """What the base and the adapter have said so far."""
        return self._base.toPlainText(), self._adapted.toPlainText()

    def _ask(self) -> None:
        run = self.chosen()
        if run is None or self._number is not None or not self._prompt.toPlainText().strip():
            return
        self._base.clear()
        self._adapted.clear()
        self._proof.setText(self.tr("Loading the model…"))
        self._number = self._service.ask(
            "generate",
            {
                "model": run.plan().model,
                "adapters": [{"path": str(run.adapter), "scale": self._scale.value()}],
                "prompt": self._prompt.toPlainText(),
                "max_new_tokens": self._length.value(),
                "temperature": self._temperature.value(),
                "lanes": ["base", "adapter"],
            },
            self._hear,
        )
        self._show_ready()

    def _cancel(self) -> None:
        if self._number is not None:
            self._service.cancel(self._number)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Worded):
            box = self._base if event.lane == "base" else self._adapted
            box.moveCursor(box.textCursor().MoveOperation.End)
            box.insertPlainText(event.text)
            self._proof.setText(self.tr("Answering…"))
        elif isinstance(event, Answered | Failed | Cancelled):
            self._number = None
            self._show_ready()
            if isinstance(event, Failed):
                self._proof.setText("")
                self.failed.emit(event.what)
            else:
                self._show_proof(event)

    def _show_proof(self, event: Event) -> None:
        """Which weights spoke: the run, its scale, and that the two answers differ or do not."""
        run = self.chosen()
        base, adapted = self.answers()
        same = self.tr("both answers are the same") if base == adapted else self.tr("the answers differ")
        ended = self.tr("stopped, ") if isinstance(event, Cancelled) else ""
        name = "" if run is None else run.name
        self._proof.setText(self.tr("{0}, scale {1:.1f}: {2}{3}").format(name, self._scale.value(), ended, same))

    def _show_ready(self) -> None:
        """Buttons say what is possible, and why not."""
        asking = self._number is not None
        why = ""
        if not self._runs:
            why = self.tr("No run has an adapter yet: train one first")
        elif not self._prompt.toPlainText().strip():
            why = self.tr("Write a prompt first")
        self._go.setEnabled(not asking and not why)
        self._go.setToolTip(why or self.tr("Answer with and without the adapter (Ctrl+Enter)"))
        self._stop.setEnabled(asking)
        self._run.setEnabled(bool(self._runs) and not asking)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("heading", True)
    return label


def _answer_box(name: str) -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setReadOnly(True)
    box.setAccessibleName(name)
    box.setTabChangesFocus(True)
    box.setPlaceholderText(name)
    return box
