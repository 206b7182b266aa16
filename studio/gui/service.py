"""Background requests: a warm worker that answers at once, others for long work, and the worker that a new run takes over."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

from studio.gui.training_worker import TrainingWorker
from studio.plan.events import Event, Failed
from studio.runs.places import logs_folder

# Requests that would keep a quick one waiting, by the worker that does them. Reading all rows has its own: it begins by itself, and
# must not hold up a download or an answer; data can be fetched for an hour, which must not hold up anything; and the Hub may be slow.
LANES = {
    **dict.fromkeys(("download", "export", "generate", "preflight", "scores", "measure"), "long"),
    "scan": "scan",
    "download_data": "data",
    **dict.fromkeys(("hub_search", "hub_offer"), "hub"),
}
QUICK = "quick"
Hearer = Callable[[Event], None]


@dataclass(slots=True)
class _Open:
    worker: TrainingWorker
    hearer: Hearer


class Service(QObject):
    """Asks worker processes, and tells the asker what they answer. All in the window's thread.

    `machineKnown` says what the machine has, once the first worker is up.
    """

    machineKnown = Signal(dict)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._open: dict[int, _Open] = {}
        self._workers: dict[str, TrainingWorker] = {}  # by lane
        self._closed = False

    def warm_up(self) -> None:
        """Have a worker ready; called early, and again after a run took the last one."""
        if not self._closed:
            self._worker(QUICK)

    def ask(self, name: str, arguments: dict[str, object], hearer: Hearer) -> int:
        """Ask for work; `hearer` gets every event, the last is Answered, Failed or Cancelled. Returns a number to cancel with."""
        number = next(self._numbers)
        if self._closed:
            return number  # a timer's last wish, after the window has closed
        worker = self._worker(LANES.get(name, QUICK))
        self._open[number] = _Open(worker, hearer)
        worker.ask(number, name, arguments)
        return number

    def cancel(self, number: int) -> None:
        """End a request; its hearer gets Cancelled, or its result where it was just done."""
        if number in self._open:
            self._open[number].worker.ask(next(self._numbers), "cancel", {"id": number})

    def forget(self, number: int | None) -> None:
        """Stop hearing of a request whose answer no longer matters, and end it."""
        if number is not None and number in self._open:
            self.cancel(number)
            self._open[number].hearer = _deaf

    def worker_for_run(self) -> tuple[TrainingWorker, int]:
        """A worker, warm where one is idle, that a run may take over; and a number for the request that starts it."""
        worker = self._workers.get(QUICK)
        if worker is None or worker.busy:
            worker = self._new_worker("run")
        else:
            del self._workers[QUICK]
            # The next one imports torch; not in the very moment in which the run loads its model.
            QTimer.singleShot(5000, self, self.warm_up)
        worker.answered.disconnect(self._hear)
        worker.died.disconnect(self._mourn)
        return worker, next(self._numbers)

    def close(self) -> None:
        """Let all idle workers go, and wait for them; nothing is asked any more."""
        self._closed = True
        for worker in self._workers.values():
            worker.leave()
        for worker in self._workers.values():
            if not worker.wait(4000):
                worker.kill()
                worker.wait()
        self._workers.clear()

    def _worker(self, lane: str) -> TrainingWorker:
        """The worker of a lane, started where there is none."""
        if lane not in self._workers:
            self._workers[lane] = self._new_worker(lane)
        return self._workers[lane]

    def _new_worker(self, lane: str) -> TrainingWorker:
        worker = TrainingWorker(logs_folder() / f"worker-{lane}.log", parent=self)
        worker.answered.connect(self._hear)
        worker.died.connect(self._mourn)
        worker.ready.connect(self.machineKnown)
        worker.start()
        return worker

    def _hear(self, number: int, event: Event) -> None:
        entry = self._open.get(number)
        if entry is None:
            return
        if event.name in ("answered", "failed", "cancelled"):
            del self._open[number]
        entry.hearer(event)

    def _mourn(self, words: str) -> None:
        """A worker ended by itself: its open requests fail, and the next request starts another."""
        worker = self.sender()
        self._workers = {lane: other for lane, other in self._workers.items() if other is not worker}
        for number in [number for number, entry in self._open.items() if entry.worker is worker]:
            entry = self._open.pop(number)
            now = "try again; if it happens again, a smaller model or more free memory may help"
            entry.hearer(Failed(code="worker-died", what=f"the worker process ended: {words}", now=now))


def _deaf(event: Event) -> None:
    """Hears nothing."""
