"""The plan as it stands, kept from one start of the window to the next: nothing that was set up is lost by closing it, or by a crash."""

import logging

from PySide6.QtCore import QObject, QTimer

from studio.gui.session import Session
from studio.plan.errors import StudioError
from studio.plan.plan import Plan
from studio.plan.planfile import dump_plan, load_plan
from studio.runs.atomic import write_text
from studio.runs.places import draft_file

PAUSE_MILLISECONDS = 1000  # after the last edit
log = logging.getLogger(__name__)


def load_draft() -> Plan | None:
    """The plan that the window showed last; None on a first start, or where it cannot be read."""
    if not draft_file().is_file():
        return None
    try:
        return load_plan(draft_file())
    except StudioError as error:  # of another version, or written by hand: a start must not fail over it
        log.warning("the last plan cannot be read: %s", error.sentence)
        return None


class Draft(QObject):
    """Writes the session's plan a moment after each edit."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._write)
        session.planChanged.connect(self._note)

    def close(self) -> None:
        """Write what has not been written yet."""
        if self._pause.isActive():
            self._pause.stop()
            self._write()

    def _note(self, _plan: Plan) -> None:
        self._pause.start()

    def _write(self) -> None:
        try:
            draft_file().parent.mkdir(parents=True, exist_ok=True)
            write_text(draft_file(), dump_plan(self._session.plan))
        except OSError as error:  # the plan is still in the window, and the next edit tries again
            log.warning("the plan cannot be kept for the next start: %s", error)
