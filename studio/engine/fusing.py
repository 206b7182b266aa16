"""Fused blocks in a model that is about to be trained, kept only where they are proven to change nothing."""

from transformers import PreTrainedModel

from studio.data.batches import Batch
from studio.engine.loss import BatchLoss
from studio.engine.proof import slope
from studio.engine.whole_layers import WholeLayer, whole_layers
from studio.lora.blocks.find import Blocks, fuse


def fuse_proven(model: PreTrainedModel, loss: BatchLoss, sample: Batch) -> tuple[Blocks, list[WholeLayer]]:
    """Fuse what can be, blocks first and whole layers then; where loss or gradient of a sample are not the plain model's, it is undone."""
    plain = slope(model, loss, sample)
    blocks = fuse(model, lambda: loss(sample))
    if not slope(model, loss, sample).near(plain, model.dtype):
        blocks.remove()
    layers = whole_layers(model, blocks, lambda: loss(sample))
    for layer in layers:
        layer.install()
    if layers and not slope(model, loss, sample).near(plain, model.dtype):
        for layer in layers:
            layer.remove()
        layers.clear()
    return blocks, layers
