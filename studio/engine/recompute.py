"""Blocks that compute their activations again in backward, so that only their inputs are kept (Chen et al. 2016, arXiv 1604.06174)."""

from collections.abc import Callable

from transformers import PreTrainedModel
from transformers.modeling_layers import GradientCheckpointingLayer

from studio.plan.checkpointing import STRIDES, recomputed
from studio.plan.estimate import Estimate


def mildest(asked: str, cost: Callable[[str], Estimate]) -> str:
    """The choice to carry out: of "auto" none where the plan fits, else the least share of blocks that makes it fit, or all.

    `cost` estimates the plan with a choice in its place.
    """
    if asked != "auto":
        return asked
    return next((choice for choice in STRIDES if cost(choice).fits is not False), "on")


def recompute_blocks(model: PreTrainedModel, choice: str) -> int:
    """Let the blocks that `choice` means compute again while they are in training mode; how many these are."""
    if choice == "off":
        return 0
    model.activation_checkpointing_enable({"use_reentrant": False})
    # Only reentrant checkpoints need it; here it would drag the gradient down to the embeddings.
    model.disable_input_require_grads()
    blocks = [module for module in model.modules() if isinstance(module, GradientCheckpointingLayer)]
    chosen = recomputed(choice, len(blocks))
    for number, block in enumerate(blocks):
        block.gradient_checkpointing = number in chosen
    return len(chosen)
