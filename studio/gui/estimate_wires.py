"""The wires of the estimate: between the session, the bar that shows it, the changes that lower it, and what the machine has shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from studio.gui.fit_dialog import FitDialog
from studio.plan.estimate import Estimate
from studio.plan.events import Answered, Event
from studio.plan.experience import Experience
from studio.plan.plan import Plan

if TYPE_CHECKING:
    from studio.gui.window import MainWindow

QUIET_MS = 150  # after an edit, before what would lower the plan's peak is worked out anew
MEASURE_ROOM = 4  # times its size on disk must be free, before a model is loaded to be measured


class EstimateWires(QObject):
    """Asks a worker for the machine's experience, at first, after a run and for another device; and shows what it comes to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        self._asked_device: str | None = None
        self._measuring: int | None = None
        self._measured: set[str] = set()  # models that were asked for once
        self._dialog: FitDialog | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._show_savings)
        w = window
        w.session.estimateChanged.connect(self._show)
        w.session.planChanged.connect(self._plan_changed)
        w.service.machineKnown.connect(self._machine_known)
        w.control.stateChanged.connect(self._run_changed)
        w.estimate_bar.savingsRequested.connect(self._open_savings)

    def _machine_known(self) -> None:
        if self._asked_device is None:
            self._ask(self._w.session.plan.training.device)

    def _plan_changed(self, plan: Plan) -> None:
        if self._asked_device not in (None, plan.training.device):
            self._ask(plan.training.device)

    def _run_changed(self) -> None:
        """A run needs the machine for itself; when it has ended it has taught something."""
        if self._w.control.live:
            self._w.service.forget(self._measuring)
            self._measuring = None
        elif self._asked_device is not None:
            self._ask(self._w.session.plan.training.device)

    def _ask(self, device: str) -> None:
        if not self._w.control.live:
            self._asked_device = device
            self._w.service.ask("experience", {"device": device}, self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Answered):
            self._w.session.set_experience(Experience.from_json(event.value["experience"]))

    def _show(self, estimate: Estimate | None) -> None:
        self._w.estimate_bar.show_estimate(estimate)
        if self._dialog is not None:
            self._quiet.start()
        if estimate is not None and estimate.memory_from == "formula of other models":
            self._measure(estimate)

    def _measure(self, estimate: Estimate) -> None:
        """Have a model measured that the formula was not made for, once, where that costs little beside what is free."""
        session = self._w.session
        description = session.description
        if description is None or description.model in self._measured or self._w.control.live or session.problems:
            return
        if not 0 < MEASURE_ROOM * description.weight_bytes < (estimate.available_bytes or 0):
            return
        self._measured.add(description.model)
        plan = session.plan.model_dump(mode="json")
        self._measuring = self._w.service.ask("measure", {"plan": plan}, self._hear_measure)

    def _hear_measure(self, event: Event) -> None:
        if isinstance(event, Answered):
            self._measuring = None
            self._ask(self._w.session.plan.training.device)

    def _open_savings(self) -> None:
        if self._dialog is None:
            self._dialog = FitDialog(self._w)
            self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._dialog.planEdited.connect(self._w.session.edit)
            self._dialog.finished.connect(self._forget_dialog)
        self._show_savings()
        self._dialog.show()
        self._dialog.raise_()

    def _show_savings(self) -> None:
        """A dozen plans are estimated for it: too much for the very moment of a click in a large model."""
        if self._dialog is not None:
            self._dialog.show_savings(self._w.session.savings(), self._w.session.estimate)

    def _forget_dialog(self) -> None:
        self._dialog = None
