"""Python's garbage collector, kept in the window's thread.

Left alone, it runs in whichever thread happens to allocate: in the thread that pumps a worker it would destroy widgets there, and
Qt ends the program with a segmentation fault.
"""

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD_MS = 500


class Collector(QObject):
    """While it lives, garbage is collected by a timer of the thread that made it, by the interpreter's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self._collect_what_is_due)
        self._timer.start()

    def stop(self) -> None:
        """Give the collector back to the interpreter."""
        self._timer.stop()
        gc.enable()

    def _collect_what_is_due(self) -> None:
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
