"""Whole decoder layers that are computed as one node: found among the fused blocks by structure, by what attention is asked for, and by
trial.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.modeling_layers import GradientCheckpointingLayer

from studio.engine.attention import Asked, noting
from studio.engine.decoder_layer import Layer, Norm, decoder_layer
from studio.engine.documents import Documents
from studio.engine.rotary import Rotation
from studio.engine.short_attention import is_short
from studio.lora.blocks.branch import Branch, arranged, branch_of
from studio.lora.blocks.find import Blocks
from studio.lora.blocks.gated import GatedBlock
from studio.lora.blocks.merged import MergedWeights
from studio.lora.blocks.norm import NormBlock

# Weights of a layer up to which dW for the whole weight is cheaper than the operations of its narrow products: width 64 by far, 160 not.
NARROW_ENTRIES = 65_536


class Parts(NamedTuple):
    """The blocks and layers that a decoder layer consists of."""

    first: NormBlock
    inputs: tuple[nn.Module, ...]
    output: nn.Module
    second: NormBlock
    mlp: GatedBlock


class Branches:
    """What the products of a model's whole layers are, asked for once a forward. Adapters of narrow layers are merged into the weights."""

    def __init__(self, layers: Sequence[nn.Module], *, narrow: bool) -> None:
        self._layers = tuple(layers)
        self._weights = MergedWeights() if narrow else None

    def of(self, documents: Documents) -> Mapping[nn.Module, Branch | None]:
        """Those of a forward over these documents; None for a layer that is more than a branch."""
        return documents.once(("branches", id(self)), self._now)

    def _now(self) -> Mapping[nn.Module, Branch | None]:
        found = {layer: branch_of(layer) for layer in self._layers}
        known = {layer: branch for layer, branch in found.items() if branch is not None}
        if self._weights is None or len(known) < len(found):
            return found
        return self._weights.merged(known)


class WholeLayer:
    """A decoder layer that answers as one node where documents are short and every part is plain enough, and else by its own way."""

    def __init__(self, module: GradientCheckpointingLayer, parts: Parts, asked: Asked, branches: Branches) -> None:
        self._module, self._parts, self._asked, self._branches = module, parts, asked, branches
        self._forward = module.forward

    def install(self) -> None:
        """Let the module answer from here."""
        self._module.forward = self.answer

    def remove(self) -> None:
        """Let the module answer for itself."""
        del self._module.forward

    def answer(self, hidden: Tensor, *more: Any, **given: Any) -> Any:
        """The states (1, N, H) behind the layer."""
        documents, angles = given.get("documents"), given.get("position_embeddings")
        if (
            documents is None
            or angles is None
            or given.get("past_key_values") is not None
            or hidden.device.type != "cpu"
            or not is_short(documents.longest, self._asked.width)
        ):
            return self._forward(hidden, *more, **given)
        found = self._layer(self._branches.of(documents))
        if found is None:
            return self._forward(hidden, *more, **given)
        layer, trained = found
        rotation = documents.once(("rotation", id(angles)), lambda: (angles, Rotation.of(*angles)))[1]
        compute = partial(_computed, layer, documents, rotation, trained)
        if self._module.gradient_checkpointing and self._module.training:
            return self._module._gradient_checkpointing_func(compute, hidden)
        return compute(hidden)

    def _layer(self, branches: Mapping[nn.Module, Branch | None]) -> tuple[Layer, list[Tensor]] | None:
        """The constants and trained tensors as they are now; None where a part does more than the node can."""
        parts, asked = self._parts, self._asked
        known = [branch for layer in (*parts.inputs, parts.output) if (branch := branches[layer]) is not None]
        mlp = parts.mlp.frozen([branches[layer] for layer in parts.mlp.layers])
        if len(known) <= len(parts.inputs) or mlp is None or parts.first.is_trained or parts.second.is_trained:
            return None
        inputs, trained = arranged(known[:-1])
        output, trained_output = arranged(known[-1:])
        frozen, trained_mlp = mlp
        first, second = (Norm(norm.weight, norm.eps) for norm in (parts.first, parts.second))
        layer = Layer(first, inputs, output, second, frozen, asked.heads, asked.groups, asked.scale, asked.window)
        return layer, [*trained, *trained_output, *trained_mlp]


def _computed(layer: Layer, documents: Documents, rotation: Rotation, trained: list[Tensor], hidden: Tensor) -> Tensor:
    return decoder_layer(hidden, layer, documents, rotation, *trained)


def whole_layers(model: PreTrainedModel, blocks: Blocks, trial: Callable[[], object]) -> list[WholeLayer]:
    """The layers of a model that consist of two norms, a gated MLP and attention over rotated queries and keys, and of nothing else.

    `trial` runs the model once, forwards, over documents in a line. Whether they compute what the model does is for the caller to prove.
    """
    asked = noting(trial)
    whole = {
        module: found
        for module in model.modules()
        if isinstance(module, GradientCheckpointingLayer) and (found := _parts(module, blocks, asked)) is not None
    }
    layers = [layer for parts, _ in whole.values() for layer in (*parts.inputs, parts.output, *parts.mlp.layers)]
    branches = Branches(layers, narrow=bool(whole) and _is_narrow(model, len(whole), layers))
    return [WholeLayer(module, parts, how, branches) for module, (parts, how) in whole.items()]


def _is_narrow(model: PreTrainedModel, count: int, layers: Sequence[nn.Module]) -> bool:
    """Whether `count` whole layers, of these linear ones, are so small that operations cost more than what is computed."""
    weights = [layer.weight for layer in layers]
    plain = [weight for weight in weights if isinstance(weight, Tensor)]
    small = sum(weight.numel() for weight in plain) <= NARROW_ENTRIES * count
    return small and len(plain) == len(weights) and model.dtype == torch.float32


def _parts(
    module: GradientCheckpointingLayer, blocks: Blocks, asked: dict[nn.Module, Asked]
) -> tuple[Parts, Asked] | None:
    inside = set(module.modules())
    norms = [norm for norm in blocks.norms if norm.module in inside]
    mlps = [mlp for mlp in blocks.gated if mlp.module in inside]
    groups = [group.layers for group in blocks.shared if inside.issuperset(group.layers)]
    attentions = [(one, how) for one, how in asked.items() if one in inside]
    if (len(norms), len(mlps), len(attentions)) != (2, 1, 1):
        return None
    attention, how = attentions[0]
    inputs = next((group for group in groups if set(attention.children()).issuperset(group)), ())
    others = [child for child in attention.children() if child not in inputs]
    if len(inputs) != 3 or len(others) != 1:
        return None
    parts = Parts(norms[0], inputs, others[0], norms[1], mlps[0])
    known = {norm.module for norm in norms} | {mlps[0].module, attention}
    if any(child not in known for child in module.children() if list(child.parameters())):
        return None
    return parts, how
