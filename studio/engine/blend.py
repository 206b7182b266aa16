"""Several adapters on one model at once, each at a strength of its own."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from studio.lora.adapter import Adapter, inject
from studio.lora.files import load_adapter
from studio.lora.spec import AdapterSpec


def put_on(model: nn.Module, adapters: Sequence[tuple[Path, float]]) -> Adapter:
    """Put adapters, given as folder and strength, on a model: it then computes W + sum of strength_i · s_i · B_i A_i.

    The sum is one adapter, of the ranks' sum: A = [A_1; A_2; ...], B = [c_1 B_1, c_2 B_2, ...] with c_i = strength_i · s_i, so that no
    product is made that is not needed. Raises Refusal where one is damaged or belongs to another base.
    """
    halves: dict[str, list[tuple[Tensor, Tensor]]] = {}
    for folder, strength in adapters:
        one = load_adapter(model, folder)
        for target, layer in one.layers.items():
            halves.setdefault(target, []).append((layer.A.detach(), layer.B.detach() * (strength * layer.scale)))
        one.detach()
    specs, state = {}, {}
    for target, pairs in halves.items():
        state[f"{target}.A"] = torch.cat([A for A, _ in pairs])
        state[f"{target}.B"] = torch.cat([B for _, B in pairs], dim=1)
        rank = state[f"{target}.A"].shape[0]
        specs[target] = AdapterSpec(rank, float(rank))
    blend = inject(model, specs)
    blend.load_state(state)
    return blend
