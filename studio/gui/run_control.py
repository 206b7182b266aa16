"""Starting, watching and telling the run that the window shows."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.gui.service import Service
from studio.gui.training_worker import TrainingWorker
from studio.plan.commands import Command
from studio.plan.errors import Failure, error_from_json
from studio.plan.events import Answered, Event, Failed, Finished, Paused, Resumed, Started, Stepped, Stopped
from studio.plan.plan import Plan
from studio.runs.folder import Run

LIVE = ("starting", "running", "paused", "stopping")


class RunControl(QObject):
    """Owns the worker of the shown run. Its state follows from what the worker says, never from a click.

    `state` is idle, starting, running, paused, stopping, finished, stopped, failed or interrupted.
    """

    began = Signal(object)
    happened = Signal(list)
    stateChanged = Signal(str)
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._worker: TrainingWorker | None = None
        self._left: set[TrainingWorker] = set()
        self._number = 0
        self._state = "idle"
        self.run: Run | None = None

    @property
    def state(self) -> str:
        """Where the shown run is."""
        return self._state

    @property
    def live(self) -> bool:
        """Whether the shown run is going on now."""
        return self._state in LIVE

    def start(self, plan: Plan, folder: Path | None = None) -> None:
        """Carry out a plan in a new run, in `folder` where one is given. A second call while one is going on does nothing."""
        self._begin("train", {"plan": plan.model_dump(mode="json"), "run": None if folder is None else str(folder)})

    def resume(self, run: Run) -> None:
        """Carry an ended run on from its last checkpoint."""
        self._begin("resume", {"run": str(run.path)})

    def watch(self, run: Run) -> None:
        """Show a run: replay what happened, and follow it if it is going on."""
        self._leave()
        worker = TrainingWorker(run.log_file, run)
        self.run = run
        self.began.emit(run)
        self._set("running" if run.owner() is not None else run.state())
        self._take_on(worker)
        worker.start()

    def tell(self, command: Command) -> None:
        """Tell the run something; its state changes when the run says so. Raises OSError."""
        if self._worker is not None and self.live:
            self._worker.tell(command)
            if command.command == "stop":
                self._set("stopping")

    def close(self) -> None:
        """Let go of the run; its process goes on if it is still carrying it."""
        self._leave()
        for worker in list(self._left):
            worker.wait()

    def _begin(self, name: str, arguments: dict[str, object]) -> None:
        if self.live:
            return
        self._leave()
        worker, self._number = self._service.worker_for_run()
        self.run = None
        self._take_on(worker)
        self._set("starting")
        worker.ask(self._number, name, arguments)

    def _take_on(self, worker: TrainingWorker) -> None:
        self._worker = worker
        worker.answered.connect(self._answered)
        worker.began.connect(self._began)
        worker.happened.connect(self._happened)
        worker.ended.connect(self._ended)
        worker.died.connect(self._died)

    def _leave(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        for signal in (worker.answered, worker.began, worker.happened, worker.ended, worker.died):
            signal.disconnect()
        if worker.isRunning():
            self._left.add(worker)
            worker.finished.connect(self._gone)
            worker.leave()

    def _gone(self) -> None:
        worker = self.sender()
        if isinstance(worker, TrainingWorker):
            self._left.discard(worker)
            worker.deleteLater()

    def _answered(self, number: int, event: Event) -> None:
        if number != self._number or isinstance(event, Answered):
            return
        if isinstance(event, Failed):
            error = error_from_json(vars(event), refused=event.refused)
            self._leave()
            self._set("idle")
            self.refused.emit(error)
        else:
            self.happened.emit([event])  # progress of checking, before there is a run

    def _began(self, run: Run) -> None:
        self.run = run
        self.began.emit(run)

    def _happened(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Started | Resumed) or (isinstance(event, Stepped) and self._state == "starting"):
                self._set("running")
            elif isinstance(event, Paused):
                self._set("paused")
            elif isinstance(event, Failed):
                self.failed.emit(error_from_json(vars(event), refused=False))
            if isinstance(event, Finished | Stopped | Failed):
                self._set({"finished": "finished", "stopped": "stopped", "failed": "failed"}[event.name])
        self.happened.emit(events)

    def _ended(self, state: str) -> None:
        if self.live:
            self._set(state)

    def _died(self, words: str) -> None:
        self._leave()
        self._set("idle")
        self.refused.emit(Failure("worker-died", words, now="try again"))

    def _set(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self.stateChanged.emit(state)
