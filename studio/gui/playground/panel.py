"""The playground's page: a prompt, and lanes that answer it in one batch."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio.gui.desktop.sentences import told_error
from studio.gui.elided_label import ElidedLabel
from studio.gui.playground.code import command_line, python_code
from studio.gui.playground.lane import Lane
from studio.gui.playground.lanes import KEYS, Lanes
from studio.gui.playground.settings import SamplingSettings
from studio.gui.service import Service
from studio.plan.errors import error_from_json
from studio.plan.events import Answered, Cancelled, Event, Failed, Worded
from studio.runs.folder import Run
from studio.runs.log import targets_of

RIGHT = KEYS[1]  # the lane of the adapter that the page is about


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
        self._lanes = Lanes()
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
        self._targets: dict[Run, tuple[str, ...]] = {}
        self._lanes.edited.connect(self._compare)
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
        self._earlier: dict[str, list[tuple[str, str]]] = {}
        self._copy = QPushButton(self.tr("Copy as"))
        menu = QMenu(self._copy)
        menu.addAction(self.tr("Python, with transformers and PEFT"), lambda: self._copied(python_code))
        menu.addAction(self.tr("Command line"), lambda: self._copied(command_line))
        self._copy.setMenu(menu)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.ask, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._state, 1)
        for button in (self._new, self._talk, self._lanes.add_button, self._copy, self._stop, self._go):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._prompt)
        layout.addWidget(self._settings)
        layout.addLayout(buttons)
        layout.addWidget(self._lanes, 1)
        self.show_runs([])

    def show_runs(self, runs: list[Run]) -> None:
        """Offer the runs that have an adapter; the chosen ones stay chosen."""
        runs = [run for run in runs if run.adapter.is_dir()]
        if runs != self._runs:
            self._runs = runs
            self._lanes.show_runs(runs)
        self._show_ready()

    def choose(self, run: Run | None) -> None:
        """Let this run's adapter answer, beside its base model."""
        self._right.choose(run)

    def chosen(self) -> Run | None:
        """The run whose adapter answers."""
        return self._right.run()

    @property
    def _right(self) -> Lane:
        """The lane of the adapter that the page is about; it is always there."""
        lane = self._lanes.lane(RIGHT)
        assert lane is not None
        return lane

    def set_prompt(self, text: str) -> None:
        """Offer a prompt, unless the user has begun one."""
        if not self._prompt.toPlainText():
            self._prompt.setPlainText(text)

    def answers(self) -> tuple[str, ...]:
        """What was said so far, from left to right."""
        return tuple(lane.text() for _, lane in self._lanes)

    def request(self) -> dict[str, Any] | None:
        """What a worker is asked for; None where it cannot be."""
        run, lanes = self._right.run(), self._lanes
        if run is None or self._why_not():
            return None
        return {
            "model": run.plan().model,
            "adapters": lanes.voices(),
            "prompt": self._prompt.toPlainText(),
            "lanes": [lanes.name(key) for key, _ in lanes],
            "earlier": {lanes.name(key): list(self._earlier.get(key, ())) for key, _ in lanes},
            **self._settings.values(),
        }

    @property
    def is_asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._number is not None

    def ask(self) -> None:
        """Let all lanes answer the prompt."""
        request = None if self._number is not None else self.request()
        if request is None:
            return
        self._question = str(request["prompt"])
        for _, lane in self._lanes:
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
            for key, lane in self._lanes:
                self._earlier.setdefault(key, []).append((self._question, lane.answer()))
            self._prompt.clear()

    def _forget(self) -> None:
        """Begin anew."""
        self._earlier = {}
        for _, lane in self._lanes:
            lane.begin()
        self._show_ready()

    def _cancel(self) -> None:
        if self._number is not None:
            self._service.cancel(self._number)

    def _copied(self, code: Any) -> None:
        request = self.request()
        if request is not None:
            own = [voice for voice in request["adapters"] if voice["lane"] == RIGHT]  # of several, the page's own
            QGuiApplication.clipboard().setText(code(request | {"adapters": own}))
            self._state.setText(self.tr("Copied"))

    def _hear(self, event: Event) -> None:
        if isinstance(event, Worded):
            lane = self._lanes.lane(event.lane)
            if lane is not None:
                lane.add(event.text)
            self._state.setText(self.tr("Answering…"))
        elif isinstance(event, Answered | Failed | Cancelled):
            self._number = None
            self._state.setText(self.tr("Stopped") if isinstance(event, Cancelled) else "")
            if isinstance(event, Failed):
                self.failed.emit(told_error(error_from_json(vars(event), refused=event.refused)))
            elif isinstance(event, Answered):
                self._show_proof(event.value.get("spoke", {}))
                self._keep(event.value.get("turns", True))
            self._show_ready()

    def _show_proof(self, spoke: dict[str, list[dict[str, Any]]]) -> None:
        """Which weights spoke, as the worker found them when they did."""
        for name, voices in spoke.items():
            lane = self._lanes.lane(name)
            if lane is not None:
                lane.show_proof(" · ".join(map(self._said, voices)) or self.tr("base weights, no adapter"))
        answers = self.answers()
        if len(set(answers)) > 1:
            self._state.setText(self.tr("Answers differ"))
        else:
            both = len(answers) == 2
            self._state.setText(self.tr("Both the same") if both else self.tr("All the same"))

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
        """Adapters can only speak in one batch over the same base; what they train can be muted group by group."""
        keys = {key for key, _ in self._lanes}
        self._earlier = {key: turns for key, turns in self._earlier.items() if key in keys}
        self._mismatch = self._lanes.mismatch()
        names: dict[str, None] = {}
        for _, lane in self._lanes:
            run = lane.run()
            if run is not None:
                if not self._targets.get(run):  # its log may still be written
                    self._targets[run] = targets_of(run.events_file)
                names |= dict.fromkeys(self._targets[run])
        self._settings.show_targets(names)
        self._show_ready()

    def _show_ready(self) -> None:
        """Buttons say what is possible, and why not."""
        asking, why = self._number is not None, self._why_not()
        self._go.setEnabled(not asking and not why)
        self._go.setToolTip(why or self.tr("Answer in all lanes at once (Ctrl+Enter)"))
        self._copy.setEnabled(not why and not self._earlier.get(RIGHT))
        self._copy.setToolTip(
            self.tr("A conversation cannot be copied, a single question can")
            if self._earlier.get(RIGHT)
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
        self._new.setVisible(bool(self._earlier.get(RIGHT)))
        self._stop.setEnabled(asking)
        self._lanes.show_asking(asking)
        if not asking and (why or self._state.text() == self._why):
            self._state.setText(why)
        self._why = why
