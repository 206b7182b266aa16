"""The adapter of a whole model: its layers wired into the places of their targets."""

import hashlib
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

import torch
from torch import Tensor, nn

from studio.lora.kinds import adaptable_shape, kind_of
from studio.lora.layer import LAYERS, LoraLayer
from studio.lora.merge import merged_weight
from studio.lora.spec import AdapterSpec, check_spec
from studio.lora.structure import structure_of
from studio.plan.errors import Refusal

INITS = ("default",)


class Adapter:
    """Adapted layers by target name, over a model whose own parameters are frozen.

    While enabled, each layer stands in its target's place. While disabled, merged or detached the targets themselves stand there,
    so the model then costs, names and saves exactly what it did before.
    """

    def __init__(
        self, model: nn.Module, layers: Mapping[str, LoraLayer], structure: str, trainable: list[nn.Parameter]
    ) -> None:
        self.layers: Mapping[str, LoraLayer] = MappingProxyType(dict(layers))
        self.specs: Mapping[str, AdapterSpec] = MappingProxyType({name: it.spec for name, it in layers.items()})
        self.structure = structure
        self._model = model
        self._trainable = trainable  # what was trainable before, for detach
        self._originals: dict[str, Tensor] = {}  # weights before a merge; not empty means merged
        self._enabled = False
        self.enable()

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each target."""
        return {name: str(kind_of(layer.base)) for name, layer in self.layers.items()}

    @property
    def merged(self) -> bool:
        """Whether the targets' weights now hold the adapter."""
        return bool(self._originals)

    def named_parameters(self) -> Iterator[tuple[str, nn.Parameter]]:
        """The trained matrices as ("<target>.A", (rank, in)) and ("<target>.B", (out, rank))."""
        for name, layer in self.layers.items():
            yield f"{name}.A", layer.A
            yield f"{name}.B", layer.B

    def parameters(self) -> list[nn.Parameter]:
        """The trained matrices, in the order of `named_parameters`."""
        return [parameter for _, parameter in self.named_parameters()]

    def state(self) -> dict[str, Tensor]:
        """The trained matrices by name. They share memory with the adapter: clone them to keep them."""
        return {name: parameter.detach() for name, parameter in self.named_parameters()}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Take over every matrix of `state()`. Refuses a missing, an unknown or an ill-shaped one, and then changes nothing."""
        own = self.state()
        for name in [*own, *state]:
            if name not in state or name not in own:
                missing = name in own
                raise Refusal(
                    "adapter-state",
                    f"the adapter's state {'lacks' if missing else 'has an unknown matrix'} {name}",
                    where=name,
                    now="use the state of an adapter with the same targets",
                )
            if state[name].shape != own[name].shape:
                raise Refusal(
                    "adapter-state",
                    f"{name} is {_shape(state[name])} in the state and {_shape(own[name])} in the adapter",
                    where=name,
                    now="use the state of an adapter with the same ranks, over the same base model",
                )
        for name, matrix in own.items():
            matrix.copy_(state[name])

    def enable(self) -> None:
        """Put the layers in their targets' places; nothing happens where they are."""
        self._wire(True)

    def disable(self) -> None:
        """Put the targets back in their places; nothing happens where they are. Values stay."""
        self._wire(False)

    @contextmanager
    def disabled(self) -> Iterator[None]:
        """The base model alone, bit for bit, for the length of a with block."""
        before = self._enabled
        self.disable()
        try:
            yield
        finally:
            self._wire(before)

    def detach(self, *, keep_merged: bool = False) -> nn.Module:
        """The model as it was before `inject`: the same modules, the same bits, the same parameters trainable.

        With `keep_merged` a merged adapter's weights stay in it, for export.
        """
        if keep_merged:
            self._originals.clear()
        elif self.merged:
            self.unmerge()
        self.disable()
        for parameter in self._trainable:
            parameter.requires_grad_(True)
        return self._model

    def merge(self, dtype: torch.dtype | None = None) -> None:
        """Write W + s·BA, rounded once to `dtype` (the weight's own where None), into every target, which then stands alone.

        The originals are kept for `unmerge`, so the targets' weights take their memory twice. Of another dtype, the rest of the model
        is the caller's to cast. Refuses a result that is not finite, and then changes nothing. Raises RuntimeError where it is
        merged already.
        """
        if self.merged:
            raise RuntimeError("the adapter is merged already: unmerge it first")
        merged = {name: merged_weight(name, layer, dtype) for name, layer in self.layers.items()}
        self._place(False)
        for name, layer in self.layers.items():
            weight = layer.base.weight
            self._originals[name] = weight.data
            weight.data = merged.pop(name)

    def unmerge(self) -> None:
        """Give every target its original weight back, the very same tensor, and stand where `merge` found it."""
        if not self.merged:
            raise RuntimeError("the adapter is not merged")
        for name, original in self._originals.items():
            self.layers[name].base.weight.data = original
        self._originals.clear()
        self._place(self._enabled)

    def norms(self) -> dict[str, float]:
        """‖ΔW‖_F by target, of ΔW = s·BA; from rank x rank products alone."""
        return _by_name(self.layers, [layer.delta_norm() for layer in self.layers.values()])

    def base_norms(self) -> dict[str, float]:
        """‖W‖_F by target, which `norms` is held against."""
        weights = [layer.base.weight.detach() for layer in self.layers.values()]
        return _by_name(self.layers, [torch.linalg.vector_norm(weight, dtype=torch.float32) for weight in weights])

    def _wire(self, enabled: bool) -> None:
        if self.merged:
            raise RuntimeError("a merged adapter is neither enabled nor disabled: unmerge it first")
        if enabled != self._enabled:
            self._place(enabled)
            self._enabled = enabled

    def _place(self, adapted: bool) -> None:
        """Let the layers, or else their bases, stand in the model."""
        for name, layer in self.layers.items():
            if self._model.get_submodule(name) not in (layer, layer.base):
                raise RuntimeError(f"another adapter stands at {name}: disable it first")
        for name, layer in self.layers.items():
            # Whoever stood in the place has heard the calls of train() and eval(); the other takes their word.
            layer.train(layer.base.training)
            self._model.set_submodule(name, layer if adapted else layer.base)


