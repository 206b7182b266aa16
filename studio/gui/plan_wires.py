"""The wires of the plan: between the session, the panels that show and edit it, and the worker that reads its model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from studio.gui.desktop.sentences import told, told_error
from studio.gui.model.on_offer import available_of, on_offer
from studio.gui.model.ranks_dialog import RanksDialog
from studio.gui.remembered import Remembered
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal, StudioError, error_from_json
from studio.plan.estimate import Estimate
from studio.plan.events import Answered, Event, Failed, Progressed
from studio.plan.plan import Plan
from studio.plan.planfile import load_plan
from studio.plan.targets import resolve_targets
from studio.runs.folder import Run, list_runs
from studio.runs.places import quickstart_plan, resources_folder

if TYPE_CHECKING:
    from studio.gui.window import MainWindow


FIELD_AIR = 48  # pixels above and below a field that is brought into view


class PlanWires(QObject):
    """Shows the session's plan in every panel, takes their edits, and asks about its model."""

    def __init__(self, window: MainWindow, remembered: Remembered) -> None:
        super().__init__(window)
        self._w = window
        self._remembered = remembered
        self._inspecting: int | None = None
        self._asked_model = ""
        self._asked_cache = False
        self._connect()

    def begin(self) -> None:
        """Show the first plan, and what else could be chosen."""
        self._show_choices()
        self._show_plan(self._w.session.plan)

    def _connect(self) -> None:
        w, session = self._w, self._w.session
        session.planChanged.connect(self._show_plan)
        session.descriptionChanged.connect(self._show_description)
        session.estimateChanged.connect(self._show_estimate)
        session.problemsChanged.connect(self._show_problems)
        for panel in (w.model_panel, w.matrix, w.data_panel, w.settings_panel):
            panel.planEdited.connect(session.edit)
        for panel in (w.data_panel, w.settings_panel):
            panel.problemChanged.connect(session.set_problem)
        w.matrix.set_zoom(self._remembered.zoom)
        w.matrix.zoomChanged.connect(self._remembered.set_zoom)
        w.setting_search.settingChosen.connect(self._show_setting)
        w.hub_wires.modelArrived.connect(self._ask_again)
        w.model_panel.ranksRequested.connect(self._distribute_ranks)
        w.service.machineKnown.connect(session.set_machine)
        w.service.machineKnown.connect(self._ask_cached)

    def _show_setting(self, key: str) -> None:
        """Bring a setting's field into view, and the keyboard to it."""
        w = self._w
        w.settings_panel.show_setting(key)
        field = w.settings_panel.field_of(key) or w.data_panel.form.field_of(key)
        w.plan_dock.show()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # rows that have just appeared get a place
        w.plan_scroll.ensureWidgetVisible(field, 0, FIELD_AIR)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_plan(self, plan: Plan) -> None:
        w = self._w
        for panel in (w.model_panel, w.matrix, w.data_panel, w.settings_panel):
            panel.show_plan(plan)
        if plan.model != self._asked_model:
            self._ask_model(plan.model)
        self._show_targets()

    def _ask_model(self, model: str) -> None:
        self._asked_model = model
        self._w.service.forget(self._inspecting)
        self._w.session.set_problem("model", None)
        self._w.session.set_description(None)
        self._w.model_panel.show_progress(None, self.tr("Reading the model…"))
        self._inspecting = self._w.service.ask("inspect", {"model": model}, self._hear_model)

    def _ask_again(self) -> None:
        """The plan's model has just come from the Hub."""
        self._ask_model(self._w.session.plan.model)

    def _hear_model(self, event: Event) -> None:
        session, panel = self._w.session, self._w.model_panel
        if isinstance(event, Progressed):
            panel.show_progress(event.done / event.total if event.total else None, told(event.phase))
        elif isinstance(event, Answered):
            panel.show_progress(None, "")
            description = ModelDescription.from_json(event.value["description"])
            session.set_description(description)
            problem = None
            if description.problems:
                problem = Refusal("model-unfit", description.problems[0], field="model")
            session.set_problem("model", problem)
            self._remembered.add_model(description.model)
        elif isinstance(event, Failed):
            panel.show_progress(None, "")
            session.set_problem("model", error_from_json(vars(event), refused=event.refused))

    def _distribute_ranks(self) -> None:
        session = self._w.session
        if session.description is None:
            return
        model = session.plan.model
        runs = [run.path for run in list_runs() if run.adapter.is_dir() and _model_of(run) == model]
        dialog = RanksDialog(session.plan, session.description, runs, self._w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.planEdited.connect(session.edit)
        dialog.scoresRequested.connect(lambda kind, source: self._ask_scores(dialog, kind, source))
        dialog.open()

    def _ask_scores(self, dialog: RanksDialog, kind: str, source: str) -> None:
        def hear(event: Event) -> None:
            if isinstance(event, Progressed):
                dialog.show_progress(event.done / event.total if event.total else None, told(event.phase))
            elif isinstance(event, Answered):
                dialog.show_scores(kind, event.value["scores"])
            elif isinstance(event, Failed):
                dialog.show_problem(told_error(error_from_json(vars(event), refused=event.refused)))

        plan = self._w.session.plan.model_dump(mode="json")
        asked = self._w.service.ask("scores", {"plan": plan, "source": source or None}, hear)

        dialog.finished.connect(lambda _result: self._w.service.forget(asked))

    def _show_description(self, description: ModelDescription | None) -> None:
        w = self._w
        w.model_panel.show_description(description)
        w.matrix.show_description(description)
        self._show_targets()

    def _show_targets(self) -> None:
        """Trainable parameters by target, live while the plan is edited; a run in progress shows its own."""
        w, description = self._w, self._w.session.description
        if w.control.live:
            return
        if description is None or description.model != w.session.plan.model:
            w.dashboard.show_targets({})
            return
        try:
            targets = resolve_targets(w.session.plan.lora, description.modules)
        except Refusal:
            targets = {}
        w.dashboard.show_targets(
            {name: description.by_name[name].adapter_parameters(target.rank) for name, target in targets.items()}
        )

    def _show_estimate(self, estimate: Estimate | None) -> None:
        w = self._w
        w.settings_panel.show_resolved(w.session.description, None if estimate is None else estimate.steps)

    def _show_problems(self, problems: dict[str, StudioError]) -> None:
        w = self._w
        sentences = {key: told_error(problem) for key, problem in problems.items()}
        w.settings_panel.show_problems(sentences)
        w.data_panel.form.show_problems(sentences)
        w.model_panel.show_problem(problems.get("model") or problems.get("lora.targets"))
        w.data_panel.show_problem(problems.get("data.train") or problems.get("data.eval"))

    def _show_choices(self) -> None:
        sample = load_plan(quickstart_plan()).data.train
        self._show_models([], None)
        self._w.data_panel.show_choices([sample, *self._remembered.data])

    def _show_models(self, cached: list[dict[str, Any]], available_bytes: int | None) -> None:
        starter = str(resources_folder() / "starter")
        self._w.model_panel.show_choices(on_offer(starter, self._remembered.models, cached, available_bytes))

    def _ask_cached(self, machine: dict[str, Any]) -> None:
        """What the Hub's cache has, asked once a worker has told what the machine has; a cache that cannot be read offers nothing."""

        def hear(event: Event) -> None:
            if isinstance(event, Answered):
                self._show_models(event.value["models"], available_of(machine))

        if not self._asked_cache:
            self._asked_cache = True
            self._w.service.ask("cached_models", {}, hear)


def _model_of(run: Run) -> str | None:
    """The model of a run's plan; None where the plan cannot be read."""
    try:
        return run.plan().model
    except Refusal:
        return None
