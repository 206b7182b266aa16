"""The thread that pumps one worker process.

A worker begins idle and answers requests on its pipes. Given a run to carry, it speaks through the run's folder instead: this thread
then follows `events.jsonl`, which is also how a window watches a run that another window started, or that ended long ago.
"""

import queue
import subprocess
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from studio.link.launch import start_worker
from studio.link.tell import tell
from studio.link.wire import Request, read_answer, request_line
from studio.plan.commands import Command
from studio.plan.events import Answered, Event, Failed, Finished, Ready, Stopped
from studio.runs.folder import Run
from studio.runs.log import Follower

TURN_SECONDS = 0.05  # how often the run's log is looked at, so at most twenty deliveries a second
CARRYING = ("train", "resume")  # the requests after which a process belongs to a run
CHUNK = 5000  # events a delivery, so that a long replay does not hold up the window


class TrainingWorker(QThread):
    """One worker process, or the log of a run that some process carries, as Qt signals.

    `answered` carries a request's id and one event; `began` the run that was accepted; `happened` a list of the run's events;
    `ended` the run's state; `died` the last words of a process that ended by itself while a request was open.
    """

    ready = Signal(dict)
    answered = Signal(int, object)
    began = Signal(object)
    happened = Signal(list)
    ended = Signal(str)
    died = Signal(str)

    def __init__(self, log: Path, run: Run | None = None, parent: QObject | None = None) -> None:
        """A worker with a process of its own, or, where `run` is given, a watcher of that run without one."""
        super().__init__(parent)
        self._log = log
        self._run = run
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._unsent: list[str] = []
        self._open: set[int] = set()
        self._carrying: int | None = None
        self._writing = threading.Lock()
        self._leaving = False
        self._over = False

    @property
    def carried(self) -> Run | None:
        """The run that is followed, once there is one."""
        return self._run

    @property
    def busy(self) -> bool:
        """Whether a request is open, or a run is carried."""
        return bool(self._open) or self._run is not None or self._carrying is not None

    def ask(self, number: int, name: str, arguments: dict[str, object]) -> None:
        """Send a request; its events come back through `answered` with the same number."""
        if name in CARRYING:
            self._carrying = number
        if name != "cancel":
            self._open.add(number)
        self._send(request_line(Request(number, name, dict(arguments))))

    def tell(self, command: Command) -> None:
        """Tell the run something; what comes of it arrives as an event. Raises OSError."""
        if self._run is not None:
            tell(self._run, command)

    def leave(self) -> None:
        """Stop pumping. An idle process ends with its input; one that carries a run goes on without us."""
        self._leaving = True
        self._lines.put(None)

    def kill(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()

    # From here on: the pump's own thread.

    def run(self) -> None:
        """Pump until the process or the run has ended, or the window leaves."""
        if self._run is None:
            try:
                self._process = start_worker(self._log)
            except OSError as error:
                self.died.emit(_not_started(error))
                return
            threading.Thread(target=self._read, args=(self._process,), daemon=True).start()
            with self._writing:
                for line in self._unsent:
                    self._write(line)
                self._unsent.clear()
            self._pump_answers()
        if self._run is not None and not self._leaving:
            self._follow(self._run)
        self._close()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def _pump_answers(self) -> None:
        while self._run is None:
            line = self._lines.get()
            if line is None:
                if not self._leaving:
                    self.died.emit(self._last_words())
                return
            number, event = read_answer(line.decode("utf-8"))
            self._take(number, event)

    def _take(self, number: int, event: Event) -> None:
        if isinstance(event, Ready):
            self.ready.emit(event.machine)
            return
        if number == self._carrying and isinstance(event, Answered):
            self._run = Run(Path(event.value["run"]))
            self.began.emit(self._run)
        if isinstance(event, Answered | Failed) or event.name == "cancelled":
            self._open.discard(number)
            if number == self._carrying and not isinstance(event, Answered):
                self._carrying = None
        self.answered.emit(number, event)

    def _follow(self, run: Run) -> None:
        follower = Follower(run.events_file)
        last_alive = True
        while not self._leaving:
            events = follower.events()
            for start in range(0, len(events), CHUNK):
                self.happened.emit(events[start : start + CHUNK])
            if events:
                last_alive = True
                self._over = isinstance(events[-1], Finished | Stopped | Failed)
                if self._over and not self._alive(run):
                    break
                continue
            # Two looks without news after the owner has gone: a last line cannot slip between them.
            alive = self._alive(run)
            if not alive and not last_alive:
                break
            last_alive = alive
            time.sleep(TURN_SECONDS)
        if not self._leaving:
            self.ended.emit(run.state())

    def _alive(self, run: Run) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return run.owner() is not None

    def _send(self, line: str) -> None:
        with self._writing:
            if self._process is None:
                self._unsent.append(line)
            else:
                self._write(line)

    def _write(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode("utf-8") + b"\n")
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):  # ValueError: the pump has closed it meanwhile
            pass  # the process has just ended; the pump's end of file says so with its last words

    def _last_words(self) -> str:
        try:
            tail = self._log.read_bytes()[-2000:].decode("utf-8", "replace").strip().splitlines()
        except OSError:
            tail = []
        code = None if self._process is None else self._process.wait()
        return tail[-1] if tail else f"the worker process ended with code {code}"

    def _close(self) -> None:
        if self._process is None or self._process.stdin is None:
            return
        with self._writing:
            try:
                self._process.stdin.close()
            except BrokenPipeError:
                pass
        if self._run is None or self._over:
            try:
                self._process.wait(timeout=3)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def _not_started(error: OSError) -> str:
    return f"the worker process cannot be started: {error}"
