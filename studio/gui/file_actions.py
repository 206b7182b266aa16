"""What the plan can do as a file: new, open, recent, dropped, save, the same as a command line."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from studio.gui.remembered import Remembered
from studio.plan.errors import Refusal, StudioError
from studio.plan.planfile import dump_plan, load_plan
from studio.runs.atomic import write_text
from studio.runs.places import quickstart_plan

if TYPE_CHECKING:
    from studio.gui.window import MainWindow


PLAN_FILES = (".yaml", ".yml")
RUN_PLAN = "plan.yaml"  # of a run's folder


class FileActions(QObject):
    """Opens and saves plans. Opening can be undone like any edit."""

    def __init__(self, window: MainWindow, remembered: Remembered) -> None:
        super().__init__(window)
        self._w = window
        self._remembered = remembered
        self._saved: Path | None = None
        self.recent = QMenu(window)
        self.recent.setToolTipsVisible(True)
        self.recent.aboutToShow.connect(self._fill_recent)
        window.open_action.setMenu(self.recent)
        window.new_action.triggered.connect(self._new)
        window.open_action.triggered.connect(self._ask_and_open)
        window.save_action.triggered.connect(self._ask_and_save)
        window.copy_action.triggered.connect(self._copy_command)

    def open(self, path: Path) -> None:
        """Open a plan file; one that cannot be read leaves everything as it was."""
        try:
            plan = load_plan(path).with_values(record=None)
        except StudioError as error:
            self._w.banner.show_error(error)
            return
        self._remembered.add_plan(str(path))
        self._w.session.edit(plan, self.tr("open {0}").format(path.name))

    def save(self, path: Path) -> None:
        """Write the plan; a disk that does not take it leaves what was there."""
        try:
            write_text(path, dump_plan(self._w.session.plan))
        except OSError as error:
            what = f"the plan cannot be saved: {error.strerror or error}"
            self._w.banner.show_error(Refusal("plan-unwritable", what, where=str(path), now="choose another folder"))
            return
        self._saved = path
        self._remembered.add_plan(str(path))
        self._w.banner.show_note(self.tr("Saved. The same without a window: {0}").format(self._command()))

    def _new(self) -> None:
        self._w.session.edit(load_plan(quickstart_plan()), self.tr("new plan"))

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in map(Path, self._remembered.plans):
            action = self.recent.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.open(path))
        if not self._remembered.plans:
            self.recent.addAction(self.tr("No plan was opened or saved yet")).setEnabled(False)
            return
        self.recent.addSeparator()
        self.recent.addAction(self.tr("Clear this list")).triggered.connect(self._remembered.forget_plans)

    def _ask_and_open(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._w, self.tr("Open a plan"), str(Path.home()), self.tr("Plans (*.yaml *.yml);;All files (*)")
        )
        if path:
            self.open(Path(path))

    def _ask_and_save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self._w, self.tr("Save the plan"), str(self._saved or Path.home() / "plan.yaml"), self.tr("Plans (*.yaml)")
        )
        if path:
            self.save(Path(path))

    def _copy_command(self) -> None:
        if not self._is_saved():
            self._ask_and_save()
        if self._saved is not None:
            QGuiApplication.clipboard().setText(self._command())
            self._w.banner.show_note(self.tr("Copied: {0}").format(self._command()))

    def _is_saved(self) -> bool:
        """Whether the file still says what the window shows; others may have written it since."""
        try:
            return self._saved is not None and load_plan(self._saved) == self._w.session.plan
        except StudioError:
            return False

    def _command(self) -> str:
        return f"lora-studio train {shlex.quote(str(self._saved))}"


def dropped_plan(event: QDropEvent) -> Path | None:
    """The plan that is being dragged: a plan file, or a run's folder, whose plan is meant."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is None:
            continue
        if path.suffix.lower() in PLAN_FILES and path.is_file():
            return path
        if (path / RUN_PLAN).is_file():
            return path / RUN_PLAN
    return None
