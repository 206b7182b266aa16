"""Checkpointing: which blocks of a model compute their activations again in backward, instead of keeping them."""

STRIDES = {
    "off": 0,
    "every-4": 4,
    "every-3": 3,
    "every-2": 2,
    "on": 1,
}  # the mildest first; every so many blocks, 0 for none
OFFLOAD = "offload"  # every block, and the inputs that they keep wait in main memory; nobody chooses it but the user


def recomputed(choice: str, blocks: int) -> range:
    """The numbers of the blocks that compute again, of so many; `choice` is a value of `training.gradient_checkpointing` but auto."""
    stride = STRIDES["on" if choice == OFFLOAD else choice]
    return range(0, blocks, stride) if stride else range(0)
