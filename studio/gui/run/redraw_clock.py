"""The drawing clock: views say that they have something new, and are drawn at most ten times a second, only while they can be seen."""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer

PERIOD_MILLISECONDS = 100


class Drawn(Protocol):
    """A view that can be drawn anew."""

    def isVisible(self) -> bool:
        """Whether anybody can see it."""
        ...

    def redraw(self) -> None:
        """Draw what there is now."""
        ...


class RedrawClock(QObject):
    """One timer for all views of a window; it rests while nothing is new."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[Drawn, None] = {}  # a set that keeps its order
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    def mark(self, view: Drawn) -> None:
        """The view has something new. A hidden view calls again when it is shown."""
        if view.isVisible():
            self._waiting[view] = None
            if not self._timer.isActive():
                self._timer.start()

    def _tick(self) -> None:
        views, self._waiting = self._waiting, {}
        for view in views:
            if view.isVisible():
                view.redraw()
        if not self._waiting:
            self._timer.stop()
