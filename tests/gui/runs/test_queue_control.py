"""The queue, carried out by fake workers."""

from pathlib import Path

import psutil
import pytest

from studio.gui.run_control import RunControl
from studio.gui.runs.queue_control import QueueControl
from studio.gui.service import Service
from studio.link.launch import start_worker
from studio.link.wire import Request, request_line
from studio.plan.commands import Command
from studio.runs.folder import Run, create_run, list_runs
from studio.runs.queue import Queue, load_queue, queue_file, save_queue


class Studio:
    """What a window has of the queue."""

    def __init__(self):
        self.service = Service()
        self.control = RunControl(self.service)
        self.queue = QueueControl(self.control)
        self.queue.begin()

    def states(self):
        return [entry.state for entry in self.queue.queue.entries]

    def close(self):
        self.queue.close()
        self.control.close()
        self.service.close()


@pytest.fixture
def studio(fake_worker):
    made = Studio()
    yield made
    made.close()


def ids(studio):
    return [entry.id for entry in studio.queue.queue.entries]


def test_plans_run_one_after_the_other_and_a_failed_one_does_not_stop_the_rest(qtbot, studio, run_plan):
    seen = []
    studio.queue.changed.connect(lambda queue: seen.append([entry.state for entry in queue.entries]))
    bad = run_plan.with_values(model="refused")
    for name, plan in (("first", run_plan), ("bad", bad), ("last", run_plan)):
        studio.queue.add(name, plan)
    assert studio.states() == ["waiting"] * 3
    qtbot.wait(700)
    assert studio.states() == ["waiting"] * 3, "nothing begins before it is told to"
    studio.queue.go(True)
    qtbot.waitUntil(lambda: studio.states() == ["done", "failed", "done"], timeout=20000)
    assert all(states.count("running") <= 1 for states in seen)
    first, failed, last = studio.queue.queue.entries
    assert "no such thing" in failed.reason
    assert [Run(Path(entry.run)).state() for entry in (first, last)] == ["finished", "finished"]
    assert len(list_runs()) == 2
    assert load_queue().entries == studio.queue.queue.entries
    qtbot.waitUntil(lambda: not studio.queue.queue.going, timeout=5000)


def test_the_queue_can_be_changed_while_it_runs(qtbot, studio, run_plan):
    long = run_plan.with_values(training=run_plan.training.with_values(max_steps=5_000_000))
    for name, plan in (("long", long), ("second", run_plan), ("third", run_plan), ("unwanted", run_plan)):
        studio.queue.add(name, plan)
    studio.queue.go(True)
    qtbot.waitUntil(lambda: studio.control.state == "running", timeout=10000)
    studio.control.tell(Command("pause"))
    qtbot.waitUntil(lambda: studio.control.state == "paused", timeout=10000)
    long_id, _, third, unwanted = ids(studio)
    studio.queue.move(third, -1)
    studio.queue.remove(unwanted)
    studio.queue.remove(long_id)
    studio.queue.add("fourth", run_plan)
    assert [entry.name for entry in studio.queue.queue.entries] == ["long", "third", "second", "fourth"]
    assert studio.states()[0] == "running"
    studio.queue.go(False)
    psutil.Process(studio.control.run.owner()).kill()
    qtbot.waitUntil(lambda: studio.states()[0] == "failed", timeout=10000)
    assert "without a word" in studio.queue.queue.entries[0].reason
    qtbot.wait(700)
    assert studio.states()[1:] == ["waiting"] * 3, "held"


def test_a_window_that_opens_later_goes_on_with_the_queue(qtbot, fake_worker, run_plan, tmp_path):
    """The window that began the run is gone, its worker is not."""
    run = Run(tmp_path / "run")
    queue = Queue(going=True).add("slow", run_plan).add("next", run_plan)
    save_queue(queue.mark(queue.entries[0].id, "running", run=run.path))
    worker = start_worker(tmp_path / "worker.log")
    slow = run_plan.with_values(training=run_plan.training.with_values(max_steps=5_000_000))
    arguments = {"plan": slow.model_dump(mode="json"), "run": str(run.path)}
    with worker:
        worker.stdin.write(request_line(Request(1, "train", arguments)).encode() + b"\n")
        worker.stdin.flush()
        qtbot.waitUntil(lambda: run.owner() is not None, timeout=10000)
        studio = Studio()
        qtbot.waitUntil(lambda: studio.control.run == run and studio.control.live, timeout=5000)
        assert studio.states() == ["running", "waiting"]
        worker.kill()
        worker.wait()
        qtbot.waitUntil(lambda: studio.states() == ["failed", "done"], timeout=20000)
        studio.close()


def test_a_run_that_was_never_begun_waits_again(qtbot, fake_worker, run_plan, tmp_path):
    queue = Queue().add("lost", run_plan)
    save_queue(queue.mark(queue.entries[0].id, "running", run=tmp_path / "never"))
    studio = Studio()
    qtbot.waitUntil(lambda: studio.states() == ["waiting"], timeout=5000)
    studio.close()


@pytest.mark.parametrize(("state", "becomes"), [("finished", "done"), ("stopped", "stopped"), ("failed", "failed")])
def test_what_became_of_a_run_is_read_from_its_folder(qtbot, fake_worker, run_plan, tmp_path, state, becomes):
    run = create_run(run_plan, tmp_path / "run")
    run.write_summary({"state": state})
    queue = Queue().add("one", run_plan).add("two", run_plan)
    save_queue(queue.mark(queue.entries[0].id, "running", run=run.path))
    studio = Studio()
    qtbot.waitUntil(lambda: studio.states()[0] == becomes, timeout=5000)
    assert not studio.queue.queue.going
    studio.queue.try_again(ids(studio)[0])
    assert studio.states() == ["waiting", "waiting"]
    studio.queue.clear_ended()
    assert len(ids(studio)) == 2
    studio.close()


def test_only_one_window_carries_out_the_queue(studio, run_plan):
    studio.queue.add("one", run_plan)
    other = QueueControl(studio.control)
    other.begin()
    assert not other.owned
    assert other.queue == studio.queue.queue
    other.add("two", run_plan)
    assert len(load_queue().entries) == 1
    other.close()


def test_a_damaged_queue_is_said_and_left_alone(qtbot, fake_worker, run_plan):
    queue_file().parent.mkdir(parents=True, exist_ok=True)
    queue_file().write_text("{")
    control = RunControl(Service())
    queue = QueueControl(control)
    with qtbot.waitSignal(queue.failed) as told:
        queue.begin()
    assert "cannot be read" in told.args[0].sentence
    queue.add("one", run_plan)
    assert queue_file().read_text() == "{"
