"""The wires of the run: between the worker that carries it, the views that show it, and the buttons that steer it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from studio.gui.desktop.sentences import told_error
from studio.gui.export.wizard import ExportWizard
from studio.gui.model.matrix_colours import EFFECTIVE, GRADIENT, MOVED
from studio.gui.runs.replay_window import ReplayWindow
from studio.plan.commands import Command, Wish
from studio.plan.errors import Refusal, StudioError
from studio.plan.events import Event, Measured, Sampled, Shrunk, Started
from studio.runs.folder import Run, list_runs

if TYPE_CHECKING:
    from studio.gui.window import MainWindow


class RunWires(QObject):
    """Starts, watches and steers; the buttons say what is possible, and why not."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        self._wizard: ExportWizard | None = None
        self._ranks: dict[str, int] = {}  # of the run that is shown
        self._connect()

    def begin(self) -> None:
        """List the runs, and watch one that is still going on."""
        self._w.dashboard.plan.show_current(self._w.session.plan)
        self._show_runs()
        running = next((run for run in list_runs() if run.owner() is not None), None)
        if running is not None:
            self._watch(running)
            note = self.tr("{0} is still running; this window is watching it again.").format(running.name)
            self._w.banner.show_note(note)

    def may_close(self) -> bool:
        """Ask what should become of a live run. True where the window may go."""
        control = self._w.control
        if not control.live or control.run is None:
            return True
        box = QMessageBox(self._w)
        box.setWindowTitle(self.tr("A run is going on"))
        box.setText(self.tr("{0} is still training.").format(control.run.name))
        box.setInformativeText(
            self.tr("It can go on without the window; opening the studio again shows it, and goes on with the queue.")
        )
        keep = box.addButton(self.tr("Keep running"), QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton(self.tr("Stop and save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        box.exec()
        if box.clickedButton() is stop:
            control.tell(Command("stop", save=True))
        return box.clickedButton() in (keep, stop)

    def close(self) -> None:
        """Let go of what is being read."""
        for replay in self._w.findChildren(ReplayWindow):
            replay.close()

    def _connect(self) -> None:
        w, control = self._w, self._w.control
        control.began.connect(self._begin_run)
        control.happened.connect(self._take)
        control.stateChanged.connect(self._show_state)
        control.stateChanged.connect(self._show_runs)
        control.refused.connect(self._show_refusal)
        control.failed.connect(w.banner.show_error)
        for signal in (w.session.planChanged, w.session.descriptionChanged, w.session.problemsChanged):
            signal.connect(self._show_state)
        w.start_button.clicked.connect(self._start)
        w.pause_button.clicked.connect(self._pause)
        w.stop_button.clicked.connect(self._stop)
        table = w.runs_table
        table.openRequested.connect(self._watch)
        table.resumeRequested.connect(self._resume)
        for asking in (table.usePlanRequested, w.dashboard.plan.useRequested):
            asking.connect(self._use_plan)
        w.session.planChanged.connect(w.dashboard.plan.show_current)
        table.exportRequested.connect(self._export)
        w.playground.failed.connect(w.banner.show_note)
        w.sample_action.triggered.connect(self._sample_now)
        w.keep_action.triggered.connect(self._save_now)
        w.export_action.triggered.connect(self._export_shown)

    def _start(self) -> None:
        self._w.banner.hide()
        self._w.show_page(self._w.dashboard)
        self._w.dashboard.clear()
        self._w.run_bar.clear()
        self._w.control.start(self._w.session.plan)

    def _begin_run(self, run: Run) -> None:
        self._w.dashboard.clear()
        self._w.dashboard.plan.show_run(run)
        self._w.run_bar.clear()
        self._w.matrix.forget_measured()
        self._show_runs()
        self._show_state()

    def _take(self, events: list[Event]) -> None:
        w = self._w
        w.dashboard.take(events)
        w.run_bar.take(events)
        for event in events:
            if isinstance(event, Measured):
                measured = {MOVED: event.moved, GRADIENT: event.gradients, EFFECTIVE: event.effective_ranks}
                w.matrix.show_measured(measured)
            elif isinstance(event, Started):
                w.dashboard.plan.show_run(w.control.run)  # a run that goes on after a stop writes it anew
                self._ranks = dict(event.targets)
                self._show_ranks()
            elif isinstance(event, Shrunk):
                self._ranks |= event.ranks
                self._show_ranks()
            elif isinstance(event, Sampled):
                w.playground.set_prompt(event.prompt)

    def _show_ranks(self) -> None:
        """Show what the run's targets train, where their model is known."""
        description = self._w.session.description
        if description is not None:
            known = description.by_name
            ranks = {name: rank for name, rank in self._ranks.items() if name in known}
            self._w.dashboard.show_targets({name: known[name].adapter_parameters(rank) for name, rank in ranks.items()})

    def _pause(self) -> None:
        self._tell("resume" if self._w.control.state == "paused" else "pause")

    def _stop(self) -> None:
        box = QMessageBox(self._w)
        box.setWindowTitle(self.tr("Stop the run?"))
        box.setText(self.tr("Stop and save keeps a checkpoint, so that the run can go on later."))
        save = box.addButton(self.tr("Stop and save"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(self.tr("Stop without saving"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Continue training"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        if box.clickedButton() in (save, drop):
            self._w.control.tell(Command("stop", save=box.clickedButton() is save))

    def _sample_now(self) -> None:
        self._tell("sample")

    def _save_now(self) -> None:
        self._tell("save")

    def _export_shown(self) -> None:
        self._export()

    def _tell(self, wish: Wish) -> None:
        try:
            self._w.control.tell(Command(wish))
        except OSError as error:
            self._w.banner.show_error(
                Refusal(
                    "run-unreachable", f"the run's folder cannot be written: {error.strerror}", now="free some space"
                )
            )

    def _show_refusal(self, error: StudioError) -> None:
        self._w.run_bar.clear()
        if error.field is not None:
            self._w.session.set_problem(error.field, None)
        self._w.banner.show_error(error)

    def _watch(self, run: Run) -> None:
        if self._w.control.live and self._w.control.run != run:
            self._replay(run)
            return
        self._w.show_page(self._w.dashboard)
        self._w.control.watch(run)

    def _replay(self, run: Run) -> None:
        replay = ReplayWindow(run, self._w.dashboard.loss.theme, self._w)
        replay.dashboard.plan.show_current(self._w.session.plan)
        replay.dashboard.plan.useRequested.connect(self._use_plan)
        self._w.session.planChanged.connect(replay.dashboard.plan.show_current)
        replay.show()

    def _resume(self, run: Run) -> None:
        self._w.show_page(self._w.dashboard)
        self._w.control.resume(run)

    def _use_plan(self, run: Run) -> None:
        try:
            self._w.session.edit(run.plan().with_values(record=None), self.tr("plan of {0}").format(run.name))
        except StudioError as error:
            self._w.banner.show_error(error)

    def _export(self, run: Run | None = None) -> None:
        run = run or self._w.control.run
        if run is None or not run.adapter.is_dir():
            self._w.banner.show_note(self.tr("There is no adapter to export yet: train one first."))
            return
        self._wizard = ExportWizard(self._w.service, run, self._w.session.description, self._w)
        self._wizard.open()

    def _show_runs(self) -> None:
        self._w.runs_wires.show_runs()
        self._show_state()

    # Buttons say what is possible, and why not.

    def _show_state(self) -> None:
        w, control = self._w, self._w.control
        why = self._why_not()
        w.start_button.setEnabled(not why)
        w.start_button.setToolTip(why or self.tr("Start training (Ctrl+R)"))
        w.start_button.setAccessibleDescription(why)
        if control.run is None:
            w.run_bar.show_ready(not why)
        running = control.state in ("running", "paused")
        w.pause_button.setEnabled(running)
        w.pause_button.setText(self.tr("Resume") if control.state == "paused" else self.tr("Pause"))
        w.stop_button.setEnabled(running)
        for action in (w.sample_action, w.keep_action):
            action.setEnabled(running)
        exportable = control.run is not None and control.run.adapter.is_dir()
        w.export_action.setEnabled(exportable and not control.live)
        w.export_button.setEnabled(w.export_action.isEnabled())
        name = Path(w.session.plan.data.train).stem if control.run is None else control.run.name
        word = why if control.state == "idle" and why else self._word(control.state)
        w.title.setText(f"{name}  ·  {word}")

    def _why_not(self) -> str:
        if self._w.control.live:
            return self.tr("A run is going on")
        problem = next(iter(self._w.session.problems.values()), None)
        if problem is not None:
            return told_error(problem)
        return self.tr("The model is being read") if self._w.session.description is None else ""

    def _word(self, state: str) -> str:
        return {
            "idle": self.tr("ready"),
            "starting": self.tr("starting"),
            "running": self.tr("running"),
            "paused": self.tr("paused"),
            "stopping": self.tr("stopping"),
            "finished": self.tr("finished"),
            "stopped": self.tr("stopped"),
            "failed": self.tr("failed"),
            "interrupted": self.tr("interrupted"),
        }[state]
