"""The playground's page: a prompt, and two lanes that answer it in one batch."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio.gui.elided_label import ElidedLabel
from studio.gui.playground.code import command_line, python_code
from studio.gui.playground.lane import Lane
from studio.gui.playground.settings import SamplingSettings
from studio.gui.service import Service
from studio.plan.errors import StudioError, error_from_json
from studio.plan.events import Answered, Cancelled, Event, Failed, Worded
from studio.runs.folder import Run

BASE, LEFT, RIGHT = "base", "left", "right"  # lanes of a request


class Playground(QWidget):
    """Asks a worker to generate; knows nothing of training. `failed` carries the sentence of what went wrong."""

    failed = Signal(str)

    def __init__(self, service: Service, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("playground")
        self.setAccessibleName(self.tr("Playground"))
        self._service = service
        self._number: int | None = None
        self._question = ""
        self._no_turns: Run | None = None  # whose rows are known to hold no conversation
        self._runs: list[Run] = []
        self._left = Lane(self.tr("left"), base=True)
        self._right = Lane(self.tr("right"), base=False)
        self._settings = SamplingSettings()
        self._prompt = QPlainTextEdit()
        self._prompt.setObjectName("promptEdit")
        self._prompt.setAccessibleName(self.tr("Prompt"))
        self._prompt.setPlaceholderText(
            self.tr("Write a prompt as in your training data, then press Generate (Ctrl+Enter).")
        )
        self._prompt.setTabChangesFocus(True)
        self._prompt.setMaximumHeight(88)
        self._prompt.textChanged.connect(self._show_ready)
        self._mismatch = ""
        self._why = ""
        for lane in (self._left, self._right):
            lane.edited.connect(self._compare)
        self._state = ElidedLabel()
        self._state.setProperty("secondary", True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._go = QPushButton(self.tr("Generate"))
        self._go.setObjectName("generateButton")
        self._go.setProperty("primary", True)
        self._go.clicked.connect(self.ask)
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.setToolTip(self.tr("End the answers where they are"))
        self._stop.clicked.connect(self._cancel)
        self._talk = QCheckBox(self.tr("Conversation"))
        self._talk.setObjectName("conversationBox")
        self._talk.toggled.connect(self._forget)
        self._new = QPushButton(self.tr("Start over"))
        self._new.clicked.connect(self._forget)
        self._earlier: dict[str, list[tuple[str, str]]] = {LEFT: [], RIGHT: []}
        self._copy = QPushButton(self.tr("Copy as"))
        menu = QMenu(self._copy)
        menu.addAction(self.tr("Python, with transformers and PEFT"), lambda: self._copied(python_code))
        menu.addAction(self.tr("Command line"), lambda: self._copied(command_line))
        self._copy.setMenu(menu)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.ask, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._state, 1)
        for button in (self._new, self._talk, self._copy, self._stop, self._go):
            buttons.addWidget(button)
        lanes = QHBoxLayout()
        lanes.setSpacing(16)
        lanes.addWidget(self._left, 1)
        lanes.addWidget(self._right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._prompt)
        layout.addWidget(self._settings)
        layout.addLayout(buttons)
        layout.addLayout(lanes, 1)
        self.show_runs([])

    def show_runs(self, runs: list[Run]) -> None:
        """Offer the runs that have an adapter; the chosen ones stay chosen."""
        runs = [run for run in runs if run.adapter.is_dir()]
        if runs != self._runs:
            self._runs = runs
            self._left.show_runs(runs)
            self._right.show_runs(runs)
        self._show_ready()

    def choose(self, run: Run | None) -> None:
        """Let this run's adapter answer, beside its base model."""
        self._right.choose(run)

    def chosen(self) -> Run | None:
        """The run whose adapter answers."""
        return self._right.run()

    def set_prompt(self, text: str) -> None:
        """Offer a prompt, unless the user has begun one."""
        if not self._prompt.toPlainText():
            self._prompt.setPlainText(text)

    def answers(self) -> tuple[str, str]:
        """What was said so far, left and right."""
        return self._left.text(), self._right.text()

    def request(self) -> dict[str, Any] | None:
        """What a worker is asked for; None where it cannot be."""
        right, left = self._right.run(), self._left.run()
        if right is None or self._why_not():
            return None
        adapters = [{"path": str(right.adapter), "scale": self._right.scale(), "lane": RIGHT}]
        if left is not None:
            adapters.insert(0, {"path": str(left.adapter), "scale": self._left.scale(), "lane": LEFT})
        return {
            "model": right.plan().model,
            "adapters": adapters,
            "prompt": self._prompt.toPlainText(),
            "lanes": [BASE if left is None else LEFT, RIGHT],
            "earlier": {BASE if left is None else LEFT: list(self._earlier[LEFT]), RIGHT: list(self._earlier[RIGHT])},
            **self._settings.values(),
        }

    @property
    def is_asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._number is not None

    def ask(self) -> None:
        """Let both lanes answer the prompt."""
        request = None if self._number is not None else self.request()
        if request is None:
            return
        self._question = str(request["prompt"])
        for lane in (self._left, self._right):
            lane.begin(self._question if self._talk.isChecked() else "")
        self._state.setText(self.tr("Loading the model…"))
        self._number = self._service.ask("generate", request, self._hear)
        self._show_ready()

    def _keep(self, turns: bool) -> None:
        """In a conversation, what was just asked and answered is what the next question goes on from; where there can be one."""
        if not turns:
            self._no_turns = self._right.run()
            self._talk.blockSignals(True)  # what was said stays
            self._talk.setChecked(False)
            self._talk.blockSignals(False)
        elif self._talk.isChecked():
            for name, lane in ((LEFT, self._left), (RIGHT, self._right)):
                self._earlier[name].append((self._question, lane.answer()))
            self._prompt.clear()

    def _forget(self) -> None:
        """Begin anew."""
        self._earlier = {LEFT: [], RIGHT: []}
        self._left.begin()
        self._right.begin()
        self._show_ready()

    def _cancel(self) -> None:
        if self._number is not None:
            self._service.cancel(self._number)

    def _copied(self, code: Any) -> None:
        request = self.request()
        if request is not None:
            QGuiApplication.clipboard().setText(code(request))
            self._state.setText(self.tr("Copied"))

    def _hear(self, event: Event) -> None:
        if isinstance(event, Worded):
            (self._right if event.lane == RIGHT else self._left).add(event.text)
            self._state.setText(self.tr("Answering…"))
        elif isinstance(event, Answered | Failed | Cancelled):
            self._number = None
            self._state.setText(self.tr("Stopped") if isinstance(event, Cancelled) else "")
            if isinstance(event, Failed):
                self.failed.emit(error_from_json(vars(event), refused=event.refused).sentence)
            elif isinstance(event, Answered):
                self._show_proof(event.value.get("spoke", {}))
                self._keep(event.value.get("turns", True))
            self._show_ready()

    def _show_proof(self, spoke: dict[str, list[dict[str, Any]]]) -> None:
        """Which weights spoke, as the worker found them when they did."""
        for names, lane in (((BASE, LEFT), self._left), ((RIGHT,), self._right)):
            name = next((name for name in names if name in spoke), None)
            if name is not None:
                lane.show_proof(" · ".join(map(self._said, spoke[name])) or self.tr("base weights, no adapter"))
        left, right = self.answers()
        self._state.setText(self.tr("Both answers are the same") if left == right else self.tr("The answers differ"))

    def _said(self, one: dict[str, Any]) -> str:
        return self.tr("adapter {0}, {1} of {2} targets at scale {3:g}").format(
            one["fingerprint"] or one["adapter"], one["targets"], one["of_targets"], one["strength"]
        )

    def _why_not(self) -> str:
        if self._right.run() is None:
            return self.tr("No run has an adapter yet: train one first")
        if not self._prompt.toPlainText().strip():
            return self.tr("Write a prompt first")
        return self._mismatch

    def _compare(self) -> None:
        """Two adapters can only speak in one batch over the same base."""
        left, right = self._left.run(), self._right.run()
        self._mismatch = ""
        try:
            if left is not None and right is not None and left.plan().model != right.plan().model:
                self._mismatch = self.tr("These two runs have other base models: choose runs of the same one")
        except StudioError as error:
            self._mismatch = str(error)
        self._show_ready()

    def _show_ready(self) -> None:
        """Buttons say what is possible, and why not."""
        asking, why = self._number is not None, self._why_not()
        self._go.setEnabled(not asking and not why)
        self._go.setToolTip(why or self.tr("Answer in both lanes at once (Ctrl+Enter)"))
        self._copy.setEnabled(not why and not self._earlier[RIGHT])
        self._copy.setToolTip(
            self.tr("A conversation cannot be copied, a single question can")
            if self._earlier[RIGHT]
            else self.tr("The same question without the studio")
        )
        single = self._no_turns is not None and self._no_turns == self._right.run()
        self._talk.setEnabled(not asking and not single)
        self._talk.setToolTip(
            self.tr("This adapter learnt from single questions: without a chat template there is no conversation")
            if single
            else self.tr("Each question goes on from those before it and their answers, in each lane from its own")
        )
        self._new.setEnabled(not asking)
        self._new.setVisible(bool(self._earlier[RIGHT]))
        self._stop.setEnabled(asking)
        if not asking and (why or self._state.text() == self._why):
            self._state.setText(why)
        self._why = why
