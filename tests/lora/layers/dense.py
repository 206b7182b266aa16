"""Adapters that have been trained, and the dense weights that they stand for, written out by hand."""

import copy
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

from studio.lora.adapter import Adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from tests.lora.layers.cases import CASES, tensors_of


def trained_on(
    model: nn.Module, name: str, variant: str, *, seed: int = 1, dropout: float = 0.0, **words: Any
) -> Adapter:
    """An adapter on the module "0" of a model, with noise in all its matrices."""
    case = CASES[name]
    adapter = inject(model, {"0": AdapterSpec(case.rank, 3.0, dropout, variant)}, **words)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for _, pair in adapter.pairs():
            for tensor in (pair.A, pair.B):
                tensor.copy_(0.4 * torch.randn(tensor.shape, generator=generator))
            if case.padding is not None:
                pair.A[:, case.padding] = 0  # as it stays: its gradient is none
            if pair.m is not None:
                pair.m.mul_(1 + 0.2 * torch.rand(pair.m.shape, generator=generator))
    return adapter


def adapted(
    name: str, variant: str, *, dtype: torch.dtype = torch.float32, **words: Any
) -> tuple[nn.Sequential, list[Any], Adapter]:
    """A kind of layer in a Sequential, its arguments, and a trained adapter on it."""
    torch.manual_seed(0)
    model = nn.Sequential(CASES[name].build()).to(dtype).eval()
    inputs = [cast(value, dtype) for value in CASES[name].inputs()]
    masters = torch.float64 if dtype == torch.float64 else torch.float32
    return model, inputs, trained_on(model, name, variant, dtype=masters, **words)


def cast(value: Any, dtype: torch.dtype) -> Any:
    """Floating tensors, also those in tuples, in a dtype."""
    if isinstance(value, tuple):
        return tuple(cast(each, dtype) for each in value)
    return value.to(dtype) if value.is_floating_point() else value


def dense_parts(name: str, adapter: Adapter) -> dict[str, tuple[Tensor, Tensor]]:
    """c ⊙ W and c ⊙ ΔW by parameter name, as stored and differentiable; c is 1 without a magnitude, and its norm is a constant."""
    stored, found = CASES[name].stored, {}
    (part,) = adapter.parts.values()
    base = dict(adapter.base_weights())
    for pair in part.pairs:
        W = base[f"0.{pair.geometry.weight}"].detach().to(pair.B.dtype)
        delta = pair.scale * product(pair.B, pair.A)
        if pair.A0 is not None:
            delta = delta - pair.scale * product(pair.B0, pair.A0)
        kept, change = W, stored(W, delta)
        if pair.m is not None:
            count = delta.shape[0] * delta.shape[1]
            rows = torch.arange(count, dtype=W.dtype).view(*delta.shape[:2], 1).expand_as(delta)
            rows = stored(W, rows).long()  # which row each entry belongs to
            V = (W + change).detach()
            lengths = torch.stack([V[rows == row].norm() for row in range(count)])
            c = (pair.m.flatten() / lengths)[rows]
            kept, change = c * kept, c * change
        found[pair.geometry.weight] = kept, change
    return found


def dense_weights(name: str, adapter: Adapter) -> dict[str, Tensor]:
    """The adapted weights by parameter name, as stored and differentiable."""
    return {weight: kept + change for weight, (kept, change) in dense_parts(name, adapter).items()}


def product(B: Tensor, A: Tensor) -> Tensor:
    """BA as (stack, out, in)."""
    A, B = (matrix if matrix.ndim == 3 else matrix.unsqueeze(0) for matrix in (A, B))
    return torch.einsum("sor,sri->soi", B, A)


def dense(model: nn.Sequential, weights: dict[str, Tensor], inputs: Sequence[Any]) -> Any:
    """What the module computes with other weights, in their dtype."""
    (dtype,) = {weight.dtype for weight in weights.values()}
    base = copy.deepcopy(model[0].base).to(dtype)
    return functional_call(base, weights, tuple(cast(value, dtype) for value in inputs))


def floating(inputs: Sequence[Any]) -> list[Tensor]:
    """The arguments that can have a gradient, each once, and asking for one."""
    found = {id(x): x for x in inputs if isinstance(x, Tensor) and x.is_floating_point()}
    return [x.requires_grad_() for x in found.values()]


def outputs_and_gradients(output: Any, wanted: Sequence[Tensor]) -> list[Tensor]:
    """All tensors of an output, then the gradients of a random but fixed weighing of them."""
    outputs = tensors_of(output)
    generator = torch.Generator().manual_seed(2)
    loss = torch.stack([(it * torch.randn(it.shape, generator=generator)).sum() for it in outputs]).sum()
    return [*outputs, *torch.autograd.grad(loss, wanted)]


def error(mine: Tensor, truth: Tensor) -> float:
    """The largest difference, against the largest entry."""
    truth = truth.detach().double()
    return float((mine.detach().double() - truth).abs().max() / truth.abs().max().clamp(min=1e-3))
