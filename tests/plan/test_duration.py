"""The time of a step: what it is made of, on a machine whose rates are round numbers."""

from dataclasses import replace

import pytest

from studio.plan.description import ModelDescription
from studio.plan.duration import Load, step_seconds
from studio.plan.experience import Rates
from studio.plan.plan import DataPlan, LoraPlan, Plan
from studio.plan.targets import resolve_targets
from studio.plan.training import TrainingPlan

PRODUCTS = Rates({"float32": ((1.0, 1e12),)}, 1e30, 0.0)  # where nothing but products takes time
LOAD = Load(tokens=1024, supervised=0, row_tokens=512)


def seconds(
    description: ModelDescription,
    *,
    lora: LoraPlan | None = None,
    load: Load = LOAD,
    rates: Rates = PRODUCTS,
    **training: object,
) -> float:
    lora = LoraPlan(rank=1) if lora is None else lora
    wanted = TrainingPlan(gradient_accumulation=1, gradient_checkpointing="off").with_values(**training)
    plan = Plan(model="m", data=DataPlan(train="d"), lora=lora, training=wanted)
    targets = resolve_targets(lora, description.modules)
    return step_seconds(plan, description, targets, load=load, element=4, precision="float32", rates=rates)


def test_products_of_a_large_model_are_four_operations_a_weight_and_token(large: ModelDescription) -> None:
    weights = sum(module.parameters for module in large.adaptable if not module.head)
    assert seconds(large, load=replace(LOAD, row_tokens=1)) == pytest.approx(4 * weights * 1024 / 1e12, rel=0.01)


def test_only_learnt_tokens_go_through_the_head(large: ModelDescription) -> None:
    more = seconds(large, load=replace(LOAD, supervised=100)) - seconds(large)
    assert more == pytest.approx(4 * 100 * 4096 * 128256 / 1e12)


def test_what_lies_below_the_lowest_target_has_no_backward(large: ModelDescription) -> None:
    top = LoraPlan(rank=1, targets=("model.layers.31.*",))
    assert seconds(large, lora=top) == pytest.approx(seconds(large) * 33 / 64, rel=0.02)


def test_what_lies_below_the_lowest_target_is_computed_in_the_first_epoch_alone(large: ModelDescription) -> None:
    targets = resolve_targets(LoraPlan(rank=1, targets=("model.layers.24.*",)), large.modules)
    training = TrainingPlan(gradient_accumulation=1, gradient_checkpointing="off")
    plan = Plan(model="m", data=DataPlan(train="d"), training=training)
    always, twice_of_three = (
        step_seconds(plan, large, targets, load=LOAD, element=4, precision="float32", rates=PRODUCTS, repeated=repeated)
        for repeated in (0.0, 2 / 3)
    )
    assert twice_of_three == pytest.approx(always * (8 + 8 + 24 / 3) / (32 + 8), rel=0.02)


def test_checkpointing_computes_the_forward_again(large: ModelDescription) -> None:
    short = replace(LOAD, row_tokens=1)
    again = seconds(large, load=short, gradient_checkpointing="on") / seconds(large, load=short)
    assert again == pytest.approx(1.5, rel=0.01)


def test_passes_accumulate(small: ModelDescription) -> None:
    assert seconds(small, gradient_accumulation=8) == pytest.approx(8 * seconds(small), rel=1e-6)


def test_a_tiny_model_is_as_slow_as_its_operations(small: ModelDescription) -> None:
    slow = seconds(small, rates=replace(PRODUCTS, seconds_per_operation=1e-3))
    assert slow > 100 * seconds(small)
