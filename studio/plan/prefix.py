"""The frozen prefix: the blocks below the lowest target, whose output is the same in every epoch and so need be computed but once.

Kept are the hidden states that enter the lowest adapted block, e·H bytes a token, in main memory as far as some of it is free, the rest on
the disk. Where both together have no room for all, nothing is kept: half of it would save little.
"""

from collections.abc import Iterable

from studio.plan.activations import layer_of

LEAST_SHARE = 0.2  # of the passes must see rows again, before keeping states is worth its writing
MEMORY_SHARE, DISK_SHARE = 4, 2  # one part in so many of what is free


def frozen_blocks(targets: Iterable[str]) -> int:
    """How many blocks lie below all targets; none where a target lies outside the blocks."""
    return max(0, min((layer_of(name) for name in targets), default=0))


def repeated_share(passes: float, per_epoch: float) -> float:
    """The share of `passes` that see rows again, when an epoch has `per_epoch` of them; none where it is small."""
    share = 1.0 - per_epoch / passes if passes else 0.0
    return share if share >= LEAST_SHARE else 0.0


def memory_for_prefix(free_bytes: int) -> int:
    """The main memory that it may take, of what a run leaves free."""
    return max(0, free_bytes) // MEMORY_SHARE


def has_room(size_bytes: int, free_memory_bytes: int, free_disk_bytes: int) -> bool:
    """Whether all of it can be kept."""
    return size_bytes <= memory_for_prefix(free_memory_bytes) + max(0, free_disk_bytes) // DISK_SHARE
