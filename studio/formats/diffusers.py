"""pytorch_lora_weights.safetensors as diffusers writes and reads it: PEFT's names after the component that they belong to.

    <component>.<target>.lora_A.weight (r, in, *kernel)   .lora_B.weight (out, r, 1...)   <component>.<target>.alpha ()

The component is unet, transformer, text_encoder, ... There is no config: the rank is lora_B's second dimension, and the scale alpha/r with
alpha from the file, the rank where there is none (diffusers, utils/peft_utils.get_peft_kwargs). So each target may have its own.
Files of before PEFT name attention's layers <target>.processor.to_q_lora.down.weight (and .up.weight); they are read as well.
"""

import re
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

FILE = "pytorch_lora_weights.safetensors"
KINDS = ("linear", "linear-like", "convolution")
ENDINGS = {
    ".lora_A.weight": "A",
    ".lora_B.weight": "B",
    ".alpha": "alpha",
    ".lora.down.weight": "A",
    ".lora.up.weight": "B",
}
PROCESSOR = re.compile(r"^(.*)\.processor\.(to_(?:q|k|v|out))_lora\.(down|up)\.weight$")


def write_diffusers(folder: Path, content: Content, *, component: str = "unet") -> None:
    """Write FILE into a folder, complete or not at all. Refuses DoRA, kinds without a place there, and matrices that are not finite."""
    content.check_finite(str(folder))
    content = content.folded()
    tensors: dict[str, Tensor] = {}
    for target, spec in content.specs.items():
        (geometry, *_) = content.geometries[target]
        if content.kinds[target] not in KINDS or geometry.stacked or spec.variant == "dora":
            what = "DoRA" if spec.variant == "dora" else f"a {content.kinds[target]}"
            raise Refusal(
                "diffusers-kind", f"the format has no place for {target}, {what}", where=str(folder),
                now="leave it out, or export another format",
            )  # fmt: skip
        name, ones = f"{component}.{target}", (1,) * len(geometry.kernel)
        A, B = content.state[f"{target}.A"], content.state[f"{target}.B"]
        tensors[f"{name}.lora_A.weight"] = A.reshape(len(A), -1, *geometry.kernel)
        tensors[f"{name}.lora_B.weight"] = B.reshape(*B.shape, *ones)
        tensors[f"{name}.alpha"] = torch.tensor(spec.scale * spec.rank)
    folder.mkdir(parents=True, exist_ok=True)
    whole = {name: tensor.contiguous().clone() for name, tensor in tensors.items()}
    write_bytes(folder / FILE, save(whole, {"format": "pt"}))


def read_diffusers(path: Path, model: nn.Module, *, component: str = "unet") -> Content:
    """The content of a file's component for a model. Refuses names and sizes that do not fit it, and a file that is damaged."""
    where = str(path)
    try:
        tensors = load(path.read_bytes())
    except SafetensorError as error:
        raise Refusal("adapter-broken", f"the file is damaged: {error}", where=where, now="copy it again") from error
    modules = dict(walk(model))
    found: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        if name.startswith(f"{component}."):
            target, matrix = _placed(name.removeprefix(f"{component}."), where)
            found.setdefault(target, {})[matrix] = tensor.to(torch.float32)
    if not found:
        components = sorted({name.partition(".")[0] for name in tensors})
        raise Refusal(
            "adapter-empty", f"the file has nothing for {component}", where=where, now=f"it has {', '.join(components)}"
        )
    specs: dict[str, AdapterSpec] = {}
    state: dict[str, Tensor] = {}
    for target, parts in found.items():
        if target not in modules:
            raise other_base(where, f"the model has no module {target}")
        reason = why_not(modules[target])
        if reason is not None or kind_of(modules[target]) not in KINDS:
            raise Refusal("target-kind", f"{target} cannot be a target: {reason or 'not of this format'}", where=where)
        if not {"A", "B"} <= parts.keys():
            raise Refusal("adapter-broken", f"{target} has half a pair", where=where, now="have it saved again")
        (geometry,) = geometries_of(modules[target])
        A, B = parts["A"].flatten(1), parts["B"].flatten(1)
        rank = B.shape[1]
        if geometry.stacked or (A.shape, B.shape) != geometry.shapes(rank):
            raise other_base(where, f"the matrices of {target} are for a layer of another size")
        specs[target] = AdapterSpec(rank, float(parts["alpha"]) if "alpha" in parts else float(rank))
        state |= {f"{target}.A": A, f"{target}.B": B}
    return content_for(model, specs, state, where)


def _placed(name: str, where: str) -> tuple[str, str]:
    """The target and the matrix that a name means."""
    old = PROCESSOR.match(name)
    if old:
        layer = "to_out.0" if old[2] == "to_out" else old[2]
        return f"{old[1]}.{layer}", "A" if old[3] == "down" else "B"
    for ending, matrix in ENDINGS.items():
        if name.endswith(ending):
            return name.removesuffix(ending), matrix
    raise Refusal("adapter-tensor", f"{name!r} is no tensor of this format", where=where, now="use another file")
