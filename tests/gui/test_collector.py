"""Garbage is collected in the window's thread only."""

import gc
import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot


class Ring:
    """A cycle that only the garbage collector can free; it notes where that happened."""

    freed_in: list[int] = []  # noqa: RUF012

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Ring.freed_in.append(threading.get_ident())


class Busy(QThread):
    """Allocates enough to make the collector run many times, were it allowed to."""

    def run(self) -> None:
        for _ in range(200_000):
            Ring()


def test_cycles_made_in_another_thread_are_freed_in_this_one(qtbot: QtBot) -> None:
    Ring.freed_in.clear()
    assert not gc.isenabled()
    busy = Busy()
    busy.start()
    busy.wait()
    qtbot.waitUntil(lambda: bool(Ring.freed_in), timeout=10000)
    assert set(Ring.freed_in) == {threading.get_ident()}
