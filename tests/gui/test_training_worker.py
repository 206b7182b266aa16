"""The pump: a worker process, or a run's log, as signals in order and in few deliveries."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.gui.run_control import RunControl
from studio.gui.service import Service
from studio.gui.training_worker import TrainingWorker
from studio.plan.commands import Command
from studio.plan.events import Answered, Cancelled, Event, Failed, Finished, Stepped
from studio.plan.plan import Plan
from studio.runs.folder import create_run
from studio.runs.log import EventLog

pytestmark = pytest.mark.usefixtures("fake_worker")


def stepped(step: int) -> Stepped:
    return Stepped(
        step=step, loss=1.0, learning_rate=1e-3, grad_norm=1.0, tokens=step, tokens_per_second=1.0, memory={},
        trainable_parameters=1, eta_seconds=0.0,
    )  # fmt: skip


def steps_of(events: list[Event]) -> list[int]:
    return [event.step for event in events if isinstance(event, Stepped)]


def test_a_request_is_answered_by_the_worker(qtbot: QtBot) -> None:
    service, heard = Service(), list[Event]()
    with qtbot.waitSignal(service.machineKnown, timeout=20000) as known:
        service.ask("echo", {"word": "hello"}, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=20000)
    assert known.args == [{"memory_available": 8_000_000_000}]
    assert isinstance(heard[0], Answered)
    assert heard[0].value == {"word": "hello"}
    service.close()


def test_a_worker_that_dies_fails_its_requests_and_the_next_request_gets_another(qtbot: QtBot) -> None:
    service, heard = Service(), list[Event]()
    service.ask("die", {}, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=20000)
    assert isinstance(heard[0], Failed)
    assert "Killed by the test" in heard[0].what
    service.ask("echo", {}, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20000)
    assert isinstance(heard[1], Answered)
    service.close()


def test_a_request_can_be_cancelled(qtbot: QtBot) -> None:
    service, heard = Service(), list[Event]()
    number = service.ask("wait", {}, heard.append)
    service.cancel(number)
    qtbot.waitUntil(lambda: bool(heard), timeout=20000)
    assert isinstance(heard[0], Cancelled)
    service.close()


def test_a_run_is_carried_paused_resumed_and_finished(qtbot: QtBot, run_plan: Plan) -> None:
    service = Service()
    control = RunControl(service)
    events: list[Event] = []
    states: list[str] = []
    control.happened.connect(events.extend)
    control.stateChanged.connect(states.append)
    plan = run_plan.with_values(training=run_plan.training.with_values(max_steps=20000))
    control.start(plan)
    assert control.state == "starting"
    qtbot.waitUntil(lambda: control.state == "running", timeout=20000)
    control.tell(Command("pause"))
    qtbot.waitUntil(lambda: control.state == "paused", timeout=20000)
    control.tell(Command("resume"))
    qtbot.waitUntil(lambda: control.state == "finished", timeout=60000)
    qtbot.waitUntil(lambda: bool(events) and isinstance(events[-1], Finished), timeout=20000)
    assert steps_of(events) == list(range(1, 20001))
    assert states == ["starting", "running", "paused", "running", "finished"]
    control.close()
    service.close()


def test_a_refusal_leaves_no_run(qtbot: QtBot, run_plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service()
    control = RunControl(service)
    monkeypatch.setattr(RunControl, "start", lambda self, plan: self._begin("train", {"refuse": True}))
    with qtbot.waitSignal(control.refused, timeout=20000) as refused:
        control.start(run_plan)
    assert refused.args[0].what == "no such thing"
    assert (control.state, control.run) == ("idle", None)
    control.close()
    service.close()


def test_an_old_run_is_replayed_in_few_deliveries(qtbot: QtBot, run_plan: Plan, tmp_path: Path) -> None:
    run = create_run(run_plan, tmp_path / "run")
    with EventLog(run.events_file) as log:
        for step in range(1, 12001):
            log.append(stepped(step))
    worker = TrainingWorker(run.log_file, run)
    deliveries: list[list[Event]] = []
    worker.happened.connect(deliveries.append)
    with qtbot.waitSignal(worker.ended, timeout=20000) as ended:
        worker.start()
    worker.wait()
    assert ended.args == ["interrupted"]
    assert [step for events in deliveries for step in steps_of(events)] == list(range(1, 12001))
    assert len(deliveries) <= 4


def test_watching_can_be_left_while_the_run_goes_on(qtbot: QtBot, run_plan: Plan, tmp_path: Path) -> None:
    run = create_run(run_plan, tmp_path / "run")
    with run.owned(), EventLog(run.events_file) as log:
        log.append(stepped(1))
        worker = TrainingWorker(run.log_file, run)
        with qtbot.waitSignal(worker.happened, timeout=20000):
            worker.start()
        worker.leave()
        assert worker.wait(5000)
        assert run.owner() is not None
