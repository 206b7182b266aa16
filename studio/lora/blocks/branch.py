"""Branches: products that share their input, with what the adapters on them add.

For y_i = x W_iᵀ + b_i + s_i (x A_iᵀ) B_iᵀ, with A the rows of all A_i below each other, the narrow products of all branches are one:
N = x Aᵀ and, backwards, with U_i = s_i·dY_i B_i and U the columns of all U_i side by side,
dA = Uᵀ x, dB_i = s_i·dY_iᵀ N_i, dX = Σ dY_i W_i + U A  (LoRA, Hu et al. 2021, eq. 3, differentiated).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from studio.lora.frozen import dense
from studio.lora.layers.linear import LoraLinear
from studio.lora.narrow import LEAST_ROWS, factors, like


class Branch(NamedTuple):
    """A frozen W (out, in) and b (out,), with the trained A (rank, in), B (out, rank) and their scale where an adapter speaks there."""

    W: Any
    b: Tensor | None
    A: Tensor | None = None
    B: Tensor | None = None
    s: float = 0.0


def branch_of(layer: nn.Module) -> Branch | None:
    """A layer as it is now; None where it does more than a branch can: several adapters, rows of their own, dropout, DoRA's lengths, or
    a base that is trained itself.
    """
    if isinstance(layer, LoraLinear) and layer.rows is None and not layer.plain:
        if any(parameter.requires_grad for parameter in layer.base.parameters(recurse=False)):
            return None
    elif type(layer) is nn.Linear and not layer.weight.requires_grad:
        return Branch(layer.weight, layer.bias)
    else:
        return None
    parts = layer.live()
    if not parts:
        return Branch(layer.matrix(), layer.base.bias)
    (part, *more) = parts
    pair = part.pairs[0]
    if more or pair.m is not None or (part.spec.dropout and layer.training):
        return None
    A, B = pair.matrices()
    return Branch(layer.matrix(), layer.base.bias, A, B, pair.scale * part.strength)


class Products(NamedTuple):
    """Frozen parts and scales of branches, and where each one's ranks begin and end in the narrow product; begin is end without any."""

    frozen: tuple[tuple[Any, Tensor | None], ...]
    scales: tuple[float, ...]
    ranks: tuple[slice, ...]


def arranged(branches: Sequence[Branch]) -> tuple[Products, list[Tensor]]:
    """Branches as what an autograd node takes: constants, and the trained A and B of all that have some, A first."""
    ranks, begin = [], 0
    for branch in branches:
        end = begin + (0 if branch.A is None else max(branch.A.shape[0], LEAST_ROWS))
        ranks.append(slice(begin, end))
        begin = end
    constants = Products(
        tuple((branch.W, branch.b) for branch in branches), tuple(branch.s for branch in branches), tuple(ranks)
    )
    trained = [
        matrix
        for branch in branches
        if branch.A is not None and branch.B is not None
        for matrix in (branch.A, branch.B)
    ]
    return constants, trained


def trained_of(products: Products) -> int:
    """How many trained tensors products take."""
    return 2 * len([ranks for ranks in products.ranks if ranks.start < ranks.stop])


def rounded(trained: Sequence[Tensor], dtype: torch.dtype) -> tuple[Tensor | None, list[Tensor]]:
    """All A below each other (ranks, in) and each Bᵀ (rank, out), in the dtype of the products. None and nothing without any."""
    if not trained:
        return None, []
    pairs = [factors(A, B, dtype) for A, B in zip(trained[::2], trained[1::2], strict=True)]
    stacked = pairs[0][0] if len(pairs) == 1 else torch.cat([A for A, _ in pairs])
    return stacked, [Bt for _, Bt in pairs]


def multiply(
    products: Products, A: Tensor | None, Bts: Sequence[Tensor], x: Tensor
) -> tuple[list[Tensor], Tensor | None]:
    """Each branch's output (N, out) for x (N, in), and the narrow product (N, ranks)."""
    narrow = None if A is None else F.linear(x, A)
    ys, adapted = [], iter(Bts)
    for (W, b), s, ranks in zip(*products, strict=True):
        y = F.linear(x, dense(W, x.dtype), b)  # the very product of the base, so that B = 0 changes no bit
        if narrow is not None and ranks.start < ranks.stop:
            y.addmm_(narrow[:, ranks], next(adapted), alpha=s)
        ys.append(y)
    return ys, narrow


def gradients(
    products: Products,
    A: Tensor | None,
    Bts: Sequence[Tensor],
    saved: tuple[Tensor | None, Tensor | None],
    dYs: Sequence[Tensor],
    *,
    needs_x: bool,
) -> tuple[Tensor | None, list[Tensor | None]]:
    """What `multiply` passes back for dYs (N, out): dX (N, in) where it is asked for, and dA, dB of each adapted branch in turn.

    `saved` are x and the narrow product; x may be None where no A is trained, and there is no dA then.
    """
    x, narrow = saved
    U = None if narrow is None else torch.empty_like(narrow)
    dX: Tensor | None = None
    dBs, adapted = [], iter(Bts)
    for (W, _), s, ranks, dY in zip(*products, dYs, strict=True):
        if narrow is not None and U is not None and ranks.start < ranks.stop:
            U[:, ranks] = F.linear(dY, next(adapted)).mul_(s)
            dBs.append((narrow[:, ranks].t() @ dY).mul_(s).t())
        if needs_x:
            wide = dense(W, dY.dtype)
            dX = dY @ wide if dX is None else dX.addmm_(dY, wide)
    if U is None or A is None:
        return dX, []
    if dX is not None:
        dX.addmm_(U, A)
    dA = None if x is None else U.t() @ x
    of_branches = [ranks for ranks in products.ranks if ranks.start < ranks.stop]
    found: list[Tensor | None] = []
    for ranks, dB in zip(of_branches, dBs, strict=True):
        found += [None if dA is None else dA[ranks], dB]
    return dX, found


def as_trained(
    found: Sequence[Tensor | None], masters: Sequence[Tensor], needed: Sequence[bool]
) -> list[Tensor | None]:
    """Gradients in the shape and dtype of what they are of; None where none is asked for."""
    return [
        like(gradient, master) if gradient is not None and wanted else None
        for gradient, master, wanted in zip(found, masters, needed, strict=True)
    ]
