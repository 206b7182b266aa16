"""The activations of one training step: what a token keeps from the forward for the backward.

After Korthikanti et al. 2022 (section 4) with what our own layers save. e is the compute dtype's bytes, H the hidden size, I the gated
MLP's width, q = heads·head_dim, k = kv_heads·head_dim. Each layer from the lowest adapted one up saves, a token (below it no graph is
kept):

- 2e·H  both norms' inputs, and e·H for each block whose first products are adapted: their shared input
- e·(2q + 2k)  query, key, value and the attention's output; short rows on a CPU: e·heads·T more, the attention's weights
- 2e·I  the gate and up products; what follows from them is computed again
- e·rank  for every target: the narrow x Aᵀ, of 8 ranks at least

A layer that is computed again keeps e·H, and one such layer at a time keeps all. Beside them the transient of one layer's backward.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from studio.plan.checkpointing import recomputed
from studio.plan.description import ModelDescription
from studio.plan.targets import TargetSetting

SHORT_ROW = 96  # tokens up to which rows on a CPU go through plain products, which keep the attention's weights
NARROW_HEAD, SHORT_NARROW_ROW = 16, 384  # the same with heads below that width
LEAST_RANKS = 8  # that narrow products are filled up to
ON_THEIR_WAY = 2  # inputs of checkpointed layers that are being copied while the next is computed
FUSED_PARTS = re.compile(r"(^|\.)(q|k|v|o|qkv|gate|up|gate_up|down)_proj$")


@dataclass(frozen=True, slots=True)
class Activations:
    """Bytes a token: `saved` until the backward comes by, and `transient` at its widest moment."""

    saved: int
    transient: int


def activations(
    description: ModelDescription,
    targets: Mapping[str, TargetSetting],
    *,
    element: int,
    checkpointing: str,
    row_tokens: int,
    offloaded: bool = False,
) -> Activations:
    """What one token of a row of `row_tokens` costs in a dtype of `element` bytes; `checkpointing` is the plan's choice but auto.

    Where inputs are `offloaded` to the memory of another device, those on their way are left.
    """
    hidden, inner = description.hidden_size, description.intermediate_size
    by_layer: dict[int, dict[str, int]] = {}
    for name, setting in targets.items():
        by_layer.setdefault(layer_of(name), {})[name] = setting.rank
    numbered = [number for number in by_layer if number >= 0]
    if not numbered:
        return Activations(0, element * 4 * hidden)
    above = range(min(numbered), description.layers)
    kept = {number: _saved(description, by_layer.get(number, {}), element, row_tokens) for number in above}
    again = [number for number in recomputed(checkpointing, description.layers) if number in kept]
    here = min(len(again), ON_THEIR_WAY) if offloaded else len(again)
    inputs = element * hidden * here - sum(kept[number] for number in again)
    once_more = max((kept[number] for number in again), default=0)
    return Activations(sum(kept.values()) + inputs + once_more, element * (4 * inner + 4 * hidden))


def is_known(description: ModelDescription) -> bool:
    """Whether the formula was made for such a model: decoder layers whose every product is one of a gated block's.

    Others (other MLPs, experts, state spaces) are estimated by it too, and corrected by a measurement.
    """
    products = [
        module for module in description.modules if module.adaptable and not module.head and layer_of(module.name) >= 0
    ]
    parts = {module.name.rpartition(".")[2].removesuffix("_proj") for module in products}
    gated = "down" in parts and ("gate_up" in parts or {"gate", "up"} <= parts)
    return gated and all(module.kind == "linear" and _is_fused_part(module.name) for module in products)


@lru_cache(maxsize=1 << 16)  # every estimate asks it of every module
def _is_fused_part(name: str) -> bool:
    return FUSED_PARTS.search(name) is not None


@lru_cache(maxsize=1 << 16)  # as above
def layer_of(name: str) -> int:
    """The number of the layer that a module belongs to (the first number in its name), or -1."""
    return next((int(part) for part in name.split(".") if part.isdigit()), -1)


def _saved(description: ModelDescription, ranks: Mapping[str, int], element: int, row_tokens: int) -> int:
    """Bytes that one layer keeps of one token; `ranks` are those of its targets."""
    hidden, inner = description.hidden_size, description.intermediate_size
    query = description.heads * description.head_dim or hidden
    key = description.kv_heads * description.head_dim or query
    blocks = description.width_blocks
    shared = {blocks[name] for name in ranks if name in blocks}
    short = SHORT_NARROW_ROW if 0 < description.head_dim < NARROW_HEAD else SHORT_ROW
    weights = description.heads * row_tokens if row_tokens <= short else 0
    numbers = (2 + len(shared)) * hidden + 2 * query + 2 * key + weights + 2 * inner
    numbers += sum(max(rank, LEAST_RANKS) for rank in ranks.values())
    return element * numbers
