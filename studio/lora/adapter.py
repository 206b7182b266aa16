"""The adapter of a whole model: a part in each of its targets."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

import torch
from torch import Tensor, nn

from studio.lora.encoders import keep_encoders_honest
from studio.lora.entry import Entry
from studio.lora.frozen import FrozenWeight
from studio.lora.geometry import Geometry, kind_of
from studio.lora.layers import LAYERS
from studio.lora.layers.layer import LoraLayer, Part
from studio.lora.merge import Rounding, merged_weight
from studio.lora.pair import Pair
from studio.lora.spec import AdapterSpec
from studio.lora.variants import VARIANTS
from studio.lora.walk import walk
from studio.plan.errors import Refusal


class Adapter:
    """Parts by target name, over a model whose own parameters are frozen. Several adapters may be on one model, and their changes add up.

    While enabled, an adapted layer stands in each target's place. Where no adapter is enabled the targets themselves stand there, so
    the model then costs, names and saves exactly what it did before. The base's weights are never written but by `merge`.
    """

    def __init__(
        self,
        model: nn.Module,
        bases: Mapping[str, nn.Module],
        parts: Mapping[str, Part],
        *,
        structure: str,
        trainable: list[nn.Parameter],
        plain: bool = False,
    ) -> None:
        self.parts: Mapping[str, Part] = MappingProxyType(dict(parts))
        self.structure = structure
        self._bases = dict(bases)
        self._model = model
        self._plain = plain
        self._trainable = trainable  # what was trainable before, for detach
        self._originals: dict[str, nn.Parameter] = {}  # weights before a merge; not empty means merged
        self._merged_for_good = False
        self._enabled = False
        self._layers: dict[str, LoraLayer] = {}  # kept while they are out, for blocks that know them
        self._entries = tuple(
            Entry.of(target, self._bases[target], part, pair)
            for target, part in self.parts.items()
            for pair in part.pairs
        )
        self.enable()

    @property
    def model(self) -> nn.Module:
        """The model that it is on."""
        return self._model

    def base_weights(self) -> Iterator[tuple[str, nn.Parameter]]:
        """The model's own parameters by the names that they have without adapters; one that is shared comes under each of its names."""
        for name, module in walk(self._model):
            for attribute, parameter in module.named_parameters(recurse=False):
                yield f"{name}.{attribute}" if name else attribute, parameter

    @property
    def number(self) -> int:
        """What its parts are told by in the layers."""
        return id(self)

    @property
    def specs(self) -> dict[str, AdapterSpec]:
        """Rank, alpha, dropout and variant of each target."""
        return {name: part.spec for name, part in self.parts.items()}

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each target."""
        return {name: str(kind_of(base)) for name, base in self._bases.items()}

    @property
    def geometries(self) -> dict[str, tuple[Geometry, ...]]:
        """The geometries of each target's weights."""
        return {name: tuple(pair.geometry for pair in part.pairs) for name, part in self.parts.items()}

    @property
    def merged(self) -> bool:
        """Whether the targets' weights now hold the adapter."""
        return bool(self._originals)

    def pairs(self) -> Iterator[tuple[str, Pair]]:
        """Every pair by name: "<target>", or "<target>.<weight>" where the target has other weights than its weight."""
        for entry in self._entries:
            yield entry.name, entry.pair

    def weights(self) -> Iterator[tuple[str, nn.Parameter | FrozenWeight]]:
        """The base's weight of every pair, by the pair's name."""
        for entry in self._entries:
            yield entry.name, entry.weight

    def named_parameters(self) -> Iterator[tuple[str, nn.Parameter]]:
        """What is trained: "<pair>.A" (rank, in) where the variant trains it, "<pair>.B" (out, rank), "<pair>.m" of DoRA."""
        for name, pair in self.pairs():
            for matrix, parameter in pair.named_parameters():
                if parameter.requires_grad:
                    yield f"{name}.{matrix}", parameter

    def parameters(self) -> list[nn.Parameter]:
        """The trained matrices, in the order of `named_parameters`."""
        return [parameter for _, parameter in self.named_parameters()]

    def state(self) -> dict[str, Tensor]:
        """All that makes the adapter, frozen matrices included, by name. It shares memory with the adapter: clone it to keep it."""
        return {
            f"{name}.{matrix}": tensor.detach()
            for name, pair in self.pairs()
            for matrix, tensor in pair.tensors().items()
        }

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
                    now="use the state of an adapter with the same targets, variant and start",
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
        """Put the parts in their targets' places; nothing happens where they are."""
        self._wire(True)

    def disable(self) -> None:
        """Take the parts out again; nothing happens where they are not in. Values stay."""
        self._wire(False)

    @contextmanager
    def disabled(self) -> Iterator[None]:
        """The model without this adapter, bit for bit, for the length of a with block."""
        before = self._enabled
        self.disable()
        try:
            yield
        finally:
            self._wire(before)

    def set_strength(self, strength: float, targets: Mapping[str, float] | None = None) -> None:
        """Let the adapter speak `strength` times as loud as it was trained, single targets otherwise (0 mutes)."""
        for name, part in self.parts.items():
            part.strength = strength if targets is None else targets.get(name, strength)

    def keep(self, target: str, kept: Tensor) -> None:
        """Keep some ranks of a target, by index into each pair's own; the scale stays as it is. Its parameters are new ones."""
        part = self.parts[target]
        rank = len(kept) * part.pairs[0].geometry.groups
        scale = part.spec.scale
        part.spec = replace(part.spec, rank=rank, alpha=scale / VARIANTS[part.spec.variant].scale(1.0, rank))
        for pair in part.pairs:
            index = kept.to(pair.A.device)
            pair.keep(index, part.spec)

    def train(self, training: bool) -> None:
        """Switch the adapter's dropout on or off, and leave the base's modules as they are."""
        for name, part in self.parts.items():
            part.train(training)
            place = self._model.get_submodule(name)
            if isinstance(place, LoraLayer):
                place.training = training

    def detach(self) -> nn.Module:
        """The model as it was before `inject`: the same modules, the same bits, the same parameters trainable.

        A merge whose originals were not kept stays in it.
        """
        if self.merged:
            self.unmerge()
        self._merged_for_good = False
        self.disable()
        for parameter in self._trainable:
            parameter.requires_grad_(True)
        return self._model

    def merge(self, dtype: torch.dtype | None = None) -> Rounding:
        """Write W + ΔW, rounded once to `dtype` (the weight's own where None), into every target, which then stands alone.

        Says what rounding took. The originals are kept for `unmerge`, so the targets' weights take their memory twice. Of another dtype,
        the rest of the model is the caller's to cast. A weight that another module shares (a tied head) is the target's own afterwards.
        Refuses a result that is not finite or a packed weight, and then changes nothing. Raises RuntimeError where it is merged already,
        or where another adapter is on the model.
        """
        rounding = Rounding()
        for _ in self.merging(rounding, dtype):
            pass
        return rounding

    def merging(self, rounding: Rounding, dtype: torch.dtype | None = None, *, keep: bool = True) -> Iterator[str]:
        """Merge weight by weight, giving the name of each before it is merged. Without `keep` no original is kept."""
        if self.merged or self._merged_for_good:
            raise RuntimeError("the adapter is merged already: unmerge it first")
        self._place(False)
        if any(isinstance(module, LoraLayer) for module in self._model.modules()):
            self._place(self._enabled)
            raise RuntimeError("another adapter is on the model: combine them, or disable it first")
        try:
            for entry in self._entries:
                yield entry.name
                original, strength = entry.weight, entry.part.strength
                if not isinstance(original, nn.Parameter):
                    raise _packed(entry.name)
                merged = merged_weight(entry.name, original, entry.pair, dtype, strength=strength, rounding=rounding)
                # A new parameter, not new data: whoever else holds the old one keeps it as it is.
                setattr(entry.owner, entry.attribute, nn.Parameter(merged, requires_grad=False))
                if keep:
                    self._originals[entry.name] = original
        except BaseException:
            self._restore()
            raise
        self._merged_for_good = not keep

    def unmerge(self) -> None:
        """Give every target its original weight back, the very same parameter, and stand where `merge` found it."""
        if not self.merged:
            raise RuntimeError("the adapter is not merged")
        self._restore()

    def _restore(self) -> None:
        for entry in self._entries:
            if entry.name in self._originals:
                setattr(entry.owner, entry.attribute, self._originals[entry.name])
        self._originals.clear()
        self._place(self._enabled)

    def _wire(self, enabled: bool) -> None:
        if self.merged:
            raise RuntimeError("a merged adapter is neither enabled nor disabled: unmerge it first")
        if self._merged_for_good and enabled:
            raise RuntimeError("the adapter was merged for good")
        if enabled != self._enabled:
            self._place(enabled)
            self._enabled = enabled

    def _place(self, speaking: bool) -> None:
        """Let the parts be in the model, or not."""
        standing = {name: self._model.get_submodule(name) for name in self.parts}
        for name, module in standing.items():
            if (module.base if isinstance(module, LoraLayer) else module) is not self._bases[name]:
                raise RuntimeError(f"{name} is no longer the module that the adapter was put on")
        for name, module in standing.items():
            layer = module if isinstance(module, LoraLayer) else None
            if speaking and layer is None:
                if name not in self._layers:
                    self._layers[name] = LAYERS[str(kind_of(module))](module, plain=self._plain)
                layer = self._layers[name].train(module.training)
                self._model.set_submodule(name, layer)
            if layer is None:
                continue
            if speaking:
                layer.add(self.number, self.parts[name])
            elif self.number in layer.parts:
                layer.remove(self.number)
            if not layer.parts:
                # Whoever stood in the place has heard the calls of train() and eval(); the other takes their word.
                layer.base.train(layer.training)
                self._model.set_submodule(name, layer.base)
        keep_encoders_honest(self._model)


def _packed(name: str) -> Refusal:
    return Refusal(
        "merge-quantised",
        f"{name} is held in fewer bits than ΔW needs: most of it would be rounded away",
        where=name,
        now="merge into the model that was quantised, loaded as it is stored",
    )


def _shape(tensor: Tensor) -> str:
    return " x ".join(map(str, tensor.shape))
