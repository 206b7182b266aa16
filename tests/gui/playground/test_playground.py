"""The playground: base and adapter, side by side."""

import shlex
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSlider,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from studio.gui.playground.mixer import LayerMixer
from studio.gui.playground.panel import Playground
from studio.gui.service import Service
from studio.plan.events import Answered, Cancelled, Event, Failed, Started, Worded
from studio.plan.plan import Plan
from studio.runs.folder import Run, create_run
from studio.runs.log import EventLog, targets_of

SPOKE = {"adapter": "/a", "fingerprint": "0123456789ab", "strength": 0.5, "targets": 27, "of_targets": 28}


class Asked(Service):
    """Keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[tuple[str, dict[str, object]]] = []
        self.cancelled: list[int] = []
        self.hear: Callable[[Event], None] = lambda event: None

    def ask(self, name: str, arguments: dict[str, object], hearer: Callable[[Event], None]) -> int:
        self.requests.append((name, arguments))
        self.hear = hearer
        return len(self.requests)

    def cancel(self, number: int) -> None:
        self.cancelled.append(number)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    made = create_run(Plan.model_validate({"model": str(tmp_path), "data": {"train": "/d.jsonl"}}), tmp_path / "my-run")
    made.adapter.mkdir()
    return made


@pytest.fixture
def service() -> Asked:
    return Asked()


@pytest.fixture
def playground(qtbot: QtBot, service: Asked, run: Run) -> Playground:
    made = Playground(service)
    qtbot.addWidget(made)
    made.show_runs([run])
    return made


def go(playground: Playground) -> QPushButton:
    return playground.findChild(QPushButton, "generateButton")


def test_without_an_adapter_the_button_says_why(qtbot: QtBot, service: Asked) -> None:
    empty = Playground(service)
    qtbot.addWidget(empty)
    assert not go(empty).isEnabled()
    assert "train one first" in go(empty).toolTip()


def test_both_answers_stream_into_their_boxes(playground: Playground, service: Asked, run: Run) -> None:
    playground.set_prompt("Who?")
    go(playground).click()
    name, arguments = service.requests[0]
    assert (name, arguments["prompt"], arguments["lanes"]) == ("generate", "Who?", ["base", "right"])
    assert arguments["adapters"] == [{"path": str(run.adapter), "scale": 1.0, "lane": "right"}]
    for lane, text in (("base", "I "), ("right", "Mia"), ("base", "know not")):
        service.hear(Worded(lane=lane, text=text))
    assert not go(playground).isEnabled()
    service.hear(Answered(value={"texts": {}, "spoke": {"base": [], "right": [SPOKE]}}))
    assert playground.answers() == ("I know not", "Mia")
    said = [label.text() for label in playground.findChildren(QLabel)]
    assert "adapter 0123456789ab, 27 of 28 targets at scale 0.5" in said
    assert "base weights, no adapter" in said
    assert "Answers differ" in said
    assert go(playground).isEnabled()


def test_stop_cancels_and_keeps_what_was_said(playground: Playground, service: Asked) -> None:
    playground.set_prompt("Who?")
    go(playground).click()
    service.hear(Worded(lane="base", text="I"))
    (stop,) = [button for button in playground.findChildren(QPushButton) if button.text() == "Stop"]
    stop.click()
    assert service.cancelled == [1]
    service.hear(Cancelled())
    assert playground.answers() == ("I", "")
    assert not stop.isEnabled()


def test_a_failure_is_told(qtbot: QtBot, playground: Playground, service: Asked) -> None:
    playground.set_prompt("Who?")
    go(playground).click()
    with qtbot.waitSignal(playground.failed) as failed:
        service.hear(Failed(code="x", what="the model is gone", now="choose another"))
    assert failed.args == ["the model is gone: choose another."]


def named(playground: Playground, kind: type, name: str) -> object:
    (found,) = [widget for widget in playground.findChildren(kind) if widget.accessibleName() == name]
    return found


def test_two_runs_beside_each_other_each_at_its_scale(
    playground: Playground, service: Asked, run: Run, tmp_path: Path
) -> None:
    plan = Plan.model_validate({"model": str(tmp_path), "data": {"train": "/d.jsonl"}})
    other = create_run(plan, tmp_path / "other")
    strange = create_run(plan.model_copy(update={"model": "/else"}), tmp_path / "strange")
    for made in (other, strange):
        made.adapter.mkdir()
    playground.show_runs([run, other, strange])
    left = named(playground, QComboBox, "Who answers: left")
    left.setCurrentIndex(left.findText(strange.name))
    playground.set_prompt("Who?")
    assert not go(playground).isEnabled()
    assert "different base models" in go(playground).toolTip()
    left.setCurrentIndex(left.findText(other.name))
    named(playground, QSlider, "Scale: left").setValue(30)
    named(playground, QDoubleSpinBox, "Scale as a number: right").setValue(0.33)
    go(playground).click()
    _, arguments = service.requests[0]
    assert arguments["lanes"] == ["left", "right"]
    assert arguments["adapters"] == [
        {"path": str(other.adapter), "scale": 1.5, "lane": "left"},
        {"path": str(run.adapter), "scale": 0.33, "lane": "right"},
    ]


def test_settings_go_with_the_question(playground: Playground, service: Asked) -> None:
    playground.set_prompt("Who?")
    named(playground, QComboBox, "Layers that speak").setCurrentIndex(1)
    named(playground, QDoubleSpinBox, "Temperature").setValue(0.7)
    named(playground, QDoubleSpinBox, "Top-p").setValue(0.9)
    named(playground, QLineEdit, "Stop text").setText("END")
    go(playground).click()
    _, arguments = service.requests[0]
    assert (arguments["temperature"], arguments["top_p"], arguments["stop"]) == (0.7, 0.9, ["END"])
    assert "*mlp*" in arguments["mute"]


def test_what_is_copied_asks_the_same(playground: Playground, run: Run, tmp_path: Path) -> None:
    playground.set_prompt('Who "is"?')
    python, line = [action for menu in playground.findChildren(QMenu) for action in menu.actions()][:2]
    python.trigger()
    code = QGuiApplication.clipboard().text()
    compile(code, "copied", "exec")
    assert repr(str(run.adapter)) in code
    line.trigger()
    assert shlex.split(QGuiApplication.clipboard().text()) == [
        "lora-studio", "generate", "--model", str(tmp_path), "--adapter", f"{run.adapter}:1", "--prompt", 'Who "is"?',
        "--max-new-tokens", "96",
    ]  # fmt: skip


def test_a_conversation_goes_on_in_each_lane_from_its_own_answers(
    qtbot: QtBot, playground: Playground, service: Asked
) -> None:
    box = playground.findChild(QCheckBox, "conversationBox")
    new = next(button for button in playground.findChildren(QPushButton) if button.text() == "Start over")
    box.setChecked(True)

    def ask(question: str, left: str, right: str) -> object:
        playground.set_prompt(question)
        go(playground).click()
        for lane, text in (("base", left), ("right", right)):
            service.hear(Worded(lane=lane, text=text))
        service.hear(Answered(value={"texts": {}, "spoke": {}}))
        return service.requests[-1][1]["earlier"]

    assert ask("Hi", "eh", "Hello") == {"base": [], "right": []}
    assert ask("Bye", "hm", "See you") == {"base": [("Hi", "eh")], "right": [("Hi", "Hello")]}
    assert playground.answers() == ("» Hi\neh\n\n» Bye\nhm", "» Hi\nHello\n\n» Bye\nSee you")
    playground.set_prompt("And?")
    copy = next(button for button in playground.findChildren(QPushButton) if button.text() == "Copy as")
    assert (copy.isEnabled(), new.isHidden()) == (False, False)
    new.click()
    assert playground.answers() == ("", "")
    assert ask("", "x", "y") == {"base": [], "right": []}
    box.setChecked(False)
    playground.set_prompt("One")
    go(playground).click()
    assert playground.answers() == ("", "")


def test_an_adapter_that_learnt_from_single_questions_holds_no_conversation(
    playground: Playground, service: Asked
) -> None:
    box = playground.findChild(QCheckBox, "conversationBox")
    box.setChecked(True)
    playground.set_prompt("Hi")
    go(playground).click()
    service.hear(Worded(lane="right", text="Hello"))
    service.hear(Answered(value={"texts": {}, "spoke": {}, "turns": False}))
    assert (box.isChecked(), box.isEnabled()) == (False, False)
    assert "single questions" in box.toolTip()
    assert playground.answers()[1].endswith("Hello")  # what was said stays


@pytest.fixture
def runs(run: Run, tmp_path: Path, started: Callable[..., Started]) -> list[Run]:
    """Six runs on one base; what they train stands in their logs."""
    made = [run]
    names = [f"model.layers.{layer}.{kind}_proj" for layer in range(6) for kind in ("self_attn.q", "mlp.up")]
    for number in range(2, 7):
        other = create_run(run.plan(), tmp_path / f"run-{number}")
        other.adapter.mkdir()
        made.append(other)
    for other in made:
        with EventLog(other.events_file) as log:
            log.append(started(targets=dict.fromkeys(names, 8)))
    return made


def test_up_to_four_adapters_answer_beside_the_base(
    qtbot: QtBot, playground: Playground, service: Asked, runs: list[Run]
) -> None:
    playground.show_runs(runs)
    add = playground.findChild(QPushButton, "addLaneButton")
    for _ in range(3):
        assert add.isEnabled()
        add.click()
    assert not add.isEnabled()
    assert "room for 5 lanes" in add.toolTip()
    playground.set_prompt("Who?")
    named(playground, QDoubleSpinBox, "Scale as a number: fourth").setValue(0.5)
    go(playground).click()
    arguments = service.requests[0][1]
    assert arguments["lanes"] == ["base", "right", "third", "fourth", "fifth"]
    assert [(one["path"], one["scale"]) for one in arguments["adapters"]] == [
        (str(shown.adapter), scale) for shown, scale in zip(runs, (1.0, 1.0, 0.5, 1.0), strict=False)
    ]
    assert not named(playground, QToolButton, "Remove this lane: third").isEnabled()  # while answers are on their way
    for lane in arguments["lanes"]:
        service.hear(Worded(lane=lane, text="eh" if lane != "fifth" else "oh"))
    service.hear(Answered(value={"texts": {}, "spoke": {"fifth": [SPOKE]}}))
    assert playground.answers() == ("eh", "eh", "eh", "eh", "oh")
    assert "Answers differ" in [label.text() for label in playground.findChildren(QLabel)]

    playground.findChildren(QMenu)[0].actions()[1].trigger()
    assert f"{runs[0].adapter}:1" in QGuiApplication.clipboard().text()  # the page is about the second lane
    named(playground, QToolButton, "Remove this lane: third").click()
    assert playground.request()["lanes"] == ["base", "right", "fourth", "fifth"]
    assert add.isEnabled()
    add.click()
    assert playground.request()["lanes"] == ["base", "right", "third", "fourth", "fifth"]


def test_a_lane_that_came_later_has_no_earlier_turns(playground: Playground, service: Asked, runs: list[Run]) -> None:
    playground.show_runs(runs)
    playground.findChild(QCheckBox, "conversationBox").setChecked(True)
    playground.set_prompt("Hi")
    go(playground).click()
    service.hear(Worded(lane="right", text="Hello"))
    service.hear(Answered(value={"texts": {}, "spoke": {}}))
    playground.findChild(QPushButton, "addLaneButton").click()
    playground.set_prompt("Bye")
    assert playground.request()["earlier"] == {"base": [("Hi", "")], "right": [("Hi", "Hello")], "third": []}


def test_groups_are_muted_and_heard_alone(qtbot: QtBot, playground: Playground, runs: list[Run]) -> None:
    playground.show_runs(runs)
    playground.set_prompt("Who?")
    playground.show()
    playground.activateWindow()
    qtbot.waitUntil(playground.isActiveWindow)
    layers = named(playground, QComboBox, "Layers that speak")
    assert playground.request()["mute"] == []
    layers.setCurrentIndex(layers.count() - 1)
    boxes = {box.text(): box for box in playground.findChild(LayerMixer).findChildren(QCheckBox)}
    assert list(boxes) == ["q", "up", "first layers, 0–1", "middle layers, 2–3", "last layers, 4–5"]
    boxes["q"].click()
    assert playground.request()["mute"] == ["*.q_proj", "q_proj"]
    qtbot.mouseClick(boxes["last layers, 4–5"], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    muted = playground.request()["mute"]
    heard = [name for name in targets_of(runs[0].events_file) if not any(fnmatchcase(name, glob) for glob in muted)]
    assert heard == ["model.layers.4.mlp.up_proj", "model.layers.5.mlp.up_proj"]
    boxes["last layers, 4–5"].setFocus()
    qtbot.keyClick(boxes["last layers, 4–5"], Qt.Key.Key_S)  # again: all of its like
    assert playground.request()["mute"] == ["*.q_proj", "q_proj"]
    next(button for button in playground.findChildren(QPushButton) if button.text() == "All speak").click()
    assert playground.request()["mute"] == []


def test_a_run_of_which_nothing_is_known_has_no_groups(playground: Playground) -> None:
    mixer = playground.findChild(LayerMixer)
    assert mixer.muted() == []
    assert "Nothing is known" in next(label.text() for label in mixer.findChildren(QLabel) if not label.isHidden())
