import copy
import math

import pytest
import torch
from torch import nn

from studio.engine.clip import clip

SHAPES = [(8, 100), (4096, 16), (70_000, 8), (40,), (3, 64, 32)]


def parameters(shapes: list[tuple[int, ...]] = SHAPES) -> list[nn.Parameter]:
    torch.manual_seed(0)
    found = [nn.Parameter(torch.zeros(shape)) for shape in shapes]
    for parameter in found:
        parameter.grad = torch.randn_like(parameter)
    return [*found, nn.Parameter(torch.zeros(2))]  # one without a gradient


@pytest.mark.parametrize("limit", [1.0, 1e6, math.inf])
def test_agrees_with_torch(limit: float) -> None:
    ours = parameters()
    theirs = copy.deepcopy(ours)
    for mine, other in zip(ours, theirs, strict=True):
        other.grad = None if mine.grad is None else mine.grad.clone()
    exact = torch.cat([it.grad.double().flatten() for it in ours if it.grad is not None]).norm().float()
    torch.testing.assert_close(clip(ours, limit), exact, rtol=1e-6, atol=0)
    torch.nn.utils.clip_grad_norm_(theirs, limit)
    for mine, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine.grad, other.grad, rtol=1e-5, atol=1e-8)


def test_the_number_of_threads_changes_no_bit() -> None:
    before, found = torch.get_num_threads(), []
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            gradients = parameters()
            found.append([clip(gradients, 1.0), *(it.grad for it in gradients if it.grad is not None)])
    finally:
        torch.set_num_threads(before)
    assert all(torch.equal(one, two) for one, two in zip(*found, strict=True))


def test_nothing_to_clip_is_no_length() -> None:
    assert float(clip([nn.Parameter(torch.zeros(2))], 1.0)) == 0.0


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_finite_shows(value: float) -> None:
    (parameter,) = [nn.Parameter(torch.zeros(4, 4))]
    parameter.grad = torch.full((4, 4), value)
    assert not math.isfinite(float(clip([parameter], 1.0)))
