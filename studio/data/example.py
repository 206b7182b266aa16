"""Examples: encoded rows, ready to be learnt from, read from the disk when they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from studio.data.encode import mask_of
from studio.data.store import TokenStore


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """Token ids (T,) int32, which of them count in the loss (T,) bool, and the index of the row among its data's, from 0."""

    ids: npt.NDArray[np.int32]
    trained: npt.NDArray[np.bool_]
    row: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def supervised(self) -> int:
        """How many tokens count in the loss. The first never does: nothing stands before it to predict it from."""
        return int(self.trained[1:].sum())


@dataclass(frozen=True)
class Share:
    """Rows of one store: their indices (n,) int64, and how often each comes in an epoch."""

    store: TokenStore
    rows: npt.NDArray[np.int64]
    weight: float = 1.0


class Examples(Sequence[Example]):
    """The examples of some shares behind each other, each cut to `max_length` tokens."""

    def __init__(self, shares: Sequence[Share], max_length: int) -> None:
        self.shares = tuple(shares)
        self.max_length = max_length
        self._ends = np.cumsum([len(share.rows) for share in shares])
        lengths = [np.minimum(share.store.lengths[share.rows], max_length) for share in shares]
        self.lengths = np.concatenate([np.empty(0, np.int64), *lengths])

    def __len__(self) -> int:
        return len(self.lengths)

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> "list[Example]": ...
    def __getitem__(self, index: int | slice) -> "Example | list[Example]":
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        number = int(np.searchsorted(self._ends, index, side="right"))
        share = self.shares[number]
        row = int(share.rows[index - (self._ends[number - 1] if number else 0)])
        ids = share.store.ids(row, self.max_length)
        return Example(ids, mask_of(share.store.spans(row), len(ids)), row)

    @property
    def tokens(self) -> int:
        """Tokens of all examples, each taken once."""
        return int(self.lengths.sum())

    @property
    def supervised(self) -> int:
        """Tokens of all examples that count in the loss, each taken once."""
        return sum(int(share.store.supervised(self.max_length)[share.rows].sum()) for share in self.shares)

    @property
    def keys(self) -> npt.NDArray[np.uint64]:
        """Equal for examples that teach the same, (n,)."""
        return np.concatenate([np.empty(0, np.uint64), *(share.store.keys[share.rows] for share in self.shares)])

    def of(self, chosen: npt.NDArray[np.int64]) -> "Examples":
        """Some of the examples, by ascending indices (k,)."""
        found, begin = [], 0
        for share in self.shares:
            end = begin + len(share.rows)
            mine = chosen[(chosen >= begin) & (chosen < end)] - begin
            found.append(Share(share.store, share.rows[mine], share.weight))
            begin = end
        return Examples(found, self.max_length)
