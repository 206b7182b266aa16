"""Batches: the order in which examples are learnt, and their tensors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from studio.data.example import Example
from studio.data.order import permutation

SORTED_BATCHES = 4  # rows are sorted by length within so few batches: most of the padding goes, the order stays random
IGNORED = -100  # the label that a loss leaves out (torch's ignore_index)


class Batches:
    """Batches of examples, numbered over all epochs from 0.

    Batch `index` depends on nothing but (examples, batch_size, seed, by_length, index), so that training goes on from a number alone.
    Every example comes once an epoch; one batch of an epoch may be short. `by_length` puts rows of like length into one batch.
    """

    def __init__(self, examples: Sequence[Example], *, batch_size: int, seed: int, by_length: bool) -> None:
        self._examples = examples
        self._batch_size = batch_size
        self._seed = seed
        self._by_length = by_length
        self._lengths = np.array([len(example) for example in examples], np.int64)
        self._epoch: int | None = None  # whose order is at hand
        self._order: list[npt.NDArray[np.intp]] = []

    @property
    def per_epoch(self) -> int:
        """How many batches an epoch has."""
        return -(-len(self._examples) // self._batch_size)

    def batch(self, index: int) -> list[Example]:
        """The examples of batch `index`, which is position `index % per_epoch` of epoch `index // per_epoch`."""
        epoch, position = divmod(index, self.per_epoch)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, self._order_of(epoch)
        return [self._examples[row] for row in self._order[position]]

    def _order_of(self, epoch: int) -> list[npt.NDArray[np.intp]]:
        rows = permutation(len(self._examples), [self._seed, epoch])
        if not self._by_length:
            return self._cut(rows)
        batches: list[npt.NDArray[np.intp]] = []
        chunk = SORTED_BATCHES * self._batch_size
        for begin in range(0, len(rows), chunk):
            part = rows[begin : begin + chunk]
            batches += self._cut(part[np.argsort(self._lengths[part], kind="stable")])
        return [batches[position] for position in permutation(len(batches), [self._seed, epoch, 1])]

    def _cut(self, rows: npt.NDArray[np.intp]) -> list[npt.NDArray[np.intp]]:
        return [rows[begin : begin + self._batch_size] for begin in range(0, len(rows), self._batch_size)]


@dataclass(frozen=True, eq=False)
class Batch:
    """Tensors of one pass: input_ids (B, T) int64 padded on the right, labels (B, T) int64, lengths (B,) int64 without padding.

    Labels stand where their token stands (the model shifts them) and are -100 where nothing is learnt.
    """

    input_ids: torch.Tensor
    labels: torch.Tensor
    lengths: torch.Tensor

    @property
    def tokens(self) -> int:
        """Real tokens, no padding."""
        return int(self.lengths.sum())

    @property
    def supervised(self) -> int:
        """Labels that count after the shift: the first token of a row is never predicted."""
        return int((self.labels[:, 1:] != IGNORED).sum())


def collate(examples: Sequence[Example], pad_id: int) -> Batch:
    """The tensors of a batch of examples."""
    width = max(len(example) for example in examples)
    input_ids = np.full((len(examples), width), pad_id, np.int64)
    labels = np.full((len(examples), width), IGNORED, np.int64)
    for row, example in enumerate(examples):
        input_ids[row, : len(example)] = example.ids
        labels[row, : len(example)] = np.where(example.trained, example.ids, IGNORED)
    lengths = torch.tensor([len(example) for example in examples], dtype=torch.int64)
    return Batch(torch.from_numpy(input_ids), torch.from_numpy(labels), lengths)
