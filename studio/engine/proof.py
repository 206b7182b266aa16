"""The proof that a fast way computes what the plain one does: loss and gradient on a sample of the data, before it is relied on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from studio.data.batches import Batch

LOSS_TOLERANCE = {torch.float32: 1e-4, torch.bfloat16: 3e-2, torch.float16: 3e-2}
GRADIENT_TOLERANCE = {torch.float32: 1e-3, torch.bfloat16: 1e-1, torch.float16: 1e-1}  # of the gradient's length


@dataclass(frozen=True, slots=True, eq=False)
class Slope:
    """A loss, and its gradient by all trained parameters as one vector. While B is zero that of A is too, which goes the same ways."""

    loss: float
    gradient: Tensor

    def near(self, other: "Slope", dtype: torch.dtype) -> bool:
        """Whether both are the same up to the rounding of a model in `dtype`; `other` is the reference."""
        if abs(self.loss - other.loss) > LOSS_TOLERANCE[dtype] * max(abs(other.loss), 1.0):
            return False
        apart = (self.gradient - other.gradient).norm()
        return bool(apart <= GRADIENT_TOLERANCE[dtype] * other.gradient.norm())


def slope(model: nn.Module, loss: Callable[[Batch], Tensor], sample: Batch) -> Slope:
    """The loss and gradient of a sample."""
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    value = loss(sample)
    gradients = torch.autograd.grad(value, trained, materialize_grads=True)
    return Slope(value.item(), torch.cat([gradient.flatten() for gradient in gradients]).float())
