"""The wires of the data: between the session, the data panel and window, and the workers that read first, all, or single rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from studio.gui.data.data_window import DataWindow
from studio.gui.data.facts import refusal_of_rows
from studio.gui.data.fetch_strip import NOT_FETCHED
from studio.gui.data.fetching import Fetching
from studio.gui.desktop.sentences import told, told_error
from studio.gui.remembered import Remembered
from studio.gui.session import DataFacts
from studio.gui.theme import LIGHT, Theme
from studio.plan.errors import Refusal, StudioError, error_from_json
from studio.plan.events import Answered, Event, Failed, Progressed
from studio.plan.plan import Plan

if TYPE_CHECKING:
    from studio.gui.window import MainWindow

PREVIEW_ROWS = 50
PREVIEW_DELAY_MS = 250  # so that typing a number does not ask for a preview of each digit
SCAN_DELAY_MS = 400  # all rows are read once the first ones are shown, and the user rests
# What a scan's answer depends on beside the data, and what of the data changes no token of any row.
NOT_ENCODED = {"max_length": 8, "packing": "auto", "bad_rows": "refuse", "eval_fraction": 0.0}


class DataWires(QObject):
    """Asks what the data hold - the first rows at every change, then all of them - and shows it."""

    def __init__(self, window: MainWindow, remembered: Remembered) -> None:
        super().__init__(window)
        self._w = window
        self._remembered = remembered
        self._theme = LIGHT
        self._window: DataWindow | None = None
        self._preview: dict[str, Any] | None = None
        self._statistics: dict[str, Any] | None = None
        self._progress: tuple[float | None, str] | None = None  # while all rows are read
        self._ended: str | None = None  # why they were not
        self._asked: dict[str, int] = {}  # the open request of each kind
        self._previewed: object = None
        self._scanned: object = None
        self._counted: object = None  # the data whose tokens the statistics count
        self._fetching = Fetching(window.service, self)
        self._preview_soon = self._timer(PREVIEW_DELAY_MS, self._ask_preview)
        self._scan_soon = self._timer(SCAN_DELAY_MS, self._ask_scan)
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Draw the data window in a theme's colours."""
        self._theme = theme
        if self._window is not None:
            self._window.set_theme(theme)

    def show_window(self, row: int | None = None) -> None:
        """Open the data window; at a row of the lens, where one is given."""
        if self._window is None:
            self._window = self._new_window()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if row is not None:
            self._window.go_to_row(row)

    def _connect(self) -> None:
        session, panel = self._w.session, self._w.data_panel
        session.planChanged.connect(self._take_plan)
        session.descriptionChanged.connect(lambda _description: self._preview_soon.start())
        self._fetching.add(panel.fetch)
        self._fetching.fetched.connect(self._look_again)
        panel.lensRequested.connect(self.show_window)
        panel.scan.cancelRequested.connect(self._cancel_scan)
        panel.scan.scanRequested.connect(self._scan_again)

    def begin(self) -> None:
        """Look at the first plan's data."""
        self._take_plan(self._w.session.plan)

    def _new_window(self) -> DataWindow:
        window, session = DataWindow(self._w), self._w.session
        window.addActions([self._w.undo_action, self._w.redo_action])
        window.planEdited.connect(session.edit)
        window.problemChanged.connect(session.set_problem)
        window.draftChanged.connect(self._ask_draft)
        window.lensWanted.connect(self._ask_lens)
        window.clearRequested.connect(self._ask_clear)
        window.scan.cancelRequested.connect(self._cancel_scan)
        window.scan.scanRequested.connect(self._scan_again)
        self._fetching.add(window.fetch)
        window.set_theme(self._theme)
        window.show_plan(session.plan)
        window.show_preview(self._preview)
        window.show_problem(session.problems.get("data.train"))
        self._show_scan(window)
        return window

    def _take_plan(self, plan: Plan) -> None:
        if self._window is not None:
            self._window.show_plan(plan)
        self._fetching.show_plan(plan)
        if _encoded_part(plan) != self._counted:
            self._set_statistics(None)
        elif self._scan_key() != self._scanned:
            self._say_rows()
        if self._scan_key() != self._scanned:
            self._forget("scan")
            self._scanned = self._ended = None
            self._show_progress(None)
            self._scan_soon.start()
        self._preview_soon.start()

    def _ask_preview(self) -> None:
        plan, description = self._w.session.plan, self._w.session.description
        asked = (plan.model if description is not None else None, plan.data)
        if asked == self._previewed:
            return
        self._previewed = asked
        self._show_preview(None)
        self._ask("preview", {"plan": plan.model_dump(mode="json"), "rows": PREVIEW_ROWS}, self._hear_preview)

    def _hear_preview(self, event: Event) -> None:
        session = self._w.session
        if isinstance(event, Answered):
            self._show_preview(event.value)
            found = event.value.get("problem")
            problem = None if found is None else error_from_json(found, refused=True)
            wrong = next((row for row in event.value.get("rows", []) if row.get("problem")), None)
            if problem is None and wrong is not None and session.plan.data.bad_rows == "refuse":
                problem = Refusal("row-unfit", f"{wrong['place']}: {wrong['problem']}", field="data.train")
            if self._statistics is None:
                session.set_facts(DataFacts(event.value.get("total_rows"), event.value.get("longest_tokens")))
                self._set_problem(problem)
            else:
                self._say_rows()
            self._remembered.add_data(session.plan.data.train)
            if found is None:
                self._scan_soon.start()
        elif isinstance(event, Failed):
            problem = error_from_json(vars(event), refused=event.refused)
            if problem.field == "model":  # said at the model already
                return
            self._show_preview({})
            session.set_facts(DataFacts())
            self._set_problem(problem)

    def _ask_scan(self) -> None:
        """Read all rows, where the first ones could be read, and the model that reads them is known."""
        self._scan_soon.stop()
        session, key = self._w.session, self._scan_key()
        ready = session.description is not None and bool(self._preview) and "preview" not in self._asked
        if not ready or key == self._scanned:
            return
        self._scanned, self._ended = key, None
        self._ask("scan", {"plan": session.plan.model_dump(mode="json")}, self._hear_scan)

    def _hear_scan(self, event: Event) -> None:
        if isinstance(event, Progressed):
            self._show_progress((event.done / event.total if event.total else None, told(event.phase)))
            return
        if isinstance(event, Answered):
            self._counted = _encoded_part(self._w.session.plan)
            self._set_statistics(event.value["statistics"])
        elif isinstance(event, Failed):
            problem = error_from_json(vars(event), refused=event.refused)
            self._ended = None if problem.code == NOT_FETCHED else told_error(problem)
            if event.refused and (problem.field or "").startswith("data."):
                self._set_problem(problem)
        elif event.name == "cancelled":
            self._ended = ""
        else:
            return
        self._show_progress(None)

    def _look_again(self) -> None:
        """The data are here now."""
        self._previewed = self._scanned = None
        self._preview_soon.start()

    def _scan_again(self) -> None:
        self._scanned = None
        self._ask_scan()

    def _cancel_scan(self) -> None:
        if "scan" in self._asked:
            self._w.service.cancel(self._asked["scan"])

    def _ask_draft(self, plan: Plan) -> None:
        def hear(event: Event) -> None:
            if self._window is not None and isinstance(event, Answered):
                found = event.value.get("problem")
                self._window.show_draft(event.value, None if found is None else error_from_json(found, refused=True))
            elif self._window is not None and isinstance(event, Failed):
                self._window.show_draft(None, error_from_json(vars(event), refused=event.refused))

        self._ask("draft", {"plan": plan.model_dump(mode="json"), "rows": PREVIEW_ROWS}, hear, name="preview")

    def _ask_lens(self, row: int | str, begin: int, packed: bool) -> None:
        def hear(event: Event) -> None:
            if self._window is not None and isinstance(event, Answered):
                self._window.show_lens(event.value)
            elif self._window is not None and isinstance(event, Failed):
                self._window.show_lens_problem(told_error(error_from_json(vars(event), refused=event.refused)))

        plan = self._w.session.plan.model_dump(mode="json")
        self._ask("lens", {"plan": plan, "row": row, "from": begin, "packed": packed}, hear)

    def _ask_clear(self) -> None:
        def hear(event: Event) -> None:
            if self._window is not None and isinstance(event, Answered):
                self._window.show_cleared(int(event.value["freed_bytes"]))
            elif self._window is not None and isinstance(event, Failed):
                self._window.show_clear_problem(told_error(error_from_json(vars(event), refused=event.refused)))

        self._ask("clear_data_cache", {}, hear)

    def _ask(self, kind: str, arguments: dict[str, object], hear: Any, name: str = "") -> None:
        """Ask for something in place of what was asked of that kind before."""
        self._forget(kind)

        def hear_and_end(event: Event) -> None:
            if event.name in ("answered", "failed", "cancelled"):
                self._asked.pop(kind, None)
            hear(event)

        self._asked[kind] = self._w.service.ask(name or kind, arguments, hear_and_end)

    def _forget(self, kind: str) -> None:
        self._w.service.forget(self._asked.pop(kind, None))

    def _scan_key(self) -> object:
        plan = self._w.session.plan
        return plan.model, plan.data, plan.training.batch_size, plan.training.seed

    def _set_statistics(self, statistics: dict[str, Any] | None) -> None:
        self._statistics = statistics
        if statistics is None:
            self._counted = None
        else:
            keys = ("learnable_rows", "longest", "packed_rows", "tokens", "supervised_tokens")
            self._w.session.set_facts(DataFacts(*(statistics[key] for key in keys)))
            self._say_rows()
        self._w.data_panel.show_statistics(statistics)
        if self._window is not None:
            self._window.show_statistics(statistics)

    def _say_rows(self) -> None:
        """What all rows say of whether a run can start."""
        if self._statistics is not None:
            skipped = self._w.session.plan.data.bad_rows == "skip"
            self._set_problem(refusal_of_rows(self._statistics, skipped))

    def _set_problem(self, problem: StudioError | None) -> None:
        self._w.session.set_problem("data.train", problem)
        self._fetching.show_problem(problem)
        if self._window is not None:
            self._window.show_problem(problem)

    def _show_preview(self, preview: dict[str, Any] | None) -> None:
        self._preview = preview if preview is not None else self._preview
        self._w.data_panel.show_preview(preview)
        if self._window is not None:
            self._window.show_preview(preview)

    def _show_progress(self, progress: tuple[float | None, str] | None) -> None:
        self._progress = progress
        said = {told_error(problem) for problem in self._w.session.problems.values()}
        panel = self._w.data_panel.scan
        for strip in (panel, *([] if self._window is None else [self._window.scan])):
            if progress is not None:
                strip.show_progress(*progress)
            elif self._ended is not None:
                strip.show_ended("" if strip is panel and self._ended in said else self._ended)
            else:
                strip.show_nothing()

    def _show_scan(self, window: DataWindow) -> None:
        window.show_statistics(self._statistics)
        self._show_progress(self._progress)

    def _timer(self, milliseconds: int, slot: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer


def _encoded_part(plan: Plan) -> object:
    """What the tokens of all rows depend on: the cut-off, say, does not change them."""
    return plan.model, plan.data.with_values(**NOT_ENCODED)
