"""What the plots over steps share: the step that is read, the steps that are zoomed to."""

from PySide6.QtCore import QObject, Signal


class StepLink(QObject):
    """One reading line and one window of steps for all plots that belong together."""

    hoverMoved = Signal()
    windowChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hovered: float | None = None
        self._window: tuple[float, float] | None = None

    @property
    def hovered(self) -> float | None:
        """The step under the pointer, or None."""
        return self._hovered

    @property
    def window(self) -> tuple[float, float] | None:
        """The steps that the user zoomed to, or None while the plots follow the run."""
        return self._window

    def hover(self, step: float | None) -> None:
        """Read the values at a step; None ends reading."""
        if step != self._hovered:
            self._hovered = step
            self.hoverMoved.emit()

    def hold(self, first: float, last: float) -> None:
        """Stay at these steps while data arrive."""
        if (first, last) != self._window:
            self._window = (first, last)
            self.windowChanged.emit()

    def follow(self) -> None:
        """Show the whole run again, as it grows."""
        if self._window is not None:
            self._window = None
            self.windowChanged.emit()
