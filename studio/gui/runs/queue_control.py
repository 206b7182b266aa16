"""The queue at work: it begins the next plan as soon as nothing runs, whatever became of the one before."""

from collections.abc import Callable
from pathlib import Path

import filelock
from PySide6.QtCore import QObject, QTimer, Signal

from studio.gui.run_control import RunControl
from studio.plan.errors import Refusal, StudioError
from studio.plan.events import Failed
from studio.plan.plan import Plan
from studio.runs.folder import Run
from studio.runs.log import read_events
from studio.runs.places import data_folder, runs_folder
from studio.runs.queue import Entry, Queue, load_queue, queue_run_folder, save_queue

LOOK_MILLISECONDS = 500


class QueueControl(QObject):
    """Carries out the queue through the window's RunControl. Every change is on disk before it is shown.

    What became of a run is read from its folder, not remembered: a window that opens later comes to the same answer. One window at a
    time owns the queue; in any other `owned` is False, and nothing can be changed there.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, control: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._queue = Queue()
        self._lock = filelock.FileLock(data_folder() / "queue.lock")
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        control.refused.connect(self._refused)

    @property
    def queue(self) -> Queue:
        """The queue as it is on disk."""
        return self._queue

    @property
    def owned(self) -> bool:
        """Whether this window carries out the queue."""
        return bool(self._lock.is_locked)

    def begin(self) -> None:
        """Read the queue that an earlier window left, and go on with it."""
        data_folder().mkdir(parents=True, exist_ok=True)
        try:
            self._queue = load_queue()
            self._lock.acquire(timeout=0)
        except filelock.Timeout:
            pass  # another window has it: shown here, changed there
        except Refusal as refusal:
            self.failed.emit(refusal)
            return
        self.changed.emit(self._queue)
        if self.owned:
            self._timer.start()

    def close(self) -> None:
        """Let another window have the queue. What waits stays on disk."""
        self._timer.stop()
        self._lock.release()

    def add(self, name: str, plan: Plan) -> None:
        """Line up a plan."""
        self._edit(lambda queue: queue.add(name, plan))

    def move(self, entry_id: str, by: int) -> None:
        """Move an entry down, or up where `by` is negative."""
        self._edit(lambda queue: queue.move(entry_id, by))

    def remove(self, entry_id: str) -> None:
        """Take an entry out; a run that it left stays."""
        self._edit(lambda queue: queue.remove(entry_id))

    def try_again(self, entry_id: str) -> None:
        """Let an entry that has ended wait again, in a new run."""
        self._edit(lambda queue: queue.mark(entry_id, "waiting"))

    def clear_ended(self) -> None:
        """Take out everything that has ended."""
        self._edit(Queue.without_ended)

    def go(self, going: bool) -> None:
        """Begin what waits, one after the other; or begin nothing more. What is running goes on."""
        self._edit(lambda queue: Queue(queue.entries, going))

    def _edit(self, change: Callable[[Queue], Queue]) -> None:
        new = change(self._queue)
        if not self.owned or new == self._queue:
            return
        try:
            save_queue(new)
        except OSError as error:
            self.failed.emit(
                Refusal("queue-not-saved", f"the queue cannot be saved: {error.strerror}", now="free some space")
            )
            return
        self._queue = new
        self.changed.emit(new)

    def _look(self) -> None:
        """Settle the run that has ended, then begin the next."""
        if self._control.live:
            return
        running = self._queue.running
        if running is not None:
            self._settle(running)
        elif self._queue.going:
            self._begin_next()

    def _settle(self, entry: Entry) -> None:
        run = Run(Path(entry.run or ""))
        if not run.plan_file.is_file():
            # The window went between the mark and the run's first file: nothing was begun.
            self._edit(lambda queue: queue.mark(entry.id, "waiting"))
            return
        try:
            state, reason = run.state(), _reason(run)
        except (ValueError, KeyError) as error:
            state, reason = "failed", self.tr("its folder is damaged: {0}").format(error)
        if state == "running":
            if self._control.run != run:
                self._control.watch(run)  # an earlier window began it
            return
        if state == "finished":
            self._edit(lambda queue: queue.mark(entry.id, "done"))
        elif state == "stopped":
            # Whoever stops a run by hand wants the machine back: the next one waits for a word.
            self._edit(lambda queue: Queue(queue.mark(entry.id, "stopped").entries, going=False))
        else:
            reason = reason or self.tr("the worker process ended without a word; see its worker.log")
            self._edit(lambda queue: queue.mark(entry.id, "failed", reason=reason))

    def _begin_next(self) -> None:
        entry = self._queue.next
        if entry is None:
            self.go(False)
            return
        last = self._control.run
        if last is not None and last.owner() is not None:
            return  # the last worker is still leaving; its memory is not free yet
        place = queue_run_folder(entry, runs_folder())
        self._edit(lambda queue: queue.mark(entry.id, "running", run=place))
        if self._queue.running is not None:
            self._control.start(entry.plan, place)

    def _refused(self, error: StudioError) -> None:
        """A worker would not begin, or died before there was a run: the entry fails, the others go on."""
        running = self._queue.running
        if running is not None:
            self._edit(lambda queue: queue.mark(running.id, "failed", reason=error.sentence))


def _reason(run: Run) -> str:
    """What a failed run said last."""
    failures = [event for event in read_events(run.events_file) if isinstance(event, Failed)]
    return failures[-1].what if failures else ""
