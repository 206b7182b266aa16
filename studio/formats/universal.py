"""An adapter folder for readers that know one rank and one scale for all targets (vLLM, llama.cpp's converter).

Such readers take r and lora_alpha from the config for every matrix, or alpha over the rank of the very matrix, and pass patterns and
rsLoRA's scale over without a word. Here every pair is filled up with zeros to the largest rank, its scale is put into B, and
r = lora_alpha = that rank: whoever computes alpha/r, of whichever of the two, gets 1.
"""

from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from studio.formats.content import Content
from studio.formats.peft.folder import write_adapter
from studio.lora.geometry import pair_name
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal

KINDS = ("linear", "conv1d", "linear-like")


def universal(content: Content, where: str) -> Content:
    """The same function with one rank, and a scale of 1. Refuses what those readers do not know: DoRA, other kinds of layer."""
    content = content.folded()
    strange = next((target for target, kind in content.kinds.items() if kind not in KINDS), None)
    dora = next((target for target, spec in content.specs.items() if spec.variant == "dora"), None)
    if strange is not None or dora is not None:
        what = (
            f"{strange} is of kind {content.kinds[strange]}" if strange is not None else f"{dora} has DoRA's magnitudes"
        )
        raise Refusal(
            "universal-kind", f"{what}, which those readers do not know", where=where, now="merge the adapter instead"
        )
    rank = max(spec.rank for spec in content.specs.values())
    state = {}
    for target, spec in content.specs.items():
        for geometry in content.geometries[target]:
            name = pair_name(target, geometry.weight)
            missing = rank - spec.rank
            state[f"{name}.A"] = nn.functional.pad(content.state[f"{name}.A"], (0, 0, 0, missing))
            # In float32, whatever the matrices are in, so that the product is rounded but once.
            B = content.state[f"{name}.B"]
            scaled = (B.to(torch.promote_types(B.dtype, torch.float32)) * spec.scale).to(B.dtype)
            state[f"{name}.B"] = nn.functional.pad(scaled, (0, missing))
    specs = {target: AdapterSpec(rank, float(rank), spec.dropout) for target, spec in content.specs.items()}
    return replace(content, specs=specs, state=state)


def write_universal(
    folder: Path,
    content: Content,
    *,
    base_model: str | None,
    structure: str | None = None,
    task_type: str = "CAUSAL_LM",
) -> None:
    """Write the folder, complete or not at all. Raises Refusal and OSError as `write_adapter`."""
    one = universal(content, str(folder))
    write_adapter(folder, one, base_model=base_model, structure=structure, task_type=task_type)
