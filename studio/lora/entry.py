"""One weight that an adapter changes, and where it hangs in the model."""

from dataclasses import dataclass

from torch import nn

from studio.lora.frozen import FrozenWeight
from studio.lora.geometry import pair_name
from studio.lora.layers.layer import Part
from studio.lora.pair import Pair


@dataclass(frozen=True, slots=True)
class Entry:
    """One pair with its part, and the module that holds its weight under the name of `attribute`."""

    name: str
    part: Part
    pair: Pair
    owner: nn.Module
    attribute: str

    @classmethod
    def of(cls, target: str, base: nn.Module, part: Part, pair: Pair) -> "Entry":
        """The entry of a pair in the part of a target, whose module is `base`."""
        path, _, attribute = pair.geometry.weight.rpartition(".")
        return cls(pair_name(target, pair.geometry.weight), part, pair, base.get_submodule(path), attribute)

    @property
    def weight(self) -> nn.Parameter | FrozenWeight:
        """The base's weight."""
        found: nn.Parameter | FrozenWeight = getattr(self.owner, self.attribute)
        return found
