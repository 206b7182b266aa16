"""The wires of the desktop: between the run and what is told outside the window, between the system's looks and the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from studio.gui.desktop.language import language_named
from studio.gui.desktop.notification import Notification
from studio.gui.desktop.shortcut_sheet import ShortcutSheet
from studio.gui.desktop.task_bar import TaskBar
from studio.gui.desktop.tour import Hint, Tour
from studio.gui.desktop.wakefulness import Wakefulness, system_block
from studio.gui.remembered import Remembered
from studio.plan.events import Event, Finished, Started, Stepped

if TYPE_CHECKING:
    from studio.gui.window import MainWindow

AT_WORK = ("starting", "running", "stopping")  # a paused run lets the machine sleep
ENDED = ("finished", "failed", "interrupted")


class DesktopWires(QObject):
    """Keeps the machine awake while it trains, shows progress outside the window, follows the system's looks, helps."""

    def __init__(self, window: MainWindow, remembered: Remembered) -> None:
        super().__init__(window)
        self._w = window
        self._remembered = remembered
        self._language = language_named(remembered.language)
        self._steps = 0
        self._was_live = False
        self.wakefulness = Wakefulness(system_block(self))
        self.task_bar = TaskBar()
        self.notification = Notification(self)
        self._tour: Tour | None = None
        window.control.stateChanged.connect(self._follow_state)
        window.control.happened.connect(self._follow_steps)
        window.help_menu.tourAsked.connect(self.show_tour)
        window.help_menu.shortcutsAsked.connect(self.show_shortcuts)
        window.views.languageChosen.connect(self._choose_language)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_looks)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_looks)

    def begin(self) -> None:
        """The tour, on a first start."""
        if not self._remembered.toured:
            self.show_tour()

    def close(self) -> None:
        """Leave nothing behind outside the window."""
        self.wakefulness.keep(False)
        self.task_bar.show_share(None)

    def show_tour(self) -> None:
        """Begin the tour, from its first step."""
        if self._tour is None:
            self._tour = Tour(self._w, self._hints())
            self._tour.ended.connect(self._remembered.set_toured)
        self._tour.begin()

    def show_shortcuts(self) -> None:
        """Open the sheet of shortcuts."""
        sheet = ShortcutSheet(self._w)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _hints(self) -> tuple[Hint, ...]:
        w = self._w
        return (
            Hint(
                w.model_panel,
                self.tr("Pick a model"),
                self.tr(
                    "A small starter model is chosen already. Choose another above, or drop a folder here. The tree below"
                    " shows its layers: a tick means that an adapter is trained there."
                ),
            ),
            Hint(
                w.data_panel,
                self.tr("Pick data"),
                self.tr("Sample data are chosen already. Drop a file of your own here; what is learnt of it is shown."),
            ),
            Hint(
                w.settings_panel,
                self.tr("Adjust the adapter and the training"),
                self.tr("The values fit most cases. Rest on a label to read what it does; Ctrl+Z undoes every change."),
            ),
            Hint(
                w.start_button,
                self.tr("Start"),
                self.tr(
                    "Loss, memory and sample answers appear in the centre while it trains. Afterwards, talk to the result"
                    " in the playground, or export it."
                ),
            ),
        )

    def _follow_state(self, state: str) -> None:
        control = self._w.control
        self.wakefulness.keep(state in AT_WORK)
        if not control.live:
            self.task_bar.show_share(None)
        if state in ENDED and self._was_live and not self._w.isActiveWindow() and control.run is not None:
            said = {
                "finished": self.tr("{0} has finished"),
                "failed": self.tr("{0} has failed"),
                "interrupted": self.tr("{0} was interrupted"),
            }[state]
            self.notification.show(said.format(control.run.name), self._w.run_bar.steps_label.text())
        self._was_live = control.live

    def _follow_steps(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Started):
                self._steps = event.steps
            elif isinstance(event, Finished):
                self._steps = 0
        last = next((event for event in reversed(events) if isinstance(event, Stepped)), None)
        if last is not None and self._steps and self._w.control.live:
            self.task_bar.show_share(min(1.0, last.step / self._steps))

    def _follow_looks(self) -> None:
        if self._remembered.theme == "system":
            self._w.use_theme("system")

    def _choose_language(self, name: str) -> None:
        self._remembered.set_language(name)
        if language_named(name) != self._language:
            self._w.banner.show_note(self.tr("The window speaks this language from the next start on."))
