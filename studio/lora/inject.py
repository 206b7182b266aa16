"""Injection: an adapter for the modules that are named, on a model whose own parameters are frozen."""

import hashlib
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from studio.lora.adapter import Adapter
from studio.lora.frozen import dense, weight_of
from studio.lora.geometry import Geometry, check_rank, geometries_of, kind_of, pair_name, why_not
from studio.lora.layers import TAKES_DROPOUT
from studio.lora.layers.layer import Part
from studio.lora.pair import Pair
from studio.lora.spec import AdapterSpec, check_spec
from studio.lora.starts import STARTS
from studio.lora.starts.start import Start
from studio.lora.structure import structure_of
from studio.lora.variants import VARIANTS
from studio.lora.walk import base_parameters, walk
from studio.plan.errors import Refusal


def inject(
    model: nn.Module,
    specs: Mapping[str, AdapterSpec],
    *,
    seed: int = 0,
    init: str = "default",
    inputs: Mapping[str, Tensor] | None = None,
    dtype: torch.dtype = torch.float32,
    device: torch.device | None = None,
    plain: bool = False,
) -> Adapter:
    """Freeze a model and put an adapter on the modules named in `specs`, by full name; others may be on it already.

    `init` is a key of STARTS; `inputs` are the targets' directions (directions, in) for a start that wants them. Each pair depends on
    `seed` and its own name alone. It has `dtype`, on the weight's device unless another is given; move or cast the model before.
    Refuses, before anything is changed: no target, a target that is not there, is of no known kind or stands in several places, a spec
    without meaning, a start that does not fit. `plain` leaves the fused products out (for tests, and for autocast).
    """
    if init not in STARTS:
        raise Refusal("init-unknown", f"the start {init!r} is not known", where=init, now=f"use {', '.join(STARTS)}")
    if not specs:
        raise Refusal("targets-empty", "the adapter has no targets, so it would do nothing", now="choose some modules")
    bases = _checked_targets(model, specs)
    parts = {
        target: Part(
            spec,
            [
                _pair(target, geometry, spec, bases[target], STARTS[init], inputs or {}, seed, dtype, device)
                for geometry in geometries_of(bases[target])
            ],
        )
        for target, spec in specs.items()
    }
    own = base_parameters(model)
    trainable = [parameter for parameter in own if parameter.requires_grad]
    structure = structure_of(model)
    for parameter in own:
        parameter.requires_grad_(False)
    return Adapter(model, bases, parts, structure=structure, trainable=trainable, plain=plain)


def _pair(
    target: str,
    geometry: Geometry,
    spec: AdapterSpec,
    base: nn.Module,
    start: Start,
    inputs: Mapping[str, Tensor],
    seed: int,
    dtype: torch.dtype,
    device: torch.device | None,
) -> Pair:
    """A pair with its first values."""
    name = pair_name(target, geometry.weight)
    weight = dense(weight_of(base, geometry.weight), dtype).detach()
    home = device or weight.device
    try:
        A, B = start.draw(geometry, spec.rank, spec.scale, weight, inputs.get(name), _generator(seed, name))
    except Refusal as refusal:
        raise Refusal(refusal.code, f"{name}: {refusal.what}", where=name, now=refusal.now) from refusal
    A, B = A.to(home, dtype), B.to(home, dtype)
    m = VARIANTS[spec.variant].magnitude(geometry.view(weight))
    return Pair(
        geometry,
        spec,
        A,
        B,
        offset=(A.clone(), B.clone()) if start.offset else None,
        m=None if m is None else m.to(home, dtype),
    )


def _checked_targets(model: nn.Module, specs: Mapping[str, AdapterSpec]) -> dict[str, nn.Module]:
    """The modules that the specs name."""
    modules = dict(walk(model))
    places: dict[int, list[str]] = {}
    for name, module in modules.items():
        places.setdefault(id(module), []).append(name)
    for name, spec in specs.items():
        check_spec(name, spec)
        if not name or name not in modules:
            raise Refusal(
                "target-missing", f"the model has no module named {name!r}", where=name, now="check the name's spelling"
            )
        module = modules[name]
        reason = why_not(module)
        if reason is not None:
            raise Refusal("target-kind", f"{name} cannot be a target: {reason}", where=name, now="choose other targets")
        if len(places[id(module)]) > 1:
            raise Refusal(
                "target-shared",
                f"{name} is the same module as {next(it for it in places[id(module)] if it != name)}",
                where=name,
                now="leave it out: an adapter in one of its places would pull the two apart",
            )
        for geometry in geometries_of(module):
            check_rank(name, geometry, spec.rank)
            if geometry.looked_up and not VARIANTS[spec.variant].trains_A:
                raise Refusal(
                    "variant-kind",
                    f"{name} is an embedding, whose A begins at zero, and {spec.variant} never trains it",
                    where=name,
                    now="leave it out, or choose another variant",
                )
        if spec.dropout and kind_of(module) not in TAKES_DROPOUT:
            raise Refusal(
                "dropout-kind",
                f"{name} is a {type(module).__name__}, whose adapted weight meets the input whole: there is nothing to drop",
                where=name,
                now="give it a dropout of 0",
            )
    return {name: modules[name] for name in specs}


def _generator(seed: int, name: str) -> torch.Generator:
    """A generator for one pair, so that order and device change nothing."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest[:8], "little") >> 1)
