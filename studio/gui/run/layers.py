"""Trainable parameters by layer and kind, read from the names of targets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ATTENTION = re.compile(r"attn|attention|(^|[._])(q|k|v|o|qkv|query|key|value|wqkv|out)(_proj)?$", re.IGNORECASE)
MLP = re.compile(r"mlp|ffn|feed_forward|expert|gate|(^|[._])(up|down|fc\d?|fc_(in|out)|w[123])(_proj)?$", re.IGNORECASE)
OUTSIDE = "other"
KINDS = ("attention", "mlp", OUTSIDE)


@dataclass(frozen=True)
class LayerBar:
    """What one layer trains: parameters by kind. `label` is the layer's number, or "other" outside all layers."""

    label: str
    attention: int = 0
    mlp: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """Parameters of all kinds."""
        return self.attention + self.mlp + self.other


def kind_of_target(name: str) -> str:
    """attention, mlp or other, by the names that model families use."""
    if ATTENTION.search(name):
        return "attention"
    return "mlp" if MLP.search(name) else OUTSIDE


def layer_of_target(name: str) -> int | None:
    """The number of the layer: the first whole number in the dotted name."""
    return next((int(part) for part in name.split(".") if part.isdigit()), None)


def bars_by_layer(parameters: Mapping[str, int]) -> list[LayerBar]:
    """One bar for each layer from 0 to the last that has a target, then what lies outside the layers."""
    sums: dict[int | None, dict[str, int]] = {}
    for name, count in parameters.items():
        kinds = sums.setdefault(layer_of_target(name), dict.fromkeys(KINDS, 0))
        kinds[kind_of_target(name)] += count
    layers = [layer for layer in sums if layer is not None]
    bars = [LayerBar(str(layer), **sums.get(layer, {})) for layer in range(max(layers, default=-1) + 1)]
    return bars + ([LayerBar(OUTSIDE, **sums[None])] if None in sums else [])
