"""The weight that an adapter amounts to, rounded once.

Rounding the delta to the base's dtype first leaves 4 % of bfloat16 entries wrong, and subtracting a merged delta does not bring
the old weight back. So the sum is taken in float32 and rounded at the end, and whoever merges keeps the original.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from studio.lora.pair import Pair
from studio.plan.errors import Refusal

CHUNK_ENTRIES = 1 << 22  # 16 MiB of float32: what a merge needs beside the result


@dataclass(slots=True)
class Rounding:
    """What rounding takes from ΔW: ‖(round(W + ΔW) - W) - ΔW‖_F and ‖ΔW‖_F, squared, over all that was merged."""

    lost: float = 0.0
    whole: float = 0.0

    @property
    def share(self) -> float:
        """The share of ΔW's norm that is lost; 0 where there is no ΔW."""
        return 0.0 if self.whole == 0 else (self.lost / self.whole) ** 0.5


def merged_weight(
    name: str,
    weight: Tensor,
    pair: Pair,
    dtype: torch.dtype | None = None,
    *,
    strength: float = 1.0,
    rounding: Rounding | None = None,
) -> Tensor:
    """round_once(float32(W) + strength·ΔW), in the shape in which W is stored; ΔW is m ⊙ V/‖V‖ - W with DoRA, s·BA without.

    `dtype` is the dtype of the result, W's own where None. The result is made in blocks, so that no more than CHUNK_ENTRIES of ΔW are
    there at once. Refuses a result that is not finite (float16 overflows at 65504).
    """
    weight = weight.detach()
    merged = torch.empty(weight.shape, dtype=dtype or weight.dtype, device=weight.device)
    geometry = pair.geometry
    W, result = geometry.view(weight), geometry.view(merged)
    low_rank, factor = pair.low_rank(), pair.factor(weight)
    wide = torch.promote_types(weight.dtype, torch.float32)
    # Blocks go along the axis that comes first in memory.
    axis, across = (geometry.columns, geometry.rows) if geometry.transposed else (geometry.rows, geometry.columns)
    step = max(1, CHUNK_ENTRIES // across)
    for number in range(geometry.stack):
        A, B = low_rank.A[number].to(weight.device, wide), low_rank.B[number].to(weight.device, wide)
        for start in range(0, axis, step):
            some = slice(start, start + step)
            rows, columns = (slice(None), some) if geometry.transposed else (some, slice(None))
            old = W[number, rows, columns].to(wide)
            delta = low_rank.scale * (B[rows] @ A[:, columns])
            if factor is not None:
                c = factor.detach()[number, rows].to(weight.device, wide).unsqueeze(1)
                delta = c * (old + delta) - old
            new = result[number, rows, columns]
            new.copy_(old + strength * delta)
            if not new.isfinite().all():
                raise Refusal(
                    "merge-not-finite",
                    f"the merged weight of {name} is not finite in {str(merged.dtype).removeprefix('torch.')}",
                    where=name,
                    now="merge to float32 or bfloat16, or keep the adapter apart",
                )
            if rounding is not None:
                wanted = strength * delta.double()
                rounding.lost += float((new.double() - old.double() - wanted).square().sum())
                rounding.whole += float(wanted.square().sum())
    return merged
