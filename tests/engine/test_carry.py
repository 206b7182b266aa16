"""Carrying a run: what is refused leaves nothing, and what is begun ends with a summary."""

import json
import queue
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engine import train as train_module
from studio.engine.carry import carry, carry_on
from studio.link.tell import tell
from studio.plan.commands import Command
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Event, Failed, Finished, Paused, Started, Stepped, Stopped
from studio.plan.plan import Plan
from studio.runs.folder import Run
from studio.runs.log import EventLog, read_events

PlanOf = Callable[..., Plan]


def test_what_is_yielded_is_what_is_logged(plan_of: PlanOf, tmp_path: Path) -> None:
    events = list(carry(plan_of(), tmp_path / "run"))
    run = Run(tmp_path / "run")
    at = next(index for index, event in enumerate(events) if isinstance(event, Answered))
    assert events[at].value == {"run": str(run.path)}
    logged = read_events(run.events_file)
    assert logged[0].name == "prepared"
    assert logged[1:] == events[at + 1 :]
    assert isinstance(logged[-1], Finished)
    assert run.state() == "finished"
    assert not run.owner_file.exists()


def test_the_run_keeps_the_plan_as_carried_out(plan_of: PlanOf, tmp_path: Path, rows: Path) -> None:
    list(carry(plan_of(training={"precision": "auto"}), tmp_path / "run"))
    record = Run(tmp_path / "run").plan().record
    assert record is not None
    assert record.device == "cpu"
    assert record.precision in ("float32", "bfloat16")
    assert record.versions["torch"]
    assert record.model_fingerprint
    assert set(record.data_fingerprints) == {str(rows)}


