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
    """One timer for all views of a window; it rests while nothing is new.

    The views that wait share a period: each is drawn in a turn of the event loop of its own, so that a click waits for one at most.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[Drawn, None] = {}  # sets that keep their order
        self._round: dict[Drawn, None] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    def mark(self, view: Drawn) -> None:
        """The view has something new. A hidden view calls again when it is shown."""
        if view.isVisible():
            self._waiting[view] = None
            if not self._timer.isActive():
                self._timer.start(PERIOD_MILLISECONDS)

    def _tick(self) -> None:
        """Draw the next one of a round; whoever has news in the meantime waits for the next round."""
        if not self._round:
            self._round, self._waiting = self._waiting, {}
            self._timer.setInterval(PERIOD_MILLISECONDS // max(len(self._round), 1))
        if not self._round:
            self._timer.stop()
            return
        view = next(iter(self._round))
        del self._round[view]
        if view.isVisible():
            view.redraw()
