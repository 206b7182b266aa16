"""The wires of the page of runs: between its panels, the runs on disk, and the queue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.gui.runs.queue_control import QueueControl
from studio.gui.runs.trash_dialog import TrashDialog
from studio.plan.errors import StudioError
from studio.plan.plan import Plan
from studio.runs.folder import Run, list_runs
from studio.runs.notes import Notes, write_notes
from studio.runs.queue import Queue
from studio.runs.trash import TrashedRun, move_to_trash, put_back

if TYPE_CHECKING:
    from studio.gui.window import MainWindow

REFRESH_MILLISECONDS = 2000  # of the list, while it is seen and a run goes on


class RunsWires(QObject):
    """Lists the runs, keeps their notes, deletes and puts back, and hands the queue what is wanted of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        self._page = window.runs_page
        self._deleted: list[TrashedRun] = []  # what the banner offers to put back
        self._offer = ""
        self.queue = QueueControl(window.control, self)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MILLISECONDS)
        self._timer.timeout.connect(self._refresh)
        self._connect()

    def begin(self) -> None:
        """Go on with the queue that an earlier window left."""
        self.queue.begin()
        self._timer.start()

    def close(self) -> None:
        """Keep what was being written, and let go of the queue."""
        self._timer.stop()
        self._page.notes.keep()
        self.queue.close()

    def show_runs(self) -> None:
        """List what is on disk now."""
        runs = list_runs()
        self._page.table.show_runs(runs)
        self._w.playground.show_runs(runs)

    def _connect(self) -> None:
        page, queue = self._page, self.queue
        page.table.deleteRequested.connect(self._delete)
        page.table.lineUpRequested.connect(self._line_up)
        page.table.trashRequested.connect(self._open_trash)
        page.notes.notesEdited.connect(self._keep_notes)
        self._w.banner.actionChosen.connect(self._put_back)
        queue.changed.connect(self._show_queue)
        queue.failed.connect(self._w.banner.show_error)
        panel = page.queue
        panel.addRequested.connect(self._add_shown)
        panel.goRequested.connect(queue.go)
        panel.moveRequested.connect(queue.move)
        panel.removeRequested.connect(queue.remove)
        panel.tryAgainRequested.connect(queue.try_again)
        panel.clearRequested.connect(queue.clear_ended)
        panel.takeBackRequested.connect(self._take_back)
        panel.openRequested.connect(self._open)

    def _refresh(self) -> None:
        if self._w.control.live and self._page.isVisible():
            self.show_runs()
            self._page.show_overlay()

    def _show_queue(self, queue: Queue) -> None:
        self._page.queue.show_queue(queue, owned=self.queue.owned)
        waiting = sum(entry.state == "waiting" for entry in queue.entries)
        title = self.tr("Queue ({0} waiting)").format(waiting) if waiting else self.tr("Queue")
        self._page.tabs.setTabText(self._page.tabs.count() - 1, title)

    def _add_shown(self) -> None:
        self._add(self._w.session.plan)

    def _add(self, plan: Plan) -> None:
        self.queue.add(Path(plan.data.train).stem or plan.model, plan)

    def _line_up(self, run: Run) -> None:
        try:
            plan = run.plan()
        except StudioError as error:
            self._w.banner.show_error(error)
            return
        self._add(plan)
        self._page.tabs.setCurrentIndex(self._page.tabs.count() - 1)

    def _open(self, path: str) -> None:
        run = Run(Path(path))
        if run.plan_file.is_file():
            self._page.table.openRequested.emit(run)
        else:
            self._w.banner.show_note(self.tr("There is no run {0}: it was refused, moved or deleted.").format(run.name))

    def _take_back(self, entry_id: str) -> None:
        entry = self.queue.queue.entry(entry_id)
        self._w.session.edit(entry.plan, self.tr("plan {0} of the queue").format(entry.name))
        self.queue.remove(entry_id)

    def _keep_notes(self, run: Run, notes: Notes) -> None:
        try:
            write_notes(run, notes)
        except OSError as error:
            self._w.banner.show_note(self.tr("The note could not be kept: {0}").format(error.strerror))
            return
        self.show_runs()

    def _delete(self, run: Run) -> None:
        try:
            trashed = move_to_trash(run)
        except StudioError as error:
            self._w.banner.show_error(error)
            return
        except OSError as error:
            text = self.tr("{0} could not be moved to the trash: {1}").format(run.name, error.strerror)
            self._w.banner.show_note(text)
            return
        if not (self._w.banner.isVisible() and self._w.banner.text() == self._offer):
            self._deleted = []
        self._deleted.append(trashed)
        names = ", ".join(one.run.name for one in self._deleted)
        self._offer = self.tr("In the trash: {0}").format(names)
        self._w.banner.show_note(self._offer, self.tr("Put back"))
        self.show_runs()

    def _put_back(self) -> None:
        if self._w.banner.text() != self._offer:
            return  # another message's button
        deleted, self._deleted = self._deleted, []
        for trashed in deleted:
            try:
                put_back(trashed)
            except StudioError as error:
                self._w.banner.show_error(error)
            except OSError as error:
                self._w.banner.show_note(
                    self.tr("{0} could not be put back: {1}").format(trashed.run.name, error.strerror)
                )
        self.show_runs()

    def _open_trash(self) -> None:
        dialog = TrashDialog(self._w)
        dialog.finished.connect(self.show_runs)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
