"""The schedule against transformers' own."""

import pytest
import torch
from transformers import get_scheduler

from studio.engine.schedule import schedule_of


@pytest.mark.parametrize("kind", ["cosine", "linear", "constant"])
@pytest.mark.parametrize("ratio", [0.0, 0.1, 0.33])
def test_after_the_warmup_the_rates_are_those_of_transformers(kind: str, ratio: float) -> None:
    schedule = schedule_of(kind, 2e-3, 41, ratio)
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=2e-3)
    name = "constant_with_warmup" if kind == "constant" else kind
    reference = get_scheduler(name, optimizer, num_warmup_steps=schedule.warmup_steps, num_training_steps=41)
    for step in range(41):
        if step >= schedule.warmup_steps:
            assert schedule.rate(step) == pytest.approx(reference.get_last_lr()[0], abs=1e-12)
        optimizer.step()
        reference.step()


def test_the_warmup_rises_evenly_from_above_zero_to_the_peak() -> None:
    schedule = schedule_of("linear", 1.0, 100, 0.031)
    assert schedule.warmup_steps == 4
    assert [schedule.rate(step) for step in range(5)] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


@pytest.mark.parametrize("kind", ["cosine", "linear", "constant"])
def test_every_step_of_a_tiny_run_moves(kind: str) -> None:
    for steps in (1, 2, 3):
        schedule = schedule_of(kind, 1.0, steps, 0.03)
        assert all(schedule.rate(step) > 0 for step in range(steps))
