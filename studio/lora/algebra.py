r"""The algebra of low-rank deltas: what ΔW = s·BA is, without ever forming it.

With thin factorisations B = Q_B R_B and Aᵀ = Q_A R_A, ΔW = Q_B (s·R_B R_Aᵀ) Q_Aᵀ, and since both Q are orthonormal, everything about
ΔW's singular values is in the rank x rank matrix s·R_B R_Aᵀ. For r = 16 on a 4096 x 4096 layer that is 256 numbers, not 16.8 million.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from studio.plan.errors import Refusal


@dataclass(frozen=True, slots=True)
class LowRank:
    """ΔW = scale · B A of one weight: A (stack, rank, in), B (stack, out, rank); `stack` is 1 but for stacked weights."""

    A: Tensor
    B: Tensor
    scale: float

    def dense(self) -> Tensor:
        """ΔW (stack, out, in): as large as the weight itself."""
        return self.scale * (self.B @ self.A)


def norm(delta: LowRank) -> Tensor:
    """‖ΔW‖_F of each matrix, (stack,): s·sqrt(tr((BᵀB)(AAᵀ)))."""
    # Both factors are symmetric, so the trace of their product is the sum of their elementwise product.
    squared = ((delta.B.mT @ delta.B) * (delta.A @ delta.A.mT)).sum((-1, -2))
    return abs(delta.scale) * squared.clamp(min=0).sqrt()


def singular_values(delta: LowRank) -> Tensor:
    """ΔW's singular values, (stack, min(rank, in, out)), the largest first."""
    values: Tensor = torch.linalg.svdvals(_factors(delta)[1])
    return values


def effective_rank(values: Tensor) -> Tensor:
    """How many directions share the singular values (..., n): exp of the entropy of their shares (Roy & Vetterli 2007); 0 of none."""
    total = values.sum(-1, keepdim=True)
    shares = values / total.clamp(min=torch.finfo(values.dtype).tiny)
    entropy = -torch.special.xlogy(shares, shares).sum(-1)
    return torch.where(total.squeeze(-1) > 0, entropy.exp(), 0.0)


def energy_rank(values: Tensor, share: float) -> int:
    """The least rank that keeps `share` of the energy Σσ² of every row of (stack, n); at least 1. Refuses a share outside (0, 1]."""
    if not 0 < share <= 1:
        raise Refusal("share-invalid", f"the share of energy to keep is {share}", now="give a number above 0, up to 1")
    energy = values.double().square()
    kept = energy.cumsum(-1)
    # Rounding may leave the last sum a hair under the whole.
    enough = kept >= share * energy.sum(-1, keepdim=True) * (1 - 1e-12)
    return max(1, int(enough.long().argmax(-1).max()) + 1)


def truncate(delta: LowRank, rank: int) -> tuple[LowRank, float]:
    """The nearest delta of a rank, and what is lost: ‖ΔW - ΔW_r‖_F / ‖ΔW‖_F (Eckart & Young 1936). Refuses a rank below 1.

    The halves are balanced, B = U sqrt(S/s) and A = sqrt(S/s) Vᵀ, and the scale stays. Ranks that ΔW does not have are left out.
    """
    if rank < 1:
        raise Refusal("rank-invalid", f"the rank to keep is {rank}", now="give a whole number from 1 up")
    Q_B, core, Q_A = _factors(delta)
    U, S, Vt = torch.linalg.svd(core)
    kept = min(rank, S.shape[-1])
    energy = S.double().square()
    whole = float(energy.sum())
    lost = 0.0 if whole == 0 else (float(energy[..., kept:].sum()) / whole) ** 0.5
    root = (S[..., :kept] / abs(delta.scale)).sqrt()
    sign = 1.0 if delta.scale > 0 else -1.0
    B = sign * (Q_B @ U[..., :kept]) * root.unsqueeze(-2)
    A = root.unsqueeze(-1) * (Vt[..., :kept, :] @ Q_A.mT)
    return LowRank(A.to(delta.A.dtype), B.to(delta.B.dtype), delta.scale), lost


def shrink(delta: LowRank, share: float) -> tuple[LowRank, float]:
    """The delta of least rank that keeps a share of the energy, and its relative error; a stack keeps one rank for all."""
    return truncate(delta, energy_rank(singular_values(delta), share))


def _factors(delta: LowRank) -> tuple[Tensor, Tensor, Tensor]:
    """Q_B, s·R_B R_Aᵀ and Q_A, in float64: a product of two halves has half of float32's digits in its small singular values."""
    Q_B, R_B = torch.linalg.qr(delta.B.double())
    Q_A, R_A = torch.linalg.qr(delta.A.double().mT)
    return Q_B, delta.scale * (R_B @ R_A.mT), Q_A
