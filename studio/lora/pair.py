"""A pair: the trained A and B of one weight, with what its variant trains beside them."""

from typing import Any

import torch
from torch import Tensor, nn

from studio.lora.algebra import LowRank
from studio.lora.frozen import dense
from studio.lora.geometry import Geometry
from studio.lora.spec import AdapterSpec
from studio.lora.variants import VARIANTS


class Pair(nn.Module):
    """ΔW = s·(BA - B0 A0) of one weight; A (rank, in), B (out, rank), with the stack before them where the weight has one.

    `A0` and `B0` are there where a start took them out of the base's weight (PiSSA, OLoRA): the base itself is never touched, so their
    product is subtracted here. `m` (stack, rows) is the trained magnitude of DoRA: the weight is then m ⊙ (W + ΔW) / ‖W + ΔW‖.
    """

    A: nn.Parameter
    B: nn.Parameter
    m: nn.Parameter | None
    A0: Tensor | None
    B0: Tensor | None

    def __init__(
        self,
        geometry: Geometry,
        spec: AdapterSpec,
        A: Tensor,
        B: Tensor,
        *,
        offset: tuple[Tensor, Tensor] | None = None,
        m: Tensor | None = None,
    ) -> None:
        super().__init__()
        self.geometry = geometry
        self.spec = spec
        self.scale = spec.scale
        self.variant = VARIANTS[spec.variant]
        self.A = nn.Parameter(A, requires_grad=self.variant.trains_A)
        self.B = nn.Parameter(B)
        self.m = None if m is None else nn.Parameter(m)
        self.register_buffer("A0", None if offset is None else offset[0])
        self.register_buffer("B0", None if offset is None else offset[1])
        # The rows' ‖W‖² and ‖W + ΔW‖, each with the weight and the versions that it belongs to.
        self._squares: tuple[Any, Tensor] | None = None
        self._norm: tuple[Any, Tensor] | None = None

    def tensors(self) -> dict[str, Tensor]:
        """All that makes the pair, by the last part of its name."""
        named = {"A": self.A, "B": self.B, "m": self.m, "A0": self.A0, "B0": self.B0}
        return {name: tensor for name, tensor in named.items() if tensor is not None}

    def matrices(self) -> tuple[Tensor, Tensor]:
        """A and B with the offset as further ranks: s·BA of these two is all of ΔW."""
        if self.A0 is None or self.B0 is None:
            return self.A, self.B
        return torch.cat((self.A, self.A0), dim=-2), torch.cat((self.B, -self.B0), dim=-1)

    def has_moved(self) -> bool:
        """Whether ΔW is anything but zero, as it is until the first update."""
        A, B = self.A.detach(), self.B.detach()
        if self.A0 is None or self.B0 is None:
            return bool(A.any() and B.any())
        return not (torch.equal(A, self.A0) and torch.equal(B, self.B0))

    def keep(self, index: Tensor, spec: AdapterSpec) -> None:
        """Keep some ranks, as new parameters; `spec` is what remains, of the same scale."""
        self.A = nn.Parameter(self.A.detach().index_select(-2, index), self.A.requires_grad)
        self.B = nn.Parameter(self.B.detach().index_select(-1, index), self.B.requires_grad)
        self.spec = spec
        self._norm = None

    def low_rank(self) -> LowRank:
        """ΔW's factors (stack, rank, in) and (stack, out, rank), in at least float32, without gradients."""
        A, B = (_stacked(_wide(matrix.detach())) for matrix in self.matrices())
        return LowRank(A, B, self.scale)

    def factor(self, weight: Any) -> Tensor | None:
        """DoRA's c = m / ‖W + ΔW‖, (stack, rows), m's gradient going through it and the norm's not; None without a magnitude.

        `weight` is the base's as stored, or packed. The norm is computed once for each pair of values of A and B: both count their
        changes. A fused optimizer writes without counting, so whoever steps one counts for it (torch.autograd.graph.increment_version).
        """
        if self.m is None:
            return None
        # A packed weight never changes, so it is itself its version.
        base = (weight.data_ptr(), weight._version, weight.dtype) if isinstance(weight, Tensor) else (weight,)
        now = (*base, self.A._version, self.B._version, self.A.device)
        if self._norm is None or self._norm[0] != now:
            self._norm = now, self._row_norm(self.geometry.view(dense(weight, self.A.dtype).detach()), base)
        return self.m / self._norm[1].to(self.m.dtype).clamp(min=torch.finfo(self.m.dtype).tiny)

    def _row_norm(self, W: Tensor, base: Any) -> Tensor:
        """‖W + ΔW‖ of each row, (stack, rows); matrix by matrix, so that no stack of experts is there in float32 at once."""
        if self._squares is None or self._squares[0] != base:
            self._squares = base, torch.stack([_wide(matrix).square().sum(-1) for matrix in W])
        delta = self.low_rank()
        norms = [
            self.variant.row_norm(_wide(matrix), squares, A, B, delta.scale)
            for matrix, squares, A, B in zip(W, self._squares[1], delta.A, delta.B, strict=True)
        ]
        return torch.stack(norms)

    def change(self, weight: Tensor) -> Tensor:
        """W' - W as stored, differentiable, in at least float32: for the layers that need the weight itself."""
        A, B = self.matrices()
        wide = torch.promote_types(A.dtype, torch.float32)
        delta = self.scale * (_stacked(B).to(wide) @ _stacked(A).to(wide))
        c = self.factor(weight)
        if c is not None:
            W = self.geometry.view(weight.detach().to(wide))
            delta = c.unsqueeze(-1) * (W + delta) - W
        return self.geometry.stored(delta, tuple(weight.shape))

    def extra_repr(self) -> str:
        return f"rank={self.spec.rank}, scale={self.scale:g}, variant={self.spec.variant}"


def _stacked(matrix: Tensor) -> Tensor:
    return matrix if matrix.ndim == 3 else matrix.unsqueeze(0)


def _wide(tensor: Tensor) -> Tensor:
    """In float32, or in float64 where it is."""
    return tensor.to(torch.promote_types(tensor.dtype, torch.float32))
