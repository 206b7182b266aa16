"""The worker process: requests on its standard input, answers on its standard output, one after the other.

It ends when its input does, unless it carries a run: that outlives the window.
"""

import faulthandler
import logging
import os
import queue
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from studio.engine.doctor import machine
from studio.engine.requests import CARRYING, KEPT, REQUESTS, Control
from studio.link.wire import Request, answer_line, read_request
from studio.plan.errors import Failure, Refusal, StudioError
from studio.plan.events import Answered, Cancelled, Event, Failed, Ready
from studio.runs.folder import Run

logger = logging.getLogger(__name__)

# Work gives way to the window: on a machine that is otherwise idle it costs nothing, and clicks are answered while both cores train.
NICENESS = 5
IDLE_SECONDS = 300.0  # after which a kept model gives its memory back
NOBODY = 0  # the id of answers that no request asked for


def serve() -> int:
    """Answer requests until the input ends or a carried run has ended; returns the exit code."""
    faulthandler.enable()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    wire = _take_stdout()
    worker = Worker(wire)
    # Unbuffered: a thread that waits inside a buffered reader makes the interpreter abort at its exit.
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    threading.Thread(target=worker.read, args=(requests,), daemon=True).start()
    return worker.work()


class Worker:
    """Carries out requests in the order in which they came. `read` runs in a thread of its own, everything else in one other."""

    def __init__(self, wire: BinaryIO) -> None:
        self._wire = wire
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._left = threading.Event()  # nobody hears us any more

    def read(self, lines: Iterable[bytes]) -> None:
        """Take requests in until the input ends."""
        for line in lines:
            try:
                request = read_request(line.decode("utf-8"))
            except ValueError as error:
                logger.warning("%s", error)
                self._requests.put(Request(NOBODY, "unreadable", {"line": line[:80].decode("utf-8", "replace")}))
                continue
            if request.name == "cancel":
                self._cancelled.add(int(request.arguments.get("id", NOBODY)))
            else:
                self._requests.put(request)
        self._left.set()
        self._requests.put(None)

    def work(self) -> int:
        """Say that we are ready, then answer."""
        self._tell(NOBODY, Ready(machine=machine()))
        while (request := self._next()) is not None:
            if self._answer(request) and request.name in CARRYING:
                break
        return 0

    def _next(self) -> Request | None:
        try:
            return self._requests.get(timeout=IDLE_SECONDS if KEPT.holds else None)
        except queue.Empty:
            KEPT.release()
            return self._requests.get()

    def _answer(self, request: Request) -> bool:
        """Tell all events of a request, the last one Answered, Failed or Cancelled; returns whether it was answered."""
        carries = request.name in CARRYING
        accepted = False
        try:
            if request.name not in REQUESTS:
                raise Refusal(
                    "request-unknown", f"{request.name!r} is no request", now="update the window or the worker"
                )
            control = Control(lambda: request.id in self._cancelled or (self._left.is_set() and not carries))
            if control.cancelled():
                self._tell(request.id, Cancelled())
                return False
            with closing(REQUESTS[request.name](request.arguments, control)) as events:
                for event in events:
                    if isinstance(event, Answered):
                        if carries:
                            accepted = True
                            _log_to(Run(Path(event.value["run"])))
                    elif control.cancelled() and not isinstance(event, Cancelled):
                        self._tell(request.id, Cancelled())
                        return False
                    self._tell(request.id, event)
        except StudioError as error:
            self._tell(request.id, Failed(**error.to_json(), refused=isinstance(error, Refusal)))
        except Exception as error:
            logger.exception("request %s failed", request.name)
            reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            failure = Failure(
                "internal", f"{request.name} ended with {reason}", now="try again, or see the worker's log"
            )
            self._tell(request.id, Failed(**failure.to_json()))
        return accepted

    def _tell(self, number: int, event: Event) -> None:
        try:
            self._wire.write(answer_line(number, event).encode("utf-8") + b"\n")
        except (BrokenPipeError, ValueError):
            self._left.set()  # the window has gone; a run goes on, and its log is the place to hear of it


def _take_stdout() -> BinaryIO:
    """The wire: standard output as we found it. From now on whatever a library prints goes to standard error."""
    wire = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return wire


def _log_to(run: Run) -> None:
    """Standard error, and with it a crash's last words, goes into the run's own log from now on."""
    with run.log_file.open("ab") as file:
        os.dup2(file.fileno(), 2)
        os.dup2(file.fileno(), 1)
