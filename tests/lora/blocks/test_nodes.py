"""The autograd nodes alone, against numerical derivatives in float64, and where they leave off."""

from functools import partial

import pytest
import torch
from torch import nn
from torch.autograd import gradcheck

from studio.lora.blocks.branch import Branch, Products, arranged
from studio.lora.blocks.gated import ACTIVATIONS, Frozen, Gated
from studio.lora.blocks.merged import Merged
from studio.lora.blocks.norm import RmsNorm
from studio.lora.blocks.shared import SharedGroup, SharedInput

torch.manual_seed(0)


def draw(*shape: int, trained: bool = False) -> torch.Tensor:
    return torch.randn(*shape, dtype=torch.float64).requires_grad_(trained)


def branch(inside: int, out: int, rank: int | None) -> Branch:
    if rank is None:
        return Branch(draw(out, inside), draw(out))
    return Branch(draw(out, inside), draw(out), draw(rank, inside, trained=True), draw(out, rank, trained=True), 0.7)


def test_shared_input() -> None:
    for ranks in ((2, 3, 1), (2, None, 3), (None, None, None)):
        products, trained = arranged([branch(4, out, rank) for out, rank in zip((5, 3, 2), ranks, strict=True)])
        x = draw(2, 3, 4, trained=True)
        assert gradcheck(lambda x, *t, products=products: SharedInput.apply(x, products, *t), (x, *trained))


def _gated(activation: str, first: Products, second: Products, x: torch.Tensor, *trained: torch.Tensor) -> torch.Tensor:
    return Gated.apply(x, Frozen(activation, first, second), *trained)


def test_gated() -> None:
    for activation in ACTIVATIONS:
        for inner in ([branch(4, 6, 2), branch(4, 6, None)], [branch(4, 12, 2)]):
            first, trained = arranged(inner)
            second, outer = arranged([branch(6, 4, 3)])
            x = draw(2, 3, 4, trained=True)
            apply = partial(_gated, activation, first, second)
            assert gradcheck(apply, (x, *trained, *outer))


def test_weights_that_learn() -> None:
    """In the place of A and B, as merged weights have it."""
    first = [Branch(draw(6, 4, trained=True), draw(6), learns=True), Branch(draw(6, 4), None)]
    second = [Branch(draw(4, 6, trained=True), draw(4), learns=True)]
    inner, trained = arranged(first)
    outer, trained_outer = arranged(second)
    x = draw(2, 3, 4, trained=True)
    assert gradcheck(lambda x, W: SharedInput.apply(x, inner, W), (x, *trained))
    apply = partial(_gated, "silu", inner, outer)
    assert gradcheck(apply, (x, *trained, *trained_outer))


def test_merged() -> None:
    scales = torch.tensor([0.5, 2.0, -1.0], dtype=torch.float64).view(-1, 1, 1)
    trained = [draw(2, 4, trained=True) for _ in range(3)], [draw(5, 2, trained=True) for _ in range(3)]
    W = draw(3, 5, 4)
    merged = Merged.apply(W, scales, *trained[0], *trained[1])
    for one, weight, A, B, s in zip(merged, W, *trained, scales, strict=True):
        torch.testing.assert_close(one, weight + s[0, 0] * B @ A)
    assert gradcheck(lambda *t: Merged.apply(W, scales, *t), (*trained[0], *trained[1]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_threads_changes_no_bit_of_what_is_merged(count: int) -> None:
    before, found = torch.get_num_threads(), []
    torch.manual_seed(0)
    for rank in range(1, 10):
        A = [torch.randn(rank, 64, requires_grad=True) for _ in range(count)]
        B = [torch.randn(48, rank, requires_grad=True) for _ in range(count)]
        W, slopes = torch.randn(count, 48, 64), torch.randn(count, 48, 64).unbind()
        try:
            for threads in (1, 2):
                torch.set_num_threads(threads)
                merged = Merged.apply(W, torch.full((count, 1, 1), 0.5), *A, *B)
                found.append([*merged, *torch.autograd.grad(merged, [*A, *B], slopes)])
        finally:
            torch.set_num_threads(before)
        one, other = found[-2:]
        assert all(torch.equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def test_rms_norm() -> None:
    assert gradcheck(RmsNorm.apply, (draw(2, 3, 4, trained=True), draw(4), 1e-6))


def test_a_group_that_gets_different_inputs_computes_each() -> None:
    layers = [nn.Linear(4, 3) for _ in range(3)]
    one, other = torch.randn(2, 4), torch.randn(2, 4)
    wanted = [layers[0](one), layers[1](other), layers[2](one), layers[0](other)]
    group = SharedGroup(layers)
    group.install()
    for mine, right in zip((layers[0](one), layers[1](other), layers[2](one), layers[0](other)), wanted, strict=True):
        torch.testing.assert_close(mine, right)
    group.remove()
    assert all("forward" not in vars(layer) for layer in layers)


def test_a_group_answers_again_for_an_input_that_was_changed_in_place() -> None:
    layers = [nn.Linear(4, 3) for _ in range(2)]
    x = torch.randn(2, 4)
    SharedGroup(layers).install()
    layers[0](x)
    x.add_(1)
    torch.testing.assert_close(layers[1](x), nn.functional.linear(x, layers[1].weight, layers[1].bias))


def test_a_group_answers_in_inference_mode() -> None:
    layers = [nn.Linear(4, 3) for _ in range(2)]
    SharedGroup(layers).install()
    with torch.inference_mode():
        x = torch.randn(2, 4)
        assert layers[0](x).shape == layers[1](x).shape == (2, 3)