def inject(
    model: nn.Module,
    specs: Mapping[str, AdapterSpec],
    *,
    seed: int = 0,
    init: str = "default",
    dtype: torch.dtype = torch.float32,
    plain: bool = False,
) -> Adapter:
    """Freeze a model and put an adapter on the modules named in `specs`, by full name.

    A ~ U(-1/sqrt(in), 1/sqrt(in)) (kaiming_uniform with a = sqrt 5, as loralib and PEFT do), B = 0: the model computes what it did.
    Each A depends on `seed` and its target's name alone. A and B have `dtype`, on the weight's device; move or cast the model before.
    Refuses, before anything is changed: no target, a target that is not there, is of no known kind, shares its weight, or is
    adapted already, and a spec without meaning. `plain` leaves the fused products out (for tests, and for autocast).
    """
    if init not in INITS:
        raise Refusal("init-unknown", f"the start {init!r} is not known", where=init, now=f"use {', '.join(INITS)}")
    if not specs:
        raise Refusal("targets-empty", "the adapter has no targets, so it would do nothing", now="choose some modules")
    targets = _checked_targets(model, specs)
    structure = structure_of(model)
    layers = {}
    for name, spec in specs.items():
        base = targets[name]
        out_features, in_features = adaptable_shape(base) or (0, 0)
        device = base.get_parameter("weight").device
        A = _initial(name, spec.rank, in_features, seed).to(device, dtype)
        B = torch.zeros(out_features, spec.rank, device=device, dtype=dtype)
        layers[name] = LAYERS[str(kind_of(base))](base, nn.Parameter(A), nn.Parameter(B), spec, plain=plain)
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    model.requires_grad_(False)
    return Adapter(model, layers, structure, trainable)


def _checked_targets(model: nn.Module, specs: Mapping[str, AdapterSpec]) -> dict[str, nn.Module]:
    """The modules that the specs name."""
    modules = dict(model.named_modules(remove_duplicate=False))
    adapted = next((name for name, module in modules.items() if isinstance(module, LoraLayer)), None)
    if adapted is not None:
        raise Refusal(
            "adapter-present", f"{adapted} has an adapter already", where=adapted, now="detach that adapter first"
        )
    owners: dict[nn.Parameter, list[str]] = {}
    for full_name, parameter in model.named_parameters(remove_duplicate=False):
        owners.setdefault(parameter, []).append(full_name)
    for name, spec in specs.items():
        check_spec(name, spec)
        if not name or name not in modules:
            raise Refusal(
                "target-missing", f"the model has no module named {name!r}", where=name, now="check the name's spelling"
            )
        if kind_of(modules[name]) is None:
            raise Refusal(
                "target-kind",
                f"{name} is a {type(modules[name]).__name__}, which no adapter fits",
                where=name,
                now="target linear modules",
            )
        shared_with = [owner for owner in owners[modules[name].get_parameter("weight")] if owner != f"{name}.weight"]
        if shared_with:
            raise Refusal(
                "target-tied",
                f"{name} shares its weight with {shared_with[0].removesuffix('.weight')}",
                where=name,
                now="leave it out: an adapter on one of the two would pull them apart",
            )
    return {name: modules[name] for name in specs}


def _initial(name: str, rank: int, in_features: int, seed: int) -> Tensor:
    """A (rank, in) in float32, drawn on the CPU from a generator of its own, so that order and device change nothing."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    generator = torch.Generator().manual_seed(int.from_bytes(digest[:8], "little") >> 1)
    bound = 1 / math.sqrt(in_features)
    return torch.empty(rank, in_features).uniform_(-bound, bound, generator=generator)


def _by_name(names: Mapping[str, LoraLayer], scalars: list[Tensor]) -> dict[str, float]:
    """Names with their scalars as floats, read from the device in one go."""
    return dict(zip(names, torch.stack(scalars).tolist(), strict=True))


def _shape(tensor: Tensor) -> str:
    return " x ".join(map(str, tensor.shape))