def test_a_run_without_a_path_goes_to_the_studios_own_place(plan_of: PlanOf, own_home: Path) -> None:
    (answer,) = [event for event in carry(plan_of(training={"max_steps": 1})) if isinstance(event, Answered)]
    assert Path(answer.value["run"]).parent == own_home / "studio" / "runs"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"model": "/nowhere/model"}, "model"),
        ({"data": {"train": "/nowhere/rows.jsonl"}}, "data.train"),
        ({"data": {"max_length": 4096}}, "data.max_length"),
        ({"data": {"columns": {"prompt": "question"}}}, "data.columns"),
        ({"lora": {"targets": ["*.nothing"]}}, "lora.targets"),
        ({"lora": {"overrides": [{"match": "*", "enabled": False}]}}, "lora.targets"),
        ({"evaluation": {"prompts": ["fine", "x" * 200]}}, "evaluation.prompts"),
        ({"training": {"device": "cuda:7"}}, "training.device"),
        ({"training": {"device": "mps"}}, "training.device"),
    ],
)
def test_a_refused_plan_leaves_nothing(plan_of: PlanOf, tmp_path: Path, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(carry(plan_of(**changes), tmp_path / "runs" / "run"))
    assert caught.value.now
    assert caught.value.field == field
    assert not (tmp_path / "runs").exists()


def test_a_folder_that_holds_something_is_refused_at_once(plan_of: PlanOf, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "thesis.txt").write_text("mine")
    with pytest.raises(Refusal, match="already something") as caught:
        next(carry(plan_of(), tmp_path / "run"))
    assert caught.value.code == "run-exists"
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["thesis.txt"]


def test_a_disk_without_room_is_refused(plan_of: PlanOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("studio.engine.place.shutil.disk_usage", lambda path: usage)
    with pytest.raises(Refusal, match="free") as caught:
        list(carry(plan_of(), tmp_path / "run"))
    assert caught.value.code == "disk-full"
    assert not (tmp_path / "run").exists()


def test_a_place_that_cannot_be_written_is_refused(
    plan_of: PlanOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("studio.engine.place.tempfile.TemporaryFile", read_only)
    with pytest.raises(Refusal, match="Read-only"):
        next(carry(plan_of(), tmp_path / "run"))


def test_a_stop_before_there_is_a_folder_cancels(plan_of: PlanOf, tmp_path: Path) -> None:
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    inbox.put(Command("stop"))
    assert list(carry(plan_of(), tmp_path / "run", inbox=inbox))[-1].name == "cancelled"
    assert not (tmp_path / "run").exists()


def test_commands_come_through_the_folder_and_from_this_process(plan_of: PlanOf, tmp_path: Path) -> None:
    run = Run(tmp_path / "run")
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    seen: list[Event] = []
    for event in carry(plan_of(training={"epochs": 3}), run.path, inbox=inbox):
        seen.append(event)
        if isinstance(event, Stepped) and event.step == 2:
            with run.commands_file.open("ab") as file:
                file.write(b"not a command\n")
            tell(run, Command("pause"))
        if isinstance(event, Paused):
            inbox.put(Command("stop", save=False))
    assert [event.name for event in seen[-2:]] == ["paused", "stopped"]
    assert run.state() == "stopped"
    assert "not a command" in run.log_file.read_text()


def test_commands_of_an_earlier_life_are_not_obeyed_again(plan_of: PlanOf, tmp_path: Path) -> None:
    run = Run(tmp_path / "run")
    for event in carry(plan_of(), run.path):
        if isinstance(event, Stepped) and event.step == 1:
            tell(run, Command("stop"))
    assert isinstance(event, Stopped)
    assert isinstance(list(carry_on(run.path))[-1], Finished)


def test_what_nobody_expected_is_told_without_a_traceback(
    plan_of: PlanOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("three\nlines\nlong")

    monkeypatch.setattr(train_module, "save_checkpoint", broken)
    run = Run(tmp_path / "run")
    events = list(carry(plan_of(saving={"every_steps": 2}), run.path))
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert (failed.code, failed.step, failed.refused) == ("internal", 2, False)
    assert failed.what == "the training stopped with ZeroDivisionError: three lines long"
    assert run.state() == "failed"
    assert (run.summary() or {})["steps"] == 2
    assert "Traceback" in run.log_file.read_text()
    assert read_events(run.events_file)[-1] == failed


def test_a_failed_run_can_be_resumed(plan_of: PlanOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("once")

    run = Run(tmp_path / "run")
    with monkeypatch.context() as patch:
        patch.setattr(train_module, "save_adapter", broken)
        assert isinstance(list(carry(plan_of(saving={"every_steps": 2}), run.path))[-1], Failed)
    events = list(carry_on(run.path))
    assert next(event for event in events if isinstance(event, Started)).resumed_from == 4
    assert run.state() == "finished"


def test_a_finished_run_tells_its_end_once_more(plan_of: PlanOf, tmp_path: Path) -> None:
    run = Run(tmp_path / "run")
    first = list(carry(plan_of(training={"max_steps": 2}), run.path))[-1]
    before = run.events_file.read_bytes()
    events = list(carry_on(run.path))
    assert [event.name for event in events] == ["answered", "finished"]
    assert isinstance(first, Finished)
    assert events[-1].summary == first.summary
    assert run.events_file.read_bytes() == before


def test_a_run_that_is_carried_is_refused(plan_of: PlanOf, tmp_path: Path) -> None:
    events = carry(plan_of(), tmp_path / "run")
    next(event for event in events if isinstance(event, Started))
    assert Run(tmp_path / "run").state() == "running"
    with pytest.raises(Refusal, match="another process"):
        list(carry_on(tmp_path / "run"))
    assert isinstance(list(events)[-1], Finished)


def test_other_data_are_refused_at_a_resume(plan_of: PlanOf, tmp_path: Path, rows: Path) -> None:
    events = carry(plan_of(), tmp_path / "run")
    next(event for event in events if isinstance(event, Stepped))
    events.close()  # type: ignore[attr-defined]
    with rows.open("a") as file:
        file.write(json.dumps({"prompt": "a", "completion": "b"}) + "\n")
    with pytest.raises(Refusal, match="data") as caught:
        list(carry_on(tmp_path / "run"))
    assert caught.value.code == "data-changed"


def test_a_missing_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        next(carry_on(tmp_path / "nothing"))
    assert caught.value.code == "run-missing"


def test_a_disk_so_full_that_not_even_the_log_can_grow(
    plan_of: PlanOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = EventLog.append

    def full(log: EventLog, event: Event) -> None:
        if getattr(event, "step", 0) or isinstance(event, Failed):
            raise OSError(28, "No space left on device")
        append(log, event)

    monkeypatch.setattr(EventLog, "append", full)
    failed = list(carry(plan_of(), tmp_path / "run"))[-1]
    assert isinstance(failed, Failed)
    assert (failed.code, failed.what) == ("disk-full", "the disk is full")
