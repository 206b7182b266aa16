r"""Several deltas of one weight as one.

The weighted sum is exact: Σ w_i s_i B_i A_i is one product of concatenated factors. TIES and DARE are not sums: they look at single
entries of ΔW, so they form it (one weight at a time) and come back to low rank by singular values; what that loses is stated.
PEFT's methods of these names trim and drop the entries of A and of B instead, which is another method than the papers'.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from studio.lora.algebra import LowRank, truncate
from studio.plan.errors import Refusal

Weighted = Sequence[tuple[LowRank, float]]


def weighted_sum(deltas: Weighted) -> LowRank:
    """Σ w ΔW, of the ranks' sum: A = [A_1; A_2; ...], B = [w_1 s_1 B_1, w_2 s_2 B_2, ...]. Refuses none, and different weights."""
    _check(deltas)
    A = torch.cat([delta.A for delta, _ in deltas], dim=-2)
    B = torch.cat([weight * delta.scale * delta.B for delta, weight in deltas], dim=-1)
    return LowRank(A, B, 1.0)


def svd_sum(deltas: Weighted, rank: int) -> tuple[LowRank, float]:
    """The weighted sum at a rank, and its relative error."""
    return truncate(weighted_sum(deltas), rank)


def ties(deltas: Weighted, density: float, rank: int) -> tuple[LowRank, float]:
    """TIES (Yadav et al. 2023, arXiv 2306.01708) at a rank, and the relative error of bringing it there.

    Each ΔW keeps its `density` largest entries; each entry elects the sign that has more weight; those that agree with it are averaged by
    their weights, and the average counts as much as all deltas' weights together.
    """
    _check(deltas, density)
    trimmed = torch.stack([weight * _trimmed(delta.dense(), density) for delta, weight in deltas])
    elected = trimmed.sum(0).sign()
    agrees = (trimmed.sign() == elected) & (trimmed != 0)
    weights = torch.tensor([abs(weight) for _, weight in deltas], dtype=trimmed.dtype, device=trimmed.device)
    weights = weights.view(-1, 1, 1, 1)
    voters = (agrees * weights).sum(0)
    merged = (trimmed * agrees).sum(0) / voters.clamp(min=torch.finfo(voters.dtype).tiny) * weights.sum()
    return _at_rank(merged, rank)


def dare(deltas: Weighted, density: float, rank: int, *, seed: int = 0) -> tuple[LowRank, float]:
    """DARE (Yu et al. 2023, arXiv 2311.03099) at a rank, and the relative error of bringing it there.

    Each entry of each ΔW is dropped with probability 1 - density, those that stay are divided by density, and the weighted sum is taken.
    """
    _check(deltas, density)
    generator = torch.Generator().manual_seed(seed)
    total = None
    for delta, weight in deltas:
        dense = delta.dense()
        kept = torch.rand(dense.shape, generator=generator).to(dense.device) < density
        term = weight / density * dense * kept
        total = term if total is None else total + term
    assert total is not None
    return _at_rank(total, rank)


def _trimmed(dense: Tensor, density: float) -> Tensor:
    """(stack, out, in) with all but its largest entries zero, in each matrix."""
    flat = dense.abs().flatten(1)
    count = max(1, round(density * flat.shape[1]))
    kept = torch.zeros_like(flat, dtype=torch.bool).scatter_(1, flat.topk(count, dim=1).indices, True)
    return dense * kept.view_as(dense)


def _at_rank(dense: Tensor, rank: int) -> tuple[LowRank, float]:
    """A dense ΔW (stack, out, in) as its nearest delta of a rank."""
    rows, columns = dense.shape[-2:]
    eye = torch.eye(min(rows, columns), dtype=dense.dtype, device=dense.device).expand(len(dense), -1, -1)
    return truncate(LowRank(dense, eye, 1.0) if rows <= columns else LowRank(eye, dense, 1.0), rank)


def _check(deltas: Weighted, density: float = 1.0) -> None:
    if not deltas:
        raise Refusal("deltas-none", "there are no adapters to combine", now="choose at least one")
    shapes = {(delta.B.shape[0], delta.B.shape[1], delta.A.shape[2]) for delta, _ in deltas}
    if len(shapes) > 1:
        raise Refusal(
            "deltas-differ", "the adapters change weights of different sizes", now="combine adapters of one base model"
        )
    if not 0 < density <= 1:
        raise Refusal("density-invalid", f"the density is {density}", now="give a number above 0, up to 1")
