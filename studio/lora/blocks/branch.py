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
from studio.lora.narrow import enough_rows, factors, like


class Branch(NamedTuple):
    """W (out, in) and b (out,), with the trained A (rank, in), B (out, rank) and their scale where an adapter speaks there.

    W and b are frozen, but that W gets a gradient where it `learns`: where A and B were merged into it beforehand.
    """

    W: Any
    b: Tensor | None
    A: Tensor | None = None
    B: Tensor | None = None
    s: float = 0.0
    learns: bool = False


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
    """Weights with biases and scales of branches; where each one's ranks begin and end in the narrow product, begin being end without any;
    and whether its weight learns.
    """

    weights: tuple[tuple[Any, Tensor | None], ...]
    scales: tuple[float, ...]
    ranks: tuple[slice, ...]
    learns: tuple[bool, ...]


def arranged(branches: Sequence[Branch]) -> tuple[Products, list[Tensor]]:
    """Branches as what an autograd node takes: constants, and what is trained of each in turn, A and B or the weight that learns."""
    ranks, begin = [], 0
    trained: list[Tensor] = []
    for branch in branches:
        end = begin + (0 if branch.A is None else enough_rows(branch.A.shape[0]))
        ranks.append(slice(begin, end))
        begin = end
        if branch.learns:
            trained.append(branch.W)
        elif branch.A is not None and branch.B is not None:
            trained += branch.A, branch.B
    constants = Products(
        tuple((branch.W, branch.b) for branch in branches),
        tuple(branch.s for branch in branches),
        tuple(ranks),
        tuple(branch.learns for branch in branches),
    )
    return constants, trained


def trained_of(products: Products) -> int:
    """How many trained tensors products take."""
    adapted = [ranks for ranks in products.ranks if ranks.start < ranks.stop]
    return 2 * len(adapted) + sum(products.learns)


def reads_input(products: Products, needed: Sequence[bool]) -> bool:
    """Whether a gradient that is `needed` of a trained tensor takes the branches' input: that of an A, or of a weight that learns."""
    wanted = iter(needed)
    for ranks, learns in zip(products.ranks, products.learns, strict=True):
        if learns and next(wanted):
            return True
        if ranks.start < ranks.stop and (next(wanted), next(wanted))[0]:
            return True
    return False


def rounded(products: Products, trained: Sequence[Tensor], dtype: torch.dtype) -> tuple[Tensor | None, list[Tensor]]:
    """All A below each other (ranks, in) and each Bᵀ (rank, out), in the dtype of the products. None and nothing without any."""
    if not trained or any(products.learns):
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
    for (W, b), s, ranks in zip(products.weights, products.scales, products.ranks, strict=True):
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
    """What `multiply` passes back for dYs (N, out): dX (N, in) where it is asked for, and dA, dB or dW of each trained branch in turn.

    `saved` are x and the narrow product; x may be None where no A and no W is trained, and there is no dA and no dW then.
    """
    x, narrow = saved
    if any(products.learns):
        return _of_weights(products, x, dYs, needs_x=needs_x)
    U = None if narrow is None else torch.empty_like(narrow)
    dX: Tensor | None = None
    dBs, adapted = [], iter(Bts)
    for (W, _), s, ranks, dY in zip(products.weights, products.scales, products.ranks, dYs, strict=True):
        if narrow is not None and U is not None and ranks.start < ranks.stop:
            U[:, ranks] = F.linear(dY, next(adapted)).mul_(s)
            dBs.append((narrow[:, ranks].t() @ dY).mul_(s).t())
        if needs_x:
            dX = _added(dX, dY, dense(W, dY.dtype))
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


def _of_weights(
    products: Products, x: Tensor | None, dYs: Sequence[Tensor], *, needs_x: bool
) -> tuple[Tensor | None, list[Tensor | None]]:
    """`gradients` of branches without A and B, some of whose weights learn: dW = dYᵀ x."""
    dX: Tensor | None = None
    found: list[Tensor | None] = []
    for (W, _), learns, dY in zip(products.weights, products.learns, dYs, strict=True):
        if learns:
            found.append(None if x is None else dY.t() @ x)
        if needs_x:
            dX = _added(dX, dY, dense(W, dY.dtype))
    return dX, found


def _added(dX: Tensor | None, dY: Tensor, W: Tensor) -> Tensor:
    return dY @ W if dX is None else dX.addmm_(dY, W)


def as_trained(
    found: Sequence[Tensor | None], masters: Sequence[Tensor], needed: Sequence[bool]
) -> list[Tensor | None]:
    """Gradients in the shape and dtype of what they are of; None where none is asked for."""
    return [
        like(gradient, master) if gradient is not None and wanted else None
        for gradient, master, wanted in zip(found, masters, needed, strict=True)
    ]
