"""The adapted module, which stands in its base's place and computes W + s·BA.

              x (..., in)
             /           \\
    W (out, in)       A (rank, in)      A, B: trained, float32
      frozen               |
             \\        B (out, rank)
              \\          /
               y = Wx + s·BAx
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from studio.lora.fused import adapted_linear
from studio.lora.spec import AdapterSpec


class LoraLayer(nn.Module):
    """A frozen base module with its A (rank, in) and B (out, rank).

    What it does not have itself (`weight`, `in_features`, ...) it answers as its base does, for models that look inside.
    `plain` computes with torch's own operations alone: the reference that the fused form is tested against.
    """

    base: Any  # a module of known kind: weight, bias or None

    def __init__(self, base: nn.Module, A: nn.Parameter, B: nn.Parameter, spec: AdapterSpec, *, plain: bool) -> None:
        super().__init__()
        self.base = base
        self.A = A
        self.B = B
        self.spec = spec
        self.scale = spec.scale
        self.dropout = spec.dropout
        self.plain = plain
        self.train(base.training)

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(super().__getattr__("base"), name)

    def matrix(self) -> Tensor:
        """The base's weight as (out, in), a view where it is stored the other way round."""
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., in) -> (..., out), in the base's dtype; A's input is dropped out while training, the base's never."""
        if self.plain or (self.dropout and self.training):
            dropped = F.dropout(x, self.dropout, self.training)
            update = F.linear(F.linear(dropped, self.A.to(x.dtype)), self.B.to(x.dtype))
            y: Tensor = self.base(x) + self.scale * update
            return y
        return adapted_linear(x, self.matrix(), self.base.bias, self.A, self.B, self.scale)

    def delta(self, rows: slice) -> Tensor:
        """s·BA for some rows of the weight as it is stored, in at least float32."""
        raise NotImplementedError

    def delta_norm(self) -> Tensor:
        """‖s·BA‖_F, a scalar: s·sqrt(tr((BᵀB)(AAᵀ))), from two rank x rank matrices and never the whole delta."""
        A, B = self.A.detach(), self.B.detach()
        # Both factors are symmetric, so the trace of their product is the sum of their elementwise product.
        squared = ((B.t() @ B) * (A @ A.t())).sum()
        return self.scale * squared.clamp(min=0).sqrt()

    def extra_repr(self) -> str:
        return f"rank={self.spec.rank}, scale={self.scale:g}"


class LoraLinear(LoraLayer):
    """An adapted nn.Linear: weight (out, in)."""

    def matrix(self) -> Tensor:
        weight: Tensor = self.base.weight
        return weight

    def delta(self, rows: slice) -> Tensor:
        A, B = _widened(self.A), _widened(self.B)
        return self.scale * (B[rows] @ A)


class LoraConv1D(LoraLayer):
    """An adapted Conv1D of transformers: weight (in, out), so that the stored delta is s·(BA)ᵀ."""

    def matrix(self) -> Tensor:
        weight: Tensor = self.base.weight
        return weight.t()

    def delta(self, rows: slice) -> Tensor:
        A, B = _widened(self.A), _widened(self.B)
        return self.scale * (A[:, rows].t() @ B.t())


def _widened(parameter: nn.Parameter) -> Tensor:
    """A parameter's values in float32, or in float64 where they are."""
    return parameter.detach().to(torch.promote_types(parameter.dtype, torch.float32))


LAYERS: Mapping[str, type[LoraLayer]] = MappingProxyType({"linear": LoraLinear, "conv1d": LoraConv1D})
