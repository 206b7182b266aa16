"""Work that cannot be asked to stop, done in a thread of its own: it is told how it goes on, and ended when its time is up.

Ending means that an exception is put into the thread, which meets it at its next step of Python. What it does outside of Python, such as
a C++ compiler that it waits for, is finished first: so a bound is exceeded by one such piece of work at most.
"""

import ctypes
import threading
import time
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from studio.plan.events import Event, Progressed

TELL_SECONDS = 1.0  # between two words of progress
Found = TypeVar("Found")


class OutOfTime(Exception):
    """The work was not done when its time was up."""


class _Ended(BaseException):
    """Put into the thread; nothing that catches mere errors stops it on its way out."""


def within(seconds: float | None, phase: str, work: Callable[[], Found]) -> Generator[Event, None, Found]:
    """What `work` returns; yields progress in seconds. None: however long it takes.

    The thread has ended when this has, be it with a value, with whatever `work` raised, with OutOfTime or by being closed.
    """
    thread = _Thread(work)
    begin = time.monotonic()
    thread.start()
    try:
        while thread.is_alive():
            elapsed = time.monotonic() - begin
            if seconds is not None and elapsed >= seconds:
                raise OutOfTime(phase)
            yield Progressed(phase=phase, done=int(elapsed), total=seconds, unit="s")
            thread.join(TELL_SECONDS if seconds is None else min(TELL_SECONDS, max(0.0, seconds - elapsed)))
    finally:
        thread.end()
    return thread.found()


class _Thread(threading.Thread, Generic[Found]):
    """Does some work, and keeps what came of it."""

    def __init__(self, work: Callable[[], Found]) -> None:
        super().__init__(name="bounded", daemon=True)
        self._work = work
        self._found: list[Found] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        """Only what the work itself raises is kept; being ended is no error."""
        try:
            self._found.append(self._work())
        except _Ended:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
            self._error = error

    def end(self) -> None:
        """Put the exception in until it has had its effect; libraries may swallow one on the way."""
        while self.is_alive():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident or 0), ctypes.py_object(_Ended))
            self.join(TELL_SECONDS)

    def found(self) -> Found:
        """What the work returned. Raises what it raised."""
        if self._error is not None:
            raise self._error
        if not self._found:
            raise OutOfTime(self.name)
        return self._found[0]
