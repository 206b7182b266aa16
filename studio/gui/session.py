"""The session: the plan being edited, what is known about its model and data, and what still keeps it from starting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal, StudioError
from studio.plan.estimate import Estimate, estimate
from studio.plan.experience import Experience
from studio.plan.fitting import Saving, savings
from studio.plan.plan import DataPlan, Plan
from studio.plan.targets import resolve_targets


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What was found out about the data; None where it is not known yet. `packed_rows`: how many rows packing would leave.

    `tokens` and `supervised_tokens` are those of all rows, as the plan cuts them.
    """

    rows: int | None = None
    longest: int | None = None
    packed_rows: int | None = None
    tokens: int | None = None
    supervised_tokens: int | None = None

    def as_read(self, data: DataPlan) -> tuple[int | None, int | None]:
        """The rows of an epoch and the tokens of the longest, as a plan puts them into batches."""
        if data.packing == "pack" and self.packed_rows is not None:
            return self.packed_rows, data.max_length
        return self.rows, self.longest

    def typical(self, rows: int | None) -> tuple[float | None, float | None]:
        """Tokens of a typical row of so many, and those of them that are learnt."""
        if not rows or self.tokens is None or self.supervised_tokens is None:
            return None, None
        return self.tokens / rows, self.supervised_tokens / rows


class Session(QObject):
    """Holds the plan; everything else is derived from it. Equal is silent.

    `planChanged`, `descriptionChanged` and `estimateChanged` carry the new value (the latter two may be None), `problemsChanged` a
    mapping from plan keys to what is wrong there.
    """

    planChanged = Signal(object)
    descriptionChanged = Signal(object)
    estimateChanged = Signal(object)
    problemsChanged = Signal(dict)

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo = QUndoStack(self)
        self._plan = plan
        self._description: ModelDescription | None = None
        self._facts = DataFacts()
        self._machine: Mapping[str, Any] = {}
        self._experience = Experience()
        self._found: dict[str, StudioError] = {}
        self._problems: dict[str, StudioError] = {}
        self._estimate: Estimate | None = None
        self._moving = False

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self._plan

    @property
    def description(self) -> ModelDescription | None:
        """The plan's model, once it has been inspected."""
        return self._description

    @property
    def estimate(self) -> Estimate | None:
        """What the plan will cost, once its model is known."""
        return self._estimate

    @property
    def problems(self) -> Mapping[str, StudioError]:
        """What is wrong, by plan key."""
        return self._problems

    def edit(self, plan: Plan, text: str) -> None:
        """Change the plan; the change can be undone under the name `text`.

        Asked for by someone who hears of a change while it is being made, done or undone, it waits until that is over: a push in
        the middle of a redo deletes the very command that is being redone, and Qt crashes.
        """
        if self._moving:
            QTimer.singleShot(0, self, lambda: self.edit(plan, text))
        elif plan != self._plan:
            self.undo.push(_Edit(self, self._plan, plan, text))

    def open(self, plan: Plan) -> None:
        """Start over with another plan; there is nothing to undo then. It waits as `edit` does."""
        if self._moving:
            QTimer.singleShot(0, self, lambda: self.open(plan))
            return
        self.undo.clear()
        self._set(plan)

    def set_description(self, description: ModelDescription | None) -> None:
        """What was found out about the model; None while it is being read, or where it cannot be."""
        if description != self._description:
            self._description = description
            self.descriptionChanged.emit(description)
            self._derive()

    def set_facts(self, facts: DataFacts) -> None:
        """What was found out about the data."""
        if facts != self._facts:
            self._facts = facts
            self._derive()

    def set_machine(self, machine: Mapping[str, Any]) -> None:
        """What this machine has, as a worker told."""
        self._machine = machine
        self._derive()

    def set_experience(self, experience: Experience) -> None:
        """How fast the machine is, and what earlier runs taught, as a worker told."""
        if experience != self._experience:
            self._experience = experience
            self._derive()

    def savings(self) -> list[Saving]:
        """Changes of the plan that would lower its peak; none while its cost is not known."""
        if self._estimate is None or self._description is None:
            return []
        _, longest = self._facts.as_read(self._plan.data)
        return savings(self._plan, self._description, self._cost, longest=longest)

    def set_problem(self, key: str, problem: StudioError | None) -> None:
        """Somebody found, or no longer finds, something wrong at a key."""
        if problem is None:
            self._found.pop(key, None)
        else:
            self._found[key] = problem
        self._derive()

    def move(self, plan: Plan) -> None:
        """Go to a plan on the way of the undo stack."""
        self._moving = True
        try:
            self._set(plan)
        finally:
            self._moving = False

    def _set(self, plan: Plan) -> None:
        if plan != self._plan:
            self._plan = plan
            self.planChanged.emit(plan)
            self._derive()

    def _derive(self) -> None:
        """Targets, estimate and problems from what is known."""
        problems = dict(self._found)
        now: Estimate | None = None
        if self._description is not None and self._description.model == self._plan.model:
            try:
                resolve_targets(self._plan.lora, self._description.modules)
                now = self._cost(self._plan)
                limit = self._description.max_positions
                if limit is not None and self._plan.data.max_length > limit and self._facts.rows is not None:
                    problems.setdefault("data.max_length", _too_long(self._plan.data.max_length, limit))
            except Refusal as refusal:
                problems[refusal.field or "lora.targets"] = refusal
        if now != self._estimate:
            self._estimate = now
            self.estimateChanged.emit(now)
        if {key: value.sentence for key, value in problems.items()} != {
            key: value.sentence for key, value in self._problems.items()
        }:
            self._problems = problems
            self.problemsChanged.emit(problems)

    def _cost(self, plan: Plan) -> Estimate:
        """The estimate of a plan for the session's model, data and machine."""
        assert self._description is not None
        rows, longest = self._facts.as_read(plan.data)
        mean, supervised = self._facts.typical(rows)
        return estimate(
            plan,
            self._description,
            rows=rows,
            longest=longest,
            mean=mean,
            supervised=supervised,
            available_bytes=self._available_bytes(),
            precision=self._machine.get("precision"),
            experience=self._experience,
        )

    def _available_bytes(self) -> int | None:
        """What the plan's device offers: a GPU its whole memory, the CPU what is free now; None until a worker has told."""
        devices = {device["kind"]: device["memory_bytes"] for device in self._machine.get("devices", ())}
        wanted = self._plan.training.device
        first_gpu = next((kind for kind in devices if kind.startswith("cuda")), None)
        if wanted == "cuda" or (wanted == "auto" and first_gpu is not None):
            return devices.get(first_gpu)
        if wanted.startswith("cuda:"):
            return devices.get(wanted)
        return self._machine.get("memory_available_bytes")


def _too_long(length: int, limit: int) -> Refusal:
    return Refusal(
        "length-past-positions",
        f"the model reads at most {limit:,} tokens",
        now=f"set the length to {limit} or less, not {length}",
        field="data.max_length",
    )


class _Edit(QUndoCommand):
    """One step from plan to plan."""

    def __init__(self, session: Session, before: Plan, after: Plan, text: str) -> None:
        super().__init__(text)
        self._session = session
        self._before = before
        self._after = after

    def redo(self) -> None:
        """Go to the later plan."""
        self._session.move(self._after)

    def undo(self) -> None:
        """Go back to the earlier plan."""
        self._session.move(self._before)
