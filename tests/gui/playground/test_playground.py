"""The playground: base and adapter, side by side."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QMenu, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from studio.gui.playground.panel import Playground
from studio.gui.service import Service
from studio.plan.events import Answered, Cancelled, Event, Failed, Worded
from studio.plan.plan import Plan
from studio.runs.folder import Run, create_run

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
    assert "The answers differ" in said
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
    assert "other base models" in go(playground).toolTip()
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
