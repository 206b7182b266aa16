"""One file as kohya's sd-scripts write it and ComfyUI reads it, for any model whose targets have a name.

    <prefix>_<target with "_" for ".">.lora_down.weight (r, in, *kernel)   .lora_up.weight (out, r, 1...)   .alpha ()
    .dora_scale (out, 1...) of DoRA; metadata ss_network_dim, ss_network_alpha, ss_network_module

The scale is alpha / r of the very module (networks/lora.py, LoRAModule.__init__), so ranks and alphas may differ, and rsLoRA's scale is
another alpha. The prefix says which model is meant: lora_unet for the image model, lora_te, lora_te1, lora_te2 for text encoders.
"""

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from studio.formats.content import Content, content_for, other_base
from studio.lora.geometry import geometries_of, kind_of, why_not
from studio.lora.spec import AdapterSpec
from studio.lora.walk import walk
from studio.plan.errors import Refusal
from studio.runs.atomic import write_bytes

KINDS = ("linear", "linear-like", "convolution")
ENDINGS = ("lora_down.weight", "lora_up.weight", "lora_mid.weight", "alpha", "dora_scale")


def write_kohya(path: Path, content: Content, *, prefix: str = "lora_te") -> None:
    """Write the file, complete or not at all. Refuses kinds that the format has no place for, and matrices that are not finite."""
    content.check_finite(str(path))
    content = content.folded()
    tensors: dict[str, Tensor] = {}
    for target, spec in content.specs.items():
        (geometry, *_) = content.geometries[target]
        if content.kinds[target] not in KINDS or geometry.stacked:
            raise Refusal(
                "kohya-kind", f"the format has no place for {target}, a {content.kinds[target]}", where=str(path),
                now="leave it out, or export another format",
            )  # fmt: skip
        name, ones = f"{prefix}_{target.replace('.', '_')}", (1,) * len(geometry.kernel)
        A, B = content.state[f"{target}.A"], content.state[f"{target}.B"]
        tensors[f"{name}.lora_down.weight"] = A.reshape(len(A), -1, *geometry.kernel)
        tensors[f"{name}.lora_up.weight"] = B.reshape(*B.shape, *ones)
        tensors[f"{name}.alpha"] = torch.tensor(spec.scale * A.shape[0])
        if spec.variant == "dora":
            tensors[f"{name}.dora_scale"] = content.state[f"{target}.m"].reshape(-1, 1, *ones)
    ranks = {spec.rank for spec in content.specs.values()}
    alphas = {spec.scale * spec.rank for spec in content.specs.values()}
    metadata = {
        "format": "pt",
        "ss_network_module": "networks.lora",
        "ss_network_dim": str(ranks.pop()) if len(ranks) == 1 else "Dynamic",
        "ss_network_alpha": f"{alphas.pop():g}" if len(alphas) == 1 else "Dynamic",
    }
    write_bytes(path, save({name: tensor.contiguous().clone() for name, tensor in tensors.items()}, metadata))


def read_kohya(path: Path, model: nn.Module, *, prefix: str = "lora_te") -> Content:
    """The content of a file for a model. Refuses a name that no module of it has, or that two have, and a file that is damaged."""
    try:
        tensors = load(path.read_bytes())
    except SafetensorError as error:
        raise Refusal(
            "adapter-broken", f"the file is damaged: {error}", where=str(path), now="copy it again"
        ) from error
    places = _places(model, prefix)
    found: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        module, _, ending = name.partition(".")
        if ending not in ENDINGS:
            raise Refusal("adapter-tensor", f"{name!r} is no tensor of this format", where=str(path))
        targets = places.get(module, [])
        if len(targets) != 1:
            what = (
                f"{module} could be any of {', '.join(targets)}" if targets else f"{module} is no module of the model"
            )
            raise other_base(str(path), what)
        found.setdefault(targets[0], {})[ending] = tensor.to(torch.float32)
    specs: dict[str, AdapterSpec] = {}
    state: dict[str, Tensor] = {}
    modules = dict(walk(model))
    for target, parts in found.items():
        specs[target], matrices = _read_module(target, modules[target], parts, str(path))
        state |= {f"{target}.{matrix}": tensor for matrix, tensor in matrices.items()}
    return content_for(model, specs, state, str(path))


def _read_module(
    target: str, module: nn.Module, parts: dict[str, Tensor], where: str
) -> tuple[AdapterSpec, dict[str, Tensor]]:
    if not {"lora_down.weight", "lora_up.weight"} <= parts.keys():
        raise Refusal("adapter-broken", f"{target} has half a pair", where=where, now="have it saved again")
    reason = why_not(module)
    if reason is not None or kind_of(module) not in KINDS:
        raise Refusal("target-kind", f"{target} cannot be a target: {reason or kind_of(module)}", where=where)
    (geometry,) = geometries_of(module)
    down, up = parts["lora_down.weight"], parts["lora_up.weight"]
    rank = up.shape[1]
    if "lora_mid.weight" in parts:  # LyCORIS splits the kernel off: down (r, in, 1...), mid (r, r, *kernel)
        down = torch.einsum("mr...,ri->mi...", parts["lora_mid.weight"], down.flatten(1))
    matrices = {"A": down.flatten(1), "B": up.flatten(1)}
    A_shape, B_shape = geometry.shapes(rank)
    if geometry.stacked or matrices["A"].shape != A_shape or matrices["B"].shape != B_shape:
        raise other_base(where, f"the matrices of {target} are for a layer of another size")
    alpha = float(parts["alpha"]) if "alpha" in parts else 0.0
    if "dora_scale" in parts:
        matrices["m"] = parts["dora_scale"].reshape(1, -1)
    # kohya takes an alpha that is missing or zero for the rank.
    return AdapterSpec(rank, alpha or float(rank), variant="dora" if "dora_scale" in parts else "lora"), matrices


def _places(model: nn.Module, prefix: str) -> dict[str, list[str]]:
    """Which modules a name may mean: "_" stands for itself and for the dot."""
    places: dict[str, list[str]] = {}
    for name, module in walk(model):
        if name and why_not(module) is None:
            places.setdefault(f"{prefix}_{name.replace('.', '_')}", []).append(name)
    return places
