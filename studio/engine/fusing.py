"""Fused blocks in a model that is about to be trained, kept only where they are proven to change nothing."""

from transformers import PreTrainedModel

from studio.data.batches import Batch
from studio.engine.loss import BatchLoss
from studio.engine.proof import slope
from studio.lora.blocks.find import Blocks, fuse


def fuse_proven(model: PreTrainedModel, loss: BatchLoss, sample: Batch) -> Blocks:
    """Fuse what can be; where loss or gradient of a sample are then not the plain model's, nothing is."""
    plain = slope(model, loss, sample)
    blocks = fuse(model, lambda: loss(sample))
    if not slope(model, loss, sample).near(plain, model.dtype):
        blocks.remove()
    return blocks
