"""The numbers of threads that may compute on this machine's CPU: whatever training computes is the same to the last bit with each."""

from functools import cache

import torch


@cache
def all_threads() -> int:
    """As many as torch had before anything here changed their number."""
    return torch.get_num_threads()


def candidates(most: int) -> list[int]:
    """From `most` threads down to one: a few less, then halves."""
    return sorted({most, max(1, most - 1), max(1, most - 2), *(max(1, most >> halving) for halving in range(1, 9))})[
        ::-1
    ]
