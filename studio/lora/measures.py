"""What an adapter has come to, pair by pair: lengths, spectra and gradients."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from studio.lora.adapter import Adapter
from studio.lora.algebra import effective_rank, norm, singular_values
from studio.lora.frozen import dense


def norms(adapter: Adapter) -> dict[str, float]:
    """‖ΔW‖_F by pair, of ΔW = s·BA; from rank x rank products alone."""
    return _floats({name: norm(pair.low_rank()).square().sum().sqrt() for name, pair in adapter.pairs()})


def base_norms(adapter: Adapter) -> dict[str, float]:
    """‖W‖_F by pair, which `norms` is held against."""
    return _floats(
        {
            name: torch.linalg.vector_norm(dense(weight, torch.float32).detach(), dtype=torch.float32)
            for name, weight in adapter.weights()
        }
    )


def gradient_norms(adapter: Adapter) -> dict[str, float]:
    """‖(dL/dA, dL/dB)‖ by pair; 0 where there is no gradient."""
    by_pair = {name: [it.grad for it in pair.parameters() if it.grad is not None] for name, pair in adapter.pairs()}
    gradients = [gradient for some in by_pair.values() for gradient in some]
    if not gradients:
        return dict.fromkeys(by_pair, 0.0)
    lengths = iter(torch.stack(torch._foreach_norm(gradients, 2, dtype=torch.float32)).tolist())
    return {name: math.hypot(*(next(lengths) for _ in some)) for name, some in by_pair.items()}


def spectra(adapter: Adapter) -> dict[str, list[float]]:
    """The singular values of ΔW = s·BA by pair, the largest first; of a stack those of all its matrices."""
    return {
        name: singular_values(pair.low_rank()).flatten().sort(descending=True).values.tolist()
        for name, pair in adapter.pairs()
    }


def effective_ranks(adapter: Adapter) -> dict[str, float]:
    """How many directions ΔW really has, by pair: exp of the entropy of its singular values; of a stack the mean."""
    return _floats({name: effective_rank(singular_values(pair.low_rank())).mean() for name, pair in adapter.pairs()})


def _floats(scalars: Mapping[str, Tensor]) -> dict[str, float]:
    """Names with their scalars as floats, read from the device in one go."""
    return dict(zip(scalars, torch.stack(list(scalars.values())).tolist(), strict=True)) if scalars else {}
