"""Checkpoints: whole or absent, and a run goes on from one bit for bit."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from studio.engine.carry import carry, carry_on
from studio.engine.checkpoint import checkpoints, latest_checkpoint, prune, read_checkpoint
from studio.engine.setup import Setup
from studio.plan.commands import Command
from studio.plan.events import Event, Finished, Started, Stepped
from studio.plan.plan import Plan
from studio.plan.planfile import dump_plan
from studio.runs.folder import Run
from studio.runs.log import read_events

PlanOf = Callable[..., Plan]
# Dropout, momentum, a schedule, accumulation over the ends of epochs, sorted batches: all that a resume must bring back.
HARD = {
    "lora": {"rank": 4, "alpha": 8, "dropout": 0.3},
    "training": {"epochs": 5, "gradient_accumulation": 4, "learning_rate": 0.02, "weight_decay": 0.1, "seed": 3},
    "data": {"eval_fraction": 0.2},
    "evaluation": {"every_steps": 2, "prompts": ["box 1 is very blue"]},
    "saving": {"every_steps": 3, "keep_last": 9},
}  # fmt: skip


def result(run: Path) -> bytes:
    return (run / "adapter" / "adapter_model.safetensors").read_bytes()


def until_step(events: Iterator[Event], step: int) -> None:
    """Take events up to that of a step; the run is then let go of, as by a crash."""
    for event in events:
        if isinstance(event, Stepped) and event.step == step:
            return
    raise AssertionError(f"there was no step {step}")


@pytest.mark.parametrize("steps", [(1,), (3,), (4, 5)], ids=str)
def test_a_resumed_run_is_the_run_that_was_never_disturbed(
    plan_of: PlanOf, tmp_path: Path, steps: tuple[int, ...]
) -> None:
    plan = plan_of(**HARD)
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    list(carry(plan, calm))
    until_step(carry(plan, rough), steps[0])
    assert Run(rough).state() == "interrupted"
    for step in steps[1:]:
        until_step(carry_on(rough), step)
    torch.rand(7)  # the random numbers of a new process are elsewhere
    events = list(carry_on(rough))
    assert isinstance(events[-1], Finished)
    assert result(rough) == result(calm)
    one, other = (Run(path).summary() or {} for path in (calm, rough))
    for key in (
        "steps",
        "examples",
        "tokens",
        "supervised_tokens",
        "first_loss",
        "last_loss",
        "eval_loss",
        "best_step",
    ):
        assert one[key] == other[key], key
    logged = read_events(Run(rough).events_file)
    started = [event for event in logged if isinstance(event, Started)]
    assert [event.resumed_from for event in started] == [None, *[event.step for event in started[1:]]]
    calm_losses = {e.step: e.loss for e in read_events(Run(calm).events_file) if isinstance(e, Stepped)}
    assert all(calm_losses[event.step] == event.loss for event in logged if isinstance(event, Stepped))


def test_a_run_killed_without_warning_goes_on_exactly(plan_of: PlanOf, tmp_path: Path) -> None:
    plan = plan_of(**HARD)
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    list(carry(plan, calm))
    (tmp_path / "plan.yaml").write_text(dump_plan(plan))
    code = (
        "import sys; from pathlib import Path; from studio.plan.planfile import load_plan; "
        "from studio.engine.carry import carry; list(carry(load_plan(Path(sys.argv[1])), Path(sys.argv[2])))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "plan.yaml"), str(rough)],
        start_new_session=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    while process.poll() is None and not any((rough / "checkpoints").glob("step-*")):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not Run(rough).adapter.exists(), "the run ended before it could be killed"
    assert Run(rough).state() == "interrupted"
    assert isinstance(list(carry_on(rough))[-1], Finished)
    assert result(rough) == result(calm)
    for line in Run(rough).events_file.read_text().splitlines():
        json.loads(line)


@pytest.fixture
def stopped(plan_of: PlanOf, tmp_path: Path) -> Run:
    """A run that was let go of after several checkpoints."""
    path = tmp_path / "run"
    until_step(carry(plan_of(saving={"every_steps": 1, "keep_last": 3}), path), 5)
    return Run(path)


def test_old_checkpoints_go_and_the_newest_stay(stopped: Run) -> None:
    assert [path.name for path in checkpoints(stopped.checkpoints)] == [f"step-{step:08d}" for step in (2, 3, 4)]


def test_the_best_checkpoint_stays_too(stopped: Run) -> None:
    prune(stopped.checkpoints, 1, best_step=2)
    assert [path.name for path in checkpoints(stopped.checkpoints)] == ["step-00000002", "step-00000004"]


@pytest.mark.parametrize("damage", ["flip", "cut", "missing", "no manifest", "not json"])
def test_a_damaged_checkpoint_is_passed_over_and_named(stopped: Run, damage: str) -> None:
    newest = list(checkpoints(stopped.checkpoints))[-1]
    weights, manifest = newest / "adapter.safetensors", newest / "manifest.json"
    match damage:
        case "flip":
            data = bytearray(weights.read_bytes())
            data[-1] ^= 1
            weights.write_bytes(data)
        case "cut":
            weights.write_bytes(weights.read_bytes()[:100])
        case "missing":
            (newest / "optimizer.safetensors").unlink()
        case "no manifest":
            manifest.unlink()
        case "not json":
            manifest.write_text("{")
    found, damaged = latest_checkpoint(stopped.checkpoints)
    assert found is not None
    assert found.position.step == 3
    assert damaged == [newest]
    events = list(carry_on(stopped.path))
    assert any(event.name == "warned" and newest.name in event.what for event in events)
    assert next(event for event in events if isinstance(event, Started)).resumed_from == 3


def test_a_checkpoint_that_could_not_be_written_leaves_the_older_ones(
    setup_of: Callable[..., Setup], stopped: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: read_checkpoint(path).position.step for path in checkpoints(stopped.checkpoints)}
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "random.safetensors":
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    events = carry_on(stopped.path)
    assert any(event.name == "warned" and event.code == "disk-full" for event in iter_until(events, "paused"))
    events.close()  # type: ignore[attr-defined]
    monkeypatch.undo()
    assert {path.name: read_checkpoint(path).position.step for path in checkpoints(stopped.checkpoints)} == before
    assert not list(stopped.checkpoints.glob(".partial-*"))


def iter_until(events: Iterator[Event], name: str) -> list[Event]:
    found = []
    for event in events:
        found.append(event)
        if event.name == name:
            break
    return found


def test_stop_and_save_goes_on_exactly_there(plan_of: PlanOf, tmp_path: Path) -> None:
    import queue

    plan = plan_of(**HARD)
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    list(carry(plan, calm))
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    for event in carry(plan, rough, inbox=inbox):
        if isinstance(event, Stepped) and event.step == 2:
            inbox.put(Command("stop", save=True))
    assert event.name == "stopped"
    assert Run(rough).state() == "stopped"
    events = list(carry_on(rough))
    assert next(event for event in events if isinstance(event, Started)).resumed_from == 2
    assert result(rough) == result(calm)
