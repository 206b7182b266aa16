"""The playground: base and adapter, side by side."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from studio.gui.playground import Playground
from studio.gui.service import Service
from studio.plan.events import Answered, Cancelled, Event, Failed, Worded
from studio.plan.plan import Plan
from studio.runs.folder import Run, create_run


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
    assert (name, arguments["prompt"], arguments["lanes"]) == ("generate", "Who?", ["base", "adapter"])
    assert arguments["adapters"] == [{"path": str(run.adapter), "scale": 1.0}]
    for lane, text in (("base", "I "), ("adapter", "Mia"), ("base", "know not")):
        service.hear(Worded(lane=lane, text=text))
    assert not go(playground).isEnabled()
    service.hear(Answered(value={"texts": {}}))
    assert playground.answers() == ("I know not", "Mia")
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
        service.hear(Failed(code="x", what="the model is gone"))
    assert failed.args == ["the model is gone"]
