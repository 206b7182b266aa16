"""Weights with their adapters merged into them, made for one forward and its backward: for layers so narrow that every operation costs more
than its products.

W'_l = W_l + s_l·B_l A_l for all layers of one shape at once. The products then are of W' alone, and with G_l, the gradient of W'_l,
dB = s·G Aᵀ and dA = s·Bᵀ G, again for all at once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

from studio.lora.blocks.branch import Branch
from studio.lora.narrow import enough_rows

Shape = tuple[int, int, int]  # out, in, rank


class Merged(torch.autograd.Function):
    """W (n, out, in), s (n, 1, 1), then n matrices A (rank, in) and n matrices B (out, rank) -> n merged weights (out, in).

    Ranks are filled up with zeros to `enough_rows`, so that the number of threads changes no bit of dA.
    """

    @staticmethod
    def forward(ctx: Any, W: Tensor, s: Tensor, *trained: Tensor) -> tuple[Tensor, ...]:
        A, B = torch.stack(trained[: len(W)]), torch.stack(trained[len(W) :]).mul_(s)
        ctx.rank = A.shape[1]
        missing = enough_rows(ctx.rank) - ctx.rank
        if missing:
            A, B = F.pad(A, (0, 0, 0, missing)), F.pad(B, (0, missing))
        ctx.save_for_backward(A, B, s)
        return torch.baddbmm(W, B, A).unbind()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Tensor | None, ...]:
        A, B, s = ctx.saved_tensors
        G = torch.stack(slopes)
        dA, dB = torch.bmm(B.transpose(1, 2), G), torch.bmm(G, A.transpose(1, 2)).mul_(s)
        return None, None, *dA[:, : ctx.rank].unbind(), *dB[..., : ctx.rank].unbind()


_apply: Callable[..., tuple[Tensor, ...]] = Merged.apply  # torch leaves it untyped


class MergedWeights:
    """Merges the adapters of layers into copies of their weights, which are kept in a stack for each shape."""

    def __init__(self) -> None:
        self._stacks: dict[Shape, tuple[object, Tensor]] = {}  # with what they are stacks of

    def merged(self, branches: Mapping[nn.Module, Branch]) -> dict[nn.Module, Branch]:
        """The branches of layers with their adapters merged into their weights, which then learn in their stead."""
        by_shape: dict[Shape, list[nn.Module]] = {}
        for layer, branch in branches.items():
            if branch.A is not None:
                by_shape.setdefault((*branch.W.shape, branch.A.shape[0]), []).append(layer)
        found = dict(branches)
        for shape, layers in by_shape.items():
            some = [branches[layer] for layer in layers]
            scales = torch.tensor([branch.s for branch in some]).view(-1, 1, 1)
            weights = _apply(self._stack(shape, some), scales, *(b.A for b in some), *(b.B for b in some))
            for layer, branch, weight in zip(layers, some, weights, strict=True):
                found[layer] = Branch(weight, branch.b, learns=weight.requires_grad)
        return found

    def _stack(self, shape: Shape, branches: Sequence[Branch]) -> Tensor:
        now = [(branch.W.data_ptr(), branch.W._version) for branch in branches]
        known, stack = self._stacks.get(shape, (None, None))
        if stack is None or known != now:
            stack = torch.stack([branch.W.detach() for branch in branches])
            self._stacks[shape] = now, stack
        return stack
