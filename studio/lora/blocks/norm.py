"""The RMS norm as one autograd node that saves its input once (Zhang and Sennrich 2019, arXiv 1910.07467).

y = x r w with r = 1/√(mean x² + ε). With g = dY w: dX = r (g - x r² mean(g x)).
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable


def normalize(x: Tensor, w: Tensor, eps: float) -> tuple[Tensor, Tensor]:
    """x (..., H), w (H,), ε -> y (..., H) in x's dtype, computed in float32 at least, and r (..., 1)."""
    wide = x.to(torch.promote_types(x.dtype, torch.float32))
    r = torch.linalg.vector_norm(wide, dim=-1, keepdim=True).square_().div_(x.shape[-1]).add_(eps).rsqrt_()
    return normalized(x, w, r), r


def normalized(x: Tensor, w: Tensor, r: Tensor) -> Tensor:
    """y of `normalize`, again."""
    y: Tensor = (x.to(r.dtype) * r).to(x.dtype).mul_(w)
    return y


def normalize_backward(dY: Tensor, x: Tensor, w: Tensor, r: Tensor) -> Tensor:
    """dX (..., H) for dY (..., H)."""
    wide, g = x.to(r.dtype), (dY * w).to(r.dtype)
    mean = torch.linalg.vecdot(g, wide).unsqueeze(-1).mul_(r.pow(3)).div_(x.shape[-1])
    return g.mul_(r).addcmul_(wide, mean, value=-1).to(x.dtype)


class RmsNorm(torch.autograd.Function):
    """x (..., H), frozen w (H,), ε -> (..., H)."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, w: Tensor, eps: float) -> Tensor:
        y, r = normalize(x, w, eps)
        ctx.save_for_backward(x, w, r)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor, None, None]:
        return normalize_backward(dY, *ctx.saved_tensors), None, None


_apply: Callable[[Tensor, Tensor, float], Tensor] = RmsNorm.apply  # torch leaves it untyped


class NormBlock:
    """A module that is an RMS norm, answered from here; `shift` is added to its weight (1 in Gemma, else 0)."""

    def __init__(self, module: nn.Module, eps: float, shift: float) -> None:
        self.module, self.eps, self._forward = module, eps, module.forward
        weight = module.get_parameter("weight").detach()
        self.weight = weight if not shift else weight.to(torch.promote_types(weight.dtype, torch.float32)) + shift

    def install(self) -> None:
        """Let the module answer from here."""
        self.module.forward = self.compute

    def remove(self) -> None:
        """Let the module answer for itself."""
        del self.module.forward

    @property
    def is_trained(self) -> bool:
        """Whether the module's weight gets a gradient, which it has to work out itself."""
        return self.module.get_parameter("weight").requires_grad

    def compute(self, x: Tensor) -> Tensor:
        """The norm of x (..., H), by the module's own way where its weight is trained."""
        if self.is_trained:
            trained: Tensor = self._forward(x)
            return trained
        return _apply(x, self.weight, self.eps)
