"""What a model keeps, counted, beside what the formula says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engine.forecast import forecast
from studio.engine.measure import activation_scale, measure
from studio.engine.setup import Setup
from studio.plan.events import Answered, Cancelled
from studio.plan.plan import Plan
from studio.runs.experience import experience_of


def test_the_formula_is_right_for_what_it_was_made_for(setup_of: Callable[..., Setup]) -> None:
    assert activation_scale(setup_of()) == pytest.approx(1.0, abs=0.15)


def test_blocks_are_measured_as_if_none_computed_again(plan_of: Callable[..., Plan]) -> None:
    *_, told = measure(plan_of(training={"gradient_checkpointing": "on"}), cancelled=lambda: False)
    assert isinstance(told, Answered)
    assert told.value["scale"] == pytest.approx(1.0, abs=0.15)


def test_another_architecture_is_measured_and_remembered(plan_of: Callable[..., Plan], gpt2: Path) -> None:
    plan = plan_of(model=str(gpt2))
    *_, told = measure(plan, cancelled=lambda: False)
    assert isinstance(told, Answered)
    assert 0.3 < told.value["scale"] < 5
    assert experience_of("any").activation_scales == {str(gpt2): told.value["scale"]}


def test_a_measurement_can_be_cancelled(plan_of: Callable[..., Plan]) -> None:
    (last,) = measure(plan_of(), cancelled=lambda: True)
    assert isinstance(last, Cancelled)


def test_an_estimate_has_what_it_does_not_know_measured(plan_of: Callable[..., Plan], gpt2: Path) -> None:
    known, _ = forecast(plan_of())
    other, _ = forecast(plan_of(model=str(gpt2)))
    assert (known.memory_from, other.memory_from) == ("formula", "measurement")
    assert other.seconds_total is not None
