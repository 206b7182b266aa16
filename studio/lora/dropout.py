"""Dropout whose mask is drawn again from its seed in backward, so that none is stored.

torch's own keeps a mask of one byte for every entry, and where the dropped input is an operand of a product also a copy of it.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable


def draw_seed() -> int:
    """A seed from torch's generator, so that a run that restores the generator repeats its masks."""
    return int(torch.randint(1 << 62, ()))


def drop(x: Tensor, p: float, seed: int) -> Tensor:
    """x with each entry zeroed with probability p and the others divided by 1 - p: the same ones for the same seed and shape."""
    generator = torch.Generator(x.device).manual_seed(seed)
    kept = torch.rand(x.shape, generator=generator, device=x.device) >= p
    return x * kept.to(x.dtype).mul_(1 / (1 - p))


class SeededDropout(torch.autograd.Function):
    """x -> drop(x, p, seed), saving the seed alone."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, p: float, seed: int) -> Tensor:
        ctx.p, ctx.seed = p, seed
        return drop(x, p, seed)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor, None, None]:
        return drop(dY, ctx.p, ctx.seed), None, None


def seeded_dropout(x: Tensor, p: float) -> Tensor:
    """Dropout with a new seed; x itself where p is 0."""
    return _apply(x, p, draw_seed()) if p else x


_apply: Callable[[Tensor, float, int], Tensor] = SeededDropout.apply  # torch leaves it untyped
