"""Frozen weights that are stored in fewer bits than they are computed with.

Products ask for the dense matrix at the moment of use, forwards and once more backwards, and never keep it: at rest there are the packed
bits alone, and while a layer works one dense matrix. How bits become numbers is known to whoever made the weight, not here.
"""

from collections.abc import Callable
from typing import Any, Protocol, cast, runtime_checkable

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional as F


@runtime_checkable
class FrozenWeight(Protocol):
    """A matrix (out, in) in some packed form; `dtype` is the one that it is computed with, `nbytes` what it takes at rest."""

    @property
    def shape(self) -> torch.Size: ...
    @property
    def dtype(self) -> torch.dtype: ...
    @property
    def device(self) -> torch.device: ...
    @property
    def nbytes(self) -> int: ...

    def dense(self, dtype: torch.dtype) -> Tensor:
        """The matrix (out, in), made anew by each call."""
        ...

    def to(self, device: torch.device) -> "FrozenWeight":
        """The same weight on a device."""
        ...


def dense(weight: Any, dtype: torch.dtype) -> Tensor:
    """A weight (out, in) as a plain tensor: a tensor as it is, a packed one made dense in `dtype`."""
    return weight if isinstance(weight, Tensor) else cast(FrozenWeight, weight).dense(dtype)


def weight_of(module: nn.Module, name: str) -> Any:
    """A module's weight by name, dots included: its parameter, or the packed weight that stands in its place."""
    path, _, attribute = name.rpartition(".")
    return getattr(module.get_submodule(path), attribute)


class FrozenLinear(nn.Module):
    """x (..., in) -> (..., out) with a packed weight and a plain bias or none: what torch's Linear is with a dense one."""

    weight: FrozenWeight
    bias: nn.Parameter | None

    def __init__(self, weight: FrozenWeight, bias: nn.Parameter | None) -> None:
        super().__init__()
        self.weight = weight
        self.register_parameter("bias", bias)
        self.out_features, self.in_features = weight.shape

    def forward(self, x: Tensor) -> Tensor:
        return linear(x, self.weight, self.bias)

    def extra_repr(self) -> str:
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> "FrozenLinear":
        """The weight follows to another device, and stays in its bits where a dtype is asked for."""
        super()._apply(fn, recurse)  # type: ignore[no-untyped-call]
        self.weight = self.weight.to(fn(torch.empty(0, device=self.weight.device)).device)
        return self


def linear(x: Tensor, weight: Any, bias: Tensor | None) -> Tensor:
    """x (..., in), W (out, in), b (out,) or None, all frozen -> x Wᵀ + b; for a packed W nothing is kept for backward."""
    if isinstance(weight, Tensor):
        return F.linear(x, weight, bias)
    y: Tensor = _product(x, weight, bias)
    return y


class _Product(torch.autograd.Function):
    """dX = dY W, with W dense again. W and b get no gradient."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: FrozenWeight, bias: Tensor | None) -> Tensor:
        ctx.weight = weight
        return F.linear(x, weight.dense(x.dtype), bias)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor, None, None]:
        return dY @ ctx.weight.dense(dY.dtype), None, None


_product: Callable[[Tensor, FrozenWeight, Tensor | None], Tensor] = _Product.apply  # torch leaves it untyped
