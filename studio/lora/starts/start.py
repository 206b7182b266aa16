"""What a start decides: the first values of A and B."""

import torch
from torch import Tensor

from studio.lora.geometry import Geometry


class Start:
    """First values of a pair. `offset`: B A is taken out of the base again, so that ΔW begins at zero though B does not.

    `wants_inputs`: it begins from what the target's inputs are on data, (stack, directions, columns).
    """

    name: str
    offset = False
    wants_inputs = False

    def draw(
        self, geometry: Geometry, rank: int, s: float, weight: Tensor, inputs: Tensor | None, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """A and B in float32 on the CPU, in the geometry's shapes for `rank`. `weight` is the base's as stored, s the scale."""
        raise NotImplementedError
