"""The weight that an adapter amounts to, rounded once.

Rounding the delta to the base's dtype first leaves 4 % of bfloat16 entries wrong, and subtracting a merged delta does not bring
the old weight back. So the sum is taken in float32 and rounded at the end, and whoever merges keeps the original.
"""

import torch
from torch import Tensor

from studio.lora.layer import LoraLayer
from studio.plan.errors import Refusal

CHUNK_ENTRIES = 1 << 22  # 16 MiB of float32: what a merge needs beside the result


def merged_weight(target: str, layer: LoraLayer, dtype: torch.dtype | None = None) -> Tensor:
    """round_once(float32(W) + s·float32(B) @ float32(A)), in the shape in which W is stored.

    `dtype` is the dtype of the result, W's own where None. Refuses a result that is not finite (float16 overflows at 65504).
    """
    weight = layer.base.weight.detach()
    merged = torch.empty_like(weight, dtype=dtype or weight.dtype)
    rows_at_once = max(1, CHUNK_ENTRIES // weight.shape[1])
    wide = torch.promote_types(weight.dtype, torch.float32)
    for start in range(0, weight.shape[0], rows_at_once):
        rows = slice(start, start + rows_at_once)
        merged[rows] = weight[rows].to(wide) + layer.delta(rows)
        if not merged[rows].isfinite().all():
            raise Refusal(
                "merge-not-finite",
                f"the merged weight of {target} is not finite in {str(merged.dtype).removeprefix('torch.')}",
                where=target,
                now="merge to float32 or bfloat16, or keep the adapter apart",
            )
    return merged
