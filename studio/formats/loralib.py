"""Checkpoints of loralib, Microsoft's own package of the paper: <target>.lora_A, <target>.lora_B, and no word of the scale.

    Linear        lora_A (r, in)             lora_B (out, r)
    Embedding     lora_A (r, V)              lora_B (dim, r)
    MergedLinear  lora_A (r·n, in)           lora_B (out/g·n, r): of g equal parts of the output (q, k, v) n are adapted
    ConvLoRA      lora_A (r·k, in·k)         lora_B (out·k, r·k), ΔW = (lora_B @ lora_A).view(weight)

A MergedLinear's n pairs are one pair of rank r·n whose B is block-diagonal over the parts (loralib/layers.py, MergedLinear.merge_AB, whose
grouped convolution this is). loralib saves with torch.save, and a pickle can run any code when it is opened; so files are read as
safetensors alone: safetensors.torch.save_file(lora.lora_state_dict(model), path).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn

from studio.formats.content import Content, content_for, other_base
from studio.lora.geometry import Geometry, geometries_of, kind_of, why_not
from studio.lora.spec import AdapterSpec
from studio.lora.walk import walk
from studio.plan.errors import Refusal

KINDS = ("linear", "linear-like", "embedding", "convolution")


def read_loralib(
    path: Path, model: nn.Module, *, alpha: float, merged: Mapping[str, Sequence[bool]] | None = None
) -> Content:
    """The content of a checkpoint for a model; `alpha` is lora_alpha of the program that trained it (the scale is alpha / r there).

    `merged` says of each MergedLinear, by target, which of its parts are adapted (loralib's enable_lora). Refuses what does not fit the
    model, a pickle, and a damaged file.
    """
    where = str(path)
    if path.suffix in (".pt", ".pth", ".bin", ".ckpt"):
        raise Refusal(
            "adapter-pickle", "the checkpoint is a pickle, which can run any code when it is opened", where=where,
            now="save it with safetensors.torch.save_file where it was made",
        )  # fmt: skip
    try:
        tensors = load(path.read_bytes())
    except SafetensorError as error:
        raise Refusal("adapter-broken", f"the file is damaged: {error}", where=where, now="copy it again") from error
    found: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        target, _, matrix = name.rpartition(".lora_")
        if target and matrix in ("A", "B"):
            found.setdefault(target, {})[matrix] = tensor.to(torch.float32)
        elif not name.endswith(".bias"):
            raise Refusal(
                "adapter-tensor", f"{name!r} is no tensor of this format", where=where, now="use another file"
            )
        else:
            raise Refusal("adapter-kind", f"{name} is a trained bias", where=where, now="save with bias='none'")
    modules = dict(walk(model))
    specs: dict[str, AdapterSpec] = {}
    state: dict[str, Tensor] = {}
    for target, parts in found.items():
        if target not in modules:
            raise other_base(where, f"the model has no module {target}")
        reason = why_not(modules[target])
        if reason is not None or kind_of(modules[target]) not in KINDS:
            raise Refusal("target-kind", f"{target} cannot be a target: {reason or 'loralib has no such'}", where=where)
        if parts.keys() != {"A", "B"}:
            raise Refusal("adapter-broken", f"{target} has half a pair", where=where, now="have it saved again")
        (geometry,) = geometries_of(modules[target])
        A, B, scale = _pair(target, geometry, parts["A"], parts["B"], alpha, (merged or {}).get(target), where)
        rank = A.shape[-2] * geometry.groups
        specs[target] = AdapterSpec(rank, scale * rank)
        state |= {f"{target}.A": A, f"{target}.B": B}
    return content_for(model, specs, state, where)


def _pair(
    target: str, geometry: Geometry, A: Tensor, B: Tensor, alpha: float, enabled: Sequence[bool] | None, where: str
) -> tuple[Tensor, Tensor, float]:
    """A and B in the pair's shapes, and the scale alpha / r of loralib's own r."""
    if geometry.kernel:
        return _convolution(target, geometry, A, B, alpha, where)
    if enabled is None:
        if A.shape != (B.shape[1], geometry.columns) or B.shape[0] != geometry.rows:
            now = "say which parts a MergedLinear adapts, or choose the model it was trained on"
            raise Refusal("adapter-base", f"the matrices of {target} are of another size", where=where, now=now)
        return A, B, alpha / B.shape[1]
    count, part = sum(enabled), geometry.rows // len(enabled)
    rank = B.shape[1]
    if A.shape != (rank * count, geometry.columns) or B.shape[0] != part * count:
        raise other_base(where, f"the matrices of {target} are not of {count} parts of {len(enabled)}")
    wide = torch.zeros(geometry.rows, rank * count)
    for number, place in enumerate(index for index, on in enumerate(enabled) if on):
        rows, columns = slice(place * part, (place + 1) * part), slice(number * rank, (number + 1) * rank)
        wide[rows, columns] = B[number * part : (number + 1) * part]
    return A, wide, alpha / rank


def _convolution(
    target: str, geometry: Geometry, A: Tensor, B: Tensor, alpha: float, where: str
) -> tuple[Tensor, Tensor, float]:
    """ConvLoRA's product, seen as the weight, in low rank: its rows mix places of the kernel, so its rank as a matrix is another."""
    width = geometry.kernel[0]
    rank = A.shape[0] // width
    rows, columns = geometry.rows * geometry.stack, geometry.columns
    if B.shape[1] != A.shape[0] or B.shape[0] * A.shape[1] != rows * columns:
        raise other_base(where, f"the matrices of {target} are for a layer of another size")
    dense = (B @ A).reshape(geometry.stack, geometry.rows, columns)
    U, S, Vt = torch.linalg.svd(dense, full_matrices=False)
    kept = max(1, int((S.max() * 1e-6 < S).sum(-1).max()))
    root = S[:, :kept].sqrt()
    new_A, new_B = root.unsqueeze(-1) * Vt[:, :kept], U[..., :kept] * root.unsqueeze(-2)
    A_shape, B_shape = geometry.shapes(kept * geometry.groups)
    return new_A.reshape(A_shape), new_B.reshape(B_shape), alpha / rank
