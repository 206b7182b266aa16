"""Examples made by hand: rows of a store that lies in memory."""

from collections.abc import Sequence

import numpy as np

from studio.data.example import Example, Examples, Share


class MadeStore:
    """What `Examples` asks of a store. All tokens of row r are r, and all are learnt."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = np.array(lengths, np.int64)
        self.keys = np.arange(len(lengths), dtype=np.uint64)

    def ids(self, index: int, limit: int | None = None) -> np.ndarray:
        return np.full(self.lengths[index], index, np.int32)[:limit]

    def spans(self, index: int) -> np.ndarray:
        return np.array([[0, self.lengths[index]]], np.int32)


def examples_of(*shares: Sequence[int], weights: Sequence[float] = (1.0,), max_length: int = 1 << 20) -> Examples:
    """Examples of these lengths, one list for each share."""
    made = [
        Share(MadeStore(lengths), np.arange(len(lengths)), weight)
        for lengths, weight in zip(shares, weights, strict=True)
    ]
    return Examples(made, max_length)


def rows_of(batch: Sequence[tuple[Example, ...]]) -> list[int]:
    """The rows of a batch whose rows are one document each."""
    return [document.row for (document,) in batch]
