"""Make it fit: every change gains what it says, and what is offered as enough is enough."""

from functools import partial
from pathlib import Path

import pytest
import yaml

from studio.plan.description import ModelDescription
from studio.plan.estimate import Estimate, estimate
from studio.plan.fitting import Saving, savings
from studio.plan.plan import DataPlan, Plan
from studio.plan.planfile import dump_plan, load_plan
from studio.plan.training import TrainingPlan


def plan_of(**training: object) -> Plan:
    wanted = TrainingPlan(batch_size=8, gradient_checkpointing="off").with_values(**training)
    return Plan(model="m", data=DataPlan(train="d", max_length=1024), training=wanted)


def cost_of(description: ModelDescription, available_bytes: int | None) -> partial[Estimate]:
    return partial(estimate, description=description, rows=100, available_bytes=available_bytes)


def named(found: list[Saving], word: str) -> Saving:
    return next(saving for saving in found if word in saving.name)


def test_every_change_gains_what_it_says(large: ModelDescription) -> None:
    cost = cost_of(large, 10**12)
    plan = plan_of()
    found = savings(plan, large, cost)
    assert {saving.name.split(" ")[0] for saving in found} >= {"Checkpointing", "Batch", "Upper", "Length", "Base"}
    for saving in found:
        assert saving.gain_bytes == cost(plan).peak_bytes - cost(saving.plan).peak_bytes > 0
        assert saving.peak_bytes == cost(saving.plan).peak_bytes
        assert saving.fits is True
        assert saving.price


def test_half_the_batch_and_twice_the_passes_learn_from_as_many_rows(large: ModelDescription) -> None:
    half = named(savings(plan_of(), large, cost_of(large, None)), "Batch").plan.training
    assert (half.batch_size, half.gradient_accumulation) == (4, 16)


def test_the_upper_half_of_the_layers(large: ModelDescription) -> None:
    upper = named(savings(plan_of(), large, cost_of(large, None)), "Upper")
    assert len(upper.plan.lora.overrides) <= 16
    assert estimate(upper.plan, large, rows=None).trainable_parameters == 41_943_040 // 2


def test_where_one_change_is_not_enough_all_that_are_needed_come_first(large: ModelDescription) -> None:
    cost = cost_of(large, 20 << 30)
    first, *single = savings(plan_of(), large, cost)
    assert not any(saving.fits for saving in single)
    assert first.name.startswith("All of: Checkpointing on; ")
    assert first.fits is True
    assert cost(first.plan).peak_bytes == first.peak_bytes <= 20 << 30


def test_where_nothing_is_enough_nothing_claims_to_be(large: ModelDescription) -> None:
    assert not any(saving.fits for saving in savings(plan_of(), large, cost_of(large, 1 << 30)))


def test_cutting_is_offered_below_the_longest_row_only(large: ModelDescription) -> None:
    cost = partial(estimate, description=large, rows=100, longest=200)
    assert named(savings(plan_of(), large, cost, longest=200), "Length").plan.data.max_length == 100


@pytest.mark.parametrize("available", [None, 20 << 30])
def test_the_settings_say_the_same_as_the_plan(large: ModelDescription, tmp_path: Path, available: int | None) -> None:
    """As `lora-studio estimate` prints them: --set key=value gives that very plan."""
    plan = plan_of()
    file = tmp_path / "plan.yaml"
    file.write_text(dump_plan(plan), encoding="utf-8")
    begin = load_plan(file)
    for saving in savings(begin, large, cost_of(large, available)):
        words = [f"{key}={yaml.safe_dump(value, default_flow_style=True)}" for key, value in saving.settings.items()]
        assert load_plan(file, words) == saving.plan, saving.name


def test_offloading_is_offered_on_gpus_and_leaves_two_blocks_inputs(large: ModelDescription) -> None:
    cost = cost_of(large, None)
    on_gpu = plan_of(device="cuda:0", gradient_checkpointing="on")
    offloaded = named(savings(on_gpu, large, cost), "offloaded")
    inputs = 2 * 4096 * 8 * 1024  # bytes of one block's
    assert offloaded.gain_bytes == pytest.approx(1.05 * 30 * inputs, rel=0.01)
    assert offloaded.settings == {"training.gradient_checkpointing": "offload"}
    for plan in (plan_of(device="cpu", gradient_checkpointing="on"), offloaded.plan):
        assert not any(
            "offloaded" in saving.name or "Checkpointing" in saving.name for saving in savings(plan, large, cost)
        )
