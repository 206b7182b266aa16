"""A limit for work that nobody promises to end: a chat template is a program, and may come from anyone."""

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from studio.plan.errors import Refusal

SECONDS = 2.0  # for one row; a template takes less than a millisecond
GROWTH_BYTES = 1 << 30
PAUSE_SECONDS = 0.02


class _Stopped(BaseException):
    """Raised in the thread that took too long; no `except Exception` of a template's library may swallow it."""


class Watch:
    """Ends calls that take too long or too much memory, by raising in their thread: it must be running Python code to hear of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begun: float | None = None
        self._thread: int | None = None
        self._memory = 0
        self._why = ""
        self._watching = False

    @contextmanager
    def limited(self) -> Iterator[None]:
        """What runs inside is ended with a Refusal once it has had its share."""
        self._why = ""
        with self._lock:
            self._thread, self._begun = threading.get_ident(), time.monotonic()
            self._memory = 0
        if not self._watching:
            self._watching = True
            threading.Thread(target=self._watch, daemon=True, name="template-watch").start()
        try:
            try:
                yield
            finally:
                with self._lock:  # nothing is raised in this thread from here on
                    self._begun = None
        except _Stopped:
            raise Refusal(
                "template-endless",
                f"the chat template {self._why} in one row",
                now="choose another template, or mend its loops",
                field="data.template",
            ) from None

    def _watch(self) -> None:
        process = psutil.Process()
        while True:
            time.sleep(PAUSE_SECONDS)
            with self._lock:
                if self._begun is None or self._why:
                    continue
                taken = time.monotonic() - self._begun
                if taken < PAUSE_SECONDS:
                    continue
                resident = process.memory_info().rss
                self._memory = self._memory or resident
                if taken > SECONDS:
                    self._why = f"took more than {SECONDS:.0f} seconds"
                elif resident - self._memory > GROWTH_BYTES:
                    self._why = f"took more than {GROWTH_BYTES >> 30} GB of memory"
                if self._why:
                    assert self._thread is not None
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(_Stopped))


WATCH = Watch()
