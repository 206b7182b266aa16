"""The worker: the real process over its pipes, and its order of work."""

import io
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.engine import worker as worker_module
from studio.engine.requests import Control
from studio.engine.worker import Worker
from studio.link.launch import start_worker
from studio.link.tell import tell
from studio.link.wire import Request, read_answer, request_line
from studio.plan.commands import Command
from studio.plan.events import Answered, Cancelled, Event, Failed, Finished, Progressed, Ready, Stepped
from studio.plan.plan import Plan
from studio.runs.folder import Run
from studio.runs.log import Follower

PATIENCE_SECONDS = 120


class Process:
    """A worker process and the answers that have come."""

    def __init__(self, log: Path) -> None:
        self.process = start_worker(log)
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def send(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, number: int, name: str, **arguments: Any) -> None:
        self.send(request_line(Request(number, name, arguments)))

    def next(self) -> tuple[int, Event]:
        line = self._lines.get(timeout=PATIENCE_SECONDS)
        assert line is not None, "the worker has ended"
        return read_answer(line.decode())

    def last(self, number: int) -> Event:
        """The event that ends a request."""
        while True:
            found, event = self.next()
            if found == number and isinstance(event, Answered | Failed | Cancelled):
                return event

    def close(self) -> None:
        """The window goes."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def code(self) -> int:
        return self.process.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    started = Process(tmp_path / "worker.log")
    yield started
    if started.process.poll() is None:
        started.process.kill()
    started.process.wait()
    for pipe in (started.process.stdin, started.process.stdout):
        assert pipe is not None
        pipe.close()


def test_a_worker_from_ready_to_the_end_of_its_input(
    process: Process, llama: Path, plan_of: Callable[..., Plan], tmp_path: Path
) -> None:
    number, event = process.next()
    assert number == 0
    assert isinstance(event, Ready)
    assert event.machine
    process.ask(1, "inspect", model=str(llama))
    answer = process.last(1)
    assert isinstance(answer, Answered)
    assert answer.value["description"]["model_type"] == "llama"
    process.send("garbage")
    process.send('{"id": "x"}')
    process.ask(2, "inspect", model=str(tmp_path / "nothing"))
    refused = process.last(2)
    assert isinstance(refused, Failed)
    assert refused.refused
    assert refused.field == "model"
    process.ask(3, "preview", plan=plan_of().model_dump(mode="json"), rows=5)
    shown = process.last(3)
    assert isinstance(shown, Answered)
    assert len(shown.value["rows"]) == 5
    process.ask(4, "no such thing")
    assert isinstance(process.last(4), Failed)
    process.ask(5, "generate", model=str(llama), prompt="box", max_new_tokens=4, lanes=["base"])
    assert isinstance(process.last(5), Answered)
    process.close()
    assert process.code() == 0


def test_a_run_outlives_the_window_that_started_it(
    process: Process, plan_of: Callable[..., Plan], tmp_path: Path
) -> None:
    plan = plan_of(training={"epochs": 60}).model_dump(mode="json")
    process.ask(1, "train", plan=plan, run=str(tmp_path / "run"))
    answer = process.last(1)
    assert isinstance(answer, Answered)
    run = Run(Path(answer.value["run"]))
    assert run.owner() == process.process.pid
    tell(run, Command("pause"))
    process.close()
    follower = Follower(run.events_file)
    events: list[Event] = []
    while not any(event.name == "paused" for event in events):
        assert process.process.poll() is None
        events += follower.events()
        time.sleep(0.02)
    tell(run, Command("resume"))
    assert process.code() == 0
    events += follower.events()
    assert isinstance(events[-1], Finished)
    assert sum(isinstance(event, Stepped) for event in events) == 60 * 6
    assert run.state() == "finished"


def test_a_refused_run_leaves_the_worker_as_it_was(
    process: Process, plan_of: Callable[..., Plan], tmp_path: Path
) -> None:
    plan = plan_of(lora={"targets": ["*.nothing"]}).model_dump(mode="json")
    process.ask(1, "train", plan=plan, run=str(tmp_path / "run"))
    refused = process.last(1)
    assert isinstance(refused, Failed)
    assert refused.refused
    assert not (tmp_path / "run").exists()
    process.ask(2, "train", plan=plan_of(training={"max_steps": 1}).model_dump(mode="json"), run=None)
    assert isinstance(process.last(2), Answered)
    assert process.code() == 0


class Wire(io.BytesIO):
    """Remembers what was told."""

    def told(self, number: int) -> list[str]:
        answers = [read_answer(line.decode()) for line in self.getvalue().splitlines()]
        return [event.name for found, event in answers if found == number]


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    monkeypatch.setattr(worker_module, "machine", dict)
    return Wire()


def lines(*requests: Request) -> list[bytes]:
    return [request_line(request).encode() for request in requests]


def test_cancel_ends_a_running_request_and_the_next_is_answered(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, closed = threading.Event(), threading.Event()

    def endless(arguments: object, control: Control) -> Iterator[Event]:
        try:
            while True:
                begun.set()
                yield Progressed(phase="counting", done=0)
        finally:
            closed.set()

    def quick(arguments: object, control: Control) -> Iterator[Event]:
        yield Answered(value={})

    monkeypatch.setattr(worker_module, "REQUESTS", {"endless": endless, "quick": quick})
    worker = Worker(wire)

    def requests() -> Iterator[bytes]:
        yield from lines(Request(1, "endless"))
        begun.wait()
        yield from lines(Request(2, "cancel", {"id": 1}), Request(3, "quick"))
        closed.wait()
        while not wire.told(3):
            time.sleep(0.01)

    reader = threading.Thread(target=worker.read, args=(requests(),))
    reader.start()
    assert worker.work() == 0
    reader.join()
    assert wire.told(1)[-1] == "cancelled"
    assert wire.told(3) == ["answered"]


def test_the_end_of_the_input_ends_what_is_going_on(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(arguments: object, control: Control) -> Iterator[Event]:
        while True:
            yield Progressed(phase="counting", done=0)

    monkeypatch.setattr(worker_module, "REQUESTS", {"endless": endless})
    worker = Worker(wire)
    worker.read(lines(Request(1, "endless")))
    assert worker.work() == 0
    assert wire.told(1) == ["cancelled"]


def test_an_error_of_a_request_is_told_and_survived(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(arguments: dict[str, Any], control: Control) -> Iterator[Event]:
        yield Progressed(phase="reading", done=0)
        raise KeyError("nothing")

    monkeypatch.setattr(worker_module, "REQUESTS", {"broken": broken})
    worker = Worker(wire)

    def requests() -> Iterator[bytes]:
        yield from lines(Request(1, "broken"), Request(2, "broken"))
        while len(wire.told(2)) < 2:
            time.sleep(0.01)

    reader = threading.Thread(target=worker.read, args=(requests(),))
    reader.start()
    assert worker.work() == 0
    reader.join()
    assert wire.told(1) == wire.told(2) == ["progressed", "failed"]
    failed = [read_answer(line.decode())[1] for line in wire.getvalue().splitlines() if line.startswith(b"1\t")][-1]
    assert isinstance(failed, Failed)
    assert "KeyError" in failed.what
