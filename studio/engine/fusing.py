"""Fused blocks in a model that is about to be trained, kept only where they are proven to change nothing."""

from collections.abc import Callable

import torch
from torch import Tensor
from transformers import PreTrainedModel

from studio.data.batches import Batch
from studio.engine.loss import TOLERANCE, BatchLoss
from studio.lora.adapter import Adapter
from studio.lora.blocks.find import Blocks, fuse

GRADIENT_TOLERANCE = {torch.float32: 1e-3, torch.bfloat16: 5e-2, torch.float16: 5e-2}  # of the gradient's length


def fuse_proven(model: PreTrainedModel, adapter: Adapter, loss: BatchLoss, sample: Batch) -> Blocks:
    """Fuse what can be, and compare loss and gradient on a sample with the plain model's; where they differ nothing is fused.

    The gradient is that of B alone, as A gets none while B is zero; A's goes through the same nodes.
    """
    plain_loss, plain_gradient = _slope(adapter, loss, sample)
    blocks = fuse(model, lambda: loss(sample))
    fused_loss, fused_gradient = _slope(adapter, loss, sample)
    near = abs(fused_loss - plain_loss) <= TOLERANCE[model.dtype] * max(abs(plain_loss), 1.0)
    apart = float((fused_gradient - plain_gradient).norm())
    if not near or apart > GRADIENT_TOLERANCE[model.dtype] * float(plain_gradient.norm()):
        blocks.remove()
    return blocks


def _slope(adapter: Adapter, loss: Callable[[Batch], Tensor], sample: Batch) -> tuple[float, Tensor]:
    parameters = [parameter for parameter in adapter.parameters() if parameter.requires_grad]
    value = loss(sample)
    gradients = torch.autograd.grad(value, parameters, allow_unused=True)
    return float(value), torch.cat([gradient.flatten() for gradient in gradients if gradient is not None])
