"""Loss scaling: float16 trains as float32 does, an overflow costs no step, and a resumed run goes on at its factor."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from studio.engine.checkpoint import latest_checkpoint
from studio.engine.loss_scale import GROWTH_STEPS, START, LossScale
from studio.engine.setup import Setup
from studio.engine.stepper import Stepper
from studio.engine.train import Training
from studio.plan.commands import Command
from studio.plan.errors import Failure
from studio.plan.events import Stepped
from studio.runs.folder import create_run

SetupOf = Callable[..., Setup]


def half(setup_of: SetupOf, **training: object) -> Setup:
    return setup_of(training={"precision": "float16", "max_steps": 4} | training)


def matrices(setup: Setup) -> torch.Tensor:
    return torch.cat([parameter.detach().flatten() for parameter in setup.adapter.parameters()])


def test_the_factor_halves_on_overflow_and_grows_after_calm() -> None:
    scale = LossScale(True)
    assert (scale.factor, scale.shrink(), scale.factor) == (START, True, START / 2)
    for _ in range(GROWTH_STEPS):
        scale.note()
    assert (scale.factor, scale.calm_steps) == (START, 0)
    scale.restore(1.0, 5)
    assert (scale.shrink(), scale.factor) == (False, 1.0)


def test_without_float16_nothing_is_scaled() -> None:
    scale = LossScale(False)
    for _ in range(GROWTH_STEPS):
        scale.note()
    scale.restore(8.0, 1)
    assert (scale.factor, scale.shrink()) == (1.0, False)


def test_float16_trains_as_float32_does(setup_of: SetupOf) -> None:
    losses, norms, ends = {}, {}, {}
    for precision in ("float32", "float16"):
        setup = setup_of(training={"precision": precision, "max_steps": 4})
        stepper = Stepper(setup)
        steps = [stepper.step(number, number) for number in range(4)]
        losses[precision] = [step.loss for step in steps]
        norms[precision] = [step.grad_norm for step in steps]
        ends[precision] = matrices(setup)
    assert losses["float16"] == pytest.approx(losses["float32"], rel=2e-3)
    assert norms["float16"] == pytest.approx(norms["float32"], rel=2e-2)
    assert torch.cosine_similarity(ends["float16"], ends["float32"], dim=0) > 0.999


def test_an_overflow_is_computed_again_at_a_lower_factor(setup_of: SetupOf) -> None:
    calm, wild = half(setup_of), half(setup_of)
    plain, tried = Stepper(calm), Stepper(wild)
    tried.scale.restore(2.0**60, 3)
    first, second = plain.step(0, 0), tried.step(0, 0)
    assert second.loss == first.loss
    assert second.grad_norm == pytest.approx(first.grad_norm, rel=1e-2)
    assert START <= tried.scale.factor < 2.0**60
    assert (tried.scale.calm_steps, second.tokens) == (1, first.tokens)
    assert torch.allclose(matrices(wild), matrices(calm), atol=1e-4)


def test_a_loss_that_is_not_finite_is_no_matter_of_scale(setup_of: SetupOf) -> None:
    setup = half(setup_of)
    stepper = Stepper(setup)
    with torch.no_grad():
        setup.adapter.parameters()[0].fill_(float("nan"))
    with pytest.raises(Failure, match="the loss is not finite"):
        stepper.step(0, 0)
    assert stepper.scale.factor == START


def test_a_resumed_run_goes_on_at_its_factor(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = half(setup_of)
    run = create_run(setup.plan, tmp_path / "run")
    first = Training(setup, run)
    first._stepper.scale.restore(2.0**13, 7)
    loop = first.events()
    event = next(loop)
    while not (isinstance(event, Stepped) and event.step == 2):
        event = next(loop)
    loop.send(Command("stop"))
    list(loop)
    checkpoint, _ = latest_checkpoint(run.checkpoints)
    assert checkpoint is not None
    assert (checkpoint.position.loss_scale, checkpoint.position.calm_steps) == (2.0**13, 9)
    second = Training(half(setup_of), run)
    for event in second.events(resume=True):
        if isinstance(event, Stepped):
            break
    assert (second._stepper.scale.factor, second._stepper.scale.calm_steps) == (2.0**13, 10)
