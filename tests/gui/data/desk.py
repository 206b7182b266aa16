"""The data panel with its wires, and a service that the test answers for."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.gui.data.data_panel import DataPanel
from studio.gui.data.data_window import DataWindow
from studio.gui.data_wires import DataWires
from studio.gui.remembered import Remembered
from studio.gui.session import Session
from studio.plan.events import Cancelled, Event, Progressed
from studio.plan.plan import Plan


@dataclass
class FakeService:
    """Keeps what is asked, and is answered by the test."""

    asked: list[tuple[int, str, dict]] = field(default_factory=list)
    hearers: dict[int, Callable[[Event], None]] = field(default_factory=dict)

    def ask(self, name: str, arguments: dict, hearer: Callable[[Event], None]) -> int:
        number = len(self.asked) + 1
        self.asked.append((number, name, arguments))
        self.hearers[number] = hearer
        return number

    def cancel(self, number: int) -> None:
        self.answer(number, Cancelled())

    def forget(self, number: int | None) -> None:
        self.hearers.pop(number, None)

    def answer(self, number: int, event: Event) -> None:
        hearer = self.hearers[number]
        if not isinstance(event, Progressed):
            del self.hearers[number]
        hearer(event)

    def open(self, name: str) -> list[int]:
        return [number for number, asked, _ in self.asked if asked == name and number in self.hearers]

    def count(self, name: str) -> int:
        return sum(asked == name for _, asked, _ in self.asked)


class Desk(QWidget):
    """What the wires need of the main window."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.session = Session(plan, self)
        self.service = FakeService()
        self.data_panel = DataPanel(self)
        self.undo_action = self.session.undo.createUndoAction(self)
        self.redo_action = QAction(self)
        self.session.planChanged.connect(self.data_panel.show_plan)
        self.data_panel.planEdited.connect(self.session.edit)
        self.data_panel.show_plan(plan)
        self.data_wires = DataWires(self, Remembered())

    def wait_for(self, qtbot: QtBot, name: str) -> int:
        """The number of the open request of that name, once there is one."""
        qtbot.waitUntil(lambda: bool(self.service.open(name)))
        return self.service.open(name)[-1]

    def edit(self, **values: object) -> None:
        plan = self.session.plan
        self.session.edit(plan.with_values(data=plan.data.with_values(**values)), "edit")

    @property
    def window_of_data(self) -> DataWindow:
        return self.findChild(DataWindow, "dataWindow")
