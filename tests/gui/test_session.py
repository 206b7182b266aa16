"""The session: one plan, undone and redone, with everything derived from it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from studio.gui.session import DataFacts, Session
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.experience import Experience, Rates
from studio.plan.plan import Plan


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate({"model": "/models/small", "data": {"train": "/data/rows.jsonl", "max_length": 64}})


@pytest.fixture
def description() -> ModelDescription:
    names = [f"model.layers.{layer}.self_attn.{part}_proj" for layer in range(2) for part in "qkvo"]
    modules = tuple(ModuleInfo(name, "linear", (16, 16), 256, True) for name in names)
    return ModelDescription(
        "/models/small", "/models/small", "llama", 4096, modules, layers=2, hidden_size=16, intermediate_size=32,
        vocab_size=64, heads=2, kv_heads=2, head_dim=8, max_positions=128,
    )  # fmt: skip


def with_rank(plan: Plan, rank: int) -> Plan:
    return plan.with_values(lora=plan.lora.with_values(rank=rank))


def heard(signal: object) -> list[object]:
    values: list[object] = []
    connect: Callable[[Callable[[object], None]], object] = signal.connect  # type: ignore[attr-defined]
    connect(values.append)
    return values


def test_an_edit_is_told_once_and_can_be_undone(qtbot: QtBot, plan: Plan) -> None:
    session = Session(plan)
    told = heard(session.planChanged)
    session.edit(with_rank(plan, 8), "rank 16 to 8")
    assert session.undo.undoText() == "rank 16 to 8"
    session.undo.undo()
    session.undo.redo()
    assert [value.lora.rank for value in told] == [8, 16, 8]  # type: ignore[attr-defined]


def test_an_equal_plan_is_silent(qtbot: QtBot, plan: Plan) -> None:
    session = Session(plan)
    told = heard(session.planChanged)
    session.edit(with_rank(plan, plan.lora.rank), "nothing")
    assert told == []
    assert session.undo.count() == 0


def test_the_estimate_follows_the_plan(qtbot: QtBot, plan: Plan, description: ModelDescription) -> None:
    session = Session(plan)
    session.set_description(description)
    before = session.estimate
    assert before is not None
    assert before.trainable_parameters == 8 * 16 * (16 + 16)
    session.edit(with_rank(plan, 4), "rank 16 to 4")
    after = session.estimate
    assert after is not None
    assert after.trainable_parameters == 8 * 4 * (16 + 16)


def test_a_pattern_that_matches_nothing_is_a_problem_at_its_key(
    qtbot: QtBot, plan: Plan, description: ModelDescription
) -> None:
    session = Session(plan)
    session.set_description(description)
    session.edit(plan.with_values(lora=plan.lora.with_values(targets=("*.gate",))), "targets")
    assert list(session.problems) == ["lora.targets"]
    assert "'*.gate' matches no module" in session.problems["lora.targets"].sentence
    session.undo.undo()
    assert session.problems == {}


def test_a_length_past_the_positions_is_a_problem(qtbot: QtBot, plan: Plan, description: ModelDescription) -> None:
    session = Session(plan)
    session.set_description(description)
    session.set_facts(DataFacts(rows=10, longest=40))
    session.edit(plan.with_values(data=plan.data.with_values(max_length=512)), "length")
    assert "128" in session.problems["data.max_length"].sentence


def test_packed_rows_are_estimated_as_packed(qtbot: QtBot, plan: Plan, description: ModelDescription) -> None:
    session = Session(plan.with_values(data=plan.data.with_values(max_length=64)))
    session.set_description(description)
    session.set_facts(DataFacts(rows=1000, longest=10, packed_rows=150))
    unpacked = session.estimate
    session.edit(plan.with_values(data=plan.data.with_values(max_length=64, packing="pack")), "packing")
    assert unpacked is not None
    assert session.estimate is not None
    assert session.estimate.steps < unpacked.steps
    assert session.estimate.peak_bytes > unpacked.peak_bytes


def test_what_runs_taught_changes_the_estimate(qtbot: QtBot, plan: Plan, description: ModelDescription) -> None:
    session = Session(plan)
    session.set_description(description)
    told = heard(session.estimateChanged)
    rates = Rates({"float32": ((1.0, 1e9),), "bfloat16": ((1.0, 1e9),)}, 1e9, 1e-6)
    session.set_experience(Experience(rates))
    session.set_experience(Experience(rates))
    assert len(told) == 1
    assert session.estimate is not None
    assert session.estimate.seconds_per_step is not None


def test_savings_are_plans_that_cost_less(qtbot: QtBot, plan: Plan, description: ModelDescription) -> None:
    session = Session(plan)
    assert session.savings() == []
    session.set_description(description)
    session.edit(plan.with_values(training=plan.training.with_values(batch_size=4096)), "batch")
    saving = next(saving for saving in session.savings() if saving.name.startswith("Batch"))
    session.edit(saving.plan, saving.name)
    assert session.estimate is not None
    assert session.estimate.peak_bytes == saving.peak_bytes
    assert session.undo.undoText() == saving.name


def test_a_typical_row_is_what_the_scan_counted() -> None:
    facts = DataFacts(rows=100, longest=90, packed_rows=20, tokens=2000, supervised_tokens=500)
    assert facts.typical(100) == (20.0, 5.0)
    assert facts.typical(20) == (100.0, 25.0)
    assert DataFacts(rows=100).typical(100) == (None, None)


def test_problems_found_by_others_stay_until_they_are_taken_back(qtbot: QtBot, plan: Plan) -> None:
    session = Session(plan)
    told = heard(session.problemsChanged)
    session.set_problem("data.train", Refusal("data-missing", "there is no file", field="data.train"))
    session.set_problem("data.train", Refusal("data-missing", "there is no file", field="data.train"))
    session.set_problem("data.train", None)
    assert [list(problems) for problems in told] == [["data.train"], []]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("device", "gpus", "bytes_"),
    [("auto", 0, 500), ("auto", 2, 8000), ("cpu", 2, 500), ("cuda", 1, 8000), ("cuda:1", 2, 8001), ("cuda", 0, None)],
)
def test_the_memory_of_the_plans_device_counts(
    qtbot: QtBot, plan: Plan, description: ModelDescription, device: str, gpus: int, bytes_: int | None
) -> None:
    session = Session(plan.with_values(training=plan.training.with_values(device=device)))
    session.set_description(description)
    devices = [{"kind": "cpu", "memory_bytes": 1000}]
    devices += [{"kind": f"cuda:{number}", "memory_bytes": 8000 + number} for number in range(gpus)]
    session.set_machine({"memory_available_bytes": 500, "devices": devices})
    assert session.estimate is not None
    assert session.estimate.available_bytes == bytes_


def test_an_edit_in_the_middle_of_a_redo_waits_until_it_is_over(qtbot: QtBot, plan: Plan) -> None:
    """Qt would delete the command that is being redone, and then ask it something."""
    session = Session(plan)
    session.edit(with_rank(plan, 8), "rank 16 to 8")
    session.edit(with_rank(plan, 4), "rank 8 to 4")
    session.undo.undo()
    session.undo.undo()

    def meddle(now: Plan) -> None:
        if now.lora.rank == 8:
            session.edit(with_rank(now, 9), "rank 8 to 9")

    session.planChanged.connect(meddle)
    session.undo.redo()
    assert session.plan.lora.rank == 8
    qtbot.waitUntil(lambda: session.plan.lora.rank == 9)
    texts = [session.undo.text(number) for number in range(session.undo.count())]
    assert texts == ["rank 16 to 8", "rank 8 to 9"]


def test_a_plan_that_is_opened_in_the_middle_of_an_undo_waits_too(qtbot: QtBot, plan: Plan) -> None:
    session = Session(plan)
    session.edit(with_rank(plan, 8), "rank 16 to 8")
    session.planChanged.connect(lambda now: session.open(with_rank(plan, 2)) if now.lora.rank == 16 else None)
    session.undo.undo()
    qtbot.waitUntil(lambda: session.plan.lora.rank == 2)
    assert session.undo.count() == 0
