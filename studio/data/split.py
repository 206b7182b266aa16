"""The evaluation split: which examples are kept back, so that no duplicate is on both sides."""

import numpy as np
import numpy.typing as npt

from studio.data.order import permutation

Indices = npt.NDArray[np.int64]


def split(keys: npt.NDArray[np.uint64], fraction: float, seed: int) -> tuple[Indices, Indices]:
    """The indices of training and evaluation examples, ascending, by their keys (n,); the same for the same seed.

    About `fraction` of the examples are kept back, at least one where there are two different ones, never all; exact duplicates (the same
    tokens, learnt alike: equal keys) stay together.
    """
    every = np.arange(len(keys))
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    if fraction == 0 or len(first) < 2:
        return every, every[:0]
    # Groups in the order in which they first appear.
    rank = np.argsort(np.argsort(first))
    group = rank[group]
    sizes = np.bincount(group)
    wanted = min(max(1, round(fraction * len(keys))), len(keys) - 1)
    kept, total = [], 0
    for chosen in permutation(len(sizes), [seed]).tolist():
        if total + sizes[chosen] <= wanted:
            kept.append(chosen)
            total += int(sizes[chosen])
        if total == wanted:
            break
    if not kept:  # every group is larger than what was asked for
        kept = [int(np.argmin(sizes))]
    back = np.isin(group, kept)
    return every[~back], every[back]
