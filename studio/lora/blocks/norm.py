"""The RMS norm as one autograd node that saves its input once (Zhang and Sennrich 2019, arXiv 1910.07467).

y = x r w with r = 1/√(mean x² + ε). With g = dY w: dX = r (g - x r² mean(g x)).
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable


class RmsNorm(torch.autograd.Function):
    """x (..., H), frozen w (H,), ε -> (..., H), in x's dtype; computed in float32 at least."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, w: Tensor, eps: float) -> Tensor:
        wide = x.to(torch.promote_types(x.dtype, torch.float32))
        r = torch.linalg.vector_norm(wide, dim=-1, keepdim=True).square_().div_(x.shape[-1]).add_(eps).rsqrt_()
        ctx.save_for_backward(x, r, w)
        y: Tensor = (wide * r).to(x.dtype).mul_(w)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor, None, None]:
        x, r, w = ctx.saved_tensors
        wide, g = x.to(r.dtype), (dY * w).to(r.dtype)
        mean = torch.linalg.vecdot(g, wide).unsqueeze(-1).mul_(r.pow(3)).div_(x.shape[-1])
        return g.mul_(r).addcmul_(wide, mean, value=-1).to(x.dtype), None, None


_apply: Callable[[Tensor, Tensor, float], Tensor] = RmsNorm.apply  # torch leaves it untyped


class NormBlock:
    """A module that is an RMS norm, answered from here; `shift` is added to its weight (1 in Gemma, else 0)."""

    def __init__(self, module: nn.Module, eps: float, shift: float) -> None:
        self._module, self._eps, self._forward = module, eps, module.forward
        weight = module.get_parameter("weight").detach()
        self._weight = weight if not shift else weight.to(torch.promote_types(weight.dtype, torch.float32)) + shift

    def install(self) -> None:
        """Let the module answer from here."""
        self._module.forward = self.compute

    def remove(self) -> None:
        """Let the module answer for itself."""
        del self._module.forward

    def compute(self, x: Tensor) -> Tensor:
        """The norm of x (..., H), by the module's own way where its weight is trained."""
        if self._module.get_parameter("weight").requires_grad:
            trained: Tensor = self._forward(x)
            return trained
        return _apply(x, self._weight, self._eps)
