"""Orders drawn from a seed: the same on every machine, with every version of numpy."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def permutation(count: int, seed: Sequence[int]) -> npt.NDArray[np.intp]:
    """A random order of 0 … count - 1 that depends on nothing but the seed's numbers.

    numpy keeps the raw stream of a bit generator for ever, but not what its `permutation` makes of it (NEP 19).
    """
    return np.argsort(np.random.PCG64(np.random.SeedSequence(list(seed))).random_raw(count), kind="stable")
