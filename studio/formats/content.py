"""An adapter off its model: what every format is written from and read into."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from studio.lora.adapter import Adapter
from studio.lora.geometry import Geometry, geometries_of, kind_of, pair_name, why_not
from studio.lora.inject import inject
from studio.lora.pair import Pair
from studio.lora.spec import AdapterSpec
from studio.lora.walk import walk
from studio.plan.errors import Refusal


@dataclass(frozen=True, slots=True)
class Content:
    """By target: specs, kinds, geometries; and `state` by pair and matrix, as `Adapter.state` has it, on the CPU."""

    specs: Mapping[str, AdapterSpec]
    kinds: Mapping[str, str]
    geometries: Mapping[str, tuple[Geometry, ...]]
    state: Mapping[str, Tensor]

    def folded(self) -> "Content":
        """The same function with nothing but A, B and DoRA's m: an offset becomes further ranks, a frozen A is like any other.

        A' = [A; A0], B' = [B, -B0] has twice the rank; alpha grows so that the scale stays: twice, or for rsLoRA by sqrt 2.
        """
        specs, state = {}, dict(self.state)
        for target, spec in self.specs.items():
            variant = "lora" if spec.variant == "lora-fa" else spec.variant
            specs[target] = replace(spec, variant=variant)
            doubled = False
            for geometry in self.geometries[target]:
                name = pair_name(target, geometry.weight)
                if f"{name}.A0" in state:
                    A0, B0 = state.pop(f"{name}.A0"), state.pop(f"{name}.B0")
                    state[f"{name}.A"] = torch.cat((state[f"{name}.A"], A0), dim=-2)
                    state[f"{name}.B"] = torch.cat((state[f"{name}.B"], -B0), dim=-1)
                    doubled = True
            if doubled:
                growth = math.sqrt(2) if variant == "rslora" else 2
                specs[target] = AdapterSpec(2 * spec.rank, growth * spec.alpha, spec.dropout, variant)
        return replace(self, specs=specs, state=state)

    def pairs(self) -> dict[str, Pair]:
        """The pairs by the full name of the weight that each belongs to: what a merge without a model needs."""
        found = {}
        for target, geometries in self.geometries.items():
            for geometry in geometries:
                name = pair_name(target, geometry.weight)
                own = {matrix: self.state.get(f"{name}.{matrix}") for matrix in ("A", "B", "m", "A0", "B0")}
                A, B, A0, B0 = own["A"], own["B"], own["A0"], own["B0"]
                if A is None or B is None:
                    raise KeyError(f"the content has no matrices for {name}")
                offset = None if A0 is None or B0 is None else (A0, B0)
                found[f"{target}.{geometry.weight}"] = Pair(
                    geometry, self.specs[target], A, B, offset=offset, m=own["m"]
                )
        return found

    def rounded(self, dtype: torch.dtype) -> "Content":
        """The same with every matrix in a dtype."""
        return replace(self, state={name: tensor.to(dtype) for name, tensor in self.state.items()})

    def check_finite(self, where: str) -> None:
        """Refuse a NaN or an infinity, naming its matrix."""
        for name, tensor in self.state.items():
            if not tensor.isfinite().all():
                target, _, matrix = name.rpartition(".")
                raise Refusal(
                    "adapter-not-finite",
                    f"the {matrix} matrix of {target} is not finite",
                    where=where,
                    now="go back to an earlier checkpoint, and train with a smaller learning rate",
                )


def content_of(adapter: Adapter) -> Content:
    """An adapter's content, copied to the CPU."""
    state = {name: tensor.detach().cpu().clone() for name, tensor in adapter.state().items()}
    return Content(adapter.specs, adapter.kinds, adapter.geometries, state)


def content_for(model: nn.Module, specs: Mapping[str, AdapterSpec], state: Mapping[str, Tensor], where: str) -> Content:
    """The content of matrices that were read, for a model that has their targets. Refuses those that it cannot adapt."""
    modules = dict(walk(model))
    for target in specs:
        if target not in modules:
            raise other_base(where, f"the model has no module {target}")
        reason = why_not(modules[target])
        if reason is not None:
            raise Refusal("target-kind", f"{target} cannot be a target: {reason}", where=where)
    kinds = {target: str(kind_of(modules[target])) for target in specs}
    geometries = {target: geometries_of(modules[target]) for target in specs}
    return Content(specs, kinds, geometries, state)


def put_on(model: nn.Module, content: Content, *, dtype: torch.dtype = torch.float32) -> Adapter:
    """Put an adapter on a model, enabled. Refuses, and leaves the model as it was, where it does not fit."""
    adapter = inject(model, content.specs, dtype=dtype)
    try:
        adapter.load_state(content.state)
    except Refusal:
        adapter.detach()
        raise
    return adapter


def other_base(where: str, what: str) -> Refusal:
    """The refusal of an adapter whose base is another model."""
    return Refusal("adapter-base", what, where=where, now="choose the base model that the adapter was trained on")
