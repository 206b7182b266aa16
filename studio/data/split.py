"""The evaluation split: which examples are kept back, so that no duplicate is on both sides."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from studio.data.example import Example
from studio.data.order import permutation


def split(examples: Sequence[Example], fraction: float, seed: int) -> tuple[list[Example], list[Example]]:
    """Training and evaluation examples, each in the order of the file; the same for the same seed.

    About `fraction` of the examples are kept back, at least one where there are two different ones, never all; exact duplicates (the same
    tokens, learnt alike) stay together.
    """
    groups: defaultdict[tuple[bytes, bytes], list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        groups[content_key(example)].append(index)
    if fraction == 0 or len(groups) < 2:
        return list(examples), []
    members = list(groups.values())
    wanted = min(max(1, round(fraction * len(examples))), len(examples) - 1)
    kept_back: set[int] = set()
    for chosen in permutation(len(members), [seed]):
        if len(kept_back) + len(members[chosen]) <= wanted:
            kept_back.update(members[chosen])
    if not kept_back:  # every group is larger than what was asked for
        smallest = min(members, key=len)
        kept_back.update(smallest)
    train = [example for index, example in enumerate(examples) if index not in kept_back]
    return train, [examples[index] for index in sorted(kept_back)]


def content_key(example: Example) -> tuple[bytes, bytes]:
    """Equal for examples that teach the same."""
    return example.ids.tobytes(), np.packbits(example.trained).tobytes()
