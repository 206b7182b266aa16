"""The fetching of a plan's data set from the Hub, as the strips show it and their buttons want it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from studio.gui.data.fetch_strip import NOT_FETCHED, FetchStrip
from studio.gui.data.picker import HUB
from studio.gui.desktop.sentences import told_error
from studio.plan.errors import StudioError, error_from_json
from studio.plan.events import Event, Failed, Progressed
from studio.plan.plan import Plan
from studio.plan.words import size_text


class Asks(Protocol):
    """What is needed of the window's service."""

    def ask(self, name: str, arguments: dict[str, object], hearer: Callable[[Event], None]) -> int: ...
    def cancel(self, number: int) -> None: ...
    def forget(self, number: int | None) -> None: ...


class Fetching(QObject):
    """One data set at a time. It goes on whatever else is edited, until it is here, cancelled, or no longer in the plan.

    `fetched`: the data set is here.
    """

    fetched = Signal()

    def __init__(self, service: Asks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._strips: list[FetchStrip] = []
        self._entry: str | None = None  # what is missing
        self._failed = ""  # why it could not be fetched
        self._asked: int | None = None
        self._progress: tuple[float | None, str] = (None, "")

    def add(self, strip: FetchStrip) -> None:
        """Show the fetching on one more strip."""
        self._strips.append(strip)
        strip.fetchRequested.connect(self._ask)
        strip.cancelRequested.connect(self._cancel)
        self._show()

    def show_plan(self, plan: Plan) -> None:
        """Forget what a plan does not name any more."""
        data = plan.data
        if self._entry not in (None, data.train, data.eval, *(more.path for more in data.more)):
            self._service.forget(self._asked)
            self._asked = self._entry = None
            self._show()

    def show_problem(self, problem: StudioError | None) -> None:
        """Take up what is wrong with the data, where it is that they are not here."""
        if self._asked is not None:
            return
        entry = problem.where if problem is not None and problem.code == NOT_FETCHED else None
        if entry != self._entry:
            self._entry, self._failed = entry, ""
        self._show()

    def _ask(self) -> None:
        if self._entry is not None and self._asked is None:
            self._failed, self._progress = "", (None, self.tr("Asking the Hub…"))
            self._asked = self._service.ask("download_data", {"entry": self._entry}, self._hear)
            self._show()

    def _cancel(self) -> None:
        if self._asked is not None:
            self._service.cancel(self._asked)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Progressed):
            if event.total is not None:
                sizes = self.tr("Fetching: {0} of {1}").format(size_text(event.done), size_text(event.total))
                self._progress = (event.done / event.total if event.total else None, sizes)
        elif event.name in ("answered", "failed", "cancelled"):
            self._asked = None
            if isinstance(event, Failed):
                self._failed = told_error(error_from_json(vars(event), refused=event.refused))
            elif event.name == "answered":
                self._entry = None
                self.fetched.emit()
        self._show()

    def _show(self) -> None:
        for strip in self._strips:
            if self._asked is not None:
                strip.show_progress(*self._progress)
            elif self._entry is not None:
                strip.show_missing(self._entry.removeprefix(HUB), self._failed)
            else:
                strip.show_nothing()
