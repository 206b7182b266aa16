"""Whole decoder layers that are computed as one node: found among the fused blocks by structure, by what attention is asked for, and by
trial.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.modeling_layers import GradientCheckpointingLayer

from studio.engine.attention import Asked, noting
from studio.engine.decoder_layer import Layer, Norm, decoder_layer
from studio.engine.documents import Documents
from studio.engine.rotary import Rotation
from studio.engine.short_attention import is_short
from studio.lora.blocks.branch import arranged, branch_of
from studio.lora.blocks.find import Blocks
from studio.lora.blocks.gated import GatedBlock
from studio.lora.blocks.norm import NormBlock


class Parts(NamedTuple):
    """The blocks and layers that a decoder layer consists of."""

    first: NormBlock
    inputs: tuple[nn.Module, ...]
    output: nn.Module
    second: NormBlock
    mlp: GatedBlock


class WholeLayer:
    """A decoder layer that answers as one node where documents are short and every part is plain enough, and else by its own way."""

    def __init__(self, module: GradientCheckpointingLayer, parts: Parts, asked: Asked) -> None:
        self._module, self._parts, self._asked, self._forward = module, parts, asked, module.forward

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
        found = self._layer()
        if found is None:
            return self._forward(hidden, *more, **given)
        layer, trained = found
        rotation = documents.once(("rotation", id(angles)), lambda: (angles, Rotation.of(*angles)))[1]
        compute = partial(_computed, layer, documents, rotation, trained)
        if self._module.gradient_checkpointing and self._module.training:
            return self._module._gradient_checkpointing_func(compute, hidden)
        return compute(hidden)

    def _layer(self) -> tuple[Layer, list[Tensor]] | None:
        """The constants and trained tensors as they are now; None where a part does more than the node can."""
        parts, asked = self._parts, self._asked
        branches = [branch_of(layer) for layer in (*parts.inputs, parts.output)]
        known = [branch for branch in branches if branch is not None]
        mlp = parts.mlp.frozen()
        if len(known) < len(branches) or mlp is None or parts.first.is_trained or parts.second.is_trained:
            return None
        *inputs, output = known
        products, trained = arranged(inputs)
        last, trained_last = arranged([output])
        frozen, trained_mlp = mlp
        norms = (Norm(norm.weight, norm.eps) for norm in (parts.first, parts.second))
        first, second = norms
        layer = Layer(first, products, last, second, frozen, asked.heads, asked.groups, asked.scale, asked.window)
        return layer, [*trained, *trained_last, *trained_mlp]


def _computed(layer: Layer, documents: Documents, rotation: Rotation, trained: list[Tensor], hidden: Tensor) -> Tensor:
    return decoder_layer(hidden, layer, documents, rotation, *trained)


def whole_layers(model: PreTrainedModel, blocks: Blocks, trial: Callable[[], object]) -> list[WholeLayer]:
    """The layers of a model that consist of two norms, a gated MLP and attention over rotated queries and keys, and of nothing else.

    `trial` runs the model once, forwards, over documents in a line. Whether they compute what the model does is for the caller to prove.
    """
    asked = noting(trial)
    found = []
    for module in model.modules():
        if isinstance(module, GradientCheckpointingLayer):
            parts = _parts(module, blocks, asked)
            if parts is not None:
                found.append(WholeLayer(module, *parts))
    return found


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
