"""How the matrices of a file find their places in a model."""

from collections.abc import Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from studio.formats.content import Content, content_for, other_base
from studio.formats.peft.config import is_listed, specs_of
from studio.formats.peft.layout import PARAMETER_KINDS, Slot, slots_of
from studio.formats.peft.tensors import Matrices
from studio.lora.geometry import Geometry, geometries_of, kind_of, pair_name, why_not
from studio.lora.spec import AdapterSpec
from studio.lora.walk import walk
from studio.plan.errors import Refusal


def fitted(
    found: Mapping[str, Matrices], config: Mapping[str, Any], listed: Iterable[str], model: nn.Module, where: str
) -> Content:
    """The content of a file's matrices, by path, for a model. Refuses what has no place in it, or another size."""
    modules = dict(walk(model))
    targets = list(dict.fromkeys(path.split(".base_layer")[0] for path in found))
    specs: dict[str, AdapterSpec] = {}
    state: dict[str, Tensor] = {}
    left = dict(found)
    for target in targets:
        if target not in modules:
            raise other_base(where, f"the matrices of {target} have no place: the model has no such module")
        reason = why_not(modules[target])
        if reason is not None:
            raise Refusal("target-kind", f"{target} cannot be a target: {reason}", where=where)
        kind = str(kind_of(modules[target]))
        every = geometries_of(modules[target])
        named = _named(target, kind, every, config, where)
        slots = slots_of(target, kind, named)
        pairs = {slot.geometry: _taken(slot, left, target, where) for slot in slots}
        names = {geometry: _known_as(target, kind, geometry, config, where) for geometry in named}
        said = specs_of(config, names.values(), where)
        specs[target], matrices = _evened({slot: said[names[slot.geometry]] for slot in slots}, pairs, target, where)
        for geometry in every:
            pair = matrices.get(geometry) or _silent(geometry, specs[target].rank)
            state |= {f"{pair_name(target, geometry.weight)}.{matrix}": tensor for matrix, tensor in pair.items()}
    if left:
        raise other_base(where, f"the matrices of {next(iter(left))} have no place in the model")
    # A target's full name means the target, though PEFT would also take a module of which it is the last part.
    endings = [entry for entry in listed if entry not in specs]
    for name in sorted(modules.keys() - specs.keys()):
        if is_listed(name, endings) and why_not(modules[name]) is None:
            raise other_base(where, f"the adapter claims {name} and has no matrices for it")
    return content_for(model, specs, state, where)


def _named(
    target: str, kind: str, geometries: tuple[Geometry, ...], config: Mapping[str, Any], where: str
) -> list[Geometry]:
    """The weights that the config's target_parameters name; all, where a kind has no choice."""
    if kind not in PARAMETER_KINDS:
        return list(geometries)
    entries = config.get("target_parameters") or ()
    named = [it for it in geometries if is_listed(pair_name(target, it.weight), entries)]
    if not named:
        raise Refusal(
            "adapter-config",
            f"the matrices of {target} are in the file, but the config's target_parameters name none of its weights",
            where=where,
            now="add them to target_parameters",
        )
    return named


def _known_as(target: str, kind: str, geometry: Geometry, config: Mapping[str, Any], where: str) -> str:
    """The name that the config's patterns know a weight by: its own where target_parameters name it, else its module's."""
    weight = f"{target}.{geometry.weight}"
    if not is_listed(weight, config.get("target_parameters") or ()):
        return target
    if kind not in (*PARAMETER_KINDS, "linear", "linear-like"):
        raise Refusal(
            "adapter-kind",
            f"the adapter sits on the bare parameter {weight}, and PEFT takes that for a linear layer's, which it is not",
            where=where,
            now="train it again with the module in target_modules",
        )
    return weight


def _taken(slot: Slot, left: dict[str, Matrices], target: str, where: str) -> Matrices:
    if slot.path not in left:
        raise other_base(
            where, f"the adapter claims {pair_name(target, slot.geometry.weight)} and has no matrices for it"
        )
    return left.pop(slot.path)


def _evened(
    specs: Mapping[Slot, AdapterSpec], pairs: Mapping[Geometry, Matrices], target: str, where: str
) -> tuple[AdapterSpec, dict[Geometry, Matrices]]:
    """One spec for the target, and its matrices in the pairs' shapes: lower ranks filled with zeros, other scales within B."""
    spec = max(specs.values(), key=lambda it: it.rank)
    even: dict[Geometry, Matrices] = {}
    for slot, own in specs.items():
        found = pairs[slot.geometry]
        for matrix, tensor in found.items():
            shape = slot.shape(matrix, own.rank)
            if tuple(tensor.shape) != shape:
                has = f"{slot.names()[matrix]} has shape {tuple(tensor.shape)}"
                raise other_base(where, f"{has}, and {target} of rank {own.rank} would need {shape}")
        matrices = {matrix: slot.read(matrix, tensor, own.rank) for matrix, tensor in found.items()}
        if ("m" in matrices) != (own.variant == "dora"):
            now = "have it saved again by the program that made it"
            raise Refusal("adapter-config", f"use_dora and the magnitudes of {target} disagree", where=where, now=now)
        if own != spec:
            missing = slot.geometry.pair_rank(spec.rank) - slot.geometry.pair_rank(own.rank)
            matrices["A"] = nn.functional.pad(matrices["A"], (0, 0, 0, missing))
            matrices["B"] = nn.functional.pad(matrices["B"], (0, missing)) * (own.scale / spec.scale)
        even[slot.geometry] = matrices
    return spec, even


def _silent(geometry: Geometry, rank: int) -> Matrices:
    """A pair that changes nothing, for a weight that the file leaves alone."""
    A_shape, B_shape = geometry.shapes(rank)
    return {"A": torch.zeros(A_shape), "B": torch.zeros(B_shape)}
